"""A server of another city that keeps to GeoReport v2, in plain data; and those that break it in one way each."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs
from xml.etree.ElementTree import Element, SubElement, tostring

import httpx

from app.time_and_random import SystemClock

Row = dict[str, Any]
Asked = Mapping[str, str]
KEY = "a-key"
_TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
_ONE = {"services": "service", "attributes": "attribute", "values": "value", "errors": "error"}


class Trouble(Exception):
    """A status and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


class GeoReport:
    """Keeps to all of it. What a broken one does otherwise is a method or a value of its own."""

    types: Mapping[str, str] = _TYPES

    def __init__(self) -> None:
        now = SystemClock().now().replace(microsecond=0)
        self.services = [
            {"service_code": code, "service_name": code.title(), "metadata": code == "lamp", "type": "realtime"}
            for code in ("lamp", "hole")
        ]
        self.definition: Row = {
            "service_code": "lamp",
            "attributes": [
                {
                    "variable": True, "code": "since", "datatype": "singlevaluelist", "required": False, "order": 1,
                    "datatype_description": None, "description": "Since when?",
                    "values": [{"key": "today", "name": "Today"}, {"key": "long", "name": "For long"}],
                }
            ],
        }  # fmt: skip
        self.requests = [self.request(each, now - timedelta(days=each)) for each in range(9)]

    def request(self, number: int, at: datetime) -> Row:
        return {
            "service_request_id": f"N{number}",
            "status": "open" if number % 3 else "closed",
            "status_notes": None,
            "service_code": ("lamp", "hole")[number % 2],
            "requested_datetime": at.isoformat(),
            "updated_datetime": (at + timedelta(hours=1)).isoformat(),
            "lat": -6.5 + number,
        }

    def answer(self, request: httpx.Request) -> httpx.Response:
        name, _, ending = request.url.path.rpartition("/v2/")[2].rpartition(".")
        form = {key: each[-1] for key, each in parse_qs(request.content.decode()).items()}
        try:
            if request.method == "POST" and name == "servicerequestupdates":
                return self.shown("service_request_updates", "request_update", self.updated(form), ending)
            if request.method == "POST":
                return self.shown("service_requests", "request", self.filed(form), ending)
            return self.found(name, dict(request.url.params), ending)
        except Trouble as error:
            return self.refused(error.status, error.why, ending)

    def found(self, name: str, asked: Asked, ending: str) -> httpx.Response:
        kind, _, code = name.partition("/")
        if kind == "discovery":
            return self.shown("discovery", "", self.discovery(), ending)
        if kind == "services" and code:
            if code != "lamp":
                raise Trouble(404, "no such service")
            return self.shown("service_definition", "", self.definition, ending)
        if kind == "services":
            return self.shown("services", "service", self.services, ending)
        if kind == "servicerequestupdates":
            return self.shown("service_request_updates", "request_update", self.updates(asked), ending)
        listed = self.one(code) if code else self.listed(asked)
        return self.shown("service_requests", "request", listed, ending)

    def discovery(self) -> Row:
        endpoint = {
            "specification": "http://wiki.open311.org/GeoReport_v2",
            "url": "https://city.test/v2",
            "changeset": "2026-01-01",
            "type": "test",
            "formats": ["text/xml", "application/json"],
        }
        return {"changeset": "2026-01-01", "contact": "us", "key_service": "ask us", "endpoints": [endpoint]}

    def one(self, code: str) -> list[Row]:
        found = [row for row in self.requests if row["service_request_id"] == code]
        if not found:
            raise Trouble(404, "no such request")
        return found

    def listed(self, asked: Asked) -> list[Row]:
        numbers = asked.get("service_request_id", "")
        if numbers:
            return [row for row in self.requests if row["service_request_id"] in numbers.split(",")]
        tests = (self.of_state, self.of_kind, self.of_time, self.of_change)
        return self.page([row for row in self.requests if all(test(row, asked) for test in tests)], asked)

    def of_state(self, row: Row, asked: Asked) -> bool:
        return row["status"] in (asked.get("status") or "open,closed").split(",")

    def of_kind(self, row: Row, asked: Asked) -> bool:
        return row["service_code"] in (asked.get("service_code") or "lamp,hole").split(",")

    def of_time(self, row: Row, asked: Asked) -> bool:
        return self.between(row["requested_datetime"], asked.get("start_date"), asked.get("end_date"))

    def of_change(self, row: Row, asked: Asked) -> bool:
        return self.between(row["updated_datetime"], asked.get("updated_after"), asked.get("updated_before"))

    def between(self, at: str, since: str | None, until: str | None) -> bool:
        read = datetime.fromisoformat
        try:
            return (not since or read(since) <= read(at)) and (not until or read(at) <= read(until))
        except ValueError:
            raise Trouble(400, "no time") from None

    def page(self, found: list[Row], asked: Asked) -> list[Row]:
        size = min(int(asked.get("page_size") or 1000), 1000)
        begin = (int(asked.get("page") or 1) - 1) * size
        return found[begin : begin + size]

    def filed(self, form: Asked) -> list[Row]:
        if form.get("api_key") != KEY:
            raise Trouble(403, "no such key")
        if "service_code" not in form:
            raise Trouble(400, "no service_code")
        if form["service_code"] not in {"lamp", "hole"}:
            raise Trouble(404, "no such service")
        return [{"service_request_id": "N99", "service_notice": None, "account_id": None}]

    def updates(self, asked: Asked) -> list[Row]:
        names = ("service_request_id", "status", "updated_datetime")
        found = [
            {"update_id": f"U{row['service_request_id']}", "description": None} | {name: row[name] for name in names}
            for row in self.requests
        ]
        return [row for row in found if self.of_update(row, asked)]

    def of_update(self, row: Row, asked: Asked) -> bool:
        return self.between(row["updated_datetime"], asked.get("start_date"), asked.get("end_date"))

    def updated(self, form: Asked) -> list[Row]:
        if form.get("api_key") != KEY:
            raise Trouble(403, "no such key")
        if not {"service_request_id", "update_id", "status"} <= set(form) or form["status"] not in {"OPEN", "CLOSED"}:
            raise Trouble(400, "something is missing")
        if form["service_request_id"] != "N99":
            raise Trouble(404, "no such request")
        return [self.taken(form)]

    def taken(self, form: Asked) -> Row:
        return {"update_id": form["update_id"], "account_id": None}

    def refused(self, status: int, why: str, ending: str) -> httpx.Response:
        told = self.shown("errors", "error", [{"code": status, "description": why}], ending)
        return httpx.Response(status, headers=told.headers, content=told.content)

    def shown(self, root: str, each: str, told: Any, ending: str) -> httpx.Response:  # noqa: ANN401 - data of any shape
        body = json.dumps(told).encode() if ending == "json" else self.xml(root, each, told)
        return httpx.Response(200, headers={"Content-Type": self.types[ending]}, content=body)

    def xml(self, root: str, each: str, told: Any) -> bytes:  # noqa: ANN401 - data of any shape
        element = Element(root)
        _grow(element, told, each)
        body: bytes = tostring(element, encoding="utf-8", xml_declaration=True)
        return body


