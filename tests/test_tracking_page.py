"""What /lacak shows of a code and does with it: the real store, and a sandbox that does what a test says."""

from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.tracking_page import TrackingPage
from core import tracking, workflow
from core.authority import Deed
from core.errors import StoreAway
from core.model import (
    Act,
    CategoryId,
    HistoryEntry,
    Number,
    Report,
    Status,
    TrackingCode,
)
from core.phrases import LANGUAGES, phrase
from storage import Files, Keys, Retention
from tests.fakes.cued_house import AWAY, CuedStore, Inside
from tests.fakes.nouns import AGENCY, holder, report
from tests.fakes.time_and_random import FakeRandomSource
from web import CodeForm, Tracked

DICE = FakeRandomSource(7)
PEER = "198.51.100.7"


@pytest.fixture
async def inside(sqlite_url: str, keys: Keys, tmp_path: Path) -> AsyncIterator[Inside]:
    made = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    yield made
    made.close()


@pytest.fixture
def page(inside: Inside, tmp_path: Path) -> TrackingPage:
    return TrackingPage(inside.turns, Files(tmp_path / "files"), inside.sandbox)


def filed(inside: Inside, kept: Report, *more: HistoryEntry) -> TrackingCode:
    code = tracking.new_code(DICE)
    inside.store.run(lambda tx: tx.reports.add(kept, HistoryEntry(kept.received, kept.status, kept.agency)))
    for entry in more:
        inside.store.run(lambda tx, entry=entry: tx.reports.change(kept, entry))  # type: ignore[misc]  # binds it
    inside.store.run(lambda tx: tx.code_holders.add(holder(kept, code, None), code, None))
    return code


def asked(kept: Report, text: str = "Sejak kapan?") -> HistoryEntry:
    return HistoryEntry(kept.received, kept.status, kept.agency, text, Act.ASK)


def told(inside: Inside, kept: Report, act: Act) -> list[HistoryEntry]:
    return [each for each in inside.store.read(lambda tx: tx.reports.history(kept.id)) if each.act is act]


@pytest.mark.parametrize("status", list(Status))
async def test_what_its_office_wrote_of_the_result_is_read_until_it_is_worked_on_again(
    inside: Inside, page: TrackingPage, status: Status
) -> None:
    kept = replace(report(), status=status)
    results = (replace(asked(kept, text), act=Act.RESULT) for text in ("Lampu lama diganti", "Tiang baru dipasang"))
    words = (await page.track(filed(inside, kept, *results).reveal(), PEER, "id")).words
    shown = status in {Status.MENUNGGU_VALIDASI, Status.SELESAI}
    assert (phrase("news_words", "id", text="Tiang baru dipasang") in words) == shown
    assert not any("lama" in line for line in words)


def other_code(number: int = 0) -> str:
    """One that holds and that nobody was given."""
    digits = f"00000000000{number:04d}"
    return digits + tracking.check_digit(digits)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", list(Status))
async def test_every_status_has_its_words_and_a_phase_in_every_language(
    inside: Inside, page: TrackingPage, status: Status, lang: str
) -> None:
    code = filed(inside, replace(report(), status=status))
    tracked = await page.track(code.reveal(), "198.51.100.7", lang)
    assert tracked.found
    assert tracked.status
    assert tracked.phase is status.row.phase
    assert code.reveal()[:12] not in str(asdict(tracked))
    assert len(tracked.history) == 1


async def test_a_code_may_be_typed_with_any_separators_or_inside_words(inside: Inside, page: TrackingPage) -> None:
    code = filed(inside, report())
    for typed in (tracking.shown(code), f"kode saya {tracking.shown(code)} terima kasih"):
        assert (await page.track(typed, "peer", "id")).found


async def test_the_agency_of_an_open_report_is_named_and_that_of_a_restricted_one_is_not(
    inside: Inside, page: TrackingPage
) -> None:
    named = workflow.agency_name(AGENCY, "id")
    shown = filed(inside, report())
    hidden = filed(inside, replace(report(restricted=True), number=Number("R2")))
    assert named in str(asdict(await page.track(shown.reveal(), "peer", "id")))
    tracked = await page.track(hidden.reveal(), "peer", "id")
    assert tracked.found
    assert named not in str(asdict(tracked))


