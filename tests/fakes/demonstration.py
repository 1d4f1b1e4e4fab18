"""The weeks that `resi seed` makes up, put into a folder without a command: in this process, before a service runs."""

from dataclasses import dataclass, replace

from app.runtime import Runtime, open_runtime
from app.seed import Wanted, fill
from app.seed.staff import accounts
from app.settings import Settings
from storage import hashed

OFFICER, LURAH = "petugas.tebettimur", "lurah.tebettimur"
BIRO, ADMIN, AUDITOR, CLERK = "biro.pemerintahan", "admin", "auditor", "loket.pendopo"
OFFICE = "kel:31.74.01.1001"
"""Of the first two."""


@dataclass(frozen=True)
class Weeks:
    """How many, and the password of everybody in them."""

    reports: int = 24
    days: int = 7
    password: str = "kata sandi peragaan"


def demonstrate(settings: Settings, weeks: Weeks, opened: Runtime | None = None) -> None:
    """`opened`: a runtime with a clock and a random source of its own; it is closed."""
    opened = opened or open_runtime(settings)
    try:
        fill(
            opened,
            Wanted(weeks.reports, weeks.days),
            dict.fromkeys((each.name for each in accounts()), hashed(weeks.password)),
            lambda _: None,
        )
    finally:
        opened.close()


def with_parts(opened: Runtime, **changed: object) -> Runtime:
    """The same runtime with another clock, or another random source."""
    return replace(opened, **changed)  # type: ignore[arg-type]  # fields of Opened
