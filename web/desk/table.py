"""Every page of the desk: one that is not here is not there."""

from web.desk import account, entrance, queue, report

PAGES = (*queue.PAGES, *report.PAGES, *account.PAGES, *entrance.PAGES)
