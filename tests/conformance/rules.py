"""What GeoReport v2 asks of a server, rule by rule: each tells what it found that does not hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from itertools import count
from typing import Any
from xml.etree import ElementTree as ET

import httpx
from pydantic import TypeAdapter, ValidationError

from app.time_and_random import SystemClock
from tests.conformance import shapes

Told = Iterator[str]
MOST, DAYS = 1000, timedelta(days=90)
KINDS = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
NOWHERE = "no-such-thing-here"


class NotTried(Exception):
    """A rule that cannot be tried on this server: why."""


@dataclass
class Server:
    """The server that is looked at, and what it was asked before."""

    client: httpx.Client
    key: str = ""
    now: datetime = field(default_factory=SystemClock().now)
    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def get(self, path: str, **asked: str) -> httpx.Response:
        """Of one address."""
        return self.client.get(path, params=asked)

    def post(self, ending: str = "json", **form: str) -> httpx.Response:
        """A report."""
        return self.client.post(f"requests.{ending}", data=form)

    def update(self, ending: str = "json", **form: str) -> httpx.Response:
        """Of a report (an extension)."""
        return self.client.post(f"servicerequestupdates.{ending}", data=form)

    def rows(self, path: str = "requests", **asked: str) -> list[dict[str, Any]]:
        """A list, as it is; what is no list is an empty one, for another rule tells of it."""
        name = f"{path}?{sorted(asked.items())}"
        if name not in self.lists:
            answer = self.get(f"{path}.json", **asked)
            try:
                found = answer.json() if answer.is_success else []
            except ValueError:
                found = []
            self.lists[name] = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
        return self.lists[name]

    def some(self) -> list[dict[str, Any]]:
        """A few reports that are there."""
        found = [row for row in self.rows() if row.get("service_request_id")]
        if not found:
            raise NotTried("no reports are listed")
        return found


def _shape(answer: httpx.Response, shape: TypeAdapter[Any]) -> Told:
    if answer.status_code != HTTPStatus.OK:
        yield f"{answer.url.path}: status {answer.status_code}"
        return
    try:
        shape.validate_json(answer.content, strict=True)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False)[:3]:
            yield f"{answer.url.path}: {'.'.join(map(str, each['loc']))}: {each['msg']}"


def _same(server: Server, path: str, names: tuple[str, ...], **asked: str) -> Told:
    """In both formats, with the right headers."""
    answers = {ending: server.get(f"{path}.{ending}", **asked) for ending in KINDS}
    for ending, answer in answers.items():
        said = answer.headers.get("content-type", "").replace(" ", "").lower()
        if said != KINDS[ending].replace(" ", ""):
            yield f"{path}.{ending}: Content-Type {said}"
    body = answers["xml"].content
    if not body.lstrip().startswith(b"<?xml") or b"utf-8" not in body[:60].lower():
        yield f"{path}.xml: no XML declaration with its encoding"
    try:
        root = ET.fromstring(body)  # noqa: S314 - of a server that somebody chose to look at
        told = answers["json"].json()
    except (ET.ParseError, ValueError):
        yield f"{path}: cannot be read"
        return
    if root.tag != names[0] or ({each.tag for each in root} - {*names[1:]} and len(names) > 1):
        yield f"{path}.xml: the elements are not {' and '.join(names)}"
    elif shapes.of_xml(root, told) != shapes.as_text(told):
        yield f"{path}: XML and JSON do not say the same"


def _refused(answer: httpx.Response, status: int) -> Told:
    where = f"{answer.request.method} {answer.url.path}"
    if answer.status_code != status:
        yield f"{where}: status {answer.status_code}, not {status}"
        return
    if answer.url.path.endswith(".xml"):
        try:
            root = ET.fromstring(answer.content)  # noqa: S314 - of a server that somebody chose to look at
        except ET.ParseError:
            yield f"{where}: the error is no XML"
            return
        if root.tag != "errors" or not all(each.findtext(name) for each in root for name in ("code", "description")):
            yield f"{where}: the error is not told as errors, error, code and description"
        return
    try:
        shapes.ERRORS.validate_json(answer.content)
    except ValidationError:
        yield f"{where}: the error is no list of code and description"


def discovery(server: Server) -> Told:
    """The discovery tells all it must, in both formats."""
    yield from _shape(server.get("discovery.json"), shapes.DISCOVERY)
    yield from _same(server, "discovery", ("discovery",))


def services(server: Server) -> Told:
    """Services have the published shape, and each code stands once."""
    yield from _shape(server.get("services.json"), shapes.SERVICES)
    codes = [str(row.get("service_code")) for row in server.rows("services")]
    if len(codes) != len(set(codes)):
        yield "services.json: a service_code stands twice"


def services_in_both(server: Server) -> Told:
    """Services are the same in JSON and XML."""
    yield from _same(server, "services", ("services", "service"))


def definitions(server: Server) -> Told:
    """Each service with metadata has its definition in both formats, and its lists have values."""
    asked = [str(row.get("service_code")) for row in server.rows("services") if row.get("metadata") in {True, "true"}]
    if not asked:
        raise NotTried("no service has metadata")
    for code in asked[:20]:
        answer = server.get(f"services/{code}.json")
        wrong = list(_shape(answer, shapes.DEFINITION))
        yield from wrong
        if wrong:
            return
        yield from _defined(answer.json(), code)
        yield from _same(server, f"services/{code}", ("service_definition",))


def _defined(told: dict[str, Any], code: str) -> Told:
    if told["service_code"] != code or not told["attributes"]:
        yield f"services/{code}: another code, or no attributes"
    for each in told["attributes"]:
        if each["datatype"].endswith("list") and not each.get("values"):
            yield f"services/{code}: the list {each['code']} has no values"
    for name in ("code", "order"):
        found = [each[name] for each in told["attributes"] if each.get(name) is not None]
        if len(found) != len(set(found)):
            yield f"services/{code}: a {name} stands twice"


def unknown_service(server: Server) -> Told:
    """A service that is not there is 404, with errors."""
    for ending in KINDS:
        yield from _refused(server.get(f"services/{NOWHERE}.{ending}"), 404)


def requests(server: Server) -> Told:
    """Requests have the published shape, each once, a thousand at most."""
    yield from _shape(server.get("requests.json"), shapes.REQUESTS)
    numbers = [row.get("service_request_id") for row in server.rows()]
    if len(numbers) != len(set(numbers)):
        yield "requests.json: a service_request_id stands twice"
    if len(numbers) > MOST:
        yield f"requests.json: {len(numbers)} rows"


def requests_in_both(server: Server) -> Told:
    """Requests are the same in JSON and XML."""
    yield from _same(server, "requests", ("service_requests", "request"))


def one_request(server: Server) -> Told:
    """A request by its number is a list of the one that the list has."""
    for row in server.some()[:3]:
        number = row["service_request_id"]
        if server.rows(f"requests/{number}") != [row]:
            yield f"requests/{number}.json is not the row of the list"
        yield from _same(server, f"requests/{number}", ("service_requests", "request"))


def unknown_request(server: Server) -> Told:
    """A request that is not there is 404, with errors."""
    for ending in KINDS:
        yield from _refused(server.get(f"requests/{NOWHERE}.{ending}"), 404)


def several(server: Server) -> Told:
    """A list of numbers brings these and no others, whatever else is asked."""
    numbers = {str(row["service_request_id"]) for row in server.some()[:3]}
    for more in ({}, {"status": "open"}, {"status": "closed"}, {"service_code": NOWHERE}):
        found = {row["service_request_id"] for row in server.rows(service_request_id=",".join(numbers), **more)}
        if found != numbers:
            yield f"asked for {len(numbers)} numbers with {more}, given {len(found)}"


def states(server: Server) -> Told:
    """A status brings those of that status alone, and both bring all."""
    both = {row["service_request_id"] for row in server.some()}
    apart = {state: server.rows(status=state) for state in ("open", "closed")}
    for state, found in apart.items():
        if any(row.get("status") != state for row in found):
            yield f"status={state} brings others"
    if len(both) < MOST and {row["service_request_id"] for found in apart.values() for row in found} != both:
        yield "open and closed together are not all"
    if len(server.rows(status="open,closed")) != len(both):
        yield "status=open,closed is not all"


def kinds(server: Server) -> Told:
    """A service_code brings requests of it alone; one that is not there brings none."""
    code = str(server.some()[0]["service_code"])
    found = server.rows(service_code=code)
    if not found or any(row.get("service_code") != code for row in found):
        yield f"service_code={code} brings others, or none"
    if server.rows(service_code=NOWHERE):
        yield "an unknown service_code brings requests"


def times(server: Server) -> Told:
    """start_date and end_date are kept to, their ends among them, and the default is the last ninety days."""
    at, now = [_time(row["requested_datetime"]) for row in server.some()], server.now
    middle = sorted(at)[len(at) // 2]
    found = server.rows(start_date=middle.isoformat(), end_date=middle.isoformat())
    if not found or any(_time(row["requested_datetime"]) != middle for row in found):
        yield "from a time to the same time brings others, or not those of that time"
    if server.rows(start_date=(now + DAYS).isoformat(), end_date=(now + 2 * DAYS).isoformat()):
        yield "the future brings requests"
    before = server.rows(end_date=(min(at) - timedelta(seconds=1)).isoformat())
    if any(_time(row["requested_datetime"]) >= min(at) for row in before):
        yield "end_date brings later ones"
    if any(each < now - DAYS - timedelta(days=1) for each in at):
        yield "without dates older ones than ninety days are there"


def changes(server: Server) -> Told:
    """updated_after and updated_before are kept to (an extension)."""
    at = [_time(row["updated_datetime"]) for row in server.some() if row.get("updated_datetime")]
    if not at:
        raise NotTried("no request tells when it changed")
    middle = sorted(at)[len(at) // 2]
    for name, fits in (("updated_after", middle.__le__), ("updated_before", middle.__ge__)):
        found = server.rows(**{name: middle.isoformat()})
        if not found or not all(fits(_time(row["updated_datetime"])) for row in found):
            yield f"{name} brings others, or not those of that time"


def unreadable(server: Server) -> Told:
    """A time that cannot be read is 400, with errors."""
    for ending in KINDS:
        yield from _refused(server.get(f"requests.{ending}", start_date="yesterday"), 400)


def empty_is_nothing(server: Server) -> Told:
    """An argument that is empty is one that is not there."""
    names = ("service_request_id", "service_code", "start_date", "end_date", "status")
    if server.rows(**dict.fromkeys(names, "")) != server.rows():
        yield "empty arguments bring another list"


def pages(server: Server) -> Told:
    """Pages are bounded, hold each request once, and end (an extension)."""
    whole = [row["service_request_id"] for row in server.some()]
    size = max(2, len(whole) // 3)
    seen: list[object] = []
    for page in count(1):
        found = server.rows(page=str(page), page_size=str(size))
        seen += [row.get("service_request_id") for row in found]
        if len(found) > size:
            yield f"page_size={size} brings {len(found)}"
            return
        if not found or page > MOST:
            break
    if len(seen) != len(set(seen)) or not set(whole) <= set(seen):
        yield "the pages together are not the list"
    if server.rows(page="1000000"):
        yield "a page beyond the end is not empty"
    if len(server.rows(page_size="1000000")) > MOST:
        yield "page_size has no bound"


def updates(server: Server) -> Told:
    """Updates have their shape and times (an extension)."""
    answer = server.get("servicerequestupdates.json")
    if answer.status_code == HTTPStatus.NOT_FOUND:
        raise NotTried("not offered")
    yield from _shape(answer, shapes.UPDATES)
    yield from _same(server, "servicerequestupdates", ("service_request_updates", "request_update"))
    later = (server.now + DAYS).isoformat()
    if server.rows("servicerequestupdates", start_date=later):
        yield "the future brings updates"


def keys(server: Server) -> Told:
    """Nothing is filed without a key or with a wrong one: 403, with errors."""
    code = next((str(row.get("service_code")) for row in server.rows("services")), NOWHERE)
    report = {"service_code": code, "description": "conformance", "address_string": "conformance"}
    for ending in KINDS:
        for key in ({}, {"api_key": NOWHERE}):
            yield from _refused(server.post(ending, **report, **key), 403)


def missing(server: Server) -> Told:
    """With a key, what is missing is 400 and what is unknown is 404."""
    if not server.key:
        raise NotTried("no key was given")
    for ending in KINDS:
        yield from _refused(server.post(ending, api_key=server.key, description="x", address_string="x"), 400)
        form = {"api_key": server.key, "service_code": NOWHERE, "description": "x", "address_string": "x"}
        yield from _refused(server.post(ending, **form), 404)


def filing(server: Server) -> Told:
    """A report with a key is answered with its number."""
    codes = [str(row.get("service_code")) for row in server.rows("services")]
    if not server.key or not codes:
        raise NotTried("no key was given, or no service is there")
    form = {"api_key": server.key, "service_code": codes[0], "description": "conformance test, please ignore"}
    answer = server.post(**form, address_string="conformance test")
    if not answer.is_success:
        yield f"status {answer.status_code}"
        return
    try:
        shapes.RECEIPTS.validate_json(answer.content, strict=True)
    except ValidationError:
        yield "the answer is not a list of one service_request_id"


def updating(server: Server) -> Told:
    """An update needs a key, an id and a request that is there; sent twice, it is answered alike (an extension)."""
    if server.get("servicerequestupdates.json").status_code == HTTPStatus.NOT_FOUND:
        raise NotTried("not offered")
    number = _filed(server)
    form = {"service_request_id": number, "update_id": "conformance-1", "status": "OPEN"}
    form |= {"updated_datetime": server.now.isoformat(), "description": "conformance test, please ignore"}
    ours = form | {"api_key": server.key}
    if server.update(**ours).status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}:
        raise NotTried("updates are told and not taken")
    for ending in KINDS:
        yield from _refused(server.update(ending, **form, api_key=NOWHERE), 403)
        yield from _refused(server.update(ending, **form), 403)
        yield from _refused(server.update(ending, **ours | {"service_request_id": NOWHERE}), 404)
        for name in ("service_request_id", "update_id", "status"):
            yield from _refused(server.update(ending, **{each: ours[each] for each in ours if each != name}), 400)
        yield from _refused(server.update(ending, **ours | {"update_id": "conformance-2", "status": NOWHERE}), 400)
    answers = [server.update(**ours) for _ in range(2)]
    for answer in answers:
        try:
            shapes.UPDATE_RECEIPTS.validate_json(answer.content if answer.is_success else b"", strict=True)
        except ValidationError:
            yield f"status {answer.status_code}, or the answer is not a list of one update_id"
    if answers[0].content != answers[1].content:
        yield "an update that is sent twice is answered otherwise the second time"


def _filed(server: Server) -> str:
    """A report of our own."""
    codes = [str(row.get("service_code")) for row in server.rows("services")]
    if not server.key or not codes:
        raise NotTried("no key was given, or no service is there")
    form = {"api_key": server.key, "service_code": codes[0], "description": "conformance test, please ignore"}
    answer = server.post(**form, address_string="conformance test")
    try:
        return str(answer.json()[0]["service_request_id"])
    except (ValueError, LookupError, TypeError):
        raise NotTried("nothing could be filed") from None


def _time(told: object) -> datetime:
    at = datetime.fromisoformat(str(told))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


Rule = Callable[[Server], Told]
RULES: tuple[Rule, ...] = (
    discovery, services, services_in_both, definitions, unknown_service, requests, requests_in_both, one_request,
    unknown_request, several, states, kinds, times, changes, unreadable, empty_is_nothing, pages, updates, keys,
    missing, filing, updating,
)  # fmt: skip
