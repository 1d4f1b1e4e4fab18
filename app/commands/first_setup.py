"""`resi setup`: asks what must be known, checks each answer at once, and writes the settings and the keys."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.commands.doctor import doctor
from app.commands.keeping import migrate, new_backup_key, new_keys
from app.commands.setup_questions import default_of, questions, wrong_with
from app.dns_records import records
from app.env_file import said_by, text_of, with_values
from app.errors import CannotStart
from app.folders import unwritable
from app.private_files import write_new, write_over
from app.secret_files import FILE
from app.settings import PREFIX, declared, load
from core.messages import Setting

Print = Callable[[str], None]
Ask = Callable[[str, bool], str]
"""Puts a question, and returns what was typed; true: it must not be seen. Raises EOFError."""
_MADE = {"KEYS": new_keys, "BACKUP_KEY": new_backup_key}
_FOLDER = "secrets"
_ENDED = "The answers ended before the questions did. Nothing was written."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for. `answers`: by setting, without its prefix. `ask`: None where nobody is there to answer."""

    file: Path
    answers: Mapping[str, str] = field(repr=False)
    ask: Ask | None
    replace: bool = False
    database: bool = True


def set_up(wanted: Wanted, say: Print) -> int:
    """0 where the service would start now; else 1. Raises CannotStart, and then nothing was written."""
    _known(wanted.answers)
    before = text_of(wanted.file)
    _allowed(wanted)
    try:
        found, wrong = _answered(wanted, said_by(before), say)
    except (EOFError, KeyboardInterrupt):
        raise CannotStart(_ENDED) from None
    if wrong:
        raise CannotStart("\n".join((*wrong, "Nothing was written.")))
    _write(wanted, before, found, say)
    return _looked_at(wanted, say)


def _known(answers: Mapping[str, str]) -> None:
    names = {each.name for each in declared()}
    names |= {each.name + FILE for each in declared() if each.secret}
    strange = sorted(PREFIX + name for name in answers if name not in names)
    if strange:
        raise CannotStart(f"There is no setting {', '.join(strange)}: .env.example lists all. Nothing was written.")


def _allowed(wanted: Wanted) -> None:
    folder = wanted.file.absolute().parent
    if not folder.is_dir() or unwritable(folder) is not None:
        raise CannotStart(
            f"This user cannot write to {folder}, where {wanted.file.name} and the keys shall lie. Nothing was "
            "written. Run it as the service's own user in a folder of that user's, or name the file by --file."
        )
    if not wanted.file.exists() or wanted.replace:
        return
    if wanted.ask is None:
        raise CannotStart(
            f"{wanted.file} is there already, and nothing was written. With --replace it is changed: "
            "what it says stays, where no answer says otherwise."
        )
    question = f"{wanted.file} is there already. Change it? What it says is proposed. yes or no [no]: "
    try:
        typed = wanted.ask(question, False)  # noqa: FBT003 - no secret
    except (EOFError, KeyboardInterrupt):
        typed = ""
    if typed.strip().lower() not in {"y", "yes"}:
        raise CannotStart(f"{wanted.file} stays as it is. Nothing was written.")


def _answered(wanted: Wanted, before: dict[str, str], say: Print) -> tuple[dict[str, str], list[str]]:
    """What the file shall say beside what it said, and sentences on what is wrong where nobody can be asked."""
    found, wrong = dict(wanted.answers), []
    asked: set[str] = set()
    # An answer can bring more questions, such as those of the provider that was chosen.
    while rest := [each for each in questions(before | found) if each.name not in asked]:
        row = rest[0]
        asked.add(row.name)
        if row.secret and (before | found).get(row.name + FILE):
            continue  # it lies in a file of its own, which doctor looks at
        default = found.get(row.name) or before.get(row.name) or default_of(row, before | found)
        if wanted.ask is not None and row.name not in wanted.answers:
            found[row.name] = _asked(wanted.ask, row, default, before | found, say)
            continue
        found[row.name] = default
        wrong += wrong_with(row.name, before | found)
    for name in wanted.answers.keys() - asked:
        wrong += wrong_with(name, before | found)
    return found, wrong


def _asked(ask: Ask, row: Setting, default: str, values: Mapping[str, str], say: Print) -> str:
    """Until an answer is sound."""
    shown = "what was set" if row.secret and default else default or "none"
    while True:
        typed = ask(f"{row.about}\n{PREFIX}{row.name} [{shown}]: ", row.secret).strip()
        value = {"": default, "none": row.default and "none"}.get(typed, typed)
        wrong = wrong_with(row.name, {**values, row.name: value})
        if not wrong:
            return value
        for sentence in wrong:
            say(sentence)


def _write(wanted: Wanted, before: str, found: dict[str, str], say: Print) -> None:
    """The secrets first: a file of settings never names one that is not there."""
    said = said_by(before) | found
    made = []
    try:
        for name, fresh in _MADE.items():
            if said.get(name) or said.get(name + FILE):
                continue
            path = (wanted.file.absolute().parent / _FOLDER / name.lower()).absolute()
            made += [str(path)] if write_new(path, (_of_development(said, name) or fresh()) + "\n") else []
            found[name + FILE] = str(path)
        empty = frozenset(name for name, value in found.items() if not value)
        text = with_values(before, {name: value for name, value in found.items() if value}, empty)
        if wanted.file.exists():
            write_over(wanted.file, text)
        elif not write_new(wanted.file, text):
            raise CannotStart(f"{wanted.file} was made by somebody else meanwhile; it stays as it is.")
    except OSError as error:
        raise CannotStart(f"{error.filename or wanted.file} cannot be written ({error.strerror}).") from None
    say(f"Written, for this user alone: {', '.join((str(wanted.file.absolute()), *made))}.")
    if made:
        say("Write the line of each of those keys on paper, and keep it in two places: without RESI_KEYS nothing that")
        say("citizens wrote can be read again, and without RESI_BACKUP_KEY no backup. Keep the two apart.")


def _of_development(said: Mapping[str, str], name: str) -> str:
    """The keys with which this folder was tried, if it was: what it holds is opened by no others."""
    path = Path(said.get("DATA_DIR") or "var") / "keys"
    return path.read_text(encoding="utf-8").strip() if name == "KEYS" and path.is_file() else ""


def _looked_at(wanted: Wanted, say: Print) -> int:
    beaten = sorted(name for name in said_by(text_of(wanted.file)) if os.environ.get(PREFIX + name))
    for name in beaten:
        say(f"warning: {PREFIX}{name} is set in the environment, which beats {wanted.file}.")
    settings = load(wanted.file)
    if wanted.database and not (settings.refused or any(each.fatal for each in settings.problems)):
        try:
            migrate(settings)
        except CannotStart as error:
            say(f"error: {error}")
    code = doctor(settings, say)
    lines = records(settings.values)
    if lines:
        say(
            "DNS records to set (docs/operating.md tells why; a name for the address of this machine leads back to it):"
        )
    for line in lines:
        say(f"  {line}")
    return code
