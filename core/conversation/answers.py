"""How an answer is read at each step: a row a step, one function for what was chosen and one for free words."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from core import areas
from core.conversation import leaning, moves, questions, unproved, waiting
from core.conversation.draft_place import at
from core.conversation.intents import is_assent, is_bare, is_skip, is_yes, tells_problem, words_in
from core.conversation.kinds import STORY_WORDS, choose_category, labelled, only_a_place, read_category
from core.conversation.off_topic import with_kept
from core.conversation.outcomes import FileReport, Follow, Outcome, line
from core.conversation.split_reports import after_first, choose_second, choose_several, read_several
from core.messages import ChannelProfile, OneShot
from core.model import NOWHERE, AreaChoice, AreaCode, AskedAnew, Dialogue, Draft, Place, Step

_FEW_WORDS = 4
_SOME_WORDS = 8
_MANY_WORDS = 15  # from here on, words at the place question are more of the story
_ADDRESS_LETTERS = 4
_ENOUGH = 3  # times that the area is asked for

Choose = Callable[[Dialogue, str, ChannelProfile], Outcome]
Read = Callable[[Dialogue, str, ChannelProfile], Outcome | None]


def choose_place(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """An area, the way back to the question, or none."""
    told = dialogue.draft.place or NOWHERE
    if option.startswith("a:"):
        return moves.set_place(dialogue, at(AreaCode(option[2:]), told), profile)
    if option == "skip":
        return moves.set_place(dialogue, told, profile)
    return moves.go_to(replace(dialogue, detail=None), Step.PLACE, profile)


def read_place(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome | None:
    """An area's name, alone or together with what was told before; else an address whose area is still asked for."""
    if is_skip(text):
        return choose_place(dialogue, "skip", profile)
    if is_yes(text) or is_assent(text):
        return None
    told = dialogue.draft.place or NOWHERE
    if isinstance(dialogue.detail, AskedAnew):
        told, dialogue = NOWHERE, replace(dialogue, detail=None)
    words = f"{told.words}, {text}" if told.words else text
    found = areas.find(text)
    if not found.certain and told.words:
        together = areas.find(words)
        found = together if together.candidates else found
    told = replace(told, words=words, point=areas.point_in(text) or told.point)
    kept = replace(dialogue, draft=replace(dialogue.draft, place=told))
    if found.certain:
        return moves.set_place(dialogue, at(found.candidates[0], told), profile)
    if found.candidates:
        return moves.go_to(replace(kept, detail=AreaChoice(found.candidates)), Step.WHICH_PLACE, profile)
    if areas.point_in(text) is not None:
        return moves.note_words(kept, profile) if dialogue.filed else moves.ask_area(kept, profile)
    return _unknown_place(dialogue, kept, text, profile)


def _unknown_place(dialogue: Dialogue, kept: Dialogue, text: str, profile: ChannelProfile) -> Outcome | None:
    city = areas.outside(text)
    if city:
        counted = replace(dialogue, step=Step.PLACE, misses=dialogue.misses + 1)
        return _outside(counted, city, profile)
    if words_in(text) >= _MANY_WORDS and dialogue.filed is None:
        return moves.add_story(dialogue, text, profile)
    if sum(c.isalpha() for c in text) < _ADDRESS_LETTERS:
        return None
    if dialogue.filed is not None:
        return moves.note_words(kept, profile)
    if dialogue.misses + 1 >= _ENOUGH:
        # Asked often enough: the words are kept, and an office sorts out the area.
        return moves.set_place(dialogue, kept.draft.place or NOWHERE, profile)
    return moves.ask(replace(kept, step=Step.PLACE, misses=dialogue.misses + 1), profile)


def _outside(dialogue: Dialogue, city: str, profile: ChannelProfile) -> Outcome:
    asked = moves.ask(dialogue, profile)
    if asked.say is None:
        return asked
    return replace(asked, say=replace(asked.say, lines=(line("place_outside", city=city),)))


