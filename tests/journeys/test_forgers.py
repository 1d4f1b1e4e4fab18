"""Mail and SMS in a victim's name over real wires, and the victim's own replies from whatever program they have."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from core.model import Report
from tests.fakes.citizens import OURS, Citizen, Letter, MailUser, code_in, tell
from tests.fakes.citizens import answered as answered_by
from tests.fakes.desk import DeskServices
from tests.fakes.patience import PATIENCE, until
from tests.fakes.wires import Wires, plugged

pytestmark = pytest.mark.journey

KELURAHAN = "kel:31.74.01.1001"
GRAFT = "Petugas Kelurahan Tebet Timur minta uang pelicin untuk surat pengantar, ini pungli"
HOLE = "Jalan berlubang besar di kelurahan Tebet Timur, sudah seminggu"
MARK = "pelicin"
_DIGITS = re.compile(r"(?<![\d.-])\d{4}(?![\d-])")


@dataclass(frozen=True)
class City:
    """A running service, and who works there."""

    wires: Wires
    desk: DeskServices

    def listed(self) -> list[dict[str, Any]]:
        """What the public list shows."""
        found: list[dict[str, Any]] = self.wires.resi.get("/open311/v2/requests.json").json()
        return found

    def filed(self, who: Citizen, story: str) -> tuple[Report, str]:
        """What they report, and its code."""
        known = {report.id for report in self.wires.resi.stored()}
        first = who.begins(story) if isinstance(who, MailUser) else who.post(story)
        code = code_in(answered_by(who, first))
        (report,) = [each for each in self.wires.resi.stored() if each.id not in known]
        return report, code

    def now(self, report: Report) -> Report:
        return next(each for each in self.wires.resi.stored() if each.id == report.id)

    def answers(self, report: Report) -> list[str | None]:
        """What the lurah reads as answers to what they asked."""
        return [each["answered"] for each in self.desk.show("lurah", report.number)["questions"]]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with ExitStack() as stack:
        settings = {}
        if request.param == "postgres":
            settings["DATABASE_URL"] = request.getfixturevalue("postgres_url")
        folder = tmp_path_factory.mktemp("forgers")
        wires = stack.enter_context(plugged(folder, webhook=True, sms="kannel", settings=settings))
        wires.resi.start()
        desk = DeskServices(wires.resi)
        desk.hire("lurah", KELURAHAN)
        yield City(wires, desk)


def forge(wires: Wires, victim: MailUser, text: str, *, invented: bool = True) -> None:
    """MAIL FROM the victim, perhaps as a reply to a mail of ours that never was."""
    thread = {"In-Reply-To": f"<resi.{'a' * 26}@kota.test>"} if invented else {}
    assert letter(wires, victim.address, text, thread, id=f"forged-{len(wires.relay.mails)}-{text[:6]}").hand_over()


def letter(
    wires: Wires,
    sender: str,
    text: str,
    headers: dict[str, str] | None = None,
    *,
    to: str = OURS,
    id: str,  # noqa: A002 - of the mail
) -> Letter:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Message-ID"] = sender, to, f"<{id.replace(' ', '')}@pc.test>"
    for name, value in (headers or {}).items():
        mail[name] = value
    mail.set_content(text)
    return Letter(wires.resi, sender, mail.as_bytes(), to)


def settled(wires: Wires) -> None:
    """Whatever was handed over is answered."""
    until(lambda: not wires.resi.pending(), "an empty outbox")


# -- forged --


@pytest.mark.parametrize("channel", ["mail", "sms"])
def test_what_is_forged_after_a_report_of_graft_does_not_unseal_it(city: City, channel: str) -> None:
    wires = city.wires
    victim = wires.stranger(channel)
    report, _ = city.filed(victim, GRAFT if channel == "mail" else f"LAPOR {GRAFT}")
    for words in ("1", "kependudukan", "ganti jenis", "2", "ya"):
        if isinstance(victim, MailUser):
            forge(wires, victim, words)
        else:
            assert victim.post(words).hand_over()
    settled(wires)
    assert city.now(report) == report
    assert (report.restricted, report.agency) == (True, "inspektorat")
    assert_sealed(city)


@pytest.mark.parametrize("channel", ["mail", "sms"])
@pytest.mark.parametrize(
    "poison", ["/start pju", "LAPOR lampu jalan mati di kelurahan Tebet Timur", "lampu jalan mati"]
)
def test_what_is_forged_before_a_report_of_graft_does_not_open_it(city: City, channel: str, poison: str) -> None:
    wires = city.wires
    victim = wires.stranger(channel)
    if isinstance(victim, MailUser):
        forge(wires, victim, poison, invented=False)
    else:
        assert victim.post(poison).hand_over()
    until(victim.heard, "an answer")
    report, _ = city.filed(victim, GRAFT if channel == "mail" else f"LAPOR {GRAFT}")
    assert (report.restricted, report.agency) == (True, "inspektorat")
    assert_sealed(city)


def assert_sealed(city: City) -> None:
    """Neither the public nor the accused office reads of it."""
    assert MARK not in str(city.listed())
    rows = city.desk.list("lurah")
    assert MARK not in str(rows)
    assert not {"pungli_korupsi"} & {row["category"] for row in rows}


def test_from_no_suspect_a_forged_answer_counts_so_none_is_found(city: City) -> None:
    wires = city.wires
    reporters: list[Citizen] = [wires.mail_user(), wires.phone()]
    for reporter in reporters:
        report, _ = city.filed(reporter, HOLE if reporter.channel == "mail" else f"LAPOR {HOLE}")
        city.desk.does("lurah", "ask", report.number, text="Di depan nomor berapa?")
        until(lambda who=reporter: "nomor berapa" in str(who.heard()), "the question")  # type: ignore[misc]  # a default binds the loop variable
        before = [each for each in city.listed() if each["service_request_id"] == report.number]
        for suspect in (reporter, wires.stranger(reporter.channel)):
            if isinstance(suspect, MailUser):
                forge(wires, suspect, "nomor 12")
                forge(wires, suspect, "1")
            else:
                assert suspect.post("nomor 12").hand_over()
                assert suspect.post("1").hand_over()
        settled(wires)
        assert city.answers(report) == [None]
        assert city.now(report) == report or city.now(report).category == report.category
        assert [each for each in city.listed() if each["service_request_id"] == report.number] == before


def test_a_flood_in_one_name_comes_later_and_costs_no_report_from_elsewhere(tmp_path: Path) -> None:
    """As our own mail server brings them, and says of each from which network it came."""
    with plugged(tmp_path, webhook=False, sms="kannel", settings={"MAIL_AUTHSERV": "mx.kota.test"}) as wires:
        wires.resi.start()
        flood = [filed_from(wires, "192.0.2.9", number) for number in range(160)]
        assert set(flood) == {250, 451}
        assert [filed_from(wires, "198.51.100.9", number) for number in range(160, 166)] == [250] * 6
        assert len(wires.resi.stored()) == flood.count(250) + 6


def filed_from(wires: Wires, peer: str, number: int) -> int:
    """What SMTP answers to a mail in the victim's name."""
    head = f"Received: from x (x [{peer}]) by mx.kota.test\r\nMessage-ID: <{number}@pc.test>\r\n"
    raw = f"{head}From: victim@warga.test\r\n\r\n{HOLE}, nomor {number}\r\n"
    with closing(smtplib.SMTP("127.0.0.1", wires.resi.mail_port, "pc.test", timeout=PATIENCE)) as client:
        client.ehlo()
        client.mail("victim@warga.test")
        client.rcpt(OURS)
        return client.data(raw.encode())[0]


