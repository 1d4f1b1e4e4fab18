"""How a dialogue moves: asking the next question, filling a slot, ending; used by every way of answering."""

from collections.abc import Callable
from dataclasses import replace

from core import areas, suggest
from core.categories import FALLBACK, category, label
from core.conversation import category_guess, leaning, questions
from core.conversation.draft_attributes import next_attribute
from core.conversation.draft_place import may_be, placed, pointed, roughly
from core.conversation.emergency import emergency_hint
from core.conversation.intents import tells_problem
from core.conversation.outcomes import Asked, Correct, Effect, FileReport, Outcome, line
from core.messages import ChannelProfile, Line, Say, StoredFile
from core.model import AreaChoice, AskedAnew, CategoryId, Dialogue, Draft, Place, Step, TwoProblems

MOST_FILES = 10
_PATIENCE = 3  # unread answers in a row after which the help comes
_ASKS = {
    Step.STORY: questions.story,
    Step.SEVERAL: questions.several,
    Step.SECOND: questions.second,
    Step.CATEGORY: questions.category_choice,
    Step.GROUP: questions.group_choice,
    Step.LEAF: questions.leaf_choice,
    Step.PLACE: questions.place,
    Step.WHICH_PLACE: questions.which_place,
    Step.PHOTO_PLACE: questions.photo_place,
    Step.ATTRIBUTE: questions.attribute,
    Step.DOUBT: questions.doubt,
    Step.SUMMARY: questions.summary,
    Step.CHANGE: questions.change,
    Step.RESUME: questions.resume,
    Step.FILED: questions.filed,
    Step.ANSWER: questions.answer,
    Step.ADD: questions.addition,
    Step.WHICH: questions.which,
    Step.HELD: questions.held,
}


def ask(dialogue: Dialogue, profile: ChannelProfile, *lead: Line, effect: Effect | None = None) -> Outcome:
    """Asks what the dialogue waits for, behind the leading lines."""
    asked: Asked = _ASKS[dialogue.step](dialogue, profile)
    revision = dialogue.revision + 1
    say = Say(
        (*lead, *asked.lines),
        questions.options(asked.options, dialogue.lang, profile),
        ask_point=asked.point,
        revision=revision,
    )
    return Outcome(replace(dialogue, offered=asked.options, revision=revision), say, effect)


def reply(dialogue: Dialogue, *lines: Line, effect: Effect | None = None) -> Outcome:
    """Says something and asks nothing."""
    return Outcome(dialogue, Say(lines) if lines else None, effect)


def replies(key: str) -> Callable[[Dialogue, object, ChannelProfile], Outcome]:
    """Says that sentence and asks nothing, whatever was read."""
    return lambda dialogue, _, __: reply(dialogue, line(key))


def asks(*keys: str) -> Callable[[Dialogue, object, ChannelProfile], Outcome]:
    """Says those sentences and asks again."""
    return lambda dialogue, _, profile: ask(dialogue, profile, *map(line, keys))


def goes_to(step: Step, *keys: str) -> Callable[[Dialogue, object, ChannelProfile], Outcome]:
    """Says those sentences and asks at that step."""
    return lambda dialogue, _, profile: go_to(dialogue, step, profile, *map(line, keys))


def proceeds(dialogue: Dialogue, _: object, profile: ChannelProfile) -> Outcome:
    """Goes on as before."""
    return proceed(dialogue, profile)


def with_prefix(outcome: Outcome, *lead: Line) -> Outcome:
    """The outcome with some lines in front."""
    if outcome.say is None:
        return reply(outcome.dialogue, *lead, effect=outcome.effect) if lead else outcome
    return replace(outcome, say=replace(outcome.say, lines=(*lead, *outcome.say.lines)))


def go_to(dialogue: Dialogue, step: Step, profile: ChannelProfile, *lead: Line) -> Outcome:
    """Goes to a step and asks there, with a fresh count of unread answers."""
    back = dialogue.back if step is Step.RESUME else Step.IDLE
    return ask(replace(dialogue, step=step, back=back, page=0, misses=0), profile, *lead)


def idle(dialogue: Dialogue) -> Dialogue:
    """Nothing is waited for; only the language and the count of questions stay."""
    return Dialogue(lang=dialogue.lang, revision=dialogue.revision)


def fresh(dialogue: Dialogue) -> Dialogue:
    """A beginning, to which only photos belong that came with the very words that make it."""
    photos = dialogue.draft.files if dialogue.step is Step.IDLE else ()
    return replace(idle(dialogue), draft=Draft(files=photos))


def missed(dialogue: Dialogue, profile: ChannelProfile) -> Outcome:
    """An answer that could not be read: the question again, the third time with the help."""
    counted = replace(dialogue, misses=dialogue.misses + 1)
    if counted.misses >= _PATIENCE:
        return ask(counted, profile, line("choices_help"))
    return ask(counted, profile, line("not_understood"))


