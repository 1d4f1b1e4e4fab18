"""How a story is read, and the first words of somebody: a greeting, thanks, no report at all, or nothing readable."""

from dataclasses import replace
from typing import Final

from core import places
from core.conversation import commands, leaning, moves
from core.conversation.closing import speaks_of_closing
from core.conversation.decision_table import Received, nested, rule, when, words
from core.conversation.intents import (
    asks_who_we_are,
    change_of,
    is_back,
    is_bare,
    is_greeting,
    is_thanks,
    tells_problem,
    words_in,
)
from core.conversation.outcomes import Outcome, line
from core.conversation.slips import corrects
from core.conversation.topics import (
    Then,
    answer_before_a_story,
    answer_to,
    is_chat,
    is_mashed,
    reports_nothing,
    then,
    with_kept,
)
from core.messages import ChannelProfile, OneShot
from core.model import Dialogue, Draft, Place, SmallTalk, Step

_FEW_WORDS = 4


def _tell(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome:
    text = with_kept(dialogue.detail, text)
    dialogue = replace(dialogue, step=Step.STORY)
    if profile.one_shot is OneShot.ALWAYS:
        told = _tells_something(dialogue, text)
        return moves.file_now(dialogue, text) if told else moves.go_to(dialogue, Step.STORY, profile)
    old = leaning.told_anew(dialogue.draft, profile) if dialogue.draft.text else dialogue.draft
    draft = replace(old, text=text, place=_still_there(dialogue.draft, text))
    first = profile.one_shot is OneShot.KEYWORD and not dialogue.draft.text
    asked = moves.proceed(replace(dialogue, draft=draft, detail=None), profile, briefly=first)
    if first and asked.dialogue.step is Step.SUMMARY:
        # Each message costs its writer something, and one that says all of it may be the only one.
        return replace(asked, ready=moves.one_message_report(dialogue.draft, text))
    return asked


def _still_there(draft: Draft, text: str) -> Place | None:
    """The place that was given, unless a story that is told anew names another."""
    found = places.find(text)
    if not (draft.text and draft.place and found.certain):
        return draft.place
    within = draft.place.area is not None and draft.place.area.startswith(found.candidates[0])
    return draft.place if within else None


def _tells_something(dialogue: Dialogue, text: str) -> bool:
    """Few words that name no problem and no place are not yet worth a report."""
    if dialogue.draft.text or words_in(text) > _FEW_WORDS:
        return True
    return tells_problem(text) or bool(places.find(text).candidates)


def _topic(received: Received) -> str | None:
    return None if received.dialogue.draft.files else answer_to(received.text) or None


def _chats(received: Received) -> bool:
    text = received.text
    return not received.dialogue.draft.files and (is_chat(text) or reports_nothing(text))


def _goes_back(received: Received) -> bool:
    return bool(received.dialogue.draft.text) and is_back(received.text)


def _keep_chat(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome:
    return moves.go_to(replace(dialogue, detail=SmallTalk(text)), Step.STORY, profile, line("remark_chat"))


def _answer(dialogue: Dialogue, say: str, profile: ChannelProfile) -> Outcome:
    match then(say):
        case Then.ASK:
            return commands.opened(dialogue, profile, line(say))
        case Then.WAIT:
            return _waits(dialogue, say)
        case Then.END:
            return moves.reply(dialogue, line(say))


def _waits(dialogue: Dialogue, say: str) -> Outcome:
    return moves.reply(replace(dialogue, step=Step.STORY, offered=()), line(say))


def _explain(dialogue: Dialogue, _: str, __: ChannelProfile) -> Outcome:
    return _waits(dialogue, "idle_help")


STORY: Final = rule(
    "words that are no mere number, yes or no",
    words(lambda text: words_in(text) > 0 and not is_bare(text)),
    _tell,
    "the story: what is missing is asked for, or it is filed where one message is enough",
)
STORY_RULES: Final = (
    rule("a greeting", words(is_greeting), moves.asks("greet"), "it is answered, and the story asked for"),
    rule("thanks", words(is_thanks), commands.reasks("thanks"), "they are answered, and the story asked for"),
    rule(
        "what is asked or said of us, or how a report goes",
        lambda received: answer_before_a_story(received.text) or None,
        commands.answers,
        "it is answered, and the story asked for",
    ),
    rule("back, from telling it anew", when(_goes_back), moves.proceeds, "the story stays as it was told"),
    STORY,
)
FIRST_WORDS: Final = nested("the first words of somebody", lambda received: received, (
    rule("a greeting, or who we are", words(lambda text: is_greeting(text) or asks_who_we_are(text)),
         moves.goes_to(Step.STORY, "greet"), "it is answered, and the story asked for"),
    rule("thanks", words(is_thanks), moves.replies("thanks"), "they are answered"),
    rule("what shall be opened or closed, where nothing is", words(speaks_of_closing), moves.replies("closing_over"),
         "we tell that it is done before a report is sent, and what can be done behind it"),
    rule("that something of what was sent is wrong", words(lambda text: change_of(text) or corrects(text)),
         moves.replies("remark_change"), "we tell how a report is changed"),
    rule("a mail in our thread", when(lambda received: received.in_our_thread), moves.replies("thread_help"),
         "we explain how a report is answered, and a new one begun"),
    rule("an advert, praise, a threat, what is asked or said of us, or how a report goes", _topic, _answer,
         "the sentence that fits it, and where it asks for no story itself, that is asked for"),
    rule("keys hit at random", words(is_mashed), moves.goes_to(Step.STORY), "the story is asked for"),
    rule("chat", when(_chats), _keep_chat,
         "it is answered and kept, as it may yet belong to a story"),
    STORY,
    rule("anything else", words(lambda _: True), _explain, "we say what we are for, and wait for a story"),
))  # fmt: skip
