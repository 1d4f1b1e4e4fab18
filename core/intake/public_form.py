"""The form for anybody: one page a turn, a sealed draft under the token of the form, and at the end a report.

Nobody is known here: no address, no contact. What was filled in lies sealed for half an hour, found by an HMAC of the
token that the form carries; whoever sends the last page again gets the same code, and nothing is filed twice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core import areas, categories, conversation, record, tracking
from core.authority import Bearer, Deed, may
from core.city.profile import CITY
from core.conversation import form_pages, form_place
from core.conversation.form_place import PlaceFields
from core.errors import Refused
from core.intake import following
from core.intake.filing import Entry, entered
from core.intake.forms import Filled
from core.intake.last_resort import form_as_it_is
from core.messages import Point, StoredFile, Tag
from core.model import Capability, CodeHolder, FormDraft, FormPage, ReportId, Role, TrackingCode
from core.ports import Context, UnitOfWork

CHANNEL = "form"
LIVES = timedelta(minutes=30)  # since the last page that was sent
_BETWEEN = re.compile(r"[,;\n]")
_TOKEN = re.compile(r"[a-z2-7]{26}")
_ORDER = tuple(FormPage)


@dataclass(frozen=True, slots=True)
class FilledPage:
    """One page as it was sent; of the fields those are read that the page has. `to`: the page that is wanted next."""

    page: FormPage
    token: str = field(default="", repr=False)
    lang: str = CITY.language
    text: str = field(default="", repr=False)
    kind: str = ""
    place: PlaceFields = field(default_factory=PlaceFields)
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    files: tuple[StoredFile, ...] = ()
    found: Point | None = field(default=None, repr=False)  # where one of them was taken
    use_found: bool = False  # where one that came before was taken is the place
    drops: tuple[str, ...] = ()  # names of photos
    opens: tuple[str, ...] = field(default=(), repr=False)  # words that shall not be closed
    hides: str = field(default="", repr=False)  # words that shall
    to: FormPage | None = None
    send: bool = False
    unread: bool = False  # file it as it is: a rule of the form failed
    follow: bool = False  # `send` means: add it to the report that says the same


@dataclass(frozen=True, slots=True)
class FormState:
    """Where the form stands after a page: the page that comes next, and why what was filled in was not taken."""

    form: FormDraft
    page: FormPage
    token: str = field(default="", repr=False)
    why: Refused | None = None

    @property
    def code(self) -> TrackingCode | None:
        """Of the report that it became."""
        return TrackingCode(self.form.code) if self.form.code else None


def standing(tx: UnitOfWork, token: str, now: datetime) -> FormDraft | None:
    """What was filled in until now; None: no such form, or it was left for too long."""
    found = tx.capabilities.get(_tag(token), now) if _TOKEN.fullmatch(token) else None
    return found.form if found is not None else None


def fill(tx: UnitOfWork, filled: FilledPage, now: datetime, context: Context) -> FormState:
    """Takes one page; raises Refused `web_form_gone` for a page of a form that is not there (any more)."""
    with areas.on_map(context.city_map):
        form = standing(tx, filled.token, now)
        if form is None and filled.page is not FormPage.STORY:
            raise Refused("web_form_gone")
        if form is not None and form.code:
            return FormState(form, FormPage.SUMMARY, filled.token)
        after = applied(form or FormDraft(), filled)
        if after.why is not None and form is None:
            return after
        token = context.rng.token() if form is None else filled.token
        if filled.send and filled.page is FormPage.SUMMARY and after.why is None and after.page is FormPage.SUMMARY:
            after = _sent(tx, after, filled, now, context)
        if after.page is FormPage.SUMMARY and not after.form.code:
            after = replace(after, form=replace(after.form, alike=_alike(tx, after.form, now, context)))
        tx.capabilities.put(_tag(token), Capability(now + LIVES, form=after.form.rounded(context.city_map.decimals)))
        return replace(after, token=token)


def as_it_is(tx: UnitOfWork, filled: FilledPage, now: datetime, context: Context) -> FormState:
    """Files what was told so far, read by nobody but an office, where a rule of the form fails each time.

    Raises Refused `web_form_gone`, `form_long`, `web_form_story` where nothing was told.
    """
    form = standing(tx, filled.token, now)
    if form is None and filled.page is not FormPage.STORY:
        raise Refused("web_form_gone")
    form, token = form or FormDraft(), filled.token if form is not None else context.rng.token()
    if not form.code:
        told = _told(form, filled)
        if not told.text:
            raise Refused("web_form_story")
        receipt = form_as_it_is(tx, told, now, context)
        form = FormDraft(code=receipt.code.reveal(), due=receipt.report.due)
        tx.capabilities.put(_tag(token), Capability(now + LIVES, form=form))
    return FormState(form, FormPage.SUMMARY, token)


def _told(form: FormDraft, filled: FilledPage) -> Filled:
    draft = form.draft
    place = filled.place.words or form.words or (draft.place.words if draft.place else "")
    hides = (*draft.hidden, *(each.strip() for each in _BETWEEN.split(filled.hides) if each.strip()))
    answers = {**dict(draft.attributes), **filled.answers}
    kind, text = draft.leans or draft.category or categories.FALLBACK, filled.text or draft.text
    files = (*draft.files, *filled.files)
    return Filled(CHANNEL, kind, text, place, files=files, lang=filled.lang, attributes=answers, hidden=hides)


def applied(form: FormDraft, filled: FilledPage) -> FormState:
    """What the page makes of the form. Pure: it reads words, and can be asked before the store is held."""
    try:
        changed = _changed(form, filled)
    except Refused as no:
        if filled.to is None:
            return FormState(form, shown_again(form, filled.page), why=no)
        changed = _half(form, filled)
    due = form_pages.following(changed)
    again = FormPage.PLACE if filled.page is FormPage.PLACE and filled.place.act is not None else due
    wanted = filled.to if filled.to is not None else again
    return FormState(changed, min(wanted, due, key=_ORDER.index))


def shown_again(form: FormDraft, page: FormPage) -> FormPage:
    """That page once more; the summary is shown of a form that is complete alone."""
    return form_pages.following(form) if page is FormPage.SUMMARY else page


def _changed(form: FormDraft, filled: FilledPage) -> FormDraft:
    draft = form.draft
    match filled.page:
        case FormPage.STORY:
            return replace(form, draft=form_pages.told(draft, filled.text))
        case FormPage.KIND:
            return replace(form, draft=form_pages.about(draft, filled.kind))
        case FormPage.PLACE:
            act = filled.place.act
            return (
                form_place.with_place(form, filled.place) if act is None else form_place.on_map(form, filled.place, act)
            )
        case FormPage.QUESTIONS:
            return replace(form, draft=form_pages.answered(draft, filled.answers))
        case FormPage.PHOTOS:
            form = form_place.at_photo(form) if filled.use_found else form
            return form_pages.with_photos(form, filled.files, filled.drops, filled.found)
        case FormPage.SUMMARY:
            return replace(form, draft=form_pages.corrected(draft, filled.opens, filled.hides))


def _half(form: FormDraft, filled: FilledPage) -> FormDraft:
    """Whoever goes back finds the words of the place again, though its area is not known yet."""
    if filled.page is not FormPage.PLACE or len(filled.place.words) > form_place.MOST_LETTERS:
        return form
    return replace(form, words=filled.place.words)


def _sent(tx: UnitOfWork, state: FormState, filled: FilledPage, now: datetime, context: Context) -> FormState:
    """A report of its own, or words that are added to one that says the same; what cannot be added stays a draft."""
    if not filled.follow:
        return replace(state, form=_filed(tx, state.form, filled.lang, now, context))
    form = state.form
    turn = record.Turn(tx, now, context)
    able = may(Bearer.FORM, Deed.FOLLOW) and form.alike is not None
    if not able or form.alike is None or not following.joined(turn, form.alike, form.draft, filled.lang):
        return replace(state, why=Refused("alike_over"))
    code = tracking.new_code(context.rng)
    tx.code_holders.add(CodeHolder(form.alike, Role.FOLLOWER, tracking.last4(code)), code, None)
    return replace(state, form=FormDraft(code=code.reveal(), follows=True))


def _alike(tx: UnitOfWork, form: FormDraft, now: datetime, context: Context) -> ReportId | None:
    """As a conversation offers it."""
    found = following.alike(tx, form.draft, now, context)
    return None if found is None else found[0]


def _filed(tx: UnitOfWork, form: FormDraft, lang: str, now: datetime, context: Context) -> FormDraft:
    """The report; of the form nothing is left but its code."""
    draft = form.draft
    if draft.category is not None:
        draft = replace(draft, category=conversation.filed_as(draft, draft.category))
    report, code = entered(tx, Entry(CHANNEL, draft, lang), now, context)
    for kind, deed in conversation.corrections(draft):
        tx.reports.count_closing(kind.value, deed)
    return FormDraft(code=code.reveal(), due=report.due)


def _tag(token: str) -> Tag:
    return Tag(f"form.{token}")
