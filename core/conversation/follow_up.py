"""After a report was filed: corrections, answers, more of it where each message costs something, or a new one."""

from dataclasses import replace
from typing import Final

from core import places, suggest
from core.categories import FALLBACK, category
from core.conversation import category_guess, moves, questions
from core.conversation.answer_matching import unmarked
from core.conversation.answering import hear_unmarked
from core.conversation.choices import OPTION
from core.conversation.closing_rules import CLOSING_MORE
from core.conversation.decision_table import Received, as_if, nested, rule, when, where, words
from core.conversation.draft_place import at
from core.conversation.events import Text
from core.conversation.intents import (
    addition_in,
    announces_photo,
    change_of,
    is_bare,
    is_greeting,
    is_skip,
    is_thanks,
    is_wrong,
    is_yes,
    option_of,
    problem_in,
    tells_problem,
    words_in,
)
from core.conversation.kinds import CORRECTIONS, labelled
from core.conversation.outcomes import Add, Correct, Outcome, line
from core.conversation.place_rules import PLACES
from core.conversation.slips import put_instead, speaks_of_place
from core.conversation.story_rules import FIRST_WORDS
from core.conversation.topics import Then, answer_beside, answer_to, asks_progress, is_mashed, known, then
from core.messages import ChannelProfile, OneShot
from core.model import About, CategoryId, Dialogue, Filed, Place, Step

_FEW_WORDS = 8  # of which nobody makes a report of its own, and no story is told
_IN_THREAD = range(3, 150)  # words of a mail that answers the one with the code
_CHANGE = ("change",)
_NAMED = 0.5  # score of a kind that words name clearly enough


def _offered_again(dialogue: Dialogue) -> Dialogue:
    """Unless something else was asked meanwhile, what was offered with the code can be chosen."""
    if dialogue.filed is None or dialogue.awaited:
        return dialogue
    return replace(dialogue, offered=dialogue.filed.options)


def _goes_on(received: Received) -> bool:
    """It is no new mail, which begins something new."""
    return not received.profile.threads or received.in_our_thread


def _was_seen(received: Received) -> bool:
    return received.dialogue.filed is not None and received.dialogue.filed.seen


def _mended(received: Received) -> Correct | None:
    """Another kind, another area or both, where few words put them in the place of what was sent."""
    filed, put = received.dialogue.filed, put_instead(received.text)
    if filed is None or put is None:
        return None
    kind, found = _kind_named(put.words), places.find(put.words)
    if kind in {filed.kind, FALLBACK} or (put.denied and _kind_named(put.denied) != filed.kind):
        kind = None
    place = at(found.candidates[0], Place(words=put.words)) if found.certain else None
    if put.denied and kind is None and not places.find(put.denied).candidates:
        return None  # "bukan main parahnya, tapi ..."
    return Correct(filed.report, kind, place, received.text) if kind or place else None


def _kind_named(words: str) -> CategoryId | None:
    ranked = problem_in(words).ranked[:1]
    return labelled(words) or next((kind for kind, score in ranked if score >= _NAMED), None)


def _added(filed: Filed, text: str) -> Add:
    return Add(None, text, (), About(filed.report, filed.last4))


def _add(dialogue: Dialogue, more: Add, _: ChannelProfile) -> Outcome:
    return Outcome(dialogue, None, more)


def _detail(received: Received) -> Add | None:
    """Neither kind nor area, and no problem: "bukan RT 3 tapi RT 5"."""
    filed, text = received.dialogue.filed, received.text
    put = put_instead(text)
    if filed is None or put is None or not put.denied or words_in(text) > _FEW_WORDS:
        return None
    own = places.find(text).candidates or suggest.is_danger(text) or _kind_named(put.words) not in {None, filed.kind}
    return None if own else _added(filed, text)


def _addition(received: Received) -> Add | None:
    filed, more = received.dialogue.filed, addition_in(received.text)
    return _added(filed, more) if filed is not None and more and not suggest.is_danger(more) else None


def _place_instead(received: Received) -> Received | None:
    """Words that speak of a place, as if they told no more than which it should be."""
    filed, put = received.dialogue.filed, put_instead(received.text)
    if filed is None or put is None:
        return None
    of_place = speaks_of_place(received.text) or bool(places.find(put.denied or put.words).candidates)
    return replace(received, event=Text(put.words)) if of_place else None


def _place_is_asked(received: Received) -> bool:
    filed, text = received.dialogue.filed, received.text
    return filed is not None and not (filed.placed or tells_problem(text) or words_in(text) > _FEW_WORDS)


def _wish(received: Received) -> str | None:
    """What shall be changed; a bare answer wishes nothing, and begins nothing either."""
    options = questions.options(_CHANGE, received.dialogue.lang, received.profile)
    change = option_of(received.text, _CHANGE, tuple(each.label for each in options))
    wish = change_of(received.text) or ("category" if change else "")
    return wish if wish or is_bare(received.text) else None


def _changes(received: Received) -> str | None:
    wrong = "text" if _was_seen(received) and is_wrong(received.text) else ""
    return change_of(received.text) or wrong or None if received.dialogue.filed is not None else None


