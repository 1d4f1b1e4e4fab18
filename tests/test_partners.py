"""A partner behind the interface for machines: its own channel and reports, and nothing once it is switched off."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.due_work import publish_due_batches
from app.partners import PartnerFiling
from core.errors import NotAllowed, Refused
from core.intake import Filled
from core.model import CategoryId, Partner, PublishedQuery, Publishing
from storage import Files, Keys
from tests.fakes.cued_house import CuedStore, Inside

HOLE = Filled("", CategoryId("jalan_rusak"), "Lubang besar", "Kelurahan Tebet Barat")


async def test_a_partner_files_under_its_channel_until_it_is_switched_off(
    sqlite_url: str, keys: Keys, tmp_path: Path
) -> None:
    inside = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    door = PartnerFiling(inside.turns)
    partner = Partner("jaki-app", "jaki")
    inside.store.run(lambda tx: tx.partners.add(partner, "a-key"))
    await door.known("a-key")
    filed = await door.file("a-key", HOLE)
    assert filed.report.channel == "jaki"
    assert [each.number for each in await door.find(PublishedQuery())] == [filed.report.number]
    inside.store.run(lambda tx: tx.partners.change(Partner("jaki-app", "jaki", active=False)))
    for wrong in ("a-key", "another", ""):
        with pytest.raises(NotAllowed):
            await door.known(wrong)
        with pytest.raises(NotAllowed):
            await door.file(wrong, HOLE)
    inside.close()


async def test_a_partner_sees_what_it_filed_at_once_and_nobody_else_does(
    sqlite_url: str, keys: Keys, tmp_path: Path
) -> None:
    inside = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    inside.turns.context = replace(inside.turns.context, publishing=Publishing(timedelta(days=1), 5))
    door = PartnerFiling(inside.turns)
    for name in ("jaki-app", "jaki-web"):  # of one channel
        inside.store.run(lambda tx, name=name: tx.partners.add(Partner(name, "jaki"), f"key of {name}"))  # type: ignore[misc]  # bound now
    filed = await door.file("key of jaki-app", HOLE)
    secret = await door.file("key of jaki-app", replace(HOLE, category=CategoryId("pmks")))
    assert await door.find(PublishedQuery()) == []
    mine = await door.own("key of jaki-app", PublishedQuery())
    assert {each.number for each in mine} == {filed.report.number, secret.report.number}
    assert {(each.category, each.area, each.received) for each in mine if each.number == filed.report.number} == {
        ("jalan_rusak", filed.report.place.area, filed.report.received)
    }
    assert await door.own("key of jaki-web", PublishedQuery()) == []
    inside.store.run(lambda tx: tx.partners.change(Partner("jaki-app", "jaki", active=False)))
    for wrong in ("key of jaki-app", "another", ""):
        with pytest.raises(NotAllowed):
            await door.own(wrong, PublishedQuery())
    inside.close()


async def test_all_that_one_partner_files_is_of_one_sender(sqlite_url: str, keys: Keys, tmp_path: Path) -> None:
    inside = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    inside.turns.context = replace(inside.turns.context, publishing=Publishing(timedelta(days=1), 5))
    inside.store.run(lambda tx: tx.partners.add(Partner("jaki-app", "jaki"), "a-key"))
    for _ in range(9):
        await PartnerFiling(inside.turns).file("a-key", HOLE)
    later = inside.clock.now() + timedelta(days=2)
    waiting = inside.store.run(lambda tx: tx.publications.waiting(later))
    assert len(waiting) == 9
    assert len({each.sender for each in waiting}) == 1
    assert publish_due_batches(inside.store, inside.turns.context, later) == 0
    inside.close()


async def test_what_is_missing_reaches_the_partner_as_a_refusal(sqlite_url: str, keys: Keys, tmp_path: Path) -> None:
    inside = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    inside.store.run(lambda tx: tx.partners.add(Partner("jaki-app", "jaki"), "a-key"))
    with pytest.raises(Refused, match="form_place"):
        await PartnerFiling(inside.turns).file("a-key", Filled("", CategoryId("jalan_rusak"), "Lubang"))
    inside.close()
