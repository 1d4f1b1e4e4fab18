"""What is noted for the public list when a report is filed: that it waits, and a mark of a sender who is proved."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core import intake
from core.intake import Filled, Typed
from core.intake.turn import turn_of
from core.messages import Address, Envelope, Incoming, SenderProof, WireId
from core.model import AgencyId, CategoryId, Publishing, Staff, StaffId, StaffRole
from core.record import Turn
from tests.fakes.town import Town

DAILY = Publishing(timedelta(days=1), 5)
STORY = "LAPOR lampu jalan mati di kelurahan cikini"


def town_of(publishing: Publishing = DAILY) -> Town:
    town = Town()
    town.context = replace(town.context, publishing=publishing)
    return town


def marks(town: Town) -> list[bytes]:
    """One a report that waits."""
    assert set(town.store.state.unpublished) == set(town.store.state.reports)
    return list(town.store.state.unpublished.values())


def by_telegram(town: Town, address: str) -> None:
    citizen = town.citizen("telegram", address)
    citizen.writes("lampu jalan mati di kelurahan cikini")
    while not citizen.last.code:
        citizen.writes("ya")


def test_who_writes_by_telegram_has_a_mark_of_their_own_and_the_same_each_time() -> None:
    town = town_of()
    for address in ("budi", "siti", "tono"):
        by_telegram(town, address)
    town.citizen("telegram", "budi").writes("lapor baru")
    first, second, third = marks(town)
    assert len({first, second, third}) == 3
    assert all(each and b"budi" not in each for each in marks(town))


@pytest.mark.parametrize("channel", ["sms", "mail"])
def test_whoever_could_be_anybody_has_no_mark(channel: str) -> None:
    town = town_of()
    claimed = replace(town.context.profiles[channel], sender_proof=SenderProof.CLAIMED)
    town.context = replace(town.context, profiles={**town.context.profiles, channel: claimed})
    town.citizen(channel, "budi").writes(STORY)
    assert marks(town) == [b""]


@pytest.mark.parametrize("channel", ["sms", "mail"])
def test_a_message_that_its_wire_proves_has_the_mark_of_its_sender(channel: str) -> None:
    town = town_of()
    for at, address in enumerate(("budi", "siti")):
        letter = Envelope(channel, Address(address), WireId(f"w{at}"), text=STORY, proved=True)
        town.take(Incoming(letter))
    first, second = marks(town)
    assert first
    assert second not in {first, b""}


def test_whoever_writes_to_several_numbers_of_ours_has_one_mark() -> None:
    town = town_of()
    for at, sender in enumerate(("+62811", "+62811>1708", "+62812>1708")):
        person = Address(sender.partition(">")[0])
        said = Envelope("sms", Address(sender), WireId(f"w{at}"), text=STORY, proved=True, person=person)
        town.take(Incoming(said))
    first, second, other = marks(town)
    assert first == second != other


def test_one_number_by_sms_and_by_whatsapp_is_one_sender() -> None:
    town = town_of()
    for at, (channel, sender) in enumerate((("sms", "+62811"), ("whatsapp", "62811"), ("whatsapp", "62812"))):
        for more, said in enumerate((STORY, "kelurahan cikini", "ya", "1") if channel == "whatsapp" else (STORY,)):
            person = Address(f"+{sender.removeprefix('+')}")
            wire_id = WireId(f"w{at}{more}")
            town.take(Incoming(Envelope(channel, Address(sender), wire_id, text=said, proved=True, person=person)))
    first, second, other = marks(town)
    assert first == second != other


def test_so_is_it_where_a_turn_raised_and_the_words_are_filed_as_they_are() -> None:
    town = town_of()
    for at, (channel, sender) in enumerate((("sms", "+62811"), ("whatsapp", "62811"))):
        said = Envelope(channel, Address(sender), WireId(f"w{at}"), text=STORY, proved=True, person=Address("+62811"))
        town.store.run(lambda tx, said=said: intake.as_it_is(tx, Incoming(said), town.clock.now(), town.context))  # type: ignore[misc]  # bound now
    first, second = marks(town)
    assert first == second != b""


def test_limits_are_of_a_person_where_they_are_proved_and_of_a_number_of_one_channel_where_they_are_claimed() -> None:
    town = town_of()
    person = Address("+62811")

    def key(channel: str, sender: str, *, proved: bool) -> str:
        said = Envelope(channel, Address(sender), WireId("w"), proved=proved, person=person)
        profile = replace(town.context.profiles[channel], sender_proof=SenderProof.CLAIMED)
        context = replace(town.context, profiles={**town.context.profiles, channel: profile})
        return town.store.run(lambda tx: turn_of(tx, said, town.clock.now(), context).person_key)

    proved = {key("sms", "+62811", proved=True), key("sms", "+62811>1708", proved=True)}
    assert proved == {key("whatsapp", "62811", proved=True)}
    assert key("sms", "+62811", proved=False) not in proved, "a forger uses up nobody's tries"


def test_a_clerk_is_one_sender_whoever_stands_at_the_counter() -> None:
    town = town_of()
    for at, name in enumerate(("loket", "loket", "lain")):
        who = Staff(StaffId(name), name, AgencyId("kel:31.71.01.1001"), StaffRole.CLERK)
        if at != 1:
            town.store.run(lambda tx, who=who: tx.accounts.add(who, "hash"))  # type: ignore[misc]  # bound now
        typed = Typed(
            f"f{at}", "Lampu jalan mati sejak Senin", "pju", "dekat masjid", reach=("sms", Address(f"+62{at}"))
        )
        town.store.run(
            lambda tx, who=who, typed=typed: intake.at_counter(Turn(tx, town.clock.now(), town.context), who, typed)  # type: ignore[misc]  # bound now
        )
    first, second, other = marks(town)
    assert first == second != other


def test_a_form_that_nobody_vouches_for_has_no_mark() -> None:
    town = town_of()
    filled = Filled("web", CategoryId("pju"), "Lampu mati", "Kelurahan Cikini")
    town.store.run(lambda tx: intake.form(tx, filled, town.clock.now(), town.context))
    assert marks(town) == [b""]


def test_where_each_is_published_at_once_nothing_is_noted() -> None:
    town = town_of(Publishing())
    town.citizen("sms").writes(STORY)
    assert town.store.state.reports
    assert town.store.state.unpublished == {}
