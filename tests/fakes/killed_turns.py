"""Turns that are killed: a process with one thread that forks, and whose children die before a statement of theirs.

`main` with the arguments FOLDER KEYS SEED, and a migrated `resi.db` in the folder: a line of JSON a scene,
`{"scene": …, "killed_before": [statements], "wrong": [what was found]}`.
"""

import json
import os
import random
import shutil
import signal
import sys
from contextlib import closing
from pathlib import Path

from storage import Keys, parse_keys
from tests.fakes.agreement import disagreements
from tests.fakes.city import City, Deed
from tests.fakes.fused_store import FusedStore
from tests.fakes.rows import Dump, dump, looking_at, tables_of
from tests.fakes.scenes import SCENES

KILLS = 4  # of one scene, the last of them before its commit


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed(url: str, keys: Keys, deed: Deed, at: int) -> bool:
    """Whether a child was, before that statement."""
    child = os.fork()
    if child == 0:
        store = FusedStore(url, keys, _die)
        store.fuse.set(at)
        store.run(deed)
        os._exit(0)  # it was not
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _whole(url: str, keys: Keys, deed: Deed) -> tuple[int, Dump, list[str]]:
    """How many statements, what comes of it, and what of that does not agree."""
    with closing(FusedStore(url, keys)) as store, looking_at(url) as connection:
        store.fuse.set(None)
        store.run(deed)
        passed = store.fuse.passed
        return passed, dump(connection, sealed=False), disagreements(store, url)


def _tried(folder: Path, keys: Keys, scene: str, rng: random.Random) -> dict[str, object]:
    paths = [folder / f"{name}.db" for name in ("killed", "twin")]
    killed, twin = (f"sqlite:///{path}" for path in paths)
    shutil.copy(folder / "resi.db", paths[0])
    with closing(FusedStore(killed, keys)) as store:
        deed = SCENES[scene](City(store))
    shutil.copy(paths[0], paths[1])
    before = tables_of(killed)
    statements, reference, wrong = _whole(twin, keys, deed)
    ats = [*sorted(rng.sample(range(1, statements), min(KILLS - 1, statements - 1))), statements]
    for at in ats:
        if not _killed(killed, keys, deed, at):
            wrong.append(f"it lived through {at}")
        if tables_of(killed) != before:
            wrong.append(f"a kill before {at} left something")
    _, again, more = _whole(killed, keys, deed)
    wrong += more
    if again != reference:
        wrong.append("after the kills it came to something else")
    for path in folder.glob("*.db*"):
        if path.name != "resi.db":
            path.unlink()
    return {"scene": scene, "killed_before": ats, "wrong": wrong}


def main() -> None:
    folder, keys, rng = Path(sys.argv[1]), parse_keys(sys.argv[2]), random.Random(int(sys.argv[3]))
    for scene in SCENES:
        sys.stdout.write(json.dumps(_tried(folder, keys, scene, rng)) + "\n")
