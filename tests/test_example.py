""".env.example and the settings are the same list."""

import re
from pathlib import Path

import pytest

from app.example import FILE, text
from app.settings import declared, load
from bots.channels import CHANNELS
from core.messages import Setting

_ROW = re.compile(r"^# (.+)\n#RESI_([A-Z0-9_]+)=(.*)$", re.MULTILINE)
AGAIN = "write it anew: python -m app.example"


def rows() -> dict[str, tuple[str, str]]:
    return {name: (about, value) for about, name, value in _ROW.findall(FILE.read_text(encoding="utf-8"))}


def test_every_setting_is_in_the_example_and_nothing_else() -> None:
    assert set(rows()) == {row.name for row in declared()}, AGAIN
    assert FILE.read_text(encoding="utf-8").count("RESI_") == len(declared()), AGAIN


@pytest.mark.parametrize("row", declared(), ids=lambda row: row.name)
def test_the_example_shows_the_default_and_no_secret(row: Setting) -> None:
    assert rows()[row.name] == (row.about, "" if row.secret else row.default), AGAIN


def test_the_file_is_what_the_settings_would_write() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), AGAIN


def test_each_channel_has_its_part() -> None:
    said = text()
    assert all(
        part in said for part in ("== The service ==", *(f"== Channel: {c.name} ==" for c in CHANNELS if c.settings))
    )


def test_the_example_with_all_marks_taken_away_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for row in declared():
        monkeypatch.delenv(f"RESI_{row.name}", raising=False)
    bare = tmp_path / ".env"
    bare.write_text(text().replace("#RESI_", "RESI_"), encoding="utf-8")
    assert load(bare) == load(tmp_path / "none")
