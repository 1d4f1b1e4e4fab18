"""What is wrong with the files of names: places, sites, words around names, tiles, the demonstration."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import tomli

from app.city_pack.pack import CityPack
from app.city_pack.reading import PackFile, names
from app.city_pack.row_fields import COUNT, TABLE, TEXT, TEXTS, Shape, Table

Shapes = Mapping[str, Shape]

_TABLES = frozenset({"site", "marked"})
_KNOWN = ("listed", "general")  # with the list of areas; of somebody's own knowledge
_KINDS = ("station", "hospital", "market", "mall", "campus", "office", "quarter", "road", "street")
_WORDS = (
    *("kelurahan", "kecamatan", "street", "street_titles", "kilometre", "toward", "placing", "near", "kinds"),
    *("beside", "in", "directions", "filler"),
)
_PLACES = ("everyday", "after_di_too", "never_a_typo", "no_family", "no_place")
_PEOPLE = (
    *("otherwise", "outside", "forwarded", "coordinator", "auditor", "clerk", "head", "place"),
    *("says_incomplete", "says_checked", "says_passed", "says_forwarded"),
)

_EXAMPLE: Final = Path(__file__).parent / "skeleton" / "place_words.toml"
_EXAMPLE_IN: Final = "en"
_FEW: Final = 0.4  # share of the example's lists above which they were left, not chosen


def check_names(pack: CityPack) -> None:
    """Adds what is wrong."""
    _places(pack, pack.files["places.toml"])
    _sites(pack, pack.files["sites.toml"])
    _place_words(pack, pack.files["place_words.toml"])
    _tiles(pack, pack.files["tiles.toml"])
    _demo(pack, pack.files["demo.toml"])


def _codes(pack: CityPack, file: PackFile, row: Table, line: int) -> None:
    codes = row.get("areas", [])
    for code in codes if isinstance(codes, list) else ():
        if code not in pack.areas and pack.areas:
            pack.findings.at(file, line, f"the area {str(code)[:40]!r} is not known", "Take a code of areas.toml.")


def _places(pack: CityPack, file: PackFile) -> None:
    lists = {key: value for key, value in file.table.items() if key not in {"place", "outside"}}
    pack.findings.row(file, (), lists, {}, dict.fromkeys(_PLACES, TEXTS))
    for field, needed in (("place", {"name": TEXT, "areas": TEXTS, "known": TEXT}), ("outside", {"name": TEXT})):
        for _, row in pack.findings.rows(file, file.table, field, needed=False):
            line = file.line_of(str(row.get("name", ""))) or file.line_at(field)
            _fields(pack, file, row, line, needed=needed)
            _codes(pack, file, row, line)
            _known(pack, file, row, line)


def _fields(pack: CityPack, file: PackFile, row: Table, line: int, *, needed: Shapes) -> None:
    """As of a row, at one line: many rows stand in one list."""
    before = len(pack.findings.flaws)
    pack.findings.row(file, (), row, needed, {"aliases": TEXTS})
    for at in range(before, len(pack.findings.flaws)):
        found = pack.findings.flaws[at]
        pack.findings.flaws[at] = type(found)(found.file, line, found.what, found.mend, found.fatal)


def _known(pack: CityPack, file: PackFile, row: Table, line: int) -> None:
    if isinstance(row.get("known"), str) and row["known"] not in _KNOWN:
        pack.findings.at(file, line, f"known {row['known']!r} is not known", 'Write "listed" or "general".')


def _sites(pack: CityPack, file: PackFile) -> None:
    for each in file.table:
        if each not in _TABLES:
            pack.findings.unknown(file, (each,), "the table", each, _TABLES)
    for at, row in pack.findings.rows(file, file.table, "site", needed=False):
        line = file.line_at("site", at)
        pack.findings.row(file, ("site", at), row, {"areas": TEXTS, "known": TEXT}, dict.fromkeys(_KINDS, TEXTS))
        _codes(pack, file, row, line)
        _known(pack, file, row, line)
    for at, row in pack.findings.rows(file, file.table, "marked", needed=False):
        rest = {key: value for key, value in row.items() if key != "stretch"}
        pack.findings.row(file, ("marked", at), rest, {"road": TEXTS}, {"known": TEXT})
        for _, part in pack.findings.rows(file, row, "stretch", needed=True):
            whole = {"from": part.get("from") == 0 or COUNT.fits(part.get("from")), "to": COUNT.fits(part.get("to"))}
            if not all(whole.values()):
                mend = "Write from and to as whole numbers."
                pack.findings.add(file, ("marked", at), "a stretch of a road has no kilometres", mend)
            _codes(pack, file, part, file.line_at("marked", at))


def _place_words(pack: CityPack, file: PackFile) -> None:
    fitting = pack.findings.row(file, (), file.table, {}, {"short": TABLE, "words": TABLE})
    for field, known in (("short", None), ("words", _WORDS)):
        table = fitting.get(field, {})
        for each, said in table.items() if isinstance(table, dict) else ():
            if known is not None and each not in known:
                pack.findings.unknown(file, (field, each), "the list of words", each, known)
            elif not isinstance(said, str):
                mend = 'Write words in one text, as "one two three".'
                pack.findings.add(file, (field, each), f"{each} is not as it should be", mend)
    _left_as_they_were(pack, file)


def _left_as_they_were(pack: CityPack, file: PackFile) -> None:
    """What a new city's folder holds is English: a city that is not would read no place by such words."""
    if not pack.languages or pack.languages[0] == _EXAMPLE_IN:
        return
    example, own = _words(tomli.loads(_EXAMPLE.read_text(encoding="utf-8"))), _words(file.table)
    left = sorted(each for each, said in own.items() if example.get(each) == said)
    if left and len(left) >= _FEW * len(example):
        what = f"{names(left)} are still the English example, and people here write {pack.languages[0]!r} first"
        mend = f"Write how places are announced in {pack.languages[0]!r}; English words may stay beside those."
        pack.findings.add(file, ("words",), what, mend, fatal=False)


