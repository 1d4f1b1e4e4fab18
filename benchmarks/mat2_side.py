"""The other side of `files_against_mat2`: libmat2 in a process of its own, with the Python that has what it needs.

Reads JSON on stdin, `[[file, copy, rounds], …]`; answers `[[why not, median ms], …]`. Imports nothing of ours.
"""

import json
import statistics
import sys
import time
from pathlib import Path

from libmat2 import parser_factory  # type: ignore[import-not-found,unused-ignore]


def cleaned(file: str, copy: str) -> str:
    """Nothing, or why there is no copy."""
    try:
        parser, kind = parser_factory.get_parser(file)
        if parser is None:
            return f"not taken: {kind}"
        parser.output_filename = copy
        return "" if parser.remove_all() and Path(copy).exists() else "refused"
    except Exception as error:  # noqa: BLE001 -- whatever it raises is its answer
        return type(error).__name__


def measured(file: str, copy: str, rounds: int) -> tuple[str, float]:
    """The answer, and how long it took; the first round does not count where there are more."""
    why, taken = "", []
    for _ in range(rounds + (rounds > 1)):
        Path(copy).unlink(missing_ok=True)
        start = time.perf_counter()
        why = cleaned(file, copy)
        taken.append((time.perf_counter() - start) * 1000)
    return why, statistics.median(taken[rounds > 1 :])


if __name__ == "__main__":
    json.dump([measured(*row) for row in json.load(sys.stdin)], sys.stdout)
