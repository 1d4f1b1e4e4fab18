"""Which city is served: RESI_CITY, a name in cities/ or a path; without it the one that comes with us."""

import os
from collections.abc import Sequence
from pathlib import Path

from app.errors import CannotStart
from core import city
from core.city.folder import DEFAULT, SHIPPED

NAME = "RESI_CITY"
_SHOWN = 20  # of what is wrong; `resi city check` tells all


def choose(command: Sequence[str] = ()) -> None:
    """Once, before anything of a city is read; raises CannotStart for a folder that cannot be served.

    The command that looks through a city chooses none before it is sure to: one that is being made need not be whole.
    """
    if list(command) == ["city"]:
        return
    told = _told()
    folder = folder_of(told) if told else DEFAULT
    if folder != DEFAULT:
        from app.city_pack.check import checked  # noqa: PLC0415 - a city that comes with us was checked by the tests

        wrong = [each.shown() for each in checked(folder) if each.fatal]
        if wrong:
            more = [f"... and {len(wrong) - _SHOWN} more: `resi city check {told}`."] if len(wrong) > _SHOWN else []
            raise CannotStart("\n".join((f"The city of {NAME} cannot be served.", *wrong[:_SHOWN], *more)))
    city.serve(folder)


def folder_of(told: str) -> Path:
    """The folder that a name or a path means."""
    shipped = SHIPPED / told
    return shipped if told.isidentifier() and shipped.is_dir() else Path(told).expanduser().absolute()


def _told() -> str:
    """The environment beats .env; one that is no text is told of when settings are read."""
    file = Path(".env")
    if NAME in os.environ or not file.is_file():
        return os.environ.get(NAME, "").strip()
    from dotenv import dotenv_values  # noqa: PLC0415 - only where there is such a file

    try:
        return (dotenv_values(file).get(NAME) or "").strip()
    except (OSError, UnicodeDecodeError):
        return ""
