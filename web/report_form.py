"""/lapor: a report by a form, page by page, without a script, a cookie or a name; all of it travels in bodies."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from core import areas, categories
from core.conversation import MOST_PHOTOS, UNKNOWN, FormLook
from core.errors import Refused, StoreAway
from core.model import AreaCode, CategoryId, Draft, FormPage
from core.phrases import phrase
from web.client_address import crowd
from web.form_body import Filled, Unread, filled, is_from_elsewhere
from web.form_fields import ANOTHER, ASKED, MAP, UNREAD, by_keys, page_of, pixel, plain
from web.form_view import HIGH, WIDE, Brought, FillForm, FormFault, FormView
from web.pages import language, page
from web.services import services_of

router = APIRouter(redirect_slashes=False)
HERE: Final = "/lapor"
_MOST_WORDS: Final = 512 * 1024  # bytes of a page without photos
MEGABYTES: Final = 45  # and with them
_MOST_PHOTOS: Final = MEGABYTES << 20
_FILES: Final = 100  # that are read; far more than are taken, so that it can be said
_TYPED: Final = ("cerita", "tempat", "tutup")
_STATUS: Final[Mapping[str, HTTPStatus]] = {
    "web_form_gone": HTTPStatus.GONE,
    "web_form_busy": HTTPStatus.TOO_MANY_REQUESTS,
    "web_form_elsewhere": HTTPStatus.FORBIDDEN,
    "web_form_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "web_form_slow": HTTPStatus.REQUEST_TIMEOUT,
}
_FIELDS: Final[Mapping[str, str]] = {
    "web_form_story": "cerita",
    "counter_category": "jenis",
    "form_place": "tempat",
    "form_outside": "tempat",
    "web_form_area": "tempat",
    "web_form_which": "tempat",
    "web_form_map_keys": "tempat",
    "web_form_hide": "tutup",
}
"""Phrase -> the field that it stands at; all else is said above the form."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed, and what of it was not taken."""

    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    why: tuple[Refused, ...] = ()

    def kept(self, name: str, before: str = "") -> str:
        """What was typed there, else what was taken before."""
        return self.typed.get(name, before) if self.why else before

    def at(self, name: str) -> Refused | None:
        """What stands at a field."""
        return next((each for each in self.why if _field_of(each) == name), None)

    @property
    def meant(self) -> tuple[AreaCode, ...]:
        """What the words may mean, where it is asked which."""
        told = (str(each.details.get("areas", "")) for each in self.why)
        return tuple(AreaCode(code) for each in told for code in each.split())


def _field_of(no: Refused) -> str:
    if no.phrase == "form_attribute":
        return ASKED + str(no.details["asked"])
    return _FIELDS.get(no.phrase, "")


_EMPTY: Final = FormView(FormPage.STORY, FormLook(Draft()))


@router.api_route(HERE, methods=["GET", "HEAD"])
async def first(request: Request) -> Response:
    """The first page, which knows nobody."""
    _form(request)
    return _shown(request, _EMPTY, Tried())


# No token against forged requests: there is no cookie and no session, so that a page elsewhere has no right to borrow.
# It could only begin reports in the name of nobody, and is refused by what its browser says of where it comes from.
@router.post(HERE)
async def sent(request: Request) -> Response:
    """One page, and the next one as the answer, after the commit."""
    fill = _form(request)
    try:
        form, cut = await _read(request), None
    except Unread as unread:
        form, cut = unread.form, unread
    sent_page = page_of(request, form)
    if cut is not None:  # its words, and the page once more
        sent_page = replace(sent_page, send=False, to=sent_page.page)
    if is_from_elsewhere(request):
        return _begun_anew(request, form, Refused("web_form_elsewhere"))
    try:
        view = await fill(sent_page, Brought(tuple(form.files.values()), pixel(form)), crowd(request))
        if by_keys(form):
            view = replace(view, why=(*view.why, Refused("web_form_map_keys")))
    except Refused as no:
        return _begun_anew(request, form, no)
    except StoreAway as away:
        return _again(request, form, unread=isinstance(away, FormFault))
    if cut is not None:
        view = replace(view, why=(_why(cut), *view.why))
    typed = {name: plain(said) for name, said in form.fields.items()}
    late = _typed_in(form) if view.code and not sent_page.send else None
    return _shown(request, view, Tried(typed, view.why), late)


def _form(request: Request) -> FillForm:
    """Raises HTTPException 404 where there is no form."""
    fill = services_of(request).form
    if fill is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return fill


async def _read(request: Request) -> Filled:
    """Unread, HTTPException as `web.form_body.filled`."""
    with_photos = request.headers.get("content-type", "").lower().startswith("multipart/")
    most, files = (_MOST_PHOTOS, _FILES) if with_photos else (_MOST_WORDS, 0)
    seconds = services_of(request).body_seconds
    return await filled(request, most=most, seconds=seconds, files=files, several=100, keeps=True)


