"""One turn: an event meets a dialogue, and the first rule of its step's table that reads it says what follows."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeVar

from core.analysis import remembered
from core.conversation import answer_matching, answering, attachments, choices, commands, moves
from core.conversation.attributes import ATTRIBUTE_RULES, FIGURES
from core.conversation.closing_rules import CLOSING
from core.conversation.decision_table import Received, Rule, first, nested, rule, where
from core.conversation.events import At, Choice, Command, Event, Files, PatienceEnded, Strange, Text, words_of
from core.conversation.fallback import instead_of_a_step
from core.conversation.follow_up import FILED
from core.conversation.intents import is_bare, is_greeting, words_in
from core.conversation.interruptions import INTERRUPTIONS
from core.conversation.kinds import KIND_RULES, SUMMARY_RULES
from core.conversation.languages import spoken
from core.conversation.outcomes import Add, Correct, Outcome, line, was_missed
from core.conversation.place_rules import PHOTO_PLACE_RULES, PLACE_RULES
from core.conversation.split_reports import SEVERAL_RULES
from core.conversation.story_rules import FIRST_WORDS, STORY, STORY_RULES
from core.conversation.unproved import HELD_RULES
from core.messages import ChannelProfile, OneShot, UnsupportedContent
from core.model import About, Dialogue, Step
from core.watch import total

E = TypeVar("E")


@remembered
@total("conversation", instead=instead_of_a_step)
def step(dialogue: Dialogue, event: Event, profile: ChannelProfile, /) -> Outcome:
    """What follows from an event; never raises, and keeps all that was given until it is filed or dropped."""
    return _met(Received(spoken(dialogue, words_of(event)), event, profile))


def _met(received: Received) -> Outcome:
    outcome = first(TABLES[received.dialogue.step], received)
    return moves.missed(received.dialogue, received.profile) if outcome is None else outcome


def _event(kind: type[E]) -> Callable[[Received], E | None]:
    return lambda received: received.event if isinstance(received.event, kind) else None


def _brings(content: UnsupportedContent) -> Callable[[Received], Strange | None]:
    strange = _event(Strange)
    return lambda received: found if (found := strange(received)) is not None and found.odd is content else None


def _end(dialogue: Dialogue, _: Event, __: ChannelProfile) -> Outcome:
    return moves.reply(moves.idle(dialogue))


def _ask_for_words(dialogue: Dialogue, event: Strange, profile: ChannelProfile) -> Outcome:
    ask = commands.reply_and_reask if profile.terse else commands.opened
    return ask(dialogue, profile, line(f"odd_{event.odd.value}"))


def _is_no_text(received: Received) -> bool:
    return not isinstance(received.event, Text)


def _with_words(received: Received) -> tuple[Text | Command, Strange | Files] | None:
    event = received.event
    return (event.words, event) if isinstance(event, Strange | Files) and event.words is not None else None


def _read_words(dialogue: Dialogue, found: tuple[Text | Command, Strange | Files], profile: ChannelProfile) -> Outcome:
    words, event = found
    if isinstance(event, Strange):
        return moves.with_prefix(step(dialogue, words, profile), line(f"odd_{event.odd.value}", keep=False))
    if (beside := _beside_a_correction(dialogue, words, event, profile)) is not None:
        return beside
    held, lead = attachments.keep(dialogue, event, profile)
    outcome = step(held, words, profile)
    if event.files and was_missed(outcome):
        return attachments.told(held, event, lead, profile)  # "ini lagi" below a photo
    return attachments.with_photos(moves.with_prefix(outcome, *lead))


def _beside_a_correction(
    dialogue: Dialogue, words: Text | Command, event: Files, profile: ChannelProfile
) -> Outcome | None:
    """Files in a mail that puts right what was filed, or says no more than a number, go to that report as well."""
    filed = dialogue.filed
    if filed is None or not (event.files and profile.threads and isinstance(words, Text) and words.in_thread):
        return None
    outcome = step(dialogue, words, profile)
    if isinstance(outcome.effect, Correct):
        return replace(outcome, effect=replace(outcome.effect, files=event.files))
    if outcome.effect is not None or not is_bare(words.text):
        return None
    added = Add(None, "", event.files, About(filed.report, filed.last4))
    return Outcome(dialogue, None, added) if outcome.dialogue.step is Step.FILED else replace(outcome, effect=added)


def _obey(dialogue: Dialogue, command: Command, profile: ChannelProfile) -> Outcome:
    if command.name == "report":
        return _report(dialogue, command.rest, profile)
    return commands.COMMANDS[command.name](dialogue, command.rest, profile)


def _report(dialogue: Dialogue, rest: str, profile: ChannelProfile) -> Outcome:
    if rest and not is_greeting(rest):
        begun = moves.idle(dialogue) if dialogue.step is Step.FILED else dialogue
        if profile.one_shot is not OneShot.NEVER and words_in(rest):
            return moves.file_now(begun, rest)
        # Behind LAPOR nothing is taken for an advert, for thanks or for an answer.
        told = replace(begun, step=Step.STORY) if begun.step is Step.IDLE else begun
        return _met(Received(told, Text(rest), profile, answers=False))
    if commands.has_draft(dialogue):
        return commands.start(dialogue, "", profile)
    return moves.go_to(moves.fresh(dialogue), Step.STORY, profile)


def _answers(*rules: Rule) -> Rule:
    """Files that were not taken are said before what is answered."""
    answer = nested("an answer, or more of a report", lambda received: received, rules)

    def take(received: Received) -> Outcome | None:
        outcome, event = answer.take(received), received.event
        if outcome is None or not isinstance(event, Files):
            return outcome
        return moves.with_prefix(outcome, *(line(key, keep=False) for key in dict.fromkeys(event.refused)))

    return replace(answer, take=take)


def _as_before(received: Received) -> Outcome | None:
    dialogue = received.dialogue
    before = replace(dialogue, step=dialogue.back, back=Step.IDLE, offered=())
    return first(_OWN.get(before.step, ()), replace(received, dialogue=before))


EVERYWHERE: Final = (
    nested("what is no text", where(_is_no_text), (
        rule("a day of silence", _event(PatienceEnded), _end, "nothing is waited for any more"),
        rule("that they left", _brings(UnsupportedContent.LEFT), _end, "nothing is waited for any more"),
        rule("a message in a group", _brings(UnsupportedContent.GROUP), moves.replies("group"), "we join none"),
        rule("a change of a message", _brings(UnsupportedContent.EDIT), commands.reasks("odd_edit"),
             "we say that it is not seen, and ask again"),
        rule("a button below a message of ours", answer_matching.button, answering.press,
             "the answer is taken or asked for, or we say that it is over"),
        rule("a button of the question that stands", choices.pressed, choices.choose, "what it says"),
        rule("any other button", _event(Choice), commands.opens("stale"),
             "we say that it is too old, and ask again"),
        rule("a command", _event(Command), _obey, "what it says; words behind LAPOR are read below, as no answer"),
        rule("the rest of an album that went to a report", answer_matching.rest_of_album, answering.add_album,
             "it goes there too"),
    )),
    _answers(
        rule("files behind TAMBAH and a code", answer_matching.added_files, commands.with_resume,
             "they are added to that report; a draft waits meanwhile"),
        rule("a code, and CABUT or LUPAKAN behind it", answer_matching.command_behind, _obey,
             "what that command says of the report"),
        rule("a code with words or files", answer_matching.coded, commands.with_resume,
             "they go to that report; a draft waits meanwhile"),
        rule("a code", lambda received: received.code if received.text else None, commands.look_up,
             "we tell where its report stands; a draft waits meanwhile"),
        rule("a reply to that very message of ours", answer_matching.addressed, answering.hear,
             "it answers staff, says whether the problem is solved, or objects; else it is asked for again"),
        rule("files in answer to the mail with the code", answer_matching.files_of_filed, commands.with_resume,
             "they are added to that report"),
        rule("the answer or the addition that this step waits for", answer_matching.waited_for,
             answering.hear_awaited, "it goes to the report; a draft goes on"),
        rule("files, a place or nothing, while words are kept for one of several reports", answer_matching.more_kept,
             answering.keep_more, "they are kept with them"),
        rule("where nothing is asked: an answer that nothing marks as one", answer_matching.unmarked_when_idle,
             answering.hear_unmarked, "it is taken; in doubt it is kept, and the reports are offered"),
        rule("files behind a report, or an answer, of a moment ago", answer_matching.late_files, answering.ask_whose,
             "they are kept, and whose they are is asked"),
    ),
    nested("what is no text, and no answer", where(_is_no_text), (
        rule("files or something unreadable, with words", _with_words, _read_words,
             "they are kept, or refused in a line, and the words read by this table"),
        rule("something unreadable", _event(Strange), _ask_for_words, "we say so, and ask for words"),
        rule("files", _event(Files), attachments.keep_files, "they are kept, and what is missing is asked for"),
        rule("a place that is sent", _event(At), attachments.point, "it is kept, and its area asked for"),
    )),
)  # fmt: skip
"""What every step reads first; only words are left for its own rules."""

_OWN: Final[Mapping[Step, tuple[Rule, ...]]] = MappingProxyType(
    {
        Step.STORY: (STORY,),
        Step.SEVERAL: SEVERAL_RULES,
        Step.SECOND: SUMMARY_RULES,
        **dict.fromkeys((Step.DOUBT, Step.SUMMARY, Step.CHANGE), (CLOSING, *SUMMARY_RULES)),
        **dict.fromkeys((Step.CATEGORY, Step.GROUP, Step.LEAF), KIND_RULES),
        **dict.fromkeys((Step.PLACE, Step.WHICH_PLACE), PLACE_RULES),
        Step.PHOTO_PLACE: PHOTO_PLACE_RULES,
        Step.ATTRIBUTE: (FIGURES, *ATTRIBUTE_RULES),
        Step.WHICH: answering.WHICH_RULES,
        Step.HELD: HELD_RULES,
    }
)
_ANSWER_BEFORE: Final = Rule("an answer to the question before", "what would have followed there", _as_before)
_WORDS: Final[Mapping[Step, tuple[Rule, ...]]] = MappingProxyType(
    {
        **{at: (choices.OPTION, *INTERRUPTIONS, *own) for at, own in _OWN.items()},
        Step.ATTRIBUTE: (*INTERRUPTIONS, FIGURES, choices.OPTION, *ATTRIBUTE_RULES),
        Step.IDLE: (FIRST_WORDS,),
        Step.STORY: STORY_RULES,
        Step.WHICH: (choices.OPTION, *answering.WHICH_RULES),
        Step.HELD: (choices.OPTION, *HELD_RULES),
        Step.RESUME: (choices.OPTION, _ANSWER_BEFORE),
        Step.FILED: (FILED,),
        **dict.fromkeys((Step.ANSWER, Step.ADD), ()),
    }
)
TABLES: Final[Mapping[Step, tuple[Rule, ...]]] = MappingProxyType(
    {at: (*EVERYWHERE, *rules) for at, rules in _WORDS.items()}
)
"""What each step reads before what; where nothing does, an event was not understood."""
