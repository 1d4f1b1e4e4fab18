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


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("{code} 2 {graft}", Act.NOT_SOLVED),
        ("{code} 1 {graft}", Act.SOLVED),
        ("CABUT {code} {graft}", Act.WITHDRAW),
    ],
)
@pytest.mark.parametrize("channel", ["sms", "telegram", "mail"])
def test_beside_what_ends_or_reopens_it_such_words_are_not_handed_to_whom_they_accuse(
    channel: str, words: str, act: Act
) -> None:
    town = Town()
    budi = town.citizen(channel)
    code = budi.writes(STORY).code
    while not code:
        code = budi.writes("ya").code
    officers = Officers(town)
    if act is not Act.WITHDRAW:
        officers.solve(town.reports[0])
    told = budi.writes(words.format(code=code, graft=GRAFT))
    last = officers.history(town.reports[0])[-1]
    assert last.act in {act, Act.ASK_WITHDRAWAL}
    assert not [entry for entry in officers.history(town.reports[0]) if "pelicin" in entry.text]
    assert "LAPOR" in told.text, "they are told how"


def test_other_words_leave_it_where_it_is() -> None:
    town = Town()
    budi = town.citizen("sms")
    code = budi.writes(STORY).code
    budi.writes(f"TAMBAH {code} lubangnya makin dalam, kemarin ada motor jatuh")
    assert not town.reports[0].restricted
