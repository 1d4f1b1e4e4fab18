"""Words that are no answer to what a draft is asked: danger, a change of mind, back, wait, thanks, questions to us."""

from typing import Final

from core import suggest
from core.conversation import commands, moves
from core.conversation.choices import choose_change, goes_back
from core.conversation.decision_table import Received, rule, when, words
from core.conversation.intents import asks_who_we_are, change_of, is_assent, is_hold, is_thanks, words_in
from core.conversation.topics import answer_beside

_TOLD = 3  # words from which a danger is told and not a category named


def _danger(received: Received) -> bool:
    text, hinted = received.text, received.dialogue.draft.hinted
    return words_in(text) >= _TOLD and not hinted and suggest.is_danger(text)


INTERRUPTIONS: Final = (
    rule("danger, in three words or more", when(_danger), moves.add_story,
         "whatever was asked: the number to call comes first, and they are more of the story"),
    rule("what shall be changed", lambda it: (change_of(it.text) or None) if it.dialogue.filed is None else None,
         choose_change, "it is asked for again; what was told stays until the new answer"),
    rule("back", when(goes_back), moves.back, "the question before this one"),
    rule("that we wait", words(is_hold), moves.asks(), "the question stands"),
    rule("thanks", words(lambda text: is_thanks(text) and not is_assent(text)), commands.reasks("thanks"),
         "they are answered, and the question asked again"),
    rule("who we are", words(asks_who_we_are), commands.reasks("greet"), "it is said, and the question asked again"),
    rule("what is asked or said of us, or how a report goes", lambda it: answer_beside(it.text) or None,
         commands.answers, "it is answered, and the question asked again"),
)  # fmt: skip
