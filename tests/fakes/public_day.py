"""A day of reports as Jakarta had 508 of them in 2024: a few kinds make up most, and some people write twice."""

import random
from datetime import UTC, datetime, timedelta

from core import areas
from core.categories import CATEGORIES
from core.model import AreaCode, CategoryId, Number, ReportId, Status, Unpublished

MIDNIGHT = datetime(2026, 11, 24, 17, tzinfo=UTC)  # in Jakarta
_MOST_FREQUENT = ("jalan_rusak", "pohon", "parkir_liar", "sampah", "saluran_air", "pju", "kebisingan", "pkl_liar")
_LISTED = [each.id for each in CATEGORIES if each.restricted is None and not each.sensitive]
# Of 1,000: 140 of roads, 106 of trees, 103 of parking (2024), then falling; all others share the rest.
_WEIGHTS = dict(zip(_MOST_FREQUENT, (140, 106, 103, 60, 50, 45, 40, 35), strict=True))
_REST = (1000 - sum(_WEIGHTS.values())) / (len(_LISTED) - len(_WEIGHTS))
_FIRST = 0.85  # of reports that are their sender's first of the day
_KELURAHAN = [code for code, each in areas.AREAS.items() if each.kind == "kelurahan"]


def public_day(size: int, *, seed: int = 1, proved: float = 1.0, at: datetime = MIDNIGHT) -> list[Unpublished]:
    """Reports in the order of their receipt; `proved`: the share of senders that are proved."""
    rng = random.Random(seed)
    busy = [rng.lognormvariate(0, 0.3) for _ in _KELURAHAN]
    people: list[bytes] = []
    reports = []
    for at_minute in sorted(rng.randrange(24 * 60) for _ in range(size)):
        token = f"{rng.getrandbits(60):015x}"
        if not people or rng.random() < _FIRST:
            people.append(rng.randbytes(2) if rng.random() < proved else b"")
            sender = people[-1]
        else:
            sender = rng.choice(people)
        reports.append(
            Unpublished(
                report=ReportId(token),
                number=Number(f"R{token[:8].upper()}"),
                status=Status.MENUNGGU,
                category=CategoryId(rng.choices(_LISTED, [_WEIGHTS.get(each, _REST) for each in _LISTED])[0]),
                area=_place(rng, busy),
                received=at + timedelta(minutes=at_minute),
                sender=sender,
            )
        )
    return reports


def _place(rng: random.Random, busy: list[float]) -> AreaCode | None:
    """Nearly all are found in their kelurahan, some in their kecamatan alone, a few nowhere."""
    kelurahan = rng.choices(_KELURAHAN, busy)[0]
    fell = rng.random()
    if fell < 0.01:
        return None
    return areas.AREAS[kelurahan].parent if fell < 0.03 else kelurahan
