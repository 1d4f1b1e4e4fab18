"""What the words of a draft may be about: the categories that are suggested, and the one that is clear."""

import re

from core import suggest
from core.categories import FALLBACK, category, leaves
from core.conversation.intents import behind_announcement, without_office
from core.model import CategoryId, Dialogue
from core.watch import total

_SUGGESTIONS = 3
_OTHERS = 2  # of them beside the one that was noted
_CLEAR = 0.9  # score from which one category is offered alone; docs/suggest.md says how often it is right
_SENTENCE = re.compile(r"[.!?;\n]+")
_SENTENCES = 12  # of a story that are read one by one


def _nothing(_text: str, /) -> tuple[tuple[CategoryId, float], ...]:
    return ()


def readings(text: str) -> tuple[tuple[tuple[CategoryId, float], ...], ...]:
    """What the words may be about, best first; where they are not clear also without courtesy and office."""
    whole = suggest.suggest(text).ranked
    if whole and whole[0][1] >= _CLEAR:
        return (whole,)
    story = behind_announcement(text)
    others = dict.fromkeys((story, without_office(story)))
    return (whole, *(suggest.suggest(each).ranked for each in others if each != text))


@total("guess", instead=_nothing)
def ranked(text: str, /) -> tuple[tuple[CategoryId, float], ...]:
    """What the words may be about, best first; courtesy may drown it in the whole, and one sentence still say it."""
    whole = max(readings(text), key=lambda ranked: ranked[0][1] if ranked else 0.0)
    if whole:
        return whole
    sentences = [each for each in _SENTENCE.split(text) if each.strip()][:_SENTENCES]
    said = (suggest.suggest(each).ranked for each in sentences if len(sentences) > 1)
    return max((each for each in said if each), key=lambda each: each[0][1], default=())


def likeliest(text: str) -> tuple[CategoryId, ...]:
    """The few categories that the words may mean, best first, however clear the best one is."""
    return tuple(found for found, _ in ranked(text)[:_SUGGESTIONS])


def suggestions(text: str) -> tuple[CategoryId, ...]:
    """What is offered: one category where it is clear, a few in doubt, none where nothing speaks for any."""
    every = ranked(text)
    return tuple(found for found, _ in every[: 1 if every and every[0][1] >= _CLEAR else _SUGGESTIONS])


def clear(text: str, noted: CategoryId | None = None) -> CategoryId | None:
    """The category that need not be asked for: the summary shows it and lets it be changed, but for a restricted one.

    Who may read a report of such a kind is something that its writer decides, and not a guess. One that was noted
    before more was told stays as long as no other is likelier.
    """
    best, score = next(iter(ranked(text)), (FALLBACK, 0.0))
    sure = score >= _CLEAR or best == noted
    return best if sure and best != FALLBACK and not category(best).restricted else None


def kinds(dialogue: Dialogue) -> tuple[CategoryId, ...]:
    """What the question offers: what the words may mean, and of a kind that was noted what it may be instead."""
    if dialogue.filed is not None:
        return dialogue.filed.alternatives
    noted, text, leans = dialogue.draft.category, dialogue.draft.text, dialogue.draft.leans
    if noted is not None:
        return others(text, noted)
    offered = suggestions(text)
    return offered if leans is None or leans in offered else (leans, *offered[: _SUGGESTIONS - 1])


def others(text: str, noted: CategoryId) -> tuple[CategoryId, ...]:
    """What it may be instead: what else the words may mean, then the neighbours of what was noted.

    Clear words speak for one category alone, and where they are misread the right one is mostly in its group.
    """
    near = (leaf.id for leaf in leaves(category(noted).group))
    return tuple(each for each in dict.fromkeys((*likeliest(text), *near)) if each != noted)[:_OTHERS]
