"""Holders as rows: found by a code, and silent about it."""

from hypothesis import given

from core.model import CodeHolder
from storage.code_holders import holder_of, row_of
from storage.vault import DataKey
from tests.fakes import nouns

KEY = DataKey(bytes(range(32)))
CODE = b"\x02hmac of a code"


@given(nouns.HOLDERS)
def test_a_holder_survives_its_row(holder: CodeHolder) -> None:
    assert holder_of(nouns.as_row(row_of(holder, CODE, KEY)), KEY) == holder


def test_without_the_reports_key_the_four_digits_are_gone() -> None:
    holder = nouns.holder(nouns.report(), nouns.code(), None)
    assert holder_of(nouns.as_row(row_of(holder, CODE, KEY)), None).last4 == ""
