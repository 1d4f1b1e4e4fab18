"""Staff who want to know who wrote, to see what is none of theirs, or to pass off old work: what each of them gets."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import casework
from core.casework import Actor, Seen, Turn
from core.errors import Refused
from core.messages import Address
from core.model import Act, AgencyId, DeliveryKind, Number, Report, StaffRole
from core.ports import Context, UnitOfWork
from core.workflow import Order
from storage import Keys, SqlStore, open_store
from tests.fakes.city import BUDI, DINAS, LURAH, STAFF, STORY, City
from tests.fakes.declared import profiles
from tests.fakes.time_and_random import FakeRandomSource

pytestmark = pytest.mark.hostile

BNN = AgencyId("bnnp_dki")
OTHERS = (
    ("other", AgencyId("kel:31.74.01.1001"), StaffRole.OFFICER),
    ("admin", AgencyId("biro_pemerintahan"), StaffRole.ADMIN),
    ("auditor", AgencyId("inspektorat"), StaffRole.AUDITOR),
    ("clerk", LURAH, StaffRole.CLERK),
    ("bnn", BNN, StaffRole.OFFICER),
    ("chief", BNN, StaffRole.HEAD),
)
DRUGS = "LAPOR ada bandar sabu jualan di gang mawar, kelurahan Tebet Barat"
ANI = ("sms", "+628110009")


@pytest.fixture
def store(sqlite_url: str, keys: Keys) -> Iterator[SqlStore]:
    with closing(open_store(sqlite_url, keys)) as store:
        yield store


def _city(store: SqlStore) -> City:
    city = City(store)
    city.run(*(city.hires(*each) for each in (*STAFF, *OTHERS)), city.writes(BUDI, f"LAPOR {STORY}"))
    city.post()
    return city


def _listed(city: City, name: str) -> list[Report]:
    return list(city.store.run(lambda tx: casework.listing(tx, name)))


def _refusal(city: City, name: str, number: Number) -> str:
    with pytest.raises(Refused) as refused:
        city.run(city.opens(name, number))
    return refused.value.phrase


def _restricted(city: City) -> Number:
    city.run(city.writes(ANI, DRUGS))
    city.post()
    [report] = _listed(city, "bnn")
    return report.number


def test_an_officer_of_another_office_cannot_even_tell_whether_a_number_exists(store: SqlStore) -> None:
    city = _city(store)
    assert _listed(city, "other") == []
    assert _refusal(city, "other", city.report.number) == _refusal(city, "other", Number("R00000000"))


def test_who_held_a_report_before_still_sees_it_and_can_do_nothing_to_it(store: SqlStore) -> None:
    city = _city(store)
    city.run(city.does("lurah", Act.COORDINATE, to=DINAS), city.opens("lurah"))
    for act in (Act.START, Act.NOTE, Act.ASK):
        with pytest.raises(Refused, match="case_not_yours"):
            city.run(city.does("lurah", act, "Siapa ini?"))


def test_what_an_officer_sees_pairs_no_two_reports_of_one_person(store: SqlStore) -> None:
    city = _city(store)
    city.now += timedelta(hours=3)
    city.run(city.writes(BUDI, f"LAPOR {STORY}"))
    city.post()
    one, two = _listed(city, "lurah")
    same = {name for name in one.__slots__ if getattr(one, name) == getattr(two, name)}
    assert same.isdisjoint({"id", "number", "received", "due"})
    assert same <= {
        *("channel", "status", "category", "agency", "text", "attributes", "place", "files"),
        *("restricted", "closed", "late", "evaluation", "handling"),
    }


@pytest.mark.parametrize("name", ["admin", "auditor", "clerk"])
def test_who_runs_checks_or_files_reads_no_report(store: SqlStore, name: str) -> None:
    city = _city(store)
    assert _listed(city, name) == []
    assert _refusal(city, name, city.report.number) == "case_role_reads_nothing"
    with pytest.raises(Refused, match="case_role_reads_nothing"):
        city.run(city.does(name, Act.NOTE, "Halo"))
    assert list(store.run(lambda tx: casework.climbed(tx, name))) == []


@pytest.mark.parametrize("name", ["lurah", "biro", "other", "admin", "auditor"])
def test_a_restricted_report_is_in_nobodys_hands_but_those_of_its_agency(store: SqlStore, name: str) -> None:
    city = _city(store)
    number = _restricted(city)
    assert number not in {report.number for report in _listed(city, name)}
    assert _refusal(city, name, number) in {"case_report_unknown", "case_role_reads_nothing"}
    with pytest.raises(Refused):
        city.run(city.does("bnn", Act.COORDINATE, to=LURAH, number=number))


def test_every_reading_of_a_restricted_report_is_noted_with_who_read_it(store: SqlStore) -> None:
    city = _city(store)
    number = _restricted(city)
    city.run(city.opens("bnn", number), city.opens("chief", number))
    read = [(entry.who, entry.number) for entry in store.audit.entries(9) if entry.act == "read"]
    assert sorted(read) == [("bnn", number), ("chief", number)]


def test_the_agency_outside_reads_and_forwards_and_its_citizen_hears_no_name_of_it(store: SqlStore) -> None:
    city = _city(store)
    number = _restricted(city)
    city.run(city.does("bnn", Act.FORWARD, "Kami tangani sendiri", to=BNN, number=number))
    city.post()
    [news] = [text for to, text in city.heard[-2:] if to == ANI[1] and "Kami tangani sendiri" in text]
    assert "BNN" not in news
    assert "arkot" not in news


@pytest.mark.parametrize(
    "text", ["Siapa nama Anda, dan berapa nomornya?", "Rumah Bapak yang mana?", "WA 0812 3456 7890"]
)
def test_a_question_about_the_writer_or_a_number_to_call_is_not_sent(store: SqlStore, text: str) -> None:
    city = _city(store)
    with pytest.raises(Refused) as no:
        city.run(city.does("lurah", Act.ASK, text))
    assert no.value.phrase.startswith("words_")
    assert _seen(city, city.report.number).questions == ()
    assert [entry.act for entry in store.audit.entries(9) if entry.number == city.report.number] == []


def test_an_answer_that_tells_too_much_is_closed_before_anybody_reads_it(store: SqlStore) -> None:
    city = _city(store)
    city.run(city.does("lurah", Act.ASK, "Lubangnya sebelah mana?"))
    city.post()
    city.run(city.writes(BUDI, "nama saya Budi Santoso, 0812 7777 4545, lubangnya di depan pasar"))
    [question] = _seen(city, city.report.number).questions
    answer = str(question.answered)
    assert "di depan pasar" in answer
    assert [word for word in ("Budi", "Santoso", "7777", "4545") if word in answer] == []


def test_a_question_stands_in_history_and_trail_so_that_others_see_what_was_asked(store: SqlStore) -> None:
    city = _city(store)
    city.run(city.does("lurah", Act.ASK, "Lubangnya sebelah mana?"))
    seen = _seen(city, city.report.number)
    assert [question.asked for question in seen.questions] == ["Lubangnya sebelah mana?"]
    newest = store.audit.entries(1)[0]
    assert (newest.who, newest.act, newest.number) == ("lurah", "ask", city.report.number)


def _seen(city: City, number: Number) -> Seen:
    return city.store.run(lambda tx: casework.show(_turn(tx, city), Actor("biro"), number))


def _turn(tx: UnitOfWork, city: City, delay: tuple[int, int] = (0, 0), seed: int = 5) -> Turn:
    zone = ZoneInfo("Asia/Jakarta")
    return Turn(
        tx, city.now, Context(rng=FakeRandomSource(seed), zone=zone, lang="id", profiles=profiles(), news_delay=delay)
    )


def _worked(city: City, number: Number, shows: str) -> None:
    city.run(city.does("lurah", Act.START, number=number), city.does("lurah", Act.PLAN, "Tambal", number=number))
    city.run(city.does("biro", Act.APPROVE_PLAN, number=number))
    city.run(city.does("lurah", Act.RESULT, "Ditambal", shows=shows, number=number))


def test_an_officer_who_shows_an_old_photo_again_is_found_and_the_validator_has_to_say_why_it_holds(
    store: SqlStore,
) -> None:
    city = _city(store)
    city.now += timedelta(minutes=1)
    city.run(city.writes(ANI, f"LAPOR {STORY}"))
    first, second = (report.number for report in city.reports)
    _worked(city, first, "tambalan")
    _worked(city, second, "tambalan")
    seen = _seen(city, second)
    assert seen.report.handling.lookalikes == (first,)
    with pytest.raises(Refused, match="case_lookalikes"):
        city.run(city.does("biro", Act.VALIDATE, number=second))
    city.run(city.does("biro", Act.VALIDATE, "Lubang yang sama", number=second))


def test_photos_of_restricted_reports_are_compared_with_no_others(store: SqlStore) -> None:
    """Else the number of such a report would be told to an office that may not know of it."""
    city = _city(store)
    number = _restricted(city)
    city.run(city.does("bnn", Act.START, number=number), city.does("bnn", Act.PLAN, "Periksa", number=number))
    city.run(city.does("chief", Act.APPROVE_PLAN, number=number))
    city.run(city.does("bnn", Act.RESULT, "Sudah ditangani", shows="tambalan", number=number))
    _worked(city, city.report.number, "tambalan")
    assert city.report.handling.lookalikes == ()


def test_a_photo_of_a_report_that_became_restricted_tells_its_number_to_nobody_else(store: SqlStore) -> None:
    city = _city(store)
    city.now += timedelta(minutes=1)
    city.run(city.writes(ANI, f"LAPOR {STORY}"))
    city.post()
    first, second = (report.number for report in city.reports)
    _worked(city, first, "tambalan")
    city.run(city.does("biro", Act.REJECT_RESULT, "Belum rapi", number=first))
    graft = "petugas kelurahan minta uang pelicin, ini pungli"
    city.run(city.writes(("telegram", "77"), f"TAMBAH {city.codes[BUDI]} {graft}"))
    assert _refusal(city, "biro", first) == "case_report_unknown"
    _worked(city, second, "tambalan")
    assert _seen(city, second).report.handling.lookalikes == ()


def test_what_climbs_from_a_restricted_report_says_number_office_and_days_and_goes_to_the_biro_alone(
    store: SqlStore,
) -> None:
    city = _city(store)
    number = _restricted(city)
    city.run(city.clock(days=11))
    [notice] = [each for each in store.run(lambda tx: casework.climbed(tx, "biro")) if each.number == number]
    assert set(notice.__slots__) == {"to", "report", "number", "holder", "mark", "at", "days"}
    assert (notice.holder, notice.days) == (BNN, 11)
    others = [store.run(lambda tx, of=name: casework.climbed(tx, of)) for name in ("lurah", "other")]  # type: ignore[misc]  # a default binds the loop variable
    told = {each.number for notices in others for each in notices}
    assert told, "the other report has climbed, too"
    assert number not in told


def test_news_leaves_by_chance_and_a_question_at_once(store: SqlStore) -> None:
    """Who acts, and watches whose phone rings, learns from a question; from news no more than half an hour tells."""
    city = _city(store)
    number = city.report.number
    store.run(lambda tx: casework.do(_turn(tx, city, (0, 30)), Actor("lurah"), number, Order(Act.START)))
    store.run(lambda tx: casework.do(_turn(tx, city, (0, 30), 6), Actor("lurah"), number, Order(Act.ASK, "Di mana?")))
    waits = store.run(lambda tx: _waiting(tx, number))
    assert timedelta(0) < waits - city.now <= timedelta(minutes=30)
    assert [each.kind for each in city.claimed()] == [DeliveryKind.QUESTION]


def _waiting(tx: UnitOfWork, number: Number) -> datetime:
    report = tx.reports.by_number(number)
    assert report is not None
    [holder] = tx.code_holders.of(report.id)
    assert holder.contact is not None
    pending = tx.outbox.pending(holder.contact)
    assert pending is not None
    return pending.not_before


def test_an_address_is_nowhere_in_what_staff_are_given(store: SqlStore) -> None:
    city = _city(store)
    city.run(city.does("lurah", Act.ASK, "Di mana?"))
    seen = _seen(city, city.report.number)
    given = f"{seen} {seen.report.text} {[entry.text for entry in seen.history]}"
    assert BUDI[1] not in given
    assert "Address" not in given
    assert str(Address(BUDI[1])) == "<address>"
