"""What is late, agency by agency: all of it for the Biro, for heads their own and what has climbed to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.casework.actors import leader
from core.model import AgencyId, Climbed, Lateness, Right
from core.record import Turn

MOST = 100  # reports of one list


@dataclass(frozen=True, slots=True)
class Late:
    """By agency, most first. `restricted`: of these the Biro hears number, agency and days, and nothing else."""

    agencies: tuple[Lateness, ...]
    restricted: tuple[Climbed, ...] = ()


def late(turn: Turn, name: str) -> Late:
    """It reads alone. Raises Refused for those whom nobody has to answer to."""
    staff = leader(turn.tx, name)
    every = staff.may(Right.CITY)
    found = turn.tx.overview.late(staff.agency, turn.now, every=every)
    restricted = turn.tx.overview.climbed_restricted(staff.agency, turn.now, MOST) if every else ()
    return Late(tuple(found), tuple(restricted))


def late_of(turn: Turn, name: str, holder: AgencyId) -> Sequence[Climbed]:
    """What that agency holds too long and has climbed to theirs, oldest first. Raises Refused as `late`."""
    staff = leader(turn.tx, name)
    return turn.tx.overview.climbed(staff.agency, turn.now, holder, MOST)
