"""Reports that lie in a store as if they had been filed, each with somebody who left an address."""

from dataclasses import replace

from core import deadlines, workflow
from core.messages import Address
from core.model import CategoryId, Contact, ContactId, Report, ReportId
from core.ports import UnitOfWork
from tests.fakes.cued_house import Inside
from tests.fakes.nouns import code, entry, holder, report, token


def kept(inside: Inside, channel: str = "telegram", address: str = "budi") -> tuple[Report, Contact]:
    """Received now, of a kelurahan."""
    now = deadlines.minute(inside.clock.now())
    plain = replace(report(), category=CategoryId("pju"), channel=channel, received=now, due=deadlines.due(now))
    filed = workflow.with_alarm(plain)
    reach, its_code = Contact(ContactId(token()), channel, Address(address), "id"), code()

    def file(tx: UnitOfWork) -> None:
        tx.reports.add(filed, replace(entry(), at=now))
        tx.code_holders.add(holder(filed, its_code, reach), its_code, reach)

    inside.store.run(file)
    return filed, reach


def as_it_is(inside: Inside, of: ReportId) -> Report:
    """Now."""
    found = inside.store.run(lambda tx: tx.reports.get(of))
    assert found is not None
    return found
