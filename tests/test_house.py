"""House rules that no linter knows: sizes, first lines, names, a test for each module, what stands in no file."""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from app.settings import PREFIX, declared

ROOT = Path(__file__).parents[1]
ROOMS = ("app", "bots", "core", "storage", "web")
BESIDE = ("cities", "tests", "docs", "deploy", "benchmarks", ".ci")
AT_THE_DOOR = ("*.md", "*.toml", "*.txt", "Makefile", "LICENSE", ".gitignore", ".editorconfig", ".env.example")
LONGEST_MODULE, LONGEST_FUNCTION = 300, 60

# Modules that are tables though they are written as classes: each with its reason, each without a rule inside.
TABLES = {"core/messages.py": "the envelopes of all rooms, dataclasses in a row"}
FORBIDDEN_NAMES = frozenset(
    {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "service", "handler"}
)
LIBRARIES_OF_CORE = {
    "scrub": frozenset({"PIL", "av", "numpy", "pypdfium2", "simplejpeg", "turbojpeg"}),
    "redact": frozenset({"numpy", "phonenumbers", "stdnum"}),
    "suggest": frozenset({"numpy"}),
    "encoder": frozenset({"numpy"}),
    "small_talk": frozenset({"numpy"}),
    "places": frozenset({"numpy"}),
    "toml_rows.py": frozenset({"tomli"}),
}
# A module that has no test of its own name, and the one that goes through it. It may shrink; to let it grow is a
# decision, so the number below has to be changed with it.
COVERED_BY = {
    **{
        f"core/ports/{room}.py": "test_storage_store"
        for room in ("accounts", "conversations", "reports", "staff", "store")
    },  # Protocols
    "app/__main__.py": "test_cli",  # one call of the command line
    "app/time_and_random.py": "test_clock",
    "app/cli_keeping.py": "test_cli",
    "bots/mail/__init__.py": "test_mail_send",
    "bots/mail/address.py": "test_mail_receive",
    "bots/mail/charset.py": "test_mail_mime",
    "bots/mail/connection.py": "test_mail_endings",
    "bots/mail/smtp_server.py": "test_mail_receive",
    "bots/mail/envelope.py": "test_mail_mime",
    "bots/mail/hypertext.py": "test_mail_mime",
    "bots/mail/ids.py": "test_mail_send",
    "bots/mail/quote_markers.py": "test_mail_trim",
    "bots/mail/mime_parts.py": "test_mail_mime",
    "bots/mail/setup.py": "test_mail_send",
    "bots/mail/signature_markers.py": "test_mail_signatures",
    "bots/sms/channel.py": "test_sms_twilio",
    "bots/sms/connection.py": "test_sms_twilio",
    "bots/sms/phone_numbers.py": "test_sms_kannel",
    "bots/sms/provider.py": "test_sms_kannel",
    "bots/sms/sender_list.py": "test_sms_our_numbers",
    "bots/twilio_forms.py": "test_sms_twilio",
    "bots/telegram/__init__.py": "test_telegram_settings",
    "bots/telegram/connection.py": "test_telegram_listen",
    "bots/telegram/bot_profile.py": "test_telegram_listen",
    "bots/telegram/wire.py": "test_telegram_listen",
    "app/recounting.py": "test_storage_recount",
    "core/ports/figures.py": "test_storage_kept_figures",
    "storage/figure_keys.py": "test_storage_kept_figures",
    "storage/figure_sums.py": "test_storage_kept_figures",
    "web/figure_choices.py": "test_web_figures",
    "web/figure_table.py": "test_web_figures",
    "web/figure_shapes.py": "test_web_figures",
    "web/figure_page.py": "test_web_figures",
    "web/area_figures.py": "test_web_figures",
    "web/services.py": "test_web_application",  # shapes of what pages are given
}
MOST_COVERED_BY = 40
# Names of modules that may stand twice, and why: the same thing is meant each time.
SAME_NAME_FOR = {
    "one subject in the rooms that it passes: its port, its rows, its use case, its page, its command": frozenset(
        {
            "accounts", "agencies", "alerts", "attributes", "backup", "bulk", "canned", "capabilities", "checks",
            "city_changes", "clock", "codes", "confirmations", "counter", "delivery", "evaluation", "factor",
            "failed_attempts", "figures", "files", "holidays", "login", "maps",
            "mentions", "offices", "open_data", "outbox", "partner_hooks", "partners", "passwords", "publication",
            "published", "question_counts", "queue", "report", "reports", "routing", "saved_views", "staff", "store",
            "trail",
        }
    ),
    "the same part of sister rooms": frozenset(
        {
            "connection", "errors", "muxing", "receive", "routes", "send", "settings",
            "table",  # the one table of a room
            "turn",  # what a use case hands on of the turn that is open
        }
    ),
    "words as redact and as suggest read them; both rooms are to be replaced": frozenset({"words"}),
}  # fmt: skip
# Lines of each room of core, rounded up to twenty. They may shrink, and then the figure with them; to let one grow is a
# decision, which changes it.
MOST_LINES = {
    "areas": 560,
    "casework": 3460,
    "categories": 520,
    "city": 380,
    "conversation": 5260,
    "encoder": 520,
    "facts": 240,
    "intake": 2760,
    "model": 1600,
    "phrases": 180,
    "places": 1100,
    "ports": 1080,
    "publication": 440,
    "record": 660,
    "redact": 1340,
    "scrub": 6500,
    "small_talk": 100,
    "staff_words": 700,
    "suggest": 1300,
    "workflow": 1060,
    "": 1860,  # modules without a room
}
# Tests that look for what must stand nowhere have to name it.
LOOKERS = frozenset({"tests/test_house.py", "tests/test_docs.py"})


