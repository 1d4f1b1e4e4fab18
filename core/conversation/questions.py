"""What each step asks: its lines and the options it offers, for the channel's profile."""

from core import areas, redact
from core.categories import (
    FALLBACK,
    GROUPS,
    attributes_of,
    category,
    group_label,
    in_words,
    label,
    leaves,
    told_attribute,
)
from core.conversation import category_guess, closing
from core.conversation.draft_attributes import next_attribute, shown
from core.conversation.outcomes import Asked, line
from core.conversation.verdicts import verdict_of
from core.messages import ChannelProfile, Line, Option
from core.model import (
    AreaChoice,
    AreaCode,
    AskedAnew,
    Asking,
    CategoryId,
    Dialogue,
    Draft,
    LeavesOf,
    SameReport,
    TwoProblems,
)
from core.phrases import phrase, terse_of

_AREA_CHOICES = 3
_ASKED_BESIDE = 55  # characters of the question that stands beside a choice of areas
_STORY_SHOWN = 1500  # characters of the citizen's own words that a summary shows, where the channel has room for them
_STORY_SHARE = 3 / 8  # of what one message of the channel holds, at most
_PLACE_SHOWN = 300
_PLACE_SHARE = 3 / 40


def option_label(option: str, lang: str, profile: ChannelProfile) -> str:
    """What an option reads as; ids of categories, groups and areas carry their kind in front."""
    kind, _, rest = option.partition(":")
    if kind == "c" and rest:
        return label(CategoryId(rest), lang)
    if kind == "q" and rest:
        asked, _, value = rest.partition(".")
        return told_attribute(asked, value, lang)[1]
    if kind == "g" and rest:
        return group_label(rest, lang)
    if kind == "r" and rest:
        return f"...{rest}"
    if kind == "a" and rest:
        return short_place(areas.full_name(AreaCode(rest)), profile)
    return phrase(f"option_{option}", lang)


def options(ids: tuple[str, ...], lang: str, profile: ChannelProfile) -> tuple[Option, ...]:
    """The options with their labels."""
    return tuple(Option(each, option_label(each, lang, profile)) for each in ids)


def short_place(name: str, profile: ChannelProfile) -> str:
    """A place name, on a terse channel cut at a word so that it fits."""
    most = profile.label_limit
    if not profile.terse or not most or len(name) <= most:
        return name
    return name[:most].rpartition(" ")[0].rstrip(" ,.") or name[:most]


