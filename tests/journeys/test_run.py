"""`resi run` as an operator meets it: with nothing configured, with a mistake, and when it is told to end."""

import email
import shutil
import smtplib
import socket
from collections.abc import Iterator
from email.policy import SMTP
from pathlib import Path

import httpx
import pytest

from tests.fakes.citizens import code_in
from tests.fakes.fork_server import CHECKOUT
from tests.fakes.patience import PATIENCE, until
from tests.fakes.resi_process import Resi

pytestmark = pytest.mark.journey

US, WHO = "lapor@localhost", "warga@surat.test"
STORY = "Lampu jalan mati di depan warung bacadu, kelurahan Tebet Barat, sudah seminggu"
PACKAGES = ("app", "bots", "cities", "core", "storage", "web")


def mail(number: int = 1) -> bytes:
    head = f"From: {WHO}\r\nTo: {US}\r\nSubject: Lampu mati\r\nMessage-ID: <{number}@surat.test>\r\n\r\n"
    return f"{head}{STORY}\r\n".encode()


def write(resi: Resi, number: int = 1, to: str = US) -> None:
    with smtplib.SMTP("127.0.0.1", resi.mail_port, "pc.test", timeout=PATIENCE) as client:
        client.sendmail(WHO, [to], mail(number))


def answers(resi: Resi) -> list[Path]:
    return sorted((resi.data / "outbox").glob("*.eml"))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resi]:
    """With nothing configured but free ports, and one name mistyped."""
    resi = Resi(tmp_path_factory.mktemp("bare"), {"TELEGRAM_TOKN": "1:a"}, forked=False)
    for name in ("PUBLIC_URL", "LOG_LEVEL"):
        del resi.settings[name]
    with resi:
        yield resi


# -- with nothing configured --


def test_with_nothing_configured_pages_and_mail_are_served_and_the_screen_says_what_is_off(bare: Resi) -> None:
    assert all(bare.get(path).status_code == 200 for path in ("/", "/lacak", "/statistik", "/healthz", "/metrics"))
    said = bare.said()
    assert all(f"on   {part}" in said for part in ("web", "mail", "outbox", "clock"))
    assert "off  telegram" in said
    assert "RESI_TELEGRAM_TOKEN" in said
    assert "RESI_SMS_PROVIDER" in said


def test_settings_that_nobody_knows_are_warned_of(bare: Resi) -> None:
    assert "RESI_TELEGRAM_TOKN" in bare.said()


def test_with_no_relay_an_answer_becomes_a_whole_mail_in_the_outbox_folder(bare: Resi) -> None:
    write(bare)
    (path,) = until(lambda: answers(bare), "an answer on paper")
    answer = email.message_from_bytes(path.read_bytes(), policy=SMTP)
    assert answer["To"] == WHO
    assert answer["From"] == US
    assert answer["Auto-Submitted"] == "auto-replied"
    assert answer["In-Reply-To"] == "<1@surat.test>"
    code = code_in(str(answer.get_content()))
    assert code
    assert code not in str(answer["Subject"])
    assert "Menunggu" in bare.post("/lacak", {"kode": code}).text
    assert until(lambda: bare.pending() == 0, "an empty outbox")


def test_the_same_mail_again_is_taken_and_does_nothing(bare: Resi) -> None:
    write(bare, 7)
    count = until(bare.reports, "a report")
    written = until(lambda: len(answers(bare)) >= count and len(answers(bare)), "its answer")
    write(bare, 7)
    assert bare.reports() == count
    assert bare.pending() == 0
    assert len(answers(bare)) == written


def test_mail_for_anybody_else_is_refused_for_good(bare: Resi) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        write(bare, 8, to="orang@lain.test")
    assert 500 <= refused.value.recipients["orang@lain.test"][0] < 600


def test_the_commands_of_an_operator_work_beside_it(bare: Resi) -> None:
    listed, dry, doctor = (bare.command(*each) for each in (("outbox", "list"), ("purge", "--dry-run"), ("doctor",)))
    assert (listed.returncode, dry.returncode) == (0, 0)
    assert WHO not in listed.stdout + dry.stdout + doctor.stdout
    assert "Traceback" not in listed.stderr + dry.stderr + doctor.stderr
    assert bare.is_ready()


