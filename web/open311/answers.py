"""What is answered, as plain data: services, reports as anybody may see them, a receipt."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, tzinfo
from functools import _lru_cache_wrapper, lru_cache
from types import MappingProxyType

from core import areas, tracking, workflow
from core.categories import (
    ALL_CATEGORIES,
    ATTRIBUTES,
    CATEGORIES,
    GROUPS,
    Attribute,
    AttributeKind,
    attributes_of,
    group_label,
    in_words,
    label,
)
from core.city.present import Changes, of_present
from core.city.profile import CITY
from core.intake import Receipt
from core.model import ENDED, CategoryId, Published
from core.phrases import phrase
from web.open311.parameters import ANY_KIND, JURISDICTION
from web.open311.serialization import TYPES, Row

_DATATYPES = {
    AttributeKind.CHOICE: "singlevaluelist",
    AttributeKind.NUMBER: "number",
    AttributeKind.TEXT: "string",
}
_KEPT = 4096  # rows that were told lately: a list of a thousand is asked for again and again
_GROUPS = frozenset({"", *(each.id for each in GROUPS)})  # empty: a kind that is not told


def services(lang: str) -> list[Row]:
    """Every kind of report that is open to all."""
    return [
        {
            "service_code": each.id,
            "service_name": label(each.id, lang),
            "description": group_label(each.group, lang),
            "metadata": bool(each.attributes),
            "type": "realtime",
            "keywords": each.group,
            "group": group_label(each.group, lang),
        }
        for each in CATEGORIES
        if each.restricted is None
    ]


def definition(code: CategoryId, lang: str) -> Mapping[str, object]:
    """What is asked besides, of a kind that is open to all."""
    asked = [ATTRIBUTES[each] for each in attributes_of(code)]
    return {"service_code": code, "attributes": [_attribute(each, at, lang) for at, each in enumerate(asked, 1)]}


def _attribute(asked: Attribute, order: int, lang: str) -> Mapping[str, object]:
    told: dict[str, object] = {
        "variable": True,
        "code": asked.id,
        "datatype": _DATATYPES[asked.kind],
        "required": False,
        "datatype_description": None,
        "order": order,
        "description": in_words(asked.ask, lang),
    }
    values = [{"key": key, "name": in_words(said, lang)} for key, said in asked.values.items()]
    return told | ({"values": values} if values else {})


def reports(found: Iterable[Published], zone: tzinfo, lang: str, *, public: bool) -> list[Row]:
    """Those of which everything is still known: reports outlive the data, and what was renamed breaks no answer.

    `public`: anybody may see all of them, so their rows are kept; what a partner alone sees is not.
    """
    tell = report_kept() if public else _report
    return [row for each in found if (row := tell(each, zone, lang)) is not None]


def _report(found: Published, zone: tzinfo, lang: str) -> Row | None:
    """None where its kind, place or office was renamed. Times are days, for the minute would tell that of a message."""
    if not _known(found):
        return None
    ended = found.status in ENDED
    told = {
        "service_request_id": found.number,
        "status": "closed" if ended else "open",
        "status_notes": phrase(f"status_{found.status.value}", lang),
        "service_name": _kind(found, lang),
        "service_code": found.category or found.group or ANY_KIND,
        "description": None,
        "agency_responsible": None if found.agency is None else workflow.agency_name(found.agency, lang),
        "service_notice": None,
        "requested_datetime": _day(found.received, zone),
        "updated_datetime": _day(found.updated, zone),
        "expected_datetime": None if ended or found.due is None else _day(found.due, zone),
        "address": None if found.area is None else areas.full_name(found.area),
        "address_id": found.area,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }
    return MappingProxyType(told)


@of_present
def report_kept(_: Changes) -> "_lru_cache_wrapper[Row | None]":
    """Rows as they are told, each made once of one present."""
    return lru_cache(maxsize=_KEPT)(_report)


def updates(shown: Iterable[Row]) -> list[Row]:
    """The last change of each report, of their rows."""
    return [
        {
            "update_id": f"{row['service_request_id']}-{row['updated_datetime']}",
            "service_request_id": row["service_request_id"],
            "status": row["status"],
            "updated_datetime": row["updated_datetime"],
            "description": row["status_notes"],
            "media_url": None,
        }
        for row in shown
    ]


def _kind(found: Published, lang: str) -> str | None:
    if found.category is not None:
        return label(found.category, lang)
    return group_label(found.group, lang) if found.group else None


def _is_open(kind: CategoryId) -> bool:
    """Retired or not."""
    leaf = ALL_CATEGORIES.get(kind)
    return leaf is not None and leaf.restricted is None


def _known(found: Published) -> bool:
    kind = _is_open(found.category) if found.category is not None else found.group in _GROUPS
    place = found.area is None or found.area in areas.AREAS
    return kind and place and (found.agency is None or workflow.known(found.agency))


def receipt(filed: Receipt, lang: str) -> Row:
    """The number, and the code that no later answer tells."""
    return {
        "service_request_id": filed.report.number,
        "service_notice": phrase("partner_notice", lang, code=tracking.shown(filed.code)),
        "account_id": None,
    }


def update_receipt(update_id: str) -> Row:
    """The partner's own id: what the list of updates tells is the last change, whoever made it."""
    return {"update_id": update_id, "account_id": None}


def discovery(base: str) -> Mapping[str, object]:
    """Where the interface is and what it speaks."""
    return {
        "changeset": "2026-11-01T00:00:00+00:00",
        "contact": phrase("partner_contact", CITY.language),
        "key_service": phrase("partner_key_service", CITY.language),
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": f"{base}/open311/v2",
                "changeset": "2026-11-01T00:00:00+00:00",
                "type": "production",
                "formats": [kind.partition(";")[0] for kind in TYPES.values()],
                "jurisdiction_id": JURISDICTION,
            }
        ],
    }


def _day(at: datetime, zone: tzinfo) -> str:
    day = at.astimezone(zone).date()
    return datetime.combine(day, time(), tzinfo=zone).isoformat()
