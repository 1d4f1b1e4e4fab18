"""Traces of the writer in a report: found, and closed by marks, while what the report is about stays."""

from core.redact.search import closed, find
from core.redact.traces import Span, Trace, close

__all__ = ["Span", "Trace", "close", "closed", "find"]