def _words(table: Table) -> dict[str, frozenset[str]]:
    """Lists by name."""
    words = table.get("words", {})
    found = words.items() if isinstance(words, dict) else ()
    return {each: frozenset(said.casefold().split()) for each, said in found if isinstance(said, str)}


def _tiles(pack: CityPack, file: PackFile) -> None:
    seen: set[str] = set()
    for at, row in pack.findings.rows(file, file.table, "row", needed=False):
        names = row.get("areas")
        if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
            pack.findings.add(file, ("row", at), "areas is not as it should be", f"Write {TEXTS.what}.")
            continue
        for each in filter(None, names):
            if each not in pack.names and pack.areas:
                pack.findings.unknown(file, ("row", at), "the area", each, pack.names)
            elif each in seen or len(pack.names.get(each, ())) > 1:
                pack.findings.add(file, ("row", at), f"{each} means two areas or two squares", "Let it stand once.")
            seen.add(each)


def _demo(pack: CityPack, file: PackFile) -> None:
    if not file.lines:
        return
    people = file.table.get("people")
    if not isinstance(people, dict):
        pack.findings.add(file, (), "there is no [people]", "Add it, or take the file out: then there is no demo.")
        return
    lists = dict.fromkeys(("cities", "restricted", "agencies", "plain"), TEXTS)
    told = pack.findings.row(file, ("people",), people, {**lists, **dict.fromkeys(_PEOPLE, TEXT)}, {})
    for field, known in (
        ("cities", pack.towns),
        *((each, pack.agencies) for each in ("restricted", "agencies", "plain")),
    ):
        ids = told.get(field, [])
        for each in ids if isinstance(ids, list) else ():
            if each not in known:
                pack.findings.unknown(file, ("people", field), "the id", str(each), known)
    for at, row in pack.findings.rows(file, file.table, "story", needed=True):
        if row.get("category") not in pack.categories:
            pack.findings.unknown(file, ("story", at), "the category", str(row.get("category")), pack.categories)
