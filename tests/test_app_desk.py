"""The desk's services over a real store: turns that commit, passwords that are hashes, photos through the sandbox."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.desk import DeskBackend
from app.sandbox import Sandbox
from app.time_and_random import SystemClock
from app.turns import Turns
from core.errors import Refused
from core.messages import StoredFile
from storage import Files, Keys, open_store
from tests.fakes import nouns
from tests.fakes.town import Town


@pytest.fixture
async def services(sqlite_url: str, keys: Keys, tmp_path: Path) -> AsyncIterator[DeskBackend]:
    sandbox = Sandbox()
    sandbox.start()
    with closing(open_store(sqlite_url, keys)) as store:
        files = Files(tmp_path / "files")
        turns = Turns(store, files, sandbox, Town().context, SystemClock())
        yield DeskBackend(turns, files, sandbox)
        turns.close()
    sandbox.stop()


def picture() -> bytes:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "kenari-kamera"
    Image.effect_noise((320, 240), 60).convert("RGB").save(out, "JPEG", exif=exif)
    return out.getvalue()


async def test_a_turn_is_kept_and_the_post_is_woken(services: DeskBackend) -> None:
    siti = nouns.staff()
    turns = services._turns  # noqa: SLF001 - the post's bell hangs there
    await services.run(lambda turn: turn.tx.accounts.add(siti, "hash"))
    assert turns.written.is_set()
    turns.written.clear()
    assert await services.read(lambda turn: turn.tx.accounts.by_name("siti")) == siti
    assert not turns.written.is_set()


async def test_a_password_fits_its_hash_and_nobodys_fits_nothing(services: DeskBackend) -> None:
    kept = await services.hashed("kata sandi")
    assert kept.startswith("$argon2id$")
    tries = (("kata sandi", kept), ("lain", kept), ("x", None))
    assert await asyncio.gather(*(services.fits(*pair) for pair in tries)) == [True, False, False]


async def test_a_photo_is_kept_without_its_traces_and_comes_back(services: DeskBackend) -> None:
    stored, look = await services.photo(picture())
    assert stored.kind == "image/jpeg"
    assert look.hashes
    back = await services.file(stored)
    assert back is not None
    assert b"kenari-kamera" not in back
    assert await services.file(StoredFile("0" * 40, stored.key, stored.kind, 1)) is None


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"plain words\n", "case_photo_wrong"), (b"PK\x03\x04 broken", "file_archive"), (b"\xff\xd8", "file_kind")],
)
async def test_what_is_no_picture_is_refused(services: DeskBackend, data: bytes, why: str) -> None:
    with pytest.raises(Refused) as no:
        await services.photo(data)
    assert no.value.phrase == why
