"""The desk in a real browser: nothing from outside, no script error, no barrier, in light, dark and on a phone."""

from pathlib import Path

import pytest

from tests.fakes.demonstration import ADMIN, AUDITOR, BIRO, CLERK, LURAH, OFFICER
from tests.fakes.drawn_city import CREDIT, IN_WEST, WEST
from tests.fakes.drawn_tiles import CREDIT as STREETS_CREDIT
from tests.fakes.offices import photo
from tests.fakes.screens import PHONE, WIDE, Room, Screen

pytestmark = [
    pytest.mark.journey,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # its driver is a process
]
NOT_OF_STRUCTURE = ["color-contrast"]  # what another look can break though the first was sound
STORY = "Jalan berlubang besar di depan pasar, kelurahan Tebet Timur"


def looked_at(screen: Screen) -> None:
    """In light, in dark, and on a phone."""
    page = screen.page
    assert screen.barriers() == []
    page.emulate_media(color_scheme="dark")
    assert screen.barriers(NOT_OF_STRUCTURE) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": PHONE, "height": 800})
    assert screen.cut_off() <= 1, f"{page.url}: nothing is cut off at the side"
    assert screen.barriers(NOT_OF_STRUCTURE) == []
    page.set_viewport_size({"width": WIDE, "height": 900})
    assert screen.cut_off() <= 1, page.url


@pytest.mark.parametrize("name", [OFFICER, LURAH, BIRO, ADMIN, AUDITOR, CLERK])
def test_every_page_of_a_navigation_is_whole_and_without_barriers(room: Room, name: str) -> None:
    with room.sits(name) as screen:
        paths = [each for each in screen.links("nav.menu") if each.startswith("/petugas")]
        assert len(paths) >= 2
        for path in paths:
            screen.opens(path)
            looked_at(screen)


def test_pages_behind_the_lists_are_whole_too(room: Room) -> None:
    *_, number = room.mails(STORY)
    with room.sits(OFFICER) as screen:
        for path in (f"laporan/{number}", "akun/sandi", "akun/langkah-dua", f"banyak?pilih={number}", "?cari=jalan"):
            screen.opens(f"/petugas/{path}".replace("/?", "?"))
            looked_at(screen)
    with room.sits() as stranger:
        stranger.opens("/petugas")
        looked_at(stranger)


KEPT_AT_THE_DESK = (
    ("jenis/taman_tpu", {"simpan": "400"}),
    ("daftar-instansi/dinas_tamhut", {"singkat": "Dinas Taman"}),
    ("pertanyaan-jenis/-baru", {"tanya-id": "Sejak kapan?", "tanya-en": "Since when?", "bentuk": "text"}),
    ("hari-libur", {"hari": "2027-12-24", "nama-id": "Cuti bersama", "nama-en": "Day off"}),
    ("jawaban", {"judul": "Diperiksa", "kata": "Terima kasih, kami periksa besok pagi."}),
    ("jalur", {"jenis": "taman_tpu", "kantor": "dinas_tamhut"}),
)


