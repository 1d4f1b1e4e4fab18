"""Words that show no right, where anybody could have sent them: whether they may answer a message of ours."""

from dataclasses import replace
from typing import Final

from core import places, tracking
from core.conversation import moves
from core.conversation.code_words import code_in
from core.conversation.decision_table import rule, words
from core.conversation.emergency import emergency_hint
from core.conversation.events import Event, Files, Text
from core.conversation.intents import (
    announces_photo,
    asks_who_we_are,
    is_assent,
    is_greeting,
    is_new,
    is_thanks,
    is_yes,
    problem_in,
    tells_problem,
    words_in,
)
from core.conversation.languages import spoken
from core.conversation.outcomes import Hold, Outcome, line
from core.conversation.slips import put_instead
from core.conversation.topics import is_mashed, known
from core.messages import ChannelProfile, Line, StoredFile
from core.model import Dialogue, Draft, Step
from core.watch import total

_FEW_WORDS = 4  # of which nobody makes a report by mail
_OWN_WORDS = 6  # from here on, words may be a story of their own
_STORY_WORDS = 8  # from here on they are, if they tell a problem and where it is
_LONG = 20  # from here on they are, whatever they tell


def _not_held(_dialogue: Dialogue, _event: Event, _profile: ChannelProfile, /, *, refers: bool) -> Outcome | None:
    del refers
    return None  # somebody's first words: a report at worst, and nothing that exists is changed by it


@total("held", instead=_not_held)
def held(dialogue: Dialogue, event: Event, profile: ChannelProfile, /, *, refers: bool) -> Outcome | None:
    """The question whose answer shows whose words they are; None: they are read as somebody's first words.

    Depends on the words alone, on what they refer to, and on a draft that is open; never on what was filed.
    `refers`: they claim to answer a message of ours, and show nothing that only its reader can know.
    """
    text, files = _given(event)
    if text is None or dialogue.step is not Step.IDLE or _reads_itself(text):
        return None
    dialogue = spoken(dialogue, text)
    if profile.threads:
        return _kept(dialogue, text, files) if _answers_by_mail(text, refers=refers) else None
    return None if files else _by_number(dialogue, text, profile)


def _by_number(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome | None:
    """Few words are held; more of them may be a story too, and are read as one where they touch any problem."""
    put = put_instead(text)
    if put is not None and put.denied:
        return _kept(dialogue, text, ())  # "bukan lampu tapi jalan rusak"
    if not text.strip() or words_in(text) >= _LONG or tells_problem(text):
        return None
    ranked = problem_in(text).ranked
    if words_in(text) < _OWN_WORDS:
        return None if ranked else _kept(dialogue, text, ())
    told = replace(dialogue, draft=Draft(text=text))
    if not ranked:
        return replace(moves.go_to(told, Step.HELD, profile, *_hint(text)), effect=Hold(text))
    asked = moves.proceed(replace(told, step=Step.STORY), profile)
    return replace(asked, effect=Hold(text, beside=True))


def _given(event: Event) -> tuple[str | None, tuple[StoredFile, ...]]:
    match event:
        case Text():
            return event.text, ()
        case Files(words=Text() as words):
            return words.text, event.files
        case Files(words=None) if event.files:
            return "", event.files
        case _:
            return None, ()


def _reads_itself(text: str) -> bool:
    """A greeting, thanks, keys that were hit by chance, a code: answered as what it is, whoever sent it."""
    coded = code_in(text) is not None or tracking.inside(text) is not None
    answers = is_assent(text) or is_yes(text)
    polite = not answers and (is_greeting(text) or is_thanks(text) or asks_who_we_are(text))
    about_photos = not answers and announces_photo(text)
    return coded or polite or about_photos or is_mashed(text) or bool(known(text))


def _answers_by_mail(text: str, *, refers: bool) -> bool:
    """Words are counted first: what is clear by their number is not read for problems and places."""
    if refers:
        return not (words_in(text) >= _STORY_WORDS and problem_in(text).ranked and places.find(text).certain)
    few = bool(text.strip()) and words_in(text) <= _FEW_WORDS
    return few and not problem_in(text).ranked and not places.find(text).candidates


def _kept(dialogue: Dialogue, text: str, files: tuple[StoredFile, ...]) -> Outcome:
    return moves.reply(dialogue, *_hint(text), line("held_new"), effect=Hold(text, files))


def _hint(text: str) -> tuple[Line, ...]:
    """The number to call stands first, also where nobody knows yet whose words they are."""
    hint = emergency_hint(Draft(text=text))
    return (line(hint),) if hint else ()


def choose_held(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """They are a report of their own."""
    del option
    return moves.proceed(replace(dialogue, step=Step.STORY, offered=()), profile)


def _tell(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome:
    return moves.add_story(replace(dialogue, step=Step.STORY, offered=()), text, profile)


HELD_RULES: Final = (rule("any words", words(words_in), _tell, "they make a story of what was held"),)


def _both(held: str, words: str, /) -> tuple[str, bool]:
    return "\n".join(part for part in (held, words.strip()) if part), True


@total("held", instead=_both)
def confirmed(held: str, words: str, /) -> tuple[str, bool]:
    """What was held together with what its writer says now, and whether they say that it is a report of its own."""
    if is_new(words):
        return held, True
    if not words.strip() or is_yes(words) or is_assent(words):
        return held, False
    own = words_in(words) >= _STORY_WORDS and bool(problem_in(words).ranked)
    return "\n".join(part for part in (held, words.strip()) if part), own
