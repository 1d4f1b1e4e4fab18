"""Canaries through the whole life of a report: none is in rows, files, logs, metrics, or in what staff are shown."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, update
from sqlalchemy.pool import NullPool

from storage.tables import REPORT
from tests.fakes.canaries import found_in, places_of
from tests.fakes.citizens import code_in, is_told, tell
from tests.fakes.city import LURAH
from tests.fakes.patience import until
from tests.fakes.resi_process import Ran, Resi
from tests.fakes.telegram_people import Person
from tests.fakes.wires import Wires, plugged
from tests.hostile.files import CANARY, after_start, exif_segment, picture, tiff

pytestmark = pytest.mark.journey

PHOTO = after_start(picture(), exif_segment(tiff()))
AFTER = after_start(picture(progressive=True), exif_segment(tiff(orientation=6)))
WHO = {
    "first_name": "Melatikenari",
    "last_name": "Cendanakenari",
    "username": "kenari_senja_77",
    "language_code": "xk-kenari",
}
PATIENCE = 60.0  # seconds, where much else runs
CHAT, OTHER_CHAT = 7_316_482_905, 7_316_482_918
PHONE, MAIL = "+6281298764517", "melati.kenari@surat-kenari.test"
TYPED = "081377774545"
FILE_NAME = "rumah-pak-kenari.jpg"
STORY = "Aspal jalan rusak dan berlubang di dekat penanda kembangrawa, kelurahan Tebet Barat, sudah seminggu"
MAIL_STORY = (
    "Saluran mampet dekat gapurasenja, kelurahan Tebet Barat\n\n-- \nMelatikenari Tandatangan\n0812 7777 4545\n"
)
ANSWER, MORE = "di depan warung tumbakmanis", "airnya sampai palangbiru"
NOT_SOLVED = f"2 masih bolong dekat gerobakhijau, hubungi {TYPED}"
WITHDRAWN = "sudah dibereskan sapulidi"
PLAN, QUESTION, NOTE = "Tambal pakai aspalkencur", "Di sebelah mana rodapasir?", "Catatan bukuserai"
RESULT, AGAIN = "Ditambal regudamar", "Ditambal ulang regugaharu"

WHO_IT_WAS = (
    *WHO.values(), str(CHAT), str(OTHER_CHAT), PHONE.strip("+"), PHONE[3:], MAIL, "melati.kenari", "surat-kenari",
    "Tandatangan", "77774545", "7777 4545", TYPED, FILE_NAME, "kenari", CANARY.decode(),
)  # fmt: skip
WORDS = (
    *("kembangrawa", "gapurasenja", "tumbakmanis", "palangbiru", "gerobakhijau", "sapulidi"),
    *("aspalkencur", "rodapasir", "bukuserai", "regudamar", "regugaharu"),
)


@dataclass
class Searched:
    """Where it was looked, what staff were shown, and what was said and hidden on the way."""

    places: dict[str, bytes] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    fault: str = ""


@dataclass
class Office:
    """Staff at terminals."""

    resi: Resi
    folder: Path
    number: str = ""
    numbers: list[str] = field(default_factory=list)

    def ran(self, *arguments: str) -> Ran:
        ran = self.resi.runs(*arguments)
        assert ran.status == 0, ran.said
        return ran

    def hires(self, name: str, agency: str, role: str) -> str:
        return self.ran("staff", "add", name, "--agency", agency, "--role", role).told.splitlines()[-1]

    def does(self, name: str, action: str, *options: str) -> None:
        self.ran("case", "do", action, self.number, "--as", name, *options)

    def results(self, words: str, photo: bytes) -> None:
        """With a photo that tells where and by whom it was taken."""
        path = self.folder / "after.jpg"
        path.write_bytes(photo)
        self.does("lurah", "result", "--text", words, "--photo", str(path))

    def newest(self) -> str:
        """The number that was not there before."""
        rows = json.loads(self.ran("case", "list", "--as", "biro", "--json").told)
        [number] = {row["number"] for row in rows} - set(self.numbers)
        self.numbers.append(number)
        return str(number)

    def show(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.ran("case", "show", self.number, "--as", "biro", "--json").told)
        return found

    def status(self) -> str:
        return str(self.show()["status"])


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def searched(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searched]:
    """A service in which reports lived through everything, searched while it runs and after it ended."""
    folder = tmp_path_factory.mktemp("handled")
    settings = {}
    with ExitStack() as stack:
        if request.param == "postgres":
            server = request.getfixturevalue("postgres_server")
            settings["DATABASE_URL"] = server.fresh()
            stack.callback(server.drop, settings["DATABASE_URL"])
        wires = stack.enter_context(plugged(folder / "resi", webhook=False, sms="twilio", settings=settings))
        wires.resi.start()
        office = Office(wires.resi, folder)
        yield _searched(wires, office)


def _searched(wires: Wires, office: Office) -> Searched:
    hired = (("lurah", LURAH, "officer"), ("biro", "biro_pemerintahan", "biro"), ("auditor", "inspektorat", "auditor"))
    found = Searched(passwords=[office.hires(*each) for each in hired])
    _solved(wires, office, found)
    _withdrawn(wires, office, found)
    until(lambda: wires.resi.pending() <= len(found.codes), "all but what waits for its hour to leave", PATIENCE)
    found.places["metrics"] = wires.resi.get("/metrics").content
    found.places |= {f"{name}, running": place for name, place in places_of(wires.resi).items()}
    for command in (
        ("case", "list", "--as", "biro", "--json"),
        ("case", "list", "--as", "biro"),
        *(("case", "show", number, "--as", "biro", *more) for number in office.numbers for more in ((), ("--json",))),
        ("case", "evaluation", "--as", "biro", "--json"),
        ("case", "climbed", "--as", "biro"),
        ("audit", "list", "--as", "auditor"),
        ("staff", "list"),
        ("outbox", "list"),
    ):
        found.shown[" ".join(command)] = office.ran(*command).told
    assert wires.resi.end() == 0
    found.places |= {f"{name}, ended": place for name, place in places_of(wires.resi).items()}
    with wires.resi.store() as store:
        found.entries = [repr(entry) for entry in store.audit.entries(999)]
        found.hashes = [str(store.run(lambda tx, of=name: tx.accounts.password_hash(of))) for name, _, _ in hired]  # type: ignore[misc]  # a default binds the loop variable
    found.fault = _broken(wires, office)
    return found


def _solved(wires: Wires, office: Office, found: Searched) -> None:
    """Question, answer with a photo, result, news, "not solved" with a number in it, once more, solved."""
    reporter, follower = (Person(wires.telegram, chat, WHO) for chat in (CHAT, OTHER_CHAT))
    wires.telegram.api.chats |= {CHAT: "private", OTHER_CHAT: "private"}
    reporter.sends_document(PHOTO, name=FILE_NAME, caption=STORY)
    found.codes.append(_guided(reporter, "ya"))
    office.number = office.newest()
    follower.sends_photo(PHOTO, STORY)
    found.codes.append(_guided(follower, "ikuti"))
    phone = wires.phone(PHONE)

    office.does("lurah", "start")
    office.does("lurah", "plan", "--text", PLAN)
    office.does("biro", "approve-plan")
    office.does("biro", "note", "--text", NOTE)
    office.does("lurah", "ask", "--text", QUESTION)
    reporter.waits_for(QUESTION, PATIENCE)
    reporter.sends_photo(PHOTO, ANSWER, reply_to_message=reporter.quoted(QUESTION))
    reporter.waits_for("Terima kasih", PATIENCE)
    assert tell(phone, f"TAMBAH {found.codes[0]} {MORE}, nama saya {WHO['first_name']}", PATIENCE)
    office.results(RESULT, PHOTO)
    office.does("biro", "validate")
    reporter.replies(f"{found.codes[0]} {NOT_SOLVED}", QUESTION)
    until(lambda: office.status() == "proses", "a report that is open again", PATIENCE)
    office.results(AGAIN, AFTER)
    office.does("biro", "validate", "--text", "Sudah dilihat di tempat")
    assert tell(phone, f"CEK {found.codes[1]}", PATIENCE)
    follower.writes(f"CABUT {found.codes[1]}")
    follower.waits_for("tidak lagi mengikuti", PATIENCE)
    assert tell(phone, f"{found.codes[0]} 1", PATIENCE)
    assert office.show()["feedback"] == "solved"


def _guided(person: Person, *answers: str) -> str:
    for heard, answer in enumerate(answers, 1):
        person.waits_for_messages(heard, PATIENCE)
        person.writes(answer)
    return code_in(person.waits_for_messages(len(answers) + 1, PATIENCE)[-1]["text"])


def _withdrawn(wires: Wires, office: Office, found: Searched) -> None:
    """By mail, and asked for something that never was answered."""
    writer = wires.mail_user(MAIL)
    letter = writer.post(MAIL_STORY, photos=[(FILE_NAME, PHOTO)])
    named = letter.raw.replace(f"From: {MAIL}".encode(), f'From: "{WHO["first_name"]}" <{MAIL}>'.encode())
    assert replace(letter, raw=named).hand_over()
    found.codes.append(code_in(until(writer.heard, "a code", PATIENCE)[0]))
    office.number = office.newest()
    office.does("lurah", "ask", "--text", QUESTION)
    is_told(writer, QUESTION, PATIENCE)
    assert writer.begins(f"CABUT {found.codes[-1]} {WITHDRAWN}").hand_over()
    is_told(writer, "keberatan", PATIENCE)
    later = datetime.fromisoformat(str(office.show()["received"])) + timedelta(hours=25)
    office.ran("clock", "--at", later.isoformat())
    until(lambda: office.status() == "dicabut", "a report that was taken back", PATIENCE)


def _broken(wires: Wires, office: Office) -> str:
    """What a command says where a row cannot be opened: the words of an error may hold values."""
    engine = create_engine(wires.resi.database_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(update(REPORT).values(sealed=b"no seal of ours"))
    ran = office.resi.runs("case", "show", office.number, "--as", "biro")
    assert ran.status == 1
    return ran.said + ran.told


# -- what must hold --


def test_every_word_was_told_and_is_shown_to_those_who_handle_it(searched: Searched) -> None:
    assert all(searched.codes)
    assert len(searched.codes) == 3
    shown = "".join(searched.shown.values())
    assert [word for word in WORDS if word not in shown] == []


def test_nothing_of_who_wrote_is_kept_or_shown_anywhere(searched: Searched) -> None:
    shown = {name: told.encode() for name, told in searched.shown.items()}
    everything = searched.places | shown | {"fault": searched.fault.encode()}
    assert {name: found_in(place, iter(WHO_IT_WAS)) for name, place in everything.items()} == {
        name: [] for name in everything
    }


def test_words_of_citizens_and_of_staff_are_sealed_where_they_are_kept(searched: Searched) -> None:
    assert {name: found_in(place, iter(WORDS)) for name, place in searched.places.items()} == {
        name: [] for name in searched.places
    }
    assert found_in(searched.fault.encode(), iter(WORDS)) == []
    assert "A fault of ours" in searched.fault


def test_no_code_is_shown_to_staff_or_kept(searched: Searched) -> None:
    codes = [*searched.codes, *(code.replace("-", "") for code in searched.codes)]
    everywhere = {name: told.encode() for name, told in searched.shown.items()} | searched.places
    assert {name: found_in(place, iter(codes)) for name, place in everywhere.items()} == {
        name: [] for name in everywhere
    }


def test_the_trail_says_who_did_what_to_which_report_and_not_a_word_of_it(searched: Searched) -> None:
    assert len(searched.entries) > 12
    told = "".join(searched.entries) + searched.shown["audit list --as auditor"]
    assert found_in(told.encode(), iter((*WORDS, *WHO_IT_WAS))) == []
    assert all(act in told for act in ("approve-plan", "ask", "result", "validate", "staff-add"))


def test_passwords_of_staff_are_hashes_that_are_slow_to_guess_and_nothing_else(searched: Searched) -> None:
    assert len(searched.passwords) == 3
    assert all(each.startswith("$argon2id$") for each in searched.hashes)
    assert {name: found_in(place, iter(searched.passwords)) for name, place in searched.places.items()} == {
        name: [] for name in searched.places
    }
