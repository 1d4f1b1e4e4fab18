"""One turn, from "seen before?" to the reply: what is kept, what is said, and what is limited."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import intake, places, tracking, workflow
from core.categories import CATEGORIES, Category
from core.conversation.attachments import COMPLAINTS
from core.intake import Answer, Requester
from core.messages import Address, Envelope, Incoming, IntakeResult, Line, Thread, WireId
from core.model import Dialogue, Report, Status, Step, TrackingCode
from core.phrases import day, phrase, terse_of
from tests.fakes.memory_store import MemoryUnitOfWork
from tests.fakes.nouns import words_of
from tests.fakes.time_and_random import FakeRandomSource
from tests.fakes.town import PHOTO, Citizen, Told, Town

CIKINI = places.find("kelurahan cikini").candidates[0]
NOBODYS = [tracking.new_code(FakeRandomSource(seed)) for seed in range(1000, 1700)]
PLACED = next(leaf for leaf in CATEGORIES if leaf.place_required and not leaf.restricted)
PLACELESS = next(leaf for leaf in CATEGORIES if not leaf.place_required and not leaf.restricted)
RESTRICTED = next(leaf for leaf in CATEGORIES if leaf.restricted)
THREAD = Thread("<1@example>", "<0@example> <1@example>")


def files_by_sms(town: Town, words: str = "LAPOR lampu jalan mati di kelurahan cikini") -> Told:
    return town.citizen("sms").writes(words)


def ask(town: Town, code: TrackingCode, who: str = "somebody", *, shared: bool = False) -> Answer:
    asker, now = Requester(who, "id", shared), town.clock.now()
    return town.store.run(lambda tx: intake.look_up(tx, code, asker, now, town.context))


def forgets(town: Town, code: TrackingCode) -> Answer:
    asker, now = Requester("somebody", "id"), town.clock.now()
    return town.store.run(lambda tx: intake.forget(tx, code, asker, now, town.context))


def code_of(told: Told) -> TrackingCode:
    found = tracking.tried(told.code)
    assert found is not None
    return found


def only(town: Town) -> Report:
    (report,) = town.reports
    return report


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


def test_a_mistyped_code_is_answered_at_once_however_often() -> None:
    town = Town()
    wrong = TrackingCode("0" * 15 + "1")
    assert not tracking.holds_code(wrong)
    for _ in range(50):
        assert ask(town, wrong).lines == (Line("code_mistyped"),)
    assert town.store.state.counts == {}


def test_five_wrong_codes_are_free_and_then_the_wait_grows_for_that_sender_alone() -> None:
    town = Town()
    right = code_of(files_by_sms(town))
    for code in NOBODYS[:5]:
        assert ask(town, code).lines == (Line("code_unknown"),)
    waits = ask(town, right)
    assert waits.wait
    assert waits.lines == (Line("code_wait", (("minutes", "1"),)),)
    assert waits.report is None
    assert ask(town, right, "somebody else").report is not None
    town.clock.passes(minutes=1)
    assert ask(town, NOBODYS[5]).lines == (Line("code_unknown"),)
    assert ask(town, right).lines == (Line("code_wait", (("minutes", "2"),)),)
    town.clock.passes(minutes=2)
    assert ask(town, right).report is not None


def test_a_try_while_waiting_neither_counts_nor_lengthens_the_wait() -> None:
    town = Town()
    for code in NOBODYS[:5]:
        ask(town, code)
    counts = dict(town.store.state.counts)
    for code in NOBODYS[5:30]:
        assert ask(town, code).wait
    assert town.store.state.counts == counts


def test_an_address_that_many_share_has_more_free_tries() -> None:
    town = Town()
    assert not any(ask(town, code, "office", shared=True).wait for code in NOBODYS[:20])
    assert ask(town, NOBODYS[20], "office", shared=True).wait


def test_another_household_for_each_try_is_still_one_network() -> None:
    town = Town()
    right = code_of(files_by_sms(town))
    waits = [ask(town, code, f"2001:db8:1:{at:x}::/64", shared=True).wait for at, code in enumerate(NOBODYS[:70])]
    assert waits == [False] * 60 + [True] * 10
    assert ask(town, right, "2001:db8:1:ffff::/64", shared=True).lines == (Line("code_wait", (("minutes", "1"),)),)
    for stranger in ("2001:db8:2:1::/64", "2001:db9:1:1::/64", "198.51.100.7"):
        assert ask(town, right, stranger, shared=True).report is not None
    town.clock.passes(minutes=1)
    assert ask(town, right, "2001:db8:1:ffff::/64", shared=True).report is not None, "nobody is kept out for long"


def test_another_site_for_each_try_is_still_one_provider() -> None:
    town = Town()
    right = code_of(files_by_sms(town))
    waits = [ask(town, code, f"2001:db8:{at:x}:1::/64", shared=True).wait for at, code in enumerate(NOBODYS[:210])]
    assert waits == [False] * 200 + [True] * 10
    assert ask(town, right, "2001:db9:1:1::/64", shared=True).report is not None
    for _ in range(20):
        town.clock.passes(minutes=4)
        assert not ask(town, NOBODYS[300], "2001:db8:ffff:1::/64", shared=True).wait, "its longest wait is four minutes"


def test_another_address_for_each_try_is_still_one_neighbourhood() -> None:
    town = Town()
    right = code_of(files_by_sms(town))
    waits = [ask(town, code, f"198.51.100.{at}", shared=True).wait for at, code in enumerate(NOBODYS[:110])]
    assert waits == [False] * 100 + [True] * 10
    assert ask(town, right, "198.51.101.1", shared=True).report is not None


def test_misses_are_forgotten_after_a_day() -> None:
    town = Town()
    for code in NOBODYS[:5]:
        ask(town, code)
    town.clock.passes(hours=24)
    for code in NOBODYS[5:10]:
        assert ask(town, code).lines == (Line("code_unknown"),)


def test_while_many_guess_from_many_places_one_try_is_still_answered_to_everybody() -> None:
    town = Town()
    right = code_of(files_by_sms(town))
    for at, code in enumerate(NOBODYS[:500]):
        assert not ask(town, code, f"guesser {at}").wait
    assert ask(town, NOBODYS[501], "guesser 0").wait, "a second try has to wait"
    assert ask(town, right, "a citizen").report is not None
    assert ask(town, right, "a citizen").report is not None, "a hit is no miss"
    town.clock.passes(hours=1)
    assert not ask(town, NOBODYS[502], "guesser 1").wait, "an hour later it is over"


def test_a_wrong_code_in_a_message_counts_for_its_sender() -> None:
    town = Town()
    budi = town.citizen("telegram")
    for code in NOBODYS[:5]:
        assert phrase("code_unknown", "id") in budi.writes(code.reveal()).text
    assert "1 menit" in budi.writes(NOBODYS[5].reveal()).text
    assert phrase("code_unknown", "id") in town.citizen("telegram", "siti").writes(NOBODYS[6].reveal()).text


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


def test_photos_go_with_the_report_and_closed_words_too() -> None:
    town = Town()
    budi = town.citizen("telegram")
    budi.sends_photo("lampu jalan mati di kelurahan cikini, hubungi saya 081234567890")
    budi.presses("Kirim")
    report = only(town)
    assert report.files == (PHOTO,)
    assert "0812" not in report.text
    assert "lampu jalan mati" in report.text


@pytest.mark.parametrize("refused", sorted(COMPLAINTS))
@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("mail", "Lampu jalan mati di kelurahan cikini sejak kemarin malam"),
        ("sms", "LAPOR lampu jalan mati di kelurahan cikini sejak kemarin malam"),
        ("sms", "lampu jalan mati di kelurahan cikini sejak kemarin malam"),
        ("telegram", "/lapor"),
    ],
)
def test_the_reply_with_the_code_says_which_file_was_not_taken(channel: str, words: str, refused: str) -> None:
    town = Town()
    told = town.citizen(channel).sends_photo(words, refused=(refused,))
    if channel != "telegram":  # where nothing is filed from one message
        assert told.code
        assert only(town).files == ()
    said = terse_of if channel == "sms" else phrase
    assert said(refused, "id") in told.text


@pytest.mark.parametrize("channel", ["mail", "sms", "telegram"])
@pytest.mark.parametrize("proved", [(), ("sms",)])
@pytest.mark.parametrize(
    "words",
    ["{} tiangnya nomor 12", "TAMBAH {} tiangnya nomor 12", "TAMBAH {}", "{}", "terima kasih", "", "di depan masjid",
     "CABUT {}", "bantuan"],
)  # fmt: skip
def test_whatever_is_answered_a_file_that_was_not_taken_is_said(
    channel: str, proved: tuple[str, ...], words: str
) -> None:
    town = Town(proved=proved)
    budi = town.citizen(channel)
    told = budi.writes("/lapor lampu jalan mati di kelurahan cikini sejak kemarin malam")
    code = told.code or budi.presses("Kirim").code
    answer = budi.sends_photo(words.format(code), refused=("file_archive",))
    said = terse_of if channel == "sms" else phrase
    assert said("file_archive", "id") in answer.text


def test_one_mail_says_each_kind_of_file_once_that_was_not_taken() -> None:
    town = Town()
    envelope = replace(town.citizen("mail").begun(), text="Lampu jalan mati di kelurahan cikini sejak kemarin malam")
    refused = ("file_archive", "file_office", "file_archive")
    told = town.citizen("mail").sends(Incoming(envelope, (PHOTO,), refused))
    assert told.code
    assert only(town).files == (PHOTO,)
    assert told.text.count(phrase("file_archive", "id")) == 1
    assert told.text.count(phrase("file_office", "id")) == 1


def test_of_several_files_it_is_said_which_were_not_taken() -> None:
    town = Town()
    envelope = replace(town.citizen("mail").begun(), text="Lampu jalan mati di kelurahan cikini sejak kemarin malam")
    incoming = Incoming(envelope, (PHOTO,), ("file_archive", "file_archive"), refused_at=(1, 3))
    told = town.citizen("mail").sends(incoming)
    assert phrase("file_numbers", "id", numbers="1, 3") in told.text
    assert told.text.index("1, 3") > told.text.index(phrase("file_archive", "id"))
    alone = replace(town.citizen("mail").begun(), text="Lampu jalan mati di kelurahan cikini sejak kemarin dini hari")
    told = town.citizen("mail").sends(Incoming(alone, (), ("file_archive",), refused_at=(1,)))
    assert "lampiran ke-" not in told.text


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
