"""Logging that cannot tell: our own loggers give event names, all others only that something was, never its words."""

import logging
import sys
import threading
import traceback
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

_OURS = ("app", "web", "bots", "storage", "core")
_HOUSE = Path(__file__).resolve().parents[1]
_ROOMS = tuple(f"{_HOUSE / room}/" for room in _OURS)
_KNOWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_SILENT = ("mail.log", "aiohttp", "httpx", "httpcore", "uvicorn.access", "sqlalchemy.engine")


def place_of(error: BaseException) -> str:
    """Type, and the deepest line of ours that it went through: all that may be said of an error."""
    lines = [(frame.f_code.co_filename, number) for frame, number in traceback.walk_tb(error.__traceback__)]
    ours = [line for line in lines if line[0].startswith(_ROOMS)]
    if not lines:
        return type(error).__name__
    name, number = (ours or lines)[-1]
    shown = Path(name).relative_to(_HOUSE) if ours else Path(*Path(name).parts[-2:])
    return f"{type(error).__name__} at {shown}:{number}"


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in _OURS


def _discreet(record: logging.LogRecord) -> bool:
    """Lets our own events through; of a foreign logger only a warning passes, without its words."""
    return _is_ours(record) or record.levelno >= logging.WARNING


class _Plain(logging.Formatter):
    """One line an event: time, level, logger, name, and its counts; an exception by type and place only."""

    def format(self, record: logging.LogRecord) -> str:
        said = _own_words(record) if _is_ours(record) else "library_event"
        fault = f" fault={place_of(record.exc_info[1])}" if record.exc_info and record.exc_info[1] else ""
        line = f"{self.formatTime(record)} {record.levelname.lower()} {record.name} {said}{fault}"
        return line.replace("\r", " ").replace("\n", " ")


def _own_words(record: logging.LogRecord) -> str:
    details = "".join(f" {key}={value}" for key, value in record.__dict__.items() if key not in _KNOWN)
    return f"{record.getMessage()}{details}"


def _last_words(kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
    """Whatever nobody caught, wherever it was; Python itself would print it with all its words."""
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    logging.getLogger("app").critical("ended_by_fault", extra={"fault": place_of(error) if error else kind.__name__})


def guard() -> None:
    """From here on no exception and no log call prints by itself."""
    logging.lastResort = None  # would print the words of a logger that has no handler
    logging.raiseExceptions = False  # would print the arguments of a log call that cannot be formatted
    sys.excepthook = _last_words
    threading.excepthook = lambda fault: _last_words(fault.exc_type, fault.exc_value, fault.exc_traceback)
    sys.unraisablehook = lambda fault: _last_words(fault.exc_type, fault.exc_value, fault.exc_traceback)


def set_up(level: str, silent: Iterable[str]) -> None:
    """Replaces whatever logging there was."""
    guard()
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(_Plain())
    out.addFilter(_discreet)
    logging.basicConfig(level=level, handlers=[out], force=True)
    for name in (*silent, *_SILENT):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)
    logging.captureWarnings(capture=True)
