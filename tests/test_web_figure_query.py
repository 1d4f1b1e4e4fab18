"""What is asked of figures: read from the address and written there again."""

import pytest
from starlette.datastructures import QueryParams

from core.model import AreaCode, FigureQuery, Grain
from web.figure_query import BadFilter, address, read


@pytest.mark.parametrize(
    "query",
    [
        FigureQuery(Grain.MONTH, "2026-11"),
        FigureQuery(Grain.WEEK, "2026-11-23", "jalan"),
        FigureQuery(Grain.DAY, "2026-11-24", "pju", AreaCode("31.74.01.1001"), "kel:31.74.01.1001"),
        FigureQuery(Grain.MONTH, "2026-11", office="kind:dinas"),
        FigureQuery(Grain.MONTH, "", channel="telegram"),
    ],
)
def test_an_address_is_read_as_it_was_written(query: FigureQuery) -> None:
    assert read(QueryParams(address("", query).removeprefix("?"))) == query


def test_what_is_empty_or_not_ours_is_passed_over() -> None:
    assert read(QueryParams("jenis=&utm_source=x&lang=en")) == FigureQuery(Grain.MONTH, "")


@pytest.mark.parametrize("typed", ["kantor=31.74", "kantor=kind:", "kanal=" + "a" * 41, "pada=0000-01"])
def test_what_nobody_has_is_refused(typed: str) -> None:
    with pytest.raises(BadFilter):
        read(QueryParams(typed))
