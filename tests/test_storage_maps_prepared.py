"""What was prepared of a map is found again, and is never of another file; what is broken is made anew."""

from pathlib import Path

import pytest

from storage.maps import load_outlines, prepared, read_outlines
from tests.fakes.drawn_city import BOXES, CREDIT, EAST, WEST, boundaries_file, collection, drawn, feature


def test_what_was_kept_is_what_was_read(tmp_path: Path) -> None:
    read = read_outlines(drawn())
    prepared.keep(tmp_path, drawn(), "", read)
    kept = prepared.load(tmp_path, drawn(), "")
    assert kept is not None
    assert kept.credit == CREDIT
    assert {code: each.wkt for code, each in kept.drawn.items()} == {c: each.wkt for c, each in read.drawn.items()}


def test_it_is_of_that_file_and_that_property_alone(tmp_path: Path) -> None:
    prepared.keep(tmp_path, drawn(), "", read_outlines(drawn()))
    assert prepared.load(tmp_path, drawn() + b" ", "") is None
    assert prepared.load(tmp_path, drawn(), "code") is None


def test_a_changed_file_is_read_anew_and_the_old_one_goes(tmp_path: Path) -> None:
    file, folder = boundaries_file(tmp_path), tmp_path / "maps"
    assert set(load_outlines(file, "", folder).drawn) == set(BOXES)
    file.write_bytes(collection(feature(WEST, BOXES[EAST])))
    assert set(load_outlines(file, "", folder).drawn) == {WEST}
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04", b"no archive"])
def test_one_that_is_broken_is_made_anew(broken: bytes, tmp_path: Path) -> None:
    file, folder = boundaries_file(tmp_path), tmp_path / "maps"
    load_outlines(file, "", folder)
    [kept] = folder.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(broken)
    assert set(load_outlines(file, "", folder).drawn) == set(BOXES)
    assert kept.read_bytes()[:4] == whole[:4]


def test_cut_anywhere_it_is_no_map_of_a_part(tmp_path: Path) -> None:
    prepared.keep(tmp_path, drawn(), "", read_outlines(drawn()))
    [kept] = tmp_path.iterdir()
    whole = kept.read_bytes()
    for end in range(0, len(whole), 37):
        kept.write_bytes(whole[:end])
        assert prepared.load(tmp_path, drawn(), "") is None


def test_where_nothing_can_be_written_the_file_is_read_each_time(tmp_path: Path) -> None:
    blocked = tmp_path / "maps"
    blocked.write_text("a file, no folder", encoding="utf-8")
    for _ in range(2):
        assert set(load_outlines(boundaries_file(tmp_path), "", blocked).drawn) == set(BOXES)
