"""The nouns: what they print, and the words that tables, pages and clients rely on."""

from datetime import UTC, datetime

from core.messages import Address, Line, Say, StoredFile
from core.model import (
    ENDED,
    NOWHERE,
    AgencyId,
    CategoryId,
    CodeHolder,
    Contact,
    ContactId,
    Delivery,
    DeliveryId,
    DeliveryKind,
    Dialogue,
    Draft,
    HistoryEntry,
    Number,
    Place,
    Report,
    ReportId,
    Role,
    Status,
)
from core.phrases import KEYS, LANGUAGES, phrase

CANARY = "canary-Sukarno"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_the_statuses_are_the_ones_that_everybody_relies_on() -> None:
    names = "menunggu koordinasi disposisi proses ews menunggu_validasi tl_ditolak selesai ditolak dicabut diteruskan"
    assert set(names.split()) <= set(Status)
    assert {"selesai", "ditolak", "dicabut", "diteruskan"} <= ENDED < set(Status)


def test_every_status_has_its_words_in_every_language() -> None:
    for status in Status:
        assert f"status_{status.value}" in KEYS
        assert all(phrase(f"status_{status.value}", lang) for lang in LANGUAGES)


def test_a_report_prints_nothing_of_what_was_told() -> None:
    report = Report(
        ReportId("r"), Number("R1"), "sms", Status.MENUNGGU, CategoryId("pju"), AgencyId("x"), NOW, NOW, CANARY,
        Place(words=CANARY), (StoredFile("n", CANARY, "image/png", 1),),
    )  # fmt: skip
    entry = HistoryEntry(NOW, Status.PROSES, AgencyId("x"), CANARY)
    assert CANARY not in f"{report} {entry}"


def test_a_dialogue_a_contact_and_a_delivery_print_nobody() -> None:
    dialogue = Dialogue(lang="id", draft=Draft(text=CANARY, place=Place(words=CANARY)), group=CANARY)
    contact = Contact(ContactId("c"), "mail", Address(CANARY), "id")
    holder = CodeHolder(ReportId("r"), Role.REPORTER, CANARY)
    delivery = Delivery(
        DeliveryId("d"), CANARY.encode(), DeliveryKind.REPLY, "mail", Address(CANARY), Say((Line("thanks"),)), "id", NOW
    )
    assert CANARY not in f"{dialogue} {contact} {holder} {delivery}"


def test_no_place_is_not_the_same_as_not_asked() -> None:
    assert Draft().place is None
    assert Place() == NOWHERE
