"""Addresses move to a pair of keys while everything goes on; a kill in the middle costs nothing."""

from contextlib import closing

import pytest

from core.messages import Address, SealedAddress
from core.model import Contact, ContactId, Delivery
from core.ports import UnitOfWork
from storage import AddressOpener, AddressSealer, Keys, SqlStore, new_key_line, new_pair, open_store, parse_keys
from tests.fakes import nouns
from tests.fakes.forked_programs import ForkedProgram
from tests.fakes.killed_rotation import killed_and_begun_again
from tests.fakes.nouns import NOW

OLD, NEW = new_pair(), new_pair()
LINE = new_key_line("test")
MANY = 450
ROTATE = """
import sys
from storage import AddressOpener, AddressSealer, open_store, parse_keys
store = open_store(sys.argv[1], parse_keys(sys.argv[2]), AddressSealer.parse(sys.argv[3]))
told = lambda done: (print(done, flush=True), sys.stdin.readline())
store.address_rotation.run(AddressOpener.parse(sys.argv[4]), told)
"""


def filed(store: SqlStore, address: str) -> ContactId:
    """A report whose reporter is told something."""
    report, code, contact = nouns.report(), nouns.code(), nouns.contact(address)

    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(report, nouns.entry())
        tx.code_holders.add(nouns.holder(report, code, contact), code, contact)
        tx.outbox.add(nouns.delivery(contact.id.encode(), address, reach=contact))

    store.run(turn)
    return contact.id


def contact_of(store: SqlStore, of: ContactId) -> Contact:
    found = store.read(lambda tx: tx.code_holders.contact(of))
    assert found is not None
    return found


def reached(store: SqlStore, opener: AddressOpener, of: ContactId) -> str:
    contact = contact_of(store, of)
    address = contact.address
    return (opener.open(contact.channel, address)[0] if isinstance(address, SealedAddress) else address).reveal()


def everything_claimed(store: SqlStore, opener: AddressOpener) -> list[Delivery]:
    return [opener.opened(each) for each in store.run(lambda tx: tx.outbox.claim(NOW, nouns.MINUTE, 10_000))]


def rotating(url: str) -> ForkedProgram:
    """Another process that seals all anew, says so after each batch, and reads a line."""
    return ForkedProgram(ROTATE, url, LINE, NEW[1], f"{NEW[0]},{OLD[0]}")


@pytest.mark.crash
@pytest.mark.parametrize("sealed_before", [False, True], ids=["to no pair", "to another pair"])
def test_a_kill_in_the_middle_and_reports_that_come_meanwhile_lose_nothing(sql_url: str, sealed_before: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    keys, opener = parse_keys(LINE), AddressOpener.parse(f"{NEW[0]},{OLD[0]}")
    with closing(open_store(sql_url, keys, AddressSealer.parse(OLD[1]) if sealed_before else None)) as store:
        kept = {filed(store, f"+62811{number}"): f"+62811{number}" for number in range(MANY)}
    beside = open_store(sql_url, keys, AddressSealer.parse(NEW[1]))
    asked, meanwhile = list(kept), dict[ContactId, str]()

    def goes_on() -> None:
        address = f"+62822{len(meanwhile)}"
        meanwhile[filed(beside, address)] = address
        of = asked[len(meanwhile) % MANY]
        assert reached(beside, opener, of) == kept[of]

    with closing(beside):
        killed_and_begun_again(
            lambda: rotating(sql_url),
            beside.address_rotation.waiting,
            lambda: beside.address_rotation.run(opener),
            goes_on,
        )
        alone, everybody = AddressOpener.parse(NEW[0]), kept | meanwhile
        assert meanwhile
        assert {of: reached(beside, alone, of) for of in everybody} == everybody
        told = everything_claimed(beside, alone)
        assert {each.contact: nouns.words_of(each.to) for each in told} == everybody


def test_who_has_the_old_private_half_alone_opens_what_was_sealed_to_it_and_no_more(sql_url: str, keys: Keys) -> None:
    with closing(open_store(sql_url, keys, AddressSealer.parse(OLD[1]))) as store:
        one = filed(store, "+62811")
    with closing(open_store(sql_url, keys, AddressSealer.parse(NEW[1]))) as store:
        assert store.address_rotation.run(AddressOpener.parse(NEW[0])) == 0
        assert store.address_rotation.waiting() == 2  # of the contact, and of what it is told
        assert reached(store, AddressOpener.parse(OLD[0]), one) == "+62811"
        assert store.address_rotation.run(AddressOpener.parse(OLD[0])) == 2
        assert reached(store, AddressOpener.parse(NEW[0]), one) == "+62811"


def test_without_a_pair_nothing_is_sealed_and_nothing_waits(sql_url: str, keys: Keys) -> None:
    with closing(open_store(sql_url, keys)) as store:
        one = filed(store, "+62811")
        assert store.address_rotation.run(AddressOpener.parse(OLD[0])) == store.address_rotation.waiting() == 0
        assert store.address_rotation.pairs() == {None: 2}
        assert contact_of(store, one).address == Address("+62811")


def test_a_pair_that_is_given_up_again_leaves_what_is_sealed_to_who_sends(sql_url: str, keys: Keys) -> None:
    with closing(open_store(sql_url, keys, AddressSealer.parse(OLD[1]))) as store:
        one = filed(store, "+62811")
    with closing(open_store(sql_url, keys)) as store:
        two = filed(store, "+62822")
        opener = AddressOpener.parse(OLD[0])
        assert [reached(store, opener, each) for each in (one, two)] == ["+62811", "+62822"]
        assert {nouns.words_of(each.to) for each in everything_claimed(store, opener)} == {"+62811", "+62822"}


def test_somebody_forgotten_is_not_brought_back(sql_url: str, keys: Keys) -> None:
    with closing(open_store(sql_url, keys)) as store:
        one, two = filed(store, "+62811"), filed(store, "+62822")
    with closing(open_store(sql_url, keys, AddressSealer.parse(NEW[1]))) as store:
        store.run(lambda tx: tx.code_holders.forget(one))
        assert store.address_rotation.run() == 2
        assert store.read(lambda tx: tx.code_holders.contact(one)) is None
        assert reached(store, AddressOpener.parse(NEW[0]), two) == "+62822"
