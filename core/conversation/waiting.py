"""Answers to what staff asked, and to "solved?": whose message it is, before anything else reads it."""

import re
from dataclasses import dataclass, replace

from core import areas, tracking
from core.conversation import commands, moves
from core.conversation.events import At, Choice, Command, Event, Files, Text
from core.conversation.intents import is_assent, is_hail, is_objection, is_thanks, problem_in, verdict_of, words_in
from core.conversation.outcomes import Add, ByCode, Heard, Outcome, line
from core.messages import ChannelProfile, Line, OneShot, StoredFile
from core.model import About, Asking, Awaited, Dialogue, Draft, Step

_BUTTONS = {
    "solved": Asking.FEEDBACK,
    "unsolved": Asking.FEEDBACK,
    "answer": Asking.ANSWER,
    "object": Asking.OBJECTION,
}
_WAITS = frozenset({Step.ANSWER, Step.ADD})
_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_STORY_WORDS = 3  # from here on, words that choose no report belong to those that are kept
_OWN_WORDS = 6  # from here on, words may be a story of their own
_LONG = 20  # from here on they are, if they tell of a problem
_CLEAR = 0.5  # score of a problem that is told and not only touched


@dataclass(frozen=True, slots=True)
class _Given:
    """What came in one message."""

    said: Text
    files: tuple[StoredFile, ...] = ()
    group: str = ""
    point: bool = False  # the words are a place that was sent


def heard(dialogue: Dialogue, event: Event, profile: ChannelProfile) -> Outcome | None:
    """What an answer comes to; None: the message is none, or something else has to read it first."""
    match event:
        case Choice():
            return _pressed(dialogue, event, profile)
        case Text():
            return _said(dialogue, _Given(event), profile)
        case At() if _takes_a_point(dialogue):
            words = f"{event.point.latitude:.5f}, {event.point.longitude:.5f}"
            return _said(dialogue, _Given(Text(words), point=True), profile)
        case Files() if event.files:
            return _shown(dialogue, event, profile)
        case _:
            return None


def _shown(dialogue: Dialogue, event: Files, profile: ChannelProfile) -> Outcome | None:
    if event.group and event.group == dialogue.group and dialogue.about is not None:
        # The rest of an album goes where its first part went.
        return _album(dialogue, event)
    match event.words:
        case Command(name="add") as asked:
            code, words = commands.code_and_words(asked.rest)
            added = commands.with_resume(dialogue, profile, Add(code, words, event.files)) if code else None
            return _led(added, event)
        case Command():
            return None
        case words:
            said = words or Text("", event.in_thread, event.answers)
            return _led(_said(dialogue, _Given(said, event.files, event.group), profile), event)


def after_filing(dialogue: Dialogue, event: Text, profile: ChannelProfile) -> Outcome | None:
    """The same where the dialogue could still correct what it filed, and these words do not."""
    return _meant(dialogue, _Given(event), profile)


def overtaken(dialogue: Dialogue) -> Dialogue:
    """A question of ours has just arrived: one before it that nothing was given to is over, and so are its numbers."""
    if dialogue.step is Step.FILED:
        return replace(dialogue, offered=())
    unanswered = dialogue.step is Step.STORY and dialogue.draft == Draft() and dialogue.filed is None
    return moves.idle(dialogue) if unanswered else dialogue


def _takes_a_point(dialogue: Dialogue) -> bool:
    """Whether a place that is sent is an answer, and not the place of a report."""
    asked = any(each.asking is Asking.ANSWER and not each.over for each in dialogue.awaited)
    return dialogue.step in _WAITS or _chooses(dialogue) or (dialogue.step is Step.IDLE and asked)


def _chooses(dialogue: Dialogue) -> bool:
    """Whether words are kept for one of several reports, though something else was answered meanwhile."""
    return Step.WHICH in {dialogue.step, dialogue.back}


def _pressed(dialogue: Dialogue, event: Choice, profile: ChannelProfile) -> Outcome | None:
    kind, _, last4 = event.option.partition(".")
    asking = _BUTTONS.get(kind)
    if asking is None or not last4:
        return None
    found = next(
        (each for each in dialogue.awaited if (each.asking, each.last4, each.over) == (asking, last4, False)), None
    )
    if found is None:
        return commands.reply_and_reask(dialogue, profile, line("answer_over"))
    if kind == "answer":
        return waits_for(dialogue, About(found.report, found.last4), Step.ANSWER, profile)
    return commands.with_resume(dialogue, profile, Heard(found, solved=None if kind == "object" else kind == "solved"))


