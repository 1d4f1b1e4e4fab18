"""What tests of the use case do again and again: file, ask by a code, forget."""

from core import intake, tracking
from core.intake import Answer, Requester
from core.model import Report, TrackingCode
from tests.fakes.time_and_random import FakeRandomSource
from tests.fakes.town import Told, Town

NOBODYS = [tracking.new_code(FakeRandomSource(seed)) for seed in range(1000, 1700)]


def files_by_sms(town: Town, words: str = "LAPOR lampu jalan mati di kelurahan cikini") -> Told:
    return town.citizen("sms").writes(words)


def ask(town: Town, code: TrackingCode, who: str = "somebody", *, shared: bool = False) -> Answer:
    asker, now = Requester(who, "id", shared), town.clock.now()
    return town.store.run(lambda tx: intake.look_up(tx, code, asker, now, town.context))


def code_of(told: Told) -> TrackingCode:
    found = tracking.tried(told.code)
    assert found is not None
    return found


def only(town: Town) -> Report:
    (report,) = town.reports
    return report
