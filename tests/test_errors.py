"""The error tree: what can be logged as it is."""

import pytest

from core import errors
from core.errors import DeliveryFailed, FileAway, Refused, ResiError


def test_every_error_of_ours_has_one_root() -> None:
    kinds = [each for each in vars(errors).values() if isinstance(each, type)]
    assert len(kinds) >= 7
    assert all(issubclass(each, ResiError) for each in kinds)


def test_a_refusal_carries_a_key_and_numbers_and_prints_only_the_key() -> None:
    refused = Refused("file_too_large", most=10)
    assert (refused.phrase, refused.details) == ("file_too_large", {"most": 10})
    assert str(refused) == "file_too_large"


@pytest.mark.parametrize(
    ("failed", "gone"),
    [
        (DeliveryFailed("blocked", final=True), True),
        (DeliveryFailed("busy", final=False), False),
        (DeliveryFailed("too_long", final=True, gone=False), False),
    ],
)
def test_an_address_is_gone_only_where_nobody_can_be_reached_there(failed: DeliveryFailed, gone: bool) -> None:  # noqa: FBT001 - pytest passes parameters by name
    assert failed.gone is gone


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("slow down", "slow_down"),
        ("recipient_refused_550", "recipient_refused_550"),
        ("whatsapp 131026", "whatsapp_131026"),
        ("twilio 628123456789", "other"),
        ("550 <sari@example.org>: user unknown", "other"),
        ("", "other"),
    ],
)
def test_why_a_delivery_failed_is_a_word_and_a_short_number_and_never_what_may_name_somebody(
    told: str, kept: str
) -> None:
    failed = DeliveryFailed(told, final=False)
    assert (failed.reason, str(failed)) == (kept, kept)


def test_a_file_that_never_comes_says_so() -> None:
    assert FileAway(final=True).final
    assert str(FileAway(final=False)) == "passing"
