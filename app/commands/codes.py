"""`resi status` and `resi forget`: what a code answers, from a shell."""

from collections.abc import Callable
from datetime import datetime

from app.runtime import opened_runtime
from app.settings import Settings
from core import intake, tracking
from core.intake import Answer, Requester
from core.messages import ChannelProfile, Say
from core.model import TrackingCode
from core.phrases import phrase, render
from core.ports import Context, UnitOfWork

_SHELL = ChannelProfile("shell", limit=4000)
_WHO = "shell"
Print = Callable[[str], None]
Ask = Callable[[UnitOfWork, TrackingCode, Requester, datetime, Context], Answer]


def status(settings: Settings, typed: str, say: Print) -> int:
    """Says where the report stands; 1 where there is none."""
    return _answered(settings, typed, say, intake.look_up)


def forget(settings: Settings, typed: str, say: Print) -> int:
    """Erases the address behind the code; 1 where there is no such report."""
    return _answered(settings, typed, say, intake.forget)


def _answered(settings: Settings, typed: str, say: Print, ask: Ask) -> int:
    code = tracking.tried(typed) or tracking.inside(typed)
    if code is None:
        say(phrase("code_mistyped", settings.lang))
        return 1
    with opened_runtime(settings) as opened:
        now, asker = opened.clock.now(), Requester(_WHO, settings.lang)
        answer = opened.store.run(lambda tx: ask(tx, code, asker, now, opened.context))
    say(render(Say(answer.lines), settings.lang, _SHELL).text)
    return 0 if answer.report is not None else 1
