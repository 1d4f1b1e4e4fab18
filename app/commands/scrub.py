"""`resi scrub`: clean copies of files under random names, one child for all; useful alone, to anyone."""

import json
from collections.abc import Iterator
from pathlib import Path

import typer

from app.chance import SystemDice
from app.sandbox import Sandbox
from core.errors import FileAway, Refused
from core.phrases import phrase

_WRONG_USAGE = 2


def _given(paths: list[Path]) -> Iterator[tuple[str, Path]]:
    """The name that the map calls a file by, and where it lies."""
    for path in paths:
        if path.is_dir():
            yield from ((str(each.relative_to(path)), each) for each in sorted(path.rglob("*")) if each.is_file())
        else:
            yield path.name, path


def scrub(paths: list[Path], out: Path, names: Path | None) -> int:
    """0 where all were cleaned, 1 where some were refused, 2 for wrong usage."""
    missing = [path for path in paths if not path.exists()]
    if missing:
        typer.echo(f"No such file or folder: {', '.join(map(str, missing))}", err=True)
        return _WRONG_USAGE
    out.mkdir(parents=True, exist_ok=True)
    sandbox, dice = Sandbox(), SystemDice()
    sandbox.start()
    copies: dict[str, str | None] = {}
    try:
        for name, path in _given(paths):
            copies[name] = _cleaned(sandbox, dice, name, path, out)
    finally:
        sandbox.stop()
    if names is not None:
        names.write_text(json.dumps(copies, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 1 if None in copies.values() else 0


def _cleaned(sandbox: Sandbox, dice: SystemDice, name: str, path: Path, out: Path) -> str | None:
    try:
        clean = sandbox.scrub_now(path.read_bytes())
    except Refused as no:
        typer.echo(f"{name}: {phrase(no.phrase, 'en')}", err=True)
        return None
    except (OSError, FileAway):
        typer.echo(f"{name}: {phrase('file_lost', 'en')}", err=True)
        return None
    copy = f"{dice.token()}.{clean.extension.lstrip('.')}"
    (out / copy).write_bytes(clean.data)
    typer.echo(f"{name}: {', '.join(clean.removed) or 'nothing to remove'}")
    return copy
