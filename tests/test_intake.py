"""One turn, from "seen before?" to the reply: what is kept, what is said, and what is limited."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import intake, places, tracking, workflow
from core.categories import CATEGORIES, Category
from core.intake import Answer, Requester
from core.messages import Address, Envelope, Incoming, IntakeResult, Line, Thread, WireId
from core.model import Dialogue, Report, Status, Step, TrackingCode
from core.phrases import day, phrase, terse_of
from tests.fakes.intake_steps import NOBODYS, ask, code_of, files_by_sms, only
from tests.fakes.memory_store import MemoryUnitOfWork
from tests.fakes.nouns import words_of
from tests.fakes.town import Citizen, Town

CIKINI = places.find("kelurahan cikini").candidates[0]
PLACED = next(leaf for leaf in CATEGORIES if leaf.place_required and not leaf.restricted)
PLACELESS = next(leaf for leaf in CATEGORIES if not leaf.place_required and not leaf.restricted)
RESTRICTED = next(leaf for leaf in CATEGORIES if leaf.restricted)
THREAD = Thread("<1@example>", "<0@example> <1@example>")


def forgets(town: Town, code: TrackingCode) -> Answer:
    asker, now = Requester("somebody", "id"), town.clock.now()
    return town.store.run(lambda tx: intake.forget(tx, code, asker, now, town.context))


def becomes(town: Town, change: Callable[[Report], Report]) -> None:
    """Somebody handled the report meanwhile."""
    report = only(town)
    town.store.state.reports[report.id] = change(report)


def unsent(town: Town, citizen: Citizen, text: str) -> None:
    """A turn whose reply stays in the outbox."""
    envelope = Envelope(citizen.channel, citizen.address, town.next_id(), text=text)
    now = town.clock.now()
    assert town.store.run(lambda tx: intake.message(tx, Incoming(envelope), now, town.context)) is IntakeResult.DONE


def files_as(town: Town, leaf: Category, place: str) -> Report:
    """A report of that category, by a link that names it."""
    citizen = town.citizen("telegram")
    citizen.writes(f"/start {leaf.id}")
    citizen.writes("anu anu begitu saja")
    for answer in (place, "xyzzy", "lewati"):
        if citizen.dialogue and citizen.dialogue.step is Step.PLACE:
            citizen.writes(answer)
    assert citizen.presses("Kirim").code
    return only(town)


def test_a_message_that_comes_again_does_nothing_and_says_nothing() -> None:
    town = Town()
    envelope = Envelope("sms", Address("+62811"), WireId("SM1"), text="LAPOR lampu mati di cikini")
    assert town.take(Incoming(envelope))[0] is IntakeResult.DONE
    kept = town.store.state.copy()
    assert town.take(Incoming(envelope)) == (IntakeResult.SEEN, [])
    assert town.store.state == kept


def test_the_same_wire_id_on_another_channel_is_another_message() -> None:
    town = Town()
    for channel in ("sms", "mail"):
        envelope = Envelope(channel, Address("a"), WireId("1"), text="lampu jalan mati di cikini")
        assert town.take(Incoming(envelope))[0] is IntakeResult.DONE


def test_a_report_is_kept_with_its_first_entry_its_holder_and_its_contact() -> None:
    town = Town()
    told = files_by_sms(town)
    report, state = only(town), town.store.state
    assert (report.status, report.channel, report.restricted) == (Status.MENUNGGU, "sms", False)
    (entry,) = state.history[report.id]
    assert (entry.at, entry.status, entry.agency, entry.text) == (report.received, report.status, report.agency, "")
    holder = state.holders[code_of(told)]
    assert (holder.report, holder.last4) == (report.id, told.code[-4:])
    assert holder.contact is not None
    contact = state.contacts[holder.contact]
    assert (contact.channel, words_of(contact.address), contact.lang) == ("sms", "budi", "id")


def test_two_reports_of_one_person_share_nothing_by_which_they_could_be_paired() -> None:
    town = Town()
    for problem in ("lampu jalan mati", "sampah menumpuk"):
        files_by_sms(town, f"LAPOR {problem} di kelurahan cikini")
    one, other = town.reports
    first, second = town.store.state.holders.values()
    assert one.id != other.id
    assert one.number != other.number
    assert first.contact != second.contact


def test_times_are_kept_in_minutes() -> None:
    town = Town()
    told = files_by_sms(town)
    report = only(town)
    kept = [report.received, report.due, *(at for _, at in town.store.state.dialogues.values())]
    assert all((at.second, at.microsecond) == (0, 0) for at in kept)
    assert report.due - report.received == timedelta(days=7)
    assert day(report.due, town.context.zone, "id") in told.text


def test_a_day_is_said_in_the_citys_own_time_and_language() -> None:
    late = datetime(2026, 4, 30, 20, 0, tzinfo=UTC)
    assert day(late, ZoneInfo("Asia/Jakarta"), "id") == "1 Mei"
    assert day(late, ZoneInfo("Asia/Jakarta"), "en") == "1 May"
    assert day(late, UTC, "id") == "30 Apr"


@pytest.mark.parametrize("leaf", [PLACED, PLACELESS, RESTRICTED], ids=lambda leaf: leaf.id)
def test_each_kind_of_category_goes_to_who_may_read_it(leaf: Category) -> None:
    located = files_as(Town(), leaf, "kelurahan cikini")
    assert located.place.area == CIKINI
    assert located.agency == (leaf.restricted or f"kel:{CIKINI}")
    assert located.restricted is bool(leaf.restricted)
    nowhere = files_as(Town(), leaf, "lewati")
    assert nowhere.place.area is None
    assert nowhere.agency == (leaf.restricted or (workflow.BIRO if leaf.place_required else leaf.lead_agency))


def test_a_report_that_lacks_its_place_is_held_by_the_biro_until_the_place_is_answered() -> None:
    town = Town()
    budi = town.citizen("sms")
    told = budi.writes("LAPOR jalan berlubang besar")
    assert only(town).agency == workflow.BIRO
    assert terse_of("ask_place_filed", "id") in told.text
    answered = budi.writes("kelurahan cikini")
    report = only(town)
    assert report.agency == f"kel:{CIKINI}"
    assert "Cikini" in answered.text
    assert [entry.agency for entry in town.store.state.history[report.id]] == [workflow.BIRO, f"kel:{CIKINI}"]


def test_nothing_stands_between_the_options_and_the_sentence_that_asks_for_their_number() -> None:
    told = Town().citizen("mail").writes("Jalan berlubang besar sekali dan dalam, sudah ada motor jatuh.").text
    asks, lacks = phrase("fix_choices", "id"), phrase("ask_place_filed", "id")
    assert lacks in told
    assert told.partition(asks)[2].lstrip().startswith("1.")


def test_place_words_told_at_several_times_are_kept_together() -> None:
    town = Town()
    budi = town.citizen("mail")
    budi.writes("jalan berlubang besar sekali, tolong diperbaiki")
    assert only(town).place.words == ""
    budi.writes("dekat warung bu sri", in_thread=True)
    assert "warung bu sri" in only(town).place.words
    budi.writes("kelurahan cikini", in_thread=True)
    place = only(town).place
    assert place.area == CIKINI
    assert "warung bu sri" in place.words
    assert "cikini" in place.words
    assert place.words.count("warung bu sri") == 1


def test_a_correction_of_the_category_moves_the_report_and_keeps_its_place() -> None:
    town = Town()
    budi = town.citizen("mail")
    told = budi.writes("got mampet dan sampah menumpuk di kelurahan cikini")
    before = only(town)
    other = next(option for option in told.options if option.id.startswith("c:"))
    answered = budi.writes("1", in_thread=True)
    report = only(town)
    assert f"c:{report.category}" == other.id
    assert report.category != before.category
    assert report.place == before.place
    assert other.label in answered.text
    assert len(town.store.state.history[report.id]) == 2
    assert town.store.state.corrections == {(before.category, report.category): 1}


def test_a_correction_of_the_place_alone_is_counted_as_no_mistake_of_the_kind() -> None:
    town = Town()
    budi = town.citizen("mail")
    budi.writes("jalan rusak parah")
    budi.writes("kelurahan cikini", in_thread=True)
    assert only(town).place.area is not None
    assert town.store.state.corrections == {}


def test_a_report_that_becomes_restricted_leaves_the_area_and_is_no_longer_open() -> None:
    town = Town()
    budi = town.citizen("mail")
    budi.writes("jalan rusak di kelurahan cikini")
    budi.writes(RESTRICTED.labels["id"], in_thread=True)
    report = only(town)
    assert (report.category, report.agency, report.restricted) == (RESTRICTED.id, RESTRICTED.restricted, True)
    assert town.store.state.corrections == {("restricted", "restricted"): 1}


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.MENUNGGU])
def test_what_is_handled_already_cannot_be_corrected_and_that_is_said(status: Status) -> None:
    town = Town()
    budi = town.citizen("mail")
    budi.writes("got mampet dan sampah menumpuk di kelurahan cikini")
    becomes(town, lambda report: replace(report, status=status))
    before = only(town)
    told = budi.writes("1", in_thread=True)
    assert phrase("too_late", "id") in told.text
    assert only(town) == before
    assert len(town.store.state.history[before.id]) == 1


def test_a_correction_of_a_report_that_is_gone_is_answered_too() -> None:
    town = Town()
    budi = town.citizen("mail")
    budi.writes("got mampet dan sampah menumpuk di kelurahan cikini")
    town.store.state.reports.clear()
    assert phrase("too_late", "id") in budi.writes("1", in_thread=True).text


def test_the_contact_belongs_to_the_report_and_goes_with_the_reply_that_holds_the_code() -> None:
    town = Town()
    budi = town.citizen("sms")
    unsent(town, budi, "halo")
    (greeting,) = town.store.state.waiting.values()
    assert greeting.contact is None
    unsent(town, budi, "LAPOR lampu jalan mati di cikini")
    receipt = [*town.store.state.waiting.values()][-1]
    (holder,) = town.store.state.holders.values()
    assert receipt.contact == holder.contact
    assert receipt.ordering_key == greeting.ordering_key, "order is kept for one address"


def test_replies_leave_in_the_order_of_the_messages() -> None:
    town = Town()
    budi = town.citizen("sms")
    for text in ("halo", "BANTUAN", "KODE"):
        unsent(town, budi, text)
    told = [each.text for each in town.post()]
    assert terse_of("greet", "id") in told[0]
    assert terse_of("help", "id") in told[1]
    assert terse_of("lost_code", "id") in told[2]


def test_a_mail_is_answered_in_its_own_thread() -> None:
    town = Town()
    envelope = Envelope("mail", Address("a"), WireId("1"), text="lampu jalan mati di cikini", thread=THREAD)
    _, (told,) = town.take(Incoming(envelope))
    assert told.thread == THREAD


def test_who_shows_the_reply_at_once_leaves_nothing_in_the_outbox() -> None:
    town = Town()
    envelope = Envelope("terminal", Address("counter"), WireId("1"), text="halo")
    now = town.clock.now()
    taken, reply = town.store.run(lambda tx: intake.answer(tx, Incoming(envelope), now, town.context))
    assert taken is IntakeResult.DONE
    assert reply is not None
    assert not town.store.state.waiting


def test_a_draft_lives_for_a_day_and_each_word_gives_it_another() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("lampu jalan mati di cikini")
    for _ in range(3):
        town.clock.passes(hours=23, minutes=58)
        budi.writes("BANTUAN")
        dialogue = budi.dialogue
        assert dialogue is not None
        assert dialogue.draft.text
    town.clock.passes(hours=24, minutes=1)
    told = budi.writes("kelurahan tebet timur")
    dialogue = budi.dialogue
    assert dialogue is None or "lampu" not in dialogue.draft.text
    assert told.text
    assert not town.reports


def test_a_button_of_a_draft_that_idled_out_is_stale() -> None:
    town = Town()
    budi = town.citizen("telegram")
    told = budi.writes("lampu jalan mati di kelurahan cikini")
    town.clock.passes(hours=25)
    answered = budi.presses_stale(told.options[0].id, told.revision)
    assert phrase("stale", "id") in answered.text
    assert not town.reports


def test_a_conversation_that_waits_for_nothing_is_not_kept() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("lampu jalan mati di kelurahan cikini")
    budi.writes("BATAL")
    budi.writes("makasih")
    assert town.store.state.dialogues == {}


def test_a_language_that_was_chosen_is_remembered_for_the_day() -> None:
    town = Town()
    budi = town.citizen("sms")
    budi.writes("EN")
    budi.writes("DROP")
    town.clock.passes(hours=23)
    assert terse_of("lost_code", "en") in budi.writes("CODE").text
    assert terse_of("lost_code", "id") in town.citizen("sms", "siti").writes("KODE").text


def test_a_code_is_answered_with_status_holder_and_days() -> None:
    town = Town()
    code = code_of(files_by_sms(town))
    answer = ask(town, code)
    assert answer.report == only(town)
    assert answer.history == town.store.state.history[only(town).id]
    ((_, args, _),) = [(line.key, dict(line.args), line.keep) for line in answer.lines]
    assert args == {
        "last4": code.reveal()[-4:], "status": phrase("status_menunggu", "id"),
        "agency": workflow.agency_name(only(town).agency, "id"), "since": "8 Jul", "due": "15 Jul",
    }  # fmt: skip


def test_since_when_it_stands_there_is_no_day_on_which_something_was_added_and_a_day_of_another_year_says_so() -> None:
    town = Town()
    code = code_of(files_by_sms(town))
    town.clock.passes(days=3)
    town.citizen("telegram", "siti").writes(f"TAMBAH {code.reveal()} masih mati")
    (line,) = ask(town, code).lines
    assert dict(line.args)["since"] == "8 Jul"
    town.clock.passes(days=200)
    (line,) = ask(town, code).lines
    assert (dict(line.args)["since"], dict(line.args)["due"]) == ("8 Jul 2021", "15 Jul 2021")


def test_a_restricted_report_is_answered_without_the_name_of_who_has_it() -> None:
    town = Town()
    code = code_of(files_by_sms(town))
    becomes(town, lambda report: replace(report, restricted=True))
    (line,) = ask(town, code).lines
    assert dict(line.args)["agency"] == phrase("agency_hidden", "id")


@pytest.mark.parametrize("status", Status)
def test_a_report_that_ended_has_no_deadline_any_more(status: Status) -> None:
    town = Town()
    code = code_of(files_by_sms(town))
    becomes(town, lambda report: replace(report, status=status))
    (line,) = ask(town, code).lines
    ended = status.value in {"selesai", "ditolak", "dicabut", "diteruskan"}
    assert line.key == ("status_ended" if ended else "status_is")
    assert dict(line.args)["status"] == phrase(f"status_{status.value}", "id")


def test_the_same_code_answers_the_same_on_every_channel() -> None:
    town = Town()
    code = code_of(files_by_sms(town))
    for channel in town.context.profiles:
        told = town.citizen(channel, f"someone on {channel}").writes(tracking.shown(code))
        assert phrase("status_menunggu", "id") in told.text
        assert code.reveal()[-4:] in told.text


def test_forgetting_erases_the_address_and_what_still_waits_for_it() -> None:
    town = Town()
    unsent(town, town.citizen("sms"), "LAPOR lampu jalan mati di cikini")
    (code,) = town.store.state.holders
    answer = forgets(town, code)
    assert [line.key for line in answer.lines] == ["forgotten"]
    assert town.store.state.contacts == {}
    assert town.store.state.waiting == {}
    assert town.store.state.holders[code].contact is None
    assert ask(town, code).report is not None, "the code still answers"
    assert [line.key for line in forgets(town, code).lines] == ["forgotten_before"]


def test_forgetting_tells_a_stranger_nothing_and_counts_as_a_guess() -> None:
    town = Town()
    files_by_sms(town)
    for code in NOBODYS[:5]:
        assert forgets(town, code).lines == (Line("code_unknown"),)
    assert forgets(town, NOBODYS[6]).wait
    assert len(town.store.state.contacts) == 1


def test_a_fault_of_ours_is_recorded_and_the_message_asked_for_again() -> None:
    town = Town()
    envelope = Envelope("mail", Address("a"), WireId("1"), text="canary", thread=THREAD)
    now = town.clock.now()

    def sorry(tx: MemoryUnitOfWork) -> IntakeResult:
        return intake.apology(tx, envelope, now, town.context)

    assert town.store.run(sorry) is IntakeResult.FAILED
    (told,) = town.post()
    assert told.text.startswith(phrase("send_again", "id"))
    assert told.thread == THREAD
    assert town.store.run(sorry) is IntakeResult.SEEN
    assert town.post() == []
    assert town.take(Incoming(envelope))[0] is IntakeResult.SEEN, "it blocks nothing any more"


def test_an_apology_leaves_the_draft_as_it_was() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.writes("lampu jalan mati di cikini")
    before = budi.dialogue
    now = town.clock.now()
    envelope = Envelope("telegram", budi.address, WireId("poison"))
    town.store.run(lambda tx: intake.apology(tx, envelope, now, town.context))
    assert budi.dialogue == before


def test_two_robots_do_not_talk_for_ever_by_mail() -> None:
    town = Town()
    robot = town.citizen("mail", "robot")
    answered = [bool(robot.writes("???", in_thread=True).text) for _ in range(20)]
    assert sum(answered) <= 12
    assert answered[-6:] == [False] * 6
    town.clock.passes(hours=1, minutes=1)
    assert robot.writes("???", in_thread=True).text
    assert town.citizen("mail", "person").writes("???", in_thread=True).text
    assert robot.writes("lampu jalan mati di kelurahan cikini").code, "a report is always answered"


def test_by_chat_and_sms_every_message_is_answered() -> None:
    town = Town()
    for channel in ("telegram", "sms"):
        budi = town.citizen(channel)
        assert all(budi.writes("BANTUAN").text for _ in range(30))


def test_a_button_of_an_older_report_never_fits_a_question_of_a_newer_one() -> None:
    town = Town()
    budi = town.citizen("telegram")
    seen = []
    for _ in range(2):
        seen.append(budi.writes("di sini gelap sekali, di cikini").revision)
        seen.append(budi.presses("Lampu jalan (PJU)").revision)
        budi.presses("Kirim")
    assert len(set(seen)) == len(seen)
    budi.writes("di sini gelap sekali, di cikini")
    budi.presses("Lampu jalan (PJU)")
    assert phrase("stale", "id") in budi.presses_stale("send", seen[1]).text
    assert len(town.reports) == 2


def test_a_turn_that_fails_leaves_nothing_at_all() -> None:
    town = Town()
    envelope = Envelope("sms", Address("a"), WireId("1"), text="LAPOR lampu mati di cikini")
    now = town.clock.now()

    def fails(tx: MemoryUnitOfWork) -> None:
        intake.message(tx, Incoming(envelope), now, town.context)
        raise ZeroDivisionError

    before = town.store.state.copy()
    with pytest.raises(ZeroDivisionError):
        town.store.run(fails)
    assert town.store.state == before
    assert town.take(Incoming(envelope))[0] is IntakeResult.DONE


def test_who_asks_prints_nowhere() -> None:
    assert "0811" not in repr(Requester("0811", "id"))
    assert Dialogue(lang="id").step is Step.IDLE
