"""One turn: an event meets a dialogue."""

from dataclasses import replace

from core import suggest
from core.analysis import remembered
from core.categories import CATEGORIES, category, label
from core.conversation import commands, follow_up, moves, questions, waiting
from core.conversation.answers import ANSWERS, choose_change, read_correction
from core.conversation.events import At, Choice, Command, Event, Files, PatienceEnded, Strange, Text
from core.conversation.fallback import instead_of_a_step
from core.conversation.intents import (
    asks_who_we_are,
    change_of,
    is_assent,
    is_back,
    is_greeting,
    is_hold,
    is_thanks,
    is_wrong,
    is_yes,
    language_of,
    option_of,
    words_in,
)
from core.conversation.off_topic import is_chat, is_mashed, remark_in
from core.conversation.outcomes import FileReport, Outcome, line
from core.conversation.split_reports import after_first
from core.messages import ChannelProfile, Line, OneShot, UnsupportedContent
from core.model import AskedAnew, Dialogue, Filed, Place, ReportId, SameReport, SmallTalk, Step
from core.phrases import SPOKEN
from core.watch import total

_TOLD = 3  # words from which a danger is told and not a category named
_OF_A_DRAFT = frozenset({
    *(Step.SEVERAL, Step.SECOND, Step.CATEGORY, Step.GROUP, Step.LEAF, Step.PLACE, Step.WHICH_PLACE),
    *(Step.PHOTO_PLACE, Step.DOUBT, Step.SUMMARY, Step.CHANGE),
})  # fmt: skip


@remembered
@total("conversation", instead=instead_of_a_step)
def step(dialogue: Dialogue, event: Event, profile: ChannelProfile, /) -> Outcome:
    """What follows from an event; never raises, and keeps all that was given until it is filed or dropped."""
    answer = waiting.heard(dialogue, event, profile)
    return answer if answer is not None else _step(dialogue, event, profile)


def _step(dialogue: Dialogue, event: Event, profile: ChannelProfile) -> Outcome:
    match event:
        case PatienceEnded():
            return moves.reply(moves.idle(dialogue))
        case Strange():
            return _strange(dialogue, event, profile)
        case Choice():
            return _pressed(dialogue, event, profile)
        case At():
            return _pointed(dialogue, event, profile)
        case Files():
            return _filed_files(dialogue, event, profile)
        case Command():
            return _command(dialogue, event, profile)
        case Text():
            return _text(dialogue, event, profile)


def _strange(dialogue: Dialogue, event: Strange, profile: ChannelProfile) -> Outcome:
    if event.odd is UnsupportedContent.LEFT:
        return moves.reply(moves.idle(dialogue))
    if event.odd is UnsupportedContent.GROUP:
        return moves.reply(dialogue, line("group"))
    said = line(f"odd_{event.odd.value}")
    if event.words is not None and event.odd is not UnsupportedContent.EDIT:
        return moves.with_prefix(step(dialogue, event.words, profile), replace(said, keep=False))
    if event.odd is UnsupportedContent.EDIT:
        return commands.reply_and_reask(dialogue, profile, said)
    return (
        commands.opened(dialogue, profile, said)
        if not profile.terse
        else commands.reply_and_reask(dialogue, profile, said)
    )


def _pressed(dialogue: Dialogue, event: Choice, profile: ChannelProfile) -> Outcome:
    offered = dialogue.filed.options if dialogue.step is Step.FILED and dialogue.filed else dialogue.offered
    if event.revision != dialogue.revision or event.option not in offered:
        return commands.opened(dialogue, profile, line("stale"))
    return ANSWERS[dialogue.step].choose(replace(dialogue, misses=0), event.option, profile)


def _pointed(dialogue: Dialogue, event: At, profile: ChannelProfile) -> Outcome:
    """A point is kept; in which of the areas around it lies is asked."""
    told = None if isinstance(dialogue.detail, AskedAnew) else dialogue.draft.place
    place = replace(told, point=event.point) if told is not None else Place(point=event.point)
    if dialogue.filed is not None:
        kept = replace(dialogue, draft=replace(dialogue.draft, place=place))
        return moves.note_words(kept, profile)
    if place.area is None and not dialogue.draft.text:
        return moves.go_to(replace(dialogue, draft=replace(dialogue.draft, sent=event.point)), Step.STORY, profile)
    placed = replace(dialogue, draft=replace(dialogue.draft, place=place))
    if place.area is not None:
        return moves.proceed(placed, profile, line("place_noted", place=place.name))
    return moves.ask_area(placed, profile)


