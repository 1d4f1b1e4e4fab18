"""`resi city`: the folder of a city is looked through, begun, written back, and compared with what runs."""

from pathlib import Path
from typing import Annotated

import typer

city = typer.Typer(help="The folder of a city: look through it, begin one, compare.", no_args_is_help=True)
GROUPS = (("city", city),)
Folder = Annotated[Path, typer.Argument(help="The folder.")]


@city.command()
def check(folder: Folder) -> None:
    """Tell everything that is wrong with a city's folder, by file and line, and how to mend it.

    Example: resi city check my-city
    """
    from app.commands import cities

    raise typer.Exit(cities.check(folder, typer.echo))


@city.command()
def new(folder: Folder) -> None:
    """Begin a city: a small folder with every line explained, that can be served at once.

    Example: resi city new my-city
    """
    from app.commands import cities

    cities.new(folder, typer.echo)


@city.command()
def train(
    folder: Folder,
    lines: Annotated[Path, typer.Argument(help="A file of lines: the id of a kind, a tab, the words of a message.")],
) -> None:
    """Learn a city's kinds from messages that you have, so that they are known by more than their cues.

    Example: resi city train my-city messages.tsv
    """
    from app.commands import city_training

    raise typer.Exit(city_training.train(folder, lines, typer.echo))


@city.command()
def export(context: typer.Context, folder: Folder) -> None:
    """Write the city as it is now, with what was changed at the desk, as a folder that can be served.

    Example: resi city export my-city-today
    """
    from app.city import choose
    from app.commands import cities

    choose()
    raise typer.Exit(cities.export(context.obj(), folder, typer.echo))


@city.command()
def diff(context: typer.Context, folder: Folder) -> None:
    """Tell what changes when this folder is served instead of the one that is, and which reports it touches.

    Example: resi city diff my-city
    """
    from app.city import choose
    from app.commands import cities

    choose()
    raise typer.Exit(cities.diff(context.obj(), folder, typer.echo))
