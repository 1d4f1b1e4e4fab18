"""What the public may know of reports: in batches, so coarse that no row and no figure points at one person.

Who calls: the clock of a running service, and `resi clock`.
Who lives here: `classes` (what rows of a batch share), `rounding` (counts that move in steps), `counting` (what is
counted of them), `batches` (one batch, in one turn); when a batch begins and ends says core/batch_periods.
"""

from core.publication.batches import publish
from core.publication.classes import partition
from core.publication.counting import KIND

__all__ = ["KIND", "partition", "publish"]
