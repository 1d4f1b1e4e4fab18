"""What is asked besides of the kind of a draft, and what was answered; closed as it is kept."""

from dataclasses import replace

from core import redact
from core.categories import ATTRIBUTES, Attribute, attributes_of, told_attribute
from core.model import Draft
from core.watch import total_else


def next_attribute(draft: Draft) -> Attribute | None:
    """The first question that was neither answered nor passed over."""
    done = dict(draft.attributes)
    left = (each for each in (attributes_of(draft.category) if draft.category else ()) if each not in done)
    return next((ATTRIBUTES[each] for each in left), None)


def answered(draft: Draft, value: str) -> Draft:
    """With the answer to that question; empty: it was passed over."""
    asked = next_attribute(draft)
    return draft if asked is None else replace(draft, attributes=(*draft.attributes, (asked.id, value)))


@total_else("attributes", answer=())
def kept(draft: Draft, lang: str, /) -> tuple[tuple[str, str], ...]:
    """Answers to what is asked of its kind, with the traces closed; what was passed over is left out."""
    given = dict(draft.attributes)
    asked = attributes_of(draft.category) if draft.category else ()
    return tuple((each, redact.closed(given[each], lang)) for each in asked if given.get(each))


def shown(draft: Draft, lang: str) -> str:
    """The same as people read it, an answer a line."""
    return "\n".join(" ".join(told_attribute(*each, lang)) for each in kept(draft, lang))