def proceed(dialogue: Dialogue, profile: ChannelProfile, *lead: Line, briefly: bool = False) -> Outcome:
    """Goes on to the first thing that is still missing, or to the summary; an emergency is answered first.

    `briefly`: only to what a report needs.
    """
    two = _two(dialogue.draft)
    draft = placed(dialogue.draft if two else _kind(dialogue.draft, profile))
    hint = emergency_hint(draft)
    if hint:
        draft = replace(draft, hinted=True)
        lead = (line(hint), *lead)
    noted = _kind_noted(dialogue, draft, *lead)
    dialogue = replace(dialogue, draft=draft, detail=None, alike=None)
    if not draft.text:
        return go_to(dialogue, Step.STORY, profile, *lead)
    if two:
        return go_to(replace(dialogue, detail=TwoProblems(two.kinds)), Step.SEVERAL, profile, *lead)
    if draft.category is None:
        return ask_kind(dialogue, profile, *lead)
    if draft.found is not None:
        return go_to(dialogue, Step.PHOTO_PLACE, profile, *noted)
    if draft.place is None:
        return _ask_place(dialogue, profile, *noted)
    # Where a message is short and each costs its writer money, only what a report needs is asked.
    if next_attribute(draft) is not None and not briefly and not profile.terse:
        return go_to(dialogue, Step.ATTRIBUTE, profile, *noted)
    return _conclude(dialogue, profile, lead, noted)


def _conclude(dialogue: Dialogue, profile: ChannelProfile, lead: tuple[Line, ...], noted: tuple[Line, ...]) -> Outcome:
    draft = dialogue.draft
    if not draft.doubted and questions.doubts(draft):
        # Asked once: what is doubtful in words that come later is closed.
        return go_to(replace(dialogue, draft=replace(draft, doubted=True)), Step.DOUBT, profile, *noted)
    return go_to(dialogue, Step.SUMMARY, profile, *lead)


def _two(draft: Draft) -> suggest.Parts | None:
    """The two problems that its words tell, unless it was answered, or somebody chose what all of it is about."""
    chosen = draft.category is not None and not draft.guessed
    return None if draft.parted or chosen else suggest.parts(draft.text)


def _kind(draft: Draft, profile: ChannelProfile) -> Draft:
    """The draft with the kind that its words make clear; one that was chosen stays, unless they lean to another."""
    if draft.guessed and draft.category is not None and draft.read == len(draft.text) and draft.leans is None:
        return draft  # of the same words
    draft = leaning.asked_again(draft, profile)
    if draft.leans is not None or (draft.category is not None and not draft.guessed):
        return draft
    known = category_guess.clear(draft.text, draft.category)
    return replace(draft, category=known, guessed=known is not None)


def _kind_noted(dialogue: Dialogue, draft: Draft, *lead: Line) -> tuple[Line, ...]:
    """What is said of a kind that was not asked for, before the next question."""
    known = draft.category if draft.guessed and draft.category != dialogue.draft.category else None
    return (*lead, line("kind_noted", keep=False, category=label(known, dialogue.lang))) if known else lead


def ask_kind(dialogue: Dialogue, profile: ChannelProfile, *lead: Line) -> Outcome:
    """The kinds that the words may mean, or all fields where they speak for none."""
    step = Step.CATEGORY if category_guess.kinds(dialogue) else Step.GROUP
    return go_to(replace(dialogue, detail=None), step, profile, *lead)


def back(dialogue: Dialogue, _: object, profile: ChannelProfile) -> Outcome:
    """The question before this one; what was given stays until the new answer is there."""
    now = dialogue.step
    if now in {Step.ATTRIBUTE, Step.DOUBT, Step.SUMMARY} or (now is Step.PLACE and _changes_place(dialogue)):
        return go_to(replace(dialogue, detail=None), Step.CHANGE, profile)
    if now is Step.GROUP and category_guess.kinds(dialogue):
        return ask_kind(dialogue, profile)
    if dialogue.filed is not None:
        return ask(back_to_filed(dialogue), profile)
    if now in {Step.PLACE, Step.PHOTO_PLACE}:
        return ask_kind(dialogue, profile)
    if dialogue.draft.category is not None:
        return proceed(dialogue, profile)  # the kind that was noted is kept
    return go_to(replace(dialogue, detail=AskedAnew()), Step.STORY, profile)


def _changes_place(dialogue: Dialogue) -> bool:
    """Whether a place that is known was asked for anew, from the summary."""
    return isinstance(dialogue.detail, AskedAnew) and dialogue.draft.category is not None


def _ask_place(dialogue: Dialogue, profile: ChannelProfile, *lead: Line) -> Outcome:
    told, written = pointed(dialogue.draft), areas.point_in(dialogue.draft.text)
    if told.point is not None:
        dialogue = replace(dialogue, draft=replace(dialogue.draft, place=told))
    elif written is not None:
        lead = (*lead, line("point_outside"))
    return ask_area(dialogue, profile, *lead, text=dialogue.draft.text)