async def test_what_was_done_is_told_without_the_agency_once_the_words_have_ended(
    inside: Inside, page: TrackingPage
) -> None:
    ended = replace(report(), status=Status.SELESAI, category=CategoryId("pju"))
    ended = replace(ended, closed=ended.received)
    code = filed(inside, ended)
    rules = Retention(contact_days=1, text_days={ended.category: 1})
    assert inside.store.upkeep.purge(ended.received + timedelta(days=2), rules)["texts"] == 1
    ((_, said),) = (await page.track(code.reveal(), "peer", "id")).history
    assert said == phrase("status_selesai", "id")


async def test_what_is_no_code_is_said_and_is_no_guess(inside: Inside, page: TrackingPage) -> None:
    code = filed(inside, report())
    wrong = code.reveal()[:-1] + str((int(code.reveal()[-1]) + 1) % 10)
    for typed in ("", "halo", wrong) * 30:
        tracked = await page.track(typed, "peer", "id")
        assert not tracked.found
        assert not tracked.wait
    assert (await page.track(code.reveal(), "peer", "id")).found


async def test_who_guesses_on_must_wait_and_others_need_not(inside: Inside, page: TrackingPage) -> None:
    code = filed(inside, report())
    tries = [await page.track(other_code(number), "198.51.100.7", "id") for number in range(40)]
    assert not tries[0].wait
    assert tries[-1].wait
    assert not any(each.found for each in tries)
    assert (await page.track(code.reveal(), "198.51.100.7", "id")).wait
    assert (await page.track(code.reveal(), "198.51.100.8", "id")).found
    inside.clock.passes(hours=25)
    assert (await page.track(code.reveal(), "198.51.100.7", "id")).found


async def form_of(page: TrackingPage, code: TrackingCode, deed: Deed, words: str = "", *files: bytes) -> CodeForm:
    """As the page that shows the code would send it."""
    seen = await page.track(code.reveal(), PEER, "id")
    return CodeForm(deed, seen.ticket, once=seen.once, words=words, files=files, question=seen.number)


async def test_a_question_is_shown_with_its_form_and_the_answer_reaches_the_report_once(
    inside: Inside, page: TrackingPage
) -> None:
    kept = report()
    code = filed(inside, kept, asked(kept))
    seen = await page.track(code.reveal(), PEER, "id")
    assert (seen.question, seen.number) == ("Sejak kapan?", 1)
    assert "Sejak kapan?" not in "".join(seen.words), "it stands above its form"
    assert seen.offers >= {Deed.ANSWER, Deed.ADD}
    assert Deed.FORGET not in seen.offers, "it has no address"
    form = CodeForm(Deed.ANSWER, seen.ticket, once=seen.once, words="Sejak Senin, saya Budi Santoso", question=1)
    first, second = await page.act(form, PEER, "id"), await page.act(form, PEER, "id")
    (answer,) = told(inside, kept, Act.ANSWER)
    assert "Senin" in answer.text
    assert "Santoso" not in answer.text
    assert (first.said, first.kept) == ((phrase("web_code_answered", "id"),), True)
    assert (second.said, second.kept) == ((phrase("web_code_again", "id"),), True)
    assert Deed.ANSWER not in first.offers
    assert not told(inside, kept, Act.ADD)


async def test_other_words_in_the_same_form_are_another_message(inside: Inside, page: TrackingPage) -> None:
    code = filed(inside, kept := report())
    form = await form_of(page, code, Deed.ADD, "satu")
    for words in ("satu", "dua", "dua"):
        await page.act(replace(form, words=words), PEER, "id")
    assert [each.text for each in told(inside, kept, Act.ADD)] == ["satu", "dua"]


async def test_photos_are_cleaned_and_one_that_is_refused_costs_no_words(inside: Inside, page: TrackingPage) -> None:
    code = filed(inside, kept := report())
    both = await page.act(await form_of(page, code, Deed.ADD, "lihat", b"good", b"bad"), PEER, "id")
    assert both.kept
    assert both.said == (phrase("web_code_added", "id"), phrase("file_kind", "id"))
    (added,) = told(inside, kept, Act.ADD)
    assert len(added.files) == 1
    origins = {origin for origin, _ in inside.sandbox.asked}
    assert all(origin is not None and not origin.proved and origin.path == PEER for origin in origins)
    alone = await page.act(await form_of(page, code, Deed.ADD, "", b"bad"), PEER, "id")
    assert (alone.kept, alone.said) == (False, (phrase("file_kind", "id"),))
    assert len(told(inside, kept, Act.ADD)) == 1


