"""A partner behind the interface for machines: its own channel, and nothing once it is switched off."""

from pathlib import Path

import pytest

from app.partners import PartnerDoor
from core.errors import NotAllowed, Refused
from core.intake import Filled
from core.model import CategoryId, Partner, PublishedQuery
from storage import Files, Keys
from tests.fakes.cued_house import CuedStore, Inside

HOLE = Filled("", CategoryId("jalan_rusak"), "Lubang besar", "Kelurahan Tebet Barat")


async def test_a_partner_files_under_its_channel_until_it_is_switched_off(
    sqlite_url: str, keys: Keys, tmp_path: Path
) -> None:
    inside = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    door = PartnerDoor(inside.turns)
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


async def test_what_is_missing_reaches_the_partner_as_a_refusal(sqlite_url: str, keys: Keys, tmp_path: Path) -> None:
    inside = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    inside.store.run(lambda tx: tx.partners.add(Partner("jaki-app", "jaki"), "a-key"))
    with pytest.raises(Refused, match="form_place"):
        await PartnerDoor(inside.turns).file("a-key", Filled("", CategoryId("jalan_rusak"), "Lubang"))
    inside.close()
