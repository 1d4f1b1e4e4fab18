"""The conversation as pages of a form: what a page that was filled in makes of the draft, and which page comes next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from core import redact, suggest
from core.categories import ATTRIBUTES, CATEGORIES, attributes_of, in_words, read_attribute
from core.conversation import category_guess, closing, draft_place, form_place, leaning
from core.conversation import draft_attributes as attributes
from core.conversation.emergency import emergency_hint
from core.conversation.form_place import MOST_LETTERS
from core.errors import Refused
from core.messages import ChannelProfile, Point, SenderProof, StoredFile
from core.model import NOWHERE, AreaCode, CategoryId, Draft, FormDraft, FormPage

MOST_PHOTOS: Final = 5
# Who shows the token of a form has written all of it: nobody else can have.
PROFILE: Final = ChannelProfile("form", limit=MOST_LETTERS, sender_proof=SenderProof.PROVED)


def following(form: FormDraft) -> FormPage:
    """The first page that is not answered yet."""
    draft = form.draft
    open_pages = (
        (FormPage.STORY, not draft.text),
        (FormPage.KIND, draft.category is None),
        (FormPage.PLACE, draft.place is None),
        (FormPage.QUESTIONS, attributes.next_attribute(draft) is not None),
        (FormPage.PHOTOS, not form.photos_asked or draft.found is not None),
    )
    return next((page for page, is_open in open_pages if is_open), FormPage.SUMMARY)


def told(draft: Draft, text: str) -> Draft:
    """With its story, or another one: words that lean elsewhere ask for the kind anew.

    Raises Refused: `web_form_story`, `form_long`.
    """
    if not text:
        raise Refused("web_form_story")
    if len(text) > MOST_LETTERS:
        raise Refused("form_long", most=MOST_LETTERS)
    if text == draft.text:
        return draft
    anew = replace(leaning.told_anew(draft, PROFILE), text=text)
    return leaning.asked_again(anew, PROFILE)


def kinds(draft: Draft) -> tuple[CategoryId, ...]:
    """What the story may be about, best first."""
    likely, leans = category_guess.likeliest(draft.text), draft.leans
    return likely if leans is None or leans in likely else (leans, *likely)


def about(draft: Draft, kind: str) -> Draft:
    """With the kind that was chosen; what was asked of another is forgotten. Raises Refused: `counter_category`."""
    if not any(each.id == kind for each in CATEGORIES):
        raise Refused("counter_category")
    chosen = CategoryId(kind)
    asked = attributes_of(chosen)
    kept = tuple((each, said) for each, said in draft.attributes if each in asked)
    return replace(leaning.chosen(draft, chosen, PROFILE), attributes=kept)


def answered(draft: Draft, given: Mapping[str, str]) -> Draft:
    """With the answers to what is asked of its kind, empty where one was passed over.

    What one office alone may read is more of the story. Raises Refused: `form_attribute`, with the id of the question.
    """
    asked = attributes_of(draft.category) if draft.category is not None else ()
    said = {each: given.get(each, "").strip() for each in asked}
    apart = {each: words for each, words in said.items() if leaning.surely_restricted(words)}
    said |= dict.fromkeys(apart, "")
    draft = replace(draft, text="\n".join((draft.text, *apart.values())))
    read = {each: read_attribute(ATTRIBUTES[each], words) if words else "" for each, words in said.items()}
    wrong = next((each for each, value in read.items() if value is None), None)
    if wrong is not None:
        raise Refused("form_attribute", asked=wrong)
    draft = replace(draft, attributes=tuple((each, value or "") for each, value in read.items()))
    return leaning.asked_again(draft, PROFILE)


def with_photos(
    form: FormDraft, files: tuple[StoredFile, ...], drops: tuple[str, ...], found: Point | None = None
) -> FormDraft:
    """With as many more of the files as it may have, without those whose names are dropped.

    `found`: where one of the files says that it was taken. It is offered on the next page, and then forgotten.
    """
    kept = tuple(each for each in form.draft.files if each.name not in drops)
    files = (*kept, *files)[:MOST_PHOTOS]
    return replace(
        form, draft=replace(form.draft, files=files, found=form_place.offered(form, found)), photos_asked=True
    )


def corrected(draft: Draft, opens: tuple[str, ...], hides: str) -> Draft:
    """As its writer wants it closed: of what was found these words open and the rest closed, and others closed too.

    Raises Refused: `web_form_hide`, where none of the words stands in it.
    """
    found = redact.find(draft.text)
    by_certainty = {draft.text[each.start : each.end]: each.certain for each in found}
    opened = tuple(words for words, certain in by_certainty.items() if certain and words in opens)
    kept = tuple(words for words, certain in by_certainty.items() if not certain and words in opens)
    hidden = tuple(words for words in draft.hidden if words not in opens)
    draft = replace(draft, opened=opened, kept=kept, hidden=hidden, doubted=True)
    if not hides:
        return draft
    wish = closing.wished_closed(hides, draft)
    if not (wish.hides or wish.reopened):
        raise Refused("web_form_hide")
    return closing.granted(draft, wish)


@dataclass(frozen=True, slots=True)
class FormLook:
    """What a page shows of a draft. `closings`: words that were found or named, their kind, and whether they are open.

    `hint`: the phrase of the number to call, empty: none. `two`: the kinds of two problems that it tells.
    """

    draft: Draft
    hint: str = ""
    kinds: tuple[CategoryId, ...] = ()
    words: str = field(default="", repr=False)  # of the place, as they were written
    area: str | None = None  # that was chosen, or that the words name for certain
    point: Point | None = None  # on the map
    pointed: AreaCode | None = None  # where that lies
    meant: tuple[AreaCode, ...] = ()  # areas among which that does not decide
    picture: str | None = None  # what the map shows: an area, or the whole city; None: it is not open
    found: bool = False  # a photo says where it was taken
    alike: bool = False  # there is a report that says the same
    asked: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)  # id, question, what was answered
    text: str = field(default="", repr=False)  # closed
    place: str = field(default="", repr=False)  # likewise
    answers: str = field(default="", repr=False)
    closings: tuple[tuple[str, str, bool], ...] = field(default=(), repr=False)
    two: tuple[CategoryId, ...] = ()
    photos_asked: bool = False


def look(form: FormDraft, page: FormPage, lang: str) -> FormLook:
    """What that page shows of it."""
    draft = form.draft
    hint = emergency_hint(draft) if draft.text else ""
    seen = FormLook(draft, hint, photos_asked=form.photos_asked, point=form.point, found=draft.found is not None)
    match page:
        case FormPage.KIND:
            return replace(seen, kinds=kinds(draft))
        case FormPage.PLACE:
            place = draft_place.placed(draft).place or NOWHERE
            return replace(
                seen,
                words=form.words or place.words,
                area=form.chosen or place.area,
                pointed=form_place.lies_in(form),
                meant=form_place.may_be(form),
                picture=form.picture,
            )
        case FormPage.QUESTIONS:
            given = dict(draft.attributes)
            asked = attributes_of(draft.category) if draft.category is not None else ()
            return replace(
                seen,
                asked=tuple((each, in_words(ATTRIBUTES[each].ask, lang), given.get(each, "")) for each in asked),
            )
        case FormPage.SUMMARY:
            return _summary(replace(seen, alike=form.alike is not None), lang)
        case FormPage.STORY | FormPage.PHOTOS:
            return seen


def _summary(seen: FormLook, lang: str) -> FormLook:
    draft = seen.draft
    place = draft.place or NOWHERE
    words = closing.closed_place(place.words, draft, lang)
    parts = suggest.parts(draft.text)
    return replace(
        seen,
        text=closing.closed(draft, lang),
        place=", ".join(part for part in (words, place.name) if part),
        answers=attributes.shown(draft, lang),
        closings=closing.found_in(draft, lang),
        two=parts.kinds if parts is not None else (),
    )
