"""Every sentence in every language: there, used, and alike in its placeholders."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.channels import CHANNELS
from bots.telegram.bot_profile import COMMANDS as TELEGRAM_COMMANDS
from core import city, facts, workflow
from core.casework import Which
from core.categories import CATEGORIES, GROUPS, AttributeKind, group_label, label
from core.city.profile import told
from core.conversation import questions
from core.conversation.closing import orders_in
from core.conversation.command_words import command_of
from core.conversation.topics import ANSWERS
from core.messages import Line, Say, UnsupportedContent
from core.model import (
    Act,
    AlertKind,
    DeliveryKind,
    Dialogue,
    Draft,
    Feedback,
    HookState,
    LeavesOf,
    StaffRole,
    Status,
    Step,
)
from core.phrases import CALLED, KEYS, LANGUAGES, SPOKEN, named, phrase, render
from core.redact import Trace
from core.scrub import REFUSALS
from tests.fakes.sentences import PHOTO, PROFILES, ROOT, lines, placeholders, raw
from web.desk.export import HEADS
from web.desk.frame import TROUBLES as DESK_TROUBLES
from web.desk.routes import HANDLERS
from web.desk.table import PAGES as DESK_PAGES
from web.errors import PAGES

ROOMS = ("app", "bots", "core", "storage", "web")
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
    "web_figures_by_": frozenset({"waktu", "jenis", "wilayah", "kantor", "kanal", "bulan", "minggu", "hari"}),
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
        name + end
        for name in (*DESK_TROUBLES.values(), "role", "form", "file_away", "bad", "files", "fields")
        for end in ("", "_title")
    ),
    "web_error_": frozenset(name + end for name in PAGES.values() for end in ("", "_title")),
}
# Keys that stand behind `t(` in templates with something put together.
WEB_STEPS = frozenset(f"web_front_step{n}_title" for n in (1, 2, 3))
# What those who read no reports find on their front page.
DESK_FRONT = frozenset(
    f"{page.title}_what" for page in DESK_PAGES if page.title and page.path and (page.roles or HANDLERS) - HANDLERS
)


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


def test_the_placeholders_of_a_sentence_are_named_in_its_order_and_once() -> None:
    for lang, key in product(LANGUAGES, KEYS):
        own = named(key, lang)
        assert set(own) == placeholders(raw(key, lang))
        at = [raw(key, lang).index(f"{{{name}}}") for name in own]
        assert at == sorted(at)


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