def _change(dialogue: Dialogue, wish: str, profile: ChannelProfile) -> Outcome:
    filed = dialogue.filed
    if wish == "place":
        return moves.go_to(dialogue, Step.PLACE, profile)
    kind = wish == "category" or (wish == "menu" and filed is not None and not filed.seen)
    if kind and filed is not None and filed.kind is not None:
        stays = bool(category(filed.kind).restricted)
        return moves.reply(dialogue, line("kind_stays")) if stays else moves.ask_kind(dialogue, profile)
    return moves.reply(dialogue, line("remark_change" if filed is not None and filed.seen else "filed_help"))


def _more(received: Received) -> Add | None:
    filed, text = received.dialogue.filed, received.text
    length = _IN_THREAD if received.in_our_thread else range(1, _FEW_WORDS + 1)
    return _added(filed, text) if filed is not None and _adds(filed, text, length) else None


def _adds(filed: Filed, text: str, length: range) -> bool:
    """Whether the words go on telling of the same problem, at the same place; `length`: where they name no kind."""
    if words_in(text) < length.start or is_greeting(text) or is_mashed(text) or known(text) or answer_beside(text):
        return False
    found = places.find(text)
    if found.certain or (found.candidates and tells_problem(text)) or suggest.is_danger(text):
        return False
    kind = next((each for each, _ in problem_in(text).ranked), None)
    if kind == filed.kind:
        return True
    if kind is not None and category(kind).restricted:
        return False  # no office reads what is not its
    return words_in(text) in length and category_guess.clear(text) is None


def _skips(received: Received) -> bool:
    return received.dialogue.filed is not None and not _was_seen(received) and is_skip(received.text)


def _sends_again(received: Received) -> bool:
    return _was_seen(received) and is_yes(received.text)


def _said_of_us(received: Received) -> str | None:
    """The phrase that answers it, unless that asks for a story by itself, or somebody comes back and greets."""
    say = "" if is_greeting(received.text) else answer_to(received.text)
    return say if say and then(say) is not Then.WAIT else None


def _says_nothing(received: Received) -> bool:
    return received.in_our_thread or not (words_in(received.text) or _was_seen(received))


def _goes_along(it: Received) -> bool:
    return it.dialogue.filed is not None and (it.in_our_thread or it.profile.one_shot is OneShot.KEYWORD)


def _photo_later(received: Received) -> Filed | None:
    return received.dialogue.filed if announces_photo(received.text) and not received.profile.terse else None


def _welcome_photo(dialogue: Dialogue, filed: Filed, _: ChannelProfile) -> Outcome:
    return moves.reply(dialogue, line("photo_later", last4=filed.last4))


FILED: Final = nested("with the options that came with the code", as_if(_offered_again), (
    OPTION,
    rule("how it goes, or when", words(asks_progress), moves.replies("remark_progress"),
         "we tell by when there is news, and that the code shows more"),
    nested("unless it is a new mail", where(_goes_on), (
        rule("that a photo follows", _photo_later, _welcome_photo, "it may be sent, and whose it is will be asked"),
        CLOSING_MORE,
        rule("more of it, called so", _addition, _add, "it is added to the report"),
        rule("another kind or area instead", _mended, moves.correct, "it is corrected"),
        rule("another detail instead", _detail, _add, "it is added to the report"),
        nested("another place instead", _place_instead, (PLACES,)),
        nested("unless its writer saw it before it was sent", where(lambda it: not _was_seen(it)), CORRECTIONS),
    )),
    rule("an answer that nothing marks as one", unmarked, hear_unmarked,
         "it is taken; in doubt it is kept, and the reports are offered"),
    rule("thanks", words(is_thanks), moves.replies("thanks"), "they are answered"),
    rule("that it shall be sent, though it was", when(_sends_again), moves.replies("remark_progress"),
         "we tell by when there is news, and that the code shows more"),
    nested("unless it is a new mail", where(_goes_on), (
        rule("that its place is left open", when(_skips), moves.replies("thanks"), "it is answered"),
        nested("where its place is asked for", where(_place_is_asked), (PLACES,)),
    )),
    nested("unless it is a new mail", where(_goes_on), (
        rule("what shall be changed", _changes, _change, "that is asked for, or we tell how a report is changed"),
    )),
    nested("where each message costs something, and in answer to the mail with the code", where(_goes_along), (
        rule("what shall be changed, or a bare answer", _wish, _change, "that is asked for, or the help comes"),
        rule("more of the same problem", _more, _add, "it is added to the report"),
    )),
    nested("unless it is a new mail", where(_goes_on), (
        rule("what is asked or said of us", _said_of_us, lambda dialogue, say, _: moves.reply(dialogue, line(say)),
             "it is answered, and what was offered with the code stays"),
    )),
    rule("a mail in our thread, or no words", when(_says_nothing),
         moves.replies("filed_help"), "the help comes"),
    nested("as if nothing had been filed", as_if(moves.idle), (FIRST_WORDS,)),
))  # fmt: skip
