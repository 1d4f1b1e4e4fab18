"""Pages of the desk: its frame, its navigation, and how times and offices are called on it."""

import hashlib
from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import partial
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from starlette.responses import HTMLResponse

from core import categories, workflow
from core.errors import Refused
from core.model import AgencyId, CategoryId
from core.phrases import LANGUAGES, channel, day, phrase
from web.desk.session import ROOT, Visit
from web.pages import number, rendered

_OF_ONCE = frozenset({"lang", "selesai"})  # of an address: its language, and what was done just before
TROUBLES = {
    HTTPStatus.NOT_FOUND: "missing",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "large",
    HTTPStatus.REQUEST_TIMEOUT: "slow",
    HTTPStatus.TOO_MANY_REQUESTS: "busy",
    HTTPStatus.INTERNAL_SERVER_ERROR: "fault",
    HTTPStatus.SERVICE_UNAVAILABLE: "away",
}
"""Status -> what its page says: phrases desk_trouble_<name>_title and desk_trouble_<name>."""


def page(
    visit: Visit,
    template: str,
    *,
    why: Refused | None = None,
    status: int | None = None,
    here: str = "",
    **shown: object,
) -> HTMLResponse:
    """The template of the folder `desk`, in the reader's language; `here`: where it can be asked for again.

    `why`: what was sent and is refused; without a `status` it is 422 then.
    """
    if status is None:
        status = HTTPStatus.OK if why is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return sent(visit, part(visit, template, here=here or visit.request.url.path, why=why, **shown), status)


def sent(visit: Visit, html: str, status: int = 200) -> HTMLResponse:
    """What was filled in, on its way."""
    return HTMLResponse(html, status, {"Cache-Control": "no-store", "Content-Language": visit.lang})


def mark(visit: Visit, template: str, **shown: object) -> str:
    """Of a part that renews itself: the same for what looks the same."""
    return hashlib.sha256(part(visit, template, mark="", **shown).encode()).hexdigest()[:16]


def part(visit: Visit, template: str, **shown: object) -> str:
    """The same as text."""
    return rendered(
        f"desk/{template}",
        **_words(visit),
        visitor=visit.visitor,
        menu=visit.menu,
        troubles=visit.desk.troubles() if visit.visitor else (),
        csrf=visit.form_token,
        others_speak=[
            (lang, phrase("web_language", lang), _spoken(visit, str(shown.get("here", ROOT)), lang))
            for lang in LANGUAGES
            if lang != visit.lang
        ],
        root=ROOT,
        **shown,
    )


def _spoken(visit: Visit, here: str, lang: str) -> str:
    """The page in a language, with what it was asked for, where it is asked for and not an answer to a form."""
    asked = visit.request.url
    same = asked.path == here and visit.request.method != "POST"
    kept = [(name, value) for name, value in parse_qsl(asked.query) if name not in _OF_ONCE] if same else []
    return f"{here}?{urlencode([*kept, ('lang', lang)])}"


def trouble(visit: Visit, status: int, said: str = "", most: int = 0) -> HTMLResponse:
    """Why there is no page; nothing of what came in is said again. `most`: of what there was too much."""
    said = said or TROUBLES.get(HTTPStatus(status), "bad")
    return page(visit, "trouble.html", status=status, here=ROOT, said=said, most=most)


def _words(visit: Visit) -> dict[str, object]:
    lang, zone = visit.lang, visit.desk.zone

    def say(key: str, **args: object) -> str:
        return phrase(key, lang, **{name: str(value) for name, value in args.items()})

    def refused(no: Refused) -> str:
        details = dict(no.details)
        if "status" in details:
            details["status"] = say(f"status_{details['status']}")
        if "branches" in details:
            details["branches"] = ", ".join(
                office(AgencyId(each), lang) for each in str(details["branches"]).split(", ")
            )
        return say(no.phrase, **details)

    def moment(at: datetime) -> str:
        local = at.astimezone(zone)
        return f"{day(at, zone, lang)} {local:%Y %H:%M}"

    return {
        "lang": lang,
        "t": say,
        "refused": refused,
        "n": partial(number, lang=lang),
        "day": lambda at: f"{day(at, zone, lang)} {at.astimezone(zone):%Y}",
        "moment": moment,
        "date": lambda at: at.astimezone(zone).date().isoformat(),
        "stamp": lambda at: at.astimezone(zone).isoformat(timespec="minutes"),
        "office": partial(office, lang=lang),
        "kind": partial(kind, lang=lang),
        "channel": partial(channel, lang=lang),
        "left": _left(say, zone),
        "over": lambda due, now: _days(due, now, zone) < 0,
    }


def office(name: AgencyId, lang: str) -> str:
    """Returns the name of an office; its id where the data do not know it any more."""
    return workflow.agency_name(name, lang)


def kind(category: CategoryId, lang: str) -> str:
    """Returns the name of a category; its id where the data do not know it any more."""
    return categories.label(category, lang) if category in categories.ALL_CATEGORIES else category


def _left(told: Callable[..., str], zone: tzinfo) -> Callable[[datetime, datetime], str]:
    def words(due: datetime, now: datetime) -> str:
        """How many days are left, or how many it is too late: hours would tell the hour in which it was received."""
        days = _days(due, now, zone)
        if days == 0:
            return told("desk_left_today")
        return told("desk_left_days" if days > 0 else "desk_late_days", days=abs(days))

    return words


def _days(due: datetime, now: datetime, zone: tzinfo) -> int:
    """From the day that it is to the day that it is due, as the calendar of the city counts."""
    return (due.astimezone(zone).date() - now.astimezone(zone).date()).days
