"""Whatever is logged or raised, by us or by a library, no word of a citizen's reaches the log."""

import logging
import subprocess
import sys

import pytest

from app.logs import place_of
from tests.fakes.patience import PATIENCE
from tests.fakes.shell import CHECKOUT

CANARY = "kanari-4711"

# Every way in which a process of ours writes to its error stream, with a canary in each.
HOSTILE = r"""
import asyncio, gc, logging, sys, threading, warnings
from app import logs
from bots.channels import CHANNELS

logs.set_up("DEBUG", (name for each in CHANNELS for name in each.silent_loggers))
C = "kanari-4711"

def fails():
    raise ValueError(f"{C} words")

def chained():
    try:
        fails()
    except ValueError as error:
        raise KeyError(C) from error

FOREIGN = ("httpx", "httpcore.http11", "sqlalchemy.engine.Engine", "mail.log", "telegram", "telegram.ext.Updater",
           "uvicorn.access", "uvicorn.error", "asyncio", "py.warnings", "aiosmtplib", "twilio.http_client",
           "dotenv.main", "apscheduler.executors.default", "applet", "core_library", "PIL.Image")
for name in FOREIGN:
    log = logging.getLogger(name)
    for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
        log.log(level, f"{C} in the message")
        log.log(level, "args %s", C, extra={"detail": C})
        log.log(level, "cannot be formatted %d", C)
        try:
            chained()
        except KeyError:
            log.log(level, "with an exception", exc_info=True, stack_info=True)

deaf = logging.getLogger("telegram.request")
deaf.setLevel(logging.DEBUG)
deaf.error("%s in a logger that sets its own level below a silent one", C)

ours = logging.getLogger("app.somewhere")
ours.info("own_event", extra={"count": 7, "channel": "sms"})
ours.warning("event with %s", "a type")
try:
    chained()
except KeyError:
    ours.error("own_fault", exc_info=True)
    ours.exception("own_fault_again")
ours.error("cannot be formatted %d %d", C)

warnings.warn(f"{C} deprecated", stacklevel=1)

import sqlalchemy
engine = sqlalchemy.create_engine("sqlite://")
for parameters in ({"x": C}, {"x": object()}):
    try:
        with engine.connect() as connection:
            connection.execute(sqlalchemy.text("SELECT :x FROM nowhere"), parameters)
    except sqlalchemy.exc.SQLAlchemyError:
        ours.error("database_fault", exc_info=True)
        logging.getLogger("sqlalchemy.pool").error("pool", exc_info=True)

thread = threading.Thread(target=chained)
thread.start()
thread.join()

class Falls:
    def __del__(self):
        fails()
Falls()
gc.collect()

async def loop_faults():
    loop = asyncio.get_running_loop()
    task = loop.create_task(asyncio.sleep(0), name=C)
    await task
    async def falls():
        fails()
    forgotten = loop.create_task(falls(), name=C)
    await asyncio.sleep(0)
    del forgotten, task
    gc.collect()
    loop.call_soon(fails)
    loop.call_exception_handler({"message": C, "exception": ValueError(C), "context": C})
    await asyncio.sleep(0)
asyncio.run(loop_faults(), debug=True)

try:
    fails()
except ValueError:
    chained()
"""


@pytest.fixture(scope="module")
def said() -> str:
    ran = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", HOSTILE], cwd=CHECKOUT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert ran.returncode == 1
    assert ran.stdout == ""
    return ran.stderr


def test_no_word_gets_through_at_the_loudest_level(said: str) -> None:
    assert CANARY not in said
    for trace in ("Traceback", 'File "', "Exception ignored", "--- Logging error ---", "SELECT", "nowhere"):
        assert trace not in said


def test_our_own_events_are_there_with_their_counts(said: str) -> None:
    assert "info app.somewhere own_event count=7 channel=sms\n" in said
    assert "warning app.somewhere event with a type\n" in said
    assert "error app.somewhere own_fault fault=KeyError at <string>:" in said


def test_of_a_library_only_a_warning_is_told_and_only_that_it_was(said: str) -> None:
    for name in ("uvicorn.error", "asyncio", "py.warnings", "apscheduler.executors.default", "applet", "core_library"):
        assert f"warning {name} library_event\n" in said
        assert f"info {name}" not in said
    for name in ("httpx", "mail.log", "telegram", "uvicorn.access", "sqlalchemy.engine", "aiosmtplib"):
        assert f" {name}" not in said


def test_what_nobody_caught_is_told_by_type_and_place(said: str) -> None:
    faults = [line for line in said.splitlines() if "ended_by_fault" in line]
    assert len(faults) == 3, "a thread, a finaliser, and the end"
    assert all("fault=KeyError at" in line or "fault=ValueError at" in line for line in faults)


def test_every_line_is_one_event(said: str) -> None:
    levels = ("debug", "info", "warning", "error", "critical")
    assert all(line.split()[2] in levels for line in said.splitlines())


def fault_of_ours(text: str) -> BaseException:
    from core.tracking import check_digit  # noqa: PLC0415 - a room of ours that raises

    try:
        check_digit(text)
    except ValueError as error:
        return error
    raise AssertionError


def test_a_place_is_the_deepest_line_of_ours_without_the_folder_we_lie_in() -> None:
    place = place_of(fault_of_ours(CANARY))
    assert place.startswith("ValueError at core/tracking.py:")
    assert CANARY not in place


def test_a_fault_that_never_came_through_us_has_the_place_in_its_library() -> None:
    with pytest.raises(ValueError, match="Style") as fault:
        logging.Formatter(style="kanari")  # type: ignore[arg-type]  # wrong on purpose
    fault.value.__traceback__ = fault.tb.tb_next  # without the frame of this test, which is nobody's room
    assert place_of(fault.value).startswith("ValueError at logging/__init__.py:")
    assert place_of(ValueError(CANARY)) == "ValueError"
