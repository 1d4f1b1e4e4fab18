"""Who asks for a page, with what it shows of their own, in the query that says who they are."""

from sqlalchemy import bindparam, exists, or_, select

from core.model import AgencyId, Canned, CannedId, Number, SavedView, Staff, StaffId
from core.ports import PageViewer
from storage.accounts import COLUMNS, SqlAccounts, staff_of
from storage.statements import Statements
from storage.tables import CANNED, MENTION, SAVED_VIEW, STAFF, AnyRow

_NAMED = exists().where(MENTION.c.staff == STAFF.c.id, MENTION.c.number == bindparam("report"))
_OF_REPORT = (
    select(
        *COLUMNS,
        _NAMED.label("mentioned"),
        *(CANNED.c[name].label(f"canned_{name}") for name in ("id", "agency", "title", "text")),
    )
    .outerjoin_from(STAFF, CANNED, or_(CANNED.c.agency == "", CANNED.c.agency == STAFF.c.agency))
    .where(STAFF.c.name == bindparam("of"))
)
_OF_LIST = (
    select(*COLUMNS, *(SAVED_VIEW.c[name].label(f"view_{name}") for name in ("name", "filter")))
    .outerjoin_from(STAFF, SAVED_VIEW, SAVED_VIEW.c.staff == STAFF.c.id)
    .where(STAFF.c.name == bindparam("of"))
)


def _canned_of(row: AnyRow) -> Canned:
    office = AgencyId(row.canned_agency) if row.canned_agency else None
    return Canned(CannedId(row.canned_id), office, row.canned_title, row.canned_text)


class SqlPageViewers:
    """core.ports.PageViewers."""

    def __init__(self, statements: Statements, accounts: SqlAccounts) -> None:
        self._statements = statements
        self._accounts = accounts

    def of_report(self, name: str, number: Number) -> PageViewer | None:
        """Reads one row for each canned answer, or a single row where there are none. None: no such account."""
        rows = self._statements.rows(_OF_REPORT, {"of": name, "report": number})
        if not rows:
            return None
        ready = [_canned_of(row) for row in rows if row.canned_id is not None]
        ready.sort(key=lambda each: (each.agency or "", each.title, each.id))
        return PageViewer(self._known(rows[0]), tuple(ready), bool(rows[0].mentioned))

    def of_list(self, name: str) -> tuple[Staff, list[SavedView]] | None:
        """Reads one row for each saved view, or a single row where there are none. None: no such account."""
        rows = self._statements.rows(_OF_LIST, {"of": name})
        if not rows:
            return None
        staff = self._known(rows[0])
        views = [SavedView(StaffId(staff.id), row.view_name, row.view_filter) for row in rows if row.view_name]
        return staff, sorted(views, key=lambda view: view.name)

    def _known(self, row: AnyRow) -> Staff:
        staff = staff_of(row)
        self._accounts.know(staff)
        return staff