def _grow(element: Element, told: Any, each: str) -> None:  # noqa: ANN401 - data of any shape
    if isinstance(told, list):
        for row in told:
            _grow(SubElement(element, each), row, "")
    elif isinstance(told, dict):
        for name, value in told.items():
            _grow(SubElement(element, name), value, _ONE.get(name, name.removesuffix("s")))
    elif told is not None:
        element.text = str(told).lower() if isinstance(told, bool) else str(told)


class MetadataIsWords(GeoReport):
    def __init__(self) -> None:
        super().__init__()
        self.services = [row | {"metadata": str(row["metadata"]).lower()} for row in self.services]


class NoKind(GeoReport):
    def request(self, number: int, at: datetime) -> Row:
        return super().request(number, at) | ({"service_code": None} if number == 4 else {})

    def of_kind(self, row: Row, asked: Asked) -> bool:
        return row["service_code"] is None or super().of_kind(row, asked)


class NoZone(GeoReport):
    def request(self, number: int, at: datetime) -> Row:
        return super().request(number, at.astimezone(UTC).replace(tzinfo=None))

    def between(self, at: str, since: str | None, until: str | None) -> bool:
        return super().between(f"{at}+00:00", since, until)


class NumberIsANumber(GeoReport):
    def request(self, number: int, at: datetime) -> Row:
        return super().request(number, at) | {"service_request_id": number}


class PagesForEver(GeoReport):
    def page(self, found: list[Row], asked: Asked) -> list[Row]:
        return super().page(found, {**asked, "page": "1"})


class NoPages(GeoReport):
    def page(self, found: list[Row], _asked: Asked) -> list[Row]:
        return found


class StatesMixed(GeoReport):
    def of_state(self, _row: Row, _asked: Asked) -> bool:
        return True


class KindsMixed(GeoReport):
    def of_kind(self, _row: Row, _asked: Asked) -> bool:
        return True


class TimesMixed(GeoReport):
    def of_time(self, row: Row, asked: Asked) -> bool:
        super().of_time(row, asked)
        return True


