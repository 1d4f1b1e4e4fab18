"""Keys and seals: what is sealed opens only where it belongs, and no message ever shows a key."""

import base64
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.vault import DataKey, Keys, KeysWrong, SealBroken, Vault, Wrapped, new_key_line, parse_keys, place, tag

AT = place("report", "sealed", "r1")


def test_a_new_key_line_is_read_back_and_no_two_are_alike() -> None:
    keys = parse_keys(new_key_line("k20261124"))
    assert keys.first == "k20261124"
    assert len(keys.by_id["k20261124"]) == 32
    assert keys != parse_keys(new_key_line("k20261124"))


def test_the_first_key_seals_and_every_key_opens() -> None:
    keys = parse_keys(f" {new_key_line('new')} , {new_key_line('old')}")
    assert (keys.first, list(keys.by_id)) == ("new", ["new", "old"])
    before = Vault(Keys("old", {"old": keys.by_id["old"]}))
    raw, kept = before.create("r1")
    assert Vault(keys).unwrap(kept) == raw
    assert Vault(keys).create("r1")[1].key_id == "new"


def test_a_key_may_lack_its_padding() -> None:
    line = new_key_line("k1")
    assert parse_keys(line.rstrip("=")) == parse_keys(line)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("", "key 1 is not written id:key"),
        ("{key}", "key 1 is not written id:key"),
        ("k1:{key},", "key 2 is not written id:key"),
        ("two words:{key}", "key 1 is not written id:key"),
        ("k1:{key},k1:{key}", "key id k1 is there twice"),
        ("k1:{key}!", "key k1 is not urlsafe base64"),
        ("k1:{short}", "key k1 has 31 bytes, not 32"),
        ("k1:", "key k1 has 0 bytes, not 32"),
    ],
)
def test_wrong_keys_are_named_and_never_shown(wrong: str, told: str) -> None:
    key, short = (base64.urlsafe_b64encode(secrets.token_bytes(n)).decode() for n in (32, 31))
    with pytest.raises(ValueError, match=told) as raised:
        parse_keys(wrong.format(key=key, short=short))
    assert key[:12] not in repr(raised.value)
    assert short[:12] not in repr(raised.value)
    assert raised.value.__cause__ is None


def test_a_key_id_that_could_not_be_read_back_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 32"):
        new_key_line("a:b")


def test_keys_do_not_print() -> None:
    line = new_key_line("k1")
    keys = parse_keys(line)
    assert line[3:20] not in repr(keys)
    assert repr(keys.by_id["k1"]) not in repr(keys)
    assert "wrapped" not in repr(Vault(keys).create("r1")[1])


def test_wrong_keys_are_told_by_id() -> None:
    kept = Vault(parse_keys(new_key_line("k1"))).create("r1")[1]
    with pytest.raises(KeysWrong, match="needs key k1; RESI_KEYS has k2"):
        Vault(parse_keys(new_key_line("k2"))).unwrap(kept)
    with pytest.raises(KeysWrong, match="key k1 of RESI_KEYS is not the one"):
        Vault(parse_keys(new_key_line("k1"))).unwrap(kept)


def test_a_wrapped_key_opens_for_its_owner_only() -> None:
    vault = Vault(parse_keys(new_key_line("k1")))
    kept = vault.create("r1")[1]
    with pytest.raises(KeysWrong):
        vault.unwrap(Wrapped("r2", kept.key_id, kept.wrapped))


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_again_and_looks_different_every_time(plain: bytes) -> None:
    key = DataKey(secrets.token_bytes(32))
    sealed = key.seal(plain, AT)
    assert key.open(sealed, AT) == plain
    assert sealed != key.seal(plain, AT)


@given(st.binary(max_size=60), st.data())
def test_a_changed_or_moved_value_does_not_open(plain: bytes, data: st.DataObject) -> None:
    key = DataKey(secrets.token_bytes(32))
    sealed = key.seal(plain, AT)
    at, flip = data.draw(st.integers(0, len(sealed) - 1)), data.draw(st.integers(1, 255))
    for broken, where in (
        (sealed[:at] + bytes([sealed[at] ^ flip]) + sealed[at + 1 :], AT),
        (sealed[:at], AT),
        (sealed, place("report", "sealed", "r2")),
    ):
        with pytest.raises(SealBroken):
            key.open(broken, where)


def test_a_tag_tells_its_parts_apart() -> None:
    secret = secrets.token_bytes(32)
    assert tag(secret, "sms", "1") == tag(secret, "sms", "1")
    others = (("sms1", ""), ("", "sms1"), ("sms", "2"), ("sms", "\ud83d"))
    assert len({tag(secret, "sms", "1"), tag(b"other", "sms", "1"), *(tag(secret, *parts) for parts in others)}) == 6
