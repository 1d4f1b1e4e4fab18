"""Reader of place names in free words: which areas of the city a text names, and how surely.

Who lives here: `find`, `outside` (a town around the city), `name_key` (a name as it is looked up).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.places.known_names import name_key
    from core.places.place_names import find, outside

__all__ = ["find", "name_key", "outside"]


def __getattr__(name: str) -> object:
    """The index of all names is loaded by those alone who read."""
    if name in {"find", "outside"}:
        from core.places import place_names  # noqa: PLC0415 - see above

        return getattr(place_names, name)
    if name == "name_key":
        from core.places import known_names  # noqa: PLC0415 - see above

        return known_names.name_key
    raise AttributeError(name)
