"""What follows when a message is an answer to what staff asked, or to "solved?"."""

import re
from dataclasses import replace
from typing import Final

from core.conversation import commands, moves
from core.conversation.answer_matching import answerable, fitting
from core.conversation.decision_table import Given, Received, rule
from core.conversation.events import Files, Text
from core.conversation.intents import is_objection, means_all, words_in
from core.conversation.outcomes import Add, Heard, Outcome, line
from core.conversation.verdicts import verdict_of
from core.messages import ChannelProfile, Line, OneShot
from core.model import About, Asking, Awaited, Dialogue, Draft, Step

_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_STORY_WORDS = 3  # from here on, words that choose no report belong to those that are kept


def overtaken(dialogue: Dialogue) -> Dialogue:
    """A question of ours has just arrived: one before it that nothing was given to is over, and so are its numbers."""
    if dialogue.step is Step.FILED:
        return replace(dialogue, offered=())
    unanswered = dialogue.step is Step.STORY and dialogue.draft == Draft() and dialogue.filed is None
    return moves.idle(dialogue) if unanswered else dialogue


def press(dialogue: Dialogue, found: tuple[Awaited | None, bool | None], profile: ChannelProfile) -> Outcome:
    """The answer is taken, or asked for; where its question is over that is said."""
    awaited, solved = found
    if awaited is None:
        return commands.reply_and_reask(dialogue, profile, line("answer_over"))
    if awaited.asking is Asking.ANSWER:
        return waits_for(dialogue, About(awaited.report, awaited.last4), Step.ANSWER, profile)
    return commands.with_resume(dialogue, Heard(awaited, solved=solved), profile)


def waits_for(dialogue: Dialogue, about: About, step: Step, profile: ChannelProfile, *lead: Line) -> Outcome:
    """The next message is the answer, or what is added; a draft is kept meanwhile."""
    return moves.ask(replace(dialogue, step=step, back=commands.stood(dialogue), about=about, misses=0), profile, *lead)


def add_album(dialogue: Dialogue, event: Files, _: ChannelProfile) -> Outcome:
    """It goes where its first part went."""
    words = event.words.text if isinstance(event.words, Text) else ""
    return Outcome(dialogue, None, Add(None, words, event.files, dialogue.about))


def hear(dialogue: Dialogue, found: tuple[Awaited, Given], profile: ChannelProfile) -> Outcome:
    """It answers staff, says whether the problem is solved, or objects; what says neither is asked for again."""
    awaited, given = found
    text, files = given.said.text, given.files
    if dialogue.about is not None and dialogue.about.report == awaited.report:
        dialogue = commands.before_waiting(dialogue)
    if awaited.asking is Asking.ANSWER and (text or files):
        return commands.with_resume(dialogue, Heard(awaited, text, files), profile)
    if awaited.asking is Asking.ANSWER:  # four digits and nothing behind them, or a mail that only quotes ours
        return waits_for(dialogue, About(awaited.report, awaited.last4), Step.ANSWER, profile)
    again = (line("photo_again"),) if files else ()
    if awaited.asking is Asking.OBJECTION:
        if is_objection(text):
            return commands.with_resume(dialogue, Heard(awaited), profile)
        return commands.reply_and_reask(dialogue, profile, line("objection_unread", last4=awaited.last4), *again)
    verdict = verdict_of(text, asked=True)
    if verdict is None:
        return commands.reply_and_reask(dialogue, profile, line("feedback_unread", last4=awaited.last4), *again)
    solved, words = verdict
    return commands.with_resume(dialogue, Heard(awaited, words, files, solved), profile)


def hear_awaited(dialogue: Dialogue, given: Given, profile: ChannelProfile) -> Outcome:
    """It answers the question, or is added to the report."""
    about, before = dialogue.about, commands.before_waiting(dialogue)
    text, files = given.said.text, given.files
    questions = [
        each for each in dialogue.awaited if each.asking is Asking.ANSWER and about and each.report == about.report
    ]
    asked = next(iter(sorted(questions, key=lambda each: each.over)), None) if dialogue.step is Step.ANSWER else None
    effect = Add(None, text, files, about) if asked is None else Heard(asked, text, files)
    return commands.with_resume(before, effect, profile)


