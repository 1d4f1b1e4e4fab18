"""Memory and start of the index of words, in the process of the pages and alone: python -m benchmarks.search_process.

As an argument: how many reports (100,000). Each is measured in a process of its own, on one SQLite database.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median

import httpx

from app.search_socket import SearchClient
from benchmarks.desk import City, fill
from core.search_terms import terms_of
from storage import migrate, new_key_line, open_store, parse_keys

_PAGE = os.sysconf("SC_PAGE_SIZE")
_ROUNDS = 40
_PORT = 8391


def resident(process: int) -> float:
    """In MB."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE / 1e6


def started(folder: Path, more: dict[str, str], *parts: str) -> subprocess.Popen[bytes]:
    """A service with these parts, at a port of its own."""
    named = {"DATA_DIR": str(folder), "KEYS": (folder / "line").read_text(), "MAIL_LISTEN": "127.0.0.1:0"} | more
    exported = {f"RESI_{name}": value for name, value in named.items()} | {"PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, "-m", "app", "run", *parts]
    return subprocess.Popen(command, env=exported, stderr=subprocess.DEVNULL)  # noqa: S603 - our own program


def whole(folder: Path, more: dict[str, str], *parts: str) -> tuple[float, float, float]:
    """Of a process with pages: seconds until ready, until it can search, MB then."""
    began, ready = time.monotonic(), 0.0
    process = started(folder, more | {"WEB_LISTEN": f"127.0.0.1:{_PORT}"}, *parts)
    try:
        while True:
            time.sleep(0.1)
            try:
                said = httpx.get(f"http://127.0.0.1:{_PORT}/readyz", trust_env=False).text
            except httpx.TransportError:
                continue
            ready = ready or time.monotonic() - began
            if "search" not in said and said.startswith("ready"):
                time.sleep(1)
                return ready, time.monotonic() - began - 1, resident(process.pid)
    finally:
        process.terminate()
        process.wait()


async def answers(place: Path) -> tuple[float, float]:
    """Milliseconds of a seldom word and of the commonest, medians."""
    client, took = SearchClient(place), []
    for typed in (f"{City().words[20_000]}.", f"{City().words[0]}."):
        each = []
        for _ in range(_ROUNDS):
            began = time.perf_counter()
            await client.find(terms_of(typed))
            each.append((time.perf_counter() - began) * 1000)
        took.append(median(each))
    return took[0], took[1]


def main() -> None:
    """Prints a line each."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        line = new_key_line("bench")
        (folder / "line").write_text(line)
        url = f"sqlite:///{folder / 'resi.db'}"
        migrate(url)
        with closing(open_store(url, parse_keys(line))) as store:
            fill(store._database, store._ring.vault, count, City())  # noqa: SLF001 - rows as they lie, without turns
        ready, built, most = whole(folder, {})
        print(f"pages with their own index: ready {ready:.1f} s, index {built:.1f} s, {most:.0f} MB")
        place = folder / "s"
        began = time.monotonic()
        alone = started(folder, {"SEARCH_SOCKET": str(place)}, "--only", "search")
        try:
            while not asyncio.run(SearchClient(place).ready()):
                time.sleep(0.1)
            built = time.monotonic() - began
            time.sleep(1)
            seldom, common = asyncio.run(answers(place))
            print(f"index alone: {built:.1f} s, {resident(alone.pid):.0f} MB; a word {seldom:.1f} and {common:.1f} ms")
            parts = ("--only", "web,mail,telegram,outbox,clock")
            ready, built, most = whole(folder, {"SEARCH_SOCKET": str(place)}, *parts)
            print(f"pages that ask it: ready {ready:.1f} s, search {built:.1f} s, {most:.0f} MB")
        finally:
            alone.terminate()
            alone.wait()


if __name__ == "__main__":
    main()
