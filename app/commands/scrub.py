"""`resi scrub`: clean copies of files under random names, one child for all; useful alone, to anyone."""

import json
from collections.abc import Iterator
from pathlib import Path

import typer

from app.chance import SystemDice
from app.sandbox import Sandbox
from app.settings import CannotStart
from core.errors import FileAway, Refused
from core.phrases import phrase
from core.scrub import MOST_BYTES

_WRONG_USAGE = 2


def scrub(paths: list[Path], out: Path, names: Path | None) -> int:
    """0 where all were cleaned, 1 where some were refused, 2 for wrong usage; raises CannotStart."""
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        if names is not None:
            names.touch()
    except OSError as error:
        typer.echo(f"{_readable(str(error.filename))}: {error.strerror}", err=True)
        return _WRONG_USAGE
    work = _named(paths, out)
    sandbox = Sandbox()
    try:
        sandbox.start()
        copies = {name: _cleaned(sandbox, name, path, out) for name, path in work.items()}
    except FileAway:
        raise CannotStart("The child that cleans photos does not start. `resi doctor` tells more.") from None
    finally:
        sandbox.stop()
    if names is not None:
        names.write_text(json.dumps(copies, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 1 if None in copies.values() else 0


def _named(paths: list[Path], out: Path) -> dict[str, Path]:
    """Every file under the name that the map calls it by; all are found before the first copy is made.

    A second file of the same name goes by its path as it was given, for no file may hide another.
    """
    work: dict[str, Path] = {}
    for name, path in _given(paths, out):
        short, whole = _readable(name), _readable(str(path))
        if work.get(short) not in {None, path}:
            short = whole
        work[short] = path
    return work


def _given(paths: list[Path], out: Path) -> Iterator[tuple[str, Path]]:
    """What lies below a folder, without the clean copies that it may hold."""
    for path in paths:
        if not path.is_dir():
            yield path.name, path
            continue
        inner = out.resolve() != path.resolve() and out.resolve().is_relative_to(path.resolve())
        for each in sorted(path.rglob("*")):
            if each.is_file() and not (inner and each.resolve().is_relative_to(out.resolve())):
                yield str(each.relative_to(path)), each


def _readable(name: str) -> str:
    """A name that is no UTF-8 can be neither printed nor written as JSON."""
    return name.encode("utf-8", "backslashreplace").decode()


def _shown(name: str) -> str:
    """A name may hold what a terminal would obey."""
    return name if name.isprintable() else name.encode("unicode_escape").decode()


def _cleaned(sandbox: Sandbox, name: str, path: Path, out: Path) -> str | None:
    try:
        clean = sandbox.scrub_now(_read(path))
    except Refused as no:
        typer.echo(f"{_shown(name)}: {phrase(no.phrase, 'en')}", err=True)
        return None
    except OSError as error:
        typer.echo(f"{_shown(name)}: {error.strerror}", err=True)
        return None
    copy = f"{SystemDice().token()}.{clean.extension.lstrip('.')}"
    try:
        (out / copy).write_bytes(clean.data)
    except OSError as error:
        raise CannotStart(f"{out}: {error.strerror}") from None
    typer.echo(f"{_shown(name)}: {', '.join(clean.removed) or 'nothing to remove'}")
    return copy


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise Refused("file_kind")  # a pipe or a device could be read for ever
    if path.stat().st_size > MOST_BYTES:
        raise Refused("file_too_large")
    return path.read_bytes()
