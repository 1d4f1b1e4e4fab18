"""Faults that were got over: counted, and logged by type and place, never so often that they fill a disk."""

import errno
import logging
import os

import pytest

from app.faults import Count, Faults, told
from tests.fakes.broken_readers import CANARY


def _raised(words: str = CANARY) -> Exception:
    try:
        words[len(words)]
    except IndexError as error:
        error.args = (words,)
        return error
    raise AssertionError


def test_readings_and_faults_are_counted_for_each_reader() -> None:
    faults = Faults()
    for _ in range(3):
        faults.reads("redact")
    faults.failed("redact", _raised())
    faults.failed("turn", _raised())
    assert faults.counts() == {"redact": Count(3, 1), "turn": Count(0, 1)}


def test_a_fault_is_logged_by_reader_type_and_place_and_none_of_its_words(caplog: pytest.LogCaptureFixture) -> None:
    Faults().failed("redact", _raised())
    [record] = caplog.records
    assert (record.levelno, record.message) == (logging.ERROR, "reader_failed")
    told = vars(record)
    assert told["reader"] == "redact"
    assert told["fault"].startswith("IndexError at ")
    assert CANARY not in str(told)


def test_the_same_fault_again_and_again_is_logged_ever_more_seldom(caplog: pytest.LogCaptureFixture) -> None:
    faults = Faults()
    error = _raised()
    for _ in range(1000):
        faults.failed("redact", error)
    faults.failed("areas", error)
    assert [vars(record)["times"] for record in caplog.records] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1]
    assert faults.counts()["redact"].faults == 1000


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.ENOTDIR, errno.ELOOP])
def test_what_the_system_refuses_is_said_in_its_words_and_names_no_file(number: int) -> None:
    said = told(OSError(number, os.strerror(number), CANARY))
    assert os.strerror(number) in said
    assert "fault of ours" not in said
    assert CANARY not in said


def test_what_was_typed_and_is_no_text_is_told_as_that() -> None:
    with pytest.raises(UnicodeEncodeError) as raised:
        os.fsdecode(b"\xff").encode()
    assert "no UTF-8" in told(raised.value)
