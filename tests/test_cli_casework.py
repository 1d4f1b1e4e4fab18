"""The command line of those who handle reports: help for every command, 2 for wrong usage, secrets by stdin alone."""

from pathlib import Path

import pytest

from app.commands import case
from core.model import StaffRole
from core.workflow import BY_ACT, STAFF
from tests.fakes.offices import KELURAHAN, Offices
from tests.fakes.shell import Shell

COMMANDS = (
    ("staff", "add"), ("staff", "list"), ("staff", "disable"), ("staff", "reset"), ("case", "list"), ("case", "show"),
    ("case", "climbed"), ("case", "evaluation"), ("case", "do"), ("routes", "list"), ("routes", "add"),
    ("routes", "remove"), ("audit", "verify"), ("audit", "list"), ("clock",),
)  # fmt: skip
ORDERS = (
    *("start", "coordinate", "delegate", "return", "plan", "approve-plan", "reject-plan", "estimate"),
    *("approve-estimate", "refuse-estimate", "ask", "note", "result", "validate", "reject-result", "reject"),
    *("forward", "link", "close-question", "declassify"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(shell: Shell, command: tuple[str, ...]) -> None:
    ran = shell.resi(*command, "--help")
    assert ran.code == 0
    assert f"Example: resi {' '.join(command)}" in " ".join(ran.out.split())
    assert list(shell.folder.iterdir()) == []


@pytest.mark.parametrize("group", ["staff", "case", "routes", "audit"])
def test_a_group_without_a_command_shows_what_it_has(shell: Shell, group: str) -> None:
    ran = shell.resi(group)
    for command in COMMANDS:
        assert command[0] != group or command[-1] in ran.all
    assert group in shell.resi("--help").out


@pytest.mark.parametrize(
    "words",
    [("staff", "add", "budi"), ("staff", "add", "budi", "--agency", "x", "--role", "boss"), ("staff", "nonsense"),
     ("staff", "disable"), ("case", "list"), ("case", "show", "R0"), ("case", "show", "--as", "budi"),
     ("case", "list", "--as", "budi", "--status", "nonsense"), ("case", "do", "fly", "R0", "--as", "budi"),
     ("case", "do", "start", "--as", "budi"), ("case", "do", "estimate", "R0", "--as", "budi", "--until", "besok"),
     ("case", "evaluation", "--as", "budi", "--month", "2026"), ("routes", "add"), ("audit", "list"),
     ("audit", "list", "--as", "budi", "--most", "no")],
)  # fmt: skip
def test_wrong_usage_is_two_says_so_and_touches_nothing(shell: Shell, words: tuple[str, ...]) -> None:
    ran = shell.resi(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()
    assert not ran.shows_a_trace
    assert list(shell.folder.iterdir()) == []


def test_every_order_of_staff_and_nothing_else_can_be_given() -> None:
    of_staff = {act.value for act, rows in BY_ACT.items() if any(row.by & STAFF for row in rows)}
    assert set(ORDERS) <= set(case.ACTIONS) == of_staff


def test_the_roles_are_those_that_are_written_down() -> None:
    assert {"officer", "head", "biro", "clerk", "admin", "auditor"} <= set(StaffRole), "accounts have them"


def test_a_password_can_be_given_by_stdin_alone(tmp_path: Path) -> None:
    offices = Offices(tmp_path)
    add = ("staff", "add", "budi", "--agency", KELURAHAN, "--role", "officer")
    assert offices.resi(*add, "--password", "sandi rahasia 1").code == 2
    # Only the first line is it, whatever follows.
    offices.done(*add, "--password-stdin", said="sandi rahasia 1\nsandi rahasia 2\n")
    assert offices.done("staff", "list").lines == [f"budi officer {KELURAHAN}"]
    assert "rahasia" not in "".join(offices.rows())


def test_commands_say_nothing_beside_their_answer(tmp_path: Path) -> None:
    offices = Offices(tmp_path, {"LOG_LEVEL": "DEBUG"})
    offices.hire("lurah")
    offices.files()
    [row] = offices.queue("lurah")
    offices.does("lurah", "start", row["number"])
    offices.passes()
    offices.done("audit", "verify")
