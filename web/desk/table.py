"""Every page of the desk: one that is not here is not there."""

from starlette.routing import compile_path

from web.desk import (
    account,
    agencies,
    alerts,
    attributes,
    bulk,
    canned,
    categories,
    checks,
    confirmations,
    count,
    counter,
    evaluation,
    export,
    factor,
    holidays,
    late,
    live,
    login,
    offices,
    partners,
    question_counts,
    queue,
    queue_map,
    report,
    report_map,
    routing,
    saved_views,
    single_sign_on,
    staff,
    system,
    trail,
)

PAGES = (
    *queue.PAGES,
    *queue_map.PAGES,
    *bulk.PAGES,
    *export.PAGES,
    *saved_views.PAGES,
    *report.PAGES,
    *report_map.PAGES,
    *count.PAGES,
    *live.PAGES,
    *checks.PAGES,
    *late.PAGES,
    *evaluation.PAGES,
    *question_counts.PAGES,
    *counter.PAGES,
    *staff.PAGES,
    *confirmations.PAGES,
    *offices.PAGES,
    *routing.PAGES,
    *partners.PAGES,
    *canned.PAGES,
    *categories.PAGES,
    *attributes.PAGES,
    *agencies.PAGES,
    *holidays.PAGES,
    *system.PAGES,
    *trail.PAGES,
    *account.PAGES,
    *alerts.PAGES,
    *factor.PAGES,
    *login.PAGES,
    *single_sign_on.PAGES,
)

_AT = tuple((compile_path(page.address)[0], page.method) for page in PAGES)


def methods_of(path: str) -> tuple[str, ...]:
    """What a page of the desk takes at that address; nothing where there is none."""
    found = {method for at, method in _AT if at.match(path)}
    return tuple(method for method in ("GET", "HEAD", "POST") if ("GET" if method == "HEAD" else method) in found)
