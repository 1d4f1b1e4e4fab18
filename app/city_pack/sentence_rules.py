"""What is wrong with a city's own sentences: keys that nobody says, placeholders, numbers to call without one."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter

import tomli

from app.city_pack.pack import CityPack
from app.city_pack.reading import PackFile, names
from app.city_pack.row_fields import TEXTS
from app.city_pack.whole_city import PERIODS, WORDS
from core import gsm7

# Not through its package, which says sentences of the city that is served.
_FOLDER = Path(gsm7.__file__).parent / "phrases"
SMS = 160  # letters of one
_FEW = 40  # with fewer sentences a language is none that somebody can report in
_PROMISES = ("web_front_step3", "remark_progress")  # what says to citizens in how many days there is an answer
_OWN = re.compile(r"hint_\d+|web_channel_[a-z0-9_]+")
_WORD = re.compile(r"\{city\.(\w+)\}")


@cache
def _ours() -> Mapping[str, Mapping[str, object]]:
    """By language. They stay what they are, and to read them takes longer than all else that is looked at here."""
    return {lang: tomli.loads((_FOLDER / f"{lang}.toml").read_text(encoding="utf-8")) for lang in spoken()}


def spoken() -> tuple[str, ...]:
    """The languages that Resi speaks by itself."""
    return tuple(sorted(each.stem for each in _FOLDER.glob("*.toml")))


def check_sentences(pack: CityPack) -> None:
    """Adds what is wrong."""
    ours = _ours()
    known = {key for table in ours.values() for key in table} - {"terse", "called"}
    for lang, file in pack.sentences.items():
        _file(pack, file, lang, known, ours)
    for lang in pack.languages:
        if not ours.get(lang) and lang not in pack.sentences:
            city = pack.files["city.toml"]
            mend = f"Resi speaks {', '.join(spoken())}; write phrases/{lang}.toml for another."
            pack.findings.add(city, ("language",), f"nobody has written sentences in {lang!r}", mend)
    _needed(pack, ours, known)
    _translated(pack, ours)
    _heard(pack, ours, known)
    _promised(pack, ours)


def _file(pack: CityPack, file: PackFile, lang: str, known: set[str], ours: Mapping[str, Mapping[str, object]]) -> None:
    short = file.table.get("terse", {})
    if not isinstance(short, dict):
        pack.findings.add(file, ("terse",), "terse is no table", "Write [terse] above the short forms.")
        short = {}
    full = {key: said for key, said in file.table.items() if key not in {"terse", "called"}}
    called = file.table.get("called", [])
    if not TEXTS.fits(called):
        pack.findings.add(file, ("called",), "called is not as it should be", f"Write {TEXTS.what}.")
    for path, table in (((), full), (("terse",), short)):
        for key, said in table.items():
            _sentence(pack, file, (*path, key), said, known=known, ours=ours.get(lang) or next(iter(ours.values())))


def _sentence(
    pack: CityPack, file: PackFile, path: tuple[str, ...], said: object, *, known: set[str], ours: Mapping[str, object]
) -> None:
    key = path[-1]
    if key not in known and not _OWN.fullmatch(key):
        pack.findings.unknown(file, path, "the sentence", key, known)
    elif not isinstance(said, str) or not said.strip():
        pack.findings.add(file, path, f"{key} is no text", 'Write key = "...".')
    else:
        _placeholders(pack, file, path, said, ours)
        cost = gsm7.septets(_WORD.sub("", said))
        if path[0] == "terse" and (cost is None or cost > SMS):
            mend = f"At most {SMS} plain letters."
            pack.findings.add(file, path, f"the short form of {key} fits no SMS", mend)


def _placeholders(pack: CityPack, file: PackFile, path: tuple[str, ...], said: str, ours: Mapping[str, object]) -> None:
    try:
        named = {name for _, name, _, _ in Formatter().parse(said) if name is not None}
    except ValueError:
        pack.findings.add(file, path, f"{path[-1]} has a brace too many", "Write {{ for a brace of the sentence.")
        return
    told = ours.get(path[-1], "")
    may = {name for _, name, _, _ in Formatter().parse(told if isinstance(told, str) else "") if name}
    for each in named:
        if each.startswith("city.") and each[5:6].lower() + each[6:] in {*WORDS, *PERIODS}:
            continue
        if each not in may:
            mend = f"It may hold {', '.join(sorted(may)) or 'none'}, and city.name and its like."
            pack.findings.add(file, path, f"{{{each}}} means nothing in {path[-1]}", mend)


def _needed(pack: CityPack, ours: Mapping[str, Mapping[str, object]], known: set[str]) -> None:
    if not pack.languages:
        return
    home = pack.languages[0]
    file = pack.sentences.get(home) or PackFile(f"phrases/{home}.toml")
    for number in pack.numbers:
        if f"hint_{number}" not in file.table:
            mend = f'Add hint_{number} = "Danger? Call {number}." there.'
            pack.findings.at(file, 0, f"nothing is said of the number {number}", mend)
    missing = known - {*ours.get(home, {}), *file.table}
    if not ours.get(home) and missing:
        mend = "The first language says everything: copy core/phrases/en.toml and translate it."
        pack.findings.at(file, 0, f"{len(missing)} sentences are missing", mend)
    for channel in _channels(pack):
        if f"web_channel_{channel}" not in {*file.table, *ours.get(home, {})}:
            mend = f'Add web_channel_{channel} = "...".'
            pack.findings.at(file, 0, f"the counter {channel} has no name", mend, fatal=False)


def _channels(pack: CityPack) -> list[str]:
    counters = pack.files["city.toml"].table.get("counters", {})
    own = list(counters.values()) if isinstance(counters, dict) else []
    return list(
        dict.fromkeys(str(each) for each in (*own, *(level.get("counter", "") for level in pack.levels)) if each)
    )


def _translated(pack: CityPack, ours: Mapping[str, Mapping[str, object]]) -> None:
    """Pages offer a language that says every sentence of the first, those of the city's own among them."""
    home, *others = pack.languages or ("",)
    if len(pack.languages) == 1 and not pack.files["city.toml"].table.get("languages"):
        others = [each for each in spoken() if each != home]
    own = _said(pack.sentences.get(home)) - ours.get(home, {}).keys()
    for lang in others:
        lacking = sorted(own - _said(pack.sentences.get(lang)))
        if lacking and ours.get(lang, {}).keys() >= ours.get(home, {}).keys():
            file = pack.sentences.get(lang) or PackFile(f"phrases/{lang}.toml")
            what = f"pages do not offer {lang!r}, which lacks {names(lacking)}"
            pack.findings.at(file, 0, what, "Say it there too.", fatal=False)


