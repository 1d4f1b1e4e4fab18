"""`resi doctor`: everything that is missing or contradicts itself, in one run, with the mend."""

from collections.abc import Callable
from pathlib import Path

from app.house import CannotStart, open_house
from app.sandbox import WALLS, Sandbox
from app.settings import Settings
from bots.channels import CHANNELS
from core.errors import FileAway

Print = Callable[[str], None]


def doctor(settings: Settings, say: Print) -> int:
    """0 where the service would start; else 1."""
    say(f"Mode {settings.mode}, data in {settings.data_dir}, language {settings.lang}, zone {settings.zone.key}.")
    for channel in CHANNELS:
        state = "on" if channel.configured(settings.values) else f"off ({channel.off})"
        out = "" if channel.sends(settings.values) or state != "on" else ", answers are written to outbox/"
        say(f"{channel.name}: {state}{out}")
    fatal = _problems(settings, say)
    fatal |= _store(settings, say)
    _walls(settings, say)
    for name in settings.unknown:
        say(f"warning: {name} is a name that nothing reads. Check its spelling against .env.example.")
    say("The service does not start like this." if fatal else "The service would start.")
    return int(fatal)


def _problems(settings: Settings, say: Print) -> bool:
    fatal = False
    for problem in settings.problems:
        bites = problem.fatal and settings.production
        fatal |= bites
        say(f"{'error' if bites else 'warning'}: RESI_{problem.setting} {problem.what}. {problem.mend}")
    return fatal


def _store(settings: Settings, say: Print) -> bool:
    if settings.production and any(problem.fatal for problem in settings.problems):
        return True
    try:
        opened = open_house(settings)
    except CannotStart as error:
        say(f"error: {error}")
        return True
    try:
        say(f"Database: answers, {opened.store.figures.total()} reports.")
        _writable(settings.data_dir, say)
    finally:
        opened.close()
    return False


def _writable(folder: Path, say: Print) -> None:
    mode = folder.stat().st_mode & 0o077
    if mode:
        say(f"warning: {folder} can be read by others. Run: chmod 700 {folder}")


def _walls(settings: Settings, say: Print) -> None:
    sandbox = Sandbox(limits=settings.limits)
    try:
        sandbox.start()
        up = sandbox.walls()
    except FileAway:
        say("error: the child that cleans files does not start; files would be refused.")
        return
    finally:
        sandbox.stop()
    missing = [wall for wall in WALLS if wall not in up]
    say(f"Walls around the child that cleans files: {', '.join(up)}.")
    if missing:
        say(f"warning: this kernel does not give: {', '.join(missing)}.")
