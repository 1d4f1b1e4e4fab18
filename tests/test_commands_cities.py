"""`resi city check|new|export|diff`: what is told of a folder, what one holds, and what a changed one leaves."""

import shutil
from pathlib import Path

import pytest

from app.commands import cities
from app.errors import CannotStart
from app.runtime import opened_runtime
from core.city.folder import DEFAULT
from core.model import CityChange, CityPart
from tests.fakes.offices import KELURAHAN, Offices
from tests.fakes.set_up import settings_in


def told_of(folder: Path) -> tuple[int, list[str]]:
    said: list[str] = []
    return cities.check(folder, said.append), said


def test_a_new_city_can_be_served_as_it_is(tmp_path: Path) -> None:
    folder, said = tmp_path / "town", list[str]()
    cities.new(folder, said.append)
    assert str(folder) in said[0]
    assert told_of(folder) == (0, [f"Nothing is wrong. RESI_CITY={folder} serves it."])
    assert all("# " in path.read_text(encoding="utf-8") for path in folder.rglob("*.toml"))


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    for taken in (tmp_path, tmp_path / "mine"):
        with pytest.raises(CannotStart, match="is there already"):
            cities.new(taken, lambda _: None)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    with pytest.raises(CannotStart, match="cannot be written"):
        cities.new(tmp_path / "mine" / "town", lambda _: None)


def test_what_is_wrong_is_counted(tmp_path: Path) -> None:
    folder = tmp_path / "town"
    cities.new(folder, lambda _: None)
    (folder / "areas.toml").unlink()
    code, said = told_of(folder)
    assert code == 1
    assert said[-1].endswith("to think about.")
    assert "areas.toml: is missing" in said[0]


def test_a_changed_city_tells_what_reports_and_accounts_still_name(tmp_path: Path) -> None:
    offices = Offices(tmp_path)
    offices.hire("siti")
    changed = Path(shutil.copytree(DEFAULT, tmp_path / "changed"))
    settings = settings_in(offices.folder, DATA_DIR=str(offices.data))
    said: list[str] = []
    assert cities.diff(settings, changed, said.append) == 0
    assert said == ["Nothing changes."]
    text = (changed / "city.toml").read_text(encoding="utf-8")
    (changed / "city.toml").write_text(text.replace('office = "kel"', 'office = "lurah"'), encoding="utf-8")
    said.clear()
    assert cities.diff(settings, changed, said.append) == 1
    assert "city.toml: level changes" in said
    assert f"The account siti belongs to {KELURAHAN}: disable it, or keep that office." in said


def test_a_city_that_cannot_be_served_is_not_compared(tmp_path: Path) -> None:
    with pytest.raises(CannotStart):
        cities.diff(settings_in(tmp_path), tmp_path / "nowhere", lambda _: None)


def test_the_city_as_it_is_now_is_written_and_a_change_of_the_desk_is_a_difference(tmp_path: Path) -> None:
    offices = Offices(tmp_path)
    offices.hire("siti")
    settings = settings_in(offices.folder, DATA_DIR=str(offices.data))
    row = {"name": "Dinas Taman", "short": "Taman", "kind": "dinas", "reports_to": "pemprov_dki"}
    with opened_runtime(settings) as opened:
        opened.store.run(lambda tx: tx.city_changes.put(CityChange(CityPart.AGENCY, "taman", row)))
    said: list[str] = []
    now = tmp_path / "now"
    assert cities.export(settings, now, said.append) == 0
    assert said[-1] == f"Nothing is wrong. RESI_CITY={now} serves it."
    said.clear()
    assert cities.diff(settings, now, said.append) == 0
    assert said == ["Nothing changes."]
    said.clear()
    assert cities.diff(settings, DEFAULT, said.append) == 0
    assert said == ["agencies gone: 1 (taman)"]
    with pytest.raises(CannotStart, match="is there already"):
        cities.export(settings, now, said.append)
