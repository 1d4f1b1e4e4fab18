"""What a use case hands over when it writes something down."""

from dataclasses import dataclass
from datetime import datetime

from core.model import StaffId
from core.ports import House, Tx
from core.workflow import Doing


@dataclass(frozen=True, slots=True)
class Turn:
    """The transaction that is open, the time, and the house."""

    tx: Tx
    now: datetime
    house: House

    def doing(self, who: StaffId | None = None) -> Doing:
        """Who does something now; None: a citizen, or the clock."""
        return Doing(self.now, self.house.zone, who)