async def test_more_photos_than_are_kept_are_said(inside: Inside, page: TrackingPage) -> None:
    code = filed(inside, kept := report())
    done = await page.act(
        await form_of(page, code, Deed.ADD, "", *(f"foto {at}".encode() for at in range(7))), PEER, "id"
    )
    assert len(told(inside, kept, Act.ADD)[0].files) == 5
    assert done.said[-1] == phrase("file_many", "id")


@pytest.mark.parametrize("words", ["", "x" * 4001])
async def test_nothing_or_too_much_is_said_and_is_no_act(inside: Inside, page: TrackingPage, words: str) -> None:
    code = filed(inside, kept := report())
    done = await page.act(await form_of(page, code, Deed.ADD, words), PEER, "id")
    assert done.found
    assert done.said
    assert not done.kept
    assert not told(inside, kept, Act.ADD)


async def test_a_ticket_ends_after_an_hour_and_the_code_does_it_then(inside: Inside, page: TrackingPage) -> None:
    code = filed(inside, kept := report())
    form = await form_of(page, code, Deed.ADD, "masih gelap")
    inside.clock.passes(hours=1)
    late = await page.act(form, PEER, "id")
    assert (late.found, late.words) == (False, (phrase("web_code_expired", "id"),))
    assert not told(inside, kept, Act.ADD)
    assert (await page.act(replace(form, typed=tracking.shown(code)), PEER, "id")).kept
    assert len(told(inside, kept, Act.ADD)) == 1


@pytest.mark.parametrize("ticket", ["", "x", "A" * 70, "é", "A" * 500, "====", "AQ"])
async def test_a_ticket_that_is_none_of_ours_opens_nothing_and_is_no_guess(
    inside: Inside, page: TrackingPage, ticket: str
) -> None:
    code = filed(inside, report())
    for _ in range(30):
        made_up = await page.act(CodeForm(Deed.FORGET, ticket), PEER, "id")
        assert not made_up.found
        assert not made_up.wait
    assert (await page.track(code.reveal(), PEER, "id")).found


@pytest.mark.parametrize("deed", [None, Deed.ANSWER, Deed.ADD, Deed.FEEDBACK, Deed.WITHDRAW, Deed.FORGET])
async def test_a_wrong_code_in_a_form_is_answered_and_counted_as_one_that_is_looked_up(
    inside: Inside, page: TrackingPage, deed: Deed | None
) -> None:
    seen: list[tuple[Tracked, Tracked]] = []
    for number in range(40):
        form = CodeForm(deed, typed=other_code(number), words="kata", files=(b"foto",))
        looked = await page.track(other_code(number), "198.51.100.8", "id")
        seen.append((await page.act(form, "203.0.113.9", "id"), looked))
    assert all(acted == looked for acted, looked in seen)
    assert seen[-1][0].wait
    assert not inside.sandbox.asked, "no file is opened for who has no code"


async def test_a_store_that_is_away_does_nothing_and_the_same_form_does_it_later_once(
    inside: Inside, page: TrackingPage
) -> None:
    code = filed(inside, kept := report())
    form = await form_of(page, code, Deed.ADD, "masih gelap")
    inside.store.trouble = [None, AWAY]
    with pytest.raises(StoreAway):
        await page.act(form, PEER, "id")
    for _ in range(2):
        assert (await page.act(form, PEER, "id")).kept
    assert len(told(inside, kept, Act.ADD)) == 1


async def test_of_a_restricted_report_all_works_likewise_and_no_office_is_named(
    inside: Inside, page: TrackingPage
) -> None:
    kept = report(restricted=True)
    code = filed(inside, kept, asked(kept))
    seen = await page.act(await form_of(page, code, Deed.ANSWER, "kemarin"), PEER, "id")
    assert seen.kept
    assert workflow.agency_name(AGENCY, "id") not in str(asdict(seen))
    assert len(told(inside, kept, Act.ANSWER)) == 1


async def test_no_ticket_shows_its_code_and_no_two_are_the_same(inside: Inside, page: TrackingPage) -> None:
    code = filed(inside, report())
    first, second = [await page.track(code.reveal(), PEER, "id") for _ in range(2)]
    assert first.ticket != second.ticket
    assert first.once != second.once
    assert code.reveal() not in repr(first)
    assert first.ticket not in repr(first)
