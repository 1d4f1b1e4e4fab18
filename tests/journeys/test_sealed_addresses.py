"""Whole stories where addresses are sealed to a pair of keys: the same people hear the same; only who sends opens."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from core.errors import AddressLocked
from core.model import Act
from storage import AddressOpener, AddressSealer, Keys, SqlStore, new_pair, open_store
from tests.fakes import nouns
from tests.fakes.agreement import disagreements
from tests.fakes.city import BUDI, SITI, City
from tests.fakes.scenes import SCENES

PRIVATE, PUBLIC = new_pair()
QUESTION = "Di depan rumah nomor berapa?"
OPENER, SEALER = AddressOpener.parse(PRIVATE), AddressSealer.parse(PUBLIC)


@pytest.fixture
def twins(migrated_sqlite: Path, keys: Keys, tmp_path: Path) -> Iterator[Callable[[], tuple[City, City, str]]]:
    """Two cities, one that seals to a pair and one that does not, with the address of the first one's database."""
    opened: list[SqlStore] = []

    def made() -> tuple[City, City, str]:
        paths = [tmp_path / name for name in ("sealed.db", "plain.db")]
        for path in paths:
            shutil.copy(migrated_sqlite, path)
        one, other = (f"sqlite:///{path}" for path in paths)
        opened.extend((open_store(one, keys, SEALER), open_store(other, keys)))
        return City(opened[0], opener=OPENER), City(opened[1]), one

    yield made
    for store in opened:
        store.close()


def _lived(city: City, scene: str) -> list[tuple[str, str]]:
    """What was heard by whom. Chance are who of two is asked a question, who comes first, and the digits in it."""
    city.run(SCENES[scene](city))
    city.post()
    city.run(city.clock(days=9))
    city.post()
    heard = (("one of two", "a question") if QUESTION in words else (who, words) for who, words in city.heard)
    return sorted((who, re.sub(r"\d{4}", "####", words)) for who, words in heard)


@pytest.mark.parametrize("scene", SCENES)
def test_every_deed_tells_the_same_people_the_same(twins: Callable[[], tuple[City, City, str]], scene: str) -> None:
    sealed, plain, url = twins()
    assert _lived(sealed, scene) == _lived(plain, scene)
    store = sealed.store
    assert isinstance(store, SqlStore)
    assert disagreements(store, url) == []
    assert set(store.address_rotation.pairs()) <= {SEALER.pair}


def test_a_pair_that_is_set_in_the_middle_of_everything_loses_no_message_and_no_answer(
    sql_url: str, keys: Keys
) -> None:
    """No pair; then one, with messages on their way and a question asked; then all is moved on; then another."""
    with closing(open_store(sql_url, keys)) as store:
        city = City(store)
        SCENES["a question arrives"](city)  # and has not left: all that waits was written without a pair
        city.run(city.writes(SITI, "CEK"))
    with closing(open_store(sql_url, keys, SEALER)) as store:
        city.store, city.opener, city.heard = store, OPENER, []
        city.run(city.does("sudin", Act.RESULT, "Lubang ditambal", shows="tambalan"))
        pairs = store.address_rotation.pairs()
        assert pairs[None] > 0
        assert store.address_rotation.waiting() == sum(count for pair, count in pairs.items() if pair != SEALER.pair)
        moved = store.address_rotation.run()  # takes no private half
        assert moved == pairs[None]
        assert store.address_rotation.pairs() == {SEALER.pair: sum(pairs.values())}
        assert store.address_rotation.run() == store.address_rotation.waiting() == 0
        city.now += nouns.MINUTE
        with pytest.raises(AddressLocked):
            City(store, city.now, opener=AddressOpener()).claimed()
        city.now += nouns.MINUTE
        city.post()
        assert {who for who, _ in city.heard} == {BUDI[1], SITI[1]}
    private, public = new_pair()
    both, alone = AddressOpener.parse(f"{private},{PRIVATE}"), AddressOpener.parse(private)
    with closing(open_store(sql_url, keys, AddressSealer.parse(public))) as store:
        assert store.address_rotation.run() == 0  # what is sealed stays without its private half
        assert store.address_rotation.waiting() > 0
        assert store.address_rotation.run(both) > 0
        assert store.address_rotation.waiting() == 0
        city.store, city.opener, city.heard = store, alone, []
        city.run(city.does("biro", Act.VALIDATE))
        city.run(city.clock(days=1))
        city.post()
        assert {who for who, _ in city.heard} == {BUDI[1], SITI[1]}


def test_one_that_nobody_can_read_stops_no_other(sql_url: str, keys: Keys) -> None:
    with closing(open_store(sql_url, keys)) as store:
        SCENES["late"](City(store))
        kept = store.address_rotation.pairs()[None]
    engine = create_engine(sql_url)
    with engine.begin() as connection:
        broken = connection.execute(text("SELECT id FROM contact ORDER BY id LIMIT 1")).scalar()
        connection.execute(text("UPDATE contact SET sealed = :junk WHERE id = :of"), {"junk": b"junk", "of": broken})
    engine.dispose()
    with closing(open_store(sql_url, keys, SEALER)) as store:
        assert store.address_rotation.run() == kept - 1
        assert store.address_rotation.waiting() == 1
