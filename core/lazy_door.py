"""Doors of packages that load a module when a name of it is first asked for (PEP 562): a command needs few of them."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def lazy_door(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """What a package calls `__getattr__`; `homes`: for each of its modules, the names that it gives.

    No name may be that of a module of the package: once that is loaded, the module stands there. Type checkers and
    import-linter read the same names where the package imports them under TYPE_CHECKING; tests/test_lazy_door.py holds
    both lists to each other.
    """
    home_of = {name: module for module, names in homes.items() for name in names.split()}

    def look_up(name: str) -> object:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found: object = getattr(import_module(f"{package}.{home_of[name]}"), name)
        setattr(sys.modules[package], name, found)  # asked for once
        return found

    return look_up