def choose_photo_place(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """Used or not, where the photo was taken is forgotten now."""
    draft = dialogue.draft
    answered = replace(dialogue, draft=replace(draft, found=None))
    if option != "use" or draft.found is None:
        return moves.proceed(answered, profile)
    place = replace(draft.place or NOWHERE, point=draft.found)
    placed = replace(answered, draft=replace(answered.draft, place=place))
    return moves.proceed(placed, profile) if place.area else moves.ask_area(placed, profile)


def read_photo_place(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome | None:
    """A place in words is the better answer."""
    answered = replace(dialogue, draft=replace(dialogue.draft, found=None))
    if is_skip(text):
        return moves.proceed(answered, profile)
    return read_place(answered, text, profile) if areas.find(text).candidates else None


def choose_doubt(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """What the writer insists on stays, word for word; all else is closed."""
    draft = dialogue.draft
    if option == "keep":
        kept = tuple(draft.text[span.start : span.end] for span in questions.doubts(draft))
        dialogue = replace(dialogue, draft=replace(draft, kept=kept))
    return moves.go_to(dialogue, Step.SUMMARY, profile)


def read_story(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome | None:
    """The story, or its new wording after a change."""
    if not any(c.isalpha() for c in text) or is_bare(text):
        return None
    text = with_kept(dialogue.detail, text)
    if profile.one_shot is OneShot.ALWAYS:
        told = _tells_something(dialogue, text)
        return moves.file_now(dialogue, text) if told else moves.go_to(dialogue, Step.STORY, profile)
    old = leaning.told_anew(dialogue.draft, profile) if dialogue.draft.text else dialogue.draft
    draft = replace(old, text=text, place=_still_there(dialogue.draft, text))
    asked = moves.proceed(replace(dialogue, draft=draft, detail=None), profile)
    if profile.one_shot is OneShot.KEYWORD and asked.dialogue.step is Step.SUMMARY and not dialogue.draft.text:
        # Each message costs its writer something, and one that says all of it may be the only one.
        return replace(asked, ready=moves.one_message_report(dialogue.draft, text))
    return asked


def _still_there(draft: Draft, text: str) -> Place | None:
    """The place that was given, unless a story that is told anew names another."""
    found = areas.find(text)
    if not (draft.text and draft.place and found.certain):
        return draft.place
    within = draft.place.area is not None and draft.place.area.startswith(found.candidates[0])
    return draft.place if within else None


def _tells_something(dialogue: Dialogue, text: str) -> bool:
    """Few words that name no problem and no place are not yet worth a report."""
    if dialogue.draft.text or words_in(text) > _FEW_WORDS:
        return True
    return tells_problem(text) or bool(areas.find(text).candidates)


def choose_story(dialogue: Dialogue, _: str, profile: ChannelProfile) -> Outcome:
    """The story has no options."""
    return moves.missed(dialogue, profile)


def choose_summary(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """Send, change or drop."""
    if option == "send":
        return Outcome(dialogue, None, FileReport(dialogue.draft))
    if option == "change":
        return moves.go_to(dialogue, Step.CHANGE, profile)
    if option == "follow" and dialogue.alike is not None:
        return replace(after_first(dialogue, profile), effect=Follow(dialogue.alike, dialogue.draft))
    return moves.reply(moves.idle(dialogue), line("cancelled"))


def read_summary(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome | None:
    """A correction in free words: another category, another place, or more of the story."""
    read = read_correction(dialogue, text, profile)
    if read is None and words_in(text) >= STORY_WORDS:
        return moves.add_story(dialogue, text, profile)
    return read


def choose_change(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """Opens the slot that shall be changed; what it holds stays until the new answer is there."""
    if option == "text":
        return moves.go_to(replace(dialogue, detail=AskedAnew()), Step.STORY, profile)
    if option == "category":
        return moves.ask_kind(dialogue, profile)
    if option == "place":
        return moves.go_to(replace(dialogue, detail=AskedAnew()), Step.PLACE, profile)
    if option == "photo":
        without = replace(dialogue.draft, files=(), found=None)
        lead = (line("photos_dropped", keep=False),) if dialogue.draft.files else ()
        return moves.proceed(replace(dialogue, draft=without), profile, *lead)
    return moves.proceed(dialogue, profile)


def choose_resume(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """Goes on where the draft stood, or drops it."""
    if option == "resume":
        return moves.ask(replace(dialogue, step=dialogue.back, back=Step.IDLE, misses=0), profile)
    return moves.reply(moves.idle(dialogue), line("cancelled"))


def read_resume(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome | None:
    """Words here answer the question that stood before: nothing of them is lost."""
    before = replace(dialogue, step=dialogue.back, back=Step.IDLE, offered=())
    return ANSWERS[before.step].read(before, text, profile)


def choose_filed(dialogue: Dialogue, option: str, profile: ChannelProfile) -> Outcome:
    """Another category for what was just filed."""
    filed = dialogue.filed
    alternatives = filed.alternatives if filed else ()
    if option == "use" and filed is not None:
        left = tuple(each for each in filed.options if each != "use")
        used = replace(dialogue, filed=replace(filed, found=None, options=left))
        return moves.set_place(used, Place(point=filed.found), profile)
    if option == "fix" and alternatives:
        return moves.go_to(dialogue, Step.CATEGORY, profile)
    return choose_category(dialogue, option, profile)


def read_correction(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome | None:
    """What can only be meant as a correction: a category by its name, or an area and no more."""
    named = labelled(text)
    if named is not None:
        return moves.set_category(dialogue, named, profile)
    area = only_a_place(text)
    return None if area is None else moves.set_place(dialogue, at(area, Place(words=text)), profile)


def read_filed(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome | None:
    """The place that was asked for, in words that name no area yet; None: these words are about something else."""
    filed = dialogue.filed
    if filed is None:
        return None
    if is_skip(text):
        return moves.reply(dialogue, line("thanks"))
    if filed.placed or tells_problem(text) or words_in(text) > _SOME_WORDS:
        return None
    return read_place(dialogue, text, profile)


def read_nothing(_: Dialogue, __: str, ___: ChannelProfile) -> Outcome | None:
    """Words here were read before, as an answer."""
    return None


@dataclass(frozen=True, slots=True)
class Row:
    """How a step takes its answers."""

    choose: Choose
    read: Read


ANSWERS: dict[Step, Row] = {
    Step.STORY: Row(choose_story, read_story),
    Step.SEVERAL: Row(choose_several, read_several),
    Step.SECOND: Row(choose_second, read_summary),
    Step.CATEGORY: Row(choose_category, read_category),
    Step.GROUP: Row(choose_category, read_category),
    Step.LEAF: Row(choose_category, read_category),
    Step.PLACE: Row(choose_place, read_place),
    Step.WHICH_PLACE: Row(choose_place, read_place),
    Step.PHOTO_PLACE: Row(choose_photo_place, read_photo_place),
    Step.DOUBT: Row(choose_doubt, read_summary),
    Step.SUMMARY: Row(choose_summary, read_summary),
    Step.CHANGE: Row(choose_change, read_summary),
    Step.RESUME: Row(choose_resume, read_resume),
    Step.FILED: Row(choose_filed, read_filed),
    Step.ANSWER: Row(choose_story, read_nothing),
    Step.ADD: Row(choose_story, read_nothing),
    Step.WHICH: Row(waiting.choose_which, waiting.read_which),
    Step.HELD: Row(unproved.choose_held, unproved.read_held),
}
