"""Canaries in whatever a wire tells about a person: none is found in database, files, logs or metrics."""

import base64
import re
import smtplib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from storage import new_key_line
from tests.fakes import twilio_server
from tests.fakes.canaries import found_in, places_of
from tests.fakes.citizens import Call, Citizen, KannelPhone, TwilioPhone, code_in, tell, webhook_call
from tests.fakes.patience import PATIENCE, until
from tests.fakes.postgres_server import NoServer, OwnServer, PostgresServer
from tests.fakes.smtp_sink import RCPT
from tests.fakes.telegram_people import Person
from tests.fakes.wires import Wires, plugged
from tests.hostile.files import CANARY, after_start, exif_segment, picture, tiff

pytestmark = pytest.mark.journey

PHOTO = after_start(picture(), exif_segment(tiff()))
STORY = "Lampu jalan mati di dekat penanda kembangrawa, kelurahan Tebet Barat, sudah seminggu"
MAIL_STORY = f"{STORY}, tiang gapurasenja juga miring\n\n-- \nMelatikenari Tandatangan\n0812 7777 4545\n"
WHO = {
    "first_name": "Melatikenari",
    "last_name": "Cendanakenari",
    "username": "kenari_senja_77",
    "language_code": "xk-kenari",
}
CHAT, UPDATE = 7_316_482_905, 5_918_273_640
PHONE, OTHER_PHONE = "+6281298764517", "+6281298764528"
MAIL, OTHER_MAIL = "melati.kenari@surat-kenari.test", "tolak.kenari@surat-kenari.test"
HEADERS = (
    ("User-Agent", "KenariMail/7.31"),
    ("X-Mailer", "KenariPost 4"),
    ("Received", "from kenari-laptop (unknown [203.0.113.77]) by mx.surat-kenari.test; Mon, 2 Mar 2026"),
    ("X-Originating-IP", "[198.51.100.77]"),
    ("Reply-To", '"Wangi Kenari" <balas.kenari@surat-kenari.test>'),
    ("Cc", "tembusan.kenari@surat-kenari.test"),
    ("Organization", "Koperasi Kenarijaya"),
)
FILE_NAME = "rumah-pak-kenari.jpg"
CITY, PROFILE = "Kenarikota", "Profilkenari"
TYPED = "alamatkenari"
LATE = ", after a kill, new keys and a purge"
DISK = "disk of the database server"
WORDS = ("kembangrawa", "gapurasenja", "Lampu", "seminggu", "miring", "Tandatangan")
CANARIES = (
    *WHO.values(), str(CHAT), str(UPDATE), PHONE.strip("+"), PHONE[3:], OTHER_PHONE.strip("+"), MAIL, OTHER_MAIL,
    "melati.kenari", "surat-kenari", "KenariMail", "KenariPost", "kenari-laptop", "203.0.113.77", "198.51.100.77",
    "Wangi", "balas.kenari", "tembusan.kenari", "Kenarijaya", FILE_NAME, "kenari", CITY, PROFILE, TYPED,
    CANARY.decode(), *WORDS,
)  # fmt: skip
# Days and times, and names made by chance: four digits in them mean nothing.
_CHANCE = re.compile(rb"\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d[.,]?\d*|[0-9A-Za-z]{20,}")


@dataclass
class Searched:
    """What was found after all was said, and the codes that were given meanwhile."""

    places: dict[str, bytes]
    codes: list[str]
    wires: Wires


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> Iterator[PostgresServer]:
    """One of its own, so that its disk can be searched and holds no words of other tests; it keeps its whole log."""
    try:
        own = OwnServer("-c wal_keep_size=1GB")
    except NoServer:
        yield request.getfixturevalue("postgres_server")
        return
    yield own
    own.stop()


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((False, "twilio", False), id="SQLite, polling, Twilio"),
        pytest.param((True, "kannel", True), id="PostgreSQL, webhook, Kannel", marks=pytest.mark.postgres),
    ],
)
def searched(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searched]:
    """A service that heard all the canaries, searched while it runs and again after it ended."""
    webhook, sms, postgres = request.param
    settings: dict[str, str] = {}
    server: PostgresServer | None = request.getfixturevalue("server") if postgres else None
    if server is not None:
        settings["DATABASE_URL"] = server.fresh()
    folder = tmp_path_factory.mktemp("run")
    with (
        pytest.MonkeyPatch.context() as surroundings,
        plugged(folder / "resi", webhook=webhook, sms=sms, settings=settings) as wires,
    ):
        (folder / "tmp").mkdir()
        surroundings.setenv("TMPDIR", str(folder / "tmp"))
        wires.resi.start()
        codes = [*_all_report(wires), *_all_fail(wires)]
        _strangers_knock(wires)
        until(lambda: wires.resi.pending() == 0, "an empty outbox")
        metrics = {"metrics": wires.resi.get("/metrics").content}
        running = {f"{name}, running": found for name, found in places_of(wires.resi).items()}
        assert wires.resi.end() == 0
        ended = places_of(wires.resi)
        _keys_change(wires)
        late = {f"{name}{LATE}": found for name, found in places_of(wires.resi).items()}
        # Its log has all that was ever written, so that it need not be searched in between.
        disk = {DISK: server.disk(settings["DATABASE_URL"])} if isinstance(server, OwnServer) else {}
        yield Searched(metrics | running | ended | late | disk, codes, wires)
        if server is not None:
            server.drop(settings["DATABASE_URL"])


