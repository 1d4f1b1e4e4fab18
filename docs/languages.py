"""Which sentences a language lacks, as a page: `python -m docs.languages docs/languages.md`."""  # noqa: INP001 - a page that runs, not a package

import sys
import tomllib
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from core import city
from core.phrases import CALLED, KEYS, LANGUAGES, SPOKEN, phrase

_ROOT = Path(__file__).parents[1]
_STAFF = (
    *("account_", "alert_", "canned_", "case_", "counter_", "desk_", "import_", "media_", "oidc_", "partner_"),
    *("routes_", "second_", "staff_", "words_"),
)
_PAGES = ("web_", "form_")
_HEAD = """# Languages

Which sentences each language has; what it lacks is said in Indonesian. A complete language is offered everywhere, one
in part is spoken in chats, SMS and mail: whoever writes one of its words gets it. Sentences go by their keys in
`core/phrases`; what is new since the page was written is not on it.
[How a language comes in](../CONTRIBUTING.md#a-language). Written by `python -m docs.languages docs/languages.md`.
"""
_WIDE = 118


def said_in(lang: str) -> frozenset[str]:
    """The keys that the files of a language have themselves."""
    files = (folder / f"{lang}.toml" for folder in (_ROOT / "core" / "phrases", city.folder() / "phrases"))
    tables = (tomllib.loads(file.read_text(encoding="utf-8")) for file in files if file.exists())
    return frozenset(key for table in tables for key, text in table.items() if isinstance(text, str))


def _of_talks(keys: frozenset[str]) -> list[str]:
    return sorted(key for key in keys if not key.startswith((*_STAFF, *_PAGES)))


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_table(), *(line for lang in SPOKEN if lang not in LANGUAGES for line in _lacks(lang))])


def _table() -> Iterator[str]:
    yield "| | words that ask for it | sentences of talks with citizens |"
    yield "|---|---|---|"
    for lang in SPOKEN:
        said = "all" if lang in LANGUAGES else len(_of_talks(said_in(lang)))
        yield f"| {phrase('web_language', lang)} | {', '.join(CALLED[lang][:3])} | {said} |"
    yield ""


def _lacks(lang: str) -> Iterator[str]:
    """By the first word of their keys, so that what belongs together stands together."""
    missing = _of_talks(KEYS - said_in(lang))
    yield f"## {phrase('web_language', lang)}: what is still Indonesian in talks\n"
    for first, keys in groupby(missing, key=lambda each: each.partition("_")[0]):
        ends = [key.removeprefix(f"{first}_") for key in keys]
        yield from _wrapped(f"- `{first}`: {', '.join(ends)}" if ends != [first] else f"- `{first}`")
    yield ""


def _wrapped(line: str) -> Iterator[str]:
    while len(line) > _WIDE:
        at = line.rindex(" ", 0, _WIDE)
        yield line[:at]
        line = f"  {line[at + 1 :]}"
    yield line


def main(arguments: Sequence[str]) -> None:
    """Writes it, or prints it."""
    if arguments:
        Path(arguments[0]).write_text(page(), encoding="utf-8")
    else:
        print(page())  # noqa: T201 - that is what it is for


if __name__ == "__main__":
    main(sys.argv[1:])
