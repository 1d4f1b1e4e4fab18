"""Who may do what with a report, told a second time and plainly: no table, no rule of core is asked.

Written from the plan of the house: the life of a report, who holds and who checks, what stays within one agency. Where
`core.workflow` has rows, this has sentences, so that a slip in the one is not a slip in the other.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")
HANDLERS = {"officer", "head", "biro"}
BIRO = "biro_pemerintahan"
INSIDE = {
    *("kel:31.74.01.1001", "kel:31.74.01.1002", "kec:31.74.01", "kota:jaksel", "dinas_bina_marga", "dinas_sosial"),
    *("sudin_bina_marga_jaksel", "sudin_bina_marga_jakbar", BIRO, "inspektorat"),
}
OUTSIDE = {"bnnp_dki", "pln_uid_jakarta_raya"}
BRANCH = {"dinas_bina_marga": "sudin_bina_marga_jaksel"}  # all places are in that city
NEW = {"menunggu", "koordinasi", "disposisi"}
WORK = {"proses", "ews", "tl_ditolak"}
CHECKED = "menunggu_validasi"
ENDED = {"selesai", "ditolak", "dicabut", "diteruskan"}
LEFT = ENDED - {"selesai"}


@dataclass(frozen=True)
class Leaf:
    """A category: the only agency that reads it, whether it knows more time, who has it without a place."""

    id: str
    secret: str = ""
    estimate: bool = False
    placeless: str = BIRO


@dataclass(frozen=True)
class Person:
    name: str
    agency: str
    role: str


@dataclass(frozen=True)
class Wish:
    """What somebody wants done."""

    act: str
    words: str = ""
    to: str = ""
    until: date | None = None
    photo: int = 0  # which picture; 0: none


@dataclass
class Case:
    """What is known of a report."""

    number: str
    leaf: Leaf
    area: str
    received: datetime
    agency: str
    due: datetime
    status: str = "menunggu"
    held: set[str] = field(default_factory=set)
    agencies: list[str] = field(default_factory=list)  # of its history
    plan: str = ""
    planner: str = ""
    estimate: str = ""
    estimator: str = ""
    until: date | None = None
    result: bool = False
    doer: str = ""
    like: bool = False
    main: "Case | None" = None
    reopened: int = 0
    disputed: bool = False
    closed: datetime | None = None
    asked: int = 0
    waits: datetime | None = None  # since when a question has no answer

    @property
    def secret(self) -> bool:
        return bool(self.leaf.secret)

    @property
    def open(self) -> bool:
        return self.status in NEW | WORK


def holder(leaf: Leaf, area: str) -> str:
    """Restricted beats place; then the kelurahan; without a place the lead agency or the Biro."""
    return leaf.secret or (f"kel:{area}" if area else leaf.placeless)


def sees(person: Person, case: Case) -> bool:
    if person.role not in HANDLERS:
        return False
    if case.secret:
        return person.agency == case.agency
    return person.role == "biro" or person.agency in case.held


def goes(words: str) -> bool:
    """Words that a citizen can be sent."""
    return bool(words.strip()) and len(words) <= 220


class City:
    """All reports, and what becomes of them."""

    def __init__(self) -> None:
        self.cases: dict[str, Case] = {}
        self.photos: list[tuple[str, int, str]] = []  # of whose result, which, and compared with whose
        self.order: dict[str, str] = {}  # by what several that go along are put in order

    # -- may they? --

    def may(self, who: Person, case: Case, wish: Wish, now: datetime) -> bool:
        along = case.main is not None and wish.act not in {"ask", "close-question", "note", "link"}
        if along or not sees(who, case):
            return False
        holds, biro = who.agency == case.agency, who.role == "biro" and not case.secret
        heads = holds and who.role == "head"
        second = heads if case.secret or case.agency == BIRO else biro
        if wish.act == "start" and case.status == "selesai":
            return second and case.disputed
        if wish.act in {"start", "delegate", "return", "plan", "estimate", "result"}:
            return holds and self._holder_may(case, wish, now)
        if wish.act in {"coordinate", "reject", "forward", "link"}:
            return (holds or biro) and self._office_may(who, case, wish, biro=biro)
        if wish.act in {"approve-plan", "reject-plan", "approve-estimate", "refuse-estimate", "validate"}:
            return second and self._second_may(who, case, wish, now)
        if wish.act == "reject-result":
            return second and case.status == CHECKED and who.name != case.doer and self._has(wish)
        if wish.act in {"ask", "close-question"}:
            return (holds or biro) and self._question_may(case, wish, now)
        return wish.act == "note" and (holds or biro) and self._has(wish)

    def _question_may(self, case: Case, wish: Wish, now: datetime) -> bool:
        """One at a time for two days; a sixth wants a reason, which nobody here gives. Two days end it, too."""
        stood = case.waits is None or now - case.waits >= timedelta(hours=48)
        if wish.act == "close-question":
            return case.waits is not None and stood and (case.open or case.status == CHECKED)
        return case.asked < 5 and stood and (case.open or case.status == CHECKED) and goes(wish.words)

    def _has(self, wish: Wish) -> bool:
        return bool(wish.words.strip())

    def _holder_may(self, case: Case, wish: Wish, now: datetime) -> bool:
        if wish.act == "plan":
            return case.open and self._has(wish)
        if wish.act == "estimate":
            asked = case.estimate in {"waiting", "approved"}
            return case.open and self._has(wish) and case.leaf.estimate and not asked and self._day(case, wish, now)
        if wish.act == "start":
            return case.open and case.status != "proses"
        if wish.act == "result":
            planned = case.plan == "approved" or case.result
            return case.status in WORK and goes(wish.words) and wish.photo > 0 and planned
        if case.secret or not case.open:
            return False
        if wish.act == "delegate":
            return bool(case.area) and BRANCH.get(case.agency) == wish.to
        return self.back(case) != case.agency

    def _day(self, case: Case, wish: Wish, now: datetime) -> bool:
        if wish.until is None:
            return False
        today, due = now.astimezone(JAKARTA).date(), case.due.astimezone(JAKARTA).date()
        return today <= wish.until and due <= wish.until <= today + timedelta(days=366)

    def _office_may(self, who: Person, case: Case, wish: Wish, *, biro: bool) -> bool:
        if wish.act == "link":
            other = self.cases.get(wish.to)
            if case.secret or not (case.open or case.status == CHECKED) or other is None or not sees(who, other):
                return False
            main = other.main or other
            return main is not case and main is not case.main and not main.secret and main.status not in ENDED
        if wish.act == "coordinate":
            when = case.open or (case.status == "selesai" and case.disputed and biro)
            return when and not case.secret and wish.to in INSIDE and wish.to != case.agency
        return case.open and goes(wish.words) and (wish.act == "reject" or wish.to in OUTSIDE)

    def _second_may(self, who: Person, case: Case, wish: Wish, now: datetime) -> bool:
        if wish.act in {"approve-plan", "reject-plan"}:
            return case.open and case.plan == "waiting" and case.planner != who.name
        if wish.act == "refuse-estimate":
            return case.open and case.estimate == "waiting" and case.estimator != who.name
        if wish.act == "approve-estimate":
            over = case.until is None or case.until < now.astimezone(JAKARTA).date()
            return case.open and case.estimate == "waiting" and case.estimator != who.name and not over
        new = not case.like or self._has(wish)
        return case.status == CHECKED and new and who.name != case.doer

    # -- what comes of it --

    def done(self, who: Person, case: Case, wish: Wish, now: datetime) -> None:
        before = (case.status, case.agency)
        getattr(self, f"_{wish.act.replace('-', '_')}", self._inside)(who, case, wish, now)
        self._written(case)
        if wish.act != "link" and (case.status, case.agency) != before:
            for other in self._along(case):
                self._goes_along(other, case)

    def _written(self, case: Case) -> None:
        case.held.add(case.agency)
        case.agencies.append(case.agency)

    def _along(self, case: Case) -> list[Case]:
        found = [each for each in self.cases.values() if each.main is case and each.status not in LEFT]
        return sorted(found, key=lambda each: self.order[each.number])

    def _goes_along(self, case: Case, main: Case) -> None:
        case.status, case.agency, case.closed, case.result = main.status, main.agency, main.closed, main.result
        if main.estimate == "approved":
            case.due = max(case.due, main.due)
        self._written(case)

    def back(self, case: Case) -> str:
        before = [each for each in case.agencies if each != case.agency and each not in OUTSIDE]
        return before[-1] if before else BIRO

    def _inside(self, *_: object) -> None:
        """Noting changes nothing that anybody may or may not do."""

    def _ask(self, _: Person, case: Case, __: Wish, now: datetime) -> None:
        if case.waits is not None:
            self._written(case)  # that the one before it is over
        case.asked, case.waits = case.asked + 1, now

    def _close_question(self, _: Person, case: Case, __: Wish, ___: datetime) -> None:
        case.waits = None

    def _moved(self, case: Case, to: str) -> None:
        case.agency, case.plan, case.planner, case.main, case.disputed = to, "", "", None, False
        case.result, case.doer, case.like = False, "", False
        case.estimate = case.estimate if case.estimate == "approved" else ""

    def _start(self, _: Person, case: Case, __: Wish, ___: datetime) -> None:
        case.status, case.disputed, case.closed = "proses", False, None

    def _coordinate(self, _: Person, case: Case, wish: Wish, __: datetime) -> None:
        self._moved(case, wish.to)
        case.status, case.closed = "koordinasi", None

    def _return(self, _: Person, case: Case, __: Wish, ___: datetime) -> None:
        self._moved(case, self.back(case))
        case.status = "koordinasi"

    def _delegate(self, _: Person, case: Case, wish: Wish, __: datetime) -> None:
        case.agency, case.status = wish.to, "disposisi"

    def _plan(self, who: Person, case: Case, _: Wish, __: datetime) -> None:
        case.plan, case.planner = "waiting", who.name

    def _approve_plan(self, _: Person, case: Case, __: Wish, ___: datetime) -> None:
        case.plan = "approved"

    def _reject_plan(self, _: Person, case: Case, __: Wish, ___: datetime) -> None:
        case.plan = "refused"

    def _estimate(self, who: Person, case: Case, wish: Wish, _: datetime) -> None:
        case.estimate, case.estimator, case.until = "waiting", who.name, wish.until

    def _approve_estimate(self, _: Person, case: Case, __: Wish, ___: datetime) -> None:
        assert case.until is not None
        end = datetime(case.until.year, case.until.month, case.until.day, 23, 59, tzinfo=JAKARTA)
        case.estimate, case.status, case.due = "approved", "ews", end

    def _refuse_estimate(self, _: Person, case: Case, __: Wish, ___: datetime) -> None:
        case.estimate = "refused"

    def _result(self, who: Person, case: Case, wish: Wish, _: datetime) -> None:
        scope = case.agency if case.secret else ""
        others = {number for number, photo, where in self.photos if photo == wish.photo and where == scope}
        case.like = bool(others - {case.number})
        self.photos.append((case.number, wish.photo, scope))
        case.status, case.result, case.doer = CHECKED, True, who.name

    def _validate(self, _: Person, case: Case, __: Wish, now: datetime) -> None:
        case.status, case.closed = "selesai", now

    def _reject_result(self, _: Person, case: Case, __: Wish, ___: datetime) -> None:
        case.status = "tl_ditolak"

    def _reject(self, _: Person, case: Case, __: Wish, now: datetime) -> None:
        case.status, case.closed = "ditolak", now

    def _forward(self, _: Person, case: Case, __: Wish, now: datetime) -> None:
        case.status, case.closed = "diteruskan", now

    def _link(self, _: Person, case: Case, wish: Wish, __: datetime) -> None:
        other = self.cases[wish.to]
        main = other.main or other
        for each in (*self._along(case), case):
            each.main = main
            self._goes_along(each, main)

    # -- citizens --

    def citizen_may(self, case: Case, act: str, now: datetime) -> bool:
        if act in {"answer", "add", "withdraw"}:
            return case.open or case.status == CHECKED
        if case.status != "selesai":
            return False
        if act == "not-solved":
            recent = case.closed is not None and now - case.closed <= timedelta(days=14)
            return recent and case.reopened < 2
        return act in {"solved", "dispute"}

    def citizen_did(self, case: Case, act: str, now: datetime) -> None:
        self._written(case)
        if act == "withdraw":
            others = self._along(case)
            case.status, case.closed = "dicabut", now
            self._inherited(case, others)
        elif act == "not-solved":
            case.status, case.closed, case.reopened = "proses", None, case.reopened + 1
            for other in self._along(case):
                self._goes_along(other, case)
        elif act == "dispute":
            case.disputed = True
        elif act == "answer":
            case.waits = None

    def _inherited(self, left: Case, others: list[Case]) -> None:
        if not others:
            return
        first, *rest = others
        for name in ("plan", "planner", "estimate", "estimator", "until", "result", "doer", "like", "reopened"):
            setattr(first, name, getattr(left, name))
        first.disputed, first.main = left.disputed, None
        for other in rest:
            other.main = first

    def corrected(self, case: Case, leaf: Leaf, area: str) -> None:
        """While nobody has begun, and never out of restricted; what it was about before goes its own way."""
        if case.status != "menunggu" or case.secret:
            return
        area = area or case.area
        if (leaf, area) != (case.leaf, case.area):
            for other in self._along(case):
                other.main = None
            if leaf.secret and not case.secret:
                case.held = set()
            case.leaf, case.area = leaf, area
            self._moved(case, holder(leaf, area))
        self._written(case)
