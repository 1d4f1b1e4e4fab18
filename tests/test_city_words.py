"""No id, name or number of the city that comes with us stands in code: all of that is in its folder."""

import re
from collections.abc import Iterator
from pathlib import Path

from core import areas, city
from core.categories import AGENCIES
from core.city.profile import CITY

ROOT = Path(__file__).parents[1]
ROOMS = ("app", "bots", "core", "storage", "web")
# Lists of words of the language that readers know, in which names stand as words among others.
VOCABULARY = (
    "core/dictionary.txt",
    "core/redact/",
    "core/suggest/urgent.toml",
    "core/facts/facts.toml",
    "core/conversation/topics.toml",
    "core/staff_words/",
)
# Where the folder that is served by default is named, and ids that are a plain word too.
DEFAULT = ("core/city/folder.py",)
WORDS_TOO = frozenset({"ancol", "kepegawaian"})


def code() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in {".py", ".html", ".css", ".js", ".toml", ".txt"} and not name.startswith(VOCABULARY):
                yield path


def words() -> frozenset[str]:
    """Ids of agencies and of the largest areas, hosts, channels of counters, and how the city is called."""
    named = {
        word for said in CITY.words.values() for key in ("name", "government") for word in re.findall(r"\w+", said[key])
    }
    ids = {*AGENCIES, *(each.city for each in areas.children(None)), *CITY.counters.values()}
    return frozenset({each.lower() for each in (*ids, *named, *CITY.may_name) if len(each) > 4}) - WORDS_TOO


def said(wanted: frozenset[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{at}: {seen}"
        for path in code()
        if path.relative_to(ROOT).as_posix() not in DEFAULT
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for seen in wanted.intersection(each.strip(".") for each in re.findall(r"[\w.]+", line.lower()))
    ]


def test_no_word_of_the_city_stands_in_code() -> None:
    assert {"biro_pemerintahan", "bnnp_dki", "jakarta", "jakarta.go.id", "jaksel", "pendopo"} <= words()
    assert said(words()) == []


def test_no_code_of_an_area_stands_in_code() -> None:
    assert said(frozenset(areas.AREAS)) == []


def test_no_number_to_call_stands_in_sentences() -> None:
    sentences = [
        (ROOT / "core" / "phrases" / file.name).read_text(encoding="utf-8")
        for file in (ROOT / "core" / "phrases").glob("*.toml")
    ]
    for number in CITY.emergency.numbers:
        assert not any(re.search(rf"(?<!\d){number}(?!\d)", text) for text in sentences), number
    assert city.folder().name == "jakarta"