# -- what is said --


def _all_report(wires: Wires) -> list[str]:
    """A report on every wire, with everything that the wire could tell; the codes."""
    person = Person(wires.telegram, CHAT, WHO)
    wires.telegram.api.chats[CHAT] = "private"
    codes = [_reports_on_telegram(wires, person)]
    wires.telegram.enqueue_raw({"update_id": UPDATE, "message": person.message(text="CEK")})
    phone = wires.phone(PHONE)
    codes.append(code_in(_texts(phone, f"LAPOR {STORY}")))
    codes.append(_code_of(_mails(wires, MAIL)))
    tell(phone, f"CEK {codes[0]}")
    tell(phone, f"LUPAKAN {codes[0]}")
    return codes


def _reports_on_telegram(wires: Wires, person: Person) -> str:
    person.sends_document(PHOTO, name=FILE_NAME, caption=STORY)
    person.waits_for_messages(1)
    person.sends(text="ya", forward_origin={"type": "user", "sender_user": person.user}, author_signature=TYPED)
    person.waits_for_messages(2)
    return code_in(person.heard()[-1]["text"])


def _texts(phone: Citizen, words: str) -> str:
    """By Twilio with the fields of which we must not look at any."""
    if isinstance(phone, TwilioPhone):
        url = f"{phone.resi.root}/hooks/sms"
        fields = twilio_server.incoming(words, sender=phone.number, sid="SM" + "7e31" * 8)
        fields = [(name, CITY if name == "FromCity" else value) for name, value in fields] + [("ProfileName", PROFILE)]
        assert Call("POST", url, *twilio_server.signed(url, fields)).hand_over()
        return until(phone.heard, "an answer")[0]
    return tell(phone, words)


def _code_of(who: Citizen) -> str:
    return code_in(until(who.heard, "an answer")[0])


def _mails(wires: Wires, address: str) -> Citizen:
    who = wires.mail_user(address)
    who.headers = HEADERS
    letter = who.post(MAIL_STORY, photos=[(FILE_NAME, PHOTO)])
    raw = letter.raw.replace(f"From: {address}".encode(), f'From: "{WHO["first_name"]}" <{address}>'.encode())
    assert WHO["first_name"].encode() in raw
    with smtplib.SMTP("127.0.0.1", wires.resi.mail_port, "kenari-laptop.test", timeout=PATIENCE) as client:
        client.sendmail(address, [wires.resi.settings["MAIL_ADDRESS"]], raw)
    return who


def _all_fail(wires: Wires) -> list[str]:
    """Refusals that name the person: providers write numbers and addresses into their errors."""
    wires.relay.answers(RCPT, f"451 4.7.1 <{OTHER_MAIL}> later")
    who = _mails(wires, OTHER_MAIL)
    wires.telegram.refuse("sendMessage", 500, f"Internal Server Error {WHO['username']}", chat=CHAT)
    Person(wires.telegram, CHAT, WHO).sends(text="BANTUAN")
    phone = wires.phone(OTHER_PHONE)
    if isinstance(phone, KannelPhone):
        phone.kannel.answers.append((503, f"no route to {OTHER_PHONE}"))
    else:
        phone.twilio.answers.append(twilio_server.refusal(21610))
    assert phone.post("BANTUAN").hand_over()
    return [_code_of(who)]


def _keys_change(wires: Wires) -> None:
    """A new master key in front, a kill, all wrapped anew beside the running service, the old key out, a purge."""
    resi = wires.resi
    old, new = (resi.data / "keys").read_text(encoding="ascii").strip(), new_key_line("new")
    resi.settings["KEYS"] = f"{new},{old}"
    resi.start()
    resi.kill()
    resi.start()
    assert resi.command("keys", "rotate").returncode == 0
    assert resi.end() == 0
    resi.settings["KEYS"] = new
    resi.start()
    assert resi.command("purge").returncode == 0
    assert resi.end() == 0


