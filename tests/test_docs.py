"""What the pages say is there is there: commands, targets, settings, links, dependencies, conversations."""

import re
import shutil
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from typer import Typer

from app.cli import app
from app.settings import PREFIX, SERVICE_SETTINGS, declared
from core.model import StaffRole
from docs import architecture, conversation, transcripts, workflow

ROOT = Path(__file__).parents[1]
PAGES = tuple(
    sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").rglob("*.md")), key=str),
)
UNITS = (*PAGES, *(ROOT / "deploy").glob("*.service"), *(ROOT / "deploy").glob("*.conf"))
DECISIONS = tuple(sorted((ROOT / "docs" / "decisions").glob("*.md")))
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_INDENTED = re.compile(r"^(?: {4}|\t)\s*(.*)$", re.MULTILINE)
_WORD = re.compile(r"[a-z][a-z-]*")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_TRANSCRIPT = re.compile(r"<!-- transcript (\w+) -->\n(.*?)\n<!-- end -->", re.DOTALL)
_ROW = re.compile(r"^- \*\*([\w.\[\]-]+)\*\*: ", re.MULTILINE)
_IMPORTED = re.compile(r"^\s*(?:import|from) (\w+)", re.MULTILINE)
_REQUIREMENT = re.compile(r"[\w.-]+(?:\[\w+\])?")
WIDEST = 120  # columns of a line
# What must never stand in a page: where somebody's machine keeps things.
_OUT_OF_PLACE = ("/work/", "/root/", "/home/")


def _named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _commands_of(page: str, program: str) -> set[tuple[str, ...]]:
    """Words that follow the program in code: `make run`, `.venv/bin/resi keys new`, an indented line."""
    text = _FENCE.sub("", page)
    said = _CODE.findall(text) + _INDENTED.findall(text)
    found = set()
    for command in said:
        parts = re.split(rf"(?:^|/|&& ){program} ", command)
        for rest in parts[1:]:
            words = rest.split()
            plain = words[: next((at for at, word in enumerate(words) if not _WORD.fullmatch(word)), len(words))]
            if plain:
                found.add(tuple(plain[:2]))
    return found


def _targets() -> frozenset[str]:
    return frozenset(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def _anchors(page: Path) -> frozenset[str]:
    headings = _HEADING.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings)


def _names(program: Typer) -> frozenset[str]:
    """Of the commands of a program or of a group; a Typer's own list, whatever it is built on."""
    functions = ((row.name, row.callback) for row in program.registered_commands)
    return frozenset(
        name or function.__name__.replace("_", "-") for name, function in functions if function is not None
    )


def _groups() -> dict[str, Typer]:
    return {str(row.name): row.typer_instance for row in app.registered_groups if row.typer_instance is not None}


def _exists(words: tuple[str, ...]) -> bool:
    group = _groups().get(words[0])
    if group is None:
        return words[0] in _names(app)  # what follows is an argument, like a code
    return words[1:] == () or words[1] in _names(group)


def _outside(page: Path, link: str) -> bool:
    target, _, anchor = link.partition("#")
    there = page if not target else (page.parent / target).resolve()
    if not there.exists():
        return True
    return bool(anchor) and anchor not in _anchors(there)


