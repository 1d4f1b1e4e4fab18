"""A partner behind the interface for machines: its own channel and reports, and nothing once it is switched off."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.due_work import publish_due_batches
from app.outside_web import CannotReach
from app.partners import PartnerFiling
from core.errors import NotAllowed, NotFound, Refused, StoreAway
from core.intake import Filled, PartnerUpdate
from core.messages import WireId
from core.model import Act, CategoryId, Number, Partner, PartnerRight, PublishedQuery, Publishing
from storage import Files, Keys
from tests.fakes.cued_house import CuedStore, Inside
from web.partners import Media

HOLE = Filled("", CategoryId("jalan_rusak"), "Lubang besar", "Kelurahan Tebet Barat")


async def test_a_partner_files_under_its_channel_until_it_is_switched_off(
    sqlite_url: str, keys: Keys, tmp_path: Path
) -> None:
    inside = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    door = PartnerFiling(inside.turns)
    partner = Partner("jaki-app", "jaki")
    inside.store.run(lambda tx: tx.partners.add(partner, "a-key"))
    await door.known("a-key", PartnerRight.FILE)
    filed = await door.file("a-key", HOLE)
    assert filed.report.channel == "jaki"
    assert [each.number for each in await door.find(PublishedQuery())] == [filed.report.number]
    inside.store.run(lambda tx: tx.partners.change(Partner("jaki-app", "jaki", active=False)))
    for wrong in ("a-key", "another", ""):
        with pytest.raises(NotAllowed):
            await door.known(wrong, PartnerRight.FILE)
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


async def test_a_report_that_is_sent_again_under_its_key_is_filed_once_and_answered_the_same(
    sqlite_url: str, keys: Keys, tmp_path: Path
) -> None:
    inside = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    door = PartnerFiling(inside.turns)
    for name in ("jaki-app", "jaki-web"):
        inside.store.run(lambda tx, name=name: tx.partners.add(Partner(name, "jaki"), f"key of {name}"))  # type: ignore[misc]  # bound now
    hole = replace(HOLE, wire_id=WireId("once"))
    first, again = [await door.file("key of jaki-app", hole) for _ in range(2)]
    assert (again.report.number, again.code) == (first.report.number, first.code)
    others = [await door.file("key of jaki-web", hole), await door.file("key of jaki-app", HOLE)]
    inside.clock.passes(days=1)
    others.append(await door.file("key of jaki-app", hole))
    assert len({each.report.number for each in (first, *others)}) == 4
    inside.close()


async def test_what_is_missing_reaches_the_partner_as_a_refusal(sqlite_url: str, keys: Keys, tmp_path: Path) -> None:
    inside = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    inside.store.run(lambda tx: tx.partners.add(Partner("jaki-app", "jaki"), "a-key"))
    with pytest.raises(Refused, match="form_place"):
        await PartnerFiling(inside.turns).file("a-key", Filled("", CategoryId("jalan_rusak"), "Lubang"))
    inside.close()


async def test_a_key_opens_what_it_has_the_right_to_until_its_end(sqlite_url: str, keys: Keys, tmp_path: Path) -> None:
    inside = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files"))
    door, now = PartnerFiling(inside.turns), inside.clock.now()
    only = Partner("files", "jaki", rights=frozenset({PartnerRight.FILE}), until=now + timedelta(days=1))
    inside.store.run(lambda tx: tx.partners.add(only, "a-key"))
    await door.file("a-key", HOLE)
    with pytest.raises(NotAllowed):
        await door.own("a-key", PublishedQuery())
    with pytest.raises(NotAllowed):
        await door.media("a-key", Media((b"photo",)))
    inside.clock.passes(days=1)
    for forbidden in (door.known("a-key", PartnerRight.FILE), door.file("a-key", HOLE)):
        with pytest.raises(NotAllowed):
            await forbidden
    inside.close()


class PartnersFiles:
    """Another server, where photos lie."""

    def __init__(self, data: bytes | CannotReach = b"photo") -> None:
        self.data = data
        self.asked: list[str] = []

    async def get(self, url: str, *, most: int, seconds: float) -> bytes:
        assert most <= 20 << 20
        assert seconds <= 30
        self.asked.append(url)
        if isinstance(self.data, CannotReach):
            raise self.data
        return self.data


def shown(inside: Inside, tmp_path: Path, outside: PartnersFiles) -> PartnerFiling:
    partner = Partner("jaki-app", "jaki", hosts=("media.jaki.example", "other.example:8443"))
    inside.store.run(lambda tx: tx.partners.add(partner, "a-key"))
    return PartnerFiling(inside.turns, Files(tmp_path / "files"), inside.sandbox, outside)  # type: ignore[arg-type]  # stands in for the web


async def test_photos_are_cleaned_wherever_they_come_from(sqlite_url: str, keys: Keys, tmp_path: Path) -> None:
    inside, outside = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files")), PartnersFiles()
    door = shown(inside, tmp_path, outside)
    urls = ("https://media.jaki.example/1.jpg", "https://other.example:8443/2")
    kept = await door.media("a-key", Media((b"sent",), urls))
    assert inside.sandbox.cleaned == [b"sent", b"photo", b"photo"]
    assert {file.kind for file in kept} == {"image/jpeg"}
    filed = await door.file("a-key", replace(HOLE, files=kept))
    assert filed.report.files == kept
    with pytest.raises(Refused, match="file_kind"):
        await door.media("a-key", Media((b"bad",)))
    with pytest.raises(StoreAway):
        await door.media("a-key", Media((b"away",)))
    inside.close()


async def test_what_fails_each_time_is_filed_unread_and_once(sqlite_url: str, keys: Keys, tmp_path: Path) -> None:
    store = CuedStore(sqlite_url, keys)
    inside = Inside(store, Files(tmp_path / "files"))
    store.run(lambda tx: tx.partners.add(Partner("jaki-app", "jaki"), "a-key"))
    store.trouble = [ValueError("kanari"), ValueError("kanari")]
    door, once = PartnerFiling(inside.turns), replace(HOLE, wire_id=WireId("once"))
    filed = await door.file("a-key", once)
    assert (filed.report.category, filed.report.place.area, filed.report.channel) == (HOLE.category, None, "jaki")
    assert HOLE.words in filed.report.text
    again = await door.file("a-key", once)
    assert (again.report.id, again.code) == (filed.report.id, filed.code)
    inside.close()


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/1.jpg", "https://media.jaki.example.evil.example/1.jpg", "https://127.0.0.1/1.jpg",
        "http://media.jaki.example/1.jpg", "https://media.jaki.example:8443/1.jpg", "file:///etc/passwd", "1.jpg",
        "https://media.jaki.example@evil.example/", "https://u:p@media.jaki.example/1.jpg",
    ],
)  # fmt: skip
async def test_nothing_is_fetched_from_a_host_that_the_account_does_not_name(
    sqlite_url: str, keys: Keys, tmp_path: Path, url: str
) -> None:
    inside, outside = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files")), PartnersFiles()
    door = shown(inside, tmp_path, outside)
    with pytest.raises(Refused, match="media_"):
        await door.media("a-key", Media((), (url,)))
    assert outside.asked == []
    outside.data = CannotReach("302")
    with pytest.raises(Refused, match="media_away"):
        await door.media("a-key", Media((), ("https://media.jaki.example/1.jpg",)))
    inside.close()


async def test_an_update_is_done_once_and_its_photos_are_fetched_once(
    sqlite_url: str, keys: Keys, tmp_path: Path
) -> None:
    inside, outside = Inside(CuedStore(sqlite_url, keys), Files(tmp_path / "files")), PartnersFiles()
    door = shown(inside, tmp_path, outside)
    filed = await door.file("a-key", HOLE)
    sent = PartnerUpdate(filed.report.number, WireId("7"), words="Makin dalam")
    for _ in range(2):
        await door.update("a-key", sent, Media((), ("https://media.jaki.example/1.jpg",)))
    history = inside.store.run(lambda tx: tx.reports.history(filed.report.id))
    assert [(each.text, len(each.files)) for each in history if each.act is Act.ADD] == [("Makin dalam", 1)]
    assert len(outside.asked) == 1
    unknown = PartnerUpdate(Number("R00000000"), WireId("8"), words="Makin dalam")
    with pytest.raises(NotFound):
        await door.update("a-key", unknown, Media((), ("https://media.jaki.example/1.jpg",)))
    assert len(outside.asked) == 1, "nothing is fetched for what is not there"
    inside.store.run(lambda tx: tx.partners.change(Partner("jaki-app", "jaki", rights=frozenset({PartnerRight.FILE}))))
    with pytest.raises(NotAllowed):
        await door.update("a-key", replace(sent, id=WireId("9")), None)
    inside.close()
