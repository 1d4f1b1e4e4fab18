"""Stories of Chicago, told where no other city is, by a process that chose it before it loaded this."""

import sys

from core import areas, casework, deadlines, workflow
from core.casework import Actor, Turn
from core.categories import CATEGORIES
from core.messages import Point
from core.model import (
    Act,
    AgencyId,
    AreaCode,
    CategoryId,
    Number,
    Report,
    ReportId,
    Staff,
    StaffId,
    StaffRole,
    Status,
    Unpublished,
)
from core.model.published import ANYWHERE
from core.phrases import LANGUAGES, SPOKEN, phrase
from core.publication import classes
from core.workflow import Order
from tests.fakes.town import PHOTO, Citizen, Told, Town
from web.open311 import answers as open311

POTHOLE = "Huge pothole in the street near the school, it damaged my tire"
FOREIGN = ("kelurahan", "kecamatan", "Jakarta", "Biro", "112", "JAKI")


def here(told: Told) -> Told:
    """Nothing of another city is said."""
    assert not [word for word in FOREIGN if word in told.text], told.text
    return told


def filed(citizen: Citizen, told: Told) -> str:
    """Answers what is asked until there is a code."""
    for _ in range(8):
        here(told)
        if told.code:
            return told.code
        offered = [option.id for option in told.options]
        if "send" in offered:
            told = citizen.presses(next(option.label for option in told.options if option.id == "send"))
        elif "skip" in offered:
            told = citizen.writes("skip")
        else:
            told = citizen.presses(told.options[0].label) if told.options else citizen.writes("Lake View")
    raise AssertionError(told)


def only(town: Town) -> Report:
    [report] = town.reports
    return report


def telegram() -> None:
    """A story, a place in words, a code, and the department that leads its kind."""
    town = Town("en")
    ana = town.citizen("telegram", "ana")
    here(ana.writes("/start"))
    code = filed(ana, ana.writes(f"{POTHOLE}, Lake View"))
    report = only(town)
    assert (report.category, report.agency, report.place.area) == ("pothole_in_street", "cdot", "N.06")
    assert "Lake View" in (report.place.name or "")
    assert code[-4:] in here(ana.writes(f"CHECK {code}")).text


def mail() -> None:
    """One mail, one report."""
    town = Town("en")
    bo = town.citizen("mail", "bo@example.org")
    told = here(bo.writes("Rats behind the restaurant, rat holes everywhere.\nIt is in Pilsen."))
    assert told.code
    report = only(town)
    assert (report.category, report.agency, report.place.area) == ("rodent_baiting", "streets_sanitation", "W.31")


def sms() -> None:
    """In single messages that a telephone shows whole."""
    town = Town("en")
    cy = town.citizen("sms", "+13125550100")
    code = filed(cy, cy.writes("REPORT The street light is out, dark street, Hyde Park"))
    assert only(town).place.area == "S.41"
    assert here(town.citizen("sms", "+13125550101").writes(f"CHECK {code}")).text


def danger() -> None:
    """The number of this city comes first."""
    town = Town("en")
    assert "911" in here(town.citizen("telegram", "di").writes("My house is on fire, people are trapped, help!")).text


def restricted() -> None:
    """What only one office may read goes straight there."""
    town = Town("en")
    ed = town.citizen("telegram", "ed")
    filed(ed, ed.writes("A building inspector asked for money, he wants a bribe in cash"))
    report = only(town)
    assert report.restricted
    assert report.agency == "inspector_general"


def a_point() -> None:
    """A location is one of the nearest community areas; one of another continent is none."""
    assert areas.nearest(Point(41.79, -87.59))[0] == "S.41"
    for written in ("41.9402,-87.6503", "https://maps.example/?q=41.9402,-87.6503", "-87.6503 41.9402"):
        found = areas.point_in(written)
        assert found is not None, written
        assert (round(found.latitude, 4), round(found.longitude, 4)) == (41.9402, -87.6503)
    assert areas.point_in("-6.2,106.8") is None


def handled() -> None:
    """From the start of work to the news that it is solved; lateness climbs to who coordinates."""
    town = Town("en")
    flo = town.citizen("telegram", "flo")
    code = filed(flo, flo.writes(f"{POTHOLE}, Uptown"))
    hired(town, "crew", "cdot", StaffRole.OFFICER)
    hired(town, "check", "city_services", StaffRole.BIRO)
    for name, order in (
        ("crew", Order(Act.START)),
        ("crew", Order(Act.PLAN, "A crew comes on Friday")),
        ("check", Order(Act.APPROVE_PLAN)),
        ("crew", Order(Act.RESULT, "The hole is filled", photo=PHOTO)),
        ("check", Order(Act.VALIDATE)),
    ):
        town.clock.passes(hours=1)
        does(town, name, order)
    assert only(town).status is Status.SELESAI
    assert (only(town).due - only(town).received).days >= 14, "ten working days hold two weekends"
    assert deadlines.EVALUATE_AFTER.days == 45
    assert "within 10 working days" in phrase("web_front_step3", "en")
    assert here(flo.writes(f"CHECK {code}")).text
    assert workflow.rungs(AgencyId("forestry"), restricted=False) == ("streets_sanitation", "city_services")


def hired(town: Town, name: str, office: str, role: StaffRole) -> None:
    staff = Staff(StaffId(""), name, AgencyId(office), role)
    town.store.run(lambda tx: casework.add_staff(Turn(tx, town.clock.now(), town.context), staff, "hash"))


def does(town: Town, name: str, order: Order) -> None:
    number = only(town).number
    town.store.run(lambda tx: casework.do(Turn(tx, town.clock.now(), town.context), Actor(name, "desk"), number, order))


def menus() -> None:
    """Every kind can be chosen by its number, in the only language there is."""
    assert LANGUAGES == SPOKEN == ("en",)
    town = Town("en")
    gus = town.citizen("sms", "+13125550102")
    for leaf in CATEGORIES:
        assert leaf.labels["en"]
    here(gus.writes("HELP"))


def foreign() -> None:
    """A language that this city does not speak is no fault: what is told is answered in its own."""
    town = Town("en")
    for channel in ("telegram", "mail", "sms"):
        here(town.citizen(channel, f"hadi {channel}").writes("Tolong, lampu jalan di depan rumah saya sudah mati"))
        for word in ("ID", "JOWO", "EN", "/start", "BATAL", "CABUT", "🙂", "LAPOR", "HELP", "PRIVACY", "CODE"):
            here(town.citizen(channel, f"ina {channel}").writes(word))


def open_to_partners() -> None:
    """What Open311 tells of the service is said in a language of this city."""
    assert open311.discovery("https://city.example")["contact"]
    assert {row["service_code"] for row in open311.services("en")} < {leaf.id for leaf in CATEGORIES}


def published() -> None:
    """What is shared is told by community area, else by side, else by nothing."""
    town = Town("en")
    kind, area = CategoryId("rodent_baiting"), AreaCode("W.31")
    report = Unpublished(ReportId("x"), Number("R1"), Status.PROSES, kind, area, town.clock.now())
    assert [classes.coarser(classes.finest(report), (0, place)).area for place in range(3)] == ["W.31", "W", ANYWHERE]


STORIES = (telegram, mail, sms, danger, restricted, a_point, handled, menus, foreign, open_to_partners, published)


def tell() -> None:
    """Writes the name of each that came to its end."""
    for story in STORIES:
        story()
        sys.stdout.write(f"{story.__name__}\n")