def test_an_administrator_keeps_the_city_on_a_phone_without_scripts(room: Room) -> None:
    phone = {"width": PHONE, "height": 800}
    with room.sits(ADMIN, viewport=phone) as screen:
        for path in (path for path, _ in KEPT_AT_THE_DESK if "/" in path):  # lists are looked at with the navigation
            screen.opens(f"/petugas/{path}")
            assert screen.barriers() == [], path
            assert screen.cut_off() <= 1, path
    with room.sits(scripts=False, viewport=phone) as screen:
        screen.logs_in(ADMIN, room.password)  # anew, so that no password is asked for in between
        for path, typed in KEPT_AT_THE_DESK:
            screen.opens(f"/petugas/{path}")
            screen.fills(**typed)
            screen.presses(f"form[action='/petugas/{path}'] button[type=submit]")
            assert screen.path == f"/petugas/{path.split('/')[0]}", screen.text
            assert all(said in screen.text for name, said in typed.items() if name in {"judul", "nama-id", "tanya-id"})
        screen.opens("/petugas/jenis/taman_tpu")
        assert screen.page.input_value("#simpan") == "400"
        screen.opens("/petugas/mitra")
        screen.fills(nama="mitra-kota", kanal="jaki")
        screen.presses("form[action='/petugas/mitra'] button[type=submit]")
        screen.opens("/petugas/mitra")
        screen.page.set_viewport_size({"width": 320, "height": 800})
        assert "mitra-kota" in screen.text
        assert screen.cut_off() <= 0, "two buttons in a row of the list"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_an_officer_reads_and_acts_with_scripts_and_without(
    room: Room,
    scripts: bool,  # noqa: FBT001 - pytest passes parameters by name
) -> None:
    *_, number = room.mails(STORY)
    with room.sits(OFFICER, scripts=scripts) as screen:
        screen.presses(f"a[href='/petugas/laporan/{number}']")
        assert "Jalan berlubang besar" in screen.text
        screen.acts("start")
        assert "Tersimpan: Mulai dikerjakan" in screen.text
        screen.acts("note", text="Sudah dicek dari jalan")
        assert "Sudah dicek dari jalan" in screen.page.inner_text(".history")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_a_report_is_found_on_the_map_and_its_map_is_come_near_to_with_scripts_and_without(
    room: Room,
    scripts: bool,  # noqa: FBT001 - pytest passes parameters by name
) -> None:
    *_, number = room.mails(f"Jalan berlubang besar di {IN_WEST.latitude}, {IN_WEST.longitude}, motor jatuh")
    with room.sits(LURAH, scripts=scripts) as screen:
        screen.opens("/petugas")
        screen.presses("a[href^='/petugas/peta']")
        assert screen.page.locator("svg.map path.in").count() == 3
        cluster = screen.page.locator("svg.map a").first
        cluster.focus()
        with screen.page.expect_navigation():
            screen.page.keyboard.press("Enter")
        assert "/petugas/peta?wilayah=" in screen.page.url
        screen.opens(f"/petugas/peta?wilayah={WEST}")
        assert number in screen.text
        screen.presses(f"main a[href='/petugas/laporan/{number}']")
        assert screen.page.locator("svg.map .spot").count() == 1
        assert (
            screen.page.locator("a[href^='geo:']").get_attribute("href")
            == "geo:-6.20500,106.80300?q=-6.20500,106.80300"
        )
        screen.presses("a[href$='/peta']")
        for zoom in ("kota", "31.74", str(WEST)):
            screen.presses(f"nav.zoom a[href$='wilayah={zoom}']")
            assert screen.page.locator("svg.map .spot").count() == 1
            assert CREDIT in screen.text


def test_maps_are_without_barriers(room: Room) -> None:
    *_, number = room.mails(f"Lampu jalan mati di {IN_WEST.latitude}, {IN_WEST.longitude}, gelap sekali")
    with room.sits(LURAH) as screen:
        for path in (
            "peta",
            "peta?wilayah=31.74.01",
            f"peta?wilayah={WEST}",
            f"laporan/{number}",
            f"laporan/{number}/peta",
        ):
            screen.opens(f"/petugas/{path}")
            looked_at(screen)


def test_streets_of_the_operators_own_file_are_shown_below_a_point_and_nobody_else_is_asked(room: Room) -> None:
    *_, number = room.mails(f"Trotoar rusak di {IN_WEST.latitude}, {IN_WEST.longitude}, licin sekali")
    with room.sits(LURAH) as screen:
        screen.opens(f"/petugas/laporan/{number}/peta")
        screen.page.wait_for_selector("#jalan[data-shown='1']")
        assert screen.page.locator("#jalan canvas").is_visible()
        assert screen.page.inner_text("#jalan-sumber") == STREETS_CREDIT
        looked_at(screen)
    with room.sits(LURAH, scripts=False) as screen:
        screen.opens(f"/petugas/laporan/{number}/peta")
        assert not screen.page.locator("#jalan").is_visible()
        assert screen.page.locator("svg.map .spot").count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_figures_and_the_public_map_are_walked_by_keys_alone_and_without_barriers(
    room: Room,
    scripts: bool,  # noqa: FBT001 - pytest passes parameters by name
) -> None:
    for post in range(5):  # as many as an area must have to be shown
        room.mails(f"Lampu tiang {post} mati di {IN_WEST.latitude}, {IN_WEST.longitude}, gelap sekali")
    with room.sits(scripts=scripts) as citizen:
        citizen.opens("/statistik")
        citizen.tabs_to(".figures-form select[name=jenis]")  # whose choices do not wait for a batch
        citizen.page.keyboard.press("ArrowDown")
        citizen.enters(".figures-form button")
        assert "jenis=&" not in citizen.page.url
        citizen.enters(".figures-form a[href='/statistik']")
        citizen.enters("a[href='/statistik/peta']")
        for path in ("", "?ukuran=hari", "?wilayah=31.74.01"):
            citizen.opens(f"/statistik/peta{path}")
            assert citizen.page.locator("svg.map path").count() == 3
            assert citizen.page.locator("table.places").count() == 1
            assert CREDIT in citizen.text
            if scripts:
                looked_at(citizen)
        citizen.opens("/statistik/peta")
        citizen.enters("svg.map a")
        assert "wilayah=31." in citizen.page.url


