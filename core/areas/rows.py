"""Reading rows of TOML with their types checked, so that a slip in a data file is found when it is loaded."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from core.messages import Point

Row = Mapping[str, object]


class BadAreaRow(ValueError):
    """A data file says something that its loader does not understand; names the row and the field."""

    def __init__(self, row: Row, field: str) -> None:
        super().__init__(f"{row.get('name', '?')}: {field}")


def read(name: str) -> Row:
    """The whole of a data file of this folder."""
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def rows(row: Row, field: str) -> tuple[Row, ...]:
    """A list of tables."""
    found = row.get(field)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise BadAreaRow(row, field)
    return tuple(found)


def text(row: Row, field: str, default: str | None = None) -> str:
    """A text; without a default it must be there."""
    found = row.get(field, default)
    if not isinstance(found, str):
        raise BadAreaRow(row, field)
    return found


def texts(row: Row, field: str) -> tuple[str, ...]:
    """A list of texts; empty where left out."""
    found = row.get(field, [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise BadAreaRow(row, field)
    return tuple(found)


def point(row: Row, field: str) -> Point:
    """Latitude and longitude."""
    found = row.get(field)
    match found:
        case [float(latitude), float(longitude)]:
            return Point(latitude, longitude)
        case _:
            raise BadAreaRow(row, field)