def waits_for(dialogue: Dialogue, about: About, step: Step, profile: ChannelProfile, *lead: Line) -> Outcome:
    """The next message is the answer, or what is added; a draft is kept meanwhile."""
    back = commands.stood(dialogue)
    return moves.ask(replace(dialogue, step=step, back=back, about=about, misses=0), profile, *lead)


def _said(dialogue: Dialogue, given: _Given, profile: ChannelProfile) -> Outcome | None:
    text = given.said.text
    code, words = tracking.split(text) if text else (None, "")
    if code is None and given.files:
        code, words = tracking.tried(text), ""
    if code is not None and (given.files or any(c.isalnum() for c in words)):
        return commands.with_resume(dialogue, profile, ByCode(code, words, given.files))
    if commands.code_in(text) is not None and not given.point:
        return None
    named = _named(dialogue, given.said)
    if named is not None:
        return _heard(dialogue, named, given, profile)
    if dialogue.step in _WAITS and dialogue.about is not None and (text or given.files):
        return _awaited_words(dialogue, dialogue.about, given, profile)
    if _chooses(dialogue) and (given.files or given.point or not text.strip()):
        return _more(dialogue, given, profile)
    return _meant(dialogue, given, profile) if dialogue.step is Step.IDLE else None


def _meant(dialogue: Dialogue, given: _Given, profile: ChannelProfile) -> Outcome | None:
    found = _waited_for(dialogue, given.said, profile)
    if not found:
        return None
    if len({each.report for each in found}) > 1 or _unsure(found, given.said):
        return _which(dialogue, given, profile)
    return _heard(dialogue, _fitting(found, given.said.text), given, profile)


def _fitting(found: tuple[Awaited, ...], text: str) -> Awaited:
    """Of what one report waits for: a yes or a no says whether it is solved, anything else answers staff."""
    wanted = Asking.ANSWER if verdict_of(text, asked=True) is None else Asking.FEEDBACK
    order = (Asking.OBJECTION, wanted) if is_objection(text) else (wanted,)
    return next((each for asking in order for each in found if each.asking is asking), found[0])


def _awaited_words(dialogue: Dialogue, about: About, given: _Given, profile: ChannelProfile) -> Outcome:
    before = replace(dialogue, step=dialogue.back, back=Step.IDLE, about=None)
    text, files = given.said.text, given.files
    questions = [each for each in dialogue.awaited if each.asking is Asking.ANSWER and each.report == about.report]
    asked = next(iter(sorted(questions, key=lambda each: each.over)), None) if dialogue.step is Step.ANSWER else None
    if asked is None:
        return commands.with_resume(before, profile, Add(None, text, files, about))
    return commands.with_resume(before, profile, Heard(asked, text, files))


def _named(dialogue: Dialogue, event: Text) -> Awaited | None:
    """The one whose message this is a reply to."""
    return next((each for named in event.answers for each in dialogue.awaited if each.message == named), None)


def _waited_for(dialogue: Dialogue, event: Text, profile: ChannelProfile) -> tuple[Awaited, ...]:
    """Those that plain words can mean: a question, or with a yes or a no what was said to be solved."""
    fresh_mail = profile.threads and not event.in_thread
    polite = is_hail(event.text) or (is_thanks(event.text) and not is_assent(event.text))
    return () if fresh_mail or polite else _answerable(dialogue, event.text)


def _answerable(dialogue: Dialogue, text: str) -> tuple[Awaited, ...]:
    meant = {Asking.ANSWER: True, Asking.FEEDBACK: verdict_of(text, asked=True) is not None}
    meant[Asking.OBJECTION] = is_objection(text)
    return tuple(each for each in dialogue.awaited if meant.get(each.asking, False) and not each.over)


def _unsure(found: tuple[Awaited, ...], event: Text) -> bool:
    """Whether words that nothing ties to the question may be a story of their own: no office reads what is not its."""
    if event.in_thread:
        return False
    if all(each.asking is Asking.FEEDBACK for each in found):
        return verdict_of(event.text, asked=False) is None
    if any(each.asking is Asking.OBJECTION for each in found):
        return False
    words = words_in(event.text)
    told = problem_in(event.text)
    if words < _OWN_WORDS or not told.ranked:
        return False
    clear = told.ranked[0][1] >= _CLEAR and (words >= _LONG or bool(areas.find(event.text).candidates))
    return told.restricted or clear


