"""What a message costs, each figure beside a plain program in the same run: `python benchmarks/performance.py`.

Prints a line a figure, and which fall short of what is wanted; with `--write`, docs/performance.md gets them. Some are
measured beside programs that are installed apart: RESI_BENCH_HELPDESK names a Python that has django-helpdesk 2.6,
RESI_BENCH_MAT2 one that has libmat2; without it, that line says that it was not measured.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.speed import files, mails, page, starts, turns, updates


def main() -> None:
    """Part by part; what is started is kept compiled, as with anybody who starts it twice."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # noqa: TID251 - for the processes that are started
    targets = []
    for part in (mails, turns, updates, starts, files):
        for target in part.measured():
            print(target.told(), flush=True)
            targets.append(target)
    short = sum(target.share < 1 for target in targets)
    print(f"{len(targets)} figures, of which {short} fall short")
    if "--write" in sys.argv[1:]:
        page.written(targets, datetime.now(UTC).date())  # noqa: TID251 - a benchmark has no Clock


if __name__ == "__main__":
    main()
