"""Every page of the desk: one that is not here is not there."""

from web.desk import (
    account,
    bulk,
    checks,
    count,
    entrance,
    evaluation,
    export,
    factor,
    late,
    live,
    queue,
    report,
    views,
)

PAGES = (
    *queue.PAGES,
    *bulk.PAGES,
    *export.PAGES,
    *views.PAGES,
    *report.PAGES,
    *count.PAGES,
    *live.PAGES,
    *checks.PAGES,
    *late.PAGES,
    *evaluation.PAGES,
    *account.PAGES,
    *factor.PAGES,
    *entrance.PAGES,
)
