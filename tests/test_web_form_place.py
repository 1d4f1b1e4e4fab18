"""/lapor, its map and what a photo says, without a script: nothing typed is lost, and every page stays small."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.batch_periods import period
from core.model import Act, FormPage, Publishing, Role, TrackingCode
from core.phrases import LANGUAGES, phrase
from core.ports import UnitOfWork
from storage import Keys
from tests.fakes.drawn_city import CREDIT, EAST, IN_WEST, OUTSIDE, WEST, WEST_NEAR_EAST
from tests.fakes.form_filler import FormFiller
from tests.fakes.form_house import House, form_house
from tests.fakes.web_services import get
from web.form_view import HIGH, WIDE

MIDDLE = (WIDE // 2, HIGH // 2)
LAMP = "Lampu jalan mati sejak Senin"


@pytest.fixture
def house(sqlite_url: str, keys: Keys, tmp_path: Path) -> Iterator[House]:
    with form_house(sqlite_url, keys, tmp_path) as opened:
        opened.opens_map()
        yield opened


async def at_place(house: House, **more: str) -> FormFiller:
    budi = await house.filler(**more)
    await budi.presses(cerita=LAMP)
    await budi.presses(jenis="pju")
    assert budi.page == "place"
    return budi


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_a_place_is_shown_on_the_map_from_the_city_to_the_spot_and_sent(house: House, lang: str) -> None:
    budi = await at_place(house, lang=lang)
    assert budi.sheet.pictures == {}, "who needs no map loads none"
    await budi.presses("peta", tempat="depan warung")
    await budi.points(*MIDDLE)
    assert budi.sheet.fields["peta-di"] == ["31.71.06"] or budi.sheet.fields["peta-di"] == ["31.74.01"]
    await budi.presses("peta", wilayah__lain=WEST)
    await budi.points(*MIDDLE)
    assert (budi.status, budi.page) == (200, "place")
    assert budi.sheet.fields["tempat"] == ["depan warung"]
    assert CREDIT in budi.html
    assert "titik-hapus" in budi.sheet.buttons
    sheets = [len((await get(house.app, f"/static/{each}")).content) for each in ("resi.css", "lapor.css", "lapor.js")]
    assert max(len(each.content) for each in budi.answers) + sum(sheets) < 60_000
    await budi.presses()
    assert budi.page == "photos"
    await budi.presses()
    assert phrase("web_form_point_sent", lang) in budi.html
    await budi.presses("kirim")
    place = house.filed(budi).place
    assert (place.area, place.words) == (WEST, "depan warung")
    assert place.point is not None
    assert abs(place.point.latitude - IN_WEST.latitude) < 1e-3
    assert place.point.latitude == round(place.point.latitude, 4)


async def test_outside_is_said_near_a_border_is_asked_and_a_keyboard_is_told_what_to_do(house: House) -> None:
    budi = await at_place(house)
    here = {point: f"{point.latitude},{point.longitude}" for point in (OUTSIDE, WEST_NEAR_EAST)}
    await budi.presses("lokasi", titik=here[OUTSIDE], tempat="depan warung")
    assert (budi.status, budi.sheet.fields["tempat"]) == (422, ["depan warung"])
    assert "di luar" in budi.html
    await budi.presses("lokasi", titik=here[WEST_NEAR_EAST])
    assert phrase("web_form_point_near", "id") in budi.html
    await budi.presses(wilayah=EAST)
    assert budi.page == "photos"
    await budi.presses("ke-place")
    await budi.presses("peta")
    await budi.points(0, 0)
    assert budi.status == 422
    assert phrase("web_form_map_keys", "id") in budi.html
    await budi.presses("titik-hapus")
    assert "titik-hapus" not in budi.sheet.buttons


@pytest.mark.parametrize("at", [(-5, 3), (WIDE, 0), (9999, 9999), (0, HIGH)])
async def test_a_press_beside_the_picture_is_none(house: House, at: tuple[int, int]) -> None:
    budi = await at_place(house)
    await budi.presses("peta", tempat="depan warung")
    await budi.points(*at)
    assert (budi.status, budi.page, budi.sheet.fields["tempat"]) == (422, "place", ["depan warung"])


async def test_without_a_map_nothing_is_offered_and_a_forged_press_breaks_nothing(
    sqlite_url: str, keys: Keys, tmp_path: Path
) -> None:
    with form_house(sqlite_url, keys, tmp_path) as house:
        budi = await at_place(house)
        assert "peta" not in budi.sheet.buttons
        budi.sheet.pictures["peta"] = ""
        await budi.points(*MIDDLE)
        assert (budi.status, budi.page) == (422, "place")


async def test_where_a_photo_was_taken_is_asked_once_and_never_taken_without_a_yes(house: House) -> None:
    house.inside.sandbox.taken_at = {b"gps": IN_WEST}
    budi = await at_place(house)
    await budi.presses(wilayah__lain="-")
    await budi.presses("lanjut", b"plain", b"gps")
    assert budi.page == "photos"
    assert phrase("web_form_found", "id") in budi.html
    older = budi.sheet
    await budi.presses("lanjut")
    assert budi.page == "summary"
    assert phrase("web_form_point_sent", "id") not in budi.html
    budi.sheet = older
    await budi.presses("pakai")
    assert (budi.page, phrase("web_form_point_sent", "id") in budi.html) == ("summary", False), "it was forgotten"
    await budi.presses("ke-photos")
    await budi.presses("lanjut", b"gps")
    await budi.presses("pakai")
    assert phrase("web_form_point_sent", "id") in budi.html
    await budi.presses("kirim")
    place = house.filed(budi).place
    assert (place.area, place.point) == (WEST, IN_WEST)
    assert len(house.filed(budi).files) == 3


async def summary(house: House, story: str = LAMP, kind: str = "pju", *photos: bytes) -> FormFiller:
    budi = await house.filler()
    await budi.presses(cerita=story)
    await budi.presses(jenis="lain", jenis__lain=kind)
    await budi.presses(tempat="depan warung", wilayah__lain=EAST)
    await budi.presses("lanjut", *photos)
    assert budi.page == FormPage.SUMMARY.value
    return budi


async def test_who_says_the_same_can_follow_and_gets_a_code_of_their_own(house: House) -> None:
    first = await summary(house)
    assert "ikut" not in first.sheet.buttons
    await first.presses("kirim")
    ani = await summary(house, "Lampunya padam, telepon saya 081234567890", "pju", b"one")
    last = ani.sheet
    await ani.presses("ikut")
    assert phrase("web_form_code_followed", "id") in ani.html
    assert ani.code != first.code
    assert (ani.code, house.reports) == (ani.code, 1)
    code = ani.code
    ani.sheet = last
    await ani.presses("ikut")
    assert ani.code == code, "sent again it does nothing more"
    assert house.filed(ani) == house.filed(first)

    def look(tx: UnitOfWork) -> tuple[Role, list[str]]:
        holder = tx.code_holders.by_code(TrackingCode(code.replace("-", "")))
        assert holder is not None
        assert holder.contact is None
        return holder.role, [each.text for each in tx.reports.history(holder.report) if each.act is Act.ADD]

    role, (added,) = house.inside.store.read(look)
    assert role is Role.FOLLOWER
    assert "padam" in added
    assert "081234567890" not in added


@pytest.mark.parametrize(("story", "kind"), [("Petugas minta pungli", "pungli_korupsi"), (LAMP, "jalan_rusak")])
async def test_what_one_office_may_read_and_what_is_of_another_kind_is_never_offered(
    house: House, story: str, kind: str
) -> None:
    await (await summary(house)).presses("kirim")
    assert "ikut" not in (await summary(house, story, kind)).sheet.buttons


async def test_a_report_is_offered_once_its_batch_is_over_so_that_nobody_learns_its_minute(house: House) -> None:
    turns = house.inside.turns
    turns.context = replace(turns.context, publishing=Publishing(timedelta(days=1), 5))
    await (await summary(house)).presses("kirim")
    at_night = period(house.inside.clock.now(), timedelta(days=1), turns.context.zone)[1]
    house.inside.clock.at = at_night - timedelta(minutes=1)
    assert "ikut" not in (await summary(house)).sheet.buttons
    house.inside.clock.at = at_night
    assert "ikut" in (await summary(house)).sheet.buttons


async def test_what_was_offered_and_is_over_is_said_and_the_own_report_is_still_there(house: House) -> None:
    first = await summary(house)
    await first.presses("kirim")
    ani = await summary(house)
    report = house.filed(first)
    house.inside.store.run(
        lambda tx: tx.reports.change(replace(report, restricted=True), tx.reports.history(report.id)[0])
    )
    await ani.presses("ikut")
    assert (ani.status, ani.page) == (422, "summary")
    assert phrase("alike_over", "id") in ani.html
    assert "ikut" not in ani.sheet.buttons
    await ani.presses("kirim")
    assert house.reports == 2


async def test_an_older_summary_cannot_follow_what_was_offered_for_another_kind(house: House) -> None:
    await (await summary(house)).presses("kirim")
    ani = await summary(house)
    older = ani.sheet
    await ani.presses("ke-kind")
    await ani.presses(jenis="lain", jenis__lain="jalan_rusak")
    ani.sheet = older
    await ani.presses("ikut")
    assert (ani.status, house.reports) == (422, 1)


async def test_where_somebody_is_may_be_asked_on_this_page_alone(house: House) -> None:
    here, elsewhere = [(await get(house.app, path)).headers["permissions-policy"] for path in ("/lapor", "/lacak")]
    assert "geolocation=(self)" in here
    assert "geolocation=()" in elsewhere