def _heard(pack: CityPack, ours: Mapping[str, Mapping[str, object]], known: set[str]) -> None:
    """A language of the city's own that nobody can choose, or that hardly says anything."""
    listed, home = pack.files["city.toml"].table.get("languages"), (pack.languages or ("",))[0]
    for lang, file in pack.sentences.items():
        said = len(_said(file) & known)
        if listed and lang not in pack.languages:
            mend = f"Name {lang!r} in languages of city.toml, or remove the file."
            pack.findings.at(file, 0, f"nobody hears {lang!r}: languages does not name it", mend, fatal=False)
        elif not ours.get(lang) and said < _FEW and lang != home:
            what = f"{lang!r} says {said} of {len(known)} sentences, and all others are said in {home!r}"
            mend = "Begin with lang_now, ask_story, ask_place, summary and filed."
            pack.findings.at(file, 0, what, mend, fatal=False)


def _promised(pack: CityPack, ours: Mapping[str, Mapping[str, object]]) -> None:
    """Our sentences say days, which are fewer than a deadline that counts working days alone."""
    city = pack.files["city.toml"].table
    deadlines = city.get("deadlines")
    if not isinstance(deadlines, dict) or not deadlines.get("working_days"):
        return
    for lang in pack.languages if city.get("languages") else dict.fromkeys((*pack.languages, *spoken())):
        file = pack.sentences.get(lang) or PackFile(f"phrases/{lang}.toml")
        left = [each for each in _PROMISES if each in ours.get(lang, {}) and each not in _said(file)]
        if left:
            what = f"{lang!r} promises an answer in days, and the city counts working days"
            mend = f"Say {names(left)} there with working days, also under [terse] where core/phrases does."
            pack.findings.at(file, 0, what, mend, fatal=False)


def _said(file: PackFile | None) -> set[str]:
    return set(file.table) - {"terse", "called"} if file else set()