# -- real --


@dataclass(frozen=True)
class Program:
    """How a mail program answers."""

    keeps_ids: bool = False
    uses_reply_to: bool = False
    quotes: str = ""  # what of ours it quotes: all of it, or the line that holds these words
    rewrites: bool = False
    alias: bool = False


PROGRAMS = {
    "keeps headers": Program(keeps_ids=True, uses_reply_to=True),
    "drops headers": Program(uses_reply_to=True),
    "quotes our reference": Program(quotes="resi."),
    "rewrites ids": Program(rewrites=True, uses_reply_to=True),
    "writes from an alias": Program(keeps_ids=True, uses_reply_to=True, alias=True),
}


def answered(city: City, who: MailUser, program: Program, text: str, about: str) -> Letter:
    """To the newest mail that holds the words `about`."""
    mail = [each for each in city.wires.relay.mails_to(who.address) if about in each.text][-1]
    to = str(mail.message["Reply-To"]) if program.uses_reply_to else OURS
    named = str(mail.message["Message-ID"]) if program.keeps_ids else ""
    named = "<CAB+rewritten=0001@mail.program.test>" if program.rewrites else named
    quoted = "\n".join(f"> {line}" for line in mail.text.splitlines() if program.quotes and program.quotes in line)
    words = f"{text}\n\nPada Sen, 2 Mar 2026 pukul 03.04 <{OURS}> menulis:\n{quoted}\n" if quoted else text
    headers = {"Subject": f"Re: {mail.message['Subject']}", **({"In-Reply-To": named} if named else {})}
    sender = f"alias-of-{who.address}" if program.alias else who.address
    return letter(city.wires, sender, words, headers, to=to, id=f"real-{text}-{who.address.partition('@')[0]}")