def _filed_files(dialogue: Dialogue, event: Files, profile: ChannelProfile) -> Outcome:
    started = moves.idle(dialogue) if dialogue.filed is not None and event.files else dialogue
    draft, surplus = moves.add_files(started.draft, event.files)
    draft = replace(draft, found=event.found or draft.found)
    held = replace(started, draft=draft, group=event.group)
    complaints = (*dict.fromkeys(event.refused), *(("file_many",) if surplus else ()))
    # A narrow channel may have no room for them beside a question that has to stay.
    lead = tuple(line(key, keep=not profile.terse) for key in complaints)
    if event.group and event.group == dialogue.group and event.words is None and not lead:
        return Outcome(held, None)  # the album was answered with its first part
    if event.words is not None:
        return _with_photos(moves.with_prefix(step(held, event.words, profile), *lead))
    if event.files:
        lead += (line("photo_added", keep=False),) if held.draft.text else ()
        return moves.proceed(replace(held, step=Step.STORY), profile, *lead)
    say = commands.reply_and_reask if profile.terse and commands.waits(held) else commands.opened
    return say(held, profile, *lead)


def _with_photos(outcome: Outcome) -> Outcome:
    """Photos whose words were no story wait for one, as a draft that can be dropped."""
    after = outcome.dialogue
    if after.step is Step.IDLE and after.draft.files:
        return replace(outcome, dialogue=replace(after, step=Step.STORY))
    return outcome


def _text(dialogue: Dialogue, event: Text, profile: ChannelProfile) -> Outcome:
    code = commands.code_in(event.text)
    if code is not None:
        return commands.look_up(dialogue, code, profile)
    if dialogue.step is Step.IDLE:
        return _idle_text(dialogue, event, profile)
    if dialogue.step is Step.FILED and dialogue.filed and not dialogue.awaited:
        dialogue = replace(dialogue, offered=dialogue.filed.options)
    option = _option(dialogue, event.text, profile)
    row = ANSWERS[dialogue.step]
    if option is not None:
        return row.choose(replace(dialogue, misses=0), option, profile)
    if dialogue.step is Step.FILED:
        return _text_after_filing(dialogue, event, profile)
    beside = _beside(dialogue, event.text, profile)
    if beside is not None:
        return beside
    read = row.read(dialogue, event.text, profile)
    return read if read is not None else moves.missed(dialogue, profile)


def _option(dialogue: Dialogue, text: str, profile: ChannelProfile) -> str | None:
    """The option that words choose: a plain yes takes the only thing that is offered, "back" is no "something else"."""
    labels = tuple(option.label for option in questions.options(dialogue.offered, dialogue.lang, profile))
    option = option_of(text, dialogue.offered, labels)
    if option is None and dialogue.offered[1:] == ("other",) and is_yes(text):
        return dialogue.offered[0]
    return None if option == "other" and _goes_back(dialogue, text) else option


