"""The table of statuses: no row contradicts itself, and nowhere else is there a second list of statuses."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from core.model import ENDED, STATUSES, ClockRule, Next, Phase, Status, StatusRow, Tone, WorkStage
from core.phrases import KEYS, LANGUAGES, phrase, terse_of
from core.workflow import BY_ACT, MOVES, STAFF, TextRule

ROOT = Path(__file__).parents[1]
ROOMS = ("app", "bots", "core", "storage", "web", "docs")
# Where several statuses are named in one expression, and why that is no second table.
NAMES_SEVERAL = {
    "docs/workflow.py": "where the boxes of the picture stand: who has no place is drawn below its sisters",
    "core/workflow/table.py": "what each act leads to: where it may begin is said by stages",
}
ONE = re.compile(rf"\bStatus\.[A-Z]|['\"](?:{'|'.join(Status)})['\"]")
EVERY = pytest.mark.parametrize("status", list(Status))


@EVERY
def test_every_status_has_its_word_in_every_language(status: Status) -> None:
    for lang in LANGUAGES:
        assert phrase(f"status_{status.value}", lang).strip()
        assert terse_of(f"status_{status.value}", lang).strip()


@EVERY
def test_a_row_does_not_contradict_itself(status: Status) -> None:
    row = status.row
    assert row is STATUSES[status]
    assert row.ended == (status in ENDED)
    assert row.ended == (row.phase in {Phase.DONE, Phase.ENDED}) == (row.tone in {Tone.DONE, Tone.ENDED})
    assert row.ended == (row.next is Next.NOTHING)
    assert (row.stage is WorkStage.SOLVED) == (row.phase is Phase.DONE)
    assert (row.stage is WorkStage.CHECK) == (row.next is Next.CHECK) == (row.tone is Tone.CHECKING)
    if row.ended:
        assert row.clock is ClockRule.STOPS
    if row.leaves_group:
        assert row.stage is WorkStage.CLOSED


@EVERY
def test_the_phrases_of_a_row_are_there(status: Status) -> None:
    row = status.row
    assert row.news in KEYS
    assert not row.reason or row.reason in KEYS


@EVERY
def test_a_reason_has_the_words_of_an_act_that_leads_there_and_is_written_for_citizens(status: Status) -> None:
    row = status.row
    assert (row.ended_by is None) == (not row.reason)
    if row.ended_by is not None:
        assert {move.to for move in BY_ACT[row.ended_by]} == {status}
        assert {move.text for move in BY_ACT[row.ended_by]} == {TextRule.TOLD}


def test_no_phase_is_lost_again_on_the_way() -> None:
    """Who looks at the page sees steps: a report under check, or to be done again, has not gone back to "received"."""
    order = list(Phase)
    for move in MOVES:
        for start in move.at - ENDED:
            if move.to is not None:
                assert order.index(move.to.row.phase) >= order.index(start.row.phase), (move.act, start)


def test_what_waits_for_an_office_to_begin_again_looks_like_what_arrived() -> None:
    """Red: the report that arrived, and the one that comes back from its check."""
    red = {status for status in Status if status.row.tone is Tone.WAITING}
    assert {status.row.next for status in red} == {Next.BEGIN, Next.REDO}
    assert all(status in red for status in Status if status.row.next is Next.REDO)


def test_the_clock_reminds_where_a_report_arrives() -> None:
    [arrives] = set(Status) - {move.to for move in MOVES}
    assert arrives.row.clock is ClockRule.REMINDS


def test_statuses_of_one_stage_are_moved_alike() -> None:
    """So that a new one can be left like its sisters; an act has no row where it would lead to where a report is."""
    [arrives] = set(Status) - {move.to for move in MOVES}
    for move in MOVES:
        for stage in WorkStage:
            inside = {status for status in Status if status.row.stage is stage}
            assert move.at & inside in (set(), inside, inside - {move.to}, {arrives}), (move.act, stage)


def test_ids_are_what_is_stored_and_typed() -> None:
    for status in Status:
        assert Status(str(status)) is status
        assert re.fullmatch("[a-z_]{3,20}", status)


def test_staff_can_act_in_every_stage() -> None:
    for stage in WorkStage:
        inside = {status for status in Status if status.row.stage is stage}
        assert inside, stage
        assert [move for move in MOVES if move.by & STAFF and inside <= move.at], stage


def named_in(node: ast.AST, enum: type[StrEnum]) -> set[str]:
    """Members of an enum that an expression names, as such or by their ids."""
    found = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == enum.__name__:
            found.add(each.attr)
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value in set(enum):
            found.add(enum(each.value).name)
    return found & set(enum.__members__)


def lists_in(text: str) -> Iterator[tuple[int, set[str]]]:
    """Lines at which several statuses stand in one literal, comparison or match."""
    lists = (ast.Dict, ast.Set, ast.List, ast.Tuple, ast.Compare, ast.Match, ast.BoolOp)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, lists) and len(named := named_in(node, Status)) > 1:
            yield node.lineno, named


def elsewhere() -> Iterator[tuple[str, str]]:
    own = {"core/model/status.py", *NAMES_SEVERAL}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            text = path.read_text(encoding="utf-8")
            if name in own or "migrations/versions" in name:  # what a migration did stays as it was
                continue
            if len(ONE.findall(text)) > 1:
                yield name, text


def test_no_other_module_lists_statuses() -> None:
    found = [f"{name}:{line} {sorted(named)}" for name, text in elsewhere() for line, named in lists_in(text)]
    assert not found, "give STATUSES a column (core/model/status.py) and read it here"


def test_no_page_and_no_style_knows_a_status_by_its_id() -> None:
    known = re.compile(rf"(?:['\".]|status_)(?:{'|'.join(Status)})\b(?!\s*=)")
    for path in sorted((ROOT / "web").rglob("*.*")):
        if path.suffix in {".html", ".css", ".js"}:
            assert not known.search(path.read_text(encoding="utf-8")), path.name


def test_the_exceptions_are_needed() -> None:
    for name in NAMES_SEVERAL:
        assert list(lists_in((ROOT / name).read_text(encoding="utf-8"))), name


@pytest.mark.parametrize(
    "text",
    [
        "A = {Status.EWS: 1, Status.PROSES: 2}",
        "a = status in {Status.EWS, Status.PROSES}",
        "a = status is Status.EWS or status is Status.PROSES",
        "a = ('ews', 'proses')",
        "match status:\n    case Status.EWS: pass\n    case Status.PROSES: pass",
    ],
)
def test_a_second_list_is_seen(text: str) -> None:
    assert {"EWS", "PROSES"} in [named for _, named in lists_in(text)]


def test_a_single_status_and_other_words_are_no_list() -> None:
    assert not list(lists_in("a = {Status.EWS: 'a', 'b': HTTPStatus.OK}\nb = x is Status.EWS and y == 'done'"))


def test_a_row_is_ended_by_its_stage_alone() -> None:
    row = Status.EWS.row
    for stage in WorkStage:
        changed = StatusRow(stage, row.phase, row.tone, row.clock, row.next)
        assert changed.ended == (stage in {WorkStage.SOLVED, WorkStage.CLOSED})
