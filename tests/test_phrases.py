"""Every sentence in every language: there, used, alike in its placeholders, and fitting each channel."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.channels import CHANNELS
from bots.telegram.bot_profile import COMMANDS as TELEGRAM_COMMANDS
from core import areas, city, conversation, facts, places, redact, workflow
from core.casework import Which
from core.categories import AGENCIES, ATTRIBUTES, CATEGORIES, GROUPS, AttributeKind, group_label, in_words, label
from core.city.profile import told
from core.conversation import FileReport, moves, questions
from core.conversation.attachments import COMPLAINTS
from core.conversation.closing import orders_in
from core.conversation.intents import command_of
from core.conversation.topics import ANSWERS
from core.messages import ChannelProfile, Line, Option, Say, StoredFile, UnsupportedContent
from core.model import (
    Act,
    AgencyId,
    AlertKind,
    AreaChoice,
    CategoryId,
    DeliveryKind,
    Dialogue,
    Draft,
    Feedback,
    Filed,
    HookState,
    LeavesOf,
    Place,
    ReportId,
    StaffRole,
    Status,
    Step,
)
from core.phrases import CALLED, KEYS, LANGUAGES, SPOKEN, gsm7, named, phrase, render, terse_of
from core.phrases import fits as message_fits
from core.redact import Trace
from core.redact.traces import MARKS
from core.scrub import REFUSALS
from web.desk.export import HEADS
from web.desk.frame import TROUBLES as DESK_TROUBLES
from web.desk.routes import HANDLERS
from web.desk.table import PAGES as DESK_PAGES
from web.errors import PAGES

ROOT = Path(__file__).parents[1]
ROOMS = ("app", "bots", "core", "storage", "web")
PROFILES = tuple(channel.profile for channel in CHANNELS)
NARROW = ChannelProfile("narrow", limit=1000, max_buttons=3, label_limit=20)  # as WhatsApp's buttons want it
SMS = next(profile for profile in PROFILES if profile.gsm7)
TELEGRAM = next(profile for profile in PROFILES if profile.buttons)
PHOTO = StoredFile("a", "b", "image/jpeg", 1)
CARRIER_WORDS = ("CANCEL", "END", "QUIT", "STOP", "STOPALL", "UNSUBSCRIBE", "YES", "START", "UNSTOP", "HELP", "INFO")
SAYERS = frozenset({"Line", "line", "phrase", "terse_of", "_say"})
NO_COMMANDS = frozenset(
    {"SMS", "JPEG", "PNG", "CCTV", "PLN", "DKI", "FAQ", "PDF", "JAKI", "KTP"}
)  # in capitals, but nothing to be typed
# Channels that file over Open311 or at a counter; others may, and go by their id.
PARTNERS = frozenset(
    [
        "jaki",
        "qlue",
        "twitter",
        "facebook",
        "web",
        "sms1708",
        "kelurahan",
        "kecamatan",
        "walikota",
        "pendopo",
        "inspektorat",
        "gubernur",
    ]
)
# Keys that code puts together: the part that is written, and what may follow.
FAMILIES: dict[str, frozenset[str]] = {
    "web_figures_by_": frozenset({"waktu", "jenis", "wilayah", "kantor", "kanal"}),
    "web_figures_bad_": frozenset({"periode", "pada", "jenis", "wilayah", "kantor", "kanal"}),
    "web_figures_": frozenset({"bulan", "minggu", "hari", "jenis", "wilayah", "kantor", "kanal"}),
    "odd_": frozenset(unsupported.value for unsupported in UnsupportedContent) - {"left", "group"},
    "status_": frozenset(status.value for status in Status),
    "hint_": frozenset(leaf.emergency for leaf in CATEGORIES) - {""} | {"112"},
    "photo_": frozenset(leaf.photo for leaf in CATEGORIES) - {"normal"},
    "remark_": frozenset(say.removeprefix("remark_") for say in ANSWERS if say.startswith("remark_")),
    "option_": frozenset(key.removeprefix("option_") for key in KEYS if key.startswith("option_")),
    "doubt_": frozenset(trace.value for trace in Trace) | {"several"},
    "command_": frozenset(TELEGRAM_COMMANDS),
    "web_channel_": frozenset(channel.name for channel in CHANNELS) | PARTNERS | {"form"},
    "web_phase_": frozenset({"waiting", "working", "done"}),
    "desk_act_": frozenset(act.value for act in Act),
    "desk_check_": frozenset(start + each.value for each in workflow.CHECKS for start in ("", "none_")),
    "desk_role_": frozenset(role.value for role in StaffRole),
    "desk_which_": frozenset(which.value for which in Which),
    "desk_next_": frozenset(step.value for step in workflow.Next),
    "desk_text_": frozenset({"told", "inside", "may"}),
    "desk_hook_is_": frozenset(each.value for each in HookState),
    "desk_to_": frozenset({"office", "branch", "outside", "report", "category"}),
    "desk_file_": frozenset({"image", "audio", "video", "other"}),
    "desk_feedback_": frozenset(each.value for each in Feedback),
    "desk_fact_": facts.SAYS,
    "desk_head_": frozenset(HEADS),
    "desk_key_": frozenset({"down", "up", "open", "search", "queue", "help"}),
    "desk_left_": frozenset({"days", "today"}),
    "desk_late_": frozenset({"days"}),
    "desk_alert_said_": frozenset(each.value for each in AlertKind),
    "desk_alert_kind_": frozenset(each.value for each in AlertKind),
    "desk_attribute_kind_": frozenset(kind.value for kind in AttributeKind),
    "desk_kind_": frozenset(kind.value for kind in DeliveryKind),
    "desk_trouble_": frozenset(
        name + end for name in (*DESK_TROUBLES.values(), "role", "form", "file_away", "bad") for end in ("", "_title")
    ),
    "web_error_": frozenset(name + end for name in PAGES.values() for end in ("", "_title")),
}
# Keys that stand behind `t(` in templates with something put together.
WEB_STEPS = frozenset(f"web_front_step{n}_title" for n in (1, 2, 3))
# What those who read no reports find on their front page.
DESK_FRONT = frozenset(
    f"{page.title}_what" for page in DESK_PAGES if page.title and page.path and (page.roles or HANDLERS) - HANDLERS
)
# Read by staff alone, who have no wire: a terminal or a page.
ON_THE_DESK = (
    *("case_", "staff_", "routes_", "form_", "partner_", "counter_", "import_", "canned_", "desk_"),
    *(
        "city_",
        "holiday_",
        "category_",
        "agency_name_",
        "agency_holds_",
        "agency_kind",
        "agency_above",
        "agency_circle",
    ),
    *("agency_stays_", "attribute_unknown", "attribute_kind", "attribute_values"),
)
# What a wire shows beside a message: most characters. The rest of what is no line of a message is an argument.
OUTSIDE_MESSAGES = {"bot_description": 512, "bot_short_description": 120, "mail_subject": 70, "point_button": 40}
# Sentences that carry the words of staff: two segments.
WITH_WORDS = frozenset(
    {"question", "news_words", "news_rejected", "news_forwarded", "status_reason", "status_question"}
)
LONGEST_CODE = "9876-5432-1098-7654"


@cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    """All that stands in the rooms, with its file."""
    files = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
    parsed = ((str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8"))) for file in files)
    return tuple((where, node) for where, tree in parsed for node in walked(tree))


def walked(tree: ast.AST) -> Iterator[ast.AST]:
    """As ast.walk, in a quarter of its time: there are half a million nodes."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for name in node._fields:
            part = getattr(node, name, None)
            if isinstance(part, list):
                waiting.extend(each for each in part if isinstance(each, ast.AST))
            elif isinstance(part, ast.AST) and not isinstance(part, ast.expr_context):
                waiting.append(part)


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call) or not node.args:
        return ""
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def constants(node: ast.expr) -> Iterator[str]:
    """The texts that an argument can be: itself, or either arm of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


def families_in(node: ast.expr) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr) and isinstance(part.values[0], ast.Constant):
            yield str(part.values[0].value)


def said_in_code() -> set[str]:
    found: set[str] = set()
    for _, node in nodes():
        if isinstance(node, ast.Call) and called(node) in SAYERS | {"Refused"}:
            found.update(constants(node.args[0]))
    return found


def said_in_templates() -> set[str]:
    pages = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "web" / "templates").rglob("*.html"))
    whole = {key for key in re.findall(r"'((?:web|desk)_[\w-]+)'", pages) if not key.endswith("_")}
    return whole | WEB_STEPS | DESK_FRONT


def every_text() -> set[str]:
    return {node.value for _, node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


NAMES = frozenset(
    name
    for file in (ROOT / "core" / "phrases").glob("*.toml")
    for name in re.findall(r"{(\w+)}", file.read_text(encoding="utf-8"))
)


def raw(key: str, lang: str, *, terse: bool = False) -> str:
    """The sentence with its placeholders as they stand."""
    return (terse_of if terse else phrase)(key, lang, **{name: f"{{{name}}}" for name in NAMES})


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
        "since": longest(f"30 {month}" for month in phrase("months", lang).split()),
        "due": longest(f"30 {month}" for month in phrase("months", lang).split()),
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


def lines() -> list[str]:
    """Keys of whole sentences that a message may hold."""
    return sorted(
        key
        for key in KEYS
        if not key.startswith(("web_", "command_", "option_", *ON_THE_DESK))
        and key not in {*OUTSIDE_MESSAGES, "months"}
    )


def fits(text: str, profile: ChannelProfile) -> None:
    cost = gsm7.septets(text) if profile.gsm7 else len(text)
    assert cost is not None, f"outside GSM-7: {text}"
    assert cost <= profile.limit, f"{cost} of {profile.limit}: {text}"


def test_every_sentence_is_there_in_every_language() -> None:
    assert {"id", "en"} <= set(LANGUAGES)
    for lang, key in product(LANGUAGES, KEYS):
        assert raw(key, lang).strip(), f"{lang}: {key}"


@pytest.mark.parametrize("terse", [False, True])
def test_every_language_has_the_same_placeholders(terse: bool) -> None:  # noqa: FBT001 - pytest passes parameters by name
    for key in KEYS:
        found = {lang: placeholders(raw(key, lang, terse=terse)) for lang in SPOKEN}
        assert len(set(found.values())) == 1, f"{key}: {found}"


def test_no_short_form_asks_for_more_than_the_full_one() -> None:
    for lang, key in product(LANGUAGES, KEYS):
        assert placeholders(raw(key, lang, terse=True)) <= placeholders(raw(key, lang)), f"{lang}: {key}"


def test_every_sentence_that_code_says_exists() -> None:
    said = {key for key in said_in_code() if not key.startswith("--")}
    assert len(said) > 60
    assert said <= KEYS, said - KEYS
    assert said_in_templates() <= KEYS, said_in_templates() - KEYS
    assert {*REFUSALS, "file_lost", "file_many", "file_rest", "file_slow"} <= KEYS


def test_every_sentence_that_code_puts_together_exists() -> None:
    met = set()
    for where, node in nodes():
        if isinstance(node, ast.Call) and called(node) in SAYERS and where != "bots/telegram/wire.py":
            for family in families_in(node.args[0]):
                assert family in FAMILIES, f"{where}: say in FAMILIES what may follow {family}"
                met.add(family)
    assert met >= {"odd_", "status_", "option_", "photo_", "command_"}
    every = {start + end for start, ends in FAMILIES.items() for end in ends}
    assert every <= KEYS, every - KEYS


def test_every_option_that_is_offered_has_its_label() -> None:
    offered: set[str] = set()
    for step, lang in product(Step, LANGUAGES):
        for profile in PROFILES:
            if step in {Step.CATEGORY, Step.GROUP, Step.LEAF, Step.SUMMARY, Step.CHANGE, Step.RESUME}:
                asks = {
                    Step.CATEGORY: questions.category_choice, Step.GROUP: questions.group_choice,
                    Step.LEAF: questions.leaf_choice, Step.SUMMARY: questions.summary,
                    Step.CHANGE: questions.change, Step.RESUME: questions.resume,
                }  # fmt: skip
                given = Draft(files=(PHOTO,))
                asked = asks[step](Dialogue(lang, step, given, detail=LeavesOf(GROUPS[0].id)), profile)
                offered.update(each for each in asked.options if ":" not in each)
    assert offered <= FAMILIES["option_"]
    asked_elsewhere = {
        "attributes",
        "skip",
        "fix",
        "use",
        "ignore",
        "close",
        "keep",
        "follow",
        "solved",
        "unsolved",
        "answer",
        "object",
        "new",
    } | {"apart", "together"}
    assert offered | asked_elsewhere == FAMILIES["option_"], "no label is there for nothing"


def test_no_sentence_is_dead() -> None:
    families = {start + end for start, ends in FAMILIES.items() for end in ends}
    used = every_text() | said_in_templates() | families
    assert not KEYS - used, sorted(KEYS - used)


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


@pytest.mark.parametrize("lang", SPOKEN)
def test_no_sms_user_is_asked_for_a_word_that_carriers_swallow(lang: str) -> None:
    swallowed = re.compile(rf"\b(?:{'|'.join(CARRIER_WORDS)})\b")
    for key in lines():
        assert not swallowed.search(raw(key, lang, terse=True)), key
        assert not swallowed.search(raw(key, lang)), key
    labels = [phrase(key, lang) for key in KEYS if key.startswith("option_")]
    labels += [label(leaf.id, lang) for leaf in CATEGORIES] + [group_label(group.id, lang) for group in GROUPS]
    assert not {text.upper() for text in labels} & set(CARRIER_WORDS)


@pytest.mark.parametrize("lang", SPOKEN)
def test_every_word_in_capitals_that_we_ask_for_is_a_command(lang: str) -> None:
    for key, terse in product(lines(), (False, True)):
        for word in re.findall(r"\b[A-Z]{2,}\b", raw(key, lang, terse=terse)):
            assert word in NO_COMMANDS or command_of(word) or orders_in(word), f"{lang}: {key}: {word}"


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


def test_the_placeholders_of_a_sentence_are_named_in_its_order_and_once() -> None:
    for lang, key in product(LANGUAGES, KEYS):
        own = named(key, lang)
        assert set(own) == placeholders(raw(key, lang))
        at = [raw(key, lang).index(f"{{{name}}}") for name in own]
        assert at == sorted(at)


def test_one_character_outside_the_alphabet_is_not_sent_by_sms() -> None:
    said = Say((Line("place_noted", (("place", "Kel. \u201cTebet\u201d \U0001f4a1"),)),))
    assert render(said, "id", SMS).text == 'Tempat: Kel. "Tebet" .'


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_whatever_words_a_citizen_uses_nothing_of_them_is_read_as_a_placeholder(text: str) -> None:
    arguments = (("category", "x"), ("place", text), ("photos", "0"), ("text", f"{{code}} {text}"))
    profile = next(profile for profile in PROFILES if profile.name == "mail")
    assert f"{{code}} {text}".strip() in render(Say((Line("summary", arguments),)), "id", profile).text


@pytest.mark.parametrize(("key", "lang"), [("nothing", "id"), ("greet", "xx"), ("filed", "id")])
def test_what_is_not_there_is_a_fault_and_no_silence(key: str, lang: str) -> None:
    with pytest.raises(KeyError):
        phrase(key, lang)


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


# Words of offices: what we say instead stands in docs/voice.md.
OFFICIALESE = {
    "id": """
        ditindaklanjuti menindaklanjuti berwenang instansi apabila guna sehubungan perihal dimaksud tersebut
        bersangkutan adapun saudara pelaporan dimohon diharapkan gagal error invalid verifikasi otoritas regulasi""",
    "en": """
        shall submit submitted invalid error failed failure pursuant regarding herewith hereby thereof whom utilise
        authorised authority jurisdiction applicant complainant redact redacted verify validate prior commence""",
}
WORDS_IN_A_SENTENCE = 20
_ENDS = re.compile(r"(?<=[.?!:;])\s+|\n+")


def to_citizens(lang: str) -> Iterator[tuple[str, str]]:
    """Every sentence that a citizen may read, in full and short, with its key; names of months are no sentence."""
    for key in KEYS - {"months", "months_whole"}:
        if not key.startswith(ON_THE_DESK):
            for text in (raw(key, lang), raw(key, lang, terse=True)):
                yield from ((key, sentence) for sentence in _ENDS.split(text) if sentence)


@pytest.mark.parametrize("lang", SPOKEN)
def test_a_twelve_year_old_can_read_every_sentence(lang: str) -> None:
    too_long = {key: each for key, each in to_citizens(lang) if len(each.split()) > WORDS_IN_A_SENTENCE}
    assert not too_long
    read = [each for _, each in to_citizens(lang)]
    assert len(read) > 300
    assert sum(len(each.split()) for each in read) / len(read) < 9, "short sentences are the rule"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_speaks_as_an_office_does_or_shouts(lang: str) -> None:
    assert not [key for key, each in to_citizens(lang) if "!" in each]
    stiff = frozenset(OFFICIALESE.get(lang, "").split())  # of a language without a list nothing is known to be stiff
    found = {
        key: words & stiff
        for key, each in to_citizens(lang)
        if (words := set(re.findall(r"\w+", each.lower()))) & stiff
    }
    assert not found


def test_a_question_of_the_draft_says_why_it_is_asked() -> None:
    why = {
        "id": "supaya|dari situ|belum|beberapa|kalau|cocok",
        "en": "so that|so,|tells us|yet|several|if so|fits|to make|to get|can",
    }
    for lang, step in product(why, (Step.STORY, Step.CATEGORY, Step.GROUP, Step.LEAF, Step.PLACE, Step.RESUME)):
        asked = moves.ask(Dialogue(lang, step, Draft(files=(PHOTO,)), detail=LeavesOf(GROUPS[0].id)), TELEGRAM)
        assert asked.say is not None
        assert re.search(why[lang], render(asked.say, lang, TELEGRAM).text, re.IGNORECASE), (lang, step)


def test_what_fits_is_measured_with_all_its_lines() -> None:
    say = Say((Line("help", keep=False), Line("ask_place", keep=False)))
    assert not message_fits(say, "id", SMS)
    assert message_fits(Say(say.lines[1:]), "id", SMS)
    assert not message_fits(Say(say.lines[1:]), "id", SMS, spare=SMS.limit)


# Short forms without a word that would differ.
SAME_SHORT = {"ask_group", "ask_send", "filed", "kind_noted", "summary"}


def own(lang: str) -> dict[str, str]:
    """What the files of a language say themselves; of the city's there may be none."""
    files = (folder / f"{lang}.toml" for folder in (ROOT / "core" / "phrases", city.folder() / "phrases"))
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files if file.exists()]
    return {key: told(text, lang) for table in tables for key, text in table.items() if isinstance(text, str)}


