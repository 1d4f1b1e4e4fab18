"""A message whose turn raised is filed as it is: with a code, closed, held where it harms nobody, and not twice."""

from dataclasses import replace

import pytest

from core import intake
from core.messages import Address, Incoming, IntakeResult, Point, StoredFile, UnsupportedContent
from core.model import CategoryId, Dialogue, Draft, Report, Status, Step
from core.phrases import phrase, terse_of
from core.ports import UnitOfWork
from core.watch import watched
from core.workflow import BIRO
from tests.fakes.broken_readers import BrokenReaders
from tests.fakes.town import PHOTO, Citizen, Told, Town

STORY = "Lampu jalan mati di kelurahan Tebet Timur sudah seminggu.\n- Tomasz W."
OTHER = StoredFile("b" * 40, "a2V5", "image/png", 1000)


@pytest.fixture
def town() -> Town:
    return Town()


def _incoming(town: Town, channel: str, text: str, **more: object) -> Incoming:
    envelope = Citizen(town, channel, Address("budi")).begun()  # a message that nobody takes yet
    return Incoming(replace(envelope, text=text, **more))  # type: ignore[arg-type]  # each test its own


def _filed(town: Town, incoming: Incoming) -> tuple[IntakeResult | None, Told]:
    taken = town.store.run(lambda tx: intake.as_it_is(tx, incoming, town.clock.now(), town.context))
    told = town.post()
    return taken, (told[0] if told else Told(""))


def _only(town: Town) -> Report:
    [report] = town.reports
    return report


@pytest.mark.parametrize("channel", ["mail", "sms", "telegram"])
def test_its_words_are_filed_closed_and_its_writer_gets_the_code(town: Town, channel: str) -> None:
    taken, told = _filed(town, _incoming(town, channel, STORY))
    assert taken is IntakeResult.DONE
    report = _only(town)
    assert report.text.startswith("Lampu jalan mati di kelurahan Tebet Timur sudah seminggu.")
    assert "Tomasz" not in report.text
    assert report.status is Status.MENUNGGU
    assert told.code
    answer = town.citizen("telegram", "somebody").writes(told.code)
    assert "Menunggu" in answer.text


def test_it_is_held_by_the_biro_without_a_place_for_it_may_be_about_who_is_there(town: Town) -> None:
    _filed(town, _incoming(town, "mail", "Pak lurah di kelurahan Cikini tidak pernah ada di kantor"))
    report = _only(town)
    assert report.agency == BIRO
    assert report.place.area is None


def test_what_may_be_restricted_goes_to_the_agency_that_alone_reads_it(town: Town) -> None:
    _filed(town, _incoming(town, "mail", "pungli di loket kelurahan, petugas minta uang untuk surat"))
    assert _only(town).restricted


def test_where_no_reader_works_it_is_filed_all_the_same(town: Town) -> None:
    with watched(BrokenReaders("redact", "suggest", "danger", "codes", "areas", "kind", "dialogue")):
        taken, told = _filed(town, _incoming(town, "mail", f"{STORY} hp 081234567890"))
    assert taken is IntakeResult.DONE
    assert told.code
    report = _only(town)
    assert "Lampu jalan mati" in report.text
    assert not [part for part in ("Tomasz", "0812") if part in report.text]
    assert (report.agency, report.restricted) == (BIRO, False)


def test_the_answer_says_what_happened_and_fits_one_sms(town: Town) -> None:
    _, told = _filed(town, _incoming(town, "sms", STORY))
    assert "Dicatat apa adanya." in told.text
    assert len(told.text) <= 160


def test_the_answer_says_which_file_was_not_taken(town: Town) -> None:
    _, told = _filed(town, replace(_incoming(town, "mail", STORY), refused=("file_archive",)))
    assert told.code
    assert phrase("file_archive", "id") in told.text
    _, told = _filed(town, replace(_incoming(town, "sms", STORY), refused=("file_archive",)))
    assert terse_of("file_archive", "id") in told.text
    assert len(told.text) <= 160


def test_its_files_are_kept_and_a_mail_of_photos_alone_is_filed(town: Town) -> None:
    taken, _ = _filed(town, replace(_incoming(town, "mail", ""), files=(PHOTO, OTHER)))
    assert taken is IntakeResult.DONE
    assert _only(town).files == (PHOTO, OTHER)


