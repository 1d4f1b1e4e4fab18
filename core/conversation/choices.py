"""An option is chosen, by a button or in words: which one it is, and what follows at each step."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from core import areas
from core.conversation import answering, moves, point_moves, questions, split_reports, unproved
from core.conversation.attributes import choose_attribute
from core.conversation.decision_table import Received, rule
from core.conversation.draft_place import at
from core.conversation.events import Choice
from core.conversation.intents import is_back, is_wrong, is_yes, option_of
from core.conversation.kinds import choose_category
from core.conversation.outcomes import FileReport, Follow, Outcome, line
from core.messages import ChannelProfile
from core.model import NOWHERE, AreaCode, AskedAnew, Dialogue, Place, Step

# Questions from which "back" leads somewhere though they do not offer it, or offer something else under that word.
_GOES_BACK = frozenset(
    {
        *(Step.SEVERAL, Step.CATEGORY, Step.GROUP, Step.PLACE, Step.PHOTO_PLACE),
        *(Step.ATTRIBUTE, Step.DOUBT, Step.SUMMARY),
    }
)


def pressed(received: Received) -> str | None:
    """An option of the question that stands."""
    event, dialogue = received.event, received.dialogue
    if not isinstance(event, Choice) or event.revision != dialogue.revision or dialogue.step not in _CHOICES:
        return None
    offered = dialogue.filed.options if dialogue.step is Step.FILED and dialogue.filed else dialogue.offered
    return event.option if event.option in offered else None


def _named(received: Received) -> str | None:
    """The option that words choose: a plain yes takes the only thing that is offered, "back" is no "something else"."""
    text, dialogue = received.text, received.dialogue
    labels = tuple(option.label for option in questions.options(dialogue.offered, dialogue.lang, received.profile))
    option = option_of(text, dialogue.offered, labels)
    if option is None and dialogue.filed is None and dialogue.offered[1:] == ("other",) and is_yes(text):
        return dialogue.offered[0]
    return None if option == "other" and goes_back(received) else option


def goes_back(received: Received) -> bool:
    """Also "that is wrong" where no option takes it: of a place it means the kind that was noted, of fields all."""
    at_step, text = received.dialogue.step, received.text
    refused = at_step in {Step.PLACE, Step.GROUP} and is_wrong(text)
    return at_step in _GOES_BACK and (is_back(text) or refused)


def choose(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """What the option of that step says."""
    return _CHOICES[dialogue.step](replace(dialogue, misses=0), option, profile)


def _choose_place(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """An area, the way back to the question, or none."""
    told = dialogue.draft.place or NOWHERE
    if option.startswith("a:"):
        return moves.set_place(dialogue, at(AreaCode(option[2:]), told), profile)
    if option == "skip":
        return moves.set_place(dialogue, told, profile)
    return moves.go_to(replace(dialogue, detail=None), Step.PLACE, profile)


def _choose_doubt(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """What the writer insists on stays, word for word; all else is closed."""
    draft = dialogue.draft
    if option == "keep":
        kept = tuple(draft.text[span.start : span.end] for span in questions.doubts(draft))
        dialogue = replace(dialogue, draft=replace(draft, kept=kept))
    return moves.go_to(dialogue, Step.SUMMARY, profile)


def _choose_summary(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """Send, change or drop."""
    if option == "send":
        return Outcome(dialogue, None, FileReport(dialogue.draft))
    if option == "change":
        return moves.go_to(dialogue, Step.CHANGE, profile)
    if option == "follow" and dialogue.alike is not None:
        return replace(split_reports.after_first(dialogue, profile), effect=Follow(dialogue.alike, dialogue.draft))
    return moves.reply(moves.idle(dialogue), line("cancelled"))


def choose_change(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """Opens the slot that shall be changed; what it holds stays until the new answer is there."""
    if option == "text":
        return moves.go_to(replace(dialogue, detail=AskedAnew()), Step.STORY, profile)
    if option == "menu":
        return moves.go_to(dialogue, Step.CHANGE, profile)
    if option == "category":
        return moves.ask_kind(dialogue, profile)
    if option == "place":
        return moves.go_to(replace(dialogue, detail=AskedAnew()), Step.PLACE, profile)
    if option == "attributes":
        return moves.proceed(replace(dialogue, draft=replace(dialogue.draft, attributes=())), profile)
    if option == "photo":
        without = replace(dialogue.draft, files=(), found=None)
        lead = (line("photos_dropped", keep=False),) if dialogue.draft.files else ()
        return moves.proceed(replace(dialogue, draft=without), profile, *lead)
    return moves.proceed(dialogue, profile)


def _choose_resume(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """Goes on where the draft stood, or drops it."""
    if option == "resume":
        return moves.ask(replace(dialogue, step=dialogue.back, back=Step.IDLE, misses=0), profile)
    return moves.reply(moves.idle(dialogue), line("cancelled"))


def _choose_filed(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """Another category for what was just filed."""
    filed = dialogue.filed
    if option == "use" and filed is not None:
        left = tuple(each for each in filed.options if each != "use")
        used = replace(dialogue, filed=replace(filed, found=None, options=left))
        there = areas.located(filed.found) if filed.found is not None else areas.Located()
        known = at(there.areas[0], Place(point=filed.found)) if there.certain else Place(point=filed.found)
        return moves.set_place(used, known, profile)
    if option == "fix" and filed is not None and filed.alternatives:
        return moves.go_to(dialogue, Step.CATEGORY, profile)
    return choose_category(dialogue, option, profile)


_CHOICES: dict[Step, Callable[[Dialogue, str, ChannelProfile], Outcome]] = {
    **dict.fromkeys((Step.CATEGORY, Step.GROUP, Step.LEAF), choose_category),
    **dict.fromkeys((Step.PLACE, Step.WHICH_PLACE), _choose_place),
    Step.SEVERAL: split_reports.choose_several,
    Step.SECOND: split_reports.choose_second,
    Step.PHOTO_PLACE: point_moves.choose_photo_place,
    Step.ATTRIBUTE: choose_attribute,
    Step.DOUBT: _choose_doubt,
    Step.SUMMARY: _choose_summary,
    Step.CHANGE: choose_change,
    Step.RESUME: _choose_resume,
    Step.FILED: _choose_filed,
    Step.WHICH: answering.choose_which,
    Step.HELD: unproved.choose_held,
}
OPTION: Final = rule("an option, by its number, its name or a yes or no", _named, choose, "what it says")
