"""/lacak: a code in a body, the status in words, and the code never again on a page."""

import re
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from core.authority import Deed
from core.errors import StoreAway
from core.model import Phase
from core.phrases import LANGUAGES, phrase
from tests.fakes.web_services import KNOWN, Behind, client, get, post
from web import CodeForm, Tracked

FOUND = Tracked(
    found=True,
    words=("Laporan 2222: proses.",),
    status="Proses",
    phase=Phase.WORKING,
    history=(("1 Maret 2026", "Diterima."), ("2 Maret 2026", "Dikerjakan.")),
)


async def test_the_form_asks_for_the_code_and_keeps_it_out_of_addresses() -> None:
    html = (await get(Behind().app(), "/lacak")).text
    assert 'name="kode"' in html
    assert 'method="post"' in html
    assert 'autocomplete="off"' in html


async def test_a_code_in_the_address_is_never_read() -> None:
    behind = Behind(tracked=FOUND)
    answer = await get(behind.app(), f"/lacak?kode={KNOWN}")
    assert not behind.asked
    assert KNOWN not in answer.text
    await post(behind.app(), f"/lacak?kode={KNOWN}", "lain=1")
    assert not behind.asked


async def test_a_code_brings_status_and_history_in_words() -> None:
    behind = Behind(tracked=FOUND)
    answer = await post(behind.app(), "/lacak", f"kode={KNOWN}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert behind.asked == [(KNOWN, "198.51.100.7", "id")]
    for words in ("Laporan 2222: proses.", "Proses", "1 Maret 2026", "Diterima.", "Dikerjakan."):
        assert words in answer.text


async def test_the_typed_code_is_not_shown_again() -> None:
    answer = await post(Behind(tracked=FOUND).app(), "/lacak", f"kode={KNOWN}")
    assert KNOWN not in answer.text
    assert KNOWN.replace("-", "") not in answer.text


async def test_an_unknown_code_gets_its_sentence_and_no_status() -> None:
    answer = await post(Behind(tracked=Tracked(found=False, words=("Kode salah.",))).app(), "/lacak", "kode=1")
    assert answer.status_code == 200
    assert "Kode salah." in answer.text
    assert phrase("web_track_answer", "id") not in answer.text


async def test_too_many_wrong_tries_are_told_to_wait() -> None:
    tracked = Tracked(found=False, words=("Coba lagi 5 menit lagi.",), wait=timedelta(minutes=5))
    answer = await post(Behind(tracked=tracked).app(), "/lacak", "kode=1")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    assert "Coba lagi 5 menit lagi." in answer.text
    assert phrase("web_track_wait", "id") in answer.text


@pytest.mark.parametrize("site", ["same-site", "same-origin", "none", ""])
async def test_who_asks_from_here_or_does_not_say_from_where_is_answered(site: str) -> None:
    async with client(Behind(tracked=FOUND).app()) as browser:
        answer = await browser.post("/lacak", data={"kode": KNOWN}, headers={"Sec-Fetch-Site": site} if site else {})
    assert (answer.status_code, FOUND.words[0] in answer.text) == (200, True)


async def test_a_page_elsewhere_lets_nobody_try_codes_here_and_does_nothing() -> None:
    behind = Behind(tracked=FOUND)
    form = {"kode": KNOWN, "langkah": "lupakan", "yakin": "1", "kata": "kata mereka"}
    async with client(behind.app()) as browser:
        answer = await browser.post("/lacak", data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, behind.asked) == (403, [])
    assert phrase("web_form_elsewhere", "id") in answer.text
    assert "kata mereka" not in answer.text
    assert 'name="langkah"' not in answer.text


@pytest.mark.parametrize("empty", ["", "kode=", "kode=+++"])
async def test_an_empty_field_is_said_and_is_no_guess(empty: str) -> None:
    behind = Behind()
    answer = await post(behind.app(), "/lacak", empty)
    assert answer.status_code == 200
    assert phrase("web_track_empty", "id") in answer.text
    assert not behind.asked


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_the_page_says_what_the_code_can_do_and_where_to_call(lang: str) -> None:
    html = (await get(Behind().app(), f"/lacak?lang={lang}")).text.replace("&#39;", "'")
    for key in ("web_track_nameless", "web_track_power", "web_track_lost", "web_emergency"):
        assert phrase(key, lang) in html
    assert 'href="tel:112"' in html


async def test_the_language_stays_through_the_form() -> None:
    behind = Behind(tracked=FOUND)
    async with client(behind.app()) as browser:
        form = (await browser.get("/lacak?lang=en")).text
        assert 'action="/lacak?lang=en"' in form
        answer = await browser.post("/lacak?lang=en", data={"kode": KNOWN})
    assert behind.asked[0][2] == "en"
    assert '<html lang="en">' in answer.text
    assert phrase("web_track_answer", "en") in answer.text


@pytest.mark.parametrize(
    ("phase", "steps"), [(Phase.WAITING, 3), (Phase.WORKING, 3), (Phase.DONE, 3), (Phase.ENDED, 0), (None, 0)]
)
async def test_the_phase_is_shown_by_word_as_well_as_by_colour(phase: Phase | None, steps: int) -> None:
    tracked = Tracked(found=True, words=("Kata.",), status="Namanya", phase=phase)
    html = (await post(Behind(tracked=tracked).app(), "/lacak", "kode=1")).text
    assert "Namanya" in html
    shown = [phrase(f"web_phase_{step}", "id") in html for step in ("waiting", "working", "done")]
    assert sum(shown) == steps
    assert html.count('aria-current="step"') == (steps > 0)


async def test_words_from_outside_stay_words() -> None:
    evil = '<script>alert("1")</script>'
    tracked = Tracked(found=True, words=(evil,), status=evil, phase=Phase.WORKING, history=((evil, evil),))
    html = (await post(Behind(tracked=tracked).app(), "/lacak", "kode=1")).text
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 4


# what the holder of a code may do

TICKET = "tiket-0123456789"
OPEN = Tracked(
    found=True,
    words=("Laporan 2222: proses.",),
    status="Proses",
    phase=Phase.WORKING,
    ticket=TICKET,
    once="sekali",
    offers=frozenset({Deed.ANSWER, Deed.ADD, Deed.WITHDRAW, Deed.FORGET}),
    question="Sejak kapan?",
    number=2,
)
SOLVED = replace(OPEN, offers=frozenset({Deed.FEEDBACK, Deed.FORGET}), phase=Phase.DONE, question="", number=0)
STEPS = {"jawab": Deed.ANSWER, "tambah": Deed.ADD, "cabut": Deed.WITHDRAW, "lupakan": Deed.FORGET}


async def sends(behind: Behind, lang: str = "id", **fields: str) -> httpx.Response:
    async with client(behind.app()) as browser:
        return await browser.post(f"/lacak?lang={lang}", data=fields)


async def test_each_form_of_the_page_carries_the_ticket_and_never_the_code() -> None:
    html = (await post(Behind(tracked=OPEN).app(), "/lacak", f"kode={KNOWN}")).text
    for shown in ("Sejak kapan?", phrase("web_code_add", "id"), phrase("web_code_withdraw", "id")):
        assert shown in html
    forms = re.findall(r"<form.*?</form>", html, re.DOTALL)
    assert all('method="post"' in each and 'action="/lacak"' in each for each in forms)
    assert sum(f'name="tiket" value="{TICKET}"' in each for each in forms) == len(forms) - 1
    assert all('name="kiriman" value="sekali"' in each for each in forms if TICKET in each)
    assert KNOWN not in html
    assert "set-cookie" not in html


@pytest.mark.parametrize(("step", "deed"), STEPS.items())
async def test_a_form_asks_the_service_for_what_its_button_says(step: str, deed: Deed) -> None:
    behind = Behind(tracked=replace(OPEN, said=("Tercatat.",), kept=True))
    answer = await sends(
        behind, langkah=step, tiket=TICKET, kiriman="sekali", kata=" satu\r\ndua ", pertanyaan="2", yakin="1"
    )
    assert behind.forms == [CodeForm(deed, TICKET, "", "sekali", "satu\ndua", (), 2)]
    assert "Tercatat." in answer.text
    assert phrase("web_code_kept", "id") in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(("step", "solved"), [("beres", True), ("belum", False)])
async def test_the_two_buttons_say_whether_it_is_solved(step: str, *, solved: bool) -> None:
    behind = Behind(tracked=SOLVED)
    await sends(behind, langkah=step, tiket=TICKET)
    assert (behind.forms[0].deed, behind.forms[0].solved) == (Deed.FEEDBACK, solved)
    html = (await sends(behind, tiket=TICKET)).text
    assert 'value="beres"' in html
    assert 'value="cabut"' not in html


@pytest.mark.parametrize("step", ["cabut", "lupakan"])
async def test_taking_back_and_forgetting_are_asked_once_more_and_only_then_done(step: str) -> None:
    behind = Behind(tracked=OPEN)
    asked = await sends(behind, langkah=step, tiket=TICKET)
    assert [each.deed for each in behind.forms] == [None]
    deed = "forget" if step == "lupakan" else "withdraw"
    assert phrase(f"web_code_{deed}_title", "id") in asked.text
    assert f'name="langkah" value="{step}"' in asked.text
    assert 'name="yakin" value="1"' in asked.text
    assert phrase("web_code_no", "id") in asked.text


async def test_photos_come_along_and_a_field_that_is_none_of_ours_does_not() -> None:
    behind = Behind(tracked=OPEN)
    async with client(behind.app()) as browser:
        await browser.post(
            "/lacak",
            data={"langkah": "tambah", "tiket": TICKET},
            files=[("foto", ("a.jpg", b"satu")), ("foto", ("b.jpg", b"dua")), ("lain", ("c", b"tiga"))],
        )
    assert behind.forms[0].files == (b"satu", b"dua")


async def test_a_whole_album_that_was_chosen_costs_no_words() -> None:
    behind = Behind(tracked=OPEN)
    async with client(behind.app()) as browser:
        answer = await browser.post(
            "/lacak",
            data={"langkah": "tambah", "tiket": TICKET, "kata": "masih gelap"},
            files=[("foto", (f"{each}.jpg", b"x")) for each in range(60)],
        )
    assert answer.status_code == 200
    assert (behind.forms[0].words, len(behind.forms[0].files)) == ("masih gelap", 60)


@pytest.mark.parametrize("step", ["jawab", "tambah"])
async def test_words_that_were_not_kept_stand_in_their_form_again(step: str) -> None:
    behind = Behind(tracked=replace(OPEN, said=("Terlalu panjang.",)))
    html = (await sends(behind, langkah=step, tiket=TICKET, kata="masih <gelap>")).text
    assert html.count("masih &lt;gelap&gt;") == 1
    assert 'role="alert"' in html
    assert ('<details class="act" open' in html) == (step == "tambah")


async def test_words_for_what_is_not_offered_any_more_are_shown_all_the_same() -> None:
    for offers, label in ((frozenset({Deed.ADD}), "open"), (frozenset({Deed.FORGET}), phrase("web_code_typed", "id"))):
        behind = Behind(tracked=replace(OPEN, offers=offers, question="", said=("Sudah ditutup.",)))
        html = (await sends(behind, langkah="jawab", tiket=TICKET, kata="masih gelap")).text
        assert "masih gelap" in html
        assert label in html


@pytest.mark.parametrize("wait", [timedelta(minutes=1), timedelta()])
async def test_a_code_that_is_asked_for_again_costs_no_words(wait: timedelta) -> None:
    behind = Behind(tracked=Tracked(found=False, words=("Ketik lagi.",), wait=wait))
    answer = await sends(behind, langkah="jawab", tiket=TICKET, kiriman="sekali", kata="masih gelap", pertanyaan="2")
    assert answer.status_code == (429 if wait else 200)
    for kept in ("Ketik lagi.", "masih gelap", 'value="jawab"', 'value="sekali"', 'value="2"', 'name="kode"'):
        assert kept in answer.text
    assert TICKET not in answer.text


async def test_a_store_that_is_away_costs_no_words_and_the_same_form_can_be_sent_again() -> None:
    behind = Behind(raises=StoreAway("locked"))
    answer = await sends(behind, langkah="tambah", tiket=TICKET, kiriman="sekali", kata="masih gelap")
    assert answer.status_code == 503
    for kept in (phrase("web_code_away", "id"), "masih gelap", TICKET, 'value="sekali"'):
        assert kept in answer.text
    assert (await sends(behind, kode=KNOWN)).status_code == 503


@pytest.mark.parametrize("odd", ["../../x", "JAWAB", "forget", "\x00", "hapus"])
async def test_a_step_that_is_none_of_ours_does_nothing(odd: str) -> None:
    behind = Behind(tracked=OPEN)
    await sends(behind, langkah=odd, tiket=TICKET, pertanyaan="99999", yakin="1")
    assert [(each.deed, each.question) for each in behind.forms] == [(None, 0)]


async def test_who_follows_is_offered_to_stop_and_not_to_take_back() -> None:
    behind = Behind(tracked=replace(OPEN, follows=True))
    assert phrase("web_code_unfollow", "id") in (await sends(behind, tiket=TICKET)).text
    assert phrase("web_code_unfollow_title", "id") in (await sends(behind, tiket=TICKET, langkah="cabut")).text


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_every_form_speaks_each_language(lang: str) -> None:
    for tracked, step in ((OPEN, ""), (SOLVED, ""), (OPEN, "cabut"), (OPEN, "lupakan")):
        html = (await sends(Behind(tracked=tracked), lang, tiket=TICKET, langkah=step)).text
        assert f'<html lang="{lang}">' in html
        assert "None" not in html
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids))
        assert {
            each
            for both in re.findall(r'(?:for|aria-describedby|aria-labelledby)="([^"]+)"', html)
            for each in both.split()
        } <= set(ids)


