"""Answers to what staff asked, and to "solved?": whose message it is, before anything else reads it."""

from dataclasses import replace

from core import tracking
from core.conversation import commands, moves
from core.conversation.events import Choice, Event, Files, Text
from core.conversation.shapes import Add, ByCode, Heard, Outcome, line
from core.conversation.words import is_greeting, is_thanks, verdict_of
from core.messages import Line, Manner, StoredFile
from core.model import About, Asking, Awaited, Dialogue, Draft, Step

_BUTTONS = {"solved": Asking.FEEDBACK, "unsolved": Asking.FEEDBACK, "answer": Asking.ANSWER}
_WAITS = frozenset({Step.ANSWER, Step.ADD})


def heard(dialogue: Dialogue, event: Event, manner: Manner) -> Outcome | None:
    """What an answer comes to; None: the message is none, or something else has to read it first."""
    match event:
        case Choice():
            return _pressed(dialogue, event, manner)
        case Text():
            return _said(dialogue, event, (), manner)
        case Files() if event.group and event.group == dialogue.group and dialogue.about is not None:
            # The rest of an album goes where its first part went.
            return _album(dialogue, event)
        case Files(words=Text() as words) if event.files:
            return _led(_said(dialogue, words, event.files, manner), event)
        case Files(words=None) if event.files:
            words = Text("", event.in_thread, event.answers)
            return _led(_said(dialogue, words, event.files, manner), event)
        case _:
            return None


def after_filing(dialogue: Dialogue, event: Text, manner: Manner) -> Outcome | None:
    """The same where the dialogue could still correct what it filed, and these words do not."""
    return _meant(dialogue, _waited_for(dialogue, event, manner), event, (), manner)


def _pressed(dialogue: Dialogue, event: Choice, manner: Manner) -> Outcome | None:
    kind, _, last4 = event.option.partition(".")
    asking = _BUTTONS.get(kind)
    if asking is None or not last4:
        return None
    found = next((each for each in dialogue.awaited if (each.asking, each.last4) == (asking, last4)), None)
    if found is None:
        return commands.aside(dialogue, manner, line("answer_over"))
    if kind == "answer":
        return waits_for(dialogue, About(found.report, found.last4), Step.ANSWER, manner)
    return commands.with_resume(dialogue, manner, Heard(found, solved=kind == "solved"))


def waits_for(dialogue: Dialogue, about: About, step: Step, manner: Manner, *lead: Line) -> Outcome:
    """The next message is the answer, or what is added; a draft is kept meanwhile."""
    back = dialogue.back if dialogue.step in _WAITS else dialogue.step
    return moves.ask(replace(dialogue, step=step, back=back, about=about, misses=0), manner, *lead)


def back(dialogue: Dialogue) -> Dialogue:
    """Where the dialogue stood before it waited."""
    return replace(dialogue, step=dialogue.back, back=Step.IDLE, about=None)


def _said(dialogue: Dialogue, event: Text, files: tuple[StoredFile, ...], manner: Manner) -> Outcome | None:
    code, words = tracking.split(event.text) if event.text else (None, "")
    if code is not None and (files or any(c.isalnum() for c in words)):
        return commands.with_resume(dialogue, manner, ByCode(code, words, files))
    if dialogue.step in _WAITS and dialogue.about is not None and code is None and (event.text or files):
        return _awaited_words(dialogue, event, files, manner)
    if code is not None:
        return None
    named = _named(dialogue, event)
    if named is not None:
        return _heard(dialogue, named, event, files, manner)
    if dialogue.step is Step.IDLE:
        return _meant(dialogue, _waited_for(dialogue, event, manner), event, files, manner)
    return None


def _meant(
    dialogue: Dialogue, found: tuple[Awaited, ...], event: Text, files: tuple[StoredFile, ...], manner: Manner
) -> Outcome | None:
    if not found:
        return None
    if len({each.report for each in found}) > 1:
        return _which(dialogue, event, files, manner)
    return _heard(dialogue, found[0], event, files, manner)


def _awaited_words(dialogue: Dialogue, event: Text, files: tuple[StoredFile, ...], manner: Manner) -> Outcome | None:
    about = dialogue.about
    if about is None or commands.code_in(event.text) is not None:
        return None
    before = back(dialogue)
    if dialogue.step is Step.ADD:
        return commands.with_resume(before, manner, Add(None, event.text, files, about))
    awaited = next((each for each in dialogue.awaited if each.report == about.report), None)
    if awaited is None:
        return commands.with_resume(before, manner, Add(None, event.text, files, about))
    return commands.with_resume(before, manner, Heard(awaited, event.text, files))


def _named(dialogue: Dialogue, event: Text) -> Awaited | None:
    """The one whose message this is a reply to."""
    return next((each for named in event.answers for each in dialogue.awaited if each.message == named), None)


def _waited_for(dialogue: Dialogue, event: Text, manner: Manner) -> tuple[Awaited, ...]:
    """Those that plain words can mean: a question, or with a yes or a no what was said to be solved."""
    fresh_mail = manner.threads and not event.in_thread
    if fresh_mail or is_greeting(event.text) or is_thanks(event.text):
        return ()
    judged = verdict_of(event.text, asked=event.in_thread) is not None
    return tuple(each for each in dialogue.awaited if each.asking is Asking.ANSWER or judged)


def _heard(
    dialogue: Dialogue, found: Awaited, event: Text, files: tuple[StoredFile, ...], manner: Manner
) -> Outcome | None:
    if found.asking is Asking.ANSWER:
        return commands.with_resume(dialogue, manner, Heard(found, event.text, files))
    verdict = verdict_of(event.text, asked=True)
    if verdict is None:
        return commands.aside(dialogue, manner, line("feedback_unread", last4=found.last4))
    solved, words = verdict
    return commands.with_resume(dialogue, manner, Heard(found, words, files, solved))


def _which(dialogue: Dialogue, event: Text, files: tuple[StoredFile, ...], manner: Manner) -> Outcome:
    """The words are kept, and the reports offered by their last digits."""
    held = replace(moves.idle(dialogue), draft=Draft(text=event.text, files=files), awaited=dialogue.awaited)
    return moves.to(held, Step.WHICH, manner)


def choose_which(dialogue: Dialogue, option: str, manner: Manner) -> Outcome:
    """The report that the kept words are about; none of them: they are a story of their own."""
    kept = Text(dialogue.draft.text)
    last4 = option.removeprefix("r:")
    found = next((each for each in dialogue.awaited if each.last4 == last4), None)
    free = replace(moves.idle(dialogue), awaited=dialogue.awaited)
    if found is None:
        return moves.proceed(replace(dialogue, step=Step.STORY), manner)
    heard_of = _heard(free, found, kept, dialogue.draft.files, manner)
    return heard_of if heard_of is not None else moves.missed(dialogue, manner)


def _album(dialogue: Dialogue, event: Files) -> Outcome:
    words = event.words.text if isinstance(event.words, Text) else ""
    return Outcome(dialogue, None, Add(None, words, event.files, dialogue.about))


def _led(outcome: Outcome | None, event: Files) -> Outcome | None:
    """Files that were not taken are said behind the answer."""
    lead = tuple(line(key, keep=False) for key in dict.fromkeys(event.refused))
    return moves.led(outcome, *lead) if outcome is not None else None
