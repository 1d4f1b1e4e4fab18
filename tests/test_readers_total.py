"""Readers of words are total: whatever stands in a text, none of them raises, and none of them takes long.

Each stands under a watch that lets no fault pass (conftest), for a reader that falls back on its stand-in raises
nothing either.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.channels import CHANNELS
from bots.mail import charset, fallback_text, mime
from bots.mail.trim import trim
from core import areas, facts, places, redact, search_terms, suggest, tracking
from core.analysis import once
from core.conversation import FileReport, after_filing, event_of, is_asking, kinds, step, topics, verdict_of
from core.conversation import intents as spoken
from core.conversation.command_words import command_of
from core.conversation.languages import language_of
from core.messages import Address, ChannelProfile, Envelope, Incoming, WireId
from core.model import Dialogue, Filed, ReportId, SmallTalk
from core.phrases import SPOKEN
from tests.fakes.texts import TEXTS


def _redact(text: str) -> None:
    with once():
        _redacted(text)


def _redacted(text: str) -> None:
    spans = redact.find(text)
    assert all(0 <= each.start < each.end <= len(text) for each in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    for each in redact.doubtful(spans):
        redact.question(each)
    once = redact.closed(text)
    assert redact.closed(once) == once
    redact.closed(text, "en", kept=(text[:5], text[-5:]))
    redact.closed_coarsely(text)


def _suggest(text: str) -> None:
    suggest.suggest(text)
    two = suggest.parts(text)
    assert two is None or (two.first in text and two.second in text)


def _areas(text: str) -> None:
    places.find(text)
    places.outside(text)
    point = areas.point_in(text)
    if point is not None:
        areas.nearest(point)
    areas.without_points(text)


def _facts(text: str) -> None:
    facts.told(text, "id")
    facts.told(text, "en")


def _codes(text: str) -> None:
    tracking.tried(text)
    assert tracking.inside(text) == tracking.split(text)[0]


def _searched(text: str) -> None:
    search_terms.words_of(text)
    search_terms.terms_of(text)


def _answers(text: str) -> None:
    with once():
        _answered(text)


def _answered(text: str) -> None:
    for read in (
        *(spoken.is_back, spoken.is_wrong, spoken.is_yes, spoken.is_bare, spoken.is_hold, spoken.is_skip),
        *(spoken.is_greeting, spoken.is_hail, spoken.is_assent, spoken.is_thanks, spoken.is_whereabouts),
        *(spoken.asks_who_we_are, spoken.tells_problem, spoken.problem_in, spoken.way_of, spoken.change_of),
        *(command_of, spoken.number_of, spoken.words_in, spoken.normal, is_asking),
        *(topics.answer_to, topics.answer_beside, topics.is_chat, topics.is_mashed, kinds.labelled, kinds.only_a_place),
    ):
        read(text)
    for asked in (True, False):
        verdict_of(text, asked=asked)
    language_of(text, SPOKEN)
    spoken.option_of(text, ("yes", "no", "other"), ("Ya", "Tidak", "Lainnya"))
    topics.with_kept(SmallTalk(text), text)


def _mail(text: str) -> None:
    trim(text)
    charset.clean(text)
    charset.header_words(text)
    data = text.encode()
    for label in ("", "utf-7", "iso-2022-jp", "hz", "x"):
        charset.words(data, label)
    for head in (b"", b"Content-Type: text/html\n\n", b"Subject: " + data[:200] + b"\nFrom: a\n\n"):
        mime.read(head + data)
        fallback_text.words(fallback_text.parted(head + data)[1])


READERS: Mapping[str, Callable[[str], None]] = {
    "redact": _redact,
    "suggest": _suggest,
    "areas": _areas,
    "facts": _facts,
    "codes": _codes,
    "searched": _searched,
    "answers": _answers,
    "mail": _mail,
}


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=100)
@given(TEXTS)
def test_whatever_stands_in_a_text_it_is_read(name: str, text: str) -> None:
    READERS[name](text)


@settings(max_examples=30)
@given(TEXTS)
def test_whatever_stands_in_a_text_it_can_be_explained(text: str) -> None:
    suggest.explain(text)


def _event(profile: ChannelProfile, text: str, *, in_thread: bool) -> Incoming:
    return Incoming(replace(Envelope(profile.name, Address("x"), WireId("1"), text), in_thread=in_thread))


@pytest.mark.parametrize("profile", [each.profile for each in CHANNELS], ids=lambda each: each.name)
@settings(max_examples=30)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from(SPOKEN), st.booleans())
def test_a_conversation_goes_on_whatever_is_said(
    profile: ChannelProfile,
    said: list[str],
    lang: str,
    in_thread: bool,  # noqa: FBT001 - drawn
) -> None:
    dialogue = Dialogue(lang=lang)
    for text in said:
        outcome = step(dialogue, event_of(_event(profile, text, in_thread=in_thread)), profile)
        dialogue = outcome.dialogue
        if isinstance(outcome.effect, FileReport):
            draft = outcome.effect.draft
            filed = Filed(ReportId("r"), placed=False, alternatives=outcome.effect.alternatives, kind=draft.category)
            dialogue = after_filing(dialogue, outcome.effect, filed, profile).dialogue


# -- texts that once failed, or that are made to be read for ever --


FOUND = (
    "Lampu jalan mati\n- Tomasz W.",
    "\n-Ad W.",
)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("text", FOUND, ids=ascii)
def test_a_text_that_once_failed_is_read(name: str, text: str) -> None:
    READERS[name](text)


LONG = 20_000
FRAGMENTS = (
    *("1", "0 ", "12-", "1 2-3.4/(5) ", " ", "\n", "\n- ", "- ", "a", "a.", "A. ", "Budi ", "Tomasz W. ", "RT 01/02 "),
    *(
        "@",
        "a@b.",
        "nol ",
        "dua puluh ",
        "nama saya ",
        "saya Budi, ",
        "jl. a no 1 ",
        "kel ",
        "Cikini ",
        "B 1234 ",
        "08",
    ),
    *("-6.2, ", "km 1 ", "https://a.b/c?d=e&", "t.me/a ", "ig @a ", "rek ", "[nama] ", "\ufffc", "\u200b", "a\u0301"),
    *(
        "\ufdfa",
        "\u0130",
        "1/1/",
        "3 hari ",
        "tiang ",
        "dan juga ",
        "sampah menumpuk dan ",
        "ya, ",
        "2 ",
        "> ",
        "-- \n",
    ),
    *("Pada ", "On a wrote:\n", "From: a\n", "<", "<a", "&", "=?utf-8?q?", "?", "'", '"', "(", "((", "_", "/"),
)


@pytest.mark.hostile
@pytest.mark.parametrize("fragment", FRAGMENTS, ids=ascii)
def test_a_long_text_of_one_fragment_is_read_to_its_end(fragment: str) -> None:
    text = (fragment * LONG)[:LONG]
    with once():  # as in a turn: what several ask of it is read once
        for read in READERS.values():
            read(text)
