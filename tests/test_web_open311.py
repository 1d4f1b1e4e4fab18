"""Open311 GeoReport v2: what a partner's machine asks for, and in which shape it is answered."""

import itertools
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import httpx
import pytest
from fastapi import FastAPI

from core.categories import CATEGORIES
from core.errors import NotAllowed, StoreAway
from core.intake import Filled, PartnerUpdate, Receipt
from core.messages import Point, StoredFile
from core.model import AgencyId, AreaCode, CategoryId, Number, PartnerRight, Published, PublishedQuery, Status
from tests.fakes.nouns import code, report
from tests.fakes.web_services import Behind, client, get, post
from web import Open311Services, create_app
from web.open311.answers import report_kept
from web.open311.serialization import rows
from web.partners import Media

NOW = datetime(2026, 11, 27, 20, 15, tzinfo=UTC)  # the 28th in Jakarta
LAMP = Published(
    Number("R0ABCDEFG"), Status.PROSES, CategoryId("pju"), AgencyId("dinas_bina_marga"), AreaCode("31.74.01.1002"),
    NOW, NOW + timedelta(hours=1), NOW + timedelta(days=7),
)  # fmt: skip
END_OF_DAY = datetime(2026, 11, 28, 17, tzinfo=UTC) - timedelta(microseconds=1)
BASE = "/open311/v2"
LIST = f"{BASE}/requests.json"
LISTED_OF = {
    group: {leaf.id for leaf in CATEGORIES if leaf.group == group and leaf.restricted is None and not leaf.sensitive}
    for group in ("jalan", "air")
}
FORM = {"api_key": "k", "service_code": "pju", "description": "Lampu mati", "address_string": "Tebet Barat"}


@dataclass
class Office:
    """What stands behind the machines."""

    found: list[Published] = field(default_factory=lambda: [LAMP])
    mine: list[Published] = field(default_factory=list)
    asked: list[PublishedQuery] = field(default_factory=list)
    filed: list[Filled] = field(default_factory=list)
    shown: list[Media] = field(default_factory=list)
    updates: list[tuple[PartnerUpdate, Media | None]] = field(default_factory=list)
    rights: frozenset[PartnerRight] = frozenset(PartnerRight)
    raises: Exception | None = None

    async def known(self, key: str, right: PartnerRight = PartnerRight.FILE) -> None:
        if key != "k" or right not in self.rights:
            raise NotAllowed

    async def file(self, key: str, filled: Filled) -> Receipt:
        await self.known(key)
        if self.raises is not None:
            raise self.raises
        self.filed.append(filled)
        return Receipt(replace(report(), number=LAMP.number), code())

    async def find(self, query: PublishedQuery) -> list[Published]:
        self.asked.append(query)
        return self.found

    async def own(self, key: str, query: PublishedQuery) -> list[Published]:
        await self.known(key)
        self.asked.append(query)
        return self.mine

    async def media(self, key: str, media: Media) -> tuple[StoredFile, ...]:
        await self.known(key)
        self.shown.append(media)
        return tuple(StoredFile(f"f{at}", "", "image/jpeg", 1) for at in range(len(media.files) + len(media.urls)))

    async def update(self, key: str, said: PartnerUpdate, media: Media | None) -> None:
        await self.known(key, PartnerRight.UPDATE)
        if self.raises is not None:
            raise self.raises
        self.updates.append((said, media))

    def app(self) -> FastAPI:
        zone, now = ZoneInfo("Asia/Jakarta"), NOW
        open311 = Open311Services(
            self.known, self.file, self.find, lambda: now, zone, self.own, self.media, self.update
        )
        return create_app(replace(Behind().services(), open311=open311, public_url="https://resi.test"))


async def sent(office: Office, form_ending: str = "json", /, **changes: str | None) -> httpx.Response:
    form = {name: value for name, value in (FORM | changes).items() if value is not None}
    return await post(office.app(), f"{BASE}/requests.{form_ending}", urlencode(form))


def errors(answer: httpx.Response) -> list[Any]:
    found: list[Any] = json.loads(answer.text)
    assert [each["code"] for each in found] == [answer.status_code]
    assert all(each["description"] for each in found)
    return found


