"""Writes core/dictionary.txt: words of example reports that are nobody's name, for the rule that closes all others.

A word counts that two lines write in small letters. Run: PYTHONPATH=. python benchmarks/redact_plain_words.py
"""

import re
import textwrap
from collections import Counter
from pathlib import Path

from core.areas import AREAS
from core.redact.words import ALSO_NAMES, FURTHER, GIVEN

HERE = Path(__file__).parent
LEAST = 2
CITIZENS = ("suggest", "urgent")  # whose lines are theirs: staff ask for what must be closed
WORD = re.compile(r"[^\W\d_]{2,}")


def plain() -> list[str]:
    """In the order of the alphabet."""
    told = Counter[str]()
    for table in sorted(path for folder in CITIZENS for path in HERE.glob(f"{folder}/lines/*")):
        for line in table.read_text("utf-8").splitlines():
            told.update({word for word in WORD.findall(line.rpartition("\t")[2]) if word.islower()})
    places = {word for area in AREAS.values() if area.kind != "kota" for word in area.name.lower().split()}
    rare = {word for word in places if told[word] < 4 * LEAST}  # a kelurahan, and no everyday word
    return sorted(
        word for word, lines in told.items() if lines >= LEAST and word not in GIVEN | FURTHER | ALSO_NAMES | rare
    )


if __name__ == "__main__":
    words = textwrap.fill(" ".join(plain()), 118, break_long_words=False, break_on_hyphens=False)
    (HERE.parent / "core/dictionary.txt").write_text(f"{words}\n", "utf-8")
