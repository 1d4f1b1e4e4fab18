"""In a script that the tagger never learned, sentences stay, and what has a grammar or is announced is closed."""

import pytest

from core.conversation import closing
from core.model import Draft
from core.redact import closed


@pytest.mark.parametrize(
    "text",
    [
        "路灯坏了",
        "我叫王小明,我家门口的路灯坏了",
        "交差点の街灯が三日前から消えています。夜は真っ暗で危ないです。",
        "Στη γωνία δεν λειτουργεί το φανάρι.",
        "ไฟถนนดับมาสามวันแล้ว หน้าตลาด กรุณาซ่อมด้วย",
        "مصباح الشارع مكسور منذ ثلاثة أيام أمام السوق",
        "Фонарь не горит уже три дня",
        "Тротуар сломан на Jalan Melati 5",
        "거리 가로등이 고장났어요",
    ],
)
def test_sentences_stay_whole(text: str) -> None:
    assert closed(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("路灯坏了,电话 0812-3456-7890", "路灯坏了,电话 [telepon]"),
        ("مصباح الشارع مكسور، اتصل بي ٠٨١٢٣٤٥٦٧٨٩٠", "مصباح الشارع مكسور، اتصل بي [telepon]"),
        ("Δεν λειτουργεί, mail giorgos@example.com", "Δεν λειτουργεί, mail [email]"),
        (
            "路灯坏了三天了,晚上很黑,请尽快修理。nama saya 王小明",
            "路灯坏了三天了,晚上很黑,请尽快修理。nama saya [nama]",
        ),
        ("街灯が消えています。B 1234 XYZ", "街灯が消えています。[plat]"),
    ],
)
def test_what_has_a_grammar_or_is_announced_is_closed(text: str, kept: str) -> None:
    assert closed(text) == kept
    assert closed(kept) == kept


@pytest.mark.parametrize(("text", "told"), [("路灯坏了", True), ("lampu mati", False), ("电话 lampu mati", False)])
def test_a_summary_says_that_no_names_are_found_in_such_a_script(text: str, *, told: bool) -> None:
    draft = Draft(text=text)
    keys = [each.key for each in closing.lines(draft, "id", closing.closed(draft, "id"), echo=True)]
    assert ("summary_script" in keys) is told
