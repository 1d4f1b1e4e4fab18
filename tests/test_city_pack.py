"""The folder of a city is looked through: each mistake is a sentence with its file and line, all of them in one run."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.city import folder_of
from app.city_pack.check import checked, looked_at
from app.city_pack.difference import changes, gone
from app.city_pack.reading import Flaw
from core import kind_weights
from core.city.folder import DEFAULT

ROOT = Path(__file__).parents[1]
SKELETON = ROOT / "app" / "city_pack" / "skeleton"
CHICAGO = ROOT / "tests" / "cities" / "chicago"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SKELETON, tmp_path / "town"))


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text, old
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(folder: Path, name: str, words: str) -> int:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return next(at for at, line in enumerate(lines, 1) if words in line and not line.startswith("#"))


@pytest.mark.parametrize("city", [DEFAULT, CHICAGO, SKELETON], ids=lambda path: path.name)
def test_nothing_is_wrong_with_those_that_are_here(city: Path) -> None:
    assert checked(city) == []


def test_an_office_without_a_name_is_told_in_the_shape_that_mends_it(folder: Path) -> None:
    edit(folder, "city.toml", 'rows = "ward"', 'rows = "ward"\noffice = "ward"')
    said = next(flaw for flaw in checked(folder) if "have no name" in flaw.what)
    assert said.mend == 'Add named.ward = { en = "... {name}" } to its level in city.toml.'
    edit(folder, "city.toml", 'office = "ward"', 'office = "ward"\nnamed.ward = { en = "{name} ward office" }')
    assert checked(folder) == []


# A file, what stands there, what somebody writes instead, where it is told of, and what is said.
SLIPS = [
    ("city.toml", 'language = "en"', "language = 1", "language = 1", "language is not as it should be"),
    ("city.toml", 'language = "en"', 'language = "tlh"', "language =", "nobody has written sentences"),
    ("city.toml", 'languages = ["en"]', 'languages = ["id"]', "languages =", "leaves out"),
    ("city.toml", 'country = "NL"', 'country = "Holland"', "country", "is none"),
    ("city.toml", '"Europe/Amsterdam"', '"Europe/Nowhere"', "timezone", "is not known"),
    ("city.toml", '"Europe/Amsterdam"', '"../../etc/passwd"', "timezone", "is not known"),
    ("city.toml", 'jurisdiction = "city.example"', "", "", "jurisdiction is missing"),
    ("city.toml", 'coordinator = "town_hall"', 'coordinator = "townhall"', "coordinator", "Did you mean town_hall?"),
    ("city.toml", 'coordinator = "town_hall"', 'coordinator = "grid"', "coordinator", "outside of the city"),
    ("city.toml", 'fallback = "other"', 'fallback = "rest"', "fallback", "the category 'rest' is not known"),
    ("city.toml", "south = 52.0", "south = 53.0", "around", "turned round"),
    ("city.toml", "south = 52.0", 'south = "x"', "around", "is not four numbers"),
    ("city.toml", "near = [52.1, 5.1]", "near = [5.1, 52.1]", "near =", "latitude first"),
    ("city.toml", "others = []", 'others = ["1-1"]', "others =", "no number to call"),
    ("city.toml", "others = []", 'others = ["113"]', "", "nothing is said of the number 113"),
    ("city.toml", "yields = []", 'yields = ["5"]', "yields =", "the number '5' is not known"),
    ("city.toml", "solve_days = 7", "solve_days = 0", "solve_days", "solve_days is not as it should be"),
    ("city.toml", "look_hours = 24", "hours = 1", "hours", "the field 'hours' is not known"),
    ("city.toml", 'town_hall = "counter"', 'town_hal = "counter"', "town_hal =", "the agency 'town_hal' is not known"),
    ("city.toml", 'rows = "ward"', 'rows = "district"', "", "stands twice"),
    ("city.toml", 'short = "{name}"', 'short = "{place}"', "short =", "something else than {name}"),
    ("city.toml", 'area = "ward"', "", "[words.en]", "says no area"),
    ("city.toml", "[words.en]", "[words.en]\ncolour = 'x'", "colour", "the field 'colour' is not known"),
    ("city.toml", 'known_words = ["example"]', 'known_word = ["example"]', "known_word =", "Did you mean known_words?"),
    ("areas.toml", 'code = "E.01"', 'code = "X.01"', "X.01", "does not begin with E"),
    ("areas.toml", 'code = "E.01"', 'code = "E.1"', "", "not as long as each other"),
    ("areas.toml", 'code = "W"', 'code = "E"', "", "the code E stands twice"),
    ("areas.toml", 'code = "E.01"\n', "", "", "code is missing"),
    ("areas.toml", 'name = "Mill Ward"', 'nam = "Mill Ward"', "W.01", "'nam' is not known"),
    ("areas.toml", "centre = [52.1, 5.15]", "centre = [5.15, 52.1]", "E.01", "lies outside of `around`"),
    ("areas.toml", "centre = [52.1, 5.15]", "centre = 52", "E.01", "centre is not as it should be"),
    ("areas.toml", '"Harbour Ward"', '"Harbour\\nWard"', "E.01", "name is not as it should be"),
    ("agencies.toml", '"The power company"', '"The \\u202eyenapmoc"', "grid", "name is not as it should be"),
    ("areas.toml", '[[district.ward]]\ncode = "W', '[[district.wards]]\ncode = "W', "", "'ward"),
    ("agencies.toml", 'reports_to = "town_hall"', 'reports_to = "public_works"', "public_works", "reports to itself"),
    ("agencies.toml", 'reports_to = "town_hall"', 'reports_to = "hall"', "public_works", "'hall' is not known"),
    ("agencies.toml", "grid = {", "Grid-1 = {", "Grid-1", "cannot be used"),
    ("agencies.toml", 'kind = "external" }', 'kind = "external", city = "N" }', "grid", "the city 'N' is not known"),
    ("agencies.toml", 'name = "The power company", ', "", "grid", "name is missing"),
    ("categories.toml", 'lead = "public_works"', 'lead = "works"', "", "the agency 'works' is not known"),
    ("categories.toml", 'id = "pothole"', 'id = "other"', "", "id other stands twice"),
    ("categories.toml", 'sms_code = "12"', 'sms_code = "11"', "", "sms_code 11 stands twice"),
    ("categories.toml", 'sms_code = "12"', 'sms_code = "1"', "", "is not two digits"),
    ("categories.toml", 'en = "Street light out"', 'en = "Street light that is out again"', "", "is too long"),
    ("categories.toml", 'labels = { en = "Pothole" }', 'labels = { nl = "Gat" }', "", "no label in en"),
    ("categories.toml", 'group = "streets"', 'group = "street"', "", "Did you mean streets?"),
    ("categories.toml", 'group = "rest"', 'group = "streets"', "", "the group rest is empty"),
    ("categories.toml", "estimate = true", 'estimate = "yes"', "estimate", "estimate is not as it should be"),
    ("categories.toml", "estimate = true", 'emergency = "999"', "emergency", "the number '999' is not known"),
    ("categories.toml", "estimate = true", 'photo = "none"', "photo", "photo 'none' is not known"),
    ("categories.toml", "estimate = true", 'restricted = "police"', "restricted", "the agency 'police' is not known"),
    ("categories.toml", "estimate = true", "place = []", "place =", "place is not as it should be"),
    ("categories.toml", "estimate = true", 'restricted = ["town_hall"]', "restricted", "restricted is not as it"),
    ("categories.toml", "\nplace = false", "\nretired = true", "", "other is retired"),
    ("phrases/en.toml", "hint_112 =", "hint_113 =", "", "nothing is said of the number 112"),
    ("phrases/en.toml", "hint_112 =", 'greetings = "Hi"\nhint_112 =', "greetings", "the sentence 'greetings'"),
    ("phrases/en.toml", "reply here.", "{city.number}.", "hint_112 =", "{city.number} means nothing"),
    ("phrases/en.toml", "reply here.", "{code}.", "hint_112 =", "{code} means nothing"),
    ("phrases/en.toml", "reply here.", "{.", "hint_112 =", "a brace too many"),
    ("phrases/en.toml", "hint_112 =", 'called = "english"\nhint_112 =', "called", "called is not as it should be"),
    ("place_words.toml", 'near = "near"', 'near = ["near"]', "near =", "near is not as it should be"),
    ("place_words.toml", 'near = "near"', 'close = "near"', "close", "'close' is not known"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=[f"{row[0]}-{row[4]}" for row in SLIPS])
def test_a_slip_is_told_with_its_line_and_how_to_mend_it(folder: Path, slip: tuple[str, str, str, str, str]) -> None:
    name, old, new, at, says = slip
    edit(folder, name, old, new)
    found = [each for each in checked(folder) if says in each.shown()]
    assert found, [each.shown() for each in checked(folder)]
    assert found[0].mend.endswith((".", "?"))
    if at:
        assert found[0].shown().startswith(f"{name}:{line_of(folder, name, at)}: ")


@pytest.mark.parametrize("listed", ['languages = ["en", "id", "jv"]', ""])
def test_a_language_that_pages_lose_for_a_sentence_of_the_citys_own_is_told(folder: Path, listed: str) -> None:
    edit(folder, "city.toml", 'languages = ["en"]', listed)
    [told] = [flaw for flaw in checked(folder) if "do not offer" in flaw.what]
    assert not told.fatal
    lacks = "pages do not offer 'id', which lacks hint_112, web_channel_counter. Say it there too."
    assert told.shown() == f"phrases/id.toml: warning: {lacks}"
    said = 'hint_112 = "Bahaya? Telepon 112."\nweb_channel_counter = "Loket"\n'
    (folder / "phrases" / "id.toml").write_text(said, encoding="utf-8")
    assert [flaw for flaw in checked(folder) if "do not offer" in flaw.what] == []


def test_a_city_of_working_days_whose_sentences_promise_days_is_told(folder: Path) -> None:
    edit(folder, "city.toml", "solve_days = 7", 'solve_days = 5\nworking_days = ["mon", "tue", "wed", "thu", "fri"]')
    (said,) = checked(folder)
    assert not said.fatal
    assert said.what == "'en' promises an answer in days, and the city counts working days"
    assert "remark_progress, web_front_step3" in said.mend
    own = 'web_front_step3 = "Within {city.solve_days} working days."\nremark_progress = "The same."\n'
    edit(folder, "phrases/en.toml", "web_channel_counter =", f"{own}web_channel_counter =")
    assert checked(folder) == []


def test_a_language_that_nobody_hears_or_that_says_little_is_told(folder: Path) -> None:
    (folder / "phrases" / "nl.toml").write_text('help = "Hulp"\nask_place = "Waar?"\n', encoding="utf-8")
    [told] = checked(folder)
    assert not told.fatal
    assert "nobody hears 'nl'" in told.shown()
    edit(folder, "city.toml", 'languages = ["en"]', 'languages = ["en", "nl"]')
    said = [each.shown() for each in checked(folder) if each.file.startswith("phrases")]
    assert len(said) == 1
    assert "'nl' says 2 of " in said[0]
    assert "are said in 'en'" in said[0]


def test_words_for_places_that_are_still_the_english_example_are_told_in_a_city_that_speaks_another(
    folder: Path,
) -> None:
    assert [flaw for flaw in checked(folder) if "example" in flaw.what] == []
    edit(folder, "city.toml", 'language = "en"', 'language = "id"')
    [told] = [flaw for flaw in checked(folder) if "English example" in flaw.what]
    assert not told.fatal
    assert told.shown().startswith(f"place_words.toml:{line_of(folder, 'place_words.toml', '[words]')}: warning: ")
    (folder / "place_words.toml").write_text('[words]\nstreet = "jl jalan gang"\nnear = "near"\n', encoding="utf-8")
    assert [flaw for flaw in checked(folder) if "English example" in flaw.what] == []


@pytest.mark.parametrize("name", ["areas.toml", "holidays.toml", "phrases/en.toml", "kinds.weights", "logo.svg"])
def test_a_link_that_leads_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path, name: str) -> None:
    """A folder that was handed on shows nobody's files: not in what is told, on no page, in no export."""
    secret = tmp_path / "secret"
    secret.write_text("root:hash\n", encoding="utf-8")
    edit(folder, "city.toml", 'language = "en"', 'logo = "logo.svg"\nlanguage = "en"')
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(secret)
    told = [flaw for flaw in checked(folder) if "leads out of the folder" in flaw.what]
    assert [flaw.fatal for flaw in told] == [True]
    assert not any("hash" in flaw.shown() for flaw in checked(folder))


