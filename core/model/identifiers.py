"""Ids, each a type of its own, and the citizen's secret."""

from typing import NewType

from core.messages import Secret

ReportId = NewType("ReportId", str)


ContactId = NewType("ContactId", str)


DeliveryId = NewType("DeliveryId", str)


Number = NewType("Number", str)  # public: R + 8 Crockford characters


CategoryId = NewType("CategoryId", str)


AgencyId = NewType("AgencyId", str)  # an agency's id, or LEVEL:CODE for an area's office


AreaCode = NewType("AreaCode", str)  # of an area of any level; it begins with the code of what holds it


StaffId = NewType("StaffId", str)


CannedId = NewType("CannedId", str)


SessionId = NewType("SessionId", str)  # names a session in a list; opens nothing


class TrackingCode(Secret):
    """Sixteen digits, the citizen's secret; whoever holds it may read, answer and erase."""

    __slots__ = ()
    shown = "<code>"


class SessionToken(Secret):
    """What a browser shows to be let in again; kept as an HMAC alone."""

    __slots__ = ()
    shown = "<session>"
