"""The command line of what is kept: `resi keys`, `outbox`, `files`; it only parses."""

from typing import Annotated

import typer

keys = typer.Typer(help="Keys that open what is sealed.", no_args_is_help=True)
outbox = typer.Typer(help="Messages that wait or were given up, without address or words.", no_args_is_help=True)
files = typer.Typer(help="Citizens' files, sealed.", no_args_is_help=True)
GROUPS = (("keys", keys), ("outbox", outbox), ("files", files))
"""What the command line joins, by name."""


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

    Addresses are sealed to RESI_ADDRESS_PUBLIC, if there is one; those of an older pair where RESI_ADDRESS_KEYS has it.

    First put the new key in front, RESI_KEYS=new:...,old:..., and restart every process; then: resi keys rotate.
    After it, take the old key out and restart.

    Example: resi keys rotate
    """
    from app.commands import keeping

    keeping.rotate_keys(context.obj(), typer.echo)


@keys.command("backup")
def keys_backup() -> None:
    """Print a fresh value for RESI_BACKUP_KEY. Whoever has it and a backup still opens nothing without RESI_KEYS.

    Example: resi keys backup
    """
    from app.commands import keeping

    typer.echo(keeping.new_backup_key())


@keys.command("addresses")
def keys_addresses() -> None:
    """Print a fresh pair for addresses: the private half for who sends, the public half for every process.

    Example: resi keys addresses
    """
    from app.commands import keeping

    for line in keeping.new_address_pair():
        typer.echo(line)


@outbox.command("list")
def outbox_list(context: typer.Context) -> None:
    """Waiting and dead deliveries: id, kind, channel, state, tries, due, why it failed.

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


@files.command("move")
def files_move(
    context: typer.Context,
    remove: Annotated[bool, typer.Option("--remove", help="Then remove each from where it lay before.")] = False,  # noqa: FBT002 - Typer's flag
) -> None:
    """Copy files from RESI_FILES_BEFORE to RESI_FILES while the service runs, and compare each; safe to begin again.

    First set both, and restart every process; then: resi files move. When it ends well: resi files move --remove.
    After it, take RESI_FILES_BEFORE out and restart.

    Example: resi files move
    """
    from app.commands import files as moving

    raise typer.Exit(moving.move_files(context.obj(), typer.echo, remove=remove))
