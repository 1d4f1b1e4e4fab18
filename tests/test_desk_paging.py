"""Lists in pages: whatever is asked for, there is a page."""

import pytest

from web.desk.paging import Paged, whole


@pytest.mark.parametrize(
    ("asked", "rows", "before", "after"),
    [
        (1, list(range(50)), "", "/x?a=1&hal=2"),
        (2, list(range(50, 100)), "/x?a=1", "/x?a=1&hal=3"),
        (3, [100], "/x?a=1&hal=2", ""),
        (9, [100], "/x?a=1&hal=2", ""),
    ],
)
def test_a_page_has_its_rows_and_its_neighbours(asked: int, rows: list[int], before: str, after: str) -> None:
    paged = Paged.of(list(range(101)), asked, "/x", {"a": "1", "b": ""})
    assert (paged.rows, paged.before, paged.after, paged.total, paged.pages) == (rows, before, after, 101, 3)


def test_an_empty_list_is_one_page() -> None:
    paged: Paged[int] = Paged.of([], 5, "/x", {})
    assert (paged.page, paged.pages, paged.before, paged.after) == (1, 1, "", "")


@pytest.mark.parametrize(
    ("asked", "found"), [("3", 3), ("", None), ("-1", None), ("1e3", None), ("9" * 9, None), ("³", None)]
)
def test_a_number_is_digits_and_not_too_many(asked: str, found: int | None) -> None:
    assert whole(asked) == found
