"""Filters that somebody gives a name, each for their own account."""

from collections.abc import Sequence

from core.casework.actors import acting
from core.errors import Refused
from core.model import SavedView, Staff
from core.ports import StaffRepositories
from core.record import Turn

MOST = 20
LONGEST = 40  # characters of a name


def views(tx: StaffRepositories, name: str) -> Sequence[SavedView]:
    """Somebody's, by their names; raises Refused. The query that finds them says who acts: so it comes first."""
    found = tx.page_viewers.of_list(name)
    acting(None if found is None else found[0])
    return () if found is None else found[1]


def save_view(turn: Turn, staff: Staff, name: str, query: str) -> None:
    """One of the same name is replaced; raises Refused."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        raise Refused("desk_view_named", most=LONGEST)
    others = [each for each in turn.tx.views.of(staff.id) if each.name != name]
    if len(others) >= MOST:
        raise Refused("desk_view_many", most=MOST)
    turn.tx.views.put(SavedView(staff.id, name, query))


def drop_view(turn: Turn, staff: Staff, name: str) -> None:
    """Nothing happens where there is none."""
    turn.tx.views.drop(staff.id, name)
