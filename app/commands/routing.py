"""`resi routes`: rows of automatic forwarding."""

from collections.abc import Callable

from app.errors import CannotStart
from app.runtime import opened_runtime
from app.settings import Settings
from core import casework
from core.model import Route

Print = Callable[[str], None]


def listed(settings: Settings, say: Print) -> None:
    """A line a row: category, area, office; * is any."""
    with opened_runtime(settings) as opened:
        rows = opened.store.run(lambda tx: tx.routes.all())
    for each in rows:
        say(f"{each.category or '*'} {each.area or '*'} {each.to}")
    if not rows:
        say("No rows: reports go to the office of their place.")


def add(settings: Settings, route: Route, say: Print, warn: Print) -> None:
    """It counts for reports that are filed from now on. Raises Refused."""
    with opened_runtime(settings) as opened:
        opened.turn(lambda turn: casework.add_route(turn, route))
    say(f"{route.category or '*'} {route.area or '*'} {route.to}")
    if not (route.category or route.area):
        warn(
            f"warning: every new report that no other row takes goes to {route.to} from now on, whatever it is about "
            "and wherever. `resi routes remove`, without more, takes this row away."
        )


def remove(settings: Settings, category_id: str, area: str, say: Print) -> None:
    """Raises CannotStart where there is no such row."""
    with opened_runtime(settings) as opened:
        removed = opened.turn(lambda turn: casework.drop_route(turn, category_id, area))
    if not removed:
        raise CannotStart("No such row. `resi routes list` shows all.")
    say("Removed.")
