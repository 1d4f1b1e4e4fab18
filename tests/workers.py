"""Tests side by side: one process reads them all, and workers forked from it run a file at a time.

Were each worker to read sixteen thousand tests for itself, that alone would take a minute of processor. It is
asked for by `-p tests.workers --workers 4`. Where a worker dies, what it was to run has failed.
"""

import os
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, groupby, pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

_FORK = get_context("fork")
_NOTICED = 1.0  # seconds until a dead worker is looked for
_ENDS = 60.0  # seconds in which a worker that was interrupted puts its things away
_MANY = 20  # files: for so many it pays to begin what most of them need


def pytest_addoption(parser: pytest.Parser) -> None:
    """How many there shall be."""
    parser.addoption("--workers", type=int, default=0, help="processes that run the tests, a file at a time")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Instead of the loop of pytest, which goes on where there is nothing to share out."""
    option = session.config.option
    files = [list(items) for _, items in groupby(session.items, key=lambda item: item.path)]
    number = min(option.workers, len(files))
    if number < 2 or option.collectonly or session.testsfailed:
        return None
    if len(files) > _MANY:
        _begin_what_all_share()
    _Tests(session, files).run(number)
    return True


def _begin_what_all_share() -> None:
    from tests.fakes import migrated  # noqa: PLC0415 - the house is loaded, and few tests may need it
    from tests.fakes.fork_server import fork_server  # noqa: PLC0415 - likewise

    migrated.template()
    if hasattr(os, "pidfd_open"):
        fork_server()


@dataclass(frozen=True)
class _Named:
    """What reports have of who made them."""

    id: str


@dataclass(frozen=True)
class _Node:
    gateway: _Named
    _workerinfocache: str  # what is said of it above a failure


@dataclass
class _Worker:
    """Seen from the process that forked it."""

    node: _Node
    process: Any  # of the context that forks
    heard: Connection


class _Tests:
    """All of a session, until each has been told of."""

    def __init__(self, session: pytest.Session, files: list[list[pytest.Item]]) -> None:
        self._session, self._files = session, files
        self._waiting = {item.nodeid: item for item in session.items}
        self._stop = _FORK.Event()
        # What is written to the pipe is the file that is next; who reads it runs it.
        self._next, given = os.pipe()
        with os.fdopen(given, "wb") as line:
            line.write(b"".join(at.to_bytes(4, "big") for at in range(len(files))))

    def run(self, number: int) -> None:
        """Raises as pytest's own loop does where no more shall be run."""
        factory = self._session.config._tmp_path_factory  # type: ignore[attr-defined]  # noqa: SLF001 - each needs a folder of its own in it
        factory.getbasetemp()
        workers = [self._forked(f"w{at}") for at in range(number)]
        try:
            self._hear({worker.heard: worker for worker in workers})
        finally:
            self._stop.set()
            for worker in workers:
                worker.process.join(_ENDS)
                worker.process.kill()
        if self._session.shouldfail:
            raise self._session.Failed(self._session.shouldfail)
        if self._session.shouldstop:
            raise self._session.Interrupted(self._session.shouldstop)
        for item in self._waiting.values():
            self._tell(_lost(item), None)
        if not self._waiting and any(worker.process.exitcode for worker in workers):
            raise self._session.Failed("a worker could not put away what its tests had shared")

    def _forked(self, name: str) -> _Worker:
        heard, told = _FORK.Pipe(duplex=False)
        files = chain.from_iterable(self._files[at] for at in iter(partial(_read, self._next), None))
        process = _FORK.Process(target=_work, args=(self._session, files, self._stop, told, name))
        process.start()
        told.close()
        return _Worker(_Node(_Named(name), f"[{name}]"), process, heard)

    def _hear(self, workers: dict[Connection, _Worker]) -> None:
        while workers:
            ready = wait(list(workers), _NOTICED)
            for each in ready:
                assert isinstance(each, Connection)
                try:
                    self._take(each.recv(), workers[each])
                except EOFError:
                    del workers[each]
            if not ready:  # a process that a dead worker has left behind may hold its pipe
                for heard in [each for each, worker in workers.items() if not worker.process.is_alive()]:
                    if not heard.poll():
                        del workers[heard]

    def _take(self, told: dict[str, Any], worker: _Worker) -> None:
        hook, config = self._session.config.hook, self._session.config
        if "warned" in told:
            hook.pytest_warning_recorded.call_historic(kwargs=told["warned"])
            return
        report = hook.pytest_report_from_serializable(config=config, data=told)
        if report.when == "teardown":
            self._waiting.pop(report.nodeid, None)
        self._tell(report, worker)
        if self._session.shouldfail or self._session.shouldstop:
            self._stop.set()

    def _tell(self, report: pytest.TestReport, worker: _Worker | None) -> None:
        if worker is not None:
            vars(report)["node"] = worker.node
        self._session.config.hook.pytest_runtest_logreport(report=report)


def _lost(item: pytest.Item) -> pytest.TestReport:
    said = "its worker died before it was done"
    return pytest.TestReport(item.nodeid, item.location, {}, "failed", said, "call")


def _read(pipe: int) -> int | None:
    """The file that is next; None: all are taken."""
    at = os.read(pipe, 4)  # a pipe gives as much at once to whoever asks first
    return int.from_bytes(at, "big") if at else None


# -- in a worker --


@dataclass
class _Told:
    """A plugin that hands to the process that forked us what pytest would show."""

    told: Connection
    config: pytest.Config = field(repr=False)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        for report in runtestprotocol(item, log=False, nextitem=nextitem):
            self.told.send(self.config.hook.pytest_report_to_serializable(config=self.config, report=report))
        return True

    def pytest_warning_recorded(self, warning_message: Any, when: str, nodeid: str, location: Any) -> None:  # noqa: ANN401 - whatever it is, it is handed on
        what = {"warning_message": warning_message, "when": when, "nodeid": nodeid, "location": location}
        self.told.send({"warned": what})


def _work(session: pytest.Session, files: Iterable[pytest.Item], stop: Any, told: Connection, name: str) -> None:  # noqa: ANN401 - an event of the context
    config = session.config
    _be_alone(config, name)
    config.pluginmanager.register(_Told(told, config), "told")
    try:
        for item, nextitem in _with_next(files):
            config.hook.pytest_runtest_protocol(item=item, nextitem=nextitem)
            if stop.is_set():
                break
    except KeyboardInterrupt:
        pass  # of whoever waits for us as well
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        session._setupstate.teardown_exact(None)  # noqa: SLF001 - what it set up for more than one test
        told.close()


def _be_alone(config: pytest.Config, name: str) -> None:
    """What was opened before the fork is shared: where output is kept, where files lie."""
    capture = config.pluginmanager.getplugin("capturemanager")
    capture.stop_global_capturing()
    capture.start_global_capturing()
    capture.suspend_global_capture()
    factory = config._tmp_path_factory  # type: ignore[attr-defined]  # noqa: SLF001 - see above
    factory._basetemp = factory.getbasetemp() / name  # noqa: SLF001 - see above
    factory.getbasetemp().mkdir(mode=0o700)


def _with_next(items: Iterable[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Each with the one behind it, for which it need not put everything away."""
    behind: list[Any] = [None]
    return pairwise(chain(items, behind))
