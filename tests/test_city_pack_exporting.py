"""The present written back: whatever was changed, nothing is wrong with the folder, and it says the same."""

import tomllib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.city_pack.check import checked
from app.city_pack.exporting import CityLists, lists_of, write
from core import casework
from core.casework import Turn, agency_changes, attribute_changes, category_changes, holiday_changes
from core.casework.agency_changes import AgencyForm
from core.casework.attribute_changes import AttributeForm
from core.casework.category_changes import CategoryForm
from core.categories import ALL_CATEGORIES, GROUPS, OF_FOLDER
from core.categories.agencies import agency_rows
from core.categories.leaves import attribute_rows, category_rows
from core.city.folder import DEFAULT
from core.city.holidays import holidays_of
from core.city.present import UNCHANGED, changes_of
from core.errors import Refused
from core.model import AgencyId, Canned, CannedId, CategoryId, Route
from core.ports import Context
from storage import SqlStore
from tests.fakes.memory_store import MemoryStore
from tests.fakes.time_and_random import FakeRandomSource

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
CONTEXT = Context(rng=FakeRandomSource(), zone=UTC, lang="id", profiles={})
_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["Taman", 'a "b" \\ c', "bangku"]
)
_SAID = st.fixed_dictionaries({"id": _WORDS, "en": _WORDS})
_LINES = st.fixed_dictionaries({"id": st.lists(_WORDS, max_size=9).map("\n".join), "en": st.just("one\ntwo")})
_KINDS = st.sampled_from(sorted(ALL_CATEGORIES))
_OFFICES = st.sampled_from(sorted(OF_FOLDER.agencies))
_CATEGORY = st.builds(
    CategoryForm,
    labels=_SAID,
    group=st.sampled_from([each.id for each in GROUPS]),
    lead=_OFFICES,
    cues=_LINES,
    keep_days=st.sampled_from(["1", "730", "x"]),
    emergency=st.sampled_from(["", "112"]),
    restricted=st.booleans(),
    sensitive=st.booleans(),
    estimate=st.booleans(),
    place=st.booleans(),
    attributes=st.tuples(st.sampled_from(["", "sejak", "tiang"])),
)
_AGENCY = st.builds(AgencyForm, _WORDS, _WORDS, st.sampled_from(["dinas", "external", "X"]), _OFFICES, st.just(""))
_QUESTION = st.builds(AttributeForm, _SAID, st.sampled_from(["choice", "number", "text"]), _LINES)
_ACTS: st.SearchStrategy[Callable[[Turn], object]] = st.one_of(
    _CATEGORY.map(lambda form: lambda turn: category_changes.add_category(turn, form)),
    st.tuples(_KINDS, _CATEGORY).map(lambda told: lambda turn: category_changes.change_category(turn, *told)),
    _KINDS.map(lambda kind: lambda turn: category_changes.retire_category(turn, kind)),
    _AGENCY.map(lambda form: lambda turn: agency_changes.add_agency(turn, "", form)),
    _OFFICES.map(lambda office: lambda turn: agency_changes.retire_agency(turn, office)),
    _QUESTION.map(lambda form: lambda turn: attribute_changes.add_attribute(turn, form)),
    st.tuples(st.dates().map(str), _SAID).map(lambda told: lambda turn: holiday_changes.add_holiday(turn, *told)),
)


def done(store: MemoryStore, act: Callable[[Turn], object]) -> None:
    with suppress(Refused):
        store.run(lambda tx: act(Turn(tx, NOW, CONTEXT)))


def read(folder: Path, name: str) -> dict[str, object]:
    return tomllib.loads((folder / name).read_text(encoding="utf-8")) if (folder / name).exists() else {}


def same(folder: Path, lists: CityLists) -> None:
    """The folder says what is present, row by row and in the same order."""
    agencies, kinds = read(folder, "agencies.toml"), read(folder, "categories.toml")
    assert list(agencies.items()) == [(key, dict(row)) for key, row in agency_rows(lists.changes).items()]
    assert kinds["category"] == list(category_rows(lists.changes))
    assert kinds["attribute"] == list(attribute_rows(lists.changes).values())
    days = read(folder, "holidays.toml").get("holiday", [])
    assert days == [{"day": each.day, "name": dict(each.name)} for each in holidays_of(lists.changes).values()]


