"""All lines from which readers learn, and their hash: so that a test can say whether weights are made from them."""

from collections.abc import Sequence
from hashlib import sha256

from benchmarks.readers.lines import ROOT, Line, by_hand, of_examples, of_set

EXAMPLES = 5  # times that what tests hold is read in an epoch
SETS = 2  # times that an older set is
# Asked for what readers did not know yet: read twice in an epoch, so that older lines, three times as many, do not
# drown them.
SURPRISING = frozenset(f"w{number}" for number in range(22, 38))


def told(without: frozenset[str] = frozenset()) -> list[Line]:
    """All lines with marks: by hand, of the older sets that were read, and the examples that tests hold."""
    sets = [
        *of_set(ROOT / "tests" / "redaction_set.toml", frozenset({"development", "held out"})),
        *of_set(ROOT / "tests" / "redaction_blind.toml", frozenset({"development"})),
    ]
    older = [*(line for line in sets for _ in range(SETS)), *(line for line in of_examples() for _ in range(EXAMPLES))]
    kept = [line for line in by_hand() if line.voice not in without]
    return [*older, *kept, *(line for line in kept if line.voice in SURPRISING)]


def inputs_hash(lines: Sequence[Line]) -> str:
    """Of their words and marks, in their order."""
    digest = sha256()
    for line in lines:
        marks = " ".join(f"{mark.start}:{mark.end}:{mark.kind}:{mark.certain}" for mark in line.marks)
        digest.update(f"{line.text}\t{line.kind}\t{line.danger}\t{marks}\n".encode())
    return digest.hexdigest()
