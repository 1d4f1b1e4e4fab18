"""Which folder of data is served: the one that comes with us, unless another is chosen before anything is read."""

from pathlib import Path
from typing import Final

from core.toml_rows import Row, parsed

SHIPPED: Final = Path(__file__).parents[2] / "cities"
DEFAULT: Final = SHIPPED / "jakarta"


class _Chosen:
    """A city is served from the first row to the last: what was read of one does not fit another."""

    folder = DEFAULT
    read = False


def serve(folder: Path) -> None:
    """Chooses the folder; RuntimeError: another one was read already."""
    if _Chosen.read and folder != _Chosen.folder:
        raise RuntimeError("a city is read already")
    _Chosen.folder = folder


def folder() -> Path:
    """The folder that is served."""
    return _Chosen.folder


def read(name: str, *, needed: bool = True) -> Row:
    """The whole of one of its files of TOML; one that is not `needed` may be left out, and is empty then."""
    _Chosen.read = True
    path = _Chosen.folder / name
    return parsed(path.read_text(encoding="utf-8")) if needed or path.is_file() else {}


def other_file(name: str) -> bytes | None:
    """One of its files that is no TOML; None: the city has none."""
    _Chosen.read = True
    path = _Chosen.folder / name
    return path.read_bytes() if path.is_file() else None
