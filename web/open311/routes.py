"""The addresses of GeoReport v2, each as .json and .xml."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from core.city.present import Changes, present
from core.city.profile import CITY
from core.errors import NotAllowed, NotFound, Refused, StoreAway
from core.model import CategoryId, PartnerRight, Published, PublishedQuery
from core.phrases import phrase
from web.conditional import unless_known
from web.form_body import Filled, filled
from web.open311 import answers, parameters, sent_update
from web.open311.serialization import FORMATS, Format, Trouble, rows, tree, trouble
from web.partners import Open311Services
from web.services import ServicesDep, WebServices

router = APIRouter(prefix="/open311/v2", redirect_slashes=False)
_MOST_BYTES = 65_536
_MOST_MEDIA = 21 << 20  # bytes: a photo of 20 MiB, or some that are smaller, and the words beside them
_MEDIA_SECONDS = 120.0
_ASK = ["GET", "HEAD"]
_LANG = CITY.language
_FORM = "application/x-www-form-urlencoded or multipart/form-data, in UTF-8"
_BAD: Mapping[int, str] = {
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: f"This is read as a form: send {_FORM}",
    HTTPStatus.UNPROCESSABLE_ENTITY: f"The form cannot be read to its end, or has too much in it: send {_FORM}",
}
"""Bodies that cannot be read; the standard knows 400 for both."""
_REPORTS = ("service_requests", "request")
_UPDATES = ("service_request_updates", "request_update")
_DEEPEST = 100_000  # of what a partner sees together: both lists are read from their beginning


async def _answered(request: Request, ending: str, work: Callable[[Format], Awaitable[Response]]) -> Response:
    """Errors in the shape of the standard; what anybody may read is not sent to whoever has it already."""
    form = FORMATS.get(ending)
    if form is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    try:
        answer = await work(form)
        if request.method not in _ASK or "api_key" in request.query_params:
            return answer
        answer.headers["Cache-Control"] = "no-cache"  # it may be kept, and is asked about each time
        return unless_known(request, answer)
    except HTTPException as error:
        status = 400 if error.status_code in _BAD else error.status_code
        said = _BAD.get(error.status_code, HTTPStatus(error.status_code).phrase)
        told_so = trouble(Trouble(status, said), form)
        told_so.headers.update(error.headers or {})
        return told_so
    except StoreAway:
        away = trouble(Trouble(503, "Away for a moment: try again in ten seconds"), form)
        away.headers["Retry-After"] = "10"
        return away
    except (Trouble, NotAllowed, NotFound, Refused) as no:
        return trouble(_said_of(no), form)


def _said_of(no: Trouble | NotAllowed | NotFound | Refused) -> Trouble:
    match no:
        case NotAllowed():
            return Trouble(403, "api_key is missing or wrong")
        case NotFound():
            return Trouble(404, "service_request_id was not found")
        case Refused():
            details = {name: str(value) for name, value in no.details.items()}
            return Trouble(400, phrase(no.phrase, _LANG, **details))
        case Trouble():
            return no


def _machines(services: WebServices) -> Open311Services:
    if services.open311 is None:
        raise AssertionError("mounted with its machines")
    return services.open311


@router.api_route("/discovery.{ending}", methods=_ASK)
async def discovery(request: Request, ending: str, services: ServicesDep) -> Response:
    """Where the interface is."""

    async def work(form: Format) -> Response:
        return tree("discovery", answers.discovery(services.public_url), form)

    return await _answered(request, ending, work)


@router.api_route("/services.{ending}", methods=_ASK)
async def services(request: Request, ending: str) -> Response:
    """Kinds of reports."""

    async def work(form: Format) -> Response:
        parameters.jurisdiction(request.query_params)
        return rows(answers.services(_LANG), ("services", "service"), form)

    return await _answered(request, ending, work)


@router.api_route("/services/{code}.{ending}", methods=_ASK)
async def service(request: Request, code: str, ending: str, services: ServicesDep) -> Response:
    """What is asked besides of one kind."""

    async def work(form: Format) -> Response:
        parameters.jurisdiction(request.query_params)
        await _looked_for(_machines(services), code)
        if parameters.open_to_all(code) is None:
            raise Trouble(404, "service_code was not found")
        return tree("service_definition", answers.definition(CategoryId(code), _LANG), form)

    return await _answered(request, ending, work)


@router.api_route("/requests.{ending}", methods=_ASK)
async def requests(request: Request, ending: str, services: ServicesDep) -> Response:
    """Reports as anybody may see them."""
    return await _answered(request, ending, lambda form: _list(request, services, parameters.query, form, _REPORTS))


@router.api_route("/servicerequestupdates.{ending}", methods=_ASK)
async def updates(request: Request, ending: str, services: ServicesDep) -> Response:
    """What changed of them: the extension that FixMyStreet has."""
    return await _answered(request, ending, lambda form: _list(request, services, parameters.updates, form, _UPDATES))


async def _list(
    request: Request, services: WebServices, read: parameters.Read, form: Format, names: tuple[str, str]
) -> Response:
    parameters.jurisdiction(request.query_params)
    open311, given = _machines(services), parameters.given(request.query_params)
    ours, own = (read(given, open311.now(), open311.zone, own=each) for each in (False, True))
    found = await _found(request, open311, ours, own)
    public = not given.get("api_key")

    def work() -> Response:
        shown = answers.reports(found, open311.zone, _LANG, public=public)
        return rows(answers.updates(shown) if names == _UPDATES else shown, names, form)

    # A long list is written in a thread, so that the loop serves others.
    return await asyncio.to_thread(work)


@router.api_route("/requests/{number}.{ending}", methods=_ASK)
async def one(request: Request, number: str, ending: str, services: ServicesDep) -> Response:
    """One of them."""

    async def work(form: Format) -> Response:
        parameters.jurisdiction(request.query_params)
        open311, known = _machines(services), present()
        found = await _found(request, open311, parameters.one(number), parameters.one(number, own=True))
        if not found and await _renewed(open311, known):
            found = await _found(request, open311, parameters.one(number), parameters.one(number, own=True))
        shown = answers.reports(found, open311.zone, _LANG, public=not request.query_params.get("api_key"))
        if not shown:
            raise Trouble(404, "service_request_id was not found")
        return rows(shown, _REPORTS, form)

    return await _answered(request, ending, work)


async def _looked_for(open311: Open311Services, code: str) -> None:
    """A kind that this process does not know may be one that another has just made. Raises StoreAway."""
    if code and parameters.open_to_all(code) is None:
        await _renewed(open311, present())


async def _renewed(open311: Open311Services, known: Changes) -> bool:
    """Whether the city is another than it was. Raises StoreAway."""
    if open311.renew_city is not None:
        await open311.renew_city()
    return present() is not known


async def _found(
    request: Request, open311: Open311Services, query: PublishedQuery, own: PublishedQuery
) -> list[Published]:
    """What anybody may see; whoever shows a key sees what they filed as it is, and before others do."""
    key = request.query_params.get("api_key", "")
    if not key or open311.own is None:
        return await open311.find(query)
    begin, end = query.skip, min(query.skip + query.most, _DEEPEST)
    mine, all_ = replace(own, most=own.most and end, skip=0), replace(query, most=query.most and end, skip=0)
    theirs = await open311.own(key, mine)
    numbers = {each.number for each in theirs}
    others = [each for each in await open311.find(all_) if each.number not in numbers]
    return sorted([*theirs, *others], key=lambda each: (-each.received.timestamp(), each.number))[begin:end]


@router.post("/requests.{ending}")
async def file(request: Request, ending: str, services: ServicesDep) -> Response:
    """Files a report for a citizen; the key stands in the form or in the address."""

    async def work(form: Format) -> Response:
        open311 = _machines(services)
        key, given, sent = await _posted(request, services, PartnerRight.FILE)
        await _looked_for(open311, given.get("service_code", ""))
        once = parameters.once(request.headers.get("idempotency-key", ""), given)
        report = replace(parameters.filled(given, _LANG), wire_id=once)
        media = parameters.media(sent, given)
        if media is not None and open311.media is not None:
            report = replace(report, files=await open311.media(key, media))
        filed = await open311.file(key, report)
        return rows([answers.receipt(filed, _LANG)], _REPORTS, form, 201)

    return await _answered(request, ending, work)


@router.post("/servicerequestupdates.{ending}")
async def update(request: Request, ending: str, services: ServicesDep) -> Response:
    """Says more of a report that the partner filed: FixMyStreet's extension."""

    async def work(form: Format) -> Response:
        take = _machines(services).update
        if take is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        key, given, sent = await _posted(request, services, PartnerRight.UPDATE)
        said = sent_update.read(given)
        await take(key, said, parameters.media(sent, given))
        return rows([answers.update_receipt(said.id.reveal())], _UPDATES, form, 201)

    return await _answered(request, ending, work)


async def _posted(
    request: Request, services: WebServices, right: PartnerRight
) -> tuple[str, Mapping[str, str], Filled]:
    """The key, what was said, and the form; what was sent in a body is not in anybody's log, and stands before it."""
    open311 = _machines(services)
    if key := request.query_params.get("api_key", ""):
        await open311.known(key, right)  # before a photo is waited for
    sent = await _sent(request, services)
    given = {**request.query_params, **{name: sent.text(name) for name in sent.fields}}
    parameters.jurisdiction(given)
    key = given.get("api_key", "")
    if not key:
        raise NotAllowed
    await open311.known(key, right)
    return key, given, sent


async def _sent(request: Request, services: WebServices) -> Filled:
    if request.headers.get("content-type", "").lower().startswith("multipart/"):
        return await filled(request, most=_MOST_MEDIA, seconds=_MEDIA_SECONDS, files=parameters.MOST_MEDIA)
    return await filled(request, most=_MOST_BYTES, seconds=services.body_seconds)