async def test_services_are_all_that_is_open_to_everybody_and_nothing_restricted() -> None:
    listed = {each["service_code"]: each for each in (await get(Office().app(), f"{BASE}/services.json")).json()}
    assert set(listed) == {leaf.id for leaf in CATEGORIES if leaf.restricted is None}
    assert listed["pju"]["service_name"] == "Lampu jalan (PJU)"
    assert {each["type"] for each in listed.values()} == {"realtime"}
    assert {type(each["metadata"]) for each in listed.values()} == {bool}


async def test_the_head_alone_is_that_of_the_answer() -> None:
    """RFC 9110, 9.1: whoever answers GET answers HEAD."""
    async with client(Office().app()) as machine:
        for path in ("discovery.json", "services.xml", "services/pju.json", "requests.json", "requests/R0ABCDEFG.xml",
                     "servicerequestupdates.xml", "requests/R0ABCDEFH.json?jurisdiction_id=x"):  # fmt: skip
            whole, head = await machine.get(f"{BASE}/{path}"), await machine.head(f"{BASE}/{path}")
            assert (head.status_code, head.content) == (whole.status_code, b"")
            assert head.headers == whole.headers


async def test_a_wrong_method_is_told_in_the_shape_of_the_standard_which_are_right() -> None:
    async with client(Office().app()) as machine:
        lists, one = [await machine.delete(f"{BASE}/{path}.json") for path in ("requests", "requests/R0ABCDEFG")]
    assert (lists.headers["allow"], one.headers["allow"]) == ("GET, HEAD, POST", "GET, HEAD")
    assert lists.json() == [{"code": 405, "description": "Method Not Allowed"}]


async def test_the_two_formats_say_the_same() -> None:
    app = Office().app()
    told = [
        {name: str(value).lower() if isinstance(value, bool) else value for name, value in each.items()}
        for each in (await get(app, f"{BASE}/services.json")).json()
    ]
    answer = await get(app, f"{BASE}/services.xml")
    root = ET.fromstring(answer.content)  # noqa: S314 - written by ourselves
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert [{part.tag: part.text for part in each} for each in root] == told
    assert (root.tag, {each.tag for each in root}) == ("services", {"service"})


async def test_a_report_is_filed_with_its_place_and_answered_with_number_and_code() -> None:
    office = Office()
    answer = await sent(office, lat="-6.23", long="106.85")
    assert answer.status_code == 201
    [told] = answer.json()
    assert told["service_request_id"] == LAMP.number
    assert "9876-5432" in told["service_notice"] or "-" in told["service_notice"]
    [filled] = office.filed
    assert (filled.category, filled.text, filled.words) == ("pju", "Lampu mati", "Tebet Barat")
    assert filled.point == Point(-6.23, 106.85)


async def test_who_a_citizen_is_goes_nowhere() -> None:
    office = Office()
    people = dict.fromkeys(("first_name", "last_name", "email", "phone", "device_id", "account_id"), "Canary")
    assert (await sent(office, **people)).status_code == 201
    assert "Canary" not in repr([(each.text, each.words, each.reach, each) for each in office.filed])


@pytest.mark.parametrize("key", [None, "", "wrong"])
async def test_without_the_right_key_nothing_is_filed(key: str | None) -> None:
    office = Office()
    errors(await sent(office, api_key=key, service_code=None))
    answer = await sent(office, "xml", api_key=key, service_code=None)
    assert answer.status_code == 403
    assert not office.filed
    error = ET.fromstring(answer.content)  # noqa: S314 - written by ourselves
    assert (error.tag, error[0].tag, error[0][0].text) == ("errors", "error", "403")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"service_code": None}, 400),
        ({"service_code": "nothing"}, 404),
        ({"service_code": "pungli_korupsi"}, 404),
        ({"lat": "-6.2"}, 400),
        ({"lat": "nan", "long": "106"}, 400),
        ({"lat": "-6_0.2", "long": "106.8"}, 400),
        ({"lat": "91", "long": "106"}, 400),
        ({"address_id": "99.99"}, 404),
        ({"jurisdiction_id": "elsewhere.example"}, 404),
    ],
)
async def test_what_is_missing_or_wrong_is_said(changes: dict[str, str | None], status: int) -> None:
    office = Office()
    answer = await sent(office, **changes)
    assert answer.status_code == status
    errors(answer)
    assert not office.filed


