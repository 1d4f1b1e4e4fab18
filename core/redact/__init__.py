"""Traces of the writer in a report: found, and closed by marks, while what the report is about stays.

Who lives here: `find` (what and where), `doubtful` and `question` (what to ask the writer), `close` (chosen ones),
`closed` (all), `is_unlearned` (in a script whose names are not found). None of them raises:
where a finder fails, `coarse` closes whatever is no plain word of a report.
"""

from core.redact.scripts import is_unlearned
from core.redact.search import closed, closed_coarsely, find
from core.redact.traces import Span, Trace, close, doubtful, question

__all__ = ["Span", "Trace", "close", "closed", "closed_coarsely", "doubtful", "find", "is_unlearned", "question"]
