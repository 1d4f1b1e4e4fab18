"""The addresses of GeoReport v2, each as .json and .xml."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from core.errors import NotAllowed, Refused, StoreAway
from core.model import Published, PublishedQuery
from core.phrases import phrase
from web.conditional import unless_known
from web.form_body import filled
from web.open311 import asked, told
from web.open311.written import FORMATS, Format, Trouble, rows, tree, trouble
from web.services import Open311Services, ServicesDep, WebServices

router = APIRouter(prefix="/open311/v2", redirect_slashes=False)
_MOST_BYTES = 65_536
_LANG = "id"
_REPORTS = ("service_requests", "request")


async def _answered(request: Request, ending: str, work: Callable[[Format], Awaitable[Response]]) -> Response:
    """Errors in the shape of the standard; what anybody may read is not sent to whoever has it already."""
    form = FORMATS.get(ending)
    if form is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    try:
        answer = await work(form)
        if request.method != "GET" or "api_key" in request.query_params:
            return answer
        answer.headers["Cache-Control"] = "no-cache"  # it may be kept, and is asked about each time
        return unless_known(request, answer)
    except Trouble as error:
        return trouble(error, form)
    except NotAllowed:
        return trouble(Trouble(403, "api_key is missing or wrong"), form)
    except Refused as no:
        details = {name: str(value) for name, value in no.details.items()}
        return trouble(Trouble(400, phrase(no.phrase, _LANG, **details)), form)
    except HTTPException as error:
        told_so = trouble(Trouble(error.status_code, HTTPStatus(error.status_code).phrase), form)
        told_so.headers.update(error.headers or {})
        return told_so
    except StoreAway:
        away = trouble(Trouble(503, "Away for a moment: try again in ten seconds"), form)
        away.headers["Retry-After"] = "10"
        return away


def _machines(services: WebServices) -> Open311Services:
    if services.open311 is None:
        raise AssertionError("mounted with its machines")
    return services.open311


@router.get("/discovery.{ending}")
async def discovery(request: Request, ending: str, services: ServicesDep) -> Response:
    """Where the interface is."""

    async def work(form: Format) -> Response:
        return tree("discovery", told.discovery(services.public_url), form)

    return await _answered(request, ending, work)


@router.get("/services.{ending}")
async def services(request: Request, ending: str) -> Response:
    """Kinds of reports."""

    async def work(form: Format) -> Response:
        asked.jurisdiction(request.query_params)
        return rows(told.services(_LANG), ("services", "service"), form)

    return await _answered(request, ending, work)


@router.get("/services/{code}.{ending}")
async def service(request: Request, code: str, ending: str) -> Response:
    """None has fields of its own, so there is no definition."""

    async def work(_: Format) -> Response:
        asked.jurisdiction(request.query_params)
        known = code in asked.OPEN_TO_ALL
        raise Trouble(400 if known else 404, "this service has no attributes" if known else "service_code not found")

    return await _answered(request, ending, work)


@router.get("/requests.{ending}")
async def requests(request: Request, ending: str, services: ServicesDep) -> Response:
    """Reports as anybody may see them."""

    async def work(form: Format) -> Response:
        asked.jurisdiction(request.query_params)
        open311 = _machines(services)
        given, now = request.query_params, open311.now()
        found = await _found(request, open311, asked.query(given, now), asked.query(given, now, own=True))
        public = not given.get("api_key")
        # A long list is told beside the loop, which has other guests.
        return await asyncio.to_thread(
            lambda: rows(told.reports(found, open311.zone, _LANG, public=public), _REPORTS, form)
        )

    return await _answered(request, ending, work)


@router.get("/requests/{number}.{ending}")
async def one(request: Request, number: str, ending: str, services: ServicesDep) -> Response:
    """One of them."""

    async def work(form: Format) -> Response:
        asked.jurisdiction(request.query_params)
        open311 = _machines(services)
        found = await _found(request, open311, asked.one(number), asked.one(number, own=True))
        shown = told.reports(found, open311.zone, _LANG, public=not request.query_params.get("api_key"))
        if not shown:
            raise Trouble(404, "service_request_id was not found")
        return rows(shown, _REPORTS, form)

    return await _answered(request, ending, work)


async def _found(
    request: Request, open311: Open311Services, query: PublishedQuery, own: PublishedQuery
) -> list[Published]:
    """What anybody may see; whoever shows a key sees what they filed as it is, and before others do."""
    key = request.query_params.get("api_key", "")
    mine = await open311.own(key, own) if key and open311.own is not None else []
    numbers = {each.number for each in mine}
    others = [each for each in await open311.find(query) if each.number not in numbers]
    return sorted([*mine, *others], key=lambda each: each.received, reverse=True)[: query.most]


@router.post("/requests.{ending}")
async def file(request: Request, ending: str, services: ServicesDep) -> Response:
    """Files a report for a citizen; the key stands in the form or in the address."""

    async def work(form: Format) -> Response:
        given = await _given(request, services)
        asked.jurisdiction(given)
        key = given.get("api_key", "")
        open311 = _machines(services)
        if not key:
            raise NotAllowed
        await open311.known(key)
        filed = await open311.file(key, asked.filled(given, _LANG))
        return rows([told.receipt(filed, _LANG)], _REPORTS, form, 201)

    return await _answered(request, ending, work)


async def _given(request: Request, services: WebServices) -> Mapping[str, str]:
    """Of the form before the address: what was sent in a body is not in anybody's log."""
    form = await filled(request, most=_MOST_BYTES, seconds=services.body_seconds)
    return {**request.query_params, **{name: form.text(name) for name in form.fields}}
