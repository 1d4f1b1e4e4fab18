"""The tracking code that words name, and what else they say."""

from core import areas, tracking
from core.conversation.command_words import COMMANDS
from core.conversation.intents import normal
from core.model import TrackingCode


def code_in(text: str) -> TrackingCode | None:
    """The try at a code that a message is, or the code that it holds."""
    read = areas.without_points(text)
    return tracking.tried(read) or tracking.inside(read)


def holds_code(text: str) -> bool:
    """Whether the words name a code themselves."""
    return code_in(text) is not None


def added_by(words: str) -> str:
    """What words beside a code add to its report, where they begin with TAMBAH; empty: nothing."""
    first, _, rest = words.strip().partition(" ")
    return rest.strip() if normal(first) in COMMANDS["add"] else ""


def code_and_words(rest: str) -> tuple[TrackingCode | None, str]:
    """The code behind a command, right or wrong, and what else stands there."""
    code, words = tracking.split(rest)
    return (code, words) if code is not None else (tracking.tried(rest), "")