class EndLeftOut(GeoReport):
    def of_time(self, row: Row, asked: Asked) -> bool:
        return super().of_time(row, asked) and row["requested_datetime"] != asked.get("end_date")


class ChangesMixed(GeoReport):
    def of_change(self, _row: Row, _asked: Asked) -> bool:
        return True


class NumbersPassedOver(GeoReport):
    def listed(self, asked: Asked) -> list[Row]:
        return super().listed({**asked, "service_request_id": ""})


class EmptyMeansNone(GeoReport):
    def of_kind(self, row: Row, asked: Asked) -> bool:
        return asked.get("service_code") != "" and super().of_kind(row, asked)


class NothingIsNobodys(GeoReport):
    def one(self, code: str) -> list[Row]:
        return [row for row in self.requests if row["service_request_id"] == code]


class OneIsNoList(GeoReport):
    def one(self, code: str) -> Any:  # noqa: ANN401 - of the wrong shape
        return super().one(code)[0]


class ErrorIsNoList(GeoReport):
    def refused(self, status: int, why: str, ending: str) -> httpx.Response:
        if ending == "xml":
            return super().refused(status, why, ending)
        return httpx.Response(status, headers={"Content-Type": self.types[ending]}, json={"error": why})


class ErrorIsAPage(GeoReport):
    def refused(self, status: int, why: str, _ending: str) -> httpx.Response:
        return httpx.Response(status, headers={"Content-Type": "text/html"}, content=f"<p>{why}<p>".encode())


class AnybodyFiles(GeoReport):
    def filed(self, form: Asked) -> list[Row]:
        return super().filed({**form, "api_key": KEY})


class FilesAnything(GeoReport):
    def filed(self, form: Asked) -> list[Row]:
        return super().filed({**form, "service_code": "lamp"})


class FiledWithoutNumber(GeoReport):
    def filed(self, form: Asked) -> list[Row]:
        return [dict.fromkeys(row) for row in super().filed(form)]


class UntypedAnswers(GeoReport):
    types: Mapping[str, str] = {"json": "text/html", "xml": "text/html"}


class XmlSaysLess(GeoReport):
    def xml(self, root: str, each: str, told: Any) -> bytes:  # noqa: ANN401 - data of any shape
        cut = [{name: row[name] for name in row if name != "lat"} for row in told] if each == "request" else told
        return super().xml(root, each, cut)


class XmlUndeclared(GeoReport):
    def xml(self, root: str, each: str, told: Any) -> bytes:  # noqa: ANN401 - data of any shape
        return super().xml(root, each, told).partition(b"?>")[2]


class ListWithoutValues(GeoReport):
    def __init__(self) -> None:
        super().__init__()
        self.definition["attributes"][0]["values"] = []


class DiscoveryWithoutFormats(GeoReport):
    def discovery(self) -> Row:
        told = super().discovery()
        return told | {"endpoints": [{**told["endpoints"][0], "formats": []}]}


class UpdatesOfAnyTime(GeoReport):
    def of_update(self, _row: Row, _asked: Asked) -> bool:
        return True


class UpdatesOfNothing(GeoReport):
    def updated(self, form: Asked) -> list[Row]:
        return super().updated({**form, "service_request_id": "N99"})


class UpdatesEachTime(GeoReport):
    times = 0

    def taken(self, form: Asked) -> Row:
        self.times += 1
        return super().taken(form) | {"update_id": f"U{self.times}"}


BROKEN: Mapping[type[GeoReport], str] = {
    MetadataIsWords: "services",
    NoKind: "requests",
    NoZone: "requests",
    NumberIsANumber: "requests",
    PagesForEver: "pages",
    NoPages: "pages",
    StatesMixed: "states",
    KindsMixed: "kinds",
    TimesMixed: "times",
    EndLeftOut: "times",
    ChangesMixed: "changes",
    NumbersPassedOver: "several",
    EmptyMeansNone: "empty_is_nothing",
    NothingIsNobodys: "unknown_request",
    OneIsNoList: "one_request",
    ErrorIsNoList: "unknown_service",
    ErrorIsAPage: "unreadable",
    AnybodyFiles: "keys",
    FilesAnything: "missing",
    FiledWithoutNumber: "filing",
    UntypedAnswers: "services_in_both",
    XmlSaysLess: "requests_in_both",
    XmlUndeclared: "discovery",
    ListWithoutValues: "definitions",
    DiscoveryWithoutFormats: "discovery",
    UpdatesOfAnyTime: "updates",
    UpdatesOfNothing: "updating",
    UpdatesEachTime: "updating",
}
"""Each that breaks the standard, and the rule that must tell."""
