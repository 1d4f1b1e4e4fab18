"""What a use case hands over when it writes something down."""

from dataclasses import dataclass
from datetime import datetime

from core.model import Staff
from core.ports import Context, UnitOfWork
from core.workflow import Doing


@dataclass(frozen=True, slots=True)
class Turn:
    """The transaction that is open, the time, and the context."""

    tx: UnitOfWork
    now: datetime
    context: Context

    def doing(self, staff: Staff | None) -> Doing:
        """Returns who acts now, and when. `staff` None: a citizen, or the clock."""
        if staff is None:
            return Doing(self.now, self.context.zone)
        return Doing(self.now, self.context.zone, staff.id, staff.agency)
