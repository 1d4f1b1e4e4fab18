"""An operator's streets are handed out by the piece, and by nobody but this host."""

from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.fakes.drawn_tiles import tiles_file
from tests.fakes.web_services import Behind, client, get
from web import create_app
from web.assets import url_of
from web.street_tiles import HERE, MOST


def serving(file: Path | None) -> FastAPI:
    return create_app(replace(Behind().services(), tiles=file))


async def test_a_piece_is_given_as_it_was_asked_for(tmp_path: Path) -> None:
    file = tiles_file(tmp_path)
    whole = file.read_bytes()
    async with client(serving(file)) as browser:
        for asked, first, last in (("0-6", 0, 7), ("127-", 127, len(whole)), ("5-999999999999", 5, len(whole))):
            answer = await browser.get(HERE, headers={"Range": f"bytes={asked}"})
            assert answer.status_code == 206
            assert answer.content == whole[first:last]
            assert answer.headers["content-range"] == f"bytes {first}-{last - 1}/{len(whole)}"
            assert answer.headers["etag"]
        assert (await browser.get(HERE)).content == whole
        assert (await browser.head(HERE)).headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=5-2", f"bytes={10**18 - 1}-"])
async def test_a_piece_that_is_not_there_is_none(tmp_path: Path, asked: str) -> None:
    async with client(serving(tiles_file(tmp_path))) as browser:
        answer = await browser.get(HERE, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (416, b"")
    assert answer.headers["content-range"].startswith("bytes */")


@pytest.mark.parametrize("asked", ["bytes=-5", "bytes=0-1,4-5", "lines=0-1", "bytes=a-b", "bytes=" + "9" * 40 + "-"])
async def test_what_cannot_be_read_is_as_if_nothing_was_asked(tmp_path: Path, asked: str) -> None:
    file = tiles_file(tmp_path)
    async with client(serving(file)) as browser:
        answer = await browser.get(HERE, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (200, file.read_bytes())


async def test_no_answer_is_long_however_much_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "large.pmtiles"
    with file.open("wb") as opened:
        opened.truncate(MOST * 3)
    async with client(serving(file)) as browser:
        piece = await browser.get(HERE, headers={"Range": "bytes=10-"})
        assert (piece.status_code, len(piece.content)) == (206, MOST)
        assert piece.headers["content-range"] == f"bytes 10-{MOST + 9}/{MOST * 3}"
        assert (await browser.get(HERE)).status_code == 416


async def test_without_a_file_or_when_it_is_gone_there_is_none(tmp_path: Path) -> None:
    for file in (None, tmp_path / "gone.pmtiles"):
        assert (await get(serving(file), HERE)).status_code == 404


@pytest.mark.parametrize("name", ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css", "pmtiles.js"])
async def test_what_shows_them_is_ours_and_asks_nobody(name: str) -> None:
    answer = await get(Behind().app(), url_of(name))
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.content) > 10_000
    assert "sourceMappingURL" not in answer.text