def _beside(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome | None:
    """Words that are no answer to our question: danger, back, wait, who are you?"""
    if dialogue.step is Step.STORY:
        return _beside_story(dialogue, text, profile)
    if dialogue.step not in _OF_A_DRAFT:
        return None
    if words_in(text) >= _TOLD and not dialogue.draft.hinted and suggest.is_danger(text):
        return moves.add_story(dialogue, text, profile)  # whatever was asked: the number comes first
    changed = change_of(text) if dialogue.filed is None else ""
    if changed:
        return choose_change(dialogue, changed, profile)
    if _goes_back(dialogue, text):
        return moves.back(dialogue, profile)
    if is_hold(text):
        return moves.ask(dialogue, profile)
    if is_thanks(text) and not is_assent(text):
        return commands.reply_and_reask(dialogue, profile, line("thanks"))
    return commands.reply_and_reask(dialogue, profile, line("greet")) if asks_who_we_are(text) else None


def _beside_story(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome | None:
    if is_greeting(text):
        return moves.ask(dialogue, profile, line("greet"))
    if is_thanks(text):
        return commands.reply_and_reask(dialogue, profile, line("thanks"))
    # Back from telling it anew: it stays as it was.
    return moves.proceed(dialogue, profile) if dialogue.draft.text and is_back(text) else None


def _goes_back(dialogue: Dialogue, text: str) -> bool:
    """Also "that is wrong" where no option takes it: of a place it means the kind that was noted, of fields all."""
    refused = dialogue.step in {Step.PLACE, Step.GROUP} and is_wrong(text)
    return dialogue.step in moves.GOES_BACK and (is_back(text) or refused)


def _idle_text(dialogue: Dialogue, event: Text, profile: ChannelProfile) -> Outcome:
    """The first words of somebody: a greeting, thanks, a story, or nothing that can be read."""
    spoken = language_of(event.text, SPOKEN)
    dialogue = replace(dialogue, lang=spoken) if spoken else dialogue
    if is_greeting(event.text) or asks_who_we_are(event.text):
        return moves.go_to(dialogue, Step.STORY, profile, line("greet"))
    if is_thanks(event.text):
        return moves.reply(dialogue, line("thanks"))
    if event.in_thread and profile.threads:
        return moves.reply(dialogue, line("thread_help"))
    remark = "" if dialogue.draft.files else remark_in(event.text)
    if remark and not suggest.is_danger(event.text):
        return moves.reply(dialogue, line(remark))
    if is_mashed(event.text):
        return moves.go_to(dialogue, Step.STORY, profile)
    if not dialogue.draft.files and is_chat(event.text):
        return moves.go_to(replace(dialogue, detail=SmallTalk(event.text)), Step.STORY, profile, line("remark_chat"))
    ready = replace(dialogue, step=Step.STORY)
    read = ANSWERS[Step.STORY].read(ready, event.text, profile) if words_in(event.text) else None
    return read if read is not None else moves.reply(replace(ready, offered=()), line("idle_help"))


def _text_after_filing(dialogue: Dialogue, event: Text, profile: ChannelProfile) -> Outcome:
    fresh_mail = profile.threads and not event.in_thread
    read = None if fresh_mail else read_correction(dialogue, event.text, profile)
    read = read or waiting.after_filing(dialogue, event, profile)
    if read is None and is_thanks(event.text):
        return moves.reply(dialogue, line("thanks"))
    if read is None and not fresh_mail:
        read = ANSWERS[Step.FILED].read(dialogue, event.text, profile)
    if read is None and profile.one_shot is OneShot.KEYWORD:
        read = follow_up.read(dialogue, event.text, profile)
    if read is not None:
        return read
    if (event.in_thread and profile.threads) or not words_in(event.text):
        return moves.reply(dialogue, line("filed_help"))
    return _idle_text(moves.idle(dialogue), event, profile)


def _command(dialogue: Dialogue, event: Command, profile: ChannelProfile) -> Outcome:
    if event.name == "report":
        return _report(dialogue, event.rest, profile)
    return commands.COMMANDS[event.name](dialogue, event.rest, profile)


def _report(dialogue: Dialogue, rest: str, profile: ChannelProfile) -> Outcome:
    if rest and not is_greeting(rest):
        begun = moves.idle(dialogue) if dialogue.step is Step.FILED else dialogue
        if profile.one_shot is not OneShot.NEVER and words_in(rest):
            return moves.file_now(begun, rest)
        # Behind LAPOR nothing is taken for an advert or for thanks.
        told = replace(begun, step=Step.STORY) if begun.step is Step.IDLE else begun
        return _text(told, Text(rest), profile)
    if commands.has_draft(dialogue):
        return commands.start(dialogue, "", profile)
    return moves.go_to(moves.fresh(dialogue), Step.STORY, profile)


def offered(dialogue: Dialogue, alike: tuple[ReportId, int] | None, profile: ChannelProfile, *lead: Line) -> Outcome:
    """The summary once more, with a report that says the same, and how many hold it: it can be followed instead.

    None: such a report is there no more.
    """
    report, detail = (alike[0], SameReport(alike[1])) if alike else (None, None)
    return moves.ask(replace(dialogue, step=Step.SUMMARY, alike=report, detail=detail, misses=0), profile, *lead)


def after_filing(dialogue: Dialogue, effect: FileReport, filed: Filed, profile: ChannelProfile) -> Outcome:
    """What is still said and asked once a report is filed, behind the line with its code."""
    if effect.draft.second:
        return after_first(replace(dialogue, draft=effect.draft), profile, line("code_secret", keep=not effect.hint))
    draft = effect.draft
    lines = [line("code_secret", keep=not effect.hint)]
    if effect.second is not None:
        lines.append(line("second_apart", keep=False, category=label(effect.second, dialogue.lang)))
    corrections, options, filed = _corrections(dialogue, effect, filed, profile)
    lines += corrections
    if not filed.placed:
        lines.append(line("ask_place_filed"))
    lines += questions.photo_lines(draft)[1:] if effect.one_message and not profile.terse else ()
    after = replace(moves.idle(dialogue), revision=dialogue.revision + 1)
    if options or not filed.placed:
        after = replace(after, step=Step.FILED, filed=replace(filed, options=options), offered=options)
    shown = () if profile.terse else questions.options(options, dialogue.lang, profile)
    outcome = moves.reply(after, *lines)
    if outcome.say is None:
        return outcome
    return replace(outcome, say=replace(outcome.say, options=shown, revision=after.revision))


def _corrections(
    dialogue: Dialogue, effect: FileReport, filed: Filed, profile: ChannelProfile
) -> tuple[tuple[Line, ...], tuple[str, ...], Filed]:
    """As what it was filed from one message, and what of that can be changed."""
    if not effect.one_message:
        return (), (), filed
    leaf = category(effect.draft.category or CATEGORIES[-1].id)
    lines: tuple[Line, ...] = (line("filed_as", category=label(leaf.id, dialogue.lang)),)
    options: tuple[str, ...] = ()
    if not leaf.restricted:  # nobody but its agency takes a report out of that
        options = ("fix",) if profile.terse else (*(f"c:{each}" for each in filed.alternatives), "other")
        lines += (line("fix_one" if profile.terse else "fix_choices"),)
    if effect.draft.found is not None and not profile.terse:
        options, filed = (*options, "use"), replace(filed, found=effect.draft.found)
    return lines, options, filed
