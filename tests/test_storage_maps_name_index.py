"""Names are found as they are written or with one letter wrong; what two names share is no guess."""

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ports import Gazetteer, KnownPlace
from storage.maps import MappedGazetteer, NameIndex, load_names
from storage.maps.name_index import one_slip
from storage.maps.place_list import PlaceList
from tests.fakes.drawn_city import EAST, IN_EAST, WEST, gazetteer_file

CENDANA = (KnownPlace("street", (EAST,), IN_EAST),)
WORDS = st.text("abcdefgh12", min_size=1, max_size=12)


def index(*names: str) -> NameIndex:
    return NameIndex.of_list(PlaceList({name: (KnownPlace("street", (WEST,)),) for name in names}))


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    return MappedGazetteer(gazetteer_file(tmp_path), tmp_path / "maps")


def test_a_name_is_found_as_it_is_written(gazetteer: Gazetteer) -> None:
    assert gazetteer.named("cendanaraya") == CENDANA
    assert gazetteer.named("cendana") == ()
    assert gazetteer.named("angsana1")[0].areas == (WEST,)


@pytest.mark.parametrize(
    "word", ["cendanraya", "cendannaraya", "cemdanaraya", "cendanarayaa", "cendaanraya", "cendanarya", "cendanaraay"]
)
def test_a_slip_of_the_finger_is_forgiven(word: str, gazetteer: Gazetteer) -> None:
    assert gazetteer.mistyped([word, "gelapsekali"]) == {word: CENDANA}


@pytest.mark.parametrize("word", ["xendanaraya", "cendanarya2", "cendanrya", "cendana", "", "c" * 10_000])
def test_more_than_that_is_not(word: str, gazetteer: Gazetteer) -> None:
    assert gazetteer.mistyped([word]) == {}


def test_what_may_be_two_names_is_neither() -> None:
    two = index("melatimerah", "melatimerak")
    assert two.mistyped(["melatimerax"]) == {}
    assert set(two.mistyped(["melatmerah"])) == {"melatmerah"}


def test_another_number_is_another_street() -> None:
    assert index("angsanaputih12").mistyped(["angsanaputih13", "angsanaputih1"]) == {}
    assert set(index("angsanaputih12").mistyped(["angsanputih12"])) == {"angsanputih12"}


def test_of_many_words_some_are_looked_up(gazetteer: Gazetteer) -> None:
    many = [f"gelapsekali{at}" for at in range(500)]
    assert gazetteer.mistyped(["cendanraya", *many]) == {"cendanraya": CENDANA}
    assert gazetteer.mistyped([*many, "cendanraya"]) == {}


@given(WORDS, WORDS)
def test_one_slip_is_one_edit_of_letters(word: str, name: str) -> None:
    edits = {word[:at] + word[at + 1 :] for at in range(len(word))}
    edits |= {word[:at] + letter + word[at:] for at in range(len(word) + 1) for letter in "abcdefgh12"}
    edits |= {word[:at] + letter + word[at + 1 :] for at in range(len(word)) for letter in "abcdefgh12"}
    edits |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    same = "".join(filter(str.isdigit, word)) == "".join(filter(str.isdigit, name))
    assert one_slip(word, name) == (name in edits - {word} and same)


@given(st.lists(st.text("abcdefgh12", min_size=8, max_size=12), min_size=1, max_size=8, unique=True), st.data())
def test_whatever_is_found_is_the_only_name_that_is_one_slip_away(names: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    at = data.draw(st.integers(1, len(name) - 1))
    word = name[:at] + data.draw(st.sampled_from(["", "x", "xx"])) + name[at + 1 :]
    near = [each for each in names if one_slip(word, each) and each[0] == word[0]]
    assert bool(index(*names).mistyped([word])) == (len(near) == 1)


def test_no_name_is_long_enough_and_nothing_is_mistyped() -> None:
    assert index("sumur").mistyped(["summurbatu"]) == {}
    assert index("sumurbatu").mistyped([]) == {}


def test_names_that_were_prepared_are_the_same(tmp_path: Path) -> None:
    file, folder = gazetteer_file(tmp_path), tmp_path / "maps"
    for found in (load_names(file, folder), load_names(file, folder)):
        assert found.named("cendanaraya") == CENDANA
        assert found.mistyped(["cendanraya"]) == {"cendanraya": CENDANA}
    [kept] = folder.glob("*.names")
    for broken in (b"", b"PK\x03\x04", kept.read_bytes()[:-40]):
        kept.write_bytes(broken)
        assert load_names(file, folder).named("cendanaraya") == CENDANA


def test_a_list_that_cannot_be_used_is_no_map_and_logged_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    gazetteer = MappedGazetteer(tmp_path / "none.tsv", tmp_path)
    with caplog.at_level(logging.ERROR):
        assert (gazetteer.named("cendanaraya"), gazetteer.mistyped(["cendanraya"])) == ((), {})
    assert [each.message for each in caplog.records] == ["gazetteer_unusable"]