def _paged(ids: tuple[str, ...], page: int, profile: ChannelProfile, *extra: str) -> tuple[str, ...]:
    room = profile.options - len(extra)
    if len(ids) <= room:
        return ids + extra
    room -= 1
    pages = -(-len(ids) // room)
    start = page % pages * room
    return (*ids[start : start + room], "more", *extra)


def story(dialogue: Dialogue, _: ChannelProfile) -> Asked:
    """Asks for the story, knowing what came before it."""
    draft = dialogue.draft
    if isinstance(dialogue.detail, AskedAnew):
        return Asked((line("ask_story_again"),))
    if draft.category is not None:
        return Asked((line("ask_story_category", category=label(draft.category, dialogue.lang)),))
    if _recorded(draft):
        return Asked((line("ask_story_recording"),))
    return Asked((line("ask_story_photo" if draft.files else "ask_story"),))


def _recorded(draft: Draft) -> bool:
    """Whether a voice may be heard in what was given: no scrub makes it another one."""
    return any(file.kind.startswith(("audio/", "video/")) for file in draft.files)


def several(dialogue: Dialogue, _: ChannelProfile) -> Asked:
    """Whether two problems shall be told apart; the detail holds what they are about."""
    found = dialogue.detail.kinds if isinstance(dialogue.detail, TwoProblems) else (FALLBACK,)
    kinds = [label(each, dialogue.lang) for each in found]
    return Asked((line("ask_several", first=kinds[0], second=kinds[-1]),), ("apart", "together"))


def second(dialogue: Dialogue, _: ChannelProfile) -> Asked:
    """Whether to go on with the second of two problems."""
    return Asked((line("ask_second", category=_about(dialogue.draft.text, dialogue.lang)),), ("resume", "drop"))


def _about(text: str, lang: str) -> str:
    return label(next(iter(category_guess.likeliest(text)), FALLBACK), lang)


def category_choice(dialogue: Dialogue, _: ChannelProfile) -> Asked:
    """A few suggestions, and the way to all others; a kind that was noted can be kept."""
    noted = dialogue.draft.category if dialogue.filed is None else None
    found = tuple(f"c:{each}" for each in category_guess.kinds(dialogue))
    if noted is None:
        return Asked((line("ask_category"),), (*found, "other"))
    return Asked((line("ask_category_anew", category=label(noted, dialogue.lang)),), (*found, "other", "back"))


def group_choice(dialogue: Dialogue, profile: ChannelProfile) -> Asked:
    """All groups, a page at a time where the channel is narrow."""
    return Asked((line("ask_group"),), _paged(tuple(f"g:{group.id}" for group in GROUPS), dialogue.page, profile))


def leaf_choice(dialogue: Dialogue, profile: ChannelProfile) -> Asked:
    """The leaves of the chosen group."""
    group = dialogue.detail.group if isinstance(dialogue.detail, LeavesOf) else ""
    ids = tuple(f"c:{leaf.id}" for leaf in leaves(group))
    return Asked((line("ask_leaf"),), _paged(ids, dialogue.page, profile, "back"))


def place(dialogue: Dialogue, _: ChannelProfile) -> Asked:
    """Asks for the place, or for the area of a place that was told already."""
    draft = dialogue.draft
    optional = draft.category is not None and not category(draft.category).place_required
    skip = ("skip",) if optional or dialogue.misses or dialogue.filed else ()
    told = None if isinstance(dialogue.detail, AskedAnew) else draft.place
    if told is not None and told.point is not None:
        return Asked((line("ask_area_point"),), skip)
    if dialogue.filed or (told is not None and told.words):
        return Asked((line("ask_area"),), skip)
    return Asked((line("ask_place_optional" if optional else "ask_place"),), skip, point=True)


def photo_place(_: Dialogue, __: ChannelProfile) -> Asked:
    """Whether the photo shows the place; an address that is only somebody's home must be easy to refuse."""
    return Asked((line("ask_photo_place"),), ("use", "ignore"))


def attribute(dialogue: Dialogue, profile: ChannelProfile) -> Asked:
    """The next question of its kind; who cannot press a button is told the word that passes it over."""
    asked = next_attribute(dialogue.draft)
    if asked is None:
        return summary(dialogue, profile)  # the city asks it no more: whatever is answered leads there
    lines = [line("ask_attribute", ask=in_words(asked.ask, dialogue.lang))]
    values = tuple(f"q:{asked.id}.{key}" for key in asked.values)
    if values or profile.buttons:
        return Asked(tuple(lines), (*values, "skip"))
    return Asked((*lines, line("attribute_skip")))


def doubts(draft: Draft) -> tuple[redact.Span, ...]:
    """Words that may point at the writer, or belong to what is reported."""
    return redact.doubtful(redact.find(draft.text))


def doubt(dialogue: Dialogue, profile: ChannelProfile) -> Asked:
    """One question for all doubtful words, with both readings."""
    text, spans = dialogue.draft.text, doubts(dialogue.draft)
    shown = ", ".join(dict.fromkeys(text[span.start : span.end] for span in spans))
    keys = {redact.question(span) for span in spans}
    key = keys.pop() if len(keys) == 1 else "doubt_several"
    shown = _shown(shown, _room_for_place(profile))
    return Asked((line("doubt_why", keep=False), line(key, shown=shown)), ("close", "keep"))


def which_place(dialogue: Dialogue, profile: ChannelProfile) -> Asked:
    """The areas that a name may mean; the detail holds their codes."""
    codes = dialogue.detail.codes if isinstance(dialogue.detail, AreaChoice) else ()
    ids = [f"a:{code}" for code in codes[:_AREA_CHOICES]]
    asked = "ask_which_place" if len(ids) > 1 else "ask_this_place"
    told = dialogue.draft.place
    if told is not None and told.point is not None and set(codes) <= set(areas.located(told.point).areas):
        asked = "ask_near"
    room = profile.limit - _ASKED_BESIDE
    while len(ids) > 1 and sum(len(option_label(i, dialogue.lang, profile)) + 3 for i in ids) > room:
        ids.pop()
    return Asked((line(asked),), (*ids, "other"))


def place_name(draft: Draft, lang: str, profile: ChannelProfile) -> str:
    """How a summary calls the place: the area, and the citizen's words where they may be shown."""
    place = draft.place
    if place is None or not (place.name or place.words):
        return (terse_of if profile.terse else phrase)("no_place", lang)
    if profile.terse or not profile.echo:
        return short_place(place.name or phrase("no_place", lang), profile)
    words = _shown(closing.closed_place(place.words, draft, lang), _room_for_place(profile))
    return ", ".join(part for part in (words, place.name) if part)


def _room_for_place(profile: ChannelProfile) -> int:
    return min(_PLACE_SHOWN, int(profile.limit * _PLACE_SHARE)) if profile.echo else _PLACE_SHOWN


def _shown(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + " [...]"


def summary(dialogue: Dialogue, profile: ChannelProfile) -> Asked:
    """What will be kept, with the traces closed."""
    draft, lang = dialogue.draft, dialogue.lang
    closed = closing.closed(draft, lang)
    leaf = category(draft.category or FALLBACK)
    lines = [
        line(
            "summary",
            category=label(leaf.id, lang),
            place=place_name(draft, lang, profile),
            photos=str(len(draft.files)),
            text=_shown(closed, min(_STORY_SHOWN, int(profile.limit * _STORY_SHARE))) if profile.echo else "",
        )
    ]
    lines += closing.lines(draft, lang, closed, echo=profile.echo)
    told = shown(draft, lang) if profile.echo else ""
    if told:
        lines.append(line("summary_attributes", keep=False, told=told))
    if leaf.restricted:
        lines.append(line("summary_restricted", keep=False))
    if _recorded(draft):
        lines.append(line("summary_recording", keep=False))
    lines += photo_lines(draft)
    if draft.second:
        lines.append(line("second_waits", keep=False, category=_about(draft.second, lang)))
    if dialogue.alike is None:
        return Asked((*lines, line("ask_send")), ("send", "change", "cancel"))
    count = dialogue.detail.count if isinstance(dialogue.detail, SameReport) else 0
    others = (
        line("summary_alike", count=str(count), keep=profile.buttons)
        if count
        else line("summary_alike_untold", keep=profile.buttons)
    )
    return Asked((*lines, others, line("ask_send")), ("send", "change", "cancel", "follow"))


def photo_lines(draft: Draft) -> tuple[Line, ...]:
    """That a photo may be added, and how to take it safely."""
    if draft.category is None:
        return ()
    policy = category(draft.category).photo
    advice = () if policy == "normal" else (line(f"photo_{policy}", keep=False),)
    return advice if policy == "discourage" else (line("summary_photo", keep=False), *advice)


def change(dialogue: Dialogue, _: ChannelProfile) -> Asked:
    """What shall be changed."""
    draft = dialogue.draft
    photo = ("photo",) if draft.files else ()
    asked = ("attributes",) if draft.attributes and draft.category and attributes_of(draft.category) else ()
    return Asked((line("ask_change"),), ("text", "category", "place", *asked, *photo, "back"))


def resume(_: Dialogue, __: ChannelProfile) -> Asked:
    """Whether to go on with the draft."""
    return Asked((line("resume_ask"),), ("resume", "drop"))


def answer(dialogue: Dialogue, _: ChannelProfile) -> Asked:
    """The words or photos that staff asked for."""
    return Asked((line("ask_answer", last4=_digits(dialogue)),))


def addition(dialogue: Dialogue, _: ChannelProfile) -> Asked:
    """What is added to a report."""
    return Asked((line("ask_addition", last4=_digits(dialogue)),))


def _digits(dialogue: Dialogue) -> str:
    return dialogue.about.last4 if dialogue.about is not None else ""


def which(dialogue: Dialogue, profile: ChannelProfile) -> Asked:
    """The reports that wait for an answer, by the last digits of their codes; or none of them."""
    judged = verdict_of(dialogue.draft.text, asked=True) is not None
    waiting = [each.last4 for each in dialogue.awaited if each.asking is Asking.ANSWER or judged]
    digits = dict.fromkeys(filter(None, (*waiting, _digits(dialogue))))
    # The newest first: it is the likeliest, where a channel has no room for all.
    ids = [f"r:{each}" for each in reversed(digits)][: profile.options - 1]
    return Asked((line("ask_which_report"),), (*ids, "new"))


def held(_: Dialogue, __: ChannelProfile) -> Asked:
    """Whether words that nothing shows to be an answer are a new report; whoever keeps them says how to show it."""
    return Asked((), ("new",))


def filed(dialogue: Dialogue, _: ChannelProfile) -> Asked:
    """After filing nothing is asked again; the help says what can be answered."""
    return Asked((line("filed_help"),), dialogue.offered)
