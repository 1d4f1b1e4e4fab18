"""`resi city check|new|export|diff`: the folder of a city, before it is served and after."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.city import folder_of
from app.city_pack.check import checked, looked_at
from app.city_pack.difference import Gone, changes, gone
from app.city_pack.pack import CityPack
from app.errors import CannotStart

if TYPE_CHECKING:
    from app.settings import Settings

Print = Callable[[str], None]
_SKELETON = Path(__file__).parents[1] / "city_pack" / "skeleton"


def check(folder: Path, say: Print) -> int:
    """1 where it cannot be served."""
    found = checked(folder_of(str(folder)))
    for each in found:
        say(each.shown())
    fatal = sum(each.fatal for each in found)
    said = f"{fatal} to mend, {len(found) - fatal} to think about." if found else "Nothing is wrong."
    say(f"{said} {'' if fatal else f'RESI_CITY={folder} serves it.'}".strip())
    return 1 if fatal else 0


def new(folder: Path, say: Print) -> None:
    """A copy of the skeleton; raises CannotStart where something is there already."""
    with _begun(folder):
        shutil.copytree(_SKELETON, folder, dirs_exist_ok=True)
    say(f"{folder} is a city. Change its files, then run `resi city check {folder}`; RESI_CITY={folder} serves it.")


@contextmanager
def _begun(folder: Path) -> Iterator[None]:
    """Around what writes a folder that is none yet, or an empty one; raises CannotStart."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CannotStart(f"{folder} is there already. Name a folder that is not, or that is empty.")
        yield
    except OSError as error:
        raise CannotStart(f"{folder} cannot be written ({error.strerror or type(error).__name__}).") from None


def export(settings: "Settings", folder: Path, say: Print) -> int:
    """1 where what was written cannot be served; raises CannotStart, too where something is there already."""
    from app.city_pack.exporting import lists_of, write  # noqa: PLC0415 - it reads the city that is served
    from app.runtime import opened_runtime  # noqa: PLC0415 - the same

    with _begun(folder):
        with opened_runtime(settings) as opened:
            lists = lists_of(opened.store)
        write(lists, folder)
    say(f"{folder} is the city as it is now.")
    return check(folder, say)


def _looked_at_now(settings: "Settings") -> CityPack:
    """The city as it is, with what was changed at the desk."""
    from app.city_pack.exporting import lists_of, written  # noqa: PLC0415 - it reads the city that is served
    from app.runtime import opened_runtime  # noqa: PLC0415 - the same

    with opened_runtime(settings) as opened, written(lists_of(opened.store)) as folder:
        return looked_at(folder)


def diff(settings: "Settings", folder: Path, say: Print) -> int:
    """1 where reports, accounts or routes name what the other folder does not know; raises CannotStart."""
    then = looked_at(folder_of(str(folder)))
    if any(each.fatal for each in then.findings.flaws):
        raise CannotStart(f"{folder} cannot be served: `resi city check {folder}` tells why.")
    now = _looked_at_now(settings)
    said = list(changes(now, then))
    for each in said or ["Nothing changes."]:
        say(each)
    left = list(_left(settings, gone(now, then)))
    for each in left:
        say(each)
    return 1 if left else 0


def _left(settings: "Settings", lost: Gone) -> Iterator[str]:
    """What the database names and nobody would know any more."""
    from app.runtime import opened_runtime  # noqa: PLC0415 - it reads the city that is served, and check serves none

    with opened_runtime(settings) as opened:
        named = opened.store.figures.named()
        accounts, routes = opened.store.run(lambda tx: (list(tx.accounts.all()), list(tx.routes.all())))
    for what, at, ids, mend in (
        ("category", 0, lost.categories, "keep its row, with retired = true"),
        ("office", 1, lost.agencies, "keep it, until its reports are passed on"),
        ("area", 2, lost.areas, "keep its row"),
    ):
        counted: Counter[str] = Counter()
        for row in named:
            counted[str(row[at])] += row[3]
        yield from (f"{counted[each]} reports name the {what} {each}: {mend}." for each in sorted(ids) if counted[each])
    for account in accounts:
        if account.active and account.agency in lost.agencies:
            yield f"The account {account.name} belongs to {account.agency}: disable it, or keep that office."
    for route in routes:
        if route.to in lost.agencies or route.category in lost.categories or route.area in lost.areas:
            yield f"A route leads to {route.to}: remove it first."
