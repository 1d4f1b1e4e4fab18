"""The command line of partners: `resi partners`; it only parses."""

from datetime import datetime
from functools import partial
from typing import Annotated

import typer

from core.model import Partner, PartnerRight

mates = typer.Typer(help="Partners who file over Open311.", no_args_is_help=True)
GROUPS = (("partners", mates),)
"""What the command line joins, by name."""


@mates.command("add")
def partners_add(  # noqa: PLR0917 - the options are those of a partner
    context: typer.Context,
    name: str,
    channel: Annotated[str, typer.Option(help="What its reports come by, such as jaki.")],
    right: Annotated[list[PartnerRight] | None, typer.Option(help="What its key opens; none: all.")] = None,
    until: Annotated[datetime | None, typer.Option(help="Day on which its key ends.", formats=["%Y-%m-%d"])] = None,
    host: Annotated[list[str] | None, typer.Option(help="Host of which its media_url may be.")] = None,
) -> None:
    """Add a partner; its key is the last line, shown once.

    Example: resi partners add jaki-app --channel jaki --until 2027-12-31 --host media.jaki.example
    """
    from app.commands import partners

    settings = context.obj()
    ends = None if until is None else until.replace(tzinfo=settings.zone)
    given = Partner(name, channel, True, frozenset(right or PartnerRight), ends, tuple(host or ()))  # noqa: FBT003 - switched on
    partners.add(settings, given, typer.echo, partial(typer.echo, err=True))


@mates.command("rotate")
def partners_rotate(
    context: typer.Context,
    name: str,
    days: Annotated[int, typer.Option(min=0, max=90, help="For which the key before opens the same.")] = 7,
) -> None:
    """Give a partner another key; it is the last line, shown once.

    Example: resi partners rotate jaki-app --days 3
    """
    from app.commands import partners

    partners.rotate(context.obj(), name, days, typer.echo)


@mates.command("rights")
def partners_rights(
    context: typer.Context,
    name: str,
    right: Annotated[list[PartnerRight] | None, typer.Option(help="What its key opens; none: all.")] = None,
) -> None:
    """Say what the key of a partner opens from now on.

    Example: resi partners rights jaki-app --right file --right media --right read --right update
    """
    from app.commands import partners

    partners.change_rights(context.obj(), name, frozenset(right or PartnerRight), typer.echo)


@mates.command("hook")
def partners_hook(
    context: typer.Context,
    name: str,
    address: Annotated[str, typer.Argument(help="https://...; none: it is told nothing more.")] = "",
) -> None:
    """Tell a partner what becomes of its reports; the secret that signs it is the last line.

    Example: resi partners hook jaki-app https://jaki.example/resi
    """
    from app.commands import partners

    partners.tell_at(context.obj(), name, address, typer.echo)


@mates.command("list")
def partners_list(context: typer.Context) -> None:
    """Show every partner.

    Example: resi partners list
    """
    from app.commands import partners

    partners.listed(context.obj(), typer.echo)


@mates.command("disable")
def partners_disable(context: typer.Context, name: str) -> None:
    """Let a partner file no more, from this moment.

    Example: resi partners disable city-app
    """
    from app.commands import partners

    partners.disable(context.obj(), name, typer.echo)
