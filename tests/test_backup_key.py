"""The key of backups: one, its own, and never made by looking for it."""

from pathlib import Path

import pytest

from app.backup_key import backup_key, keys_there, only_key
from app.errors import CannotStart
from app.settings import Settings, load
from storage import new_key_line, parse_keys

LINE = new_key_line("b1")


def settings(folder: Path, monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in {"DATA_DIR": str(folder), **values}.items():
        monkeypatch.setenv(f"RESI_{name}", value)
    return load(folder / "none")


def test_it_is_the_bytes_behind_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert backup_key(settings(tmp_path, monkeypatch, BACKUP_KEY=LINE)) == parse_keys(LINE).by_id["b1"]


@pytest.mark.parametrize(
    "value", ["", "b1", "b1:short", f"{LINE},{new_key_line('b2')}"], ids=["none", "no key", "a short one", "two"]
)
def test_without_one_sound_key_nothing_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    with pytest.raises(CannotStart, match="RESI_BACKUP_KEY"):
        backup_key(settings(tmp_path, monkeypatch, BACKUP_KEY=value))


def test_a_key_of_the_database_is_none_whatever_it_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    renamed = LINE.replace("b1:", "k9:")
    with pytest.raises(CannotStart, match="is a key of RESI_KEYS"):
        backup_key(settings(tmp_path, monkeypatch, BACKUP_KEY=LINE, KEYS=f"{new_key_line('k1')},{renamed}"))


def test_nor_one_of_the_file_of_development(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keys").write_text(LINE, encoding="ascii")
    with pytest.raises(CannotStart, match="is a key of RESI_KEYS"):
        backup_key(settings(tmp_path, monkeypatch, BACKUP_KEY=LINE))


def test_the_keys_of_the_database_are_found_and_never_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotStart, match="RESI_KEYS is not set"):
        keys_there(settings(tmp_path, monkeypatch))
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "keys").write_text(LINE, encoding="ascii")
    assert keys_there(settings(tmp_path, monkeypatch)).first == "b1"
    assert keys_there(settings(tmp_path, monkeypatch, KEYS=new_key_line("k1"))).first == "k1"


def test_two_keys_are_refused() -> None:
    with pytest.raises(ValueError, match="one key"):
        only_key(f"{LINE},{new_key_line('b2')}")