def ask_area(dialogue: Dialogue, profile: ChannelProfile, *lead: Line, text: str = "") -> Outcome:
    """Which of the areas that the words may mean, or that lie around the point; else where it is."""
    choices = may_be(dialogue.draft, text)
    if choices:
        return go_to(replace(dialogue, detail=AreaChoice(choices)), Step.WHICH_PLACE, profile, *lead)
    return go_to(dialogue, Step.PLACE, profile, *lead)


def set_category(dialogue: Dialogue, chosen: CategoryId, profile: ChannelProfile) -> Outcome:
    """The category of the draft, or the correction of what was filed."""
    if dialogue.filed is not None:
        return correct(dialogue, Correct(dialogue.filed.report, category=chosen), profile)
    return proceed(replace(dialogue, draft=leaning.chosen(dialogue.draft, chosen, profile)), profile)


def set_place(dialogue: Dialogue, place: Place, profile: ChannelProfile) -> Outcome:
    """The place of the draft, or the answer to the place that was asked after filing."""
    if dialogue.filed is not None:
        return correct(dialogue, Correct(dialogue.filed.report, place=place), profile)
    return proceed(replace(dialogue, draft=_moved(dialogue.draft, place)), profile)


def _moved(draft: Draft, place: Place) -> Draft:
    """With another place; what the words of the one before told of a problem goes on with the story."""
    told = draft.place.words if draft.place else ""
    if told and told not in place.words and tells_problem(told):
        draft = replace(draft, text=joined(draft.text, told))
    return replace(draft, place=place)


def correct(dialogue: Dialogue, effect: Correct, _: ChannelProfile) -> Outcome:
    """What was corrected is said by whoever does it; other corrections stay possible."""
    filed = dialogue.filed and replace(dialogue.filed, kind=effect.category or dialogue.filed.kind)
    return Outcome(replace(back_to_filed(dialogue), draft=Draft(), filed=filed), None, effect)


def back_to_filed(dialogue: Dialogue) -> Dialogue:
    """The corrections that were offered with the code can be chosen again."""
    options = dialogue.filed.options if dialogue.filed else ()
    return replace(dialogue, step=Step.FILED, detail=None, page=0, misses=0, offered=options)


def note_words(dialogue: Dialogue, profile: ChannelProfile) -> Outcome:
    """Keeps the words of a place with what was filed, though its area is still asked for."""
    if dialogue.filed is None:
        return missed(dialogue, profile)
    effect, asked = Correct(dialogue.filed.report, place=dialogue.draft.place), replace(dialogue.filed, seen=False)
    return reply(replace(back_to_filed(dialogue), filed=asked), line("ask_area"), effect=effect)


def add_story(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome:
    """More of the story; the category is asked for anew only if none was chosen, or the words lean to another."""
    draft = dialogue.draft
    if text in draft.text:
        return proceed(dialogue, profile)
    if not profile.proved:
        # Somebody else may have insisted on words that are this writer's own.
        draft = replace(draft, kept=(), opened=())
    return proceed(replace(dialogue, draft=replace(draft, text=joined(draft.text, text))), profile, line("added"))


def joined(told: str, more: str) -> str:
    """One story out of two messages; what is said again stands there once."""
    return more if told in more else f"{told}\n{more}"


def add_files(draft: Draft, files: tuple[StoredFile, ...]) -> tuple[Draft, int]:
    """The draft with as many of the files as it may have, and how many were too many."""
    room = MOST_FILES - len(draft.files)
    return replace(draft, files=draft.files + files[:room]), max(0, len(files) - room)


def _guess(text: str) -> CategoryId:
    """The likeliest category; a restricted one near the top goes first."""
    return leaning.leaning(text)[0] or next((each for each, _ in category_guess.ranked(text)), FALLBACK)


def _first(likely: tuple[CategoryId, ...]) -> CategoryId:
    return next((each for each in likely if category(each).restricted), likely[0])


def file_now(dialogue: Dialogue, text: str) -> Outcome:
    """Files at once what one message tells, with the suggested category and the place it names."""
    effect = one_message_report(dialogue.draft, text)
    return Outcome(replace(dialogue, draft=effect.draft), None, effect)


def one_message_report(old: Draft, text: str) -> FileReport:
    """What becomes of a message behind what was given before it."""
    whole = joined(old.text, text)
    leant = leaning.noted(replace(old, text=whole))
    two = _two(replace(old, text=whole))
    kind = leant.leans or (None if old.guessed else old.category) or (_first(two.kinds) if two else _guess(whole))
    second = next((each for each in two.kinds if each != kind), None) if two else None
    draft = placed(replace(leant, category=kind, guessed=False))
    draft = replace(draft, place=pointed(draft, draft.place or roughly(whole, pointed(draft))))
    if draft.place is not None and kind == FALLBACK and suggest.suggest(whole).unread:
        # Nobody knows what it is about, so it goes to nobody whom it may be about.
        draft = replace(draft, place=replace(draft.place, area=None, name=""))
    others = tuple(each for each in category_guess.others(whole, kind) if each != second)
    return FileReport(draft, one_message=True, alternatives=others, second=second, hint=emergency_hint(draft))
