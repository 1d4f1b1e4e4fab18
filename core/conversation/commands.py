"""Commands, from anywhere in a conversation: a table of names, a function each."""

from collections.abc import Callable
from dataclasses import replace

from core import tracking
from core.categories import CATEGORIES
from core.conversation import moves
from core.conversation.code_words import code_and_words, code_in
from core.conversation.outcomes import Add, Effect, Forget, LookUp, Outcome, Withdraw, line
from core.messages import ChannelProfile, Line
from core.model import AskedAnew, Dialogue, Draft, Step, TrackingCode
from core.phrases import SPOKEN, fits

_OFFER = 30  # septets that a summary may still need, to offer a report that says the same


def has_draft(dialogue: Dialogue) -> bool:
    """Whether something was given that is not filed yet."""
    draft = dialogue.draft
    return bool(draft.text or draft.files or draft.category) and dialogue.step not in {Step.IDLE, Step.FILED}


def waits(dialogue: Dialogue) -> bool:
    """Whether a question stands that must not be forgotten."""
    return dialogue.step not in {Step.IDLE, Step.FILED}


def reply_and_reask(dialogue: Dialogue, profile: ChannelProfile, *lines: Line) -> Outcome:
    """Says something beside the point, then asks again; a narrow channel may have no room for both."""
    if not waits(dialogue):
        return moves.reply(dialogue, *lines)
    asked = moves.ask(dialogue, profile, *lines)
    if profile.terse and not (asked.say and fits(asked.say, dialogue.lang, profile, _OFFER)):
        return moves.reply(dialogue, *lines, line("still_waiting", keep=False))
    return asked


def reasks(key: str) -> Callable[[Dialogue, object, ChannelProfile], Outcome]:
    """The same for a sentence, whatever was read."""
    return lambda dialogue, _, profile: reply_and_reask(dialogue, profile, line(key))


def answers(dialogue: Dialogue, key: str, profile: ChannelProfile) -> Outcome:
    """The same for the sentence that was found."""
    return reply_and_reask(dialogue, profile, line(key))


def opens(key: str) -> Callable[[Dialogue, object, ChannelProfile], Outcome]:
    """The same with the story, where nothing else is asked."""
    return lambda dialogue, _, profile: opened(dialogue, profile, line(key))


def opened(dialogue: Dialogue, profile: ChannelProfile, *lead: Line) -> Outcome:
    """Says something and waits for a story, or for the answer that was waited for."""
    if dialogue.step is Step.FILED:
        return moves.reply(dialogue, *lead)
    if waits(dialogue):
        return reply_and_reask(dialogue, profile, *lead)
    asked = moves.go_to(moves.fresh(dialogue), Step.STORY, profile, *lead)
    if profile.terse and not (asked.say and fits(asked.say, dialogue.lang, profile)):
        return moves.reply(asked.dialogue, *lead)
    return asked


def look_up(dialogue: Dialogue, code: TrackingCode, profile: ChannelProfile) -> Outcome:
    """Its status is told."""
    return with_resume(dialogue, LookUp(code), profile)


def before_waiting(dialogue: Dialogue) -> Dialogue:
    """As it stood before an answer or an addition was waited for, if one is."""
    if dialogue.step not in {Step.ANSWER, Step.ADD}:
        return dialogue
    return replace(dialogue, step=dialogue.back, back=Step.IDLE, about=None)


def stood(dialogue: Dialogue) -> Step:
    """Where a draft stands, or stood before something else was asked."""
    return dialogue.back if dialogue.step in {Step.RESUME, Step.ANSWER, Step.ADD} else dialogue.step


def _unfinished(dialogue: Dialogue) -> Step:
    """Where a draft goes on; files that came with something else wait for their story."""
    return Step.STORY if (before := stood(dialogue)) is Step.IDLE else before


def with_resume(dialogue: Dialogue, effect: Effect, profile: ChannelProfile) -> Outcome:
    """It is done; a draft waits meanwhile, and is asked about."""
    if not has_draft(dialogue):
        return Outcome(dialogue, None, effect)
    waiting = replace(dialogue, step=Step.RESUME, back=_unfinished(dialogue), about=None, misses=0)
    return moves.ask(waiting, profile, effect=effect)


def start(dialogue: Dialogue, rest: str, profile: ChannelProfile) -> Outcome:
    """An opening, perhaps with a payload of a link: a code, or a category to report about."""
    code = tracking.tried(rest) if rest else None
    if code is not None:
        return look_up(dialogue, code, profile)
    if has_draft(dialogue):
        return moves.go_to(
            replace(dialogue, back=_unfinished(dialogue), about=None), Step.RESUME, profile, line("greet")
        )
    fresh = moves.fresh(dialogue)
    if profile.proved:  # else somebody could choose what another one reports
        chosen = next((leaf.id for leaf in CATEGORIES if leaf.id == rest), None)
        fresh = replace(fresh, draft=replace(fresh.draft, category=chosen))
    return moves.go_to(fresh, Step.STORY, profile, line("greet"))


