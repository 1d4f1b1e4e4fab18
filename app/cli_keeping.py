"""The command line of what is kept: `resi keys`, `outbox`; it only parses."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from app.settings import Settings

keys = typer.Typer(help="Keys that open what is sealed.", no_args_is_help=True)
outbox = typer.Typer(help="Messages that wait or were given up, without address or words.", no_args_is_help=True)


def join(app: typer.Typer, quiet: "Callable[[], Settings]") -> None:
    """Adds these commands; `quiet` reads the settings of a command whose output is the answer."""
    for name, group in (("keys", keys), ("outbox", outbox)):
        app.add_typer(group, name=name)
        group.callback()(_with(quiet))


def _with(quiet: "Callable[[], Settings]") -> Callable[[typer.Context], None]:
    def keep(context: typer.Context) -> None:
        context.obj = quiet

    return keep


@keys.command("new")
def keys_new() -> None:
    """Print a fresh value for RESI_KEYS.

    Example: resi keys new
    """
    from app.commands import keeping

    typer.echo(keeping.new_keys())


@keys.command("rotate")
def keys_rotate(context: typer.Context) -> None:
    """Seal everything under the first key of RESI_KEYS, while the service runs; safe to stop and begin again.

    First put the new key in front, RESI_KEYS=new:...,old:..., and restart every process; then: resi keys rotate.
    After it, take the old key out and restart.

    Example: resi keys rotate
    """
    from app.commands import keeping

    keeping.rotate_keys(context.obj(), typer.echo)


@outbox.command("list")
def outbox_list(context: typer.Context) -> None:
    """Waiting and dead deliveries: id, kind, channel, state, tries, due.

    Example: resi outbox list
    """
    from app.commands import keeping

    keeping.outbox_list(context.obj(), typer.echo)


@outbox.command("retry")
def outbox_retry(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(help="Ids from `outbox list`; none: all that wait.")] = None,
) -> None:
    """Make waiting deliveries due now. A dead one has lost its address and cannot be tried again.

    Example: resi outbox retry
    """
    from app.commands import keeping

    keeping.outbox_retry(context.obj(), ids, typer.echo)
