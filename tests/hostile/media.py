"""A recording with a canary, and what it is to play."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Recording:
    """`plays`: a file that is played the same; `told`: kinds of trace that must be told."""

    name: str
    data: bytes = field(repr=False)
    plays: bytes = field(repr=False)
    told: frozenset[str] = frozenset()
    form: str | None = None  # for the judge, where the bytes alone would not tell it
