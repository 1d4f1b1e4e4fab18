"""The command line of copies: `resi backup`, `restore`, `drill`; it only parses."""

from pathlib import Path
from typing import Annotated

import typer

_Folder = Annotated[str, typer.Argument(metavar="DIR", help="The folder of backups, or s3://bucket/prefix.")]
_At = Annotated[str, typer.Option("--at", help="Which one, by its name in `resi backup DIR --list`; else the newest.")]


def backup(
    context: typer.Context,
    folder: _Folder,
    keep: Annotated[int | None, typer.Option(min=1, help="Throw away all but so many of the newest.")] = None,
    show: Annotated[bool, typer.Option("--list", help="Only name the backups that are there.")] = False,  # noqa: FBT002 - Typer's flag
) -> None:
    """Add a sealed copy of database and files to a folder, while the service runs; only what changed is written.

    Example: resi backup /backup/resi --keep 7
    """
    from app.commands import backup as copies

    if show:
        copies.show(context.obj(), folder, typer.echo)
        return
    raise typer.Exit(copies.make(context.obj(), folder, typer.echo, keep=keep))


def restore(
    context: typer.Context,
    folder: _Folder,
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="A data folder that is empty, or not there yet.")],
    at: _At = "",
    salvage: Annotated[bool, typer.Option("--index-lost", help="Do without the index and its ledger.")] = False,  # noqa: FBT002 - Typer's flag
) -> None:
    """Bring a backup back into an empty folder (and an empty PostgreSQL), without what was erased since.

    Example: resi restore /backup/resi /var/lib/resi-restored
    """
    from app.commands import backup as copies

    copies.bring_back(context.obj(), folder, target, typer.echo, at=at, salvage=salvage)


def drill(context: typer.Context, folder: _Folder, at: _At = "") -> None:
    """Prove a folder of backups: read all of it, restore the newest where nobody looks, open every report and file.

    Example: resi drill /backup/resi
    """
    from app.commands import backup as copies

    copies.prove(context.obj(), folder, typer.echo, at=at)


COMMANDS = (backup, restore, drill)
"""What the command line joins."""
