"""The number to call, where a draft tells of danger."""

from core import suggest
from core.categories import category
from core.city.profile import CITY
from core.model import Draft
from core.watch import total


def _any_hint(_: Draft, /) -> str:
    return f"hint_{CITY.emergency.general}" if CITY.emergency.general else ""


@total("hint", instead=_any_hint)
def emergency_hint(draft: Draft, /) -> str:
    """The phrase of the number to call, unless it was said."""
    if draft.hinted:
        return ""
    kind = draft.category or (draft.leans if draft.firm else None)
    number = category(kind).emergency if kind else ""
    # What was told last may be danger, though the story before it calls such things a habit.
    told = {draft.text, draft.text.rpartition("\n")[2]}
    if number in {"", *CITY.emergency.yields} and any(suggest.is_danger(text) for text in told):
        number = CITY.emergency.general
    return f"hint_{number}" if number else ""
