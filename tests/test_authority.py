"""Who may do what: the table, and what it can never let anybody do."""

import pytest

from core.authority import MAY, Bearer, Deed, may

TOUCHES = frozenset(Deed) - {Deed.FILE, Deed.FOLLOW, Deed.HOLD}


def test_who_is_only_claimed_touches_nothing_that_exists() -> None:
    assert not MAY[Bearer.CLAIMED] & TOUCHES
    assert not MAY[Bearer.FORM] & TOUCHES


def test_a_tag_answers_and_corrects_and_never_withdraws_or_erases() -> None:
    assert may(Bearer.TAGGED, Deed.ANSWER)
    assert may(Bearer.TAGGED, Deed.CORRECT)
    assert not may(Bearer.TAGGED, Deed.WITHDRAW)
    assert not may(Bearer.TAGGED, Deed.FORGET)


@pytest.mark.parametrize("deed", [Deed.WITHDRAW, Deed.FORGET, Deed.STATUS])
def test_what_ends_or_shows_a_report_needs_its_code_from_anybody(deed: Deed) -> None:
    assert [bearer for bearer in Bearer if may(bearer, deed)] == [Bearer.CODED]


def test_anybody_who_writes_may_report() -> None:
    assert all(may(bearer, Deed.FILE) for bearer in Bearer if bearer is not Bearer.CODED)
