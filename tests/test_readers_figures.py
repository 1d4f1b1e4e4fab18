"""Lines by strangers, which nobody reads: no fewer traces, kinds and dangers are found than the document says."""

import pytest

from benchmarks.readers import figures
from benchmarks.readers.lines import of_file

# In percent, a little under what was measured: at least so many, and at most.
LEAST = {
    "closed: all": 84,
    "lines with nothing left open": 72,
    "of the right kind": 95,
    "kind: first": 87,
    "kind: among three": 93,
    "kind: right where sure": 95,
    "place: right": 88,
    "danger found": 95,
}
MOST = {"lines without traces touched": 8, "letters outside of traces closed": 5, "danger where there is none": 3}


@pytest.fixture(scope="module")
def counts() -> figures.Counts:
    return figures.counted(line for path in sorted(figures.SETS.glob("*.tsv")) for line in of_file(path))


def _percent(counts: figures.Counts, name: str) -> float:
    found, of = counts.pairs[name]
    return 100 * found / of


@pytest.mark.parametrize("name", LEAST)
def test_what_strangers_wrote_is_found(counts: figures.Counts, name: str) -> None:
    assert _percent(counts, name) >= LEAST[name]


@pytest.mark.parametrize("name", MOST)
def test_little_else_is(counts: figures.Counts, name: str) -> None:
    assert _percent(counts, name) <= MOST[name]
