"""Each answer of `resi setup` is checked by itself, and told in a sentence."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.commands.setup_questions import default_of, questions, wrong_with

CANARY = "kanari-4711"
PRODUCTION = {"MODE": "production"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODE", "half"),
        ("CITY", "nowhere"),
        ("DATA_DIR", "/dev/null/here"),
        ("DATA_DIR", "~/resi"),
        ("DATABASE_URL", f"mysql://u:{CANARY}@h/x"),
        ("DATABASE_URL", f"postgresql+psycopg://u:{CANARY}@127.0.0.1:1/x"),
        ("DATABASE_URL", CANARY),
        ("PUBLIC_URL", "http://resi.example"),
        ("PUBLIC_URL", "resi"),
        ("TRUSTED_PROXIES", "the proxy"),
        ("MAIL_LISTEN", "8025"),
        ("MAIL_ADDRESS", "lapor"),
        ("MAIL_ADDRESS", "lapor@localhost"),
        ("MAIL_RELAY_URL", CANARY),
        ("TELEGRAM_TOKEN", CANARY),
        ("SMS_PROVIDER", "pigeon"),
    ],
)
def test_an_unsound_answer_is_a_sentence_about_that_setting_that_shows_no_secret(name: str, value: str) -> None:
    wrong = wrong_with(name, PRODUCTION | {name: value})
    assert wrong
    assert all(each.startswith(f"RESI_{name} ") and each.endswith(".") for each in wrong)
    assert CANARY not in "".join(wrong)


def test_the_database_of_another_program_is_told_as_such(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as database:
        database.execute("CREATE TABLE places (name TEXT)")
    wrong = wrong_with("DATABASE_URL", {"DATABASE_URL": f"sqlite:///{tmp_path / 'other.db'}"})
    assert wrong == ["RESI_DATABASE_URL cannot be used: that database holds tables of another program."]


def test_development_takes_its_own_defaults(tmp_path: Path) -> None:
    values = {"MODE": "development", "DATA_DIR": str(tmp_path)}
    assert [each.name for each in questions(values) if wrong_with(each.name, values)] == []


def test_only_what_matters_is_asked() -> None:
    names = [each.name for each in questions({"MAIL_LISTEN": "off", "SMS_PROVIDER": "kannel"})]
    assert "MAIL_ADDRESS" not in names
    assert "KANNEL_SECRET" in names
    assert "TWILIO_FROM" not in names


def test_what_is_proposed_follows_from_what_was_said() -> None:
    values = {"PUBLIC_URL": "https://resi.example", "MAIL_ADDRESS": "lapor@Kota.example"}
    rows = {each.name: each for each in questions(values)}
    assert default_of(rows["MODE"], values) == "production"
    assert default_of(rows["TRUSTED_PROXIES"], values) == "127.0.0.1"
    assert default_of(rows["MAIL_HOSTNAME"], values) == "kota.example"
    assert default_of(rows["DATA_DIR"], values) == "var"
    assert default_of(rows["PUBLIC_URL"], {"MODE": "development"}) == "http://127.0.0.1:8000"
    assert default_of(rows["PUBLIC_URL"], {"MODE": "production"}) == ""
