"""Doors of packages that load what is asked for: what they say to type checkers is what they give."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

from core.lazy_door import lazy_door

CHECKOUT = Path(__file__).parents[1]
DOORS = sorted(
    str(path.parent.relative_to(CHECKOUT)).replace("/", ".")
    for room in ("app", "bots", "core", "storage", "web")
    for path in (CHECKOUT / room).rglob("__init__.py")
    if "lazy_door(" in path.read_text(encoding="utf-8")
)


def _homes(tree: ast.Module) -> dict[str, list[str]]:
    """What is handed to lazy_door."""
    [call] = [each for each in ast.walk(tree) if isinstance(each, ast.Call) and ast.unparse(each.func) == "lazy_door"]
    homes = ast.literal_eval(call.args[1])
    return {module: sorted(names.split()) for module, names in homes.items()}


def _told(tree: ast.Module, package: str) -> dict[str, list[str]]:
    """What is imported for type checkers alone."""
    found: dict[str, list[str]] = {}
    for block in tree.body:
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
            for each in block.body:
                assert isinstance(each, ast.ImportFrom)
                home = found.setdefault(str(each.module).removeprefix(f"{package}."), [])
                home += [name.name for name in each.names]
    return {module: sorted(names) for module, names in found.items()}


@pytest.mark.parametrize("package", DOORS)
def test_a_door_gives_what_it_tells_type_checkers(package: str) -> None:
    tree = ast.parse((CHECKOUT / package.replace(".", "/") / "__init__.py").read_text(encoding="utf-8"))
    homes = _homes(tree)
    assert homes == _told(tree, package)
    given = import_module(package)
    for module, names in homes.items():
        home = import_module(f"{package}.{module}")
        assert all(getattr(given, name) is getattr(home, name) for name in names)
    assert {name for names in homes.values() for name in names} <= set(given.__all__)


@pytest.mark.parametrize("package", DOORS)
def test_no_name_of_a_door_is_that_of_a_module_of_its_package(package: str) -> None:
    tree = ast.parse((CHECKOUT / package.replace(".", "/") / "__init__.py").read_text(encoding="utf-8"))
    modules = {path.stem for path in (CHECKOUT / package.replace(".", "/")).iterdir()}
    # Loading the module would put it where the name is looked for.
    assert not [name for names in _homes(tree).values() for name in names if name in modules]


def test_a_name_that_a_door_does_not_know_is_an_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        lazy_door("core.intake", {})("nothing")
