"""What every command opens, and the sentence it ends with where something cannot be opened."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from app.errors import CannotStart
from app.runtime import open_runtime, profiles
from core.messages import ChannelProfile
from storage import new_key_line
from tests.fakes.set_up import settings_in


def sentence(folder: Path, **values: str) -> str:
    with pytest.raises(CannotStart) as refused:
        open_runtime(settings_in(folder, **values)).close()
    said = str(refused.value)
    assert "geheim" not in said
    assert said.endswith(".")
    return said


def production(**values: str) -> dict[str, str]:
    return {"MODE": "production", "PUBLIC_URL": "https://resi.example", "KEYS": new_key_line("a")} | values


def test_development_makes_all_that_is_missing(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with closing(open_runtime(settings)) as opened:
        assert opened.new_keys
        assert opened.store.figures.alive()
        assert opened.context.lang == "id"
        assert opened.rules().contact_days == 30
    with closing(open_runtime(settings)) as opened:
        assert not opened.new_keys
    names = {path.name for path in (tmp_path / "data").iterdir()}
    assert {"resi.db", "keys"} <= names
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "data" / "resi.db").stat().st_mode) == 0o600


def test_a_channel_may_be_spoken_in_the_manner_of_another() -> None:
    changed = ChannelProfile("sms", limit=160)
    assert profiles({}, {"terminal": changed})["terminal"] is changed
    assert profiles({})["terminal"] is not changed


def test_half_a_production_is_refused_with_everything_that_is_missing(tmp_path: Path) -> None:
    said = sentence(tmp_path, MODE="production", TELEGRAM_TOKEN="geheim")
    for name in ("RESI_KEYS", "RESI_PUBLIC_URL", "RESI_TELEGRAM_TOKEN"):
        assert name in said
    assert not (tmp_path / "data").exists()


def test_production_does_not_change_its_database_by_itself(tmp_path: Path) -> None:
    assert "resi migrate" in sentence(tmp_path, **production())


@pytest.mark.parametrize("keys", ["geheim", "a:geheim", "a:" + "geheim" * 10])
def test_a_malformed_key_is_told_and_not_shown(tmp_path: Path, keys: str) -> None:
    said = sentence(tmp_path, KEYS=keys)
    assert "RESI_KEYS" in said
    assert "resi keys new" in said


def test_other_keys_than_those_of_the_database_are_told(tmp_path: Path) -> None:
    open_runtime(settings_in(tmp_path, KEYS=new_key_line("a"))).close()
    said = sentence(tmp_path, KEYS=new_key_line("b"))
    assert "needs key a" in said
    said = sentence(tmp_path, KEYS=new_key_line("a"))
    assert "not the one" in said


def test_keys_are_not_made_for_a_database_that_has_others(tmp_path: Path) -> None:
    open_runtime(settings_in(tmp_path, KEYS=new_key_line("a"))).close()
    for _ in range(2):
        assert "keys is missing" in sentence(tmp_path)
        assert not (tmp_path / "data" / "keys").exists()


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://u:geheim@h/x",
        "sqlite://",
        "postgresql+asyncpg://u:geheim@h/x",
        "postgresql://u:geheim@h:y/x",
    ],
)
def test_a_database_that_we_do_not_speak_is_told_without_its_password(tmp_path: Path, url: str) -> None:
    assert "RESI_DATABASE_URL" in sentence(tmp_path, DATABASE_URL=url)


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    said = sentence(tmp_path, DATABASE_URL="postgresql://u:geheim@127.0.0.1:1/x")
    assert "cannot be reached" in said


def test_a_server_that_lets_nobody_in_is_told_with_what_to_mend(tmp_path: Path, postgres_url: str) -> None:
    server = make_url(postgres_url)
    for other, mend in (
        (server.set(database="geheim"), "CREATE DATABASE"),
        (server.set(username="geheim"), "pg_hba.conf"),
        (server.set(host="geheim.invalid").difference_update_query(["host"]), "spelling"),
    ):
        assert mend in sentence(tmp_path, DATABASE_URL=other.render_as_string(hide_password=False))


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "resi.db").write_bytes(b"geheim" * 1000)
    assert "restore a backup" in sentence(tmp_path)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    assert "RESI_DATA_DIR" in sentence(tmp_path)
    assert "RESI_DATA_DIR" in sentence(tmp_path, KEYS=new_key_line("a"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o500)
    assert "RESI_DATA_DIR" in sentence(tmp_path)


def test_an_option_that_the_driver_does_not_know_is_told_and_the_url_not_shown(tmp_path: Path) -> None:
    url = "postgresql+psycopg://resi:geheim@127.0.0.1:1/resi?sslmod=require"
    assert "RESI_DATABASE_URL" in sentence(tmp_path, DATABASE_URL=url)


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with closing(sqlite3.connect(tmp_path / "data" / "resi.db")) as database:
        database.execute("CREATE TABLE places (name TEXT)")
        database.commit()
        assert "another program" in sentence(tmp_path)
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("places",)]


def test_the_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    open_runtime(settings).close()
    with closing(sqlite3.connect(tmp_path / "data" / "resi.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = 'r9999'")
        database.commit()
    assert "later version" in sentence(tmp_path)
    assert "later version" in sentence(
        tmp_path, MODE="production", KEYS=new_key_line("a"), PUBLIC_URL="https://resi.test"
    )