def _why(cut: Unread) -> Refused:
    match cut.status_code:
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return Refused("web_form_large", most=MEGABYTES)
        case HTTPStatus.REQUEST_TIMEOUT:
            return Refused("web_form_slow")
        case _:
            return Refused("web_form_files", most=_FILES)


def _again(request: Request, form: Filled, *, unread: bool) -> Response:
    """The same page, to be sent again as it was, but for its photos. `unread`: or to be filed as it is."""
    sent = [(name, plain(said)) for name, every in form.ticked.items() for said in every]
    answer = page(
        request,
        "lapor/retry.html",
        here=HERE,
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        sent=sent,
        words=_words_in(form),
        unread=UNREAD if unread else "",
    )
    answer.headers["Retry-After"] = "10"
    return answer


def _begun_anew(request: Request, form: Filled, no: Refused) -> Response:
    """The first page with all that was typed on the page that could not be taken, so that nobody types it again."""
    typed = "\n".join(_typed_in(form))
    view = FormView(FormPage.STORY, FormLook(Draft()), why=(no,))
    return _shown(request, view, Tried({"cerita": typed}, (no,)))


def _words_in(form: Filled) -> list[str]:
    """Fields that hold words; what was chosen of a list is none."""
    return [name for name in form.fields if name in _TYPED or (name.startswith(ASKED) and not _chosen(form, name))]


def _chosen(form: Filled, name: str) -> bool:
    asked = categories.ATTRIBUTES.get(name.removeprefix(ASKED))
    return asked is not None and form.fields[name] in asked.values


def _typed_in(form: Filled) -> list[str]:
    return [said for name in _words_in(form) if (said := plain(form.fields[name]))]


def _shown(request: Request, view: FormView, tried: Tried, late: list[str] | None = None) -> Response:
    """`late`: what was typed on a page of a form that had been sent before; None: nothing of it came too late."""
    lang = language(request)
    status = next((_STATUS[each.phrase] for each in view.why if each.phrase in _STATUS), HTTPStatus.OK)
    if view.why and status is HTTPStatus.OK:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    template = "code" if view.code else view.page.value
    answer = page(
        request,
        f"lapor/{template}.html",
        here=HERE,
        status=status,
        view=view,
        look=view.look,
        tried=tried,
        late=late,
        say=partial(_said, lang=lang),
        step=tuple(FormPage).index(view.page) + 1,
        steps=len(FormPage),
        label=partial(categories.label, lang=lang),
        offer=_choices(view, lang),
    )
    if view.wait:
        answer.headers["Retry-After"] = str(view.wait)
    return answer


def _said(no: Refused, lang: str) -> str:
    details = {name: str(value) for name, value in no.details.items()}
    if "asked" in details:
        details["ask"] = categories.in_words(categories.ATTRIBUTES[details["asked"]].ask, lang)
    return phrase(no.phrase, lang, **details)


def _choices(view: FormView, lang: str) -> dict[str, object]:
    """What its page offers to choose from."""
    match view.page:
        case FormPage.KIND:
            groups = [
                (categories.group_label(each.id, lang), [leaf.id for leaf in categories.leaves(each.id)])
                for each in categories.GROUPS
            ]
            return {"groups": groups, "another": ANOTHER}
        case FormPage.PLACE:
            return {
                "districts": _districts(),
                "area_name": areas.full_name,
                "unknown": UNKNOWN,
                "map": MAP,
                "wide": WIDE,
                "high": HIGH,
                "whole": not (view.map is not None and view.map.name),
            }
        case FormPage.QUESTIONS:
            answers = {
                each: [
                    (key, categories.in_words(said, lang)) for key, said in categories.ATTRIBUTES[each].values.items()
                ]
                for each, _, _ in view.look.asked
            }
            return {"answers": answers, "asked_prefix": ASKED}
        case FormPage.PHOTOS:
            return {"most": MOST_PHOTOS, "megabytes": MEGABYTES, "advice": _photo_advice(view.look.draft.category)}
        case FormPage.SUMMARY:
            return {"restricted": _restricted(view.look.draft.category)}
        case FormPage.STORY:
            return {}


def _districts() -> list[tuple[str, list[tuple[AreaCode, str]]]]:
    """Every area that can be chosen, by district: the district itself first, for who knows no more."""
    return [
        (district.name, [(each.code, each.name) for each in (district, *areas.children(district.code))])
        for district in areas.AREAS.values()
        if district.district
    ]


def _photo_advice(chosen: CategoryId | None) -> str:
    """The phrase that says how to take one safely; empty: as anybody would."""
    policy = categories.category(chosen).photo if chosen is not None else "normal"
    return "" if policy == "normal" else f"photo_{policy}"


def _restricted(chosen: CategoryId | None) -> bool:
    return chosen is not None and categories.category(chosen).restricted is not None
