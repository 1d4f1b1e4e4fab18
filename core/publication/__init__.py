"""What the public may know of reports: in batches, so coarse that no row and no figure points at one person.

Who calls: the clock of a running service, and `resi clock`.
Who lives here: `periods` (when a batch begins and ends), `classes` (what its rows share), `rounding` (counts that move
in steps), `counting` (what is counted of them), `batches` (one batch, in one turn).
"""

from core.publication.batches import publish
from core.publication.classes import Partition, packed, partition
from core.publication.counting import KIND, office_kind
from core.publication.periods import period
from core.publication.rounding import stepped

__all__ = ["KIND", "Partition", "office_kind", "packed", "partition", "period", "publish", "stepped"]
