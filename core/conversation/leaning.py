"""What words lean to that only one agency may read: whoever chose a kind before, they are not read by anybody else."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from core.analysis import remembered
from core.categories import FALLBACK, category
from core.conversation import category_guess
from core.conversation.intents import problem_in
from core.messages import ChannelProfile
from core.model import CategoryId, Draft
from core.watch import total, total_else

_CLOSE = 0.25  # of the best guess's score: enough to be the guess itself where the mistake would be worse
_SURE = 0.5  # score of a kind that is told, and not only touched


def _to_nothing(_text: str, /) -> tuple[CategoryId | None, bool]:
    return None, False


@total("leaning", instead=_to_nothing)
def leaning(text: str, /) -> tuple[CategoryId | None, bool]:
    """The restricted kind that words may mean, and whether they mean nothing else as likely.

    Nobody has looked at a guess before it is filed, and "pungli di kantor kelurahan" must not go to that kelurahan.
    """
    # An office that is left out takes what it is accused of with it: each reading may say it.
    leant = [_leaning(found) for found in (category_guess.ranked(text), *category_guess.readings(text))]
    return max(leant, key=lambda each: (each[1], each[0] is not None))


def _leaning(found: Sequence[tuple[CategoryId, float]]) -> tuple[CategoryId | None, bool]:
    near = (each for each, score in found if score >= found[0][1] * _CLOSE)
    kind = next((each for each in near if category(each).restricted), None)
    return kind, kind is not None and kind == found[0][0]


@total_else("leaning", answer=None)
def surely_restricted(text: str, /) -> CategoryId | None:
    """The restricted kind that words tell more likely than not; the name of an office is no such word."""
    found = problem_in(text).ranked
    best, score = found[0] if found else (FALLBACK, 0.0)
    return best if score >= _SURE and category(best).restricted else None


def _as_before(draft: Draft, /) -> Draft:
    return replace(draft, read=len(draft.text))


@total("leaning", instead=_as_before)
def noted(draft: Draft, /) -> Draft:
    """What its newest words lean to is kept with it, so that no words before or behind them hide it."""
    words = draft.text[draft.read :].strip()
    if not words:
        return draft
    kind, firm = leaning(words)
    stronger = kind is not None and (draft.leans is None or (firm and not draft.firm))
    leant = replace(draft, leans=kind, firm=firm) if stronger else draft
    return replace(leant, read=len(draft.text))


def told_anew(draft: Draft, profile: ChannelProfile) -> Draft:
    """Before its text is replaced: who is not proved to have told the first may not take back what it leant to."""
    return replace(draft, read=0, leans=None, firm=False) if profile.proved else replace(draft, read=0)


def chosen(draft: Draft, kind: CategoryId, profile: ChannelProfile) -> Draft:
    """A kind that was chosen after the last words: it stands, unless anybody could have chosen it."""
    draft = noted(draft)
    binding = draft.firm and not profile.proved
    if binding and draft.leans is not None and not category(kind).restricted:
        return replace(draft, category=draft.leans, guessed=False)
    return replace(draft, category=kind, guessed=False, leans=None, firm=False)


def asked_again(draft: Draft, profile: ChannelProfile) -> Draft:
    """A kind that was chosen before words that lean elsewhere is asked for again, or is theirs at once."""
    draft = noted(draft)
    if draft.leans is None or (draft.category is not None and category(draft.category).restricted):
        return draft
    binding = draft.firm and not profile.proved
    return replace(draft, category=draft.leans if binding else None, guessed=False)


def _as_chosen(draft: Draft, kind: CategoryId, /) -> CategoryId:
    return draft.leans or kind


@total("leaning", instead=_as_chosen)
def filed_as(draft: Draft, kind: CategoryId, /) -> CategoryId:
    """The kind under which a draft is filed: a restricted one that its words or its place lean to beats the choice."""
    if category(kind).restricted:
        return kind
    return noted(draft).leans or place_leans(draft.place.words if draft.place is not None else "") or kind


@remembered
def place_leans(words: str, /) -> CategoryId | Literal[""]:
    """Of a story that was told where a place was asked for; answers stand behind commas, and none hides another.

    Empty, not None, where it leans to nothing: what was not asked in a turn is None (core.analysis.known).
    """
    found = (surely_restricted(each) for each in dict.fromkeys((words, *words.split(", "))) if each)
    return next((kind for kind in found if kind is not None), "")
