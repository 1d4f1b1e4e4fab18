"""The command line of those who handle reports: `resi staff`, `case`, `routes`, `audit`; it only parses."""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.model import ORDERS, StaffRole, Status

if TYPE_CHECKING:
    from app.settings import Settings

people = typer.Typer(help="Accounts of staff.", no_args_is_help=True)
case = typer.Typer(help="Act on reports as a member of staff.", no_args_is_help=True)
routes = typer.Typer(help="Automatic forwarding by category and area.", no_args_is_help=True)
audit = typer.Typer(help="The trail of what staff did.", no_args_is_help=True)

As = Annotated[str, typer.Option("--as", help="Account that acts.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
PasswordStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from stdin.")]
Witness = Annotated[
    str, typer.Option(help="Who watches: an account is whole at once where nobody else could confirm it.")
]
_ACTIONS = ", ".join(ORDERS)
_YEARS = range(2000, 2200)  # beyond them there are months that cannot be counted in
GROUPS = (("staff", people), ("case", case), ("routes", routes), ("audit", audit))
"""What the command line joins, by name."""


def _settings(context: typer.Context) -> "Settings":
    settings: Settings = context.obj()
    return settings


def _given(*, wanted: bool) -> str | None:
    return sys.stdin.readline().rstrip("\r\n") if wanted else None


@people.command("add")
def staff_add(  # noqa: PLR0917 - the options are those of an account
    context: typer.Context,
    name: str,
    agency: Annotated[str, typer.Option(help="An agency's id, or that of an area's office, as LEVEL:CODE.")],
    role: Annotated[StaffRole, typer.Option(help="What the account may do.")],
    password_stdin: PasswordStdin = False,  # noqa: FBT002 - Typer's flag
    witness: Witness = "",
) -> None:
    """Add an account; without --password-stdin a generated password is the last line.

    Example: resi staff add budi --agency AGENCY --role officer
    """
    from app.commands import staff

    settings = _settings(context)
    given = _given(wanted=password_stdin)
    staff.add(settings, staff.new(name, agency, role), given, typer.echo, witness=witness)


@people.command("list")
def staff_list(context: typer.Context) -> None:
    """Show every account: name, role, office, and whether it is disabled or waits for a second person.

    Example: resi staff list
    """
    from app.commands import staff

    staff.listed(_settings(context), typer.echo)


@people.command("disable")
def staff_disable(context: typer.Context, name: str) -> None:
    """Let an account act no more, from this moment.

    Example: resi staff disable budi
    """
    from app.commands import staff

    staff.disable(_settings(context), name, typer.echo)


@people.command("reset")
def staff_reset(
    context: typer.Context,
    name: str,
    password_stdin: PasswordStdin = False,  # noqa: FBT002 - Typer's flag
    second_step: Annotated[  # noqa: FBT002 - Typer's flag
        bool, typer.Option("--second-step", help="Forget the second step too: the telephone was lost.")
    ] = False,
    witness: Witness = "",
) -> None:
    """Give an account another password.

    Example: resi staff reset budi
    """
    from app.commands import staff

    given = _given(wanted=password_stdin)
    staff.reset(_settings(context), name, given, typer.echo, second_step=second_step, witness=witness)


@case.command("list")
def case_list(
    context: typer.Context,
    account: As,
    status: Annotated[Status | None, typer.Option(help="Only of that status.")] = None,
    as_json: Json = False,  # noqa: FBT002 - Typer's flag
) -> None:
    """Show what that account may see, by deadline.

    Example: resi case list --as budi --status menunggu
    """
    from app.commands import case as cases

    cases.listing(_settings(context), account, status, typer.echo, as_json=as_json)


@case.command("show")
def case_show(
    context: typer.Context,
    number: str,
    account: As,
    as_json: Json = False,  # noqa: FBT002 - Typer's flag
) -> None:
    """Show one report with its history, questions and answers.

    Example: resi case show R0ABCDEFG --as budi
    """
    from app.commands import case as cases

    cases.show(_settings(context), account, number, typer.echo, as_json=as_json)


@case.command("climbed")
def case_climbed(context: typer.Context, account: As) -> None:
    """Show what that account's office was told of time that passes: when, number, mark, holder, days.

    Example: resi case climbed --as biro1
    """
    from app.commands import case as cases

    cases.climbed(_settings(context), account, typer.echo)


@case.command("evaluation")
def case_evaluation(
    context: typer.Context,
    account: As,
    month: Annotated[datetime | None, typer.Option(help="Which month; none: this one.", formats=["%Y-%m"])] = None,
    as_json: Json = False,  # noqa: FBT002 - Typer's flag
) -> None:
    """Show how each office dealt with its reports in a month.

    Example: resi case evaluation --as biro1 --month 2026-11
    """
    from app.commands.evaluation import evaluation

    if month is not None and month.year not in _YEARS:
        raise typer.BadParameter(f"months are of the years {_YEARS.start} to {_YEARS.stop - 1}")
    evaluation(_settings(context), account, month.date() if month else None, typer.echo, as_json=as_json)


@case.command("do")
def case_do(  # noqa: PLR0917 - the options are those of the table of moves
    context: typer.Context,
    action: Annotated[str, typer.Argument(help=_ACTIONS)],
    number: str,
    account: As,
    to: Annotated[str, typer.Option(help="Office, or the number of a report for `link`.")] = "",
    text: Annotated[str, typer.Option(help="Words, where the action takes some.")] = "",
    until: Annotated[datetime | None, typer.Option(help="Day of an estimate.", formats=["%Y-%m-%d"])] = None,
    photo: Annotated[Path | None, typer.Option(help="Photo of a result.")] = None,
    reason: Annotated[str, typer.Option(help="Why a head asks once more than may be asked.")] = "",
) -> None:
    """Act on a report.

    Example: resi case do start R0ABCDEFG --as budi
    """
    from app.commands import case as cases

    if action not in cases.ACTIONS:
        raise typer.BadParameter(f"actions are {_ACTIONS}")
    day = until.date() if until is not None else None
    cases.do(_settings(context), account, cases.Asked(action, number, to, text, day, photo, reason), typer.echo)


@routes.command("list")
def routes_list(context: typer.Context) -> None:
    """Show every row.

    Example: resi routes list
    """
    from app.commands import routing

    routing.listed(_settings(context), typer.echo)


@routes.command("add")
def routes_add(
    context: typer.Context,
    to: Annotated[str, typer.Option(help="Office that such reports go to.")],
    category: Annotated[str, typer.Option(help="Only of that category.")] = "",
    area: Annotated[str, typer.Option(help="Only in that area, by its code.")] = "",
) -> None:
    """Send new reports of a category, in an area, straight to an office.

    Example: resi routes add --category CATEGORY --area CODE --to OFFICE
    """
    from app.commands import routing
    from core import casework

    routing.add(_settings(context), casework.route_of(to, category, area), typer.echo, partial(typer.echo, err=True))


@routes.command("remove")
def routes_remove(
    context: typer.Context,
    category: Annotated[str, typer.Option(help="The row's category.")] = "",
    area: Annotated[str, typer.Option(help="The row's area.")] = "",
) -> None:
    """Take a row away.

    Example: resi routes remove --category CATEGORY --area CODE
    """
    from app.commands import routing

    routing.remove(_settings(context), category, area, typer.echo)


@audit.command("verify")
def audit_verify(context: typer.Context) -> None:
    """Check the whole trail: how many rows, or the first one that was changed, removed or moved.

    Example: resi audit verify
    """
    from app.commands import trail

    raise typer.Exit(trail.verify(_settings(context), typer.echo))


@audit.command("list")
def audit_list(
    context: typer.Context,
    account: As,
    most: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many, newest first.")] = 100,
) -> None:
    """Show the trail to an auditor.

    Example: resi audit list --as auditor1
    """
    from app.commands import trail

    trail.listed(_settings(context), account, most, typer.echo)
