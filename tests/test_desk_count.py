"""The count beside a text for a citizen agrees with what is sent."""

import pytest

from core.phrases import gsm7
from core.workflow import TOLD_LONGEST, told
from tests.fakes.office import ROOT, Office


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "0 dari 220 karakter, 1 SMS"),
        ("Terima kasih", "12 dari 220 karakter, 1 SMS"),
        ("\u20ac", "2 dari 220 karakter"),
        ("caf\u00e9 \u2026", "8 dari 220 karakter"),
        ("a  b\n c", "5 dari 220 karakter"),
        ("x" * 161, "161 dari 220 karakter, 2 SMS"),
    ],
)
async def test_what_is_typed_is_counted_as_it_would_leave(text: str, words: str) -> None:
    office = Office()
    office.hire("siti")
    answer = await (await office.at_work("siti")).sends(ROOT, f"{ROOT}/hitung", {"text": text})
    assert words in answer.text
    assert "<html" not in answer.text
    assert ("over" in answer.text) is ((gsm7.septets(told(text)) or 0) > TOLD_LONGEST)


async def test_the_limit_is_where_an_act_refuses() -> None:
    office = Office()
    office.hire("siti")
    report = office.receives()
    browser = await office.at_work("siti")
    for length, status in ((TOLD_LONGEST, 303), (TOLD_LONGEST + 1, 422)):
        text = "x" * length
        counted = (await browser.sends(ROOT, f"{ROOT}/hitung", {"text": text})).text
        assert ('class="over"' in counted) is (status == 422)
        assert (await browser.does(report.number, "ask", {"text": text})).status_code == status
