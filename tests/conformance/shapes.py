"""The shapes of GeoReport v2, as its published schemas have them, and the same data read from JSON and from XML."""

from enum import StrEnum
from itertools import chain, repeat
from typing import Annotated, Any
from xml.etree.ElementTree import Element

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints, TypeAdapter

Word = Annotated[str, StringConstraints(min_length=1)]


class Type(StrEnum):
    """How a service answers a report."""

    REALTIME, BATCH, BLACKBOX = "realtime", "batch", "blackbox"


class State(StrEnum):
    """Of a report."""

    OPEN, CLOSED = "open", "closed"


class Datatype(StrEnum):
    """Of an attribute."""

    STRING, NUMBER, DATETIME, TEXT = "string", "number", "datetime", "text"
    ONE, SEVERAL = "singlevaluelist", "multivaluelist"


class Offered(BaseModel):
    """service.json."""

    service_code: Word
    service_name: Word
    description: str | None = None
    metadata: bool
    type: Type
    keywords: str | None = None
    group: str | None = None


class Value(BaseModel):
    """One of a list."""

    key: Word
    name: Word


class Attribute(BaseModel):
    """Of a definition."""

    variable: bool
    code: Word
    datatype: Datatype
    required: bool
    datatype_description: str | None = None
    order: Annotated[int, Field(ge=1)] | None = None
    description: str | None = None
    values: list[Value] = []


class Definition(BaseModel):
    """service-definition.json."""

    service_code: Word
    attributes: list[Attribute]


class Request(BaseModel):
    """request.json."""

    service_request_id: Word
    status: State
    status_notes: str | None = None
    service_name: str | None = None
    service_code: Word
    description: Annotated[str, Field(max_length=4000)] | None = None
    agency_responsible: str | None = None
    service_notice: str | None = None
    requested_datetime: AwareDatetime
    updated_datetime: AwareDatetime | None = None
    expected_datetime: AwareDatetime | None = None
    address: str | None = None
    address_id: str | None = None
    zipcode: str | None = None
    lat: float | None = None
    long: float | None = None
    media_url: str | None = None


class Receipt(BaseModel):
    """What a report is answered with at once."""

    service_request_id: Word
    service_notice: str | None = None
    account_id: str | None = None


class Update(BaseModel):
    """Of the extension for updates."""

    update_id: Word
    service_request_id: Word
    status: State
    updated_datetime: AwareDatetime
    description: str | None = None
    media_url: str | None = None


class UpdateReceipt(BaseModel):
    """What an update is answered with at once."""

    update_id: Word
    account_id: str | None = None


class Trouble(BaseModel):
    """One error."""

    code: int | str
    description: Word


class Endpoint(BaseModel):
    """Of a discovery."""

    specification: Word
    url: Word
    changeset: Word
    type: Word
    formats: Annotated[list[Word], Field(min_length=1)]


class Discovery(BaseModel):
    """What a server offers."""

    changeset: Word
    contact: Word
    key_service: Word
    endpoints: Annotated[list[Endpoint], Field(min_length=1)]


SERVICES, DEFINITION, REQUESTS = TypeAdapter(list[Offered]), TypeAdapter(Definition), TypeAdapter(list[Request])
RECEIPTS: TypeAdapter[Any] = TypeAdapter(Annotated[list[Receipt], Field(min_length=1, max_length=1)])
UPDATE_RECEIPTS: TypeAdapter[Any] = TypeAdapter(Annotated[list[UpdateReceipt], Field(min_length=1, max_length=1)])
ERRORS: TypeAdapter[Any] = TypeAdapter(Annotated[list[Trouble], Field(min_length=1)])
UPDATES, DISCOVERY = TypeAdapter(list[Update]), TypeAdapter(Discovery)


def as_text(told: object) -> Any:  # noqa: ANN401 - data of any shape
    """What JSON says, as XML can say it: everything is text, and nothing is empty."""
    if isinstance(told, dict):
        return {name: as_text(each) for name, each in told.items()}
    if isinstance(told, list):
        return [as_text(each) for each in told]
    return "" if told is None else str(told).lower() if isinstance(told, bool) else str(told)


def of_xml(element: Element, example: object) -> Any:  # noqa: ANN401 - data of any shape
    """An element as data of the shape of the example, by the standard's convention."""
    if isinstance(example, list):
        return [of_xml(each, like) for each, like in zip(element, chain(example, repeat("")))]  # noqa: B905 - it never ends
    if isinstance(example, dict):
        return {each.tag: of_xml(each, example.get(each.tag)) for each in element}
    return element.text or ""
