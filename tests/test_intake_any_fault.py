"""Whatever rule or reader of words is broken for good, reports are filed on every channel, with traces closed."""

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from types import CodeType, FrameType, FunctionType

import pytest

from app.faults import Faults
from core import intake
from core.conversation import PlaceFields, look
from core.intake import Filled, FilledPage, form_as_it_is
from core.intake.public_form import fill
from core.messages import Incoming
from core.model import CategoryId, FormPage
from core.watch import watched
from tests.fakes.town import Citizen, Town

STORY = "Lampu jalan mati sudah seminggu di depan pasar, telepon saya 0812-3456-7890"
ROOMS = ("conversation", "redact", "suggest", "places", "facts", "small_talk", "encoder")
CHANNELS = ("telegram", "sms", "sms claimed", "mail", "whatsapp")
# What closes a span and what names an effect: without them nothing is closed, and nothing is done.
NEEDED = frozenset({"core.redact.traces.close", "core.conversation.outcomes.code_of"})
MOST = 12  # messages until somebody gives up


def _raises(*_: object, **__: object) -> None:
    raise RuntimeError("kanari-1187")


def _modules(rooms: tuple[str, ...]) -> Iterator[object]:
    for room in rooms:
        door = importlib.import_module(f"core.{room}")
        yield door
        for each in pkgutil.walk_packages(door.__path__, f"{door.__name__}."):
            yield importlib.import_module(each.name)


def _functions(rooms: tuple[str, ...] = ROOMS) -> dict[CodeType, tuple[str, FunctionType]]:
    """By their code: every function at the top of a module, as it is under what decorates it."""
    found = {}
    for module in _modules(rooms):
        for each in vars(module).values():
            own = inspect.unwrap(each) if callable(each) and not inspect.isclass(each) else None
            if (
                isinstance(own, FunctionType)
                and own.__module__ == getattr(module, "__name__", "")
                and not own.__code__.co_freevars
            ):
                found[own.__code__] = (f"{own.__module__}.{own.__qualname__}", own)
    return found


def _takes(town: Town, citizen: Citizen, incoming: Incoming) -> None:
    """As app/turns does: once more, then as it is, then with an apology."""
    now = town.clock.now()
    for turn in (intake.message, intake.message, intake.as_it_is, intake.apology):
        given = incoming.envelope if turn is intake.apology else incoming
        try:
            done = town.store.run(lambda tx, turn=turn, given=given: turn(tx, given, now, town.context))  # type: ignore[misc]  # a default binds the loop variable
        except RuntimeError:
            continue
        if done is not None:
            break
    told = town.post()
    citizen.last = told[-1] if told else citizen.last


def _reports(channel: str) -> Town:
    """Somebody tells a story and its place, and does what is asked, until there is a report."""
    channel, _, claimed = channel.partition(" ")
    town = Town(proved=()) if claimed else Town()
    citizen, words = town.citizen(channel), [STORY, "manggarai"]
    for _ in range(MOST):
        offered = [each.id for each in citizen.last.options]
        choice = "send" if "send" in offered else next(iter(offered), "")
        envelope = citizen.begun()
        if words:
            envelope = replace(envelope, text=words.pop(0))
        elif choice and channel in {"telegram", "whatsapp"}:
            envelope = replace(envelope, choice=choice, revision=citizen.last.revision)
        else:
            envelope = replace(envelope, text="ya" if choice == "send" or not choice else "1")
        _takes(town, citizen, Incoming(envelope))
        if town.reports:
            break
    return town


@cache
def _called(channel: str) -> tuple[str, ...]:
    """The functions that are asked on the way."""
    known, names = _functions(), set()

    def heard(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in known:
            names.add(known[frame.f_code][0])

    sys.setprofile(heard)
    try:
        assert _reports(channel).reports
    finally:
        sys.setprofile(None)
    return tuple(sorted(names - NEEDED))


@contextmanager
def _broken(function: FunctionType) -> Iterator[None]:
    code, function.__code__ = function.__code__, _raises.__code__
    try:
        with watched(Faults()):
            yield
    finally:
        function.__code__ = code


@pytest.mark.parametrize("channel", CHANNELS)
def test_whichever_rule_or_reader_fails_each_time_a_report_is_filed_and_its_code_told(channel: str) -> None:
    functions = dict(_functions().values())
    names = _called(channel)
    assert len(names) > 100
    for name in names:
        with _broken(functions[name]):
            town = _reports(channel)
        assert town.reports, f"{name} by {channel}"
        assert [each for each in town.told if each.code], f"{name} by {channel}"
        [report] = town.reports
        assert "7890" not in report.text, f"{name} by {channel}"


def _fills_in() -> Town:
    """The form on the web, page by page, each of which is shown."""
    town, token = Town(), ""
    for page in (
        FilledPage(FormPage.STORY, text=STORY),
        FilledPage(FormPage.KIND, kind="pju"),
        FilledPage(FormPage.PLACE, place=PlaceFields("Kebon Baru", "31.74.01.1005")),
        FilledPage(FormPage.PHOTOS),
        FilledPage(FormPage.SUMMARY, send=True),
    ):
        sent, now = replace(page, token=token), town.clock.now()
        state = town.store.run(lambda tx, sent=sent, now=now: fill(tx, sent, now, town.context))  # type: ignore[misc]  # a default binds the loop variable
        token = state.token
        if not town.reports:
            look(state.form, state.page, "id")
    return town


def _partner_files() -> Town:
    town, told = Town(), Filled("jaki", CategoryId("pju"), STORY, "Kelurahan Tebet Barat")
    now = town.clock.now()
    town.store.run(lambda tx: intake.form(tx, told, now, town.context))
    return town


READING = ("redact", "suggest", "facts", "small_talk", "encoder", "conversation.leaning", "conversation.category_guess")
"""What reads words; how pages follow each other is no reader."""
CHOSEN = frozenset({"core.conversation.leaning.told_anew", "core.conversation.leaning.chosen"})
ASKED = frozenset({"core.conversation.leaning.asked_again", "core.conversation.category_guess.likeliest"})


@pytest.mark.parametrize("files", [_fills_in, _partner_files])
def test_whichever_reader_fails_a_form_and_a_partner_file(files: Callable[[], Town]) -> None:
    functions = dict(_functions().values())
    rooms = tuple(f"core.{each}." for each in READING)
    named = {name for name in functions if name.startswith(rooms)} - NEEDED - CHOSEN - ASKED
    for name in (*sorted(named), "core.conversation.closing.closed", "core.conversation.emergency.emergency_hint"):
        with _broken(functions[name]):
            town = files()
        [report] = town.reports
        assert "7890" not in report.text, name


def test_whatever_else_fails_of_words_and_places_a_form_is_filed_unread() -> None:
    functions = dict(_functions((*ROOMS, "areas")).values())
    chosen = {name for name in functions if name not in NEEDED and not name.endswith(".as_told")}
    told = Filled("jaki", CategoryId("pju"), STORY, "Kelurahan Tebet Barat")
    for name in sorted(chosen):
        town = Town()
        with _broken(functions[name]):
            town.store.run(lambda tx, town=town: form_as_it_is(tx, told, town.clock.now(), town.context))  # type: ignore[misc]  # a default binds the loop variable
        [report] = town.reports
        assert "7890" not in report.text, name
