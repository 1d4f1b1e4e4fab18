"""Every page of the desk: one that is not here is not there."""

from web.desk import (
    account,
    canned,
    counter,
    entrance,
    factor,
    live,
    offices,
    partners,
    queue,
    report,
    routing,
    staff,
    system,
    trail,
)

PAGES = (
    *queue.PAGES,
    *report.PAGES,
    *live.PAGES,
    *counter.PAGES,
    *staff.PAGES,
    *offices.PAGES,
    *routing.PAGES,
    *partners.PAGES,
    *canned.PAGES,
    *system.PAGES,
    *trail.PAGES,
    *account.PAGES,
    *factor.PAGES,
    *entrance.PAGES,
)