def _strangers_knock(wires: Wires) -> None:
    """Whatever is wrong: paths, secrets, signatures, bodies, recipients, each with a canary in it."""
    root = wires.resi.root
    shown = {"User-Agent": "KenariMail", "X-Forwarded-For": "203.0.113.77", "Referer": f"http://{TYPED}.test/"}
    with httpx.Client(base_url=root, trust_env=False, timeout=PATIENCE, headers=shown) as web:
        for path in (f"/lacak?kode={TYPED}", f"/{TYPED}", f"/hooks/sms?secret={TYPED}&from={PHONE.strip('+')}"):
            web.get(path)
        web.post("/lacak", data={"kode": f"{TYPED} {PHONE}"})
        web.post("/hooks/sms", data={"From": PHONE, "Body": WORDS[0]}, headers={"X-Twilio-Signature": TYPED})
        web.post("/hooks/telegram", content=TYPED, headers={"X-Telegram-Bot-Api-Secret-Token": TYPED})
    webhook_call(wires.resi, {"update_id": UPDATE + 1, "message": {"text": [TYPED], "chat": WHO}}).hand_over()
    with suppress(smtplib.SMTPException), smtplib.SMTP("127.0.0.1", wires.resi.mail_port, timeout=PATIENCE) as client:
        client.sendmail(MAIL, [f"{TYPED}@kota.test"], b"hm")


# -- what must hold --


def test_every_canary_was_told_and_was_not_in_vain(searched: Searched) -> None:
    wires = searched.wires
    assert all(searched.codes)
    assert len(searched.codes) == 4
    assert wires.telegram.messages_to(CHAT)
    assert wires.relay.mails_to(MAIL)
    assert wires.relay.mails_to(OTHER_MAIL)
    told = " ".join(report.text for report in wires.resi.stored())
    assert all(word in told for word in WORDS[:2])


def test_the_search_finds_what_is_there(searched: Searched) -> None:
    assert b"pju" in searched.places["tables"]
    assert b"kel:31.74.01" in searched.places["tables"]
    assert b"telegram" in searched.places["log"]
    assert b"delivery_failed" in searched.places["log"]
    assert len(searched.places["files"]) > len(PHOTO)
    if DISK in searched.places:  # not of SQLite, which has it all in the data folder
        assert b"database system is ready" in searched.places[DISK]
        in_rows = searched.places[f"tables{LATE}"].count(b"kel:31.74.01")
        assert searched.places[DISK].count(b"kel:31.74.01") > in_rows > 0, "the log is not there"
    assert found_in(b"x" + base64.b64encode(f"a{MAIL}b".encode()), iter([MAIL])) == [MAIL]
    assert found_in(CHAT.to_bytes(8, "big"), iter([str(CHAT)])) == [str(CHAT)]


def test_no_canary_is_in_the_database_the_files_the_logs_or_the_metrics(searched: Searched) -> None:
    assert {name: found_in(place, iter(CANARIES)) for name, place in searched.places.items()} == {
        name: [] for name in searched.places
    }


def test_no_code_and_no_end_of_a_code_stands_anywhere_in_clear(searched: Searched) -> None:
    codes = [*searched.codes, *(code.replace("-", "") for code in searched.codes)]
    assert {name: found_in(place, iter(codes)) for name, place in searched.places.items()} == {
        name: [] for name in searched.places
    }
    for name, place in searched.places.items():
        if name == DISK:  # four digits among all the numbers of a server mean nothing
            continue
        meant = _CHANCE.sub(b"", place)
        for code in searched.codes:
            assert not re.search(rb"(?<!\d)" + code[-4:].encode() + rb"(?!\d)", meant), name


def test_no_secret_of_ours_is_in_the_log(searched: Searched) -> None:
    settings = searched.wires.resi.settings
    secrets = [value for name, value in settings.items() if name.endswith(("TOKEN", "PASSWORD", "SECRET", "KEYS"))]
    keys = searched.wires.resi.data / "keys"
    secrets.append(keys.read_text(encoding="ascii").strip().partition(":")[2])
    assert len(secrets) > 2
    assert found_in(searched.places["log"], iter(secrets)) == []


def test_files_and_folders_are_closed_to_others_and_times_tell_nothing(searched: Searched) -> None:
    data = searched.wires.resi.data
    assert [path.name for path in (data, *data.rglob("*")) if path.stat().st_mode & 0o077] == []
    photos = [path for path in (data / "files").rglob("*") if path.is_file()]
    assert len(photos) == 3
    assert {path.stat().st_mtime for path in photos} == {0}


def test_the_working_folder_holds_nothing_else_and_the_temporary_folder_nothing(
    searched: Searched,
) -> None:
    folder = Path(searched.wires.resi.folder)
    assert {path.name for path in folder.iterdir()} == {"data", "log"}
    assert list((folder.parent / "tmp").iterdir()) == []
