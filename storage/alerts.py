"""What staff are told by mail: their choices, with addresses sealed like citizens', and what each was told of once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, or_, select, update

from core.deadlines import minute
from core.model import (
    ALERT_OF,
    Act,
    Alert,
    AlertChoice,
    AlertKind,
    Contact,
    ContactId,
    Number,
    ReportId,
    StaffId,
)
from storage.code_holders import SqlCodeHolders
from storage.contacts import Contacts
from storage.keyring import Keyring
from storage.statements import Statements
from storage.tables import ALERT, ALERT_CHOICE, HISTORY, REPORT, STAFF, AnyRow
from storage.upserts import insert

_NEW = insert(ALERT_CHOICE)
_PUT = _NEW.on_conflict_do_update(
    index_elements=["staff"],
    set_={column.name: _NEW.excluded[column.name] for column in ALERT_CHOICE.c if column.name != "staff"},
)
_READ = select(ALERT_CHOICE).where(ALERT_CHOICE.c.staff == bindparam("of"))
_GET = {True: _READ.with_for_update(), False: _READ}  # who only reads may lock nothing
_ALL = select(ALERT_CHOICE).where(ALERT_CHOICE.c.confirmed).order_by(ALERT_CHOICE.c.staff)
_DROP = delete(ALERT_CHOICE).where(ALERT_CHOICE.c.staff == bindparam("of"))
_DROP_ALERTS = delete(ALERT).where(ALERT.c.staff == bindparam("of"))
_NOTE = insert(ALERT).on_conflict_do_nothing()
_WAITS = (ALERT.c.staff == bindparam("of"), ~ALERT.c.told, ALERT.c.at <= bindparam("until"))
_WAITING = select(ALERT).where(*_WAITS).order_by(ALERT.c.at, ALERT.c.number, ALERT.c.step).limit(bindparam("most"))
_TELL = update(ALERT).where(*_WAITS).values(told=True)
_TOLD = select(ALERT.c.step).where(ALERT.c.staff == STAFF.c.id, ALERT.c.report == HISTORY.c.report)
_WANTED = or_(
    *(
        and_(
            ALERT_CHOICE.c.kinds.like(f"%{kind.value}%"),
            or_(*(HISTORY.c.act == act.value for act, its in ALERT_OF.items() if its is kind)),
        )
        for kind in sorted(set(ALERT_OF.values()))
    )
)
HAPPENED = (
    select(HISTORY.c.report, HISTORY.c.position, HISTORY.c.act, HISTORY.c.at, REPORT.c.number, STAFF.c.id.label("who"))
    .join(REPORT, REPORT.c.id == HISTORY.c.report)
    .join(STAFF, STAFF.c.agency == REPORT.c.agency.concat(""))  # by time, never through all that an office holds
    .join(ALERT_CHOICE, ALERT_CHOICE.c.staff == STAFF.c.id)
    .where(
        HISTORY.c.at >= bindparam("since"),
        HISTORY.c.at >= ALERT_CHOICE.c.since,
        STAFF.c.active,
        ALERT_CHOICE.c.confirmed,
        REPORT.c.main.is_(None),  # who handles the one that it goes along with hears of that one
        _WANTED,
        ~_TOLD.where(ALERT.c.step == HISTORY.c.position).exists(),
        # A citizen's correction brings it to an office that had not heard of it, or brings nothing new.
        or_(HISTORY.c.act != Act.CORRECTED.value, ~_TOLD.exists()),
    )
    .order_by(HISTORY.c.at, HISTORY.c.report, HISTORY.c.position, STAFF.c.id)
    .limit(bindparam("most"))
)


def row_of(choice: AlertChoice) -> dict[str, object]:
    """Times in minutes."""
    return {
        "staff": choice.staff,
        "contact": choice.contact,
        "lang": choice.lang,
        "since": minute(choice.since),
        "kinds": " ".join(sorted(choice.kinds)),
        "hour": choice.hour,
        "confirmed": choice.confirmed,
        "code": choice.code,
        "code_until": choice.code_until and minute(choice.code_until),
        "tries": choice.tries,
        "sent": choice.sent and minute(choice.sent),
        "looked": choice.looked and minute(choice.looked),
    }


def choice_of(row: AnyRow) -> AlertChoice:
    """Without the address."""
    return AlertChoice(
        staff=StaffId(row.staff),
        contact=ContactId(row.contact),
        lang=row.lang,
        since=row.since,
        kinds=frozenset(map(AlertKind, row.kinds.split())),
        hour=row.hour,
        confirmed=row.confirmed,
        code=row.code,
        code_until=row.code_until,
        tries=row.tries,
        sent=row.sent,
        looked=row.looked,
    )


class SqlAlerts:
    """core.ports.Alerts."""

    def __init__(self, statements: Statements, contacts: Contacts, code_holders: SqlCodeHolders, ring: Keyring) -> None:
        self._statements = statements
        self._ring = ring
        self._contacts = contacts
        self._code_holders = code_holders

    def choice(self, staff: StaffId) -> AlertChoice | None:
        """Locks the row where this turn writes. None: that account gets no alerts."""
        row = self._statements.first(_GET[self._statements.writes], {"of": staff})
        return None if row is None else choice_of(row)

    def choices(self) -> Sequence[AlertChoice]:
        """Those whose address is confirmed."""
        return [choice_of(row) for row in self._statements.rows(_ALL, {})]

    def put(self, choice: AlertChoice, contact: Contact | None = None) -> None:
        """The account comes first; an address that is replaced is erased."""
        if contact is not None:
            before = self.choice(choice.staff)
            if before is not None:
                self._code_holders.forget(before.contact)
            self._contacts.add(contact)
        self._statements.change(_PUT, row_of(choice))

    def code_hash(self, staff: StaffId, code: str) -> str:
        """Eight digits under a plain hash would be found in a second."""
        return self._ring.alert_code(staff, code).hex()

    def drop(self, staff: StaffId) -> None:
        """With the address, and whatever waits for it."""
        found = self.choice(staff)
        if found is not None:
            self._code_holders.forget(found.contact)
            self._statements.change(_DROP, {"of": staff})
        self._statements.change(_DROP_ALERTS, {"of": staff})

    def happened(self, since: datetime, most: int) -> Sequence[Alert]:
        """By the history, so that no act can forget it."""
        rows = self._statements.rows(HAPPENED, {"since": since, "most": most})
        return [
            Alert(
                StaffId(row.who),
                ReportId(row.report),
                Number(row.number),
                ALERT_OF[Act(row.act)],
                row.position,
                row.at,
            )
            for row in rows
        ]

    def note(self, alert: Alert) -> None:
        """Inserts it, unless it is there."""
        self._statements.change(
            _NOTE,
            {
                "staff": alert.staff,
                "report": alert.report,
                "step": alert.step,
                "number": alert.number,
                "kind": alert.kind.value,
                "at": minute(alert.at),
                "told": False,
            },
        )

    def waiting(self, staff: StaffId, until: datetime, most: int) -> Sequence[Alert]:
        """Oldest first."""
        rows = self._statements.rows(_WAITING, {"of": staff, "until": until, "most": most})
        return [
            Alert(StaffId(row.staff), ReportId(row.report), Number(row.number), AlertKind(row.kind), row.step, row.at)
            for row in rows
        ]

    def tell(self, staff: StaffId, until: datetime) -> None:
        """Marks them all."""
        self._statements.change(_TELL, {"of": staff, "until": until})
