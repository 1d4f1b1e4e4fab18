"""Nouns as Hypothesis makes them up, and plain ones with canaries inside, for every test of a store."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st

from core.areas import AREAS
from core.categories import CATEGORIES, GROUPS
from core.messages import Address, Line, Option, Point, Say, SealedAddress, StoredFile, Thread
from core.model import (
    NOWHERE,
    Act,
    AgencyId,
    AreaChoice,
    AreaCode,
    Asking,
    AuditEntry,
    Awaited,
    CategoryId,
    Check,
    CodeHolder,
    Contact,
    ContactId,
    Delivery,
    DeliveryId,
    DeliveryKind,
    Dialogue,
    Factor,
    Feedback,
    Handling,
    HistoryEntry,
    LeavesOf,
    Mark,
    Missed,
    Notice,
    Number,
    Pending,
    Place,
    Report,
    ReportId,
    Role,
    Route,
    SameReport,
    Session,
    SessionId,
    SessionToken,
    Staff,
    StaffId,
    StaffRole,
    Status,
    TrackingCode,
    TwoProblems,
)

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
AGENCY = AgencyId("kel:31.74.01.1001")
SAY = Say((Line("filed", (("number", "R1"),)),), (Option("1", "Ya"),))


def as_row(values: Mapping[str, object] | None) -> Any:  # noqa: ANN401 - a row has whatever columns were asked for
    """What a mapper made, as a query would give it back."""
    return SimpleNamespace(**(values or {}))


def token() -> str:
    return secrets.token_hex(13)


def code() -> TrackingCode:
    return TrackingCode(f"{secrets.randbelow(10**16):016d}")


def report(text: str = "Lampu mati", *, place: Place = NOWHERE, restricted: bool = False) -> Report:
    return Report(
        id=ReportId(token()),
        number=Number("R" + secrets.token_hex(4)),
        channel="sms",
        status=Status.MENUNGGU,
        category=CategoryId("lampu_jalan"),
        agency=AGENCY,
        received=NOW,
        due=NOW + timedelta(days=7),
        text=text,
        place=place,
        restricted=restricted,
    )


def entry(text: str = "", status: Status = Status.MENUNGGU) -> HistoryEntry:
    return HistoryEntry(NOW, status, AGENCY, text)


def contact(address: str = "+62811000111") -> Contact:
    return Contact(ContactId(token()), "sms", Address(address), "id")


def words_of(address: Address | SealedAddress) -> str:
    """Of an address that no pair of keys seals."""
    assert isinstance(address, Address)
    return address.reveal()


def staff(name: str = "siti", role: StaffRole = StaffRole.OFFICER) -> Staff:
    return Staff(StaffId(token()), name, AGENCY, role)


def session(of: Staff, began: datetime = NOW) -> tuple[Session, SessionToken]:
    return Session(SessionId(token()), of.id, began, began), SessionToken(token())


def awaited(of: Report, until: datetime = NOW + timedelta(days=7)) -> Awaited:
    return Awaited(of.id, "4321", Asking.ANSWER, until, "message-1")


def notice(of: Report, mark: Mark = Mark.LATE, to: AgencyId = AGENCY, at: datetime = NOW) -> Notice:
    return Notice(to, of.id, of.number, of.agency, mark, at, 7)


def holder(of: Report, its_code: TrackingCode, reach: Contact | None) -> CodeHolder:
    return CodeHolder(of.id, Role.REPORTER, its_code.reveal()[-4:], None if reach is None else reach.id)


def delivery(ordering_key: bytes = b"lane", address: str = "+62811000111", *, reach: Contact | None = None) -> Delivery:
    return Delivery(
        id=DeliveryId(token()),
        ordering_key=ordering_key,
        kind=DeliveryKind.REPLY,
        channel="sms",
        to=Address(address),
        say=SAY,
        lang="id",
        not_before=NOW,
        contact=None if reach is None else reach.id,
    )


_words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
_ids = st.text("abcdefghijklmnopqrstuvwxyz0123456789_:.", min_size=1, max_size=26)
_minutes = st.integers(0, 10**7).map(lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
_points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
_files = st.lists(st.builds(StoredFile, _ids, _words, _words, st.integers(0, 10**9)), max_size=3).map(tuple)
_leaves, _codes = st.sampled_from([leaf.id for leaf in CATEGORIES]), st.sampled_from(list(AREAS))
_places = st.builds(Place, st.none() | _ids.map(AreaCode), _words, _words, st.none() | _points)

st.register_type_strategy(TwoProblems, st.builds(TwoProblems, st.tuples(_leaves, _leaves)))
st.register_type_strategy(LeavesOf, st.builds(LeavesOf, st.sampled_from([group.id for group in GROUPS])))
st.register_type_strategy(AreaChoice, st.builds(AreaChoice, st.lists(_codes, min_size=1, max_size=5).map(tuple)))
st.register_type_strategy(SameReport, st.builds(SameReport, st.integers(0, 999)))
st.register_type_strategy(Point, _points)  # as JSON there is neither a place called infinity nor one that is no number
DIALOGUES = st.from_type(Dialogue)
HISTORY = st.builds(
    HistoryEntry, _minutes, st.sampled_from(Status), _ids.map(AgencyId), _words, st.sampled_from(Act), _files
)
HANDLINGS = st.builds(
    Handling,
    plan=st.sampled_from(Check),
    planner=st.none() | _ids,
    estimate=st.sampled_from(Check),
    until=st.none() | st.dates(),
    estimator=st.none() | _ids,
    result=_files,
    doer=st.none() | _ids,
    lookalikes=st.lists(_ids, max_size=3).map(tuple),
    main=st.none() | _ids,
    feedback=st.none() | st.sampled_from(Feedback),
    reopened=st.integers(0, 9),
    disputed=st.booleans(),
    looked=st.booleans(),
    marked=st.none() | _minutes,
)
REPORTS = st.builds(
    Report,
    id=_ids,
    number=_ids,
    channel=_ids,
    status=st.sampled_from(Status),
    category=_ids,
    agency=_ids,
    received=_minutes,
    due=_minutes,
    text=_words,
    place=_places,
    files=_files,
    restricted=st.booleans(),
    closed=st.none() | _minutes,
    late=st.booleans(),
    evaluation=st.booleans(),
    alarm=st.none() | _minutes,
    handling=HANDLINGS,
)
AWAITED = st.builds(
    Awaited, _ids, st.text("0123456789", min_size=4, max_size=4), st.sampled_from(Asking), _minutes, _words
)
NOTICES = st.builds(Notice, _ids, _ids, _ids, _ids, st.sampled_from(Mark), _minutes, st.integers(0, 1000))
_PENDING = st.builds(Pending, _ids, _ids, st.lists(_words, min_size=1, max_size=3).map(tuple), _minutes, _words)
STAFF = st.builds(
    Staff,
    _ids,
    _words,
    _ids,
    st.sampled_from(StaffRole),
    st.booleans(),
    st.booleans(),
    st.none() | _minutes,
    st.none() | _PENDING,
)
_MISSED = st.builds(Missed, st.integers(0, 10**6), st.integers(0, 10**6))
SESSIONS = st.builds(Session, _ids, _ids, _minutes, _minutes, st.booleans(), st.none() | _minutes, _MISSED)
FACTORS = st.builds(Factor, _ids, _words, st.booleans(), st.integers(0, 10**9), st.lists(_words, max_size=3).map(tuple))
ROUTES = st.builds(Route, _ids, st.none() | _ids, st.none() | _ids)
AUDIT = st.builds(AuditEntry, _minutes, _words, _ids, st.none() | _ids, _ids)
CONTACTS = st.builds(Contact, _ids, _ids, _words.map(Address), _ids)
HOLDERS = st.builds(
    CodeHolder,
    _ids,
    st.sampled_from(Role),
    st.text("0123456789", min_size=4, max_size=4),
    st.none() | _ids,
    st.none() | _minutes,
)
_says = st.builds(
    Say,
    st.lists(
        st.builds(Line, _ids, st.lists(st.tuples(_ids, _words), max_size=2).map(tuple), st.booleans()), max_size=3
    ).map(tuple),
    st.lists(st.builds(Option, _ids, _words), max_size=3).map(tuple),
    st.booleans(),
    st.integers(0, 1000),
)
DELIVERIES = st.builds(
    Delivery,
    id=_ids,
    ordering_key=st.binary(min_size=1, max_size=32),
    kind=st.sampled_from(DeliveryKind),
    channel=_ids,
    to=_words.map(Address),
    say=_says,
    lang=_ids,
    not_before=_minutes,
    thread=st.none() | st.builds(Thread, _words, _words),
    contact=st.none() | _ids,
    attempts=st.integers(0, 1000),
    awaits=st.none() | AWAITED,
)
