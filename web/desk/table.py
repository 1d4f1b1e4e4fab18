"""Every page of the desk: one that is not here is not there."""

from web.desk import account, bulk, count, entrance, export, factor, live, queue, report, views

PAGES = (
    *queue.PAGES,
    *bulk.PAGES,
    *export.PAGES,
    *views.PAGES,
    *report.PAGES,
    *count.PAGES,
    *live.PAGES,
    *account.PAGES,
    *factor.PAGES,
    *entrance.PAGES,
)