def hear_unmarked(dialogue: Dialogue, found: tuple[Awaited | None, Given], profile: ChannelProfile) -> Outcome:
    """It is taken; where several reports may be meant, or none, its words are kept and the reports offered."""
    awaited, given = found
    if awaited is not None:
        return hear(dialogue, (awaited, given), profile)
    draft = Draft(text=given.said.text, files=given.files[: moves.MOST_FILES])
    held = replace(moves.idle(dialogue), draft=draft, awaited=dialogue.awaited, group=given.group)
    return moves.go_to(held, Step.WHICH, profile)


def ask_whose(dialogue: Dialogue, late: tuple[About, Given], profile: ChannelProfile) -> Outcome:
    """They are kept, and it is asked whether they belong to that report."""
    about, given = late
    draft = Draft(text=given.said.text, files=given.files[: moves.MOST_FILES])
    held = replace(moves.idle(dialogue), draft=draft, awaited=dialogue.awaited, about=about, group=given.group)
    return moves.go_to(held, Step.WHICH, profile)


def keep_more(dialogue: Dialogue, given: Given, profile: ChannelProfile) -> Outcome:
    """It is kept with the words, until their report is chosen."""
    text = "\n".join(part for part in (dialogue.draft.text, given.said.text) if part)
    draft, surplus = moves.add_files(replace(dialogue.draft, text=text), given.files)
    held = replace(dialogue, step=Step.WHICH, back=Step.IDLE, draft=draft, group=given.group or dialogue.group)
    if given.group and given.group == dialogue.group and not given.said.text and not surplus:
        return Outcome(held, None)  # the album was answered with its first part
    lead = (line("file_many", keep=False),) if surplus else ()
    return moves.ask(replace(held, misses=0), profile, *lead)


def choose_which(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """The kept words go to that report; none of them: they are a story of their own."""
    kept = Given(Text(dialogue.draft.text), dialogue.draft.files)
    if option == "new":
        return _own(dialogue, kept, profile)
    last4, about = option.removeprefix("r:"), dialogue.about
    free = replace(moves.idle(dialogue), awaited=dialogue.awaited)
    if about is not None and about.last4 == last4:
        return Outcome(free, None, Add(None, kept.said.text, kept.files, about))
    found = tuple(each for each in answerable(dialogue, kept.said.text) if each.last4 == last4)
    if not found:
        return moves.ask(dialogue, profile, line("answer_over", keep=False))
    return hear(free, (fitting(found, kept.said.text), kept), profile)


def _to_all(received: Received) -> tuple[Heard, ...] | None:
    """What was kept, for each report that it may be about; a question that cannot be answered by it: for none."""
    dialogue = received.dialogue
    if not means_all(received.text):
        return None
    kept = Given(Text(dialogue.draft.text), dialogue.draft.files)
    found = answerable(dialogue, kept.said.text)
    free = replace(moves.idle(dialogue), awaited=dialogue.awaited)
    every = dict.fromkeys(each.report for each in found)
    meant = (fitting(tuple(each for each in found if each.report == report), kept.said.text) for report in every)
    effects = [hear(free, (each, kept), received.profile).effect for each in meant]
    heard = tuple(each for each in effects if isinstance(each, Heard))
    return heard if heard and len(heard) == len(effects) else None


def _hear_all(dialogue: Dialogue, heard: tuple[Heard, ...], profile: ChannelProfile) -> Outcome:
    free = replace(moves.idle(dialogue), awaited=dialogue.awaited)
    first, *others = heard
    return commands.with_resume(free, replace(first, also=tuple(others)), profile)


def _own(dialogue: Dialogue, kept: Given, profile: ChannelProfile) -> Outcome:
    text = kept.said.text
    free = replace(dialogue, step=Step.STORY, offered=(), about=None)
    if verdict_of(text, asked=False) is not None or not words_in(text):
        # "2" tells nothing of a new problem.
        return moves.go_to(replace(free, draft=replace(dialogue.draft, text="")), Step.STORY, profile)
    return moves.file_now(free, text) if profile.one_shot is OneShot.ALWAYS else moves.proceed(free, profile)


def _digits(received: Received) -> str | None:
    digits = set(_DIGITS.findall(received.text))
    named = [option for option in received.dialogue.offered if option.removeprefix("r:") in digits]
    return named[0] if len(named) == 1 else None


def _more_words(received: Received) -> Given | None:
    return Given(Text(received.text)) if words_in(received.text) >= _STORY_WORDS else None


WHICH_RULES: Final = (
    rule("all of the reports", _to_all, _hear_all, "what was kept goes to each of them"),
    rule("four digits of one of the reports", _digits, choose_which, "what was kept goes to that report"),
    rule("three words or more", _more_words, keep_more, "they are kept with the others"),
)