def test_a_draft_that_stood_in_a_chat_goes_with_it_and_the_chat_begins_anew(town: Town) -> None:
    def stands(tx: UnitOfWork) -> None:
        ordering_key = tx.dialogues.ordering_key("telegram", Address("budi"))
        draft = Draft(text="Got mampet di depan sekolah", files=(PHOTO,))
        tx.dialogues.put(ordering_key, Dialogue("id", Step.PLACE, draft), town.clock.now())

    town.store.run(stands)
    taken, _ = _filed(town, _incoming(town, "telegram", "di depan warung yang biru"))
    assert taken is IntakeResult.DONE
    report = _only(town)
    assert report.text.startswith("Got mampet di depan sekolah\ndi depan warung")
    assert report.files == (PHOTO,)
    assert town.citizen("telegram").dialogue is None


def test_a_draft_is_left_alone_where_somebody_else_may_claim_the_address() -> None:
    town = Town(proved=())

    def stands(tx: UnitOfWork) -> None:
        ordering_key = tx.dialogues.ordering_key("sms", Address("budi"))
        tx.dialogues.put(ordering_key, Dialogue("id", Step.PLACE, Draft(text="Got mampet")), town.clock.now())

    town.store.run(stands)
    _filed(town, _incoming(town, "sms", "lampu jalan mati semua"))
    assert _only(town).text == "lampu jalan mati semua"
    standing = town.citizen("sms").dialogue
    assert standing is not None
    assert standing.draft.text == "Got mampet"


def test_a_message_that_was_seen_is_not_filed_again(town: Town) -> None:
    incoming = _incoming(town, "mail", STORY)
    assert _filed(town, incoming)[0] is IntakeResult.DONE
    assert _filed(town, incoming)[0] is IntakeResult.SEEN
    assert len(town.reports) == 1


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("", {}),
        ("halo", {}),
        ("lampu mati", {}),
        ("1 2 3 4 5", {}),
        ("/start lampu jalan mati", {}),
        ("9012 3456 7890 1234", {}),
        ("lampu jalan mati", {"unsupported": UnsupportedContent.EDIT}),
        ("lampu jalan mati", {"choice": "yes", "revision": 3}),
        ("", {"point": Point(-6.2, 106.8)}),
    ],
)
@pytest.mark.parametrize("channel", ["mail", "sms", "telegram"])
def test_what_tells_nothing_is_not_filed_and_not_marked_as_seen(
    town: Town, channel: str, text: str, more: dict[str, object]
) -> None:
    incoming = _incoming(town, channel, text, **more)
    assert _filed(town, incoming)[0] is None
    assert town.reports == []
    envelope = incoming.envelope
    assert town.store.run(lambda tx: tx.inbox.record_if_new(envelope.channel, envelope.wire_id, town.clock.now()))


@pytest.mark.hostile
def test_half_a_surrogate_and_a_zero_sign_are_kept_out(town: Town) -> None:
    _filed(town, _incoming(town, "sms", "lampu\x00jalan \ud83d mati semua"))
    assert _only(town).text == "lampu jalan  mati semua"


def test_answers_to_an_address_that_anybody_may_claim_are_bounded_and_a_code_waits_for_the_next(town: Town) -> None:
    told = [_filed(town, _incoming(town, "mail", f"lampu jalan mati nomor {at}"))[1] for at in range(30)]
    answered = [each for each in told if each.code]
    assert len(town.reports) == 30
    assert 0 < len(answered) < 30


def test_a_draft_that_leans_to_what_one_agency_may_read_is_filed_there(town: Town) -> None:
    def stands(tx: UnitOfWork) -> None:
        ordering_key = tx.dialogues.ordering_key("telegram", Address("budi"))
        draft = Draft(text="ada masalah di kantor", leans=CategoryId("pungli_korupsi"))
        tx.dialogues.put(ordering_key, Dialogue("id", Step.PLACE, draft), town.clock.now())

    town.store.run(stands)
    _filed(town, _incoming(town, "telegram", "di lantai dua loket tiga"))
    assert _only(town).restricted
