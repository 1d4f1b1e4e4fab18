"""`resi partners`: a key shown once, which files over the interface until it is switched off."""

from pathlib import Path

import pytest

from app.partners import PartnerDoor
from core.errors import NotAllowed, Refused
from core.intake import Filled
from core.model import CategoryId, Partner, PublishedQuery
from storage import Files, Keys
from tests.fakes.cued_house import CuedStore, Inside
from tests.fakes.shell import Shell

HOLE = Filled("", CategoryId("jalan_rusak"), "Lubang besar", "Kelurahan Tebet Barat")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_a_key_is_the_last_line_and_the_list_shows_none(shell: Shell) -> None:
    made = shell.resi("partners", "add", "jaki-app", "--channel", "jaki")
    key = made.lines[-1]
    assert (made.code, len(key)) == (0, 52)
    listed = shell.resi("partners", "list")
    assert listed.out == "jaki-app jaki\n"
    assert shell.resi("partners", "disable", "jaki-app").code == 0
    assert shell.resi("partners", "list").out == "jaki-app jaki disabled\n"


@pytest.mark.parametrize("channel", ["telegram", "sms", "mail", "terminal", "JAKI", "a b", "", "x" * 40])
def test_a_channel_of_our_own_or_with_a_strange_name_is_refused(shell: Shell, channel: str) -> None:
    ran = shell.resi("partners", "add", "somebody", "--channel", channel)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err
    assert "No partners" in shell.resi("partners", "list").out


def test_a_name_is_taken_once_and_an_unknown_one_cannot_be_switched_off(shell: Shell) -> None:
    assert shell.resi("partners", "add", "jaki-app", "--channel", "jaki").code == 0
    assert shell.resi("partners", "add", "jaki-app", "--channel", "qlue").code == 1
    assert shell.resi("partners", "add", "a\nb", "--channel", "qlue").code == 1
    assert shell.resi("partners", "disable", "nobody").code == 1


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
