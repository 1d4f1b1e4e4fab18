"""`resi status` and `resi forget`: what a code answers, from a shell."""

from collections.abc import Callable

from app.house import Opened, open_house
from app.settings import Settings
from core import intake, tracking
from core.intake import Answer, Asker
from core.messages import Manner, Say
from core.model import TrackingCode
from core.phrases import phrase, render

_SHELL = Manner("shell", limit=4000)
_WHO = "shell"
Print = Callable[[str], None]


def _code(typed: str) -> TrackingCode | None:
    return tracking.tried(typed) or tracking.inside(typed)


def _told(answer: Answer, opened: Opened, say: Print) -> int:
    say(render(Say(answer.lines), opened.settings.lang, _SHELL).text)
    return 0 if answer.report is not None else 1


def status(settings: Settings, typed: str, say: Print) -> int:
    """Says where the report stands; 1 where there is none."""
    code = _code(typed)
    if code is None:
        say(phrase("code_mistyped", settings.lang))
        return 1
    opened = open_house(settings)
    try:
        now, asker = opened.clock.now(), Asker(_WHO, settings.lang)
        return _told(opened.store.run(lambda tx: intake.look_up(tx, code, asker, now, opened.house)), opened, say)
    finally:
        opened.close()


def forget(settings: Settings, typed: str, say: Print) -> int:
    """Erases the address behind the code; 1 where there is no such report."""
    code = _code(typed)
    if code is None:
        say(phrase("code_mistyped", settings.lang))
        return 1
    opened = open_house(settings)
    try:
        now, asker = opened.clock.now(), Asker(_WHO, settings.lang)
        return _told(opened.store.run(lambda tx: intake.forget(tx, code, asker, now, opened.house)), opened, say)
    finally:
        opened.close()
