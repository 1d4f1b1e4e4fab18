"""Answers to what staff asked, and to "solved?": whose message it is, before anything else reads it."""

from core import places, suggest, tracking
from core.conversation.code_words import code_and_words
from core.conversation.command_words import command_of
from core.conversation.decision_table import Given, Received, keeps_words
from core.conversation.events import Choice, Command, Files
from core.conversation.intents import (
    is_assent,
    is_bare,
    is_hail,
    is_objection,
    is_thanks,
    problem_in,
    words_in,
)
from core.conversation.outcomes import Add, ByCode
from core.conversation.topics import asks_progress
from core.conversation.verdicts import is_half_verdict, verdict_of
from core.model import About, Asking, Awaited, Dialogue, Step

_BUTTONS: dict[str, tuple[Asking, bool | None]] = {
    "solved": (Asking.FEEDBACK, True),
    "unsolved": (Asking.FEEDBACK, False),
    "answer": (Asking.ANSWER, None),
    "object": (Asking.OBJECTION, None),
}
_BEHIND = {"withdraw": "withdraw", "retract": "withdraw", "cancel": "withdraw", "forget": "forget", "check": "check"}
_OWN_WORDS = 6  # from here on, words may be a story of their own
_LONG = 20  # from here on they are, if they tell of a problem
_CLEAR = 0.5  # score of a problem that is told and not only touched


def button(received: Received) -> tuple[Awaited | None, bool | None] | None:
    """What the button of a message of ours answers, None where that is over; and whether it says "solved"."""
    kind, _, last4 = received.event.option.partition(".") if isinstance(received.event, Choice) else ("", "", "")
    if kind not in _BUTTONS or not last4:
        return None
    asking, solved = _BUTTONS[kind]
    sought = (asking, last4, False)
    waiting = (each for each in received.dialogue.awaited if (each.asking, each.last4, each.over) == sought)
    return next(waiting, None), solved


def rest_of_album(received: Received) -> Files | None:
    """A later part of an album whose first part went to a report."""
    event, dialogue = received.event, received.dialogue
    if not isinstance(event, Files) or not event.files or dialogue.about is None or keeps_words(dialogue):
        return None
    return event if event.group and event.group == dialogue.group else None


def late_files(received: Received) -> tuple[About, Given] | None:
    """Files behind a report or an answer of a moment ago, with no words that tell another problem, or place."""
    given, filed, profile = received.given, received.dialogue.filed, received.profile
    if given is None or not (given.files and received.dialogue.free and profile.proved) or profile.threads:
        return None
    about = About(filed.report, filed.last4) if filed is not None else received.dialogue.about
    text = given.said.text
    if about is None or not about.last4:
        return None
    if words_in(text) >= _OWN_WORDS or places.find(text).candidates or suggest.is_danger(text):
        return None
    told = next((kind for kind, _ in problem_in(text).ranked), None)
    return (about, given) if told is None or (filed is not None and told == filed.kind) else None


def added_files(received: Received) -> Add | None:
    """Files whose words say to which report they are added."""
    event = received.event
    if not isinstance(event, Files) or not event.files:
        return None
    match event.words:
        case Command(name="add", rest=rest):
            code, words = code_and_words(rest)
            return Add(code, words, event.files) if code else None
        case _:
            return None


def files_of_filed(received: Received) -> Add | None:
    """Files that answer the mail in which the code stood; words that correct something are read by themselves."""
    given, filed = received.given, received.dialogue.filed
    if given is None or filed is None or received.dialogue.step is not Step.FILED:
        return None
    text, answers = given.said.text, received.profile.threads and given.said.in_thread
    if not (given.files and answers) or is_bare(text) or (not filed.placed and places.find(text).candidates):
        return None
    return Add(None, text, given.files, About(filed.report, filed.last4))


def command_behind(received: Received) -> Command | None:
    """CABUT or LUPAKAN, though it stands behind its code, or asked for politely: "tolong batalkan laporan 6734..."."""
    code, words = tracking.split(received.text) if received.given is not None else (None, "")
    name, rest = (command_of(words) if code is not None else None) or ("", "")
    return Command(_BEHIND[name], code.reveal()) if code is not None and name in _BEHIND and not rest else None


