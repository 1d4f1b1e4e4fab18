"""Whatever rule or reader of words is broken for good, reports are filed on every channel, with traces closed."""

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from types import CodeType, FrameType, FunctionType

import pytest

from app.faults import Faults
from core import intake
from core.messages import Incoming
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


def _modules() -> Iterator[object]:
    for room in ROOMS:
        door = importlib.import_module(f"core.{room}")
        yield door
        for each in pkgutil.walk_packages(door.__path__, f"{door.__name__}."):
            yield importlib.import_module(each.name)


def _functions() -> dict[CodeType, tuple[str, FunctionType]]:
    """By their code: every function at the top of a module, as it is under what decorates it."""
    found = {}
    for module in _modules():
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