def _direct(group: str) -> frozenset[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    rows = project["dependencies"] if group == "main" else project["optional-dependencies"][group]
    return frozenset(found.group() for row in rows if (found := _REQUIREMENT.match(row)))


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_every_target_that_a_page_names_exists(page: Path) -> None:
    named = {words[0] for words in _commands_of(page.read_text(encoding="utf-8"), "make")}
    assert named <= _targets()


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    named = _commands_of(page.read_text(encoding="utf-8"), "resi")
    assert [words for words in named if not _exists(words)] == []


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_every_link_inside_the_house_leads_somewhere(page: Path) -> None:
    links = _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    assert [link for link in links if "://" not in link and _outside(page, link)] == []


@pytest.mark.parametrize("page", UNITS, ids=_named)
def test_every_setting_that_a_page_names_is_declared(page: Path) -> None:
    known = {PREFIX + setting.name for setting in declared()}
    known |= {f"{PREFIX}{setting.name}_FILE" for setting in declared() if setting.secret}
    named = set(re.findall(r"\bRESI_[A-Z][A-Z0-9_]*\b", page.read_text(encoding="utf-8")))
    assert named <= known


@pytest.mark.parametrize("page", UNITS, ids=_named)
def test_no_page_tells_of_somebodys_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [name for name in _OUT_OF_PLACE if name in text] == []


def test_the_operators_guide_names_every_setting_of_the_house() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert [row.name for row in SERVICE_SETTINGS if f"`{PREFIX}{row.name}`" not in guide] == []


def test_the_operators_guide_names_every_role() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert [role.value for role in StaffRole if f"`{role.value}`" not in guide] == []


def test_the_operators_guide_names_every_command() -> None:
    guide = _commands_of((ROOT / "docs" / "operating.md").read_text(encoding="utf-8"), "resi")
    grouped = {(name, each) for name, group in _groups().items() for each in _names(group)}
    assert grouped <= guide
    assert _names(app) <= {words[0] for words in guide}


@pytest.mark.parametrize(("group", "heading"), [("main", "To run"), ("dev", "To change it")])
def test_each_dependency_has_a_line_that_says_why_and_no_line_is_left_over(group: str, heading: str) -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    section = page.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    assert set(_ROW.findall(section)) == _direct(group)


def _importers(modules: frozenset[str]) -> set[str]:
    """Files of the rooms that import one of them, without their ending."""
    rooms = [path for room in ("app", "bots", "core", "storage", "web") for path in (ROOT / room).rglob("*.py")]
    said = {path: set(_IMPORTED.findall(path.read_text(encoding="utf-8"))) for path in rooms}
    return {path.relative_to(ROOT).with_suffix("").as_posix() for path, names in said.items() if names & modules}


def test_a_library_is_imported_where_its_line_says_and_nowhere_else() -> None:
    page = " ".join((ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").split())
    modules: dict[str, set[str]] = {}
    for module, names in packages_distributions().items():
        for name in names:
            modules.setdefault(name.lower(), set()).add(module)
    rows = re.findall(r"- \*\*([\w.-]+)\*\*: (?:(?! - \*\*).)*?Only in ([^.]*)\.", page)
    assert len(rows) > 20
    for library, said in rows:
        named = re.findall(r"`([\w/]+)`", said)
        files = _importers(frozenset(modules[library]))
        within = {room: {file for file in files if f"{file}/".startswith(f"{room}/")} for room in named}
        assert set().union(*within.values()) == files, library
        assert all(within.values()), library


@pytest.mark.parametrize("name", [name for name, _ in transcripts.CONVERSATIONS])
def test_a_conversation_is_shown_once_and_is_what_the_code_says(name: str) -> None:
    pages = ("README.md", "docs/transcripts.md")
    shown = [each for page in pages for each in _TRANSCRIPT.findall((ROOT / page).read_text(encoding="utf-8"))]
    again = f"python -m docs.transcripts {' '.join(pages)} puts it there"
    assert [said for of, said in shown if of == name] == [transcripts.blocks()[name]], again


def test_a_page_gets_its_conversations_and_nothing_else_of_it_changes(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    stale = "".join(
        f"before {name}\n<!-- transcript {name} -->\nstale\n<!-- end -->\n" for name in transcripts.blocks()
    )
    page.write_text(stale + "after\n", encoding="utf-8")
    transcripts.put_into(page)
    text = page.read_text(encoding="utf-8")
    assert dict(_TRANSCRIPT.findall(text)) == transcripts.blocks()
    assert [name for name in transcripts.blocks() if f"before {name}\n" not in text] == []
    assert "stale" not in text
    assert text.endswith("after\n")
    page.write_text("no conversation\n", encoding="utf-8")
    transcripts.put_into(page)
    assert page.read_text(encoding="utf-8") == "no conversation\n"


def test_the_conversations_end_with_a_code_each() -> None:
    codes = [re.findall(r"\d{4}-\d{4}-\d{4}-\d{4}", block) for block in transcripts.blocks().values()]
    assert all(codes)
    assert len({found[0] for found in codes}) == len(codes)


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_no_line_of_a_page_is_wider_than_a_screen(page: Path) -> None:
    lines = enumerate(page.read_text(encoding="utf-8").splitlines(), 1)
    assert [at for at, line in lines if len(line) > WIDEST] == []


def test_the_page_of_what_reads_a_message_before_what_is_drawn_from_the_tables() -> None:
    shown = (ROOT / "docs" / "conversation.md").read_text(encoding="utf-8")
    assert shown == conversation.page(), "python -m docs.conversation docs/conversation.md draws it"


def test_the_readme_leads_to_every_page() -> None:
    led = {link.partition("#")[0] for link in _LINK.findall((ROOT / "README.md").read_text(encoding="utf-8"))}
    assert {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")} <= led


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 200


# Of ASVS 4.0.3: how many lines there are of each section; those that no level below 3 asks for, and the deleted ones.
_LINES = {
    "1.1": 7, "1.2": 4, "1.4": 5, "1.5": 4, "1.6": 4, "1.7": 2, "1.8": 2, "1.9": 2, "1.10": 1, "1.11": 3, "1.12": 2,
    "1.14": 6, "2.1": 12, "2.2": 7, "2.3": 3, "2.4": 5, "2.5": 7, "2.6": 3, "2.7": 6, "2.8": 7, "2.9": 3, "2.10": 4,
    "3.1": 1, "3.2": 4, "3.3": 4, "3.4": 5, "3.5": 3, "3.6": 2, "3.7": 1, "4.1": 5, "4.2": 2, "4.3": 3, "5.1": 5,
    "5.2": 8, "5.3": 10, "5.4": 3, "5.5": 4, "6.1": 3, "6.2": 8, "6.3": 3, "6.4": 2, "7.1": 4, "7.2": 2, "7.3": 4,
    "7.4": 3, "8.1": 6, "8.2": 3, "8.3": 8, "9.1": 3, "9.2": 5, "10.1": 1, "10.2": 6, "10.3": 3, "11.1": 8, "12.1": 3,
    "12.2": 1, "12.3": 6, "12.4": 2, "12.5": 2, "12.6": 1, "13.1": 5, "13.2": 6, "13.3": 2, "13.4": 2, "14.1": 5,
    "14.2": 6, "14.3": 3, "14.4": 7, "14.5": 4,
}  # fmt: skip
_THIRD = (
    "1.11.3 2.2.4 2.2.5 2.2.6 2.2.7 3.6.1 3.6.2 6.2.7 6.2.8 6.3.3 8.1.5 8.1.6 9.2.5 10.1.1 10.2.3 10.2.4 10.2.5 "
    "10.2.6 14.1.5"
)
_DELETED = "1.4.2 1.4.3 1.12.1 4.1.4 7.3.2 13.1.2 13.2.4 14.3.1"
_CHECKLIST = ROOT / "docs" / "security-checklist.md"
# Of a line: its number, its level (none where the standard deleted it), what became of it, and by what or why not.
_CHECKED = re.compile(r"^- \*\*([\d.]+)\*\* \((?:level ([12]), )?(met|not met|n\.a\.)\) (.+(?:\n  .+)*)$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_the_security_checklist_has_each_line_of_the_standard_once() -> None:
    text = _CHECKLIST.read_text(encoding="utf-8")
    asked = [f"{section}.{n}" for section, count in _LINES.items() for n in range(1, count + 1)]
    there = [each for each in asked if each not in _THIRD.split()]
    rows = _CHECKED.findall(text)
    assert [row[0] for row in rows] == there
    assert len(there) == 267
    assert len(re.findall(r"^- \*\*\d", text, re.MULTILINE)) == len(rows)
    assert {row[0] for row in rows if not row[1]} == set(_DELETED.split())
    counts = [sum(row[2] == state for row in rows) for state in ("met", "not met", "n.a.")]
    assert "Met {}, not met {}, n.a. {}.".format(*counts) in text


def test_each_line_of_the_security_checklist_names_what_is_there() -> None:
    text = _CHECKLIST.read_text(encoding="utf-8")
    for line, _, state, how in _CHECKED.findall(text):
        tests = _TEST.findall(how)
        assert tests or state != "met", line
        for file, test in tests:
            path = ROOT / file
            assert path.is_file(), (line, file)
            assert not test or re.search(
                rf"^(?:async )?def {test}\(", path.read_text(encoding="utf-8"), re.MULTILINE
            ), (
                line,
                test,
            )
    for place in re.findall(r"`((?:core|web|app|bots|storage|docs|deploy)/[\w/.-]+)`", text):
        assert (ROOT / place).exists(), place


def test_decisions_are_numbered_each_once_and_say_what_would_change_them() -> None:
    numbers = [page.name[:4] for page in DECISIONS]
    assert all(number.isdigit() for number in numbers)
    assert sorted(set(numbers)) == sorted(numbers)
    for page in DECISIONS:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {page.name[:4]}: ")
        assert [
            part for part in ("**Context.**", "**Choice", "**What would change our mind.**") if part not in text
        ] == []


def test_a_page_that_lies_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "`make tea`, `resi brew`, [there](nowhere.md), [here](#nothing)\n\n    resi keys lost\n", encoding="utf-8"
    )
    text = page.read_text(encoding="utf-8")
    assert _commands_of(text, "make") == {("tea",)}
    assert {words for words in _commands_of(text, "resi") if not _exists(words)} == {("brew",), ("keys", "lost")}
    assert all(_outside(page, link) for link in _LINK.findall(text))
    shutil.copy(ROOT / "LICENSE", tmp_path / "nowhere.md")
    assert [link for link in _LINK.findall(text) if _outside(page, link)] == ["#nothing"]


def test_the_picture_of_the_workflow_is_what_the_table_says() -> None:
    drawn = (ROOT / "docs" / "workflow.svg").read_text(encoding="utf-8")
    assert drawn == workflow.draw(), "python -m docs.workflow docs/workflow.svg draws it"


def test_the_picture_of_the_rooms_is_what_the_contracts_say() -> None:
    drawn = (ROOT / "docs" / "architecture.svg").read_text(encoding="utf-8")
    assert drawn == architecture.draw(), "python -m docs.architecture docs/architecture.svg draws it"


def test_the_picture_shows_every_room_every_floor_and_every_library_of_the_contracts() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = [name for each in contracts for row in each.get("layers", ()) for name in row.split(" | ")]
    libraries = [name for each in contracts for name in each.get("protected_modules", ())]
    shown = " ".join(re.findall(r"<text[^>]*>([^<]+)", architecture.draw()))
    assert [name for name in (*layers, *libraries) if not re.search(rf"\b{name}\b", shown)] == []


def test_a_new_floor_is_drawn_with_what_its_comment_says() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "cellar" not in architecture.draw(architecture.read(pyproject))
    taller = re.sub(r'^  "ports"', '  "cellar | attic",  # below everybody\n\\g<0>', pyproject, flags=re.MULTILINE)
    drawn = architecture.draw(architecture.read(taller))
    assert all(f">{words}</text>" in drawn for words in ("cellar", "attic", "below everybody"))


_CONTRIBUTING = ROOT / "CONTRIBUTING.md"
_GLOSSARY = re.compile(r"^- \*\*(\w+)\*\* \(\[([\w/.]+)\]\(([\w/.]+)\)\): \S", re.MULTILINE)
_NUMBERED = re.compile(r"^\d+\. (.+(?:\n +.+)*)$", re.MULTILINE)


def _section(page: Path, heading: str) -> str:
    return page.read_text(encoding="utf-8").partition(f"\n{heading}\n")[2].partition("\n## ")[0]


def test_the_page_for_who_changes_the_code_begins_with_twenty_words_that_stand_in_their_files() -> None:
    assert _HEADING.findall(_CONTRIBUTING.read_text(encoding="utf-8"))[1] == "Twenty words"
    rows = _GLOSSARY.findall(_section(_CONTRIBUTING, "## Twenty words"))
    assert len({word for word, _, _ in rows}) == len(rows) == 20
    for word, shown, file in rows:
        path = ROOT / file / "__init__.py" if (ROOT / file).is_dir() else ROOT / file
        assert file.startswith(shown), word
        assert re.search(rf"\b{word}\b", path.read_text(encoding="utf-8")), f"{word} does not stand in {file}"


def test_the_floors_of_core_in_words_are_those_of_the_contracts() -> None:
    said = [" ".join(each.split()) for each in _NUMBERED.findall(_section(_CONTRIBUTING, "## Rooms and walls"))]
    floors = architecture.read((ROOT / "pyproject.toml").read_text(encoding="utf-8")).floors["core"]
    assert said == [f"{', '.join(f'`{name}`' for name in each.names)}: {each.about}." for each in floors]
