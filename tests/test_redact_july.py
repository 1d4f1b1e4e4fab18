"""July 2021: a report without name and number gave its writer away by its words; the same words, closed, do not."""

import io
import json

import pytest

from app.commands import readings
from core.redact import Trace, close, closed, doubtful, find

# As it came through JAKI, retold: the writer P, ill at home in Pisangan Baru; the place of the crowd; the RT remark.
JAKI = (
    "Mohon ditindak, warga berkerumun tanpa masker setiap malam pukul 20.00-23.00 di Gang Langgar samping mushola, "
    "RT 06 RW 10 Kelurahan Pisangan Baru, Matraman, sekitar 15 orang. Saya pasien isoman di rumah nomor 12, "
    "rumah saya persis di seberang mushola itu. Sudah saya laporkan, Pak RT tidak menggubris. Terima kasih."
)
CHAT = (
    "min tolong, di gang langgar rt 06 rw 10 pisangan baru tetangga pada nongkrong ga pake masker tiap malem jam 8, "
    "saya lagi isoman positif covid, rumah saya no 12 seberang musholanya, udah lapor pak rt tp ga "
    "digubris, foto dari jendela kamar saya"
)
ENGLISH = (
    "Every night from 20.00 a crowd without masks sits in Gang Langgar, RT 06 RW 10, Pisangan Baru. "
    "I am a covid patient isolating "
    "at home. My house is right opposite the mosque. I already told Pak RT but he did nothing. My name is Putra."
)


@pytest.mark.parametrize("report", [JAKI, CHAT, ENGLISH])
def test_an_officer_reads_of_the_crowd_and_the_place(report: str) -> None:
    read = closed(report).lower()
    assert "masker" in read or "masks" in read
    assert "gang langgar" in read
    assert "rt 06 rw 10" in read
    assert "pisangan baru" in read


@pytest.mark.parametrize("report", [JAKI, CHAT, ENGLISH])
def test_an_officer_reads_neither_who_was_told_nor_the_house_nor_the_illness(report: str) -> None:
    read = closed(report).lower()
    for given_away in (
        "pak rt",
        "gubris",
        "nothing",
        "12",
        "seberang",
        "opposite",
        "isoman",
        "isolating",
        "covid",
        "jendela",
        "putra",
    ):
        assert given_away not in read, given_away


def test_the_time_and_the_number_of_people_stay() -> None:
    read = closed(JAKI)
    assert "setiap malam pukul 20.00-23.00" in read
    assert "sekitar 15 orang" in read
    assert "samping mushola" in read


def test_the_writer_may_leave_open_what_was_doubtful_and_the_certain_stays_closed() -> None:
    spans = find(JAKI)
    asked = doubtful(spans)
    assert asked
    insisted = close(JAKI, tuple(span for span in spans if span not in asked))
    assert "rumah saya" not in insisted
    for span in asked:
        assert JAKI[span.start : span.end] in insisted


def test_the_command_line_reads_it_so_too_with_offsets_of_the_line_as_it_came() -> None:
    line = "Yth. \\n\\n" + JAKI + "\\nSalam \U0001f637,\\nPutra e\u0301"
    out = io.StringIO()
    readings.redact(io.StringIO(line + "\n"), out, as_json=True)
    told = json.loads(out.getvalue())
    assert list(told) == ["text", "spans"]
    kinds = {kind for _, _, kind in told["spans"]}
    assert Trace.THIRD_PARTY.value in kinds
    shown = line
    for start, end, _ in reversed(told["spans"]):
        shown = shown[:start] + "|" + shown[end:]
    assert "RT tidak" not in shown
    assert "\\n\\nMohon ditindak" in told["text"]
    assert "Pak RT" not in told["text"]


def test_a_name_is_closed_with_the_accents_that_hang_on_it() -> None:
    for name in ("Jose\u0301 Marti\u0301nez", "Jos\u00e9 Mart\u00ednez"):
        assert closed(f"\U0001f637 nama saya {name}, lampu mati") == "\U0001f637 nama saya [nama], lampu mati"


def test_without_json_the_command_line_shows_the_closed_text() -> None:
    out = io.StringIO()
    readings.redact(io.StringIO("hp saya 0812-3456-7890\nlampu mati\n"), out, as_json=False)
    assert out.getvalue() == "hp saya [telepon]\nlampu mati\n"
