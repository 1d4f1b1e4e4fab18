"""The outbox empties: words are made, failures wait or end, and an address that is gone is forgotten."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import delivery
from core.delivery import LEASE, Ready, pause
from core.errors import DeliveryFailed
from core.messages import Address, Line, Option, Outgoing, Say, Thread
from core.model import Contact, ContactId, Delivery, DeliveryId, DeliveryKind
from core.phrases import LANGUAGES, phrase, terse_of
from tests.fakes.memory_store import MemoryUnitOfWork
from tests.fakes.nouns import words_of
from tests.fakes.time_and_random import FakeRandomSource
from tests.fakes.town import Town

SAY = Say((Line("ask_send"),), (Option("send", "Kirim"), Option("change", "Ubah")), ask_point=True, revision=4)
CONTACT = ContactId("c1")
PASSING = DeliveryFailed("busy", final=False)
FINAL = DeliveryFailed("blocked", final=True)


def put(
    town: Town, name: str = "d1", *, channel: str = "telegram", to: str = "budi", lang: str = "id", say: Say = SAY
) -> Delivery:
    """A delivery to somebody with a contact."""
    row = Delivery(
        id=DeliveryId(name), ordering_key=to.encode(), kind=DeliveryKind.REPLY, channel=channel, to=Address(to),
        say=say, lang=lang, not_before=town.clock.now(), thread=Thread("<1@a>"), contact=CONTACT,
    )  # fmt: skip

    def add(tx: MemoryUnitOfWork) -> None:
        tx.code_holders.state.contacts[CONTACT] = Contact(CONTACT, channel, Address(to), lang)
        tx.outbox.add(row)

    town.store.run(add)
    return row


def outgoing(town: Town, say: Say, lang: str = "id", channel: str = "telegram") -> Outgoing:
    """A message as its wire gets it."""
    put(town, channel=channel, lang=lang, say=say)
    (ready,) = claimed(town)
    return ready.outgoing


def claimed(town: Town, most: int = 10) -> list[Ready]:
    now = town.clock.now()
    return list(town.store.run(lambda tx: delivery.claim(tx, now, most, town.context)))


def said(town: Town, channel: str, lang: str = "id") -> Outgoing:
    put(town, channel=channel, lang=lang)
    (ready,) = claimed(town)
    return ready.outgoing


def fails(town: Town, ready: Ready, failure: DeliveryFailed) -> None:
    now = town.clock.now()
    town.store.run(lambda tx: delivery.failed(tx, ready.delivery, failure, now, town.context.rng))


def test_a_channel_with_buttons_gets_them_and_the_location_button() -> None:
    out = said(Town(), "telegram")
    assert out.text == phrase("ask_send", "id")
    assert out.options == SAY.options
    assert (out.ask_point, out.point_label, out.revision) == (True, phrase("point_button", "id"), 4)
    assert out.subject == ""


def test_a_channel_without_buttons_gets_numbers() -> None:
    out = said(Town(), "sms")
    assert out.text == f"{terse_of('ask_send', 'id')} 1 Kirim 2 Ubah"
    assert (out.options, out.ask_point, out.point_label) == ((), False, "")


def test_every_message_tells_its_kind_its_phrase_and_what_fills_it() -> None:
    out = said(Town(), "telegram", "en")
    assert (out.kind, out.lang, out.key, out.arguments) == (DeliveryKind.REPLY, "en", "ask_send", ())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_arguments_are_those_of_the_phrase_in_its_order_and_no_others(lang: str) -> None:
    args = (("outside", "PLN"), ("agency", "Dinas Bina Marga"), ("text", "rahasia"), ("last4", "1234"))
    out = outgoing(Town(), Say((Line("news_started", args),)), lang)
    assert (out.key, dict(out.arguments)) == ("news_started", {"last4": "1234", "agency": "Dinas Bina Marga"})
    assert phrase(out.key, lang, **dict(out.arguments)) == out.text
    order = [out.text.index(value) for _, value in out.arguments]
    assert order == sorted(order)


def test_a_digest_is_about_the_newest_of_its_news() -> None:
    older = Line("news_started", (("last4", "1234"), ("agency", "A")), keep=False)
    newest = Line("news_checking", (("last4", "1234"), ("text", "")))
    words = Line("news_words", (("text", "Sudah ditambal."),), keep=False)
    assert outgoing(Town(), Say((older, newest, words))).key == "news_checking"


def test_a_message_of_lines_that_may_all_go_is_about_the_first_and_one_of_options_alone_about_none() -> None:
    assert outgoing(Town(), Say((Line("thanks", keep=False), Line("ask_send", keep=False)))).key == "thanks"
    out = outgoing(Town(), Say((), (Option("new", "Baru"),)))
    assert (out.key, out.arguments, out.options) == ("", (), (Option("new", "Baru"),))


def test_where_a_short_form_needs_less_what_is_missing_is_no_fault() -> None:
    out = outgoing(Town(), Say((Line("place_noted", (("place", "Cikini"), ("more", "x"))),)), channel="sms")
    assert dict(out.arguments) == {"place": "Cikini"}


def test_what_was_said_is_not_printed() -> None:
    out = outgoing(Town(), Say((Line("place_noted", (("place", "Jalan Kenanga 4"),)),)))
    assert "Kenanga" in str(out.arguments)
    assert "Kenanga" not in f"{out} {out!r}"


def test_mail_gets_a_constant_subject_and_its_thread() -> None:
    out = said(Town(), "mail", "en")
    assert (out.subject, out.thread) == (phrase("mail_subject", "en"), Thread("<1@a>"))
    assert out.to.reveal() == "budi"


def test_a_delivery_is_leased_and_comes_again_with_the_same_words_and_id() -> None:
    town = Town()
    put(town)
    (first,) = claimed(town)
    assert claimed(town) == []
    town.clock.passes(seconds=LEASE.total_seconds())
    (second,) = claimed(town)
    assert second.outgoing == first.outgoing
    assert second.outgoing.id == "d1"


def test_each_try_after_a_failure_carries_the_same_words_and_id() -> None:
    town = Town()
    put(town, channel="mail")
    tries = []
    for _ in range(5):
        (ready,) = claimed(town)
        tries.append(ready.outgoing)
        fails(town, ready, PASSING)
        town.clock.passes(hours=2)
    assert len({(out.id, out.text, out.subject, out.thread) for out in tries}) == 1


def test_one_that_cannot_be_said_does_not_hold_up_those_claimed_with_it() -> None:
    town = Town()
    put(town, "broken", to="siti", lang="xx")
    put(town, "whole", to="budi")
    ready = {each.delivery.id: each for each in claimed(town)}
    assert ready[DeliveryId("whole")].outgoing.text
    with pytest.raises(KeyError):
        _ = ready[DeliveryId("broken")].outgoing


def test_no_more_are_claimed_than_asked_for_and_one_of_an_ordering_key() -> None:
    town = Town()
    for at in range(3):
        put(town, f"budi-{at}", to="budi")
        put(town, f"siti-{at}", to="siti")
    assert len(claimed(town, 1)) == 1
    assert {words_of(each.delivery.to) for each in claimed(town)} <= {"budi", "siti"}
    assert claimed(town) == []


def test_what_was_sent_is_gone_and_its_contact_stays_for_news() -> None:
    town = Town()
    put(town)
    (ready,) = claimed(town)
    now = town.clock.now()
    town.store.run(lambda tx: delivery.sent(tx, ready.delivery, "provider", now, town.context))
    state = town.store.state
    assert state.waiting == {}
    assert state.done[ready.delivery.id].state == "sent"
    assert CONTACT in state.contacts


def test_a_passing_failure_waits_and_keeps_everything() -> None:
    town = Town()
    put(town)
    (ready,) = claimed(town)
    fails(town, ready, PASSING)
    (waiting,) = town.store.state.waiting.values()
    assert waiting.attempts == 1
    assert timedelta(0) < waiting.not_before - town.clock.now() <= timedelta(seconds=15)
    assert CONTACT in town.store.state.contacts
    assert claimed(town) == []


def test_a_final_failure_erases_the_address_and_stays_as_a_dead_letter() -> None:
    town = Town()
    put(town)
    put(town, "later")
    (ready,) = claimed(town)
    fails(town, ready, FINAL)
    state = town.store.state
    assert state.contacts == {}
    assert state.waiting == {}, "what still waited for that address is gone too"
    assert state.done[DeliveryId("d1")].state == "dead"


def test_a_refusal_for_the_message_s_own_sake_leaves_the_address() -> None:
    town = Town()
    put(town)
    put(town, "later")
    (ready,) = claimed(town)
    fails(town, ready, DeliveryFailed("too_long", final=True, gone=False))
    assert CONTACT in town.store.state.contacts
    assert list(town.store.state.waiting) == [DeliveryId("later")]
    assert town.store.state.done[DeliveryId("d1")].state == "dead"


def test_who_never_answers_is_given_up_after_days_and_not_before() -> None:
    town = Town()
    put(town)
    began = town.clock.now()
    tries = 0
    while town.store.state.waiting:
        (ready,) = claimed(town)
        fails(town, ready, PASSING)
        tries += 1
        town.clock.passes(minutes=76)
        assert tries < 500
    assert town.clock.now() - began > timedelta(days=3)
    assert town.store.state.done[DeliveryId("d1")].state == "dead"
    assert CONTACT in town.store.state.contacts, "a passing reason says nothing of the address"


def test_a_failure_of_a_reply_without_a_contact_is_taken_too() -> None:
    town = Town()
    citizen = town.citizen("telegram")
    town.store.run(
        lambda tx: tx.outbox.add(
            Delivery(
                DeliveryId("d"), b"l", DeliveryKind.REPLY, "telegram", citizen.address, SAY, "id", town.clock.now()
            )
        )
    )
    (ready,) = claimed(town)
    fails(town, ready, FINAL)
    assert town.store.state.done[DeliveryId("d")].state == "dead"


@given(st.integers(0, 10**4), st.integers(0, 10**6))
@settings(max_examples=200)
def test_a_pause_doubles_is_never_long_and_its_chance_is_bounded(attempts: int, seed: int) -> None:
    waits = pause(attempts, None, FakeRandomSource(seed))
    whole = min(timedelta(seconds=4 * 2 ** min(attempts, 12)), timedelta(hours=1))
    assert whole <= waits <= whole * 1.25


@given(st.integers(0, 10**6))
@settings(max_examples=50)
def test_the_first_retry_comes_within_fifteen_seconds(seed: int) -> None:
    assert pause(0, None, FakeRandomSource(seed)) <= timedelta(seconds=15)


@given(st.integers(0, 100), st.floats(0, 10**6))
@settings(max_examples=200)
def test_what_a_wire_asks_for_is_obeyed(attempts: int, retry_after: float) -> None:
    waits = pause(attempts, retry_after, FakeRandomSource())
    assert waits >= timedelta(seconds=retry_after)
    assert waits in {timedelta(seconds=retry_after), pause(attempts, None, FakeRandomSource())}


def test_messages_that_failed_together_do_not_march_in_step() -> None:
    rng = FakeRandomSource()
    assert len({pause(3, None, rng) for _ in range(50)}) > 40


def test_what_is_ready_prints_neither_address_nor_words() -> None:
    town = Town()
    put(town, to="canary-0811")
    (ready,) = claimed(town)
    assert "canary" not in repr(ready)
