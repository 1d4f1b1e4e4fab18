"""Every page of the desk: one that is not here is not there."""

from web.desk import account, checks, entrance, evaluation, factor, late, live, queue, report

PAGES = (
    *queue.PAGES,
    *report.PAGES,
    *live.PAGES,
    *checks.PAGES,
    *late.PAGES,
    *evaluation.PAGES,
    *account.PAGES,
    *factor.PAGES,
    *entrance.PAGES,
)
