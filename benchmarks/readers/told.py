"""All lines from which readers learn, and their hash: so that a test can say whether weights are made from them."""

from collections.abc import Sequence
from hashlib import sha256

from benchmarks.readers.lines import ROOT, Line, by_hand, of_examples, of_set

EXAMPLES = 5  # times that what tests hold is read in an epoch


def told(without: frozenset[str] = frozenset()) -> list[Line]:
    """All lines with marks: by hand, of the older sets that were read, and the examples that tests hold."""
    older = [
        *of_set(ROOT / "tests" / "redaction_set.toml", frozenset({"development", "held out"})),
        *of_set(ROOT / "tests" / "redaction_blind.toml", frozenset({"development"})),
        *[line for line in of_examples() for _ in range(EXAMPLES)],
    ]
    return [*older, *(line for line in by_hand() if line.voice not in without)]


def inputs_hash(lines: Sequence[Line]) -> str:
    """Of their words and marks, in their order."""
    digest = sha256()
    for line in lines:
        marks = " ".join(f"{mark.start}:{mark.end}:{mark.kind}:{mark.certain}" for mark in line.marks)
        digest.update(f"{line.text}\t{line.kind}\t{line.danger}\t{marks}\n".encode())
    return digest.hexdigest()
