"""Draws docs/conversation.md from the tables of the code: `python -m docs.conversation docs/conversation.md`."""  # noqa: INP001 - a page that runs, not a package

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import fill

from core.conversation.decision_table import Rule
from core.conversation.transition import EVERYWHERE, TABLES
from core.model import Step

_WIDTH = 120
_HEAD = """\
# What reads a message before what

A conversation stands at a step. Whatever comes is read by that step's table (`TABLES` in
`core/conversation/transition.py`), rule by rule from the top: the first rule that reads it says what follows. What no
rule reads was not understood: the question is asked again, the third time with the help.

This page is drawn from those tables: `python -m docs.conversation docs/conversation.md`.
"""


def _rules(rules: Sequence[Rule], indent: str = "") -> Iterator[str]:
    """A numbered list; a table within the table is a list within the list."""
    for number, rule in enumerate(rules, 1):
        first = f"{indent}{number}. "
        follows = f": {rule.then}." if rule.then else ":"
        yield fill(f"**{rule.name}**{follows}", _WIDTH, initial_indent=first, subsequent_indent=" " * len(first))
        yield from _rules(rule.inner, " " * len(first))


def _steps() -> Iterator[tuple[list[Step], Sequence[Rule]]]:
    """What each step reads for itself; steps with the same table share it."""
    own = {step: TABLES[step][len(EVERYWHERE) :] for step in Step}
    for rules in dict.fromkeys(own.values()):
        yield [step for step in Step if own[step] == rules], rules


def page() -> str:
    """The whole page."""
    parts = [_HEAD, "## At every step, first\n", *_rules(EVERYWHERE)]
    for steps, rules in _steps():
        parts += [
            "",
            f"## {', '.join(step.name for step in steps)}\n",
            *(_rules(rules) if rules else ("Nothing more.",)),
        ]
    return "\n".join(parts) + "\n"


def main() -> None:
    """Prints it, or writes it into the file that is named."""
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(page(), encoding="utf-8")
        return
    sys.stdout.write(page())


if __name__ == "__main__":
    main()
