"""/lapor as somebody uses it who has no script: page by page to the code, and nothing that was typed is lost."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from core.categories import label
from core.model import CategoryId, FormPage
from core.phrases import LANGUAGES, phrase
from storage import Keys
from tests.fakes.form_house import STORY, WORDS, House, form_house
from tests.fakes.web_services import Behind, get, post


@pytest.fixture
def house(sqlite_url: str, keys: Keys, tmp_path: Path) -> Iterator[House]:
    with form_house(sqlite_url, keys, tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_a_story_becomes_a_report_page_by_page_and_its_code_is_the_last_page(house: House, lang: str) -> None:
    budi = await house.filler(lang=lang)
    pages = [budi.page]
    assert phrase("web_form_story_title", lang) in budi.html
    await budi.presses(cerita=STORY)
    pages.append(budi.page)
    assert budi.sheet.fields["jenis"] == ["pju"]
    await budi.presses()
    pages.append(budi.page)
    await budi.presses(tempat=WORDS)
    while budi.page != "summary":
        pages.append(budi.page)
        await budi.presses()
    assert pages == ["story", "kind", "place", "photos"]
    assert "Budi Santoso" in budi.html  # among the words that are closed, to be opened
    assert house.reports == 0
    await budi.presses("kirim")
    assert budi.code
    assert phrase("web_form_code_title", lang) in budi.html
    assert all(each.status_code == 200 for each in budi.answers)
    ((channel, _, count),) = house.inside.store.figures.reports()
    assert (channel, count) == ("form", 1)


async def test_the_last_page_sent_again_shows_the_same_code_and_files_nothing(house: House) -> None:
    budi = await house.at_summary()
    last = budi.sheet
    await budi.presses("kirim")
    code = budi.code
    for _ in range(3):
        budi.sheet = last
        await budi.presses("kirim")
        assert budi.code == code
    budi.sheet = last
    assert (await budi.presses("ke-story")).code == code
    assert house.reports == 1


@pytest.mark.parametrize(("page", "name"), [("story", "cerita"), ("place", "tempat")])
async def test_what_is_typed_after_the_report_was_sent_is_shown_as_not_taken(
    house: House, page: str, name: str
) -> None:
    budi = await house.at_summary()
    await budi.presses(f"ke-{page}")
    older = budi.sheet
    await budi.presses()
    await budi.presses("kirim")
    code, late = budi.code, phrase("web_form_code_late", "id")
    assert code
    assert late not in budi.html
    budi.sheet = older  # with the button of the browser
    typed = "Ada lagi: <got> tersumbat"
    await (budi.presses(cerita=typed) if name == "cerita" else budi.presses(tempat=typed))
    assert (budi.code, budi.status) == (code, 200)
    assert late in budi.html
    assert "Ada lagi: &lt;got&gt; tersumbat" in budi.html
    assert house.reports == 1


async def test_an_older_summary_sent_of_a_form_that_asks_anew_leads_to_the_page_that_is_due(house: House) -> None:
    budi = await house.filler()
    await budi.presses(cerita=STORY)
    sent = {"halaman": "summary", "formulir": budi.token, "aksi": "terapkan", "tutup": "kata yang tidak ada"}
    answer = await post(house.app, "/lapor", urlencode(sent))
    assert answer.status_code == 422
    assert phrase("web_form_hide", "id") in answer.text
    assert phrase("web_form_kind_title", "id") in answer.text


async def test_whoever_goes_back_finds_what_was_filled_in_and_an_older_page_can_be_sent_again(house: House) -> None:
    budi = await house.filler()
    await budi.presses(cerita="Lampu jalan mati sejak Senin")
    kind = budi.sheet
    await budi.presses()
    await budi.presses("ke-kind", tempat="dekat pasar")
    assert budi.page == "kind"
    assert budi.sheet.fields["jenis"] == ["pju"]
    await budi.presses()
    assert budi.sheet.fields["tempat"] == ["dekat pasar"]
    await budi.presses(tempat=WORDS)
    budi.sheet = kind  # with the button of the browser
    await budi.presses(jenis="lain", jenis__lain="jalan_rusak")
    assert budi.page == "photos"
    await budi.presses()
    assert budi.page == "summary"
    assert label(CategoryId("jalan_rusak"), "id") in budi.html
    await budi.presses("ke-story")
    assert budi.sheet.fields["cerita"] == ["Lampu jalan mati sejak Senin"]


async def test_a_form_that_was_left_for_half_an_hour_is_gone_and_what_was_just_typed_is_shown_again(
    house: House,
) -> None:
    budi = await house.filler()
    await budi.presses(cerita=STORY)
    await budi.presses()
    house.inside.clock.passes(minutes=31)
    await budi.presses(tempat="Jalan Tebet Raya 12")
    assert budi.status == 410
    assert phrase("web_form_gone", "id") in budi.html
    assert budi.page == "story"
    assert budi.sheet.fields["cerita"] == ["Jalan Tebet Raya 12"]
    assert budi.token == ""
    await budi.presses(cerita=STORY)
    assert budi.page == "kind"


@pytest.mark.parametrize("token", ["a" * 26, "x", "", "A" * 26, "form." + "a" * 26, "\x00", "a" * 100_000])
@pytest.mark.parametrize("page", [each.value for each in FormPage if each is not FormPage.STORY])
async def test_a_forged_token_opens_nothing(house: House, page: str, token: str) -> None:
    sent = {"halaman": page, "formulir": token, "aksi": "kirim", "tempat": "Tebet", "tutup": "kata saya"}
    answer = await post(house.app, "/lapor", urlencode(sent))
    assert answer.status_code == 410
    assert "kata saya" in answer.text
    assert house.reports == 0


async def test_what_is_asked_of_a_kind_is_asked_on_one_page_and_kept_with_the_report(house: House) -> None:
    budi = await house.filler()
    await budi.presses(cerita="Air PAM mati di Kebon Baru")
    await budi.presses(jenis="lain", jenis__lain="air_bersih")
    await budi.presses(tempat="Kebon Baru", wilayah__lain="31.74.01.1005")
    assert budi.page == "questions"
    await budi.presses(jawab__rumah="banyak sekali", jawab__sejak="")
    assert budi.status == 422
    assert budi.sheet.fields["jawab-rumah"] == ["banyak sekali"]
    await budi.presses(jawab__rumah="12 rumah")
    await budi.presses()
    assert "12" in budi.html
    await budi.presses("kirim")
    assert dict(house.filed(budi).attributes) == {"rumah": "12"}


async def test_one_answer_opens_what_was_closed_by_mistake_and_closes_what_was_left(house: House) -> None:
    budi = await house.at_summary(f"{STORY} Dekat warung biru.")
    assert phrase("web_form_closed_none", "id") not in budi.html
    await budi.presses("terapkan", buka=["081234567890"], tutup="warung biru")
    assert budi.page == "summary"
    assert "buka" in budi.sheet.fields
    assert budi.sheet.fields["buka"] == ["081234567890"]
    await budi.presses("terapkan", tutup="toko hijau")
    assert budi.status == 422
    assert phrase("web_form_hide", "id") in budi.html
    assert budi.sheet.fields["tutup"] == ["toko hijau"]
    await budi.presses("kirim", tutup="")
    text = house.filed(budi).text
    assert "081234567890" in text
    assert "warung biru" not in text
    assert "Budi" not in text


async def test_words_that_were_never_found_cannot_be_opened(house: House) -> None:
    budi = await house.at_summary()
    await budi.presses("kirim", buka=["Santoso", "nama", "", "x" * 5000])
    assert "Budi Santoso" not in house.filed(budi).text


async def test_a_restricted_kind_goes_to_its_office_and_says_so(house: House) -> None:
    budi = await house.filler()
    await budi.presses(cerita="Petugas kelurahan minta uang 200 ribu untuk mengurus KTP")
    await budi.presses(jenis="pungli_korupsi")
    await budi.presses(tempat="", wilayah__lain="")
    assert budi.page == "photos"
    await budi.presses()
    assert phrase("summary_restricted", "id") in budi.html
    await budi.presses("kirim")
    assert house.filed(budi).restricted
    assert house.filed(budi).agency == "inspektorat"


async def test_danger_is_answered_at_once_with_the_number_to_call(house: House) -> None:
    budi = await house.filler()
    await budi.presses(cerita="Kebakaran besar di rumah sebelah, ada orang terjebak di dalam, tolong!")
    assert phrase("hint_112", "id") in budi.html
    assert budi.page == "kind"


async def test_a_place_that_may_be_several_is_asked_about_and_what_was_written_stays(house: House) -> None:
    budi = await house.filler()
    await budi.presses(cerita="Lampu jalan mati")
    await budi.presses(jenis="pju")
    await budi.presses(tempat="")
    assert (budi.status, budi.page) == (422, "place")
    await budi.presses(tempat="dekat warung Bu Ani")
    assert budi.status == 422
    assert budi.sheet.fields["tempat"] == ["dekat warung Bu Ani"]
    await budi.presses(wilayah__lain="31.99")
    assert budi.status == 422
    await budi.presses(wilayah__lain="-")
    assert budi.page == "photos"


async def test_a_page_elsewhere_begins_no_report_here(house: House) -> None:
    budi = await house.filler()
    await budi.presses(cerita=STORY, headers={"Sec-Fetch-Site": "cross-site"})
    assert budi.status == 403
    assert budi.sheet.fields["cerita"] == [STORY]
    assert budi.token == ""


async def test_thirty_thousand_letters_are_too_many_and_none_of_them_is_lost(house: House) -> None:
    budi = await house.filler()
    await budi.presses(cerita="kata " * 6000)
    assert budi.status == 422
    assert phrase("form_long", "id", most="4000") in budi.html
    assert budi.sheet.fields["cerita"] == [("kata " * 6000).strip()]


@pytest.mark.parametrize(
    "story",
    ["\x00Jalan rusak\x00", "Jalan \u202erusak", "\u200fJalan rusak", "<script>alert(1)</script>", "\ufffe jalan"],
)
async def test_strange_letters_are_taken_and_stay_words(house: House, story: str) -> None:
    budi = await house.at_summary(f"{story} di Kebon Baru")
    assert "<script>" not in budi.answers[-1].text
    assert "\x00" not in budi.html
    await budi.presses("kirim")
    assert budi.code


BROKEN: list[tuple[bytes, str, int]] = [
    (b"cerita=%ff%fe&halaman=%00", "application/x-www-form-urlencoded", 200),
    (b"{}", "application/json", 415),
    (b"", "", 415),
    (b'--x\r\nContent-Disposition: form-data; name="cerita"\r\n\r\nJalan', "multipart/form-data; boundary=x", 422),
    (b"garbage", "multipart/form-data; boundary=x", 422),
    (b"garbage", "multipart/form-data", 422),
    (b"cerita=" + b"a" * 600_000, "application/x-www-form-urlencoded", 413),
    (b"&".join(b"a%d=1" % n for n in range(200)), "application/x-www-form-urlencoded", 422),
]


@pytest.mark.parametrize(("body", "kind", "status"), BROKEN, ids=range(len(BROKEN)))
async def test_a_body_that_is_no_form_is_answered_with_a_page(
    house: House, body: bytes, kind: str, status: int
) -> None:
    answer = await post(house.app, "/lapor", body, kind=kind)
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert house.reports == 0


async def test_fields_that_are_missing_doubled_or_unknown_break_nothing(house: House) -> None:
    budi = await house.filler()
    await budi.presses(cerita=[STORY, "lain"])
    assert budi.page == "kind"
    token = budi.token
    for act in ("lanjut", "ke-summary", "ke-", "kirim", "hapus-", "ke-story\x00", "x" * 9999):
        for page in ("story", "kind", "place", "questions", "photos", "summary", "x"):
            answer = await post(house.app, "/lapor", urlencode({"halaman": page, "formulir": token, "aksi": act}))
            assert answer.status_code in {200, 422}, (act, page)
    assert house.reports == 0


async def test_no_page_sets_a_cookie_or_asks_elsewhere_and_each_is_small(house: House) -> None:
    budi = await house.at_summary()
    await budi.presses("kirim")
    sheets = sum(
        [
            len((await get(house.app, f"/static/{name}")).content)
            for name in ("resi.css", "lapor.css", "lapor.js", "resi.svg")
        ]
    )
    for answer in budi.answers:
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "<script>" not in answer.text  # none of its own, and a module of ours that nothing needs
        assert "://" not in answer.text
        assert len(answer.content) + sheets < 60_000, answer.text[:400]


async def test_without_a_form_there_is_no_page_and_no_link() -> None:
    app = Behind().app()
    assert (await get(app, "/lapor")).status_code == 404
    assert (await post(app, "/lapor", "cerita=x")).status_code == 404
    assert "/lapor" not in (await get(app, "/")).text


async def test_the_front_page_leads_to_the_form(house: House) -> None:
    assert 'href="/lapor"' in (await get(house.app, "/")).text
