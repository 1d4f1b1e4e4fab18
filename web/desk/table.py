"""Every page of the desk: one that is not here is not there."""

from web.desk import account, entrance, factor, live, queue, report

PAGES = (*queue.PAGES, *report.PAGES, *live.PAGES, *account.PAGES, *factor.PAGES, *entrance.PAGES)
