"""`resi routes`: rows of automatic forwarding."""

from collections.abc import Callable

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


def add(settings: Settings, route: Route, say: Print) -> None:
    """It counts for reports that are filed from now on. Raises Refused."""
    with opened_runtime(settings) as opened:
        opened.turn(lambda turn: casework.add_route(turn, route))
    say(f"{route.category or '*'} {route.area or '*'} {route.to}")


def remove(settings: Settings, category_id: str, area: str, say: Print) -> int:
    """1 where there is no such row."""
    with opened_runtime(settings) as opened:
        removed = opened.turn(lambda turn: casework.drop_route(turn, category_id, area))
    say("Removed." if removed else "No such row.")
    return 0 if removed else 1
