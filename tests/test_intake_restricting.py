"""Words that come later and tell of what only one agency may read make the report that agency's."""

import pytest

from core.model import Act, Status
from tests.fakes.officers import Officers
from tests.fakes.town import Town

STORY = "LAPOR Jalan berlubang besar di kelurahan cikini, sudah seminggu."
GRAFT = "Petugas kelurahan minta uang pelicin supaya diperbaiki, itu pungli"


@pytest.mark.parametrize("words", ["TAMBAH {code} {graft}", "{code} {graft}"])
def test_what_is_added_or_answered_is_read_by_nobody_else(words: str) -> None:
    town = Town()
    budi = town.citizen("sms")
    code = budi.writes(STORY).code
    officers = Officers(town)
    officers.do(town.reports[0], Act.START)
    officers.ask(town.reports[0])
    budi.writes(words.format(code=code, graft=GRAFT))
    report = town.reports[0]
    assert (report.restricted, report.agency, report.status) == (True, "inspektorat", Status.KOORDINASI)
    assert town.store.state.held[report.id] == {"inspektorat"}
    assert GRAFT in officers.history(report)[-1].text


def test_other_words_leave_it_where_it_is() -> None:
    town = Town()
    budi = town.citizen("sms")
    code = budi.writes(STORY).code
    budi.writes(f"TAMBAH {code} lubangnya makin dalam, kemarin ada motor jatuh")
    assert not town.reports[0].restricted