async def test_a_body_of_another_kind_is_400_as_the_standard_has_it() -> None:
    app = Office().app()
    errors(await post(app, f"{BASE}/requests.json", "{}", kind="application/json"))
    answer = await post(app, f"{BASE}/requests.xml", "x", kind="multipart/form-data")
    assert (answer.status_code, ET.fromstring(answer.content)[0][0].text) == (400, "400")  # noqa: S314 - our own


async def test_a_store_that_is_away_is_said_in_the_shape_of_the_standard() -> None:
    answer = await sent(Office(raises=StoreAway()))
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "10"
    errors(answer)


async def test_a_report_is_told_without_words_point_or_minute() -> None:
    [told] = (await get(Office().app(), f"{BASE}/requests/{LAMP.number.lower()}.json")).json()
    assert told["requested_datetime"] == "2026-11-28T00:00:00+07:00"
    assert (told["status"], told["status_notes"]) == ("open", "Proses")
    assert (told["address"], told["service_code"]) == ("Kel. Tebet Barat, Tebet", "pju")
    assert {told[name] for name in ("description", "lat", "long", "media_url")} == {None}


async def test_a_number_that_is_not_there_is_404_in_both_formats() -> None:
    office = Office(found=[])
    errors(await get(office.app(), f"{BASE}/requests/R00000000.json"))
    errors(await get(office.app(), f"{BASE}/requests/whatever.json"))
    assert (await get(office.app(), f"{BASE}/requests/R00000000.xml")).status_code == 404
    assert len(office.asked) == 2


async def test_a_list_goes_ninety_days_back_and_holds_nothing_sensitive() -> None:
    office = Office()
    assert (await get(office.app(), f"{BASE}/requests.json")).status_code == 200
    [query] = office.asked
    assert query.since == datetime(2026, 8, 30, 17, tzinfo=UTC), "the first midnight in Jakarta within ninety days"
    assert query.until == END_OF_DAY
    assert set(query.categories) == {leaf.id for leaf in CATEGORIES if leaf.restricted is None and not leaf.sensitive}


@pytest.mark.parametrize(
    ("asked", "ended"), [("status=open", False), ("status=closed", True), ("status=open,closed", None), ("", None)]
)
async def test_a_list_can_be_of_what_is_open_or_closed(asked: str, ended: bool | None) -> None:  # noqa: FBT001 - pytest passes parameters by name
    office = Office()
    await get(office.app(), f"{BASE}/requests.json?{asked}")
    assert office.asked[0].ended is ended


async def test_a_list_of_a_restricted_kind_is_empty_and_not_everything() -> None:
    office = Office(found=[])
    await get(office.app(), f"{BASE}/requests.json?service_code=pungli_korupsi")
    assert (office.asked[0].categories, office.asked[0].most) == ((), 0)
    await get(office.app(), f"{BASE}/requests.json?service_request_id=nothing")
    assert (office.asked[1].numbers, office.asked[1].most) == ((), 0)


@pytest.mark.parametrize(
    "asked",
    [
        "start_date=2026-11-01T00:60:00Z",
        "status=some", "start_date=yesterday", "start_date=2026-11-01T00:00:00", "updated_after=2026", "page=0",
        "page=-1", "page=one", "page=1.5", "page_size=0", "page_size=%D9%A3", "page=%C2%B2",
    ],
)  # fmt: skip
async def test_a_question_that_cannot_be_read_is_400(asked: str) -> None:
    answer = await get(Office().app(), f"{BASE}/requests.json?{asked}")
    assert answer.status_code == 400
    errors(answer)