def test_a_report_is_made_by_the_form_on_a_small_phone_without_scripts(room: Room, tmp_path: Path) -> None:
    small = {"width": 320, "height": 640}
    with room.sits(scripts=False, expected=(422,), viewport=small, is_mobile=True, has_touch=True) as citizen:
        page = citizen.page

        def goes_on(act: str = "lanjut") -> None:
            """Nothing stands out at the side; then one of the buttons."""
            assert citizen.cut_off() <= 0, page.inner_text("h1")
            citizen.presses(f"form.fields button[value='{act}']:not(.unseen)")

        citizen.opens("/")
        citizen.presses("main a[href='/lapor']")
        citizen.fills(cerita="Lampu jalan mati sejak Senin. Nama saya Budi Santoso, dekat warung biru.")
        goes_on()
        page.check("input[value='pju']")
        goes_on()
        goes_on()
        assert page.locator("[role=alert]").is_visible()
        citizen.fills(tempat="Depan pasar", wilayah="31.74.01.1005")
        goes_on()
        page.set_input_files("#foto", photo(tmp_path / "IMG_1.jpg", 3))
        goes_on("ke-photos")
        assert "1 dari 5" in citizen.text
        goes_on()
        assert "Budi Santoso" not in page.inner_text("dl")
        citizen.fills(tutup="warung biru")
        goes_on("terapkan")
        assert "warung biru" not in page.inner_text("dl")
        goes_on("kirim")
        code = page.inner_text(".code")
        assert citizen.cut_off() <= 0
        assert citizen.shown(".slip img") == [True]
        page.reload()
        assert page.inner_text(".code") == code
        assert page.context.cookies() == []
        assert room.number_of(code)
        assert code.replace("-", "") not in room.resi.said()
        assert max(citizen.weights.values()) < 30_000


def test_with_scripts_the_form_is_one_page_that_keys_alone_lead_through_and_the_browsers_own_buttons_work(
    room: Room,
) -> None:
    with room.sits() as citizen:
        page = citizen.page

        def goes_on(heading: str, act: str = "lanjut") -> None:
            assert citizen.barriers() == []
            citizen.tabs_to(f"form.fields button[value='{act}']:not(.unseen)")
            page.keyboard.press("Enter")
            page.wait_for_selector(f"h1:text-is('{heading}')")

        citizen.opens("/lapor")
        page.evaluate("window.same = 1")
        citizen.tabs_to("#cerita")
        page.keyboard.type("Lampu jalan mati di depan Puskesmas Kebon Baru, kata Budi Santoso 081234567890")
        goes_on("Tentang apa laporan ini?")
        assert page.evaluate("document.activeElement.tagName") == "H1"
        page.go_back()
        page.wait_for_selector("#cerita")
        assert "Puskesmas" in page.input_value("#cerita")
        page.go_forward()
        page.wait_for_selector("input[name=jenis]")
        citizen.tabs_to("input[name=jenis]")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")  # of a group one is chosen so
        goes_on("Di mana tempatnya?")
        goes_on("Ada fotonya?")
        goes_on("Periksa, lalu kirim")
        citizen.tabs_to("#tutup")
        page.keyboard.type("Puskesmas")
        page.keyboard.press("Enter")  # which hides, and never sends
        page.wait_for_selector("dl.told:not(:has-text('Puskesmas'))")
        goes_on("Kode lacak Anda", "kirim")
        code = page.inner_text(".code")
        assert citizen.barriers() == []
        page.go_back()
        page.wait_for_selector("dl.told")
        goes_on("Kode lacak Anda", "kirim")
        assert page.inner_text(".code") == code
        assert page.evaluate("[window.same, localStorage.length, document.cookie]") == [1, 0, ""]
        assert page.url.endswith("/lapor")
        assert room.number_of(code)


def test_on_paper_a_list_has_a_head_for_each_column_and_a_report_no_form(room: Room) -> None:
    *_, number = room.mails(STORY)
    with room.sits(OFFICER) as screen:
        screen.page.emulate_media(media="print")
        heads, cells = (
            screen.page.locator(".queue thead th"),
            screen.page.locator(".queue tbody tr").first.locator("> *"),
        )
        assert sum(each.is_visible() for each in heads.all()) == sum(each.is_visible() for each in cells.all()) == 6
        screen.opens(f"/petugas/laporan/{number}")
        shown = screen.page.locator("main").inner_text()
        assert "Jalan berlubang besar" in shown
        assert f"oleh {OFFICER}" in shown, "who printed it"
        assert not screen.page.locator(".acts, .menu, .who, .print").first.is_visible()
