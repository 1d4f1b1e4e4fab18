"""The index at its socket: numbers for words and nothing else, in bounds, whoever asks and whatever answers."""

import asyncio
import json
import os
import socket
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.errors import CannotStart
from app.report_search import Search
from app.search_socket import Bounds, SearchClient, SearchServer
from core import search_terms
from core.casework import Candidates
from core.casework.searching import MOST
from core.errors import StoreAway
from core.model import Number
from core.search_terms import SearchTerms

LAMP = search_terms.terms_of("lampu.")


class Proposing(Search):
    """An index that is built, or not, and proposes what it is told to."""

    def __init__(self, *numbers: str, ready: bool = True, raises: Exception | None = None) -> None:
        self.numbers, self.built, self.raises = numbers, ready, raises
        self.asked: list[SearchTerms] = []

    async def keep(self) -> None:
        await asyncio.Event().wait()

    async def ready(self) -> bool:
        return self.built

    async def find(self, asked: SearchTerms) -> Candidates:
        self.asked.append(asked)
        if self.raises is not None:
            raise self.raises
        return Candidates([Number(each) for each in self.numbers], self.built)


async def _answers(path: Path) -> bool:
    try:
        _, writer = await asyncio.open_unix_connection(path)
    except OSError:
        await asyncio.sleep(0)  # it failed at once, and gave way to nobody
        return False
    writer.close()
    return True


@asynccontextmanager
async def listening(path: Path, search: Search, bounds: Bounds | None = None) -> AsyncIterator[SearchClient]:
    server = asyncio.create_task(SearchServer(path, search, bounds).run())
    try:
        while not server.done() and not await _answers(path):
            pass
        yield SearchClient(path)
    finally:
        server.cancel()
        await asyncio.wait((server,))


async def says(path: Path, raw: bytes) -> bytes:
    reader, writer = await asyncio.open_unix_connection(path)
    try:
        writer.write(raw)
        writer.write_eof()
        return await reader.read()
    except ConnectionError:  # it did not read on
        return b""
    finally:
        writer.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s"


async def test_what_the_index_proposes_arrives_in_its_order(path: Path) -> None:
    index = Proposing("R0000000B", "R0000000A")
    async with listening(path, index) as client:
        asked = search_terms.terms_of("Lampu padam di ﷺ jal")
        assert await client.find(asked) == Candidates((Number("R0000000B"), Number("R0000000A")))
        assert index.asked == [asked]
        assert await client.ready()
        assert stat.S_IMODE(os.lstat(path).st_mode) == 0o600


async def test_the_longest_question_and_the_longest_answer_fit(path: Path) -> None:
    longest = search_terms.terms_of(" ".join(["\ufdfa" * 24] * 8))
    many = tuple(Number(f"R{number:08}") for number in range(MOST + 5))
    async with listening(path, Proposing(*many)) as client:
        found = await client.find(longest)
    assert found == Candidates(many[:MOST])


async def test_while_it_is_built_and_while_it_is_away_nothing_is_found_and_that_is_said(path: Path) -> None:
    async with listening(path, Proposing(ready=False)) as client:
        assert await client.find(LAMP) == Candidates(ready=False)
        assert not await client.ready()
    assert await client.find(LAMP) == Candidates(ready=False), "it ended"
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(path))
    assert await client.find(LAMP) == Candidates(ready=False), "it was killed, and its socket lies there"
    async with listening(path, Proposing("R0000000A")):
        assert (await client.find(LAMP)).numbers == ("R0000000A",), "once it is back, nobody has to do anything"


@pytest.mark.parametrize("raises", [StoreAway("gone"), RuntimeError("lampu")], ids=["store", "fault"])
async def test_a_question_that_fails_ends_no_other(
    path: Path, raises: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    index = Proposing("R0000000A", raises=raises)
    async with listening(path, index) as client:
        assert await client.find(LAMP) == Candidates(ready=False)
        index.raises = None
        assert (await client.find(LAMP)).ready
    assert "lampu" not in caplog.text


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"\xff\xfe\n",
        b"[]\n",
        b'{"words": "lampu", "begins": ""}\n',
        b'{"words": ["a"], "begins": 3}\n',
        json.dumps({"words": ["ab"] * 9, "begins": ""}).encode() + b"\n",
        b"[" * 20_000 + b"\n",
        b"x" * 200_000,
    ],
    ids=["nothing", "empty", "no text", "list", "word", "number", "nine", "nested", "endless"],
)
async def test_what_is_no_question_gets_no_answer_and_harms_nobody(path: Path, raw: bytes) -> None:
    index = Proposing("R0000000A")
    async with listening(path, index) as client:
        assert await says(path, raw) == b""
        assert not index.asked
        assert (await client.find(LAMP)).ready


@pytest.mark.parametrize(
    "answer",
    [b"", b"\n", b"lampu\n", b'{"ready": 1, "numbers": ""}\n', b'{"ready": true, "numbers": "<b>,"}\n', b"x" * 999_999],
    ids=["nothing", "empty", "words", "no truth", "no number", "endless"],
)
async def test_what_is_no_answer_is_as_good_as_none(path: Path, answer: bytes) -> None:
    async def other(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        writer.close()

    async with await asyncio.start_unix_server(other, path):
        assert await SearchClient(path).find(LAMP) == Candidates(ready=False)


async def test_who_says_nothing_holds_nobody_up(path: Path) -> None:
    short = Bounds(patience=0.05)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(path))
        silent.listen()
        assert await SearchClient(path, short).find(LAMP) == Candidates(ready=False)
    async with listening(path, Proposing("R0000000A"), short):
        reader, writer = await asyncio.open_unix_connection(path)
        assert await reader.read() == b"", "it is not waited for any longer"
        writer.close()


async def test_another_user_neither_asks_nor_answers(path: Path) -> None:
    index, other = Proposing("R0000000A"), Bounds(user=4711)
    async with listening(path, index):
        assert await SearchClient(path, other).find(LAMP) == Candidates(ready=False)
    async with listening(path, index, other) as client:
        assert await client.find(LAMP) == Candidates(ready=False)
        assert await says(path, b'{"words": [], "begins": "lampu"}\n') == b""
    assert not index.asked


async def test_more_questions_than_it_takes_are_not_answered(path: Path) -> None:
    async with listening(path, Proposing("R0000000A"), Bounds(at_once=0)) as client:
        assert await client.find(LAMP) == Candidates(ready=False)


async def test_one_place_is_one_process_s(path: Path) -> None:
    async with listening(path, Proposing("R0000000A")) as client:
        with pytest.raises(CannotStart, match="already"):
            await SearchServer(path, Proposing()).run()
        assert (await client.find(LAMP)).ready, "the first one goes on"
    with pytest.raises(CannotStart):
        await SearchServer(Path("/dev/null/s"), Proposing()).run()
    with pytest.raises(CannotStart, match="no socket can be there"):
        await SearchServer(path.with_name("x" * 120), Proposing()).run()
