"""What stands behind the form: photos, limits and the seal, and two presses at once."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.form_limits import FormLimits
from core.phrases import phrase
from storage import Keys, Retention
from tests.fakes.cued_house import AWAY
from tests.fakes.form_filler import FormFiller
from tests.fakes.form_house import STORY, WORDS, House, form_house
from tests.fakes.time_and_random import FakeRandomSource


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
