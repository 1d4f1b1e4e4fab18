"""The command line of `resi setup`; it only parses, and reads what is typed."""

import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator


def setup(  # noqa: PLR0917 - what can be said beforehand
    file: Annotated[
        Path, typer.Option("--file", help="The settings; `resi run` reads .env where it is started.")
    ] = Path(".env"),
    given: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="An answer beforehand; no secret.")
    ] = None,
    answers: Annotated[
        Path | None, typer.Option(help="A file of answers, RESI_NAME=value a line; secrets too.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: what is proposed is taken.")] = False,  # noqa: FBT002 - Typer's flag
    replace: Annotated[bool, typer.Option("--replace", help="Change a file that is there; its keys stay.")] = False,  # noqa: FBT002 - Typer's flag
    database: Annotated[bool, typer.Option(help="Make the database, or bring it up to date.")] = True,  # noqa: FBT002 - Typer's flag
) -> None:
    """Ask what must be known, check each answer, write the settings and keys, and say which DNS records to set.

    Example: resi setup

    Example, by a script: resi setup --yes --answers answers.env --set PUBLIC_URL=https://resi.example
    """
    from app.commands.first_setup import Wanted, set_up

    known = {**(_of_file(answers) if answers else {}), **dict(_of_flags(given or []))}
    raise typer.Exit(set_up(Wanted(file, known, None if yes else _ask, replace, database), typer.echo))


def _of_flags(given: list[str]) -> "Iterator[tuple[str, str]]":
    from app.settings import PREFIX, declared

    secrets = {row.name for row in declared() if row.secret}
    for each in given:
        name, sign, value = each.partition("=")
        name = name.strip().removeprefix(PREFIX)
        if not sign or not name:
            raise typer.BadParameter("an answer is NAME=VALUE", param_hint="--set")
        if name in secrets:
            said = f"{PREFIX}{name} is a secret, and others see what is typed here: put it into the file of --answers"
            raise typer.BadParameter(said, param_hint="--set")
        yield name, value.strip()


def _of_file(path: Path) -> dict[str, str]:
    """Raises CannotStart for one that is not there, or that others can read."""
    from app.env_file import said_by, text_of
    from app.errors import CannotStart

    if not path.is_file():
        raise CannotStart(f"{path} is no file. Nothing was written.")
    if path.stat().st_mode & 0o077:
        raise CannotStart(f"{path} can be read by others, and it may hold secrets. Run: chmod 600 {path}")
    return said_by(text_of(path))


def _ask(question: str, secret: bool) -> str:  # noqa: FBT001 - what the command hands on
    """From the terminal, or a line of standard input where that is none; raises EOFError."""
    if secret and sys.stdin.isatty():
        return getpass(question)
    typer.echo(question, nl=False)
    typed = sys.stdin.readline()
    if not typed:
        raise EOFError
    if not sys.stdin.isatty():
        typer.echo("")
    return typed


COMMANDS = (setup,)
"""What the command line joins."""
