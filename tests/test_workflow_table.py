"""The table of moves: everywhere is reached, nowhere is a dead end, and every word that it says is there."""

from collections.abc import Iterable

import pytest

from core.model import ENDED, Act, Status
from core.phrases import KEYS, LANGUAGES, phrase, terse_of
from core.workflow import BY_ACT, MOVES, ORDERS, STAFF, Move, Relation, Target, TextRule

COMMAND_LINE = {
    *("start", "coordinate", "delegate", "return", "plan", "approve-plan", "reject-plan", "estimate"),
    *("approve-estimate", "refuse-estimate", "ask", "note", "result", "validate", "reject-result", "reject"),
    *("forward", "link", "declassify", "close-question"),
}  # `case do ACTION`
ANYTHING = dict.fromkeys(("last4", "agency", "outside", "due", "text"), "1")


def reached(start: Status, moves: Iterable[Move] = MOVES) -> set[Status]:
    """Wherever a report can get to, from there."""
    found, rows = {start}, list(moves)
    while more := {move.to for move in rows if move.to is not None and move.at & found} - found:
        found |= more
    return found


def test_every_status_is_reached_by_a_report_that_arrives() -> None:
    assert reached(Status.MENUNGGU) == set(Status)


@pytest.mark.parametrize("status", [status for status in Status if status not in ENDED])
def test_whatever_has_not_ended_can_be_left_by_staff_and_can_get_solved(status: Status) -> None:
    staffs = [move for move in MOVES if move.by & STAFF]
    assert any(status in move.at and move.to not in {None, status} for move in staffs)
    assert Status.SELESAI in reached(status, staffs)


@pytest.mark.parametrize("status", [Status.DITOLAK, Status.DICABUT, Status.DITERUSKAN])
def test_what_has_ended_otherwise_than_solved_stays_ended(status: Status) -> None:
    assert reached(status) == {status}
    assert {move.act for move in MOVES if status in move.at} == {Act.NOTE}


def test_what_is_solved_is_opened_again_by_the_citizen_by_the_second_pair_of_eyes_and_by_the_biro() -> None:
    leaving = {(move.act, move.by, move.to) for move in MOVES if Status.SELESAI in move.at and move.to is not None}
    assert leaving == {
        (Act.NOT_SOLVED, frozenset({Relation.CITIZEN}), Status.PROSES),
        (Act.COORDINATE, frozenset({Relation.BIRO}), Status.KOORDINASI),
        (Act.START, frozenset({Relation.SECOND}), Status.PROSES),
    }


def test_only_a_result_that_was_checked_is_solved() -> None:
    ways = [move for move in MOVES if move.to is Status.SELESAI]
    assert [(move.act, move.by, move.at) for move in ways] == [
        (Act.VALIDATE, frozenset({Relation.SECOND}), frozenset({Status.MENUNGGU_VALIDASI}))
    ]
    assert [move.act for move in MOVES if move.to is Status.MENUNGGU_VALIDASI] == [Act.RESULT]
    assert all(move.photo for move in BY_ACT[Act.RESULT])


def test_nobody_moves_a_report_back_to_where_it_arrived() -> None:
    assert not [move for move in MOVES if move.to is Status.MENUNGGU]


def test_staff_citizens_and_the_clock_have_rows_of_their_own() -> None:
    for move in MOVES:
        kinds = [bool(move.by & STAFF), Relation.CITIZEN in move.by, Relation.CLOCK in move.by]
        assert sum(kinds) == 1, move
        assert move.at


def test_the_clock_moves_nothing() -> None:
    assert not [move for move in MOVES if Relation.CLOCK in move.by and move.to is not None]


def test_every_action_of_the_command_line_has_a_row() -> None:
    staffs = {act.value for act, rows in BY_ACT.items() if any(move.by & STAFF for move in rows)}
    assert staffs >= COMMAND_LINE
    assert staffs == {act.value for act in ORDERS}


def test_every_act_but_the_filing_has_a_row() -> None:
    assert {act for act, rows in BY_ACT.items() if not rows} == {Act.FILED}


def test_no_two_rows_fit_the_same_act_at_the_same_status() -> None:
    for rows in BY_ACT.values():
        at = [status for move in rows for status in move.at]
        assert len(at) == len(set(at)), rows


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whatever_is_told_is_a_sentence_in_every_language(lang: str) -> None:
    told = {move.tells for move in MOVES if move.tells}
    assert told <= KEYS
    for key in told:
        assert phrase(key, lang, **ANYTHING).strip()
        assert terse_of(key, lang, **ANYTHING).strip()


def test_every_move_to_another_status_is_told() -> None:
    assert not [move for move in MOVES if move.to is not None and not move.tells]


def test_what_is_planned_noted_and_linked_is_not_told() -> None:
    inside = {Act.PLAN, Act.APPROVE_PLAN, Act.REJECT_PLAN, Act.ESTIMATE, Act.REFUSE_ESTIMATE, Act.NOTE, Act.LINK}
    assert not [move for move in MOVES if move.act in inside and (move.tells or move.text is TextRule.TOLD)]


def test_words_that_are_asked_for_the_citizen_are_said_in_the_sentence() -> None:
    for move in MOVES:
        if move.text is TextRule.TOLD and move.act is not Act.RESULT:  # its words are a sentence of their own
            assert "{text}" in phrase(move.tells, "id", **(ANYTHING | {"text": "{text}"})), move
    assert {move.act for move in MOVES if move.text is TextRule.TOLD} == {Act.ASK, Act.RESULT, Act.REJECT, Act.FORWARD}


def test_a_restricted_report_leaves_its_agency_only_to_the_outside_or_by_its_own_head() -> None:
    moved = {move.act for move in MOVES if move.target is not Target.NONE or move.act is Act.RETURN}
    assert {move.act for move in MOVES if not move.restricted} == moved - {Act.FORWARD, Act.DECLASSIFY}
    assert [move.by for move in MOVES if move.act is Act.DECLASSIFY] == [frozenset({Relation.SECOND})]
