"""`resi status` and `resi forget`: what a code answers from a shell."""

import sqlite3
from contextlib import closing

from tests.fakes.shell import Shell


def test_a_code_answers_by_word_and_by_stdin_in_either_language(shell: Shell) -> None:
    code = shell.files_a_report()
    by_word, by_stdin = shell.resi("status", code), shell.resi("status", "-", said=f"{code}\n")
    assert (by_word.code, by_stdin.code) == (0, 0)
    assert by_word.out == by_stdin.out
    assert "Menunggu" in by_word.out or "menunggu" in by_word.out
    english = shell.resi("status", "-", said=code, LANGUAGE="en")
    assert english.code == 0
    assert english.out != by_word.out
    assert code not in by_word.out + english.out


def test_a_code_that_is_nobodys_or_mistyped_is_one(shell: Shell) -> None:
    unknown, mistyped, nothing = (
        shell.resi("status", "-", said=said) for said in (shell.nobodys, shell.nobodys[:-1] + "9", "")
    )
    assert [each.code for each in (unknown, mistyped, nothing)] == [1, 1, 1]
    assert unknown.out != mistyped.out
    assert mistyped.out == nothing.out


def test_forgetting_says_what_was_done_and_the_report_stays(shell: Shell) -> None:
    code = shell.files_a_report()
    first, again = shell.resi("forget", "-", said=code), shell.resi("forget", code)
    assert (first.code, again.code) == (0, 0)
    assert first.out != again.out
    assert shell.resi("status", code).code == 0
    assert shell.resi("forget", shell.nobodys).code == 1
    with closing(sqlite3.connect(shell.folder / "var" / "resi.db")) as database:
        assert database.execute("SELECT count(*) FROM holder WHERE contact IS NOT NULL").fetchone() == (0,)
