"""What somebody may see of reports that are asked for by number, as a condition: what they may not is not found."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, true

from core.ports import Visibility
from storage.tables import HELD, REPORT

_OWN = REPORT.c.agency == bindparam("office")
_HELD = exists().where(HELD.c.report == REPORT.c.id, HELD.c.agency == bindparam("office"))


def seen(every: bool | None) -> ColumnElement[bool]:  # noqa: FBT001 - a part of a sight
    """`every`: all but restricted ones, and the own among these; else what the office holds or held. None: any."""
    if every is None:
        return true()
    if every:
        return or_(REPORT.c.restricted.is_(False), _OWN)
    return and_(_HELD, or_(REPORT.c.restricted.is_(False), _OWN))


def asked(visibility: Visibility | None) -> tuple[bool | None, Mapping[str, object]]:
    """Which condition, and its parameter."""
    return (None, {}) if visibility is None else (visibility.every, {"office": visibility.agency})
