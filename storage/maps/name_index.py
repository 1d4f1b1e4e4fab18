"""Names of places, found as they are written or with one letter wrong, among a hundred thousand in microseconds."""

import io
import json
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from core.messages import Point
from core.model import AreaCode
from core.ports import KnownPlace
from storage.maps import prepared
from storage.maps.geojson import MapUnusable
from storage.maps.place_list import PlaceList, read_places

_log = logging.getLogger(__name__)
_LEAST = 8  # letters of a name in which a slip is forgiven
_LONGEST = 60
_MOST_KEYS = 64  # that are looked up together
_ENDING = ".names"


class NameIndex:
    """Read only; many threads may ask at once.

    A slip is found by what is left of a word and of a name when each loses one letter. Of each name these rests are
    kept as hashes, sorted, with the name that each belongs to; whatever is found so is compared letter by letter.
    """

    def __init__(
        self, names: Sequence[str], rows: Sequence[str], rests: NDArray[np.uint32], of: NDArray[np.int32]
    ) -> None:
        """`rows`: the places of each name, as JSON; `rests` and `of`: hashes, sorted, and the name of each."""
        self._names, self._rows, self._rests, self._of = names, rows, rests, of
        self._at = {name: at for at, name in enumerate(names)}

    @classmethod
    def of_list(cls, listed: PlaceList) -> "NameIndex":
        """Takes seconds for a hundred thousand names."""
        names = list(listed.places)
        rows = [json.dumps([_told(place) for place in places]) for places in listed.places.values()]
        pairs = [
            (rest, at)
            for at, name in enumerate(names)
            if _LEAST <= len(name) <= _LONGEST
            for rest in set(_hashes(name))
        ]
        rests = np.array([rest for rest, _ in pairs], dtype=np.uint32)
        of = np.array([at for _, at in pairs], dtype=np.int32)
        order = np.argsort(rests, kind="stable")
        return cls(names, rows, rests[order], of[order])

    def named(self, key: str) -> tuple[KnownPlace, ...]:
        """See core.ports.Gazetteer."""
        at = self._at.get(key)
        return () if at is None else self._places(at)

    def mistyped(self, keys: Sequence[str]) -> Mapping[str, tuple[KnownPlace, ...]]:
        """See core.ports.Gazetteer. No more than 64 keys are looked up."""
        asked = [key for key in dict.fromkeys(keys) if _LEAST - 1 <= len(key) <= _LONGEST][:_MOST_KEYS]
        hashes = [_hashes(key) for key in asked]
        looked = np.array([each for row in hashes for each in row], dtype=np.uint32)
        if not looked.size or not self._rests.size:
            return {}
        first = np.searchsorted(self._rests, looked)
        hits = np.flatnonzero(self._rests[np.minimum(first, self._rests.size - 1)] == looked)
        whose = np.repeat(np.arange(len(asked)), [len(row) for row in hashes])[hits]
        near = [set[int]() for _ in asked]
        for key, start in zip(whose.tolist(), first[hits].tolist(), strict=True):
            near[key].update(self._same(start))
        meant = [[at for at in row if one_slip(key, self._names[at])] for key, row in zip(asked, near, strict=True)]
        return {key: self._places(row[0]) for key, row in zip(asked, meant, strict=True) if len(row) == 1}

    def _same(self, first: int) -> Iterator[int]:
        """The names of all rests that have the hash of that one."""
        wanted = self._rests[first]
        while first < self._rests.size and self._rests[first] == wanted:
            yield int(self._of[first])
            first += 1

    def _places(self, at: int) -> tuple[KnownPlace, ...]:
        return tuple(_place(each) for each in json.loads(self._rows[at]))

    def packed(self) -> bytes:
        """As it is kept."""
        out = io.BytesIO()
        names, rows = (np.frombuffer("\n".join(each).encode(), dtype=np.uint8) for each in (self._names, self._rows))
        np.savez(out, rests=self._rests, of=self._of, names=names, rows=rows)
        return out.getvalue()

    @classmethod
    def unpacked(cls, data: bytes) -> "NameIndex":
        """Raises ValueError, KeyError and what else numpy raises for what is no index."""
        with np.load(io.BytesIO(data), allow_pickle=False) as kept:
            names, rows = (kept[name].tobytes().decode().split("\n") for name in ("names", "rows"))
            rests, of = kept["rests"], kept["of"]
        if len(names) != len(rows) or rests.shape != of.shape:
            raise ValueError("parts of two indexes")
        return cls(names, rows, rests, of)


def _told(place: KnownPlace) -> list[object]:
    point = place.point
    return [place.kind, " ".join(place.areas), *((point.latitude, point.longitude) if point else ())]


def _place(told: list[str]) -> KnownPlace:
    kind, areas, *point = told
    where = Point(float(point[0]), float(point[1])) if point else None
    return KnownPlace(kind, tuple(map(AreaCode, areas.split())), where)


def _hashes(word: str) -> list[int]:
    """Of the word, and of what is left of it without each of its letters but the first, which is seldom mistyped."""
    told = word.encode()
    return [crc32(told), *(crc32(told[:at] + told[at + 1 :]) for at in range(1, len(told)))]


def one_slip(word: str, name: str) -> bool:
    """Whether they differ by one letter, never a digit, that is too many, missing, wrong, or swapped with the next."""
    if word == name or _digits(word) != _digits(name):
        return False
    start = next((at for at, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    rest, other = word[start:], name[start:]
    swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:] and len(other) > 1
    return rest[1:] == other or rest == other[1:] or rest[1:] == other[1:] or swapped


def _digits(word: str) -> str:
    """House number 12 is not 13: no finger slipped there."""
    return "".join(each for each in word if each.isdigit())


class MappedGazetteer:
    """core.ports.Gazetteer, read when somebody asks first; a file that cannot be used is logged once, and no map."""

    def __init__(self, file: Path, folder: Path) -> None:
        """`folder`: where the prepared names are kept; it need not be there."""
        self._file, self._folder = file, folder
        self._lock = threading.Lock()
        self._read = False
        self._index: NameIndex | None = None

    def named(self, key: str) -> tuple[KnownPlace, ...]:
        """See core.ports.Gazetteer."""
        index = self._opened()
        return () if index is None else index.named(key)

    def mistyped(self, keys: Sequence[str]) -> Mapping[str, tuple[KnownPlace, ...]]:
        """See core.ports.Gazetteer."""
        index = self._opened()
        return {} if index is None else index.mistyped(keys)

    def _opened(self) -> NameIndex | None:
        if not self._read:
            with self._lock:
                if not self._read:
                    self._index = self._loaded()
                    self._read = True
        return self._index

    def _loaded(self) -> NameIndex | None:
        try:
            return load_names(self._file, self._folder)
        except MapUnusable as why:
            _log.error("gazetteer_unusable", extra={"fault": str(why)})
        return None


def load_names(file: Path, folder: Path) -> NameIndex:
    """As they were prepared from this very file, else from the file, and then prepared. Raises MapUnusable."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise MapUnusable(f"cannot be read: {error.strerror}") from None
    name = prepared.name_of(data, "", _ENDING)
    kept = prepared.read(folder, name)
    if kept is not None:
        try:
            return NameIndex.unpacked(kept)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            _log.warning("prepared_map_unreadable")
    index = NameIndex.of_list(read_places(data))
    prepared.write(folder, name, index.packed())
    return index
