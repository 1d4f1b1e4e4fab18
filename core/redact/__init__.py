"""Traces of the writer in a report: found, and closed by marks, while what the report is about stays.

Who lives here: `find` (what and where), `doubtful` and `question` (what to ask the writer), `close` (chosen ones),
`closed` (all).
"""

from core.redact.search import closed, find
from core.redact.traces import Span, Trace, close, doubtful, question

__all__ = ["Span", "Trace", "close", "closed", "doubtful", "find", "question"]
