"""After one message was filed, where each message costs its writer something: what they still want to say of it."""

from core import areas, suggest
from core.categories import category
from core.conversation import category_guess, moves, questions
from core.conversation.intents import (
    change_of,
    is_bare,
    is_greeting,
    option_of,
    problem_in,
    tells_problem,
    words_in,
)
from core.conversation.off_topic import is_mashed, remark_in
from core.conversation.outcomes import Add, Outcome, line
from core.messages import ChannelProfile
from core.model import About, Dialogue, Filed, Step

_FEW_WORDS = 8  # of which nobody makes a report of its own
_CHANGE = ("change",)


def read(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome | None:
    """A wish to change it, or more of the story; None where the words begin another one."""
    filed = dialogue.filed
    if filed is None:
        return None
    labels = tuple(each.label for each in questions.options(_CHANGE, dialogue.lang, profile))
    wish = change_of(text) or ("category" if option_of(text, _CHANGE, labels) else "")
    if wish == "place":
        return moves.go_to(dialogue, Step.PLACE, profile)
    if wish == "category" and filed.alternatives:
        return moves.go_to(dialogue, Step.CATEGORY, profile)
    if wish or is_bare(text):
        return moves.reply(dialogue, line("filed_help"))
    if not _adds(filed, text):
        return None
    return Outcome(dialogue, None, Add(None, text, (), About(filed.report, filed.last4)))


def _adds(filed: Filed, text: str) -> bool:
    """Whether the words go on telling of the same problem, at the same place."""
    if not words_in(text) or is_greeting(text) or is_mashed(text) or remark_in(text):
        return False
    found = areas.find(text)
    if found.certain or (found.candidates and tells_problem(text)) or suggest.is_danger(text):
        return False
    kind = next((each for each, _ in problem_in(text).ranked), None)
    if kind == filed.kind:
        return True
    if kind is not None and category(kind).restricted:
        return False  # no office reads what is not its
    return words_in(text) <= _FEW_WORDS and category_guess.clear(text) is None