@pytest.mark.parametrize(("files", "size", "status"), [(1, 62 << 20, 413), (101, 5, 422)])
async def test_a_form_that_is_too_much_shows_its_words_again(files: int, size: int, status: int) -> None:
    head = '--x\r\nContent-Disposition: form-data; name="'
    fields = {"tiket": "a-ticket", "kiriman": "once", "langkah": "tambah", "kata": "Lubangnya <makin> dalam"}
    parts = [f'{head}{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    parts += [f'{head}foto"; filename="1.jpg"\r\n\r\n{"j" * size}\r\n'] * files
    behind = Behind()
    body = "".join([*parts, "--x--\r\n"])
    answer = await post(behind.app(), "/lacak", body, kind="multipart/form-data; boundary=x")
    assert answer.status_code == status
    assert "Lubangnya &lt;makin&gt; dalam" in answer.text
    assert 'value="a-ticket"' in answer.text
    assert 'value="tambah"' in answer.text
    assert 'type="file"' in answer.text
    said = {413: phrase("web_form_large", "id", most="61"), 422: phrase("web_form_files", "id", most="100")}
    assert said[status] in answer.text


@pytest.mark.parametrize("offers", [frozenset({Deed.ADD}), frozenset({Deed.ADD, Deed.WITHDRAW})])
async def test_where_no_address_is_kept_none_is_offered_to_be_forgotten(offers: frozenset[Deed]) -> None:
    html = (await sends(Behind(tracked=replace(OPEN, offers=offers)), langkah="", tiket=TICKET)).text
    assert phrase("web_code_forget", "id") not in html
    assert (phrase("web_code_withdraw", "id") in html) == (Deed.WITHDRAW in offers)
