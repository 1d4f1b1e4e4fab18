"""All generated files, as a stranger judges them: nothing leaks or breaks, nothing good is refused, no bomb is taken.

Cut and bent ones go through the sandbox, as they would in service; `benchmarks/files_corpus.py` bends each a thousand
times.
"""

import itertools
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from app.sandbox import Sandbox
from core.errors import Refused
from core.scrub import Clean
from tests.fakes.processes import children_of, processor_of
from tests.hostile.corpus import GENERATORS, Case, bends, cases, cuts
from tests.hostile.files import CANARY
from tests.hostile.judge import EXIFTOOL, FFPROBE, broken, leaks, told_by_exiftool, told_by_ffprobe, writers

pytestmark = pytest.mark.hostile

CUTS, BENDS = 16, 12  # a file; the benchmark takes many more
SECONDS = 12.0  # for all of them, in turns, so that each file gets some
MOST_PROCESSOR = 20.0  # seconds for a file, on however busy a machine


class Child(NamedTuple):
    """A sandbox, and the processes that it began with."""

    sandbox: Sandbox
    processes: frozenset[int]


@pytest.fixture(scope="module")
def children() -> Iterator[tuple[Child, ...]]:
    made = (_started(), _started())
    yield made
    for child in made:
        child.sandbox.stop()


def _started() -> Child:
    before, made = children_of(os.getpid()), Sandbox()
    made.start()
    return Child(made, frozenset(children_of(os.getpid()) - before))


@pytest.fixture(scope="module")
def outcomes(children: tuple[Child, ...]) -> dict[str, Clean | str]:
    return {case.name: outcome(children[0], case.data) for case in cases()}


def outcome(child: Child, data: bytes) -> Clean | str:
    try:
        return child.sandbox.scrub_now(data)
    except Refused as no:
        return no.phrase


def by_name() -> dict[str, Case]:
    return {case.name: case for case in cases()}


def test_there_are_files_enough_and_each_has_a_name_of_its_own() -> None:
    assert len(cases()) >= 100
    assert len(by_name()) == len(cases())
    assert sum(CANARY in case.data for case in cases()) >= 100


def test_no_generator_in_this_folder_is_forgotten() -> None:
    here = {path.stem for path in Path(__file__).parent.glob("*_files.py")}
    assert here == {module for module, _ in GENERATORS}


def test_every_good_file_is_taken_and_every_other_refused_with_its_phrase(outcomes: dict[str, Clean | str]) -> None:
    wrong = {
        name: said
        for name, said in outcomes.items()
        if (said if isinstance(said, str) else "") != by_name()[name].refused
    }
    assert wrong == {}


def test_nothing_leaks_and_nothing_is_broken(outcomes: dict[str, Clean | str]) -> None:
    cleaned = {name: said for name, said in outcomes.items() if isinstance(said, Clean)}
    assert {name: found for name, said in cleaned.items() if (found := leaks(said.data) | writers(said.data))} == {}
    assert {name: why for name, said in cleaned.items() if (why := broken(said.data, said.kind))} == {}


def test_the_judge_sees_what_leaks_and_what_is_broken() -> None:
    silent = {case.name for case in cases() if CANARY in case.data and not leaks(case.data)}
    assert silent == set()
    assert broken(b"\xff\xd8\xff", "image/jpeg")
    assert broken(b"%PDF-1.4", "application/pdf")
    assert broken(b"\0" * 64, "video/mp4")


@pytest.mark.skipif(EXIFTOOL is None, reason="exiftool is not installed: its judgement is missing")
def test_exiftool_finds_only_the_shape_of_files(outcomes: dict[str, Clean | str], tmp_path: Path) -> None:
    named = written(outcomes, tmp_path)
    told = told_by_exiftool(tmp_path)
    # It knows no AMR, whose head is six characters.
    assert told.keys() == {name for name in named if not name.endswith(".amr")}
    assert {named[name]: tags for name, tags in told.items() if tags} == {}


@pytest.mark.skipif(FFPROBE is None, reason="ffprobe is not installed: its judgement is missing")
def test_ffprobe_finds_only_pictures_and_sound(outcomes: dict[str, Clean | str], tmp_path: Path) -> None:
    recordings = {
        name: said
        for name, said in outcomes.items()
        if isinstance(said, Clean) and said.kind.startswith(("video/", "audio/"))
    }
    named = written(recordings, tmp_path)
    with ThreadPoolExecutor(2) as pool:
        told = dict(zip(named.values(), pool.map(told_by_ffprobe, (tmp_path / name for name in named)), strict=True))
    assert {name: tags for name, tags in told.items() if tags} == {}


def written(outcomes: dict[str, Clean | str] | dict[str, Clean], folder: Path) -> dict[str, str]:
    """Cleaned files under plain names; which is which."""
    named = {}
    for number, (name, said) in enumerate(outcomes.items()):
        if isinstance(said, Clean):
            file = f"{number}{said.extension}"
            (folder / file).write_bytes(said.data)
            named[file] = name
    return named


def test_what_is_cut_or_bent_is_refused_or_clean_in_time(children: tuple[Child, ...]) -> None:
    with ThreadPoolExecutor(len(children)) as pool:
        shares = [cases()[start :: len(children)] for start in range(len(children))]
        found = list(pool.map(_worst, children, shares))
    assert [row for rows in found for row in rows] == []


def _worst(child: Child, share: tuple[Case, ...]) -> list[tuple[str, str]]:
    """Files in turns, one variant each, until the time is over: what leaked, broke the rules or took too long."""
    bad: list[tuple[str, str]] = []
    end = time.monotonic() + SECONDS
    variants = [
        (case, itertools.chain(cuts(case, CUTS), bends(case, BENDS))) for case in share if case.source != "bombs"
    ]
    while variants and time.monotonic() < end:
        variants = [(case, rest) for case, rest in variants if _tried(child, case, rest, bad)]
    return bad


def _tried(child: Child, case: Case, rest: Iterator[bytes], bad: list[tuple[str, str]]) -> bool:
    data = next(rest, None)
    if data is None:
        return False
    before = _processor(child)
    said = outcome(child, data)
    if _processor(child) - before > MOST_PROCESSOR:
        bad.append((case.name, "too slow"))
    # Where a bend leaves nothing but words of a file of no kind that we take, they are what is to be seen.
    seen = isinstance(said, Clean) and bool(case.refused) and said.kind == "text/plain"
    if isinstance(said, Clean) and not seen and (found := leaks(said.data)):
        bad.append((case.name, repr(found)))
    return True


def _processor(child: Child) -> float:
    return sum(map(processor_of, child.processes))
