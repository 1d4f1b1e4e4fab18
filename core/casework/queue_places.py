"""The same list by where its reports are and what they are about: counts alone, for a map."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.casework.actors import account
from core.casework.queue import Wanted, Which, counted, query_of
from core.casework.viewing import visibility_of
from core.model import AreaCode, CategoryId
from core.record import Turn


@dataclass(frozen=True, slots=True)
class QueuePlaces:
    """`places`: how many reports of the list lie in an area (None: not known) and are of a kind (None: not readable).

    `counts`: of each list, `total`: of this one.
    """

    places: Mapping[tuple[AreaCode | None, CategoryId | None], int]
    total: int
    counts: Mapping[Which, int]


def queue_places(turn: Turn, name: str, wanted: Wanted) -> QueuePlaces:
    """Of all pages of the list that `queue` shows; those who read no reports see none. Raises Refused. It reads alone.

    Of reports that are not restricted nothing is opened.
    """
    staff = account(turn.tx, name)
    visibility = visibility_of(staff)
    if visibility is None:
        return QueuePlaces({}, 0, dict.fromkeys(Which, 0))
    counts, total = counted(turn, staff, visibility, wanted)
    return QueuePlaces(turn.tx.queues.by_place(visibility, query_of(turn, wanted, staff)), total, counts)