@pytest.mark.parametrize("lang", sorted({*SPOKEN} - {*LANGUAGES}))
def test_a_language_in_part_says_what_it_has_and_the_rest_in_indonesian(lang: str) -> None:
    said = own(lang)
    assert 40 <= len(said) < len(KEYS)
    assert said.keys() <= KEYS
    assert {"lang_now", "web_language", "ask_story", "ask_place", "summary", "filed"} <= said.keys()
    for key in KEYS:
        assert raw(key, lang) == (said[key] if key in said else raw(key, "id"))
    short = {key for key in KEYS if raw(key, "id", terse=True) != raw(key, "id")}
    assert {
        key for key in said.keys() & short if raw(key, lang, terse=True) == raw(key, "id", terse=True)
    } <= SAME_SHORT


def test_only_a_whole_language_is_offered_where_whole_pages_are_read() -> None:
    assert SPOKEN[0] == LANGUAGES[0] == "id"
    assert "jv" in SPOKEN
    assert tuple(lang for lang in SPOKEN if own(lang).keys() >= KEYS) == LANGUAGES
    assert "jv" not in LANGUAGES


def test_each_language_is_asked_for_by_words_of_its_own() -> None:
    words = [word for called in CALLED.values() for word in called]
    assert CALLED.keys() == {*SPOKEN}
    assert all(CALLED.values())
    assert len(words) == len(set(words))
    for lang, called in CALLED.items():
        assert all(command_of(word) == (f"speak_{lang}", "") for word in called)
