"""What ends a command before it has begun."""

from core.errors import ResiError


class CannotStart(ResiError):
    """Says in a sentence what is wrong and what to do; for operators, never with a value of a secret."""
