"""What stands behind the form: photos, limits and the seal, and two presses at once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from httpx import Response

from app.form_limits import FormLimits
from core.phrases import phrase
from storage import Keys, Retention
from tests.fakes.cued_house import AWAY
from tests.fakes.form_filler import FormFiller
from tests.fakes.form_house import STORY, WORDS, House, form_house
from tests.fakes.time_and_random import FakeRandomSource
from tests.fakes.web_services import client


class Lowest(FakeRandomSource):
    """Whatever is drawn is the lowest: all that chance may put off is put off."""

    def below(self, end: int) -> int:
        assert end
        return 0


@pytest.fixture
def house(sqlite_url: str, keys: Keys, tmp_path: Path) -> Iterator[House]:
    with form_house(sqlite_url, keys, tmp_path) as opened:
        yield opened


async def test_two_presses_at_once_file_one_report_and_both_show_its_code(house: House) -> None:
    budi = await house.at_summary()
    twin = FormFiller(house.app)
    twin.sheet = budi.sheet
    await asyncio.gather(budi.presses("kirim"), twin.presses("kirim"))
    assert budi.code == twin.code != ""
    assert house.reports == 1


async def test_photos_are_cleaned_and_at_most_five_are_kept(house: House) -> None:
    budi = await house.filler()
    await budi.presses(cerita=STORY)
    await budi.presses()
    await budi.presses(tempat=WORDS)
    assert budi.sheet.multipart
    await budi.presses("lanjut", b"one", b"bad", b"two")
    assert (budi.status, budi.page) == (422, "photos")
    assert phrase("file_kind", "id") in budi.html
    assert phrase("web_form_photos_kept", "id", count="2", most="5") in budi.html
    await budi.presses("ke-photos", b"three", b"four", b"five", b"six")
    assert budi.status == 422
    assert phrase("web_form_many", "id", most="5") in budi.html
    assert phrase("web_form_photos_kept", "id", count="5", most="5") in budi.html
    drop = next(each for each in budi.sheet.buttons if each.startswith("hapus-"))
    await budi.presses(drop)
    assert phrase("web_form_photos_kept", "id", count="4", most="5") in budi.html
    assert len(house.inside.store.upkeep.file_names_in_use()) == 4
    await budi.presses()
    await budi.presses("kirim")
    assert len(house.filed(budi).files) == 4
    assert len(house.inside.store.upkeep.file_names_in_use()) == 4
    assert b"six" not in house.inside.sandbox.cleaned


async def test_where_nothing_can_be_kept_what_was_typed_is_shown_again(house: House) -> None:
    budi = await house.filler()
    house.inside.store.trouble = [AWAY]
    await budi.presses(cerita=STORY)
    assert budi.status == 503
    assert STORY in budi.html
    await budi.presses("lanjut")
    assert budi.page == "kind"
    await budi.presses()
    house.inside.store.trouble = [AWAY]
    await budi.presses(tempat=WORDS)
    assert (budi.status, budi.sheet.fields["tempat"]) == (503, [WORDS])
    await budi.presses("lanjut")
    assert budi.page == "photos"


async def test_a_fault_of_ours_is_tried_once_more_and_then_loses_nothing(house: House) -> None:
    budi = await house.at_summary()
    house.inside.store.trouble = [ValueError("kanari"), ValueError("kanari")]
    await budi.presses("kirim", tutup="Puskesmas")
    assert (budi.status, budi.sheet.fields["tutup"]) == (503, ["Puskesmas"])
    assert "kanari" not in budi.html
    house.inside.store.trouble = [ValueError("kanari")]
    await budi.presses("kirim")
    assert budi.code
    assert house.reports == 1


async def test_where_a_rule_fails_each_time_what_was_told_can_be_filed_as_it_is(house: House) -> None:
    budi = await house.at_summary()
    await budi.presses("ke-place")
    house.inside.store.trouble = [ValueError("kanari"), ValueError("kanari")]
    await budi.presses(tempat=WORDS)
    assert budi.status == 503
    twin = FormFiller(house.app)
    twin.sheet = budi.sheet
    await asyncio.gather(budi.presses("apa-adanya"), twin.presses("apa-adanya"))
    assert budi.code == twin.code != ""
    report = house.filed(budi)
    assert (report.category, report.place.area) == ("pju", None)
    assert WORDS in report.text
    assert "081234567890" not in report.text
    assert house.reports == 1


async def test_too_many_from_one_network_wait_and_lose_nothing(house: House) -> None:
    budi = await house.at_summary(f"{STORY} Dekat warung biru.")
    house.form.limits = FormLimits(Lowest(), lambda: 0.0)
    await budi.presses("kirim", tutup="warung biru")
    assert budi.status == 429
    assert int(budi.answers[-1].headers["retry-after"]) == 600
    assert budi.page == "summary"
    assert budi.sheet.fields["tutup"] == ["warung biru"]
    assert house.reports == 0
    ani = await house.filler()
    await ani.presses(cerita="Jalan rusak di Tebet")
    assert ani.status == 429
    assert ani.sheet.fields["cerita"] == ["Jalan rusak di Tebet"]
    house.form.limits = FormLimits(house.inside.turns.context.rng, lambda: 0.0)
    await budi.presses("kirim")
    assert budi.code
    assert "warung biru" not in house.filed(budi).text


async def test_a_whole_album_that_was_chosen_is_cut_and_said(house: House) -> None:
    budi = await house.filler()
    await budi.presses(cerita=STORY)
    await budi.presses()
    await budi.presses(tempat=WORDS)
    await budi.presses("lanjut", *[b"one"] * 60)
    assert (budi.status, budi.page) == (422, "photos")
    assert phrase("web_form_many", "id", most="5") in budi.html


async def test_several_photos_that_are_none_are_told_of_once(house: House) -> None:
    budi = await house.filler()
    await budi.presses(cerita=STORY)
    await budi.presses()
    await budi.presses(tempat=WORDS)
    await budi.presses("lanjut", b"bad", b"bad", b"bad")
    assert budi.html.count(phrase("file_kind", "id")) == 1


async def test_an_older_summary_is_put_off_with_the_page_that_is_due(house: House) -> None:
    budi = await house.filler()
    await budi.presses(cerita=STORY)
    house.form.limits = FormLimits(Lowest(), lambda: 0.0)
    budi.sheet.fields |= {"halaman": ["summary"], "aksi": ["kirim"]}
    await budi.presses("kirim")
    assert (budi.status, budi.page) == (429, "kind")


async def test_what_is_filled_in_lies_sealed_and_is_erased_by_the_clock(house: House) -> None:
    budi = await house.at_summary()
    token, folder = budi.token, house.folder
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for secret in (token, "Puskesmas", "198.51.100.7"):
        assert secret.encode() not in kept
    now = house.inside.clock.now() + timedelta(minutes=31)
    due = house.inside.store.upkeep.counts_due(now, Retention(contact_days=30))
    assert due["capabilities"] == 1


BOUNDARY = "x" * 20


def photos_page(token: str, files: int, size: int, *, words: str = "") -> bytes:
    """As a browser sends it: what was typed, then files."""
    fields = {"halaman": "photos", "formulir": token} | ({"tempat": words} if words else {})
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="'
    parts = [f'{head}{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    parts += [f'{head}foto"; filename="{at}.jpg"\r\n\r\n'.encode() + b"j" * size + b"\r\n" for at in range(files)]
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


async def sends(house: House, body: bytes | AsyncIterator[bytes]) -> Response:
    kind = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    async with client(house.app) as browser:
        return await browser.post("/lapor", content=body, headers=kind)


async def at_photos(house: House) -> FormFiller:
    budi = await house.filler()
    await budi.presses(cerita=STORY)
    await budi.presses()
    return await budi.presses(tempat=WORDS)


@pytest.mark.parametrize("in_pieces", [False, True], ids=["with a length", "without"])
async def test_a_form_that_is_too_large_loses_none_of_what_was_given(
    house: House,
    in_pieces: bool,  # noqa: FBT001 - pytest passes parameters by name
) -> None:
    budi = await at_photos(house)
    body = photos_page(budi.token, 2, 23 << 20)

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(body), 1 << 20):
            yield body[at : at + (1 << 20)]

    budi._read(await sends(house, pieces() if in_pieces else body))  # noqa: SLF001 - as the answer of a press
    assert (budi.status, budi.page) == (413, "photos")
    assert phrase("web_form_large", "id", most="45") in budi.html
    await budi.presses()
    await budi.presses("kirim")
    assert WORDS in house.filed(budi).place.words


async def test_more_files_than_are_read_are_told_of_in_a_sentence(house: House) -> None:
    budi = await at_photos(house)
    budi._read(await sends(house, photos_page(budi.token, 101, 10)))  # noqa: SLF001 - as the answer of a press
    assert (budi.status, budi.page) == (422, "photos")
    assert phrase("web_form_files", "id", most="100") in budi.html
    assert house.inside.sandbox.cleaned == []


async def test_what_stalls_on_its_way_is_shown_as_far_as_it_came(house: House) -> None:
    budi = await at_photos(house)
    house.app.state.services = replace(house.app.state.services, body_seconds=0.05)
    body = photos_page(budi.token, 1, 1_000)

    async def stalls() -> AsyncIterator[bytes]:
        yield body[:-500]
        await asyncio.Event().wait()

    budi._read(await sends(house, stalls()))  # noqa: SLF001 - as the answer of a press
    assert (budi.status, budi.page) == (408, "photos")
    assert phrase("web_form_slow", "id") in budi.html


async def test_a_story_that_stalls_keeps_its_words(house: House) -> None:
    house.app.state.services = replace(house.app.state.services, body_seconds=0.05)

    async def stalls() -> AsyncIterator[bytes]:
        yield b"halaman=story&formulir=&cerita=Lampu+jalan+mati"
        await asyncio.Event().wait()

    async with client(house.app) as browser:
        kind = {"content-type": "application/x-www-form-urlencoded"}
        answer = await browser.post("/lapor", content=stalls(), headers=kind)
    assert answer.status_code == 408
    assert "Lampu jalan mati" in answer.text


async def test_what_never_ends_is_given_up(house: House) -> None:
    body, mebibyte = photos_page("", 1, 5_000)[:-50], b"j" * (1 << 20)
    came = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal came
        yield body
        while True:
            came += 1
            yield mebibyte

    assert (await sends(house, endless())).status_code in {410, 413}
    assert came < 200
