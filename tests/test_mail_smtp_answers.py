"""What other mail servers are told: codes that mean what they do, and nothing of what came in."""

import pytest

from bots.mail import smtp_answers
from core.messages import IntakeResult

LINES = {name: line for name, line in vars(smtp_answers).items() if name.isupper() and isinstance(line, str)}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_each_is_one_short_line_of_ascii_with_its_code_twice(line: str) -> None:
    code, detail = line.split(" ")[:2]
    assert code[0] == detail[0]
    assert detail.count(".") == 2
    assert line.isascii()
    assert len(line) < 120
    assert "\n" not in line


def test_only_what_is_kept_is_250_and_only_what_can_come_again_is_4xx() -> None:
    assert {taken: line[0] for taken, line in smtp_answers.ANSWERS.items()} == {
        IntakeResult.DONE: "2",
        IntakeResult.SEEN: "2",
        IntakeResult.LATER: "4",
        IntakeResult.FAILED: "5",
    }


def test_of_an_error_its_type_and_place_are_told() -> None:
    with pytest.raises(ValueError, match="budi") as raised:
        int("budi@warga.test")
    told = smtp_answers.told(raised.value)
    assert told["kind"] == "ValueError"
    assert told["place"].startswith("test_mail_smtp_answers.py:")
    assert "budi" not in str(told)
    assert smtp_answers.told(ValueError("x"))["place"] == ""
