"""Logging that cannot tell: our own loggers give event names, all others only that something was, never its words."""

import logging
import sys
import traceback
from collections.abc import Iterable
from types import TracebackType

_OURS = ("app", "web", "bots", "storage", "core")
_KNOWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


def place_of(error: BaseException) -> str:
    """Type, and the deepest line of ours that it went through: all that may be said of an error."""
    frames = traceback.extract_tb(error.__traceback__)
    inner = [frame for frame in frames if any(f"/{room}/" in frame.filename for room in _OURS)] or list(frames)
    if not inner:
        return type(error).__name__
    last = inner[-1]
    return f"{type(error).__name__} at {'/'.join(last.filename.split('/')[-3:])}:{last.lineno}"


class _Discreet(logging.Filter):
    """Lets our own events through; of a foreign logger only a warning passes, without its words."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.partition(".")[0] in _OURS or record.name == "__main__":
            return True
        if record.levelno < logging.WARNING:
            return False
        record.msg, record.args = "library_event", None
        return True


class _Plain(logging.Formatter):
    """One line an event: time, level, logger, name, and its counts; an exception by type and place only."""

    def format(self, record: logging.LogRecord) -> str:
        details = "".join(f" {key}={value}" for key, value in record.__dict__.items() if key not in _KNOWN)
        fault = f" fault={place_of(record.exc_info[1])}" if record.exc_info and record.exc_info[1] else ""
        event = str(record.msg) if not record.args else record.getMessage()
        return f"{self.formatTime(record)} {record.levelname.lower()} {record.name} {event}{details}{fault}"


def _last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("app").critical("ended_by_fault", exc_info=error)


def set_up(level: str, silent: Iterable[str]) -> None:
    """Replaces whatever logging there was."""
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(_Plain())
    out.addFilter(_Discreet())
    logging.basicConfig(level=level, handlers=[out], force=True)
    for name in (*silent, "mail.log", "httpx", "httpcore", "uvicorn.access", "sqlalchemy.engine"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)
    logging.captureWarnings(capture=True)
    sys.excepthook = _last_words