@pytest.mark.parametrize(
    ("asked", "most", "skip"),
    [
        ("", 1000, 0),
        ("page=2", 1000, 1000),
        ("page_size=50", 50, 0),
        ("page_size=50&page=3", 50, 100),
        ("page_size=5000&page=2", 1000, 1000),
        (f"page={'9' * 5000}&page_size=7", 7, 7 * 10**9 - 7),
        ("page=&page_size=", 1000, 0),
        ("page=2&service_request_id=R0ABCDEFG", 1000, 1000),
    ],
)
async def test_a_list_has_pages_of_a_thousand_at_most(asked: str, most: int, skip: int) -> None:
    office = Office()
    assert (await get(office.app(), f"{LIST}?{asked}")).status_code == 200
    assert (office.asked[0].most, office.asked[0].skip) == (most, skip)


async def test_pages_of_a_partner_hold_each_report_once_and_end() -> None:
    mine = [replace(LAMP, number=Number(f"R0MINE{each:03}"), received=NOW - timedelta(hours=each)) for each in range(5)]
    others = [coarse(number=Number(f"R0OTHER{each:02}"), received=NOW - timedelta(days=each)) for each in range(4)]
    office, seen = Office([*others, coarse(number=mine[0].number)], mine), []
    for page in range(1, 9):
        answer = await get(office.app(), f"{LIST}?api_key=k&page_size=2&page={page}")
        seen.append([each["service_request_id"] for each in answer.json()])
    assert sorted(itertools.chain(*seen)) == sorted([each.number for each in (*mine, *others)])
    assert [len(each) for each in seen] == [2, 2, 2, 2, 1, 0, 0, 0]


DAY_OF_28TH = datetime(2026, 11, 27, 17, tzinfo=UTC), END_OF_DAY


@pytest.mark.parametrize(
    ("asked", "since", "until"),
    [
        ("start_date=2026-11-28T00:00:00%2B07:00&end_date=2026-11-28T00:00:00%2B07:00", *DAY_OF_28TH),
        ("start_date=2026-11-28T00:00:00+07:00&end_date=2026-11-28T23:59:59+07:00", *DAY_OF_28TH),
        ("start_date=2026-11-27T00:00:01%2B07:00&end_date=2026-11-28T12:00:00Z", *DAY_OF_28TH),
        ("start_date=2026-11-27t00:00:01%2B07:00&end_date=2026-11-28t12:00:00.5z", *DAY_OF_28TH),
        ("start_date=2026-11-27T16:59:60Z&end_date=2026-11-28T12:00:00-00:00", *DAY_OF_28TH),
    ],
)
async def test_times_are_compared_as_they_are_told_by_the_day(asked: str, since: datetime, until: datetime) -> None:
    office = Office()
    await get(office.app(), f"{LIST}?{asked}")
    assert (office.asked[0].since, office.asked[0].until) == (since, until)