@cache
def kept() -> tuple[Path, ...]:
    """Every file of the house, whatever else lies in the checkout."""
    inside = (path for folder in (*ROOMS, *BESIDE) for path in (ROOT / folder).rglob("*"))
    door = (path for pattern in AT_THE_DOOR for path in ROOT.glob(pattern))
    return tuple(sorted(path for path in (*inside, *door) if path.is_file() and "__pycache__" not in path.parts))


@cache
def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def modules() -> tuple[Path, ...]:
    """Python of the rooms, tests left out."""
    return tuple(
        path for path in kept() if path.suffix == ".py" and named(path).startswith(tuple(f"{r}/" for r in ROOMS))
    )


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(read(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(path)))


@cache
def texts() -> tuple[tuple[str, int, str], ...]:
    """Every line of every text file."""
    found = []
    for path in kept():
        data = path.read_bytes()
        if b"\0" not in data:
            found += [(named(path), at, line) for at, line in enumerate(data.decode("utf-8").splitlines(), 1)]
    return tuple(found)


def where(wrong: Callable[[str], object], *, but: frozenset[str] = frozenset()) -> list[str]:
    return [f"{name}:{at}" for name, at, line in texts() if name not in but and wrong(line)]


def is_table(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign | ast.AnnAssign)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines_of(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def imported(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def words_of(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def test_there_is_a_house_to_look_at() -> None:
    assert len(modules()) > 100
    assert len(kept()) > 250


def test_modules_are_small_tables_left_out() -> None:
    for path in modules():
        tables = sum(lines_of(node) for node in tree(path).body if is_table(node))
        size = len(read(path).splitlines()) - tables
        assert size <= LONGEST_MODULE or named(path) in TABLES, f"{named(path)}: {size} lines; make it a folder"


def test_what_is_called_a_table_holds_no_rule() -> None:
    for name in TABLES:
        bodies = [lines_of(each) for each in functions(ROOT / name)]
        assert max(bodies) <= 6, name
        assert len(read(ROOT / name).splitlines()) > LONGEST_MODULE, f"{name} needs no exception any more"


def test_functions_are_short() -> None:
    beside = [path for path in kept() if path.suffix == ".py" and named(path).startswith(("benchmarks/", "docs/"))]
    for path in (*modules(), *beside):
        if "migrations/versions" in named(path):
            continue  # tables, written as the calls that make them
        for function in functions(path):
            assert lines_of(function) <= LONGEST_FUNCTION, f"{named(path)}: {function.name}"


def test_each_module_opens_with_one_sentence() -> None:
    for path in kept():
        if path.suffix != ".py":
            continue
        first = (ast.get_docstring(tree(path)) or "").partition("\n")[0]
        assert first.endswith("."), f"{named(path)} opens with no sentence"
        if named(path).startswith(ROOMS):
            assert not re.search(r"[.!?] +[A-Z]", first), f"{named(path)}: one sentence, the rest below"


def test_names_say_the_thing() -> None:
    for path in kept():
        inside = [named(path.parent), path.name.partition(".")[0]]
        if path.suffix == ".py":
            inside += [node.name for node in nodes(path) if isinstance(node, ast.ClassDef)]
        for name in inside:
            assert not words_of(name) & FORBIDDEN_NAMES, f"{named(path)}: {name}"


def classes_of_core() -> Iterator[tuple[str, str]]:
    """Name and place of each class."""
    for path in modules():
        if named(path).startswith("core/"):
            for node in nodes(path):
                if isinstance(node, ast.ClassDef):
                    yield node.name, f"{named(path)}:{node.lineno}"


def twice(pairs: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """What stands at more than one place."""
    places: dict[str, list[str]] = {}
    for name, place in pairs:
        places.setdefault(name, []).append(place)
    return {name: found for name, found in places.items() if len(found) > 1}


def test_a_class_name_of_core_stands_once() -> None:
    assert twice(classes_of_core()) == {}


def test_a_module_name_stands_twice_only_where_the_same_is_meant() -> None:
    own = ((path.stem, named(path)) for path in modules() if not path.stem.startswith("__"))
    allowed = [name for names in SAME_NAME_FOR.values() for name in names]
    found = twice(own)
    assert {name: places for name, places in found.items() if name not in allowed} == {}
    assert sorted(allowed) == sorted(found), "each once, and only those that are needed"


def only_a_door(path: Path) -> bool:
    """A package's __init__ that imports, exports and does nothing; what it loads later stands for type checkers."""
    allowed = (ast.Import, ast.ImportFrom, ast.Expr, ast.Assign, ast.If)
    return path.name == "__init__.py" and all(isinstance(node, allowed) for node in tree(path).body)


def possible_tests(path: Path) -> set[str]:
    """test_<module>, test_<room>_<module> or test_<room>, whatever rooms it lies in."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    ends = range(2, len(parts) + 1) if len(parts) > 1 else (1,)
    return {"test_" + "_".join(parts[start:end]) for end in ends for start in range(end)}


def test_each_module_or_its_room_has_a_test() -> None:
    there = {path.stem for path in (ROOT / "tests").rglob("test_*.py")} - {Path(__file__).stem}
    missing, needless = [], []
    for path in modules():
        if only_a_door(path) or "migrations/versions" in named(path):
            continue
        own = possible_tests(path) & there
        stands_in = COVERED_BY.get(named(path), "")
        if not own and stands_in not in there:
            missing.append(f"{named(path)}: none of {sorted(possible_tests(path))}")
        if own and stands_in:
            needless.append(named(path))
    assert not missing, "\n".join(missing)
    assert not needless, "these have a test of their own now, take them out of COVERED_BY"


def test_the_list_of_modules_without_a_test_of_their_own_does_not_grow() -> None:
    assert len(COVERED_BY) <= MOST_COVERED_BY
    assert all((ROOT / name).exists() for name in COVERED_BY)


def test_the_rooms_are_the_root_packages_everywhere() -> None:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))
    tool = project["tool"]
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages - {"docs", "benchmarks"} == set(ROOMS)
    assert set(tool["importlinter"]["root_packages"]) == set(ROOMS)
    assert set(tool["hatch"]["build"]["targets"]["wheel"]["packages"]) == set(ROOMS)
    assert set(tool["coverage"]["run"]["source"]) == set(ROOMS)
    assert set(ROOMS) <= set(tool["mypy"]["files"])


def test_core_uses_only_the_libraries_of_the_plan() -> None:
    for path in modules():
        if not named(path).startswith("core/"):
            continue
        room = path.relative_to(ROOT).parts[1]
        roots = {name.partition(".")[0] for name in imported(path)} - {"core"}
        foreign = roots - sys.stdlib_module_names
        assert foreign <= LIBRARIES_OF_CORE.get(room, frozenset()), f"{named(path)}: {foreign}"


def test_every_setting_is_in_the_example_and_nothing_else() -> None:
    lines = [line.lstrip("# ") for line in read(ROOT / ".env.example").splitlines()]
    shown = dict(line.partition("=")[::2] for line in lines if re.match(rf"{PREFIX}[A-Z0-9_]+=", line))
    listed = [line.partition("=")[0] for line in lines if re.match(rf"{PREFIX}[A-Z0-9_]+=", line)]
    assert listed == list(dict.fromkeys(listed)), "each once"
    assert set(shown) == {PREFIX + setting.name for setting in declared()}
    assert not [setting.name for setting in declared() if setting.secret and shown[PREFIX + setting.name]]


def test_every_setting_is_declared_once() -> None:
    names = [setting.name for setting in declared()]
    assert len(names) == len(set(names))
    assert all(setting.about for setting in declared())


def waits_without_reason(path: Path) -> Iterator[int]:
    lines = read(path).splitlines()
    for node in nodes(path):
        if not isinstance(node, ast.Call) or "sleep" not in {
            getattr(node.func, "id", ""),
            getattr(node.func, "attr", ""),
        }:
            continue
        gives_way = isinstance(node.args[0], ast.Constant) and node.args[0].value == 0
        near = "\n".join(lines[max(node.lineno - 3, 0) : node.lineno])
        if not gives_way and not (named(path).startswith("tests/fakes/") and "#" in near):
            yield node.lineno


def test_no_test_sleeps_and_a_fake_says_why_it_must() -> None:
    for path in kept():
        if path.suffix == ".py" and named(path).startswith("tests/"):
            assert not list(waits_without_reason(path)), named(path)


def test_annotations_that_are_read_at_run_time_are_not_put_off() -> None:
    for path in modules():
        if named(path).startswith(("storage/", "web/", "app/")):
            assert "__future__" not in set(imported(path)), named(path)


def test_no_file_names_a_machine_or_where_packages_come_from() -> None:
    path = re.compile(r"(?<![\w./}$~*-])/(?:work|root|home|tmp)(?:/|\b)")
    source = re.compile(r"pypi\.|pythonhosted|index-url|extra-index|registry\.npmjs", re.IGNORECASE)
    makes_pins = frozenset({"Makefile"})  # it says which lines shall not be written
    assert not where(path.search, but=LOOKERS)
    assert not where(source.search, but=LOOKERS | makes_pins)


PINNED = (
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-build.txt",
    "requirements-install.txt",
    "requirements-sbom.txt",
)
A_PIN = r"[a-z0-9][a-z0-9._-]*==[^ ;\\]+( ; [^\\]+)?"


@pytest.mark.parametrize("name", PINNED)
def test_requirements_are_pins_with_hashes_and_nothing_else(name: str) -> None:
    lines = [line for line in read(ROOT / name).splitlines() if line.strip() and not line.startswith("#")]
    pins = re.split(r"\n(?! )", "\n".join(lines))
    assert pins
    assert not [pin for pin in pins if not re.fullmatch(rf"{A_PIN}( \\\n +--hash=sha256:[0-9a-f]{{64}})+", pin)]


def test_a_package_has_one_version_in_all_requirements() -> None:
    pins = {pin for name in PINNED for pin in re.findall(r"^([^ ]+)==([^ ]+) \\$", read(ROOT / name), re.MULTILINE)}
    assert len(pins) == len(dict(pins)) > 100


def test_nothing_is_installed_without_its_hash_but_this_checkout() -> None:
    makefile = read(ROOT / "Makefile")
    assert "HASHED := --require-hashes --only-binary :all:" in makefile
    assert "install = $(UV) $(1) || $(PIP) $(1)" in makefile  # both are asked for the same
    asked = [line.strip() for line in makefile.splitlines() if re.match(r"\t.*(pip install|\$\(PIP\)|\(call)", line)]
    assert asked == [
        "$(PIP) $(HASHED) -r requirements-install.txt || true",
        "$(call install,$(HASHED) -r requirements.txt -r requirements-build.txt)",
        "$(call install,--no-deps --no-build-isolation -e .)",
        "$(call install,$(HASHED) -r requirements-dev.txt)",
        "$(VENV)-sbom/bin/python -m pip install --quiet $(HASHED) -r requirements-sbom.txt; }",
    ]
    built = tomllib.loads(read(ROOT / "pyproject.toml"))["build-system"]["requires"]
    assert all(f"{pin} \\\n" in read(ROOT / "requirements-build.txt") for pin in built)


def _service() -> list[tuple[str, ast.Module]]:
    return [(named(path), tree(path)) for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def test_nothing_runs_words_or_unpacks_objects() -> None:
    unpacks = {"pickle", "marshal", "shelve", "yaml", "dill", "cloudpickle", "code", "codeop", "xmlrpc"}
    runs = {"eval", "exec", "compile", "__import__", "system", "popen"}
    for name, tree in _service():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
                names = {module, *(each.name for each in node.names if isinstance(node, ast.Import))}
                assert not {each.partition(".")[0] for each in names} & unpacks, name
            if isinstance(node, ast.Call):
                called = node.func
                if isinstance(called, ast.Name):
                    assert called.id not in runs, (name, node.lineno)
                if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
                    assert (called.value.id, called.attr) not in {("os", "system"), ("os", "popen")}, name
                assert not [each for each in node.keywords if each.arg == "shell"], (name, node.lineno)


def test_chance_comes_from_the_system_alone() -> None:
    made_up = "app/seed/"  # a city that is made up the same each time
    for name, tree in _service():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "random":
                assert name.startswith(made_up) or [each.name for each in node.names] == ["SystemRandom"], name
            if isinstance(node, ast.Import):
                assert not {each.name for each in node.names} & {"random", "uuid"}, name
            assert not (isinstance(node, ast.ImportFrom) and node.module == "uuid"), name


def test_every_exception_to_a_linter_names_its_rule_and_its_reason() -> None:
    bare = re.compile(r"#\s*noqa\b(?!: [A-Z]+\d+(?:, [A-Z]+\d+)* +[-#]* *\w)")
    blind = re.compile(r"#\s*type:\s*ignore\b(?!\[[a-z, -]+\])")
    python = [each for each in where(bare.search, but=LOOKERS) if ".py:" in each]
    assert not python
    assert not where(blind.search, but=LOOKERS)


def test_nothing_is_left_to_be_done_some_day() -> None:
    some_day = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
    written_by_others = {"benchmarks/readers/lines/w26.tsv"}
    assert not where(some_day.search, but=LOOKERS | written_by_others)


def test_no_test_is_switched_off_for_good() -> None:
    off = re.compile(r"pytest\.mark\.(?:skip\b|xfail)|(?:import|from) unittest|monkeypatch\.setattr")
    assert not [each for each in where(off.search, but=LOOKERS) if ".py:" in each]


def test_every_file_ends_with_one_line_end_and_has_no_carriage_return() -> None:
    for path in kept():
        data = path.read_bytes()
        if b"\0" not in data and data:
            assert data.endswith(b"\n"), named(path)
            assert b"\r" not in data or path.suffix not in {".py", ".toml", ".md"}, named(path)


def test_a_rule_that_is_broken_is_seen(tmp_path: Path) -> None:
    """The readers above, tried on what they must find."""
    assert words_of("MailHandler") & FORBIDDEN_NAMES
    assert words_of("mail_utils") & FORBIDDEN_NAMES
    assert not words_of("baseline") & FORBIDDEN_NAMES
    assert possible_tests(ROOT / "core" / "redact" / "phones.py") == {
        "test_core_redact", "test_redact", "test_core_redact_phones", "test_redact_phones", "test_phones",
    }  # fmt: skip
    assert twice(iter([("Turn", "a"), ("Step", "b"), ("Turn", "c")])) == {"Turn": ["a", "c"]}
    module = tmp_path / "m.py"
    module.write_text("import os\nfrom PIL import Image\n\n\ndef f():\n    return 1\n")
    assert set(imported(module)) == {"os", "PIL"}
    assert [lines_of(each) for each in functions(module)] == [2]


def test_no_room_of_core_grows_unnoticed_and_none_shrinks_for_nothing() -> None:
    found = dict.fromkeys(MOST_LINES, 0)
    for path in modules():
        if named(path).startswith("core/"):
            _, *room, _ = named(path).split("/")
            found["".join(room[:1])] += len(read(path).splitlines())
    assert {room: -(-lines // 20) * 20 for room, lines in found.items()} == MOST_LINES
