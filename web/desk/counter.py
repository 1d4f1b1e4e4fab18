"""/petugas/loket: a clerk files for a citizen at the desk; the slip with its code is shown once, and has no address."""

import re
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from core import areas, intake, suggest, tracking
from core.categories import ATTRIBUTES, CATEGORIES, Attribute, attributes_of, in_words, label
from core.errors import Refused
from core.intake import CounterReceipt, Typed, counter
from core.messages import Address
from core.model import AreaCode, CategoryId
from web.desk import frame, select_options
from web.desk.routes import CLERKS, Page
from web.desk.session import ROOT, Visit
from web.services import services_of

HERE = f"{ROOT}/loket"
_MOST = 21 << 20  # bytes: a photo of 20 MiB and the words beside it
_SECONDS = 120.0
_FORM = re.compile(r"[a-z2-7]{26}")
_KEPT = ("cerita", "jenis", "saran", "tempat", "wilayah", "kontak")
_SHOWN = 3  # suggestions
_ASKED = "attr-"  # in front of the id of what is asked besides
_FIELDS = {
    "form_text": "cerita",
    "form_long": "cerita",
    "counter_category": "jenis",
    "form_place": "tempat",
    "counter_place": "tempat",
    "routes_area_unknown": "tempat",
    "counter_contact": "kontak",
    "case_photo_wrong": "foto",
}
"""Phrase -> the field that it stands at; what is said of a file stands at the photo."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The choice of a category: what the story suggests comes first, and is chosen until the clerk chooses."""

    suggested: tuple[CategoryId, ...] = ()
    chosen: str = ""
    offered: str = ""  # what was chosen for the clerk

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """What is asked besides of the kind that is chosen."""
        return tuple(ATTRIBUTES[each] for each in attributes_of(CategoryId(self.chosen)))


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed, and why it was not taken."""

    typed: dict[str, str] = field(default_factory=dict, repr=False)
    why: Refused | None = None
    photo: bool = False  # one was chosen, and must be chosen again

    def kept(self, name: str) -> str:
        """What was typed there."""
        return self.typed.get(name, "")

    def at(self, name: str) -> Refused | None:
        """What stands at a field."""
        return self.why if self.why is not None and _field(self.why) == name else None

    @property
    def above(self) -> Refused | None:
        """What stands above all of them."""
        return None if self.why is None or _field(self.why) else self.why


def _field(no: Refused) -> str:
    if no.phrase == "form_attribute":
        return _ASKED + str(no.details["asked"])
    return "foto" if no.phrase.startswith("file_") else _FIELDS.get(no.phrase, "")


NOTHING_TRIED = Tried()


async def _form(visit: Visit) -> Response:
    return _shown(visit, NOTHING_TRIED)


def _shown(visit: Visit, tried: Tried, status: int = 200) -> Response:
    office = visit.staff.agency
    return frame.page(
        visit,
        "counter.html",
        status=status,
        here=HERE,
        live=True,
        open=counter.channel_of(office) is not None,
        form_id=visit.desk.rng.token(),
        tried=tried,
        kinds=_kinds(tried.kept("cerita"), tried.kept("jenis"), tried.kept("saran")),
        groups=select_options.kinds(visit.lang),
        label=label,
        in_words=in_words,
        own=counter.own_area(office),
        meant=_meant(tried),
        cities=select_options.places(cities=False),
        unknown=counter.UNKNOWN,
        area_name=areas.full_name,
        ways=tuple(visit.desk.ways),
        longest=4000,
    )


def _kinds(story: str, chosen: str, offered: str) -> Kinds:
    suggested = tuple(each for each, _ in suggest.suggest(story).ranked[:_SHOWN]) if story else ()
    if any(each.id == chosen for each in CATEGORIES) and chosen != offered:
        return Kinds(suggested, chosen)
    first = suggested[0] if suggested else ""
    return Kinds(suggested, first, first)


def _meant(tried: Tried) -> tuple[AreaCode, ...]:
    """What the words may mean, where it is asked which."""
    told = tried.why.details.get("areas", "") if tried.why is not None else ""
    return tuple(map(AreaCode, str(told).split()))


async def _suggested(visit: Visit) -> Response:
    """The choice of a category anew, while the story is being typed."""
    form = visit.form
    kinds = _kinds(form.text("cerita"), form.text("jenis"), form.text("saran"))
    tried, groups = Tried(_typed(visit)), select_options.kinds(visit.lang)
    shown = {"kinds": kinds, "groups": groups, "label": label, "in_words": in_words, "tried": tried}
    return frame.sent(visit, frame.part(visit, "kinds.html", **shown))


def _typed(visit: Visit) -> dict[str, str]:
    asked = (name for name in visit.form.fields if name.startswith(_ASKED))
    return {name: visit.form.text(name) for name in (*_KEPT, *asked)}


async def _file(visit: Visit) -> Response:
    typed, photo = _typed(visit), visit.form.files.get("foto")
    try:
        slip = await _filed(visit, photo)
    except Refused as no:
        return _shown(visit, Tried(typed, no, bool(photo)), HTTPStatus.UNPROCESSABLE_ENTITY)
    if slip is None:
        return frame.page(visit, "slip_gone.html", status=HTTPStatus.CONFLICT, here=HERE)
    return _slip(visit, slip)


async def _filed(visit: Visit, photo: bytes | None) -> CounterReceipt | None:
    """Raises Refused."""
    form, desk, clerk = visit.form, visit.desk, visit.staff
    form_id = form.text("id")
    if not _FORM.fullmatch(form_id):
        raise Refused("counter_form")
    reach = _reach(visit, form.text("kontak"))
    files = ((await desk.photo(photo))[0],) if photo else ()
    typed = Typed(
        id=form_id,
        text=form.text("cerita"),
        category=form.text("jenis"),
        words=form.text("tempat"),
        area=form.text("wilayah"),
        reach=reach,
        files=files,
        lang=services_of(visit.request).default_lang,
        attributes={name.removeprefix(_ASKED): said for name, said in _typed(visit).items() if name.startswith(_ASKED)},
    )
    return await desk.run_else(
        lambda turn: intake.at_counter(turn, clerk, typed), lambda turn: intake.at_counter_as_it_is(turn, clerk, typed)
    )


def _reach(visit: Visit, typed: str) -> tuple[str, Address] | None:
    """Where news goes; raises Refused where none of our channels reads it as an address."""
    if not typed:
        return None
    for name, read in visit.desk.ways.items():
        address = read(typed)
        if address is not None:
            return name, address
    raise Refused("counter_contact")


def _slip(visit: Visit, slip: CounterReceipt) -> Response:
    report, code = slip.receipt.report, tracking.shown(slip.receipt.code)
    return frame.page(
        visit,
        "slip.html",
        here=HERE,
        report=report,
        code=code,
        picture=visit.desk.authenticator.picture(code),
        address=f"{services_of(visit.request).public_url}/lacak",
        closed=slip.closed,
        told=bool(visit.form.text("kontak")),
    )


async def _again(_: Visit) -> Response:
    """A slip has no address: whoever asks for one begins anew."""
    return RedirectResponse(HERE, HTTPStatus.SEE_OTHER)


PAGES = (
    Page("/loket", _form, roles=CLERKS, title="desk_counter"),
    Page("/loket/jenis", _suggested, "POST", roles=CLERKS, beside=True),
    Page("/loket/slip", _again, roles=CLERKS),
    Page("/loket/slip", _file, "POST", roles=CLERKS, most=_MOST, files=1, seconds=_SECONDS),
)