def test_real_replies_by_mail_count_from_whatever_program(city: City) -> None:
    who = city.wires.mail_user()
    report, _ = city.filed(who, HOLE)
    for count, (name, program) in enumerate(PROGRAMS.items(), 1):
        question = f"Pertanyaan ke {count}: {name}?"
        city.desk.does("lurah", "ask", report.number, text=question)
        until(lambda asked=question: asked in str(who.heard()), "the question")  # type: ignore[misc]  # a default binds the loop variable
        assert answered(city, who, program, f"di depan nomor {count}", question).hand_over()
        until(lambda at=count: city.answers(report)[-1] == f"di depan nomor {at}", name)  # type: ignore[misc]  # likewise


def test_a_mail_that_shows_nothing_is_asked_about_and_a_yes_lets_it_count(city: City) -> None:
    who = city.wires.mail_user()
    report, _ = city.filed(who, HOLE)
    city.desk.does("lurah", "ask", report.number, text="Di depan nomor berapa?")
    until(lambda: "nomor berapa" in str(who.heard()), "the question")
    assert answered(city, who, Program(), "nomor 12", "nomor berapa").hand_over()
    until(lambda: "24 jam" in str(who.heard()), "the question whose words these are")
    assert city.answers(report) == [None]
    assert answered(city, who, Program(uses_reply_to=True), "ya", "24 jam").hand_over()
    until(lambda: city.answers(report) == ["nomor 12"], "the answer")


def test_a_code_that_a_mail_quotes_answers(city: City) -> None:
    who = city.wires.mail_user()
    report, code = city.filed(who, HOLE)
    city.desk.does("lurah", "ask", report.number, text="Di depan nomor berapa?")
    until(lambda: "nomor berapa" in str(who.heard()), "the question")
    assert answered(city, who, Program(quotes=code), "nomor 12", code).hand_over()
    until(lambda: city.answers(report) == ["nomor 12"], "the answer")


def test_real_replies_by_sms_count_with_digits_with_fresh_ones_and_with_the_code(city: City) -> None:
    phone = city.wires.phone()
    report, code = city.filed(phone, f"LAPOR {HOLE}")
    given: list[str] = []
    for count in (1, 2, 3):
        question = f"Pertanyaan {count}?"
        city.desk.does("lurah", "ask", report.number, text=question)
        asked = until(lambda words=question: [each for each in phone.heard() if words in each], "the question")[-1]  # type: ignore[misc]  # a default binds the loop variable
        answer = f"nomor {count}"
        if count == 1:
            tell(phone, f"{digits_in(asked)} {answer}")
        elif count == 2:
            tell(phone, digits_in(tell(phone, answer)))
        else:
            tell(phone, f"{code} {answer}")
        given.append(answer)
        assert city.answers(report) == given


def digits_in(sms: str) -> str:
    return str(_DIGITS.findall(sms)[-1])
