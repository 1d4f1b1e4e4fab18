"""Batches as rows: what waits for its own, and what was published, in clear columns that all may read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update

from core.messages import Address
from core.model import (
    AgencyId,
    AreaCode,
    CategoryId,
    Number,
    Pack,
    PublicClass,
    ReportId,
    Status,
    Unpublished,
)
from storage.keyring import Keyring
from storage.statements import Statements
from storage.tables import (
    PUBLISHED,
    PUBLISHED_CLASS,
    PUBLISHED_STATUS,
    PUBLISHING,
    REPORT,
    UNPUBLISHED,
    AnyRow,
)
from storage.upserts import insert
from storage.vault import place

_HOLD = insert(UNPUBLISHED)
_WAITING = (
    select(
        UNPUBLISHED.c.report,
        UNPUBLISHED.c.sealed,
        REPORT.c.number,
        REPORT.c.status,
        REPORT.c.category,
        REPORT.c.area,
        REPORT.c.received,
        REPORT.c.restricted,
        REPORT.c.agency,
        REPORT.c.channel,
    )
    .join(REPORT, REPORT.c.id == UNPUBLISHED.c.report)
    .where(REPORT.c.received < bindparam("before"))
    .order_by(REPORT.c.number)
    .with_for_update(read=True, of=REPORT)  # whoever makes one of them restricted meanwhile waits, and takes it back
)
_DROP = delete(UNPUBLISHED).where(UNPUBLISHED.c.report == bindparam("of"))
_BEGIN = insert(PUBLISHING).on_conflict_do_nothing()
_UNTIL = select(PUBLISHING.c.until).where(PUBLISHING.c.id == bindparam("of")).with_for_update()
_MOVE = update(PUBLISHING).where(PUBLISHING.c.id == bindparam("of"))
_LIST = insert(PUBLISHED)
_CLASS = insert(PUBLISHED_CLASS)
_COUNT = _CLASS.on_conflict_do_update(
    index_elements=["batch", "field", "category", "area"],
    set_={"reports": PUBLISHED_CLASS.c.reports + _CLASS.excluded.reports},
)
_RENEW = (
    update(PUBLISHED)
    .where(REPORT.c.id == PUBLISHED.c.report, REPORT.c.status != PUBLISHED.c.status)
    .values(status=REPORT.c.status, updated=bindparam("then"))
)
_LISTED = select(PUBLISHED.c.status, func.count().label("reports")).group_by(PUBLISHED.c.status)
_SHOWN = select(PUBLISHED_STATUS.c.status, PUBLISHED_STATUS.c.reports)
_STATUS = insert(PUBLISHED_STATUS)
_SHOW = _STATUS.on_conflict_do_update(index_elements=["status"], set_={"reports": _STATUS.excluded.reports})
_ONE = 1
_SAYS = {False: b"0", True: b"1"}


def row_of(batch: datetime, pack: Pack, report: Unpublished) -> dict[str, object]:
    """Every column but the sealed one."""
    return {
        "report": report.report,
        "number": report.number,
        "batch": batch,
        **_class_row(pack.shared),
        "status": report.status.value,
        "updated": batch,
        "pack": pack.id,
        "office": pack.office,
    }


def _class_row(shared: PublicClass) -> dict[str, object]:
    return {"field": shared.group, "category": shared.category, "area": shared.area}


class SqlPublications:
    """core.ports.Publications."""

    def __init__(self, statements: Statements, ring: Keyring) -> None:
        self._statements = statements
        self._ring = ring

    def add_waiting(self, report: ReportId, people: str, sender: Address | None) -> None:
        """Inserts a row; the report must exist.

        The mark is sealed anew each time, so that rows of one sender differ.
        """
        sealed = None
        if sender is not None:
            mark = self._ring.mark(people, sender)
            sealed = self._ring.transient.seal(mark, place("unpublished", "sealed", report))
        self._statements.change(_HOLD, {"report": report, "sealed": sealed})

    def published_until(self) -> datetime | None:
        """Locks the row until the commit (PostgreSQL): another process that publishes waits here."""
        self._statements.change(_BEGIN, {"id": _ONE, "until": None})
        until: datetime | None = self._statements.rows(_UNTIL, {"of": _ONE})[0].until
        return until

    def publish_until(self, at: datetime) -> None:
        """Call it in the turn that asked `published_until`."""
        self._statements.change(_MOVE, {"of": _ONE, "until": at})

    def waiting(self, before: datetime) -> Sequence[Unpublished]:
        """Returns them by number, and locks the reports against changes until the commit."""
        return [self._unpublished_of(row) for row in self._statements.rows(_WAITING, {"before": before})]

    def _unpublished_of(self, row: AnyRow) -> Unpublished:
        at = place("unpublished", "sealed", row.report)
        return Unpublished(
            report=ReportId(row.report),
            number=Number(row.number),
            status=Status(row.status),
            category=CategoryId(row.category or ""),
            area=None if row.area is None else AreaCode(row.area),
            received=row.received,
            restricted=row.restricted,
            sender=b"" if row.sealed is None else self._ring.transient.open(row.sealed, at),
            agency=AgencyId(row.agency),
            channel=row.channel,
        )

    def publish(self, batch: datetime, packs: Sequence[Pack]) -> None:
        """Inserts the published rows, whose columns are all clear but one."""
        for pack in packs:
            for report in pack.reports:
                proved = _SAYS[report.report in pack.proved]
                sealed = self._ring.transient.seal(proved, place("published", "proved", report.report))
                self._statements.change(_LIST, row_of(batch, pack, report) | {"proved": sealed})
            counted = {"batch": batch, **_class_row(pack.shared), "reports": len(pack.reports)}
            self._statements.change(_COUNT, counted)
            self.drop(report.report for report in pack.reports)

    def drop(self, reports: Iterable[ReportId]) -> None:
        """With the marks of their senders, which are swept out of the log soon."""
        for report in reports:
            self._statements.change(_DROP, {"of": report})
            self._statements.rows_erased = True

    def refresh_statuses(self, batch: datetime) -> None:
        """Updates all by one statement."""
        self._statements.change(_RENEW, {"then": batch})

    def listed_statuses(self) -> Mapping[Status, int]:
        """Counts by an index."""
        return _counted(self._statements.rows(_LISTED, {}))

    def shown_statuses(self) -> Mapping[Status, int]:
        """Returns the counts last shown; empty before the first batch."""
        return _counted(self._statements.rows(_SHOWN, {}))

    def show_statuses(self, counts: Mapping[Status, int]) -> None:
        """Stores the counts given; others stay as they were."""
        for status, reports in counts.items():
            self._statements.change(_SHOW, {"status": status.value, "reports": reports})


def _counted(rows: Iterable[AnyRow]) -> Mapping[Status, int]:
    return {Status(row.status): int(row.reports) for row in rows}