def test_links_in_a_circle_and_a_folder_in_place_of_a_file_are_told(folder: Path) -> None:
    for name in ("areas.toml", "kinds.weights"):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(folder / name)
    (folder / "agencies.toml").unlink()
    (folder / "agencies.toml").mkdir()
    assert {"areas.toml", "kinds.weights", "agencies.toml"} <= {flaw.file for flaw in checked(folder) if flaw.fatal}


def test_weights_for_kinds_that_the_city_does_not_have_are_told(folder: Path) -> None:
    kinds = ("-", "pothole", "dragon")
    rows = kind_weights.ROWS
    held = kind_weights.StoredWeights(kinds, 0.1, 1.0, bytes(3 * rows), (0.0, 0.0, 0.0), bytes([16]) * rows)
    (folder / "kinds.weights").write_bytes(kind_weights.packed(held))
    told = {flaw.what: flaw.fatal for flaw in checked(folder)}
    assert told == {
        "holds weights for kinds that this city does not have: dragon": False,
        "holds none for other, street_light, which are found by their cues": False,
    }
    (folder / "kinds.weights").write_bytes(b"resi-kinds 7\n{}\n")
    [flaw] = checked(folder)
    assert flaw.shown().startswith("kinds.weights: has format 7, and this Resi reads 1. Train them again")
    assert flaw.fatal


