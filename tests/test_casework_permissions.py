"""For random reports, people and acts casework allows what the plain rules say; restricted words never leave."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from core import casework
from core.casework import Actor, Turn
from core.categories import AGENCIES, CATEGORIES
from core.errors import Refused
from core.model import Act, AgencyId, AreaCode, CategoryId, Number, StaffRole
from tests.fakes.memory_store import MemoryUnitOfWork
from tests.fakes.plain_rules import (
    BIRO,
    ENDED,
    HANDLERS,
    INSIDE,
    JAKARTA,
    OUTSIDE,
    Case,
    City,
    Leaf,
    Person,
    Wish,
    holder,
    sees,
)
from tests.fakes.town import PHOTO
from tests.fakes.town_hall import Ordered, TownHall, photo_hash

HERE, THERE = "31.74.01.1001", "31.74.01.1002"
LEAVES = (
    Leaf("jalan_rusak", estimate=True),
    Leaf("pju"),
    Leaf("ppkm_kantor"),  # sensitive
    Leaf("bansos", placeless="dinas_sosial"),
    Leaf("lainnya"),
    Leaf("pungli_korupsi", secret="inspektorat"),
    Leaf("narkoba", secret="bnnp_dki"),
)
EVER = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
SECRET = tuple(leaf for leaf in LEAVES if leaf.secret)
PLACES = (
    *(f"kel:{area}" for area in (HERE, THERE)),
    *("dinas_bina_marga", "sudin_bina_marga_jaksel", "dinas_sosial", BIRO, "inspektorat", "bnnp_dki"),
)
PEOPLE = (
    *(Person(f"{agency} {role}", agency, role) for agency in PLACES for role in ("officer", "head")),
    *(Person(f"{agency} {role}", agency, role) for agency in PLACES[-3:] for role in ("clerk", "admin", "auditor")),
    *(Person(f"{agency} head 2", agency, "head") for agency in PLACES[-3:]),
    *(Person(f"biro {number}", BIRO, "biro") for number in (1, 2)),
)
ACTS = (
    *("start", "coordinate", "delegate", "return", "plan", "approve-plan", "reject-plan", "estimate"),
    *("approve-estimate", "refuse-estimate", "ask", "note", "result", "validate", "reject-result", "reject"),
    *("forward", "link", "close-question"),
)
AIMED = frozenset({"coordinate", "delegate", "forward", "link"})
SELDOM = frozenset({"note", "ask", "close-question", "reject", "forward"})  # they change nothing, or end everything
TOLD = frozenset({"ask", "result", "reject", "forward"})  # the words of these are for the citizen
TARGETS = (*sorted(INSIDE), *sorted(OUTSIDE), "nobody", "")
DAYS = (None, -1, 0, 6, 7, 8, 40, 366, 367)
CITIZENS = ("not-solved", "not-solved", "not-solved", "solved", "dispute", "withdraw", "answer", "add")
LONG = "a" * 221
WORDS = ("words", "words", "words", "words", "", LONG)
AREAS = (HERE, HERE, THERE, "")
OPEN, ALL = 4, 9  # reports at once
HOURS = (1, 30, 24 * 8, 24 * 13, 24 * 15)
Choose = Callable[[int], int]


def named(person: Person) -> str:
    """As an account can be called."""
    return person.name.replace(":", "-").replace("_", "-")


@dataclass(frozen=True)
class Meant:
    """An order before it is known whom and what there is."""

    act: str
    words: str = "words"  # of their own for each, so that they are found wherever they come to
    to: str | int = ""
    days: int | None = None
    photo: int = 0


MEANT = st.builds(
    Meant,
    act=st.sampled_from(ACTS),
    words=st.sampled_from(WORDS),
    to=st.sampled_from(TARGETS) | st.integers(0, 5),
    days=st.sampled_from(DAYS),
    photo=st.integers(0, 3),
)


class Life:
    """What happens in the offices of a city, done twice: by casework, and by the plain rules."""

    def __init__(self) -> None:
        self.hall, self.city = TownHall(), City()
        self.gone: set[str] = set()
        self.written = 0
        self.secrets: dict[str, set[str]] = {}  # words by the report on which they were written
        self.inside: set[str] = set()  # words that are for no citizen
        self.hushed: dict[str, str] = {}  # words for the citizen of a restricted report
        for person in PEOPLE:
            self.hall.hire(named(person), person.agency, StaffRole(person.role))
        for leaf in (LEAVES[0], LEAVES[0], SECRET[0]):
            self.arrives(leaf, HERE)

    # -- what can be talked of --

    def word(self, case: Case | None = None) -> str:
        self.written += 1
        word = (
            f"lampu canary{self.written:04d}z"  # a letter heap alone is refused by chance: 4 in 1,500 look like prying
        )
        if case is not None:
            self.secrets[case.number].add(word)
        return word

    def case(self, at: int) -> Case:
        return list(self.city.cases.values())[at % len(self.city.cases)]

    # -- what happens --

    def arrives(self, leaf: Leaf, area: str) -> None:
        if sum(case.status not in ENDED for case in self.city.cases.values()) == OPEN or len(self.city.cases) == ALL:
            return
        text = self.word()
        number = self.hall.files(leaf.id, AreaCode(area) if area else None, text=text, channels=("telegram", "sms"))
        report = self.hall.report(number)
        due = report.received + timedelta(days=7)
        agency = holder(leaf, area)
        case = Case(number, leaf, area, report.received, agency, due, held={agency}, agencies=[agency])
        self.city.cases[number], self.city.order[number] = case, report.id
        self.secrets[number] = {text}
        self.inside.add(text)

    def acts_who_can(self, choose: Choose, photo: int) -> None:
        """Chance alone seldom meets who may: of all that can be done now, one thing is."""
        for case, who, wish in self.possible(choose, photo):
            self.acts(who, case, replace(wish, words=self.word(case)))

    def another_tries(self, choose: Choose, photo: int) -> None:
        """What somebody may do now, tried by somebody else who sees the report."""
        for case, _, wish in self.possible(choose, photo):
            seers = [who for who in PEOPLE if sees(who, case)]
            self.acts(seers[choose(len(seers))], case, replace(wish, words=self.word(case)))

    def possible(self, choose: Choose, photo: int) -> list[tuple[Case, Person, Wish]]:
        """At most one: whatever can be done, each kind of act as often as any other, but for those that end it."""
        able = [(case, *each) for case in self.city.cases.values() for each in self.able(case, photo)]
        acts = sorted({wish.act for _, _, wish in able})
        if not acts:
            return []
        act = acts[choose(len(acts))]
        for _ in range(2):
            act = acts[choose(len(acts))] if act in SELDOM else act
        fitting = [each for each in able if each[2].act == act]
        return [fitting[choose(len(fitting))]]

    def links(self, case: Case, choose: Choose) -> None:
        able = [(who, wish) for who, wish in self.able(case, 1) if wish.act == "link"]
        if able:
            who, wish = able[choose(len(able))]
            self.acts(who, case, replace(wish, words=self.word(case)))

    def works_towards_the_end(self, case: Case, photo: int, steps: int, skipped: int) -> None:
        """What a report needs next, as far as it goes; with one step left out somebody tries what comes behind it."""
        for at, act in enumerate(("start", "plan", "approve-plan", "result", "validate")[:steps]):
            able = [(who, wish) for who, wish in self.able(case, photo) if wish.act == act]
            holders = [who for who in PEOPLE if who.agency == case.agency and sees(who, case)]
            tried = able or [(who, Wish(act, photo=photo)) for who in holders]
            for who, wish in tried[: at != skipped]:
                self.acts(who, case, replace(wish, words=self.word(case)))

    def offered(self, who: Person, number: Number) -> set[Act]:
        """What somebody is told that they can do."""
        turn = Turn(MemoryUnitOfWork(self.hall.state.copy()), self.hall.clock.now(), self.hall.context)
        seen = casework.show(turn, Actor(named(who)), number)
        return {each.act for each in seen.can}

    def able(self, case: Case, photo: int) -> list[tuple[Person, Wish]]:
        now = self.hall.clock.now()
        until = now.astimezone(JAKARTA).date() + timedelta(days=9)
        wishes = [
            Wish(act, "words", to, until, photo)
            for act in ACTS
            for to in ((*TARGETS, *self.city.cases) if act in AIMED else ("",))
        ]
        people = [who for who in PEOPLE if who.name not in self.gone and sees(who, case)]
        return [(who, wish) for wish in wishes for who in people if self.city.may(who, case, wish, now)]

    def wish(self, case: Case, meant: Meant) -> Wish:
        today = self.hall.clock.now().astimezone(JAKARTA).date()
        until = None if meant.days is None else today + timedelta(days=meant.days)
        words = self.word(case) if meant.words == "words" else meant.words
        to = self.case(meant.to).number if isinstance(meant.to, int) else meant.to
        return Wish(meant.act, words, to, until, meant.photo)

    def acts(self, who: Person, case: Case, wish: Wish) -> None:
        hall, now = self.hall, self.hall.clock.now()
        if wish.words and wish.act not in TOLD:
            self.inside.add(wish.words)
        elif wish.words and case.secret:
            self.hushed[wish.words] = case.number
        order: Ordered = {"text": wish.words, "to": wish.to, "until": wish.until}
        if wish.photo and wish.act == "result":
            order |= {"photo": PHOTO, "photo_hash": photo_hash(wish.photo)}
        name, act, number = named(who), Act(wish.act), Number(case.number)
        if who.name not in self.gone and self.city.may(who, case, wish, now):
            assert act in self.offered(who, number)
            hall.does(name, act, number, **order)
            self.city.done(who, case, wish, now.replace(second=0, microsecond=0))
            return
        why = hall.refused(name, act, number, **order)
        if who.name in self.gone:
            assert why == "staff_unknown"
        elif who.role not in HANDLERS:
            assert why == "case_role_reads_nothing"
        elif not sees(who, case):
            assert why == "case_report_unknown"

    def citizen_writes(self, case: Case, act: str) -> None:
        """What is said of a solution is said of the report that all go along with, as intake does it."""
        now = self.hall.clock.now()
        if act in {"solved", "not-solved", "dispute"} and case.main is not None:
            case = case.main
        word = self.word(case)
        self.inside.add(word)
        if self.city.citizen_may(case, act, now):
            self.hall.citizen_does(Act(act), Number(case.number), word)
            self.city.citizen_did(case, act, now.replace(second=0, microsecond=0))
        else:
            assert self.hall.citizen_is_refused(Act(act), Number(case.number), word)

    def citizen_corrects(self, case: Case, leaf: Leaf, area: str) -> None:
        self.hall.citizen_corrects(Number(case.number), leaf=leaf.id, area=AreaCode(area) if area else None)
        self.city.corrected(case, leaf, area)

    def passes(self, hours: int) -> None:
        self.hall.passes(hours=hours)
        self.hall.post()

    def closes(self, who: Person) -> None:
        if who.name not in self.gone and len(self.gone) < 4:
            self.hall.run(lambda turn: casework.disable(turn, named(who)))
            self.gone.add(who.name)

    # -- what must hold --

    def each_report_stands_where_the_plain_rules_say(self) -> None:
        for case in self.city.cases.values():
            report = self.hall.report(Number(case.number))
            assert (report.status.value, report.agency, report.restricted) == (case.status, case.agency, case.secret)
            assert (report.due, report.closed) == (case.due, case.closed)
            assert self.hall.state.held[report.id] == case.held

    def everybody_sees_what_they_may_and_nothing_of_what_they_may_not(self) -> None:
        tx = MemoryUnitOfWork(self.hall.state.copy())  # what a look leaves behind is thrown away
        turn = Turn(tx, self.hall.clock.now(), self.hall.context)
        shown = dict.fromkeys(self.city.cases, "")
        for who in PEOPLE:
            if who.name in self.gone:
                with pytest.raises(Refused, match="staff_unknown"):
                    casework.listing(tx, named(who))
                continue
            numbers = {each.number for each in casework.listing(tx, named(who))}
            assert numbers == {number for number, case in self.city.cases.items() if sees(who, case)}
            for number in self.city.cases:
                self.reads(turn, who, number, shown)
            self.hears(tx, who)
        for number, text in shown.items():
            strangers = {word for other, words in self.secrets.items() if other != number for word in words}
            assert not [word for word in strangers & (self.inside | set(self.hushed)) if word in text]

    def reads(self, turn: Turn, who: Person, number: str, shown: dict[str, str]) -> None:
        if not sees(who, self.city.cases[number]):
            why = "case_report_unknown" if who.role in HANDLERS else "case_role_reads_nothing"
            with pytest.raises(Refused, match=why):
                casework.show(turn, Actor(named(who)), Number(number))
            return
        seen = casework.show(turn, Actor(named(who)), Number(number))
        handling = seen.report.handling
        hidden = {each.number for each in self.city.cases.values() if each.secret and each.agency != who.agency}
        assert not hidden & set(handling.lookalikes)
        shown[number] = shown[number] or str(asdict(replace(seen, possible=())))

    def hears(self, tx: MemoryUnitOfWork, who: Person) -> None:
        """Of time that passes: of a restricted report its own agency, and the Biro by number and days alone."""
        for notice in casework.climbed(tx, named(who)):
            case = self.city.cases[notice.number]
            assert who.role in HANDLERS
            if case.secret:
                assert who.agency in {case.agency, BIRO} | set(case.agencies)
                assert notice.holder in {leaf.secret for leaf in SECRET}
            assert "canary" not in str(asdict(notice))

    def no_letter_holds_what_was_written_inside_or_names_a_restricted_matter(self) -> None:
        for case in self.city.cases.values():
            row = " ".join(f"{letter.say!r}" for letter in self.hall.letters(Number(case.number)))
            assert not [word for word in self.inside if word in row]
            assert not [word for word, number in self.hushed.items() if number != case.number and word in row]
            if case.secret:
                leaf = next(each for each in CATEGORIES if each.id == case.leaf.id)
                agency = AGENCIES[AgencyId(case.agency)]
                names = (*leaf.labels.values(), leaf.id, agency.id, agency.name, agency.short)
                assert not [name for name in names if name in row]

    def nothing_restricted_is_offered_as_a_duplicate(self) -> None:
        tx = MemoryUnitOfWork(self.hall.state)
        for leaf in SECRET:
            for area in (HERE, THERE):
                assert tx.reports.open_duplicate(CategoryId(leaf.id), AreaCode(area), *EVER) is None

    def holds(self) -> None:
        self.each_report_stands_where_the_plain_rules_say()
        self.everybody_sees_what_they_may_and_nothing_of_what_they_may_not()
        self.no_letter_holds_what_was_written_inside_or_names_a_restricted_matter()
        self.nothing_restricted_is_offered_as_a_duplicate()


class Offices(RuleBasedStateMachine):
    """Any order of anything, cut down to the fewest steps where something is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.life = Life()

    @rule(leaf=st.sampled_from(LEAVES), area=st.sampled_from(AREAS))
    def a_report_arrives(self, leaf: Leaf, area: str) -> None:
        self.life.arrives(leaf, area)

    @rule(who=st.sampled_from(PEOPLE), at=st.integers(0, 5), meant=MEANT)
    def somebody_acts(self, who: Person, at: int, meant: Meant) -> None:
        case = self.life.case(at)
        self.life.acts(who, case, self.life.wish(case, meant))

    @rule(data=st.data(), photo=st.integers(1, 3), most=st.integers(1, 5))
    def some_act_who_can(self, data: st.DataObject, photo: int, most: int) -> None:
        for _ in range(most):
            self.life.acts_who_can(lambda end: data.draw(st.integers(0, end - 1)), photo)

    @rule(at=st.integers(0, 5), photo=st.integers(1, 3), steps=st.integers(1, 5), skipped=st.integers(0, 9))
    def an_office_works_towards_the_end(self, at: int, photo: int, steps: int, skipped: int) -> None:
        self.life.works_towards_the_end(self.life.case(at), photo, steps, skipped)

    @rule(which=st.integers(0, 999), photo=st.integers(1, 3))
    def another_tries_what_somebody_may(self, which: int, photo: int) -> None:
        self.life.another_tries(lambda end: which % end, photo)

    @rule(at=st.integers(0, 5), other=st.integers(0, 99))
    def two_are_linked(self, at: int, other: int) -> None:
        self.life.links(self.life.case(at), lambda end: other % end)

    @rule(at=st.integers(0, 5), act=st.sampled_from(CITIZENS))
    def a_citizen_writes(self, at: int, act: str) -> None:
        self.life.citizen_writes(self.life.case(at), act)

    @rule(at=st.integers(0, 5), leaf=st.sampled_from(LEAVES), area=st.sampled_from(AREAS))
    def a_citizen_corrects(self, at: int, leaf: Leaf, area: str) -> None:
        self.life.citizen_corrects(self.life.case(at), leaf, area)

    @rule(hours=st.sampled_from(HOURS))
    def time_passes(self, hours: int) -> None:
        self.life.passes(hours)

    @rule(who=st.sampled_from(PEOPLE))
    def an_account_is_closed(self, who: Person) -> None:
        self.life.closes(who)

    @invariant()
    def all_is_as_the_plain_rules_say(self) -> None:
        self.life.holds()


