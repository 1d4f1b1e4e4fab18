"""A thief who takes over the web or the mail part, with all that it holds: opens words, and no address."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import create_engine, make_url, text

from core.errors import AddressLocked
from core.messages import SealedAddress, Thread
from core.model import Act
from storage import AddressOpener, AddressSealer, Files, Keys, SqlStore, new_pair, open_store
from storage.addresses import Written
from storage.vault import DataKey, Vault, Wrapped, place
from tests.fakes.city import BUDI, DINAS, SITI, STAFF, STORY, SUDIN, City

pytestmark = pytest.mark.hostile

PRIVATE, PUBLIC = new_pair()
MAIL = ("mail", "budi.kenari@warga.example")
THREAD = Thread("<kenari-utas@laptop-budi.example>", "<kenari-utas@laptop-budi.example>")
ADDRESSES = (BUDI[1], SITI[1], MAIL[1], "kenari-utas")
WORDS = "penanda kembangrawa"


def _a_day(city: City) -> None:
    """People write by three wires, are asked something, and some of what they shall hear waits."""
    city.run(*(city.hires(*each) for each in STAFF), city.writes(BUDI, f"LAPOR {STORY}"))
    city.post()
    number = city.report.number
    for told in (STORY, "ikuti"):
        city.run(city.writes(SITI, told))
        city.post()
    city.run(city.writes(MAIL, f"Lampu jalan mati di kelurahan Cikini, {WORDS}", thread=THREAD))
    city.post()
    for who, act, told, to in (
        ("lurah", Act.COORDINATE, "", DINAS),
        ("dinas", Act.DELEGATE, "", SUDIN),
        ("sudin", Act.START, "", ""),
        ("sudin", Act.ASK, "Di depan rumah nomor berapa?", ""),
    ):
        city.run(city.does(who, act, told, to=to, number=number))
    city.post()
    city.run(city.writes(SITI, "Ada pohon tumbang"), city.writes(MAIL, "Terima kasih", thread=THREAD, in_thread=True))
    city.run(city.clock(days=9))  # news of being late waits for the outbox


@contextmanager
def _seen_opened() -> Iterator[list[bytes]]:
    """All that any key opens, whoever asks for it."""
    opened: list[bytes] = []
    honest = DataKey.open

    def told(self: DataKey, sealed: bytes, at: bytes) -> bytes:
        opened.append(honest(self, sealed, at))
        return opened[-1]

    DataKey.open = told  # type: ignore[method-assign]  # a thief changes what they took over
    try:
        yield opened
    finally:
        DataKey.open = honest  # type: ignore[method-assign]  # and the next test has it back


def _rows(url: str, query: str) -> list[tuple[object, ...]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return found


def _everything(store: SqlStore, url: str, keys: Keys, files: Files) -> list[bytes]:
    """Opens every row that there is, by every door that the part has, and by hand those that have none."""
    with _seen_opened() as opened:
        store.proof.open_all(files)
        vault = Vault(keys)
        named = {
            str(name): vault.unwrap(Wrapped(str(name), str(key), _bytes(wrapped)))
            for name, key, wrapped in _rows(url, "SELECT name, key_id, wrapped FROM secret")
        }
        transient = DataKey(named["transient"])
        for lane, sealed in _rows(url, "SELECT lane, sealed FROM awaited"):
            transient.open(_bytes(sealed), place("awaited", "sealed", _bytes(lane).hex()))
        opened.extend(named.values())
    return opened


def _bytes(value: object) -> bytes:
    assert isinstance(value, bytes | memoryview)
    return bytes(value)


def _sealed_in(loot: bytes) -> list[SealedAddress]:
    form = rb'\{"pair":"([a-z2-7]+)","sealed":"([A-Za-z0-9+/=]+)","person":"([0-9a-f]+)"\}'
    return [Written(*(part.decode() for part in found)).address for found in re.findall(form, loot)]


def _opens_one(opener: AddressOpener, sealed: list[SealedAddress]) -> list[str]:
    found = []
    for each in sealed:
        for channel in ("sms", "telegram", "mail"):
            try:
                address, _ = opener.open(channel, each)
            except AddressLocked:
                continue
            found.append(address.reveal())
    return found


def test_all_keys_of_a_part_that_does_not_send_open_every_row_and_no_address(
    sql_url: str, keys: Keys, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files, sealer, sender = (
        Files(tmp_path_factory.mktemp("files")),
        AddressSealer.parse(PUBLIC),
        AddressOpener.parse(PRIVATE),
    )
    with closing(open_store(sql_url, keys, sealer)) as store:
        _a_day(City(store, opener=sender))
        opened = _everything(store, sql_url, keys, files)
    loot = b"\n".join(opened)
    assert WORDS.encode() in loot, "the thief reads words: without that this shows nothing"
    assert [each for each in ADDRESSES if each.encode() in loot] == []
    sealed = _sealed_in(loot)
    assert len(sealed) > 5
    found = {each for each in opened if len(each) == len(next(iter(keys.by_id.values())))} | set(keys.by_id.values())
    assert len(found) > 10, "the keys of reports, of contacts and of what passes"
    for raw in found:
        guess = AddressOpener({sealer.pair: X25519PrivateKey.from_private_bytes(raw)})
        assert _opens_one(guess, sealed[:1]) == []
    assert set(_opens_one(sender, sealed)) == {BUDI[1], SITI[1], MAIL[1]}


def test_the_same_without_a_pair_opens_them_so_that_it_is_the_pair_that_hides_them(
    sql_url: str, keys: Keys, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with closing(open_store(sql_url, keys)) as store:
        _a_day(City(store))
        loot = b"\n".join(_everything(store, sql_url, keys, Files(tmp_path_factory.mktemp("files"))))
    assert [each for each in ADDRESSES if each.encode() in loot] == list(ADDRESSES)


def test_what_was_there_before_the_pair_is_hidden_once_it_was_moved(
    sql_url: str, keys: Keys, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with closing(open_store(sql_url, keys)) as store:
        _a_day(City(store))
    with closing(open_store(sql_url, keys, AddressSealer.parse(PUBLIC))) as store:
        store.address_rotation.run()
        loot = b"\n".join(_everything(store, sql_url, keys, Files(tmp_path_factory.mktemp("files"))))
    assert [each for each in ADDRESSES if each.encode() in loot] == []
    assert set(_opens_one(AddressOpener.parse(PRIVATE), _sealed_in(loot))) == {BUDI[1], SITI[1], MAIL[1]}


def test_a_sealed_address_put_before_another_person_or_wire_reaches_nobody(sql_url: str, keys: Keys) -> None:
    sealer, sender = AddressSealer.parse(PUBLIC), AddressOpener.parse(PRIVATE)
    with closing(open_store(sql_url, keys, sealer)) as store:
        city = City(store, opener=sender)
        city.run(city.writes(BUDI, f"LAPOR {STORY}"), city.writes(SITI, STORY))
        due = store.run(lambda tx: tx.outbox.claim(city.now, city.now - city.now, 9))
    one, other = due
    assert isinstance(one.to, SealedAddress)
    assert isinstance(other.to, SealedAddress)
    swapped = replace(one, to=replace(other.to, person=one.to.person))
    for forged in (swapped, replace(one, to=other.to)):
        with pytest.raises(AddressLocked):
            sender.opened(forged)


def test_nothing_of_what_opened_with_the_old_key_stays_in_the_file_once_it_was_moved(
    sqlite_url: str, keys: Keys
) -> None:
    with closing(open_store(sqlite_url, keys)) as store:
        _a_day(City(store))
    before = _rows(sqlite_url, "SELECT sealed FROM contact UNION ALL SELECT sealed FROM outbox WHERE state = 'waiting'")
    path = Path(str(make_url(sqlite_url).database))
    with closing(open_store(sqlite_url, keys, AddressSealer.parse(PUBLIC))) as store:
        assert store.address_rotation.run() == len(before)
        left = b"".join(part.read_bytes() for part in path.parent.iterdir() if part.name.startswith(path.name))
    assert len(before) > 3
    assert [sealed for (sealed,) in before if _bytes(sealed)[-24:] in left] == []
