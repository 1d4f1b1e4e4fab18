"""`resi scrub`: clean copies of files under random names, several children at once; useful alone, to anyone."""

import json
import os
import queue
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.sandbox import Sandbox
from app.time_and_random import SystemRandomSource
from core.errors import FileAway, Refused
from core.phrases import phrase
from core.scrub import Clean, Limits

_WRONG_USAGE = 2
_LANG = "en"  # as all of the command line


class WrongUsage(Exception):
    """What was asked cannot be done as it was asked; the text says why."""


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked. `make`: how a child is had."""

    paths: tuple[Path, ...]
    out: Path
    names: Path | None = None
    as_json: bool = False
    limits: Limits = field(default_factory=Limits)
    children: int = 0  # 0: one for each processor
    make: Callable[[Limits], Sandbox] = lambda limits: Sandbox(limits=limits)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one file: a copy, or a phrase that says what to do, or why the disk did not take it."""

    name: str
    copy: str | None = None
    kind: str = ""
    removed: tuple[str, ...] = ()
    refused: str = ""
    fault: str = ""

    @property
    def why(self) -> str:
        return self.fault or (phrase(self.refused, _LANG) if self.refused else "")


class _Children:
    """Sandboxes to be borrowed; each starts its child at its first file, and handles one file at a time."""

    def __init__(self, job: Job, files: int) -> None:
        count = min(job.children or os.cpu_count() or 1, max(files, 1))
        self._all = [job.make(job.limits) for _ in range(count)]
        self._free: queue.SimpleQueue[Sandbox] = queue.SimpleQueue()
        for child in self._all:
            self._free.put(child)

    def __len__(self) -> int:
        return len(self._all)

    def scrub(self, data: bytes) -> Clean:
        child = self._free.get()
        try:
            return child.scrub_now(data)
        finally:
            self._free.put(child)

    def stop(self) -> None:
        for child in self._all:
            child.stop()


def scrub(job: Job) -> int:
    """0 where all were cleaned, 1 where some were refused, 2 for wrong usage."""
    try:
        files = _prepared(job)
    except WrongUsage as error:
        typer.echo(str(error), err=True)
        return _WRONG_USAGE
    copies: dict[str, str | None] = {}
    try:
        for outcome in _shown(_cleaned(job, files), len(files)):
            copies[outcome.name] = outcome.copy
            _say(outcome, as_json=job.as_json)
    finally:  # interrupted too: nothing else tells which copy is whose
        if job.names is not None:
            _write(job.names, (json.dumps(copies, indent=2, ensure_ascii=False) + "\n").encode(), os.replace)
    return 1 if None in copies.values() else 0


def _prepared(job: Job) -> dict[str, Path]:
    """The files, found before the first copy is written; raises WrongUsage before anything is done."""
    missing = [str(path) for path in job.paths if not path.exists()]
    if missing:
        raise WrongUsage(f"No such file or folder: {_readable(', '.join(missing))}")
    if job.names is not None and not (job.names.resolve().parent.is_dir() and not job.names.is_dir()):
        raise WrongUsage(f"{job.names} cannot be written: there is no such folder, or it is one.")
    for path in job.paths:
        if path.is_dir() and path.resolve() == job.out.resolve():
            raise WrongUsage(f"{job.out} is read itself: its copies would be taken for files to clean.")
    files = _named(job)
    try:
        job.out.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUsage(f"{job.out} cannot be made: {error.strerror}.") from None
    return files


def _named(job: Job) -> dict[str, Path]:
    """Each file under the name that the map calls it by; a second one of that name goes by its path as it was given."""
    files: dict[str, Path] = {}
    for name, path in _given(job):
        short = _readable(name)
        if files.get(short) not in {None, path}:
            short = _readable(str(path))
        files[short] = path
    return files


def _given(job: Job) -> Iterator[tuple[str, Path]]:
    """What was named, and what lies below a folder; never what lies in the folder of the clean copies."""
    out = job.out.resolve()
    for path in job.paths:
        if not path.is_dir():
            yield path.name, path
            continue
        inner = out.is_relative_to(path.resolve())
        for each in sorted(path.rglob("*")):
            if each.is_file() and not (inner and each.resolve().is_relative_to(out)):
                yield str(each.relative_to(path)), each


def _readable(name: str) -> str:
    """A name that is no UTF-8 can be neither printed nor written as JSON."""
    return name.encode("utf-8", "backslashreplace").decode()


def _cleaned(job: Job, files: dict[str, Path]) -> Iterator[_Outcome]:
    """In the order of the files, whichever is done first."""
    children, rng = _Children(job, len(files)), SystemRandomSource()
    pool = ThreadPoolExecutor(len(children), "scrub")
    try:
        yield from pool.map(lambda file: _one(job, children, rng, *file), files.items())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        children.stop()
        pool.shutdown()


def _one(job: Job, children: _Children, rng: SystemRandomSource, name: str, path: Path) -> _Outcome:
    try:
        clean = children.scrub(_read(path, job.limits.file_bytes))
    except Refused as no:
        return _Outcome(name, refused=no.phrase)
    except FileAway:
        return _Outcome(name, fault="The child that cleans files does not start; ask `resi doctor`.")
    except OSError as error:
        return _Outcome(name, fault=f"It cannot be read: {error.strerror}.")
    copy = f"{rng.token()}{clean.extension}"
    try:
        _write(job.out / copy, clean.data, _name_new)
    except OSError as error:
        return _Outcome(name, fault=f"Its copy cannot be written: {error.strerror}.")
    return _Outcome(name, copy, clean.kind, clean.removed)


def _read(path: Path, most: int) -> bytes:
    """Never more than one byte above the limit; only of what has an end."""
    if not path.is_file():
        raise Refused("file_kind")
    with path.open("rb") as file:
        return file.read(most + 1)


def _write(path: Path, data: bytes, name: Callable[[Path, Path], object]) -> None:
    """All of it or nothing: written aside, then given its name."""
    aside = path.with_name(f".{path.name}.part")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        name(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def _name_new(aside: Path, path: Path) -> None:
    """Never over what is there."""
    try:
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError:  # a stick or a share without links
        if path.exists():
            raise
        aside.rename(path)


def _say(outcome: _Outcome, *, as_json: bool) -> None:
    name = _printable(outcome.name)
    if outcome.copy is None:
        typer.echo(f"{name}: {outcome.why}", err=True)
    elif not as_json:
        typer.echo(f"{name}: {', '.join(outcome.removed) or 'nothing to remove'}")
    if as_json:
        said = {
            "file": outcome.name,
            "copy": outcome.copy,
            "kind": outcome.kind or None,
            "removed": list(outcome.removed),
            "refused": outcome.refused or ("file_lost" if outcome.fault else None),
            "why": outcome.why or None,
        }
        typer.echo(json.dumps(said))
        sys.stdout.flush()


def _printable(name: str) -> str:
    """A name may hold what a terminal would obey."""
    return name if name.isprintable() else name.encode("unicode_escape").decode()


def _shown(outcomes: Iterable[_Outcome], total: int) -> Iterator[_Outcome]:
    """With a bar on stderr where somebody looks at it."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    with _bar() as bar:
        task = bar.add_task("", total=total)
        for outcome in outcomes:
            yield outcome
            bar.advance(task)


@contextmanager
def _bar() -> Iterator[Progress]:
    columns = (TextColumn("cleaning"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        yield bar
