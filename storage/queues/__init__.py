"""Queues of offices: a page is found in an index alone, whatever it is narrowed by.

Who calls: lists, searches and counts of use cases, by core.ports.Queues.
Who lives here: `statement_shapes` (the queries), `office` (what is read with them, and opened), `old_counts` (what was
counted before).
"""

from storage.queues.office import SqlQueues
from storage.queues.old_counts import OldCounts
from storage.queues.statement_shapes import visible

__all__ = ["OldCounts", "SqlQueues", "visible"]