@pytest.mark.parametrize("year", ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-12:00", "1969-07-20T00:00:00Z"])
@pytest.mark.parametrize("name", ["start_date", "end_date", "updated_after", "updated_before"])
@pytest.mark.parametrize("of", ["requests", "servicerequestupdates"])
async def test_no_year_is_too_early_or_too_late_to_be_asked_for(of: str, name: str, year: str) -> None:
    assert (await get(Office().app(), f"{BASE}/{of}.json?{name}={year}")).status_code == 200


async def test_a_list_of_what_changed_goes_back_as_far_as_it_is_asked_to() -> None:
    office = Office()
    await get(office.app(), f"{LIST}?updated_after=2020-01-01T00:00:00Z&updated_before=2026-11-28T00:00:00%2B07:00")
    [query] = office.asked
    assert (query.since, query.until) == (None, None)
    assert (query.changed_since, query.changed_until) == (datetime(2020, 1, 1, 17, tzinfo=UTC), END_OF_DAY)


async def test_an_idempotency_key_goes_along_with_what_it_stands_for() -> None:
    office = Office()
    app = office.app()
    same = {"Idempotency-Key": "1"}
    for form, head in [
        (FORM, {}),
        (FORM, same),
        (dict(reversed(FORM.items())), same),
        (FORM, {"Idempotency-Key": "2"}),
        ({**FORM, "description": "Lampu lain"}, same),
    ]:
        assert (await post(app, LIST, urlencode(form), headers=head)).status_code == 201
    ids = [each.wire_id for each in office.filed]
    assert ids[0] is None
    assert ids[1] == ids[2]
    assert len(set(ids)) == 4


async def test_what_is_named_twice_is_a_list() -> None:
    office = Office()
    await get(office.app(), f"{LIST}?service_code=pju&service_code=air&status=open&status=closed")
    assert {"pju", *LISTED_OF["air"]} == set(office.asked[0].categories)
    assert office.asked[0].ended is None
    await get(office.app(), f"{LIST}?service_request_id=R0ABCDEFG,R0ABCDEFH&service_request_id=r0abcdefj")
    assert len(office.asked[1].numbers) == 3


@pytest.mark.parametrize("ending", ["json", "xml"])
async def test_updates_tell_the_last_change_of_each_report(ending: str) -> None:
    office = Office()
    answer = await get(office.app(), f"{BASE}/servicerequestupdates.{ending}?start_date=2026-11-28T00:00:00%2B07:00")
    [query] = office.asked
    assert (query.changed_since, query.since) == (DAY_OF_28TH[0], None)
    if ending == "json":
        [told] = answer.json()
    else:
        root = ET.fromstring(answer.content)  # noqa: S314 - our own
        assert (root.tag, root[0].tag) == ("service_request_updates", "request_update")
        told = {each.tag: each.text for each in root[0]}
    assert told == {
        "update_id": f"{LAMP.number}-2026-11-28T00:00:00+07:00",
        "service_request_id": LAMP.number,
        "status": "open",
        "updated_datetime": "2026-11-28T00:00:00+07:00",
        "description": "Proses",
        "media_url": None,
    }


async def test_what_is_told_without_its_kind_can_be_asked_for() -> None:
    office = Office()
    await get(office.app(), f"{LIST}?service_code=any")
    assert (office.asked[0].categories, office.asked[0].groups, office.asked[0].most) == ((), ("",), 1000)


def coarse(**changes: object) -> Published:
    """Of a batch."""
    told = replace(LAMP, category=None, agency=None, due=None, area=AreaCode("31.74"), group="jalan")
    return replace(told, **changes)  # type: ignore[arg-type]  # each test its own


async def test_a_coarse_report_tells_its_field_its_city_its_day_and_no_office() -> None:
    [told] = (await get(Office(found=[coarse()]).app(), f"{BASE}/requests/{LAMP.number}.json")).json()
    assert (told["service_code"], told["service_name"]) == ("jalan", "Jalan & transportasi")
    assert (told["address_id"], told["address"]) == ("31.74", "Jakarta Selatan")
    assert {told[name] for name in ("agency_responsible", "expected_datetime", "description", "lat")} == {None}
    assert told["requested_datetime"] == "2026-11-28T00:00:00+07:00"


@pytest.mark.parametrize("ending", ["json", "xml"])
async def test_the_coarsest_report_tells_neither_kind_nor_place(ending: str) -> None:
    answer = await get(Office(found=[coarse(group="", area=None)]).app(), f"{BASE}/requests.{ending}")
    assert answer.status_code == 200
    if ending == "json":
        [told] = answer.json()
        assert {told[name] for name in ("service_name", "address", "address_id")} == {None}
        assert told["service_code"] == "any", "the standard wants one"


async def test_a_field_that_is_known_no_more_breaks_no_list() -> None:
    answer = await get(Office(found=[coarse(group="gone"), coarse(area=AreaCode("99")), coarse()]).app(), LIST)
    assert len(answer.json()) == 1


@pytest.mark.parametrize(
    ("asked", "kinds", "groups"),
    [
        ("pju", {"pju"}, ()),
        ("jalan", LISTED_OF["jalan"], ("jalan",)),
        ("pju,air", {"pju"} | LISTED_OF["air"], ("air",)),
        ("pmks,pungli_korupsi,nothing", set(), ()),
    ],
)
async def test_a_list_is_of_kinds_or_of_fields_with_what_is_told_no_finer(
    asked: str, kinds: set[str], groups: tuple[str, ...]
) -> None:
    office = Office()
    await get(office.app(), f"{LIST}?service_code={asked}")
    [query] = office.asked
    assert (set(query.categories), query.groups, query.most > 0) == (kinds, groups, bool(kinds))


async def test_without_a_kind_everything_coarse_is_there_too() -> None:
    office = Office()
    await get(office.app(), LIST)
    assert office.asked[0].groups is None


async def test_by_number_and_in_the_list_the_same_kinds_are_found() -> None:
    office = Office()
    for path in ("requests.json", f"requests.json?service_request_id={LAMP.number}", f"requests/{LAMP.number}.json"):
        await get(office.app(), f"{BASE}/{path}")
    assert len({query.categories for query in office.asked}) == 1


async def test_a_partner_sees_its_own_reports_as_they_are_and_those_of_others_as_all_do() -> None:
    other = coarse(number=Number("R0OTHERSX"))
    office = Office(found=[coarse(), other], mine=[LAMP])
    told = {each["service_request_id"]: each for each in (await get(office.app(), f"{LIST}?api_key=k")).json()}
    assert told[LAMP.number]["service_code"] == "pju"
    assert told[other.number]["service_code"] == "jalan"
    assert {"pmks", "pju"} <= set(office.asked[0].categories), "its own may be sensitive"
    assert "pmks" not in office.asked[1].categories
    [one] = (await get(office.app(), f"{BASE}/requests/{LAMP.number}.json?api_key=k")).json()
    assert one["address_id"] == LAMP.area
    assert len((await get(office.app(), LIST)).json()) == 2


async def test_what_a_partner_alone_sees_is_not_kept_in_memory() -> None:
    alone = replace(LAMP, number=Number("R0ABCDEFH"))
    office, zone = Office([], mine=[alone]), ZoneInfo("Asia/Jakarta")
    for path in (LIST, f"{BASE}/requests/{alone.number}.json"):
        assert str(alone.number) in (await get(office.app(), f"{path}?api_key=k")).text
    before = report_kept().cache_info().misses
    report_kept()(alone, zone, "id")
    assert report_kept().cache_info().misses == before + 1


@pytest.mark.parametrize("path", ["requests.json", f"requests/{LAMP.number}.json"])
async def test_a_wrong_key_is_told_where_reports_are_asked_for_too(path: str) -> None:
    errors(await get(Office().app(), f"{BASE}/{path}?api_key=wrong"))
    assert (await get(Office().app(), f"{BASE}/{path}?api_key=")).status_code == 200


async def test_what_was_renamed_since_breaks_no_list() -> None:
    odd = replace(LAMP, category=CategoryId("gone")), replace(LAMP, agency=AgencyId("gone")), LAMP
    answer = await get(Office(found=list(odd)).app(), f"{BASE}/requests.json")
    assert len(answer.json()) == 1


async def test_discovery_says_where_and_what() -> None:
    told = (await get(Office().app(), f"{BASE}/discovery.json")).json()
    assert told["endpoints"][0]["url"] == "https://resi.test/open311/v2"
    root = ET.fromstring((await get(Office().app(), f"{BASE}/discovery.xml")).content)  # noqa: S314 - our own
    assert root.find("endpoints/endpoint/jurisdiction_id").text == "jakarta.go.id"  # type: ignore[union-attr]


async def test_a_service_is_defined_in_both_formats_and_an_unknown_or_restricted_one_is_not_there() -> None:
    told = (await get(Office().app(), f"{BASE}/services/pju.json")).json()
    assert told["service_code"] == "pju"
    root = ET.fromstring((await get(Office().app(), f"{BASE}/services/pju.xml")).content)  # noqa: S314 - our own
    assert (root.tag, root.findtext("service_code")) == ("service_definition", "pju")
    assert root.find("attributes") is not None
    assert (await get(Office().app(), f"{BASE}/services/nothing.xml")).status_code == 404
    assert (await get(Office().app(), f"{BASE}/services/pungli_korupsi.json")).status_code == 404


async def test_what_is_asked_besides_of_a_kind_is_its_definition_and_is_filed_with_it() -> None:
    office = Office()
    listed = {each["service_code"]: each for each in (await get(office.app(), f"{BASE}/services.json")).json()}
    assert listed["kabel_utilitas"]["metadata"] is True
    told = (await get(office.app(), f"{BASE}/services/kabel_utilitas.json")).json()["attributes"]
    assert [(each["code"], each["datatype"], each["order"]) for each in told] == [
        ("tiang", "string", 1), ("sejak", "singlevaluelist", 2),
    ]  # fmt: skip
    assert {"key": "hari_ini", "name": "Hari ini"} in told[1]["values"]
    root = ET.fromstring((await get(office.app(), f"{BASE}/services/kabel_utilitas.xml")).content)  # noqa: S314 - our own
    assert [each.text for each in root.findall("attributes/attribute/required")] == ["false", "false"]
    assert len(root.findall("attributes/attribute/values/value/key")) == 3
    answers = {"attribute[tiang]": "TJK 7", "attribute[sejak][]": "hari_ini", "attribute[name]": "Canary"}
    assert (await sent(office, service_code="kabel_utilitas", **answers)).status_code == 201
    assert office.filed[0].attributes == {"tiang": "TJK 7", "sejak": "hari_ini"}
    assert (await get(office.app(), f"{BASE}/services/pju.json")).json()["attributes"] == []


async def test_an_answer_for_machines_is_saved_by_a_browser_and_never_shown() -> None:
    app = Office().app()
    for form in ("json", "xml"):
        for path in (f"{BASE}/services.{form}", f"{BASE}/requests/R00000000.{form}"):
            answer = await get(app, path)
            assert answer.headers["content-disposition"] == f'attachment; filename="open311.{form}"'
    assert "content-disposition" not in (await get(app, "/lacak")).headers


@pytest.mark.parametrize("path", ["requests.yaml", "services.html", "nothing.json", "requests", "requests/R0ABCDEFG"])
async def test_another_format_is_nowhere_and_a_machine_is_told_so(path: str) -> None:
    answer = await get(Office().app(), f"{BASE}/{path}")
    assert answer.status_code == 404
    errors(answer)


async def test_without_machines_there_is_no_interface() -> None:
    assert (await get(Behind().app(), f"{BASE}/services.json")).status_code == 404


async def test_photos_come_as_files_of_a_form_or_by_their_address() -> None:
    office = Office()
    files = [("media", b"one"), ("media", b"two"), ("photo", b"three")]
    async with client(office.app()) as browser:
        answer = await browser.post(
            f"{BASE}/requests.json", data=FORM | {"media_url": "https://a.example/1.jpg"}, files=files
        )
    assert answer.status_code == 201
    [media] = office.shown
    assert (set(media.files), media.urls) == ({b"one", b"two", b"three"}, ("https://a.example/1.jpg",))
    assert len(office.filed[0].files) == 4
    assert (await sent(office, media_url="https://a.example/2.jpg")).status_code == 201
    assert office.shown[1].urls == ("https://a.example/2.jpg",)
    assert (await sent(office)).status_code == 201
    assert len(office.shown) == 2, "a report without photos asks for no right to them"


async def test_more_photos_than_five_are_refused_and_a_wrong_key_brings_none() -> None:
    office = Office()
    async with client(office.app()) as browser:
        many = [("media", b"x")] * 4
        urls = {"media_url": ["https://a.example/1", "https://a.example/2"]}
        errors(await browser.post(f"{BASE}/requests.json", data=FORM | urls, files=many))
        wrong = await browser.post(f"{BASE}/requests.json?api_key=wrong", data=FORM, files=many)
    assert wrong.status_code == 403
    assert not office.shown
    assert not office.filed


def test_no_sign_in_a_name_makes_xml_that_nobody_can_read() -> None:
    seen = "".join(map(chr, (*range(0x20), 0x7F, 0x85, 0x202E, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F600)))
    answer = rows([{"address": f"<Tebet & {seen}>"}], ("all", "each"), "xml")
    assert ET.fromstring(answer.body)[0][0].text == "<Tebet & \t\n\n\x7f\x85\u202e\ufffd\U0001f600>"  # noqa: S314 - our own
