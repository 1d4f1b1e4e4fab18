"""Where the index of words is asked."""

from pathlib import Path

import pytest

from app.search_settings import problems, said, socket_of

ALL, WEB = frozenset({"web", "clock", "search"}), frozenset({"web"})


@pytest.mark.parametrize(("value", "wrong"), [("", 0), ("/run/s", 0), ("run/s", 1), ("/" + "x" * 100, 1)])
def test_a_place_that_cannot_be_is_told(value: str, wrong: int) -> None:
    assert len(list(problems({"SEARCH_SOCKET": value}))) == wrong


def test_it_is_said_where_the_index_is() -> None:
    nowhere, there = {"SEARCH_SOCKET": ""}, {"SEARCH_SOCKET": "/run/s"}
    assert (socket_of(nowhere), socket_of(there)) == (None, Path("/run/s"))
    assert said(nowhere, WEB) == "  on   search"
    assert said(nowhere, frozenset({"clock"})) == "  off  search: no page asks without RESI_SEARCH_SOCKET"
    assert said(there, WEB) == "  off  search: pages ask at /run/s"
    assert said(there, ALL) == "  on   search, at /run/s"