TestOffices = Offices.TestCase
TestOffices.settings = settings(max_examples=25, stateful_step_count=20, derandomize=True)


@pytest.mark.parametrize("seed", range(20))
def test_in_a_long_life_all_is_as_the_plain_rules_say(seed: int) -> None:
    """What Hypothesis makes up is short; reports that were linked, solved, reopened and corrected need many steps."""
    life, chance = Life(), Random(seed)
    for step in range(120):
        something_happens(life, chance)
        life.each_report_stands_where_the_plain_rules_say()
        if step % 10 == 9:
            life.holds()


def something_happens(life: Life, chance: Random) -> None:
    report, photo = life.case(chance.randrange(8)), chance.randint(1, 3)
    solved = [case for case in life.city.cases.values() if case.status == "selesai"]
    waiting = [case for case in life.city.cases.values() if case.status == "menunggu"]
    led = [case.main for case in waiting if case.main is not None]
    corrected, judged = chance.choice((led, waiting)) or [report], solved or [report]
    happenings: tuple[tuple[int, Callable[[], None]], ...] = (
        (7, lambda: life.acts_who_can(chance.randrange, photo)),
        (5, lambda: life.another_tries(chance.randrange, photo)),
        (3, lambda: life.acts(chance.choice(PEOPLE), report, life.wish(report, meant(chance)))),
        (4, lambda: life.works_towards_the_end(report, photo, chance.randint(2, 5), chance.randrange(8))),
        (4, lambda: life.citizen_writes(chance.choice(judged), chance.choice(CITIZENS))),
        (4, lambda: life.citizen_corrects(chance.choice(corrected), chance.choice(LEAVES), chance.choice(AREAS))),
        (3, lambda: life.links(chance.choice(waiting or [report]), chance.randrange)),
        (1, lambda: life.passes(chance.choice(HOURS))),
        (2, lambda: life.arrives(chance.choice(LEAVES), chance.choice(AREAS))),
    )
    chance.choices([act for _, act in happenings], [often for often, _ in happenings])[0]()


def meant(chance: Random) -> Meant:
    words, to = chance.choice(WORDS), chance.choice((*TARGETS, *range(6)))
    return Meant(chance.choice(ACTS), words, to, chance.choice(DAYS), chance.randint(0, 3))
