"""Messages by many hands: each row can be counted, and none of a set stands among those that may be learned from."""

from pathlib import Path

import pytest

from benchmarks.readers import figures, lines
from benchmarks.readers.lines import NONE, of_file
from core.areas import AREAS
from core.categories import CATEGORIES

HERE = Path(lines.__file__).parent
LEARNED = [path for folder in ("lines", "next") for path in sorted((HERE / folder).glob("*.tsv"))]
UNREAD = sorted((HERE / "sets").glob("*.tsv"))
KINDS = {NONE, *(each.id for each in CATEGORIES)}
PLACES = {NONE, *(each.name.lower() for each in AREAS.values())}


@pytest.mark.parametrize("path", [*LEARNED, *UNREAD], ids=lambda path: path.stem)
def test_each_row_names_a_kind_and_a_place_that_there_are(path: Path) -> None:
    found = list(of_file(path))
    assert len(found) >= 350
    assert {line.kind for line in found} <= KINDS
    assert {str(line.place).lower() for line in found} <= PLACES


def test_nothing_of_a_set_may_be_learned() -> None:
    unread, learned = (
        {line.told.text.casefold() for path in paths for line in of_file(path)} for paths in (UNREAD, LEARNED)
    )
    assert unread.isdisjoint(learned)
    assert len(unread) >= 1_200


@pytest.mark.parametrize("row", ["sampah\t-\t0", "sampah\t-\tyes\tbau", "bau"])
def test_what_is_no_row_is_named_with_its_place(tmp_path: Path, row: str) -> None:
    path = tmp_path / "x.tsv"
    path.write_text(f"sampah\t-\t0\tbau\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.tsv:2"):
        list(of_file(path))


def test_a_share_is_told_with_where_it_lies() -> None:
    assert figures.interval(8, 10) == "8/10, 80.0% (49% to 94%)"
    assert figures.interval(0, 0) == "-"
