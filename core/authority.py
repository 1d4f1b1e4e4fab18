"""Who may do what: a table by the right that a message shows, whatever address it claims to come from.

docs/decisions/0031-proved-and-claimed.md has it in words, with a row for each way in.
"""

from collections.abc import Mapping
from enum import StrEnum


class Bearer(StrEnum):
    """By what right a message asks for something."""

    PROVED = "proved"  # its wire proves the sender: Telegram, WhatsApp, terminal, mail with DMARC, a declared SMS bind
    CODED = "coded"  # it shows a tracking code
    TAGGED = "tagged"  # it shows the tag of a message of ours, or the four digits of one
    CLAIMED = "claimed"  # it says whom it comes from, and no more: other mail and SMS
    FORM = "form"  # it has no sender: counter, partners by Open311, a form on the web
    PARTNER = "partner"  # a partner's key, of a report that it filed


class Deed(StrEnum):
    """What a message may come to."""

    FILE = "file"
    FOLLOW = "follow"
    STATUS = "status"
    CORRECT = "correct"
    ANSWER = "answer"
    ADD = "add"
    FEEDBACK = "feedback"
    OBJECT = "object"  # to a withdrawal
    WITHDRAW = "withdraw"
    FORGET = "forget"
    HOLD = "hold"  # keep words until somebody shows that they are theirs


_OPEN = frozenset({Deed.FILE, Deed.FOLLOW, Deed.HOLD})  # changes nothing that exists, or the same for anybody
_ANSWERS = frozenset({Deed.ANSWER, Deed.ADD, Deed.FEEDBACK, Deed.OBJECT, Deed.CORRECT})

MAY: Mapping[Bearer, frozenset[Deed]] = {
    # Withdrawing and forgetting need the code on every channel: a phone may lie on a table.
    Bearer.PROVED: _OPEN | _ANSWERS,
    Bearer.CODED: frozenset({Deed.STATUS, Deed.ANSWER, Deed.ADD, Deed.FEEDBACK, Deed.WITHDRAW, Deed.FORGET}),
    Bearer.TAGGED: _OPEN | _ANSWERS,
    Bearer.CLAIMED: _OPEN,
    Bearer.FORM: frozenset({Deed.FILE, Deed.FOLLOW}),
    # What it passes on is its citizen's; what ends or shows a report stays with the code, which the citizen has.
    Bearer.PARTNER: frozenset({Deed.FILE, Deed.ANSWER, Deed.ADD, Deed.FEEDBACK}),
}


def may(bearer: Bearer, deed: Deed) -> bool:
    """Whether the table lets it."""
    return deed in MAY[bearer]