@settings(max_examples=12)
@given(st.lists(_ACTS, min_size=1, max_size=6))
def test_whatever_was_changed_the_folder_is_clean_and_says_the_same(acts: list[Callable[[Turn], object]]) -> None:
    store = MemoryStore()
    for act in acts:
        done(store, act)
    lists = CityLists(changes_of(store.state.city_changes.values()), (), ())
    with TemporaryDirectory() as made:
        folder = Path(made) / "town"
        write(lists, folder)
        same(folder, lists)
        assert [each.shown() for each in checked(folder) if each.fatal] == []


def test_what_is_written_may_hold_any_sign(tmp_path: Path) -> None:
    signs = "".join(map(chr, range(1, 0x100))) + "\u2028\U0001f6a7'''\"\"\""
    routes = [Route(AgencyId("dinas_sda"), CategoryId(signs), None)] * 2
    write(CityLists(UNCHANGED, routes, ()), tmp_path / "town")
    assert read(tmp_path / "town", "routes.toml") == {"route": [{"category": signs, "to": "dinas_sda"}] * 2}


@pytest.mark.parametrize(
    ("name", "after", "old", "new"),
    [
        ("agencies.toml", "[dinas_sda]", 'kind = "dinas"', "kind = 1"),
        ("categories.toml", 'id = "banjir"', 'lead = "dinas_sda"', 'lead = "sda"'),
        ("categories.toml", 'id = "banjir"', "[category.cues]", "[category.cues]\nid_ = 1"),
    ],
)
def test_a_slip_in_what_was_written_is_told_with_its_line(
    tmp_path: Path, name: str, after: str, old: str, new: str
) -> None:
    store, folder = MemoryStore(), tmp_path / "town"
    done(store, lambda turn: agency_changes.add_agency(turn, "", AgencyForm("Dinas X", "X", "dinas", "setda", "")))
    done(store, lambda turn: attribute_changes.add_attribute(turn, AttributeForm({"id": "A?", "en": "B?"}, "text", {})))
    write(CityLists(changes_of(store.state.city_changes.values()), (), ()), folder)
    head, row, rest = (folder / name).read_text(encoding="utf-8").partition(after)
    before, slip, left = rest.partition(old)
    assert slip
    (folder / name).write_text(head + row + before + new + left, encoding="utf-8")
    line = (head + row + before).count("\n") + 1
    assert {each.line for each in checked(folder) if each.fatal} == {line}


def test_what_was_never_changed_is_copied_with_its_comments(tmp_path: Path) -> None:
    write(CityLists(UNCHANGED, (), ()), tmp_path / "town")
    for path in DEFAULT.rglob("*.toml"):
        assert (tmp_path / "town" / path.relative_to(DEFAULT)).read_bytes() == path.read_bytes()
    assert checked(tmp_path / "town") == []


def test_routes_and_ready_answers_go_along(sql_store: SqlStore, tmp_path: Path) -> None:
    def arrange(turn: Turn) -> None:
        casework.add_route(turn, Route(AgencyId("dinas_sda"), CategoryId("banjir"), None))
        casework.add_canned(turn, Canned(CannedId(""), None, "Dijadwalkan", "Perbaikan dijadwalkan minggu ini."))

    sql_store.run(lambda tx: arrange(Turn(tx, NOW, CONTEXT)))
    write(lists_of(sql_store), tmp_path / "town")
    assert read(tmp_path / "town", "routes.toml") == {"route": [{"category": "banjir", "to": "dinas_sda"}]}
    answer = {"title": "Dijadwalkan", "text": "Perbaikan dijadwalkan minggu ini."}
    assert read(tmp_path / "town", "answers.toml") == {"answer": [answer]}
    assert checked(tmp_path / "town") == []
