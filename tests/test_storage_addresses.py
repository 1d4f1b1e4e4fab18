"""Addresses under a pair of keys: any half in the wrong place is told, and only the private one opens."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import AddressLocked
from core.messages import Address, SealedAddress, Thread
from storage.addresses import AddressOpener, AddressSealer, Written, new_pair, pair_of, read, written
from storage.vault import SealBroken, new_key_line
from tests.fakes import nouns

PRIVATE, PUBLIC = new_pair()
OTHER_PRIVATE, OTHER_PUBLIC = new_pair()
SEALER, OPENER = AddressSealer.parse(PUBLIC), AddressOpener.parse(PRIVATE)
THREAD = Thread("<a@b>", "<c@d> <a@b>")
WORDS = st.text(st.characters(codec="utf-8"), max_size=80)


@given(WORDS, st.binary(max_size=40), WORDS, st.sampled_from([None, THREAD]))
def test_what_is_sealed_comes_back_with_its_thread(
    channel: str, person: bytes, address: str, thread: Thread | None
) -> None:
    sealed = SEALER.seal(channel, person, Address(address), thread)
    assert OPENER.open(channel, sealed) == (Address(address), thread)
    assert read(written(sealed)) == sealed
    assert pair_of(sealed) == SEALER.pair


def test_the_same_address_is_never_sealed_to_the_same_bytes() -> None:
    assert len({SEALER.seal("sms", b"p", Address("+62811")).sealed for _ in range(50)}) == 50


@given(st.data())
def test_whatever_is_changed_of_it_it_does_not_open(data: st.DataObject) -> None:
    sealed = SEALER.seal("sms", b"person", Address("+62811000111"))
    at = data.draw(st.integers(0, len(sealed.sealed) - 1))
    broken = bytearray(sealed.sealed)
    broken[at] ^= data.draw(st.integers(1, 255))
    for wrong in (
        replace(sealed, sealed=bytes(broken)),
        replace(sealed, sealed=sealed.sealed[:at]),
        replace(sealed, person=b"another"),
        replace(sealed, pair=AddressSealer.parse(OTHER_PUBLIC).pair),
    ):
        with pytest.raises(AddressLocked):
            OPENER.open("sms", wrong)
    with pytest.raises(AddressLocked):
        OPENER.open("mail", sealed)


def test_another_private_half_opens_nothing_and_two_open_both() -> None:
    one = SEALER.seal("sms", b"p", Address("+62811"))
    other = AddressSealer.parse(OTHER_PUBLIC).seal("sms", b"p", Address("+62822"))
    both = AddressOpener.parse(f"{OTHER_PRIVATE}, {PRIVATE}")
    assert [both.open("sms", each)[0] for each in (one, other)] == [Address("+62811"), Address("+62822")]
    sealer = both.sealer()
    assert sealer is not None
    assert sealer.pair == other.pair
    for stranger in (AddressOpener.parse(OTHER_PRIVATE), AddressOpener.parse(""), AddressOpener()):
        with pytest.raises(AddressLocked, match=one.pair):
            stranger.open("sms", one)
    assert AddressOpener().sealer() is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PUBLIC, "not the private half"),
        (new_key_line("a"), "not the private half"),
        ("a:YQ", "a has 1 bytes"),
        (PRIVATE.partition(":")[2], "not written id:key"),
    ],
    ids=["the public half", "another key", "too short", "no id"],  # the keys are new in each process
)
def test_what_is_no_private_half_is_refused_without_being_shown(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        AddressOpener.parse(text)
    assert text.partition(":")[2][:20] not in str(refused.value) or not text.partition(":")[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PRIVATE, "not the public half"),
        (f"{PUBLIC},{OTHER_PUBLIC}", "one public half"),
        (f"{PUBLIC.partition(':')[0]}:{'A' * 43}", "not the public half"),  # nothing can be sealed to nought
        (f"{PUBLIC.partition(':')[0]}:{OTHER_PUBLIC.partition(':')[2]}", "not the public half"),
        ("", "not written id:key"),
    ],
    ids=["the private half", "two", "nought", "of two pairs", "nothing"],
)
def test_what_is_no_public_half_is_refused_without_being_shown(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        AddressSealer.parse(text)
    assert PRIVATE.partition(":")[2][:20] not in str(refused.value)


def test_a_delivery_is_opened_with_the_thread_it_answers_and_a_plain_one_stays() -> None:
    plain = nouns.delivery()
    assert isinstance(plain.to, Address)
    assert OPENER.opened(plain) is plain
    own = Thread(ours="id-of-ours")
    for thread, kept, after in ((THREAD, None, THREAD), (None, own, own), (None, None, None)):
        sealed = replace(plain, to=SEALER.seal("sms", b"p", plain.to, thread), thread=kept)
        assert OPENER.opened(sealed) == replace(plain, thread=after)


def test_neither_half_nor_address_is_shown() -> None:
    sealed = SEALER.seal("sms", b"person", Address("+62811"))
    for shown in (repr(sealed), repr(OPENER), repr(SEALER), str(vars(SEALER)), str(vars(OPENER))):
        assert PRIVATE.partition(":")[2] not in shown
        assert "+62811" not in shown
        assert "person" not in shown.replace("Person", "")


@pytest.mark.parametrize("kept", [Written("p", "not base64", "00"), Written("p", "", "no hex"), Written("p", "a", "")])
def test_what_nobody_of_ours_wrote_down_is_broken_and_no_crash(kept: Written) -> None:
    with pytest.raises(SealBroken):
        read(kept)


def test_a_sealed_address_is_no_address() -> None:
    assert isinstance(SEALER.seal("sms", b"p", Address("+62811")), SealedAddress)