def _tried(rest: str) -> TrackingCode | None:
    """Behind CEK or LUPAKAN any digits are a try: they are answered, right or wrong."""
    digits = "".join(c for c in rest if c in "0123456789")
    return code_in(rest) or (TrackingCode(digits) if digits else None)


def _by_code(
    usage: str, read: Callable[[str], tuple[TrackingCode | None, str]], does: Callable[[TrackingCode, str], Effect]
) -> Callable[[Dialogue, str, ChannelProfile], Outcome]:
    def command(dialogue: Dialogue, rest: str, profile: ChannelProfile) -> Outcome:
        code, words = read(rest)
        if code is None:
            return reply_and_reask(dialogue, profile, line(usage))
        return with_resume(dialogue, does(code, words), profile)

    return command


def _cancel(dialogue: Dialogue, _: str, profile: ChannelProfile) -> Outcome:
    if dialogue.step in {Step.ANSWER, Step.ADD}:
        return reply_and_reask(before_waiting(dialogue), profile, line("nothing_added"))
    if dialogue.step is Step.WHICH:
        return moves.reply(moves.idle(dialogue), line("nothing_added"))
    if dialogue.step is Step.SECOND:
        return moves.reply(moves.idle(dialogue), line("second_dropped"))
    if waits(dialogue) or (dialogue.step is Step.IDLE and dialogue.draft.files):
        return moves.reply(moves.idle(dialogue), line("cancelled"))
    # What was filed a moment ago is what they mean.
    return moves.reply(dialogue, line("withdraw_usage" if dialogue.filed else "nothing_to_cancel"))


def _retract(dialogue: Dialogue, rest: str, profile: ChannelProfile) -> Outcome:
    """A draft is dropped; what was filed is taken back by its code."""
    told = dialogue.draft != Draft() or dialogue.step in {Step.ANSWER, Step.ADD, Step.WHICH, Step.SECOND}
    return _cancel(dialogue, rest, profile) if told else moves.reply(dialogue, line("withdraw_usage"))


def _leave(dialogue: Dialogue, rest: str, profile: ChannelProfile) -> Outcome:
    """A change that is not made after all leaves the draft as it was; elsewhere it is the draft that is dropped."""
    draft = dialogue.draft
    anew = dialogue.step is Step.CHANGE or isinstance(dialogue.detail, AskedAnew)
    kind = dialogue.step in {Step.CATEGORY, Step.GROUP, Step.LEAF} and draft.category is not None
    if draft.text and dialogue.filed is None and (anew or kind):
        return moves.proceed(dialogue, profile)
    return _cancel(dialogue, rest, profile)


def _restart(dialogue: Dialogue, _: str, profile: ChannelProfile) -> Outcome:
    return moves.go_to(replace(moves.idle(dialogue), detail=AskedAnew()), Step.STORY, profile)


def _after(lang: str) -> str:
    """The next language of the list, so that each can be reached by asking again."""
    return SPOKEN[(SPOKEN.index(lang) + 1) % len(SPOKEN)]


def _speak(lang: str | None) -> Callable[[Dialogue, str, ChannelProfile], Outcome]:
    def change(dialogue: Dialogue, _: str, profile: ChannelProfile) -> Outcome:
        spoken = replace(dialogue, lang=lang or _after(dialogue.lang))
        if spoken.step is Step.FILED:
            return moves.reply(spoken, line("lang_now"))
        return opened(spoken, profile, line("lang_now"))

    return change


COMMANDS: dict[str, Callable[[Dialogue, str, ChannelProfile], Outcome]] = {
    "start": start,
    "check": _by_code("check_usage", lambda rest: (_tried(rest), ""), lambda code, _: LookUp(code)),
    "forget": _by_code("forget_usage", lambda rest: (_tried(rest), ""), lambda code, _: Forget(code)),
    "add": _by_code("add_usage", code_and_words, Add),
    "withdraw": _by_code("withdraw_usage", code_and_words, Withdraw),
    "retract": _retract,
    "cancel": _cancel,
    "leave": _leave,
    "restart": _restart,
    "help": reasks("help"),
    "privacy": reasks("privacy"),
    "code": reasks("lost_code"),
    "language": _speak(None),
    **{f"speak_{lang}": _speak(lang) for lang in SPOKEN},
}