def coded(received: Received) -> ByCode | None:
    """A code, with words or files for its report."""
    given = received.given
    if given is None:
        return None
    text = given.said.text
    code, words = tracking.split(text) if text else (None, "")
    if code is None and given.files:
        code, words = tracking.tried(text), ""
    if code is None or not (given.files or any(c.isalnum() for c in words)):
        return None
    return ByCode(code, words, given.files)


def addressed(received: Received) -> tuple[Awaited, Given] | None:
    """A reply to that very message of ours."""
    given = received.answer
    if given is None or not given.said.answers:
        return None
    awaited = received.dialogue.awaited
    found = next((each for named in given.said.answers for each in awaited if each.message == named), None)
    return None if found is None else (found, given)


def waited_for(received: Received) -> Given | None:
    """What ANSWER and ADD wait for."""
    given, dialogue = received.answer, received.dialogue
    if given is None or dialogue.step not in {Step.ANSWER, Step.ADD} or dialogue.about is None:
        return None
    return given if given.said.text or given.files else None


def more_kept(received: Received) -> Given | None:
    """Files, a place or nothing, while words are kept for one of several reports."""
    given = received.answer
    if given is None or not keeps_words(received.dialogue):
        return None
    return given if given.files or given.point or not given.said.text.strip() else None


def unmarked(received: Received) -> tuple[Awaited | None, Given] | None:
    """The answer that plain words are, None where it may be one of several reports', or a story of its own."""
    given = received.answer
    found = () if given is None else _meant(received, given)
    if given is None or not found:
        return None
    doubtful = len({each.report for each in found}) > 1 or _may_be_a_story(found, given)
    return None if doubtful else fitting(found, given.said.text), given


def unmarked_when_idle(received: Received) -> tuple[Awaited | None, Given] | None:
    """The same where nothing else is asked."""
    return unmarked(received) if received.dialogue.free else None


def fitting(found: tuple[Awaited, ...], text: str) -> Awaited:
    """Of what one report waits for: a yes or a no says whether it is solved, anything else answers staff."""
    wanted = Asking.ANSWER if verdict_of(text, asked=True) is None else Asking.FEEDBACK
    order = (Asking.OBJECTION, wanted) if is_objection(text) else (wanted,)
    return next((each for asking in order for each in found if each.asking is asking), found[0])


def answerable(dialogue: Dialogue, text: str) -> tuple[Awaited, ...]:
    """Those that plain words can mean: a question, or with a yes or a no what was said to be solved."""
    if not dialogue.awaited:
        return ()
    judges = verdict_of(text, asked=True) is not None or is_half_verdict(text)
    meant = {Asking.ANSWER: True, Asking.FEEDBACK: judges}
    meant[Asking.OBJECTION] = is_objection(text)
    return tuple(each for each in dialogue.awaited if meant.get(each.asking, False) and not each.over)


def _meant(received: Received, given: Given) -> tuple[Awaited, ...]:
    text = given.said.text
    fresh_mail = received.profile.threads and not given.said.in_thread
    polite = is_hail(text) or (is_thanks(text) and not is_assent(text))
    asks = not given.said.in_thread and asks_progress(text)
    return () if fresh_mail or polite or asks else answerable(received.dialogue, text)


def _may_be_a_story(found: tuple[Awaited, ...], given: Given) -> bool:
    """Whether words that nothing ties to the question may be a story of their own: no office reads what is not its."""
    text = given.said.text
    if given.said.in_thread:
        return False
    if all(each.asking is Asking.FEEDBACK for each in found):
        return verdict_of(text, asked=False) is None and not is_half_verdict(text)
    if any(each.asking is Asking.OBJECTION for each in found):
        return False
    words, told = words_in(text), problem_in(text)
    if words < _OWN_WORDS or not told.ranked:
        return False
    clear = told.ranked[0][1] >= _CLEAR and (words >= _LONG or bool(places.find(text).candidates))
    return told.restricted or clear
