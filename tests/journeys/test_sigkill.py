"""SIGKILL in the middle of a hundred messages, again and again: nothing acknowledged is lost, nothing filed twice."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.citizens import Citizen, MailUser, TelegramUser, WebhookUser, codes_of
from tests.fakes.patience import moment, until
from tests.fakes.storm import Storm
from tests.fakes.wires import Wires, plugged

pytestmark = [pytest.mark.journey, pytest.mark.crash]

TELEGRAM_USERS, PHONES, MAIL_USERS = 16, 26, 26  # a dialogue of three messages each, one SMS each, one mail each
MESSAGES = 3 * TELEGRAM_USERS + PHONES + MAIL_USERS
REPORTS = TELEGRAM_USERS + PHONES + MAIL_USERS
THRICE = ((4, 24), (34, 54), (64, 90))  # between which counts of acknowledged messages each kill comes by chance
TWICE = ((10, 40), (50, 85))
COMES_AGAIN = 0.4
_MARK = re.compile(r"penanda [a-z]{8}")
# Each database, each way of Telegram and each provider once; what they have to do with each other is nothing.
RUNS = (
    pytest.param((True, "twilio", "sqlite", 11, THRICE), id="SQLite, webhook, Twilio"),
    pytest.param(
        (False, "kannel", "postgres", 14, TWICE), id="PostgreSQL, polling, Kannel", marks=pytest.mark.postgres
    ),
)


@dataclass
class Run:
    wires: Wires
    rng: random.Random
    kills: tuple[tuple[int, int], ...]


@pytest.fixture(params=RUNS)
def run(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Run]:
    """A service on empty data."""
    webhook, sms, database, seed, kills = request.param
    settings = {}
    with ExitStack() as stack:
        if database == "postgres":
            server = request.getfixturevalue("postgres_server")
            settings["DATABASE_URL"] = server.fresh()
            stack.callback(server.drop, settings["DATABASE_URL"])
        wires = stack.enter_context(plugged(tmp_path, webhook=webhook, sms=sms, settings=settings))
        wires.resi.start()
        yield Run(wires, random.Random(seed), kills)


def scripts_of(wires: Wires, rng: random.Random) -> list[tuple[Citizen, tuple[str, ...]]]:
    """Each citizen with a story that holds a mark of its own."""
    webhook = "TELEGRAM_WEBHOOK_SECRET" in wires.resi.settings

    def story(place: str = ", kelurahan Tebet Barat") -> str:
        mark = "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=8))
        # So many words of one kind that no mark makes it doubtful.
        return f"Lampu jalan umum mati sudah seminggu, jalan gelap, PJU padam, dekat penanda {mark}{place}"

    def on_telegram() -> Citizen:
        person = wires.telegram.person()
        return WebhookUser(wires.resi, wires.telegram, person) if webhook else TelegramUser(wires.telegram, person)

    scripts: list[tuple[Citizen, tuple[str, ...]]] = []
    scripts += [(on_telegram(), (story(place=""), "kelurahan Tebet Barat", "ya")) for _ in range(TELEGRAM_USERS)]
    scripts += [(wires.phone(), (f"LAPOR {story()}",)) for _ in range(PHONES)]
    scripts += [(wires.mail_user(), (story(),)) for _ in range(MAIL_USERS)]
    return scripts


def test_nothing_acknowledged_is_lost_and_nothing_is_filed_twice(run: Run) -> None:
    wires, rng = run.wires, run.rng
    scripts = scripts_of(wires, rng)
    storm = Storm(scripts, rng)
    storm.begin()
    for low, high in run.kills:
        storm.wait_for(rng.randint(low, high))
        moment(rng.random() * 0.05)
        wires.resi.kill()
        wires.resi.start()
    storm.end()
    again = storm.comes_again(COMES_AGAIN)
    until(lambda: wires.resi.pending() == 0, "an empty outbox")

    assert len(storm.acknowledged) == MESSAGES
    assert again == round(MESSAGES * COMES_AGAIN)
    everybody = [who for who, _ in scripts]
    assert_one_report_each(wires, scripts)
    assert_answered(everybody)
    assert_figures_agree(wires, everybody)


def assert_one_report_each(wires: Wires, scripts: list[tuple[Citizen, tuple[str, ...]]]) -> None:
    """Every story, known by its mark, once and no more."""
    told = Counter(mark for _, texts in scripts for mark in _MARK.findall(texts[0]))
    filed = Counter(mark for report in wires.resi.stored() for mark in _MARK.findall(report.text))
    assert len(told) == REPORTS
    assert filed == told


def assert_answered(everybody: list[Citizen]) -> None:
    """One code each and no two alike; what was said twice because of a kill is word for word the same."""
    codes = [codes_of(who) for who in everybody]
    assert all(len(each) == 1 for each in codes)
    assert len(set().union(*codes)) == REPORTS
    for who in everybody:
        assert len(set(who.heard())) == (3 if who.channel == "telegram" else 1)
        if isinstance(who, MailUser):
            assert len(set(who.answers)) == 1


def assert_figures_agree(wires: Wires, everybody: list[Citizen]) -> None:
    """/metrics counts what citizens hold codes for."""
    seen = Counter(who.channel for who in everybody if codes_of(who))
    figures = wires.resi.figures()
    assert {name: value for name, value in figures.items() if name.startswith("resi_reports{")} == {
        f'resi_reports{{channel="{channel}",status="menunggu"}}': count for channel, count in seen.items()
    }
    assert {name: figures[f"resi_{name}"] for name in ("clock_leader", "outbox_pending", "outbox_dead")} == {
        "clock_leader": 1,
        "outbox_pending": 0,
        "outbox_dead": 0,
    }
    assert not any(value for name, value in figures.items() if name.startswith("resi_reader_faults_total"))
