"""Every sentence fits its channel, with the longest that can stand in it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.telegram.bot_profile import COMMANDS as TELEGRAM_COMMANDS
from core import areas, conversation, places, redact, workflow
from core.categories import AGENCIES, ATTRIBUTES, CATEGORIES, GROUPS, in_words, label
from core.conversation import FileReport, questions
from core.conversation.attachments import COMPLAINTS
from core.messages import ChannelProfile, Line, Option, Say
from core.model import (
    AgencyId,
    AreaChoice,
    CategoryId,
    Dialogue,
    Draft,
    Filed,
    LeavesOf,
    Place,
    ReportId,
    Status,
    Step,
)
from core.phrases import KEYS, SPOKEN, gsm7, phrase, render, terse_of
from core.phrases import fits as message_fits
from core.redact.traces import MARKS
from tests.fakes.sentences import OUTSIDE_MESSAGES, PROFILES, lines, placeholders, raw

NARROW = ChannelProfile("narrow", limit=1000, max_buttons=3, label_limit=20)  # as WhatsApp's buttons want it
SMS = next(profile for profile in PROFILES if profile.gsm7)
# Sentences that carry the words of staff: two segments.
WITH_WORDS = frozenset(
    {"question", "news_words", "news_rejected", "news_forwarded", "status_reason", "status_question"}
)
LONGEST_CODE = "9876-5432-1098-7654"


def longest(texts: Iterator[str]) -> str:
    return max(texts, key=lambda text: (gsm7.septets(gsm7.plain(text)) or 0, len(text)))


def holders() -> list[AgencyId]:
    return [*AGENCIES, *(areas.office(code) for code in areas.AREAS)]


def worst(lang: str, profile: ChannelProfile) -> dict[str, str]:
    """The longest that each placeholder can be in this language and profile."""
    full = [areas.full_name(code) for code in areas.AREAS]
    return {
        "category": longest(label(leaf.id, lang) for leaf in CATEGORIES),
        "first": longest(label(leaf.id, lang) for leaf in CATEGORIES),
        "second": longest(label(leaf.id, lang) for leaf in CATEGORIES),
        "place": longest(questions.short_place(name, profile) for name in full),
        "agency": longest(workflow.agency_name(holder, lang) for holder in holders()),
        "status": longest(phrase(f"status_{status.value}", lang) for status in Status),
        "code": LONGEST_CODE,
        "kinds": ", ".join(mark.strip("[]") for mark in MARKS.get(lang, MARKS["id"]).values()),
        "last4": "7654",
        "digits": "7654",
        "codes": LONGEST_CODE,
        "tag": f"resi.{'w' * 26}",
        "since": longest(f"30 {month} 2031" for month in phrase("months", lang).split()),
        "due": longest(f"30 {month} 2031" for month in phrase("months", lang).split()),
        "minutes": "60",
        "shown": "x" * (min(300, profile.limit * 3 // 40) + 6) if profile.echo else "",
        "photos": "10",
        "numbers": ", ".join(map(str, range(1, 11))),
        "text": "x" * (min(1500, profile.limit * 3 // 8) + 6) if profile.echo else "",
        "outside": longest(workflow.agency_name(each.id, lang) for each in AGENCIES.values() if each.external),
        "count": "99",
        "why": "address",
        "city": longest(places.outside(f"di {name}") for name in ("Bekasi", "Tangerang Selatan", "Depok", "Bogor")),
        "ask": longest(in_words(each.ask, lang) for each in ATTRIBUTES.values()),
        "told": "x" * 300 if profile.echo else "",
    }


def fits(text: str, profile: ChannelProfile) -> None:
    cost = gsm7.septets(text) if profile.gsm7 else len(text)
    assert cost is not None, f"outside GSM-7: {text}"
    assert cost <= profile.limit, f"{cost} of {profile.limit}: {text}"


@pytest.mark.parametrize("profile", [*PROFILES, NARROW], ids=lambda profile: profile.name)
@pytest.mark.parametrize("lang", SPOKEN)
def test_each_sentence_fits_each_channel_with_its_longest_arguments(lang: str, profile: ChannelProfile) -> None:
    arguments = tuple(worst(lang, profile).items())
    assert len(lines()) > 70
    for key in lines():
        if key not in WITH_WORDS:
            fits(render(Say((Line(key, arguments),)), lang, profile).text, profile)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("key", sorted(WITH_WORDS))
def test_each_sentence_with_words_of_staff_fits_in_two_segments(key: str, lang: str, profile: ChannelProfile) -> None:
    arguments = (*worst(lang, profile).items(), ("text", "x" * workflow.TOLD_LONGEST))
    text = render(Say((Line(key, arguments),), long=True), lang, profile).text
    fits(text, replace(profile, limit=profile.long_limit or profile.limit))
    if raw(key, lang, terse=profile.terse):
        assert "x" * workflow.TOLD_LONGEST in text


@pytest.mark.parametrize("lang", SPOKEN)
def test_what_a_wire_shows_beside_messages_fits(lang: str) -> None:
    for key, most in OUTSIDE_MESSAGES.items():
        assert 0 < len(phrase(key, lang)) <= most
    assert all(len(phrase(f"command_{command}", lang)) <= 256 for command in TELEGRAM_COMMANDS)
    assert phrase("mail_subject", lang).isascii()
    assert len(phrase("months", lang).split()) == 12


@pytest.mark.parametrize("lang", SPOKEN)
def test_every_status_of_every_report_is_one_sms(lang: str) -> None:
    arguments = worst(lang, SMS)
    for holder, status in product(holders(), Status):
        said = arguments | {
            "agency": workflow.agency_name(holder, lang),
            "status": phrase(f"status_{status.value}", lang),
        }
        fits(render(Say((Line("status_is", tuple(said.items())),)), lang, SMS).text, SMS)


@pytest.mark.parametrize("lang", SPOKEN)
def test_every_answer_to_a_code_is_one_sms_even_where_a_draft_waits(lang: str) -> None:
    arguments = tuple(worst(lang, SMS).items())
    asked = questions.resume(Dialogue(lang), SMS)
    for key in KEYS:
        if key.startswith(("code_", "forgotten", "status_is", "status_ended")) and key != "code_secret":
            said = Say((Line(key, arguments), *asked.lines), questions.options(asked.options, lang, SMS))
            fits(render(said, lang, SMS).text, SMS)


@pytest.mark.parametrize("lang", SPOKEN)
def test_every_menu_is_one_sms(lang: str) -> None:
    for group, page in product(GROUPS, range(4)):
        dialogue = Dialogue(lang, detail=LeavesOf(group.id), page=page)
        for asked in (questions.group_choice(dialogue, SMS), questions.leaf_choice(dialogue, SMS)):
            options = questions.options(asked.options, lang, SMS)
            lead = (Line("choices_help"), *asked.lines)
            assert len(options) <= SMS.options
            fits(render(Say(lead, options), lang, SMS).text, SMS)


@pytest.mark.parametrize("lang", SPOKEN)
def test_every_question_which_area_is_one_sms_and_still_a_choice(lang: str) -> None:
    codes = sorted(areas.AREAS, key=lambda code: -len(questions.short_place(areas.full_name(code), SMS)))
    worst = AreaChoice(tuple(codes[:5]))
    dialogue = Dialogue(lang, Step.WHICH_PLACE, detail=worst)
    asked = questions.which_place(dialogue, SMS)
    assert len(asked.options) >= 3, "two areas and the way out"
    fits(
        render(
            Say((Line("not_understood"), *asked.lines), questions.options(asked.options, lang, SMS)), lang, SMS
        ).text,
        SMS,
    )


@pytest.mark.parametrize("lang", SPOKEN)
def test_every_summary_is_one_sms_and_keeps_its_question(lang: str) -> None:
    place = Place(name=worst(lang, SMS)["place"], words="di sini")
    for leaf in CATEGORIES:
        draft = Draft(text="nama saya Budi, lampu mati", category=leaf.id, place=place)
        asked = questions.summary(Dialogue(lang, draft=draft), SMS)
        hint = (Line(f"hint_{leaf.emergency}"),) if leaf.emergency else (Line("added"),)
        text = render(Say((*hint, *asked.lines), questions.options(asked.options, lang, SMS)), lang, SMS).text
        fits(text, SMS)
        assert phrase("option_send", lang) in text


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("placed", [True, False])
def test_every_receipt_is_one_sms_with_its_code_and_its_warning(lang: str, placed: bool) -> None:  # noqa: FBT001 - pytest passes parameters by name
    arguments = tuple(worst(lang, SMS).items())
    for leaf, hint in product(CATEGORIES, ("", "hint_112", "hint_110", "hint_123")):
        effect = FileReport(Draft("x", leaf.id), one_message=True, alternatives=(CategoryId("pju"),), hint=hint)
        filed = Filed(ReportId("r"), placed=placed)
        after = conversation.after_filing(Dialogue(lang), effect, filed, SMS)
        said = after.say
        assert said is not None
        lead = ((Line(hint),) if hint else ()) + (Line("filed", arguments),)
        closing = (Line("filed_due", arguments, keep=False), Line("closed_note", arguments, keep=False))
        text = render(Say((*lead, *said.lines[:1], *closing, *said.lines[1:])), lang, SMS).text
        fits(text, SMS)
        assert LONGEST_CODE in text
        assert label(leaf.id, lang) in text
        if not hint:
            assert gsm7.plain(terse_of("code_secret", lang)) in text
        if not placed:
            assert gsm7.plain(terse_of("ask_place_filed", lang)) in text


@pytest.mark.parametrize("lang", SPOKEN)
def test_every_receipt_has_room_for_what_is_said_of_a_file(lang: str) -> None:
    digits = {"fix_one": "fix_one_digits", "ask_place_filed": "ask_place_digits"}
    arguments = tuple(worst(lang, SMS).items())
    for leaf, hint, file in product(CATEGORIES, ("", "hint_112", "hint_110", "hint_123"), sorted(COMPLAINTS)):
        effect = FileReport(Draft("x", leaf.id), one_message=True, alternatives=(CategoryId("pju"),), hint=hint)
        after = conversation.after_filing(Dialogue(lang), effect, Filed(ReportId("r"), placed=False), SMS)
        assert after.say is not None
        lead = (*((Line(hint),) if hint else ()), Line("filed", arguments), Line(file))
        rest = [Line(digits.get(each.key, each.key), (*arguments, *each.args)) for each in after.say.lines[1:]]
        text = render(Say((*lead, replace(after.say.lines[0], keep=False), *rest)), lang, SMS).text
        fits(text, SMS)
        assert LONGEST_CODE in text
        assert gsm7.plain(terse_of(file, lang)) in text


FREE = [key for key in lines() if not placeholders(raw(key, "id"))]
LINES = st.lists(st.builds(Line, st.sampled_from(FREE), keep=st.booleans()), max_size=6).map(tuple)
MADE_UP = st.builds(
    ChannelProfile, st.just("toy"), st.integers(20, 900), terse=st.booleans(), max_buttons=st.sampled_from((0, 2, 10))
)


@given(LINES, MADE_UP, st.sampled_from(SPOKEN))
@settings(max_examples=300)
def test_lines_that_may_go_are_left_out_last_first_until_it_fits_and_no_others(
    said: tuple[Line, ...], profile: ChannelProfile, lang: str
) -> None:
    endless = replace(profile, limit=10**9)
    options = (Option("a", "Satu"), Option("b", "Dua"))
    text = render(Say(said, options), lang, profile).text
    left = said
    while len(render(Say(left, options), lang, endless).text) > profile.limit and not all(line.keep for line in left):
        last = max(at for at, line in enumerate(left) if not line.keep)
        left = left[:last] + left[last + 1 :]
    assert text == render(Say(left, options), lang, endless).text
    assert [line for line in left if line.keep] == [line for line in said if line.keep]


def test_options_are_numbered_where_there_are_no_buttons() -> None:
    say = Say((Line("ask_send"),), (Option("send", "Kirim"), Option("change", "Ubah")))
    told = {profile.name: render(say, "id", profile) for profile in PROFILES}
    assert told["telegram"].options == say.options
    assert "1." not in told["telegram"].text
    assert told["sms"].text.endswith("1 Kirim 2 Ubah")
    assert told["mail"].text.endswith("1. Kirim\n2. Ubah")
    assert told["sms"].options == told["mail"].options == ()


THREE = tuple(Option(f"o{at}", label) for at, label in enumerate(("Jalan", "Air", "Lampu jalan")))


@given(st.integers(0, 4), st.integers(0, 12), st.integers(0, 3))
def test_options_are_all_pressed_or_all_numbered_and_what_is_pressed_fits(most: int, longest: int, asked: int) -> None:
    profile = ChannelProfile("toy", limit=1000, max_buttons=most, label_limit=longest)
    options = THREE[:asked]
    told = render(Say((Line("ask_send"),), options), "id", profile)
    pressed = asked <= most and all(not longest or len(each.label) <= longest for each in options)
    assert told.options == (options if pressed else ())
    for number, option in enumerate(options, 1):
        assert (f"{number}. {option.label}" in told.text) == (not pressed)


def test_a_question_that_is_numbered_for_its_length_counts_what_stands_in_it() -> None:
    say = Say((Line("ask_send"),), THREE)
    narrow = ChannelProfile("toy", limit=len(render(say, "id", PROFILES[0]).text), max_buttons=3)
    assert message_fits(say, "id", narrow)
    assert not message_fits(say, "id", replace(narrow, max_buttons=2))


def test_one_character_outside_the_alphabet_is_not_sent_by_sms() -> None:
    said = Say((Line("place_noted", (("place", "Kel. \u201cTebet\u201d \U0001f4a1"),)),))
    assert render(said, "id", SMS).text == 'Tempat: Kel. "Tebet" .'


def test_the_marks_that_close_traces_can_be_sent_by_sms() -> None:
    closed = redact.closed("nama saya Budi Santoso, nomor 081234567890", "id")
    assert "0812" not in closed
    assert gsm7.septets(closed) is not None


@pytest.mark.parametrize("lang", SPOKEN)
def test_every_status_with_the_longest_words_of_staff_is_two_segments(lang: str) -> None:
    arguments = (*worst(lang, SMS).items(), ("text", "x" * workflow.TOLD_LONGEST))
    resume = questions.resume(Dialogue(lang), SMS)
    for key in ("status_question", "status_reason"):
        lines = (Line("status_ended", arguments), Line("status_where", arguments, keep=False), Line(key, arguments))
        alone = render(Say(lines, long=True), lang, SMS).text
        fits(alone, replace(SMS, limit=SMS.long_limit))
        assert "x" * workflow.TOLD_LONGEST in alone
        beside = (lines[0], *(replace(line, keep=False) for line in lines[1:]), *resume.lines)
        options = questions.options(resume.options, lang, SMS)
        fits(render(Say(beside, options, long=True), lang, SMS).text, replace(SMS, limit=SMS.long_limit))


def test_what_fits_is_measured_with_all_its_lines() -> None:
    say = Say((Line("help", keep=False), Line("ask_place", keep=False)))
    assert not message_fits(say, "id", SMS)
    assert message_fits(Say(say.lines[1:]), "id", SMS)
    assert not message_fits(Say(say.lines[1:]), "id", SMS, spare=SMS.limit)
