"""A search index in a process of its own: it is asked over a Unix socket for words, and answers with numbers alone."""

import asyncio
import fcntl
import json
import logging
import os
import re
import socket
import struct
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import CannotStart
from app.logs import place_of
from app.report_search import ReportSearch, Search
from core.casework import Candidates
from core.casework.searching import MOST
from core.errors import StoreAway
from core.model import Number
from core.search_terms import SearchTerms

_log = logging.getLogger(__name__)
_QUESTION = 32_768  # bytes of a line
_ANSWER = 16 * MOST  # bytes of a line
_WORDS = 9  # of a question
_NUMBERS = re.compile(r"(?:R[0-9A-Za-z]{8},)*")


@dataclass(frozen=True, slots=True)
class Bounds:
    """`patience`: seconds that a page waits; `at_once`: questions; `user`: whose processes are asked and answered."""

    patience: float = 3.0
    at_once: int = 64
    user: int = field(default_factory=os.getuid)


class SearchClient:
    """What stands behind the field of the desk where the index is in another process."""

    def __init__(self, path: Path, bounds: Bounds | None = None) -> None:
        self._path = path
        self._bounds = bounds or Bounds()
        self._away = False  # it is told once, not at each question

    async def ready(self) -> bool:
        """Whether it is there and was built."""
        return (await self.find(SearchTerms())).ready

    async def find(self, asked: SearchTerms) -> Candidates:
        """Newest first; nothing, and not ready, while it starts or is away, for whatever reason."""
        try:
            async with asyncio.timeout(self._bounds.patience):
                found = _candidates(await self._answer(_question(asked)))
        except (
            OSError,
            TimeoutError,
            ValueError,
            RecursionError,
        ) as trouble:  # ValueError: what answers there is no index of ours
            if not self._away:
                _log.warning("search_away", extra={"trouble": type(trouble).__name__})
            self._away = True
            return Candidates(ready=False)
        self._away = False
        return found

    async def _answer(self, question: bytes) -> bytes:
        reader, writer = await asyncio.open_unix_connection(self._path, limit=_ANSWER)
        try:
            if not _is_of(self._bounds.user, writer):
                raise ValueError
            writer.write(question)
            return await reader.readline()
        finally:
            writer.transport.abort()


class SearchServer:
    """Answers at the socket for as long as the index is kept."""

    def __init__(self, path: Path, search: Search, bounds: Bounds | None = None) -> None:
        self._path = path
        self._bounds = bounds or Bounds()
        self._search = search
        self._asking = 0

    async def run(self) -> None:
        """Until it is cancelled. Raises CannotStart where another process holds the place."""
        with _held(self._path):
            try:
                server = await asyncio.start_unix_server(self._asked, self._path, limit=_QUESTION)
                self._path.chmod(0o600)
            except OSError as error:
                why = error.strerror or "no socket can be there"
                raise CannotStart(f"RESI_SEARCH_SOCKET {self._path}: {why}. Set another one.") from None
            async with server:
                await self._search.keep()

    async def _asked(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self._asking < self._bounds.at_once and _is_of(self._bounds.user, writer):
                self._asking += 1
                try:
                    async with asyncio.timeout(self._bounds.patience):
                        writer.write(await self._said(await reader.readline()))
                        await writer.drain()
                finally:
                    self._asking -= 1
        except (OSError, TimeoutError, ValueError, StoreAway):
            _log.warning("search_unanswered")  # never with what was asked
        except Exception as fault:  # noqa: BLE001 - one question must not end the others
            _log.error("search_fault", extra={"fault": place_of(fault)})
        finally:
            writer.close()

    async def _said(self, question: bytes) -> bytes:
        asked = _terms(question)
        if asked.empty:
            found = Candidates(ready=await self._search.ready())
        else:
            found = await self._search.find(asked)
        numbers = "".join(f"{number}," for number in found.numbers[:MOST])
        return json.dumps({"ready": found.ready, "numbers": numbers}).encode() + b"\n"


def placed(
    place: Path | None, parts: frozenset[str], own: Search
) -> tuple[Callable[[], Coroutine[None, None, None]] | None, ReportSearch]:
    """What a process with these parts does for the index, and whom its pages ask. `place`: of the socket, if any."""
    if place is None:
        return (own.keep if "web" in parts else None), own
    if "search" in parts:
        return SearchServer(place, own).run, own
    return None, SearchClient(place)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """The place is one process's, however the one before died: what it left there is taken away."""
    lock = path.with_name(path.name + "-running")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(lock, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CannotStart(f"{path.parent}: {error.strerror}. Set RESI_SEARCH_SOCKET to a folder of ours.") from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotStart(
                f"Another process answers at RESI_SEARCH_SOCKET {path} already. Name the part search once on a machine."
            ) from None
        path.unlink(missing_ok=True)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
    finally:
        os.close(handle)


def _is_of(ours: int, writer: asyncio.StreamWriter) -> bool:
    """Whether the process at the other end is one of that user; where the system cannot say, the folder says."""
    if sys.platform != "linux":
        return True
    connected = writer.get_extra_info("socket")
    _, user, _ = struct.unpack("3i", connected.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return bool(user == ours)


def _question(asked: SearchTerms) -> bytes:
    return json.dumps({"words": asked.words, "begins": asked.begins}).encode() + b"\n"


def _terms(question: bytes) -> SearchTerms:
    """Raises ValueError for what is none."""
    match json.loads(question):
        case {"words": list(words), "begins": str(begins)} if len(words) < _WORDS:
            return SearchTerms(tuple(word for word in words if isinstance(word, str)), begins)
        case _:
            raise ValueError


def _candidates(answer: bytes) -> Candidates:
    """Raises ValueError for what is no answer."""
    match json.loads(answer):
        case {"ready": bool(ready), "numbers": str(numbers)} if _NUMBERS.fullmatch(numbers):
            return Candidates(tuple(Number(each) for each in numbers.split(",")[:-1]), ready)
        case _:
            raise ValueError
