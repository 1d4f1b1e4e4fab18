"""Deadlines as columns, so that a restarted clock forgets nothing."""

from datetime import datetime, timedelta

ANSWER_WITHIN = timedelta(days=7)  # calendar days from receipt; DOMAIN section 4


def due(received: datetime) -> datetime:
    """When a report received then must be solved; UTC in, UTC out."""
    return received + ANSWER_WITHIN


def minute(at: datetime) -> datetime:
    """The time as we keep it: a second would tell which message of a wire it was."""
    return at.replace(second=0, microsecond=0)
