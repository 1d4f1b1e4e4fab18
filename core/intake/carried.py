"""What was found in the words of a draft goes with it, as sealed as they are, and its next turn reads what is new."""

from dataclasses import replace
from typing import Final

from core import conversation, redact, suggest
from core.analysis import known, told
from core.model import Dialogue, Draft, Traces

_KINDS: Final = frozenset(redact.Trace)  # that this version knows


def noted(dialogue: Dialogue) -> Dialogue:
    """With what this turn knows of its draft's words as they are now."""
    draft = dialogue.draft
    if not draft.text:
        return dialogue
    traces = tuple(map(_traces, _words(draft)))
    calm = known(suggest.is_danger, draft.text) is False
    unrestricted = draft.place is not None and known(conversation.place_leans, draft.place.words) == ""
    if (traces, calm, unrestricted) == (draft.traces, draft.calm, draft.unrestricted_place):
        return dialogue
    return replace(dialogue, draft=replace(draft, traces=traces, calm=calm, unrestricted_place=unrestricted))


def recall(dialogue: Dialogue) -> None:
    """Within this turn, the readers know it."""
    draft = dialogue.draft
    if draft.calm:
        told(suggest.is_danger, draft.text, found=False)
    if draft.unrestricted_place and draft.place is not None:
        told(conversation.place_leans, draft.place.words, found="")
    for words, traces in zip(_words(draft), draft.traces, strict=False):
        if traces is not None and _KINDS.issuperset(kind for _, _, kind, _ in traces):
            found = (redact.Span(start, end, redact.Trace(kind), sure) for start, end, kind, sure in traces)
            told(redact.find, words, tuple(found))


def _traces(words: str) -> Traces | None:
    found = known(redact.find, words)
    return None if found is None else tuple((each.start, each.end, each.kind.value, each.certain) for each in found)


def _words(draft: Draft) -> tuple[str, ...]:
    return (draft.text, draft.place.words) if draft.place is not None else (draft.text,)
