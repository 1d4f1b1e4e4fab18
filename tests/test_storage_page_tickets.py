"""A ticket stands for a code for an hour, and opens under no other keys."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from core.model import TrackingCode
from storage.keyring import Keyring
from storage.page_tickets import LIVES, PageTickets
from storage.vault import DataKey, Keys, Vault
from tests.fakes.nouns import NOW

CODE = TrackingCode("4821000011112222")
VAULT = Vault(Keys("k1", {"k1": bytes(32)}))


def tickets(key: bytes) -> PageTickets:
    return PageTickets(Keyring(VAULT, DataKey(key), {}))


TICKETS = tickets(b"a" * 32)


def test_it_opens_until_its_hour_has_passed() -> None:
    made = TICKETS.made(CODE, NOW)
    assert TICKETS.opened(made, NOW) == CODE
    assert TICKETS.opened(made, NOW + LIVES - timedelta(seconds=1)) == CODE
    assert TICKETS.opened(made, NOW + LIVES) is None


def test_it_can_be_sent_in_a_form_as_it_is_and_tells_nothing() -> None:
    made = TICKETS.made(CODE, NOW)
    assert made.isascii()
    assert made.replace("-", "").replace("_", "").isalnum()
    assert CODE.reveal() not in made


def test_another_house_does_not_open_it() -> None:
    assert tickets(b"b" * 32).opened(TICKETS.made(CODE, NOW), NOW) is None


def test_a_letter_changed_or_left_out_opens_nothing() -> None:
    made = TICKETS.made(CODE, NOW)
    changed = [f"{made[:at]}{'A' if made[at] != 'A' else 'B'}{made[at + 1 :]}" for at in range(len(made) - 1)]
    for ticket in (*changed, made[:-2], f"{made}AAAA", made.upper()):
        assert TICKETS.opened(ticket, NOW) is None


@settings(max_examples=100)
@given(st.text(max_size=220))
def test_whatever_is_sent_instead_opens_nothing(text: str) -> None:
    assert TICKETS.opened(text, NOW) is None