def _heard(dialogue: Dialogue, found: Awaited, given: _Given, profile: ChannelProfile) -> Outcome:
    text, files = given.said.text, given.files
    if found.asking is Asking.ANSWER:
        return commands.with_resume(dialogue, profile, Heard(found, text, files))
    if found.asking is Asking.OBJECTION:
        return _objected(dialogue, found, given, profile)
    verdict = verdict_of(text, asked=True)
    if verdict is None:
        again = (line("photo_again"),) if files else ()
        return commands.reply_and_reask(dialogue, profile, line("feedback_unread", last4=found.last4), *again)
    solved, words = verdict
    return commands.with_resume(dialogue, profile, Heard(found, words, files, solved))


def _objected(dialogue: Dialogue, found: Awaited, given: _Given, profile: ChannelProfile) -> Outcome:
    if is_objection(given.said.text):
        return commands.with_resume(dialogue, profile, Heard(found))
    again = (line("photo_again"),) if given.files else ()
    return commands.reply_and_reask(dialogue, profile, line("objection_unread", last4=found.last4), *again)


def _which(dialogue: Dialogue, given: _Given, profile: ChannelProfile) -> Outcome:
    """The words are kept, and the reports offered by their last digits."""
    draft = Draft(text=given.said.text, files=given.files[: moves.MOST_FILES])
    held = replace(moves.idle(dialogue), draft=draft, awaited=dialogue.awaited, group=given.group)
    return moves.go_to(held, Step.WHICH, profile)


def _more(dialogue: Dialogue, given: _Given, profile: ChannelProfile) -> Outcome:
    """What comes before the report was chosen belongs to what is kept."""
    text = "\n".join(part for part in (dialogue.draft.text, given.said.text) if part)
    draft, surplus = moves.add_files(replace(dialogue.draft, text=text), given.files)
    held = replace(dialogue, step=Step.WHICH, back=Step.IDLE, draft=draft, group=given.group or dialogue.group)
    if given.group and given.group == dialogue.group and not given.said.text and not surplus:
        return Outcome(held, None)  # the album was answered with its first part
    lead = (line("file_many", keep=False),) if surplus else ()
    return moves.ask(replace(held, misses=0), profile, *lead)


def choose_which(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """The report that the kept words are about; none of them: they are a story of their own."""
    kept = _Given(Text(dialogue.draft.text), dialogue.draft.files)
    if option == "new":
        return _own(dialogue, kept, profile)
    last4 = option.removeprefix("r:")
    found = tuple(each for each in _answerable(dialogue, kept.said.text) if each.last4 == last4)
    if not found:
        return moves.ask(dialogue, profile, line("answer_over", keep=False))
    free = replace(moves.idle(dialogue), awaited=dialogue.awaited)
    return _heard(free, _fitting(found, kept.said.text), kept, profile)


def read_which(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome | None:
    """The last four digits among other words, or more of what is kept."""
    digits = set(_DIGITS.findall(text))
    named = [option for option in dialogue.offered if option.removeprefix("r:") in digits]
    if len(named) == 1:
        return choose_which(dialogue, named[0], profile)
    return _more(dialogue, _Given(Text(text)), profile) if words_in(text) >= _STORY_WORDS else None


def _own(dialogue: Dialogue, kept: _Given, profile: ChannelProfile) -> Outcome:
    text = kept.said.text
    free = replace(dialogue, step=Step.STORY, offered=())
    if verdict_of(text, asked=False) is not None or not words_in(text):
        # "2" tells nothing of a new problem.
        return moves.go_to(replace(free, draft=replace(dialogue.draft, text="")), Step.STORY, profile)
    return moves.file_now(free, text) if profile.one_shot is OneShot.ALWAYS else moves.proceed(free, profile)


def _album(dialogue: Dialogue, event: Files) -> Outcome:
    words = event.words.text if isinstance(event.words, Text) else ""
    return Outcome(dialogue, None, Add(None, words, event.files, dialogue.about))


def _led(outcome: Outcome | None, event: Files) -> Outcome | None:
    """Files that were not taken are said behind the answer."""
    lead = tuple(line(key, keep=False) for key in dict.fromkeys(event.refused))
    return moves.with_prefix(outcome, *lead) if outcome is not None else None