def test_ready_begins_as_no_and_becomes_yes(tmp_path: Path) -> None:
    """Polled from before there is a port: nobody, perhaps 503, then 200 and never back."""
    resi = Resi(tmp_path)
    seen: list[int] = []

    def is_yes() -> bool:
        seen.append(resi.readiness())
        return seen[-1] == 200

    try:
        resi.launch()
        until(is_yes, "200")
        assert seen[0] == 0
        assert set(seen) <= {0, 503, 200}
        assert resi.readiness() == 200
    finally:
        resi.stop()


def test_ready_is_503_while_the_database_is_away(tmp_path: Path) -> None:
    resi = Resi(tmp_path, {"DATABASE_URL": f"sqlite:///{tmp_path / 'gone' / 'resi.db'}"})
    (tmp_path / "gone").mkdir()
    with resi:
        shutil.rmtree(tmp_path / "gone")
        assert until(lambda: resi.readiness() == 503, "503")
        assert resi.get("/healthz").status_code == 200


# -- mistakes --


@pytest.mark.parametrize(("setting", "port"), [("RESI_WEB_LISTEN", "web_port"), ("RESI_MAIL_LISTEN", "mail_port")])
def test_a_busy_port_is_said_in_a_sentence(tmp_path: Path, setting: str, port: str) -> None:
    resi = Resi(tmp_path)
    with socket.create_server(("127.0.0.1", getattr(resi, port))):
        resi.launch()
        try:
            assert resi.exits() == 1
        finally:
            resi.stop()
    said = resi.said()
    assert setting in said or port.partition("_")[0] in said
    assert str(getattr(resi, port)) in said
    assert "Traceback" not in said


def test_production_without_keys_names_every_problem_at_once(tmp_path: Path) -> None:
    resi = Resi(tmp_path, {"MODE": "production"})
    resi.launch()
    assert resi.exits() == 1
    said = resi.said()
    assert all(name in said for name in ("RESI_KEYS", "RESI_PUBLIC_URL", "RESI_MAIL_RELAY_URL", "RESI_MAIL_ADDRESS"))
    assert "Traceback" not in said
    assert not list(resi.data.rglob("*")), "something is made where nothing is started"


def test_wrong_keys_are_said_in_a_sentence_and_harm_nothing(tmp_path: Path) -> None:
    with Resi(tmp_path) as resi:
        write(resi)
        assert resi.end() == 0
        other = resi.command("keys", "new").stdout.strip()
        resi.settings["KEYS"] = other
        resi.launch()
        assert resi.exits() == 1
        assert "RESI_KEYS" in resi.said()
        assert other.partition(":")[2] not in resi.said()
        del resi.settings["KEYS"]
        resi.start()
        assert resi.reports() == 1


# -- parts --


def test_only_the_web_leaves_mail_and_outbox_to_others(tmp_path: Path) -> None:
    resi = Resi(tmp_path)
    try:
        resi.start("--only", "web")
        with pytest.raises(ConnectionError):
            write(resi)
        assert resi.get("/lacak").status_code == 200
        assert resi.figures()["resi_clock_leader"] == 0
    finally:
        resi.stop()


def test_only_mail_takes_mail_and_answers_it_when_the_outbox_runs(tmp_path: Path) -> None:
    resi = Resi(tmp_path)
    try:
        resi.launch("--only", "mail")
        until(lambda: hears(resi.mail_port), "an open mail port")
        write(resi)
        with pytest.raises(httpx.TransportError):
            resi.get("/healthz")
        assert not answers(resi)
        assert resi.end() == 0
        resi.launch("--only", "outbox")
        assert until(lambda: answers(resi), "an answer on paper")
        assert resi.end() == 0
    finally:
        resi.stop()


def test_a_part_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    resi = Resi(tmp_path)
    resi.launch("--only", "wbe")
    assert resi.exits() == 2


# -- the checkout --


def test_a_run_leaves_the_checkout_clean_but_for_what_git_ignores(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    for name in PACKAGES:
        shutil.copytree(CHECKOUT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    resi = Resi(checkout, checkout=checkout, log=tmp_path / "log")
    del resi.settings["DATA_DIR"]
    resi.data = checkout / "var"
    before = set(checkout.rglob("*"))
    with resi:
        write(resi)
        until(lambda: answers(resi), "an answer on paper")
    made = {path.relative_to(checkout) for path in set(checkout.rglob("*")) - before}
    strange = {path for path in made if path.parts[0] != "var" and "__pycache__" not in path.parts}
    ignored = (CHECKOUT / ".gitignore").read_text(encoding="utf-8").split()
    assert not strange
    assert {"var/", "__pycache__/"} <= set(ignored)


def hears(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