def test_everything_is_told_in_one_run(folder: Path) -> None:
    told = set()
    for name, old, new, says in (
        ("city.toml", '"Europe/Amsterdam"', '"Mars"', "timezone"),
        ("areas.toml", 'code = "E.01"', 'code = "X.01"', "does not begin"),
        ("agencies.toml", 'reports_to = "town_hall"', 'reports_to = "public_works"', "itself"),
        ("categories.toml", 'sms_code = "12"', 'sms_code = "11"', "twice"),
        ("phrases/en.toml", "hint_112 =", "hint_113 =", "112"),
    ):
        edit(folder, name, old, new)
        told.add(says)
    shown = "\n".join(each.shown() for each in checked(folder))
    assert all(says in shown for says in told)


def test_a_circle_of_three_is_told_with_its_way(folder: Path) -> None:
    row = '{ name = "X", short = "X", kind = "x", reports_to = '
    (folder / "agencies.toml").write_text(
        f'town_hall = {row}"a" }}\na = {row}"b" }}\nb = {row}"town_hall" }}\npublic_works = {row}"a" }}\n',
        encoding="utf-8",
    )
    assert any("town_hall -> a -> b -> town_hall" in each.what for each in checked(folder))


def spoil(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def link(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def hole(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.hostile
@pytest.mark.parametrize("name", sorted(path.relative_to(SKELETON).as_posix() for path in SKELETON.rglob("*.toml")))
@pytest.mark.parametrize(
    "spoiled",
    [
        Path.unlink,
        hole,
        link,
        *map(
            spoil, (b"", b"\xff\xfe", b"\xef\xbb\xbfx = 1", b"x = [", b"= = =", b"x = 1\nx = 2", b"a\0b", b"[" * 9999)
        ),
        *map(spoil, (b"x = 1\r\n", b"level = 1\ngroup = 2\ncategory = 3\nterse = 4\nshort = 5\nwords = 6\n")),
        *map(spoil, (b"[[level]]\n[[group]]\n[[category]]\n[[district]]\n[[place]]\n", b"level = [1]\ngroup = [[]]\n")),
        *map(
            spoil,
            (b"around = { south = nan, north = inf, west = 1, east = 2 }\nnear = [nan, nan]\n", b"'' = { '' = 1 }\n"),
        ),
    ],
)
def test_whatever_a_file_holds_is_a_sentence(folder: Path, name: str, spoiled: Callable[[Path], object]) -> None:
    spoiled(folder / name)
    for each in checked(folder):
        assert each.what
        assert "\n" not in each.shown()


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{quoted(key)} = {toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, bool) or value is None:
        return str(bool(value)).lower()
    return quoted(value) if isinstance(value, str) else str(value)


def quoted(text: str) -> str:
    return '"' + "".join(each if each.isalnum() and each.isascii() else f"\\U{ord(each):08x}" for each in text) + '"'


@pytest.mark.hostile
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_field_may_hold_anything(folder: Path, data: st.DataObject) -> None:
    name = data.draw(
        st.sampled_from(sorted(each.relative_to(SKELETON).as_posix() for each in SKELETON.rglob("*.toml")))
    )
    lines = (SKELETON / name).read_text(encoding="utf-8").splitlines()
    fields = [at for at, line in enumerate(lines) if re.match(r"[\w.]+ = ", line)]
    at = data.draw(st.sampled_from(fields))
    value = data.draw(_VALUES.filter(lambda each: "\ud800" not in str(each)))
    lines[at] = f"{lines[at].partition(' = ')[0]} = {toml(value)}"
    try:
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
        assert all(isinstance(each, Flaw) for each in checked(folder))
    finally:
        shutil.copy(SKELETON / name, folder / name)


def test_a_folder_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    [flaw] = checked(tmp_path / "nowhere")
    assert "is no folder" in flaw.shown()
    assert {each.what for each in checked(tmp_path)} >= {"is missing"}


def test_a_name_means_a_city_that_is_here_and_anything_else_a_path(tmp_path: Path) -> None:
    assert folder_of("jakarta") == DEFAULT
    assert folder_of(str(tmp_path)) == tmp_path
    assert folder_of("../cities/jakarta").name == "jakarta"


def test_what_a_changed_folder_moves_is_told_row_by_row(folder: Path, tmp_path: Path) -> None:
    changed = Path(shutil.copytree(folder, tmp_path / "changed"))
    edit(changed, "categories.toml", 'lead = "public_works"', 'lead = "town_hall"')
    edit(changed, "agencies.toml", "grid = ", "network = ")
    edit(changed, "areas.toml", '"W.01"', '"W.02"')
    now, then = looked_at(folder), looked_at(changed)
    said = list(changes(now, then))
    assert "categories pothole: lead 'public_works' -> 'town_hall'" in said
    assert "agencies new: 1 (network)" in said
    assert "areas gone: 1 (W.01)" in said
    lost = gone(now, then)
    assert (sorted(lost.agencies), sorted(lost.areas), sorted(lost.categories)) == (["grid"], ["W.01"], [])
    assert list(changes(now, now)) == []
