"""What was read of a map once, kept in compact files: named by what they were read from, so never out of date."""

import hashlib
import io
import logging
import os
import tempfile
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import shapely
from shapely.errors import ShapelyError

from core.areas import AREAS
from core.model import AreaCode
from storage.file_folder import sync_folder
from storage.maps.outlines import Outlines

_log = logging.getLogger(__name__)
_VERSION = b"1"  # of how maps are read: another one reads every file anew
_ENDING = ".outlines"


def name_of(data: bytes, named_by: str, ending: str) -> str:
    """Of the areas, too: who adds one has the file read again."""
    told = hashlib.sha256()
    for part in (_VERSION, named_by.encode(), "\n".join(AREAS).encode(), data):
        told.update(hashlib.sha256(part).digest())
    return told.hexdigest()[:40] + ending


def read(folder: Path, name: str) -> bytes | None:
    """None: nothing was kept, or nothing that can be read."""
    try:
        return (folder / name).read_bytes()
    except OSError:
        return None


def write(folder: Path, name: str, packed: bytes) -> None:
    """In one step, so that nobody finds half of it; where nothing can be written, the map is read at each start."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _written(folder, name, packed)
        for old in folder.glob(f"*{Path(name).suffix}"):
            if old.name != name:
                old.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("prepared_map_not_kept", extra={"fault": error.strerror or type(error).__name__})


def _written(folder: Path, name: str, packed: bytes) -> None:
    number, part = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(packed)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(folder / name)
    except OSError:
        Path(part).unlink(missing_ok=True)
        raise
    sync_folder(folder)


def load(folder: Path, data: bytes, named_by: str) -> Outlines | None:
    """The outlines of that very file, without the notes; None: nothing was kept, or nothing that is whole."""
    packed = read(folder, name_of(data, named_by, _ENDING))
    if packed is None:
        return None
    try:
        with np.load(io.BytesIO(packed), allow_pickle=False) as kept:
            shapes = shapely.from_wkb([bytes(each) for each in np.split(kept["wkb"], kept["ends"][:-1])])
            codes = [AreaCode(str(code)) for code in kept["codes"]]
            return Outlines(dict(zip(codes, shapes, strict=True)), credit=str(kept["credit"]))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, ShapelyError):
        _log.warning("prepared_map_unreadable")
        return None


def keep(folder: Path, data: bytes, named_by: str, outlines: Outlines) -> None:
    """Keeps the outlines of a file."""
    wkb = [shapely.to_wkb(each) for each in outlines.drawn.values()]
    packed = io.BytesIO()
    np.savez_compressed(
        packed,
        codes=np.array([str(code) for code in outlines.drawn]),
        wkb=np.frombuffer(b"".join(wkb), dtype=np.uint8),
        ends=np.cumsum([len(each) for each in wkb]),
        credit=np.array(outlines.credit),
    )
    write(folder, name_of(data, named_by, _ENDING), packed.getvalue())
