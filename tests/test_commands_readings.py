"""`resi redact` and `resi suggest`: a line in, a line out, at once, whatever the line is."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from app.commands import readings
from core.areas import full_name
from tests.fakes.drawn_city import EAST, gazetteer_file
from tests.fakes.patience import PATIENCE
from tests.fakes.shell import Shell

KINDS = {
    "phone", "nik", "email", "bank_account", "plate", "url_profile", "name_self", "address_self", "third_party",
}  # fmt: skip


class Sheet:
    """An output that remembers when it was flushed."""

    def __init__(self) -> None:
        self.written = ""
        self.flushed: list[str] = []

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None:
        self.flushed.append(self.written)


def rows(ran_out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in ran_out.splitlines()]


def test_redact_gives_the_closed_text_and_where_it_closed(shell: Shell) -> None:
    line = "nama saya Budi Santoso, telepon 0812-3456-7890, lampu mati"
    [row] = rows(shell.resi("redact", "--json", said=line + "\n").out)
    assert set(row) == {"text", "spans"}
    spans = row["spans"]
    assert isinstance(spans, list)
    found = {kind: line[start:end] for start, end, kind in spans}
    assert found["phone"] == "0812-3456-7890"
    assert "Budi Santoso" in found["name_self"]
    assert "Budi" not in str(row["text"])
    assert shell.resi("redact", said=line).out == f"{row['text']}\n"


def test_a_break_inside_a_line_counts_as_the_two_characters_that_it_is(shell: Shell) -> None:
    line = r"lampu mati\nhp 081234567890\nterima kasih"
    [row] = rows(shell.resi("redact", "--json", said=line).out)
    start = line.index("0812")
    assert row["spans"] == [[start, start + 12, "phone"]]
    assert str(row["text"]).startswith(r"lampu mati\nhp ")
    assert str(row["text"]).endswith(r"\nterima kasih")


def test_lines_keep_their_order_and_an_empty_one_has_its_answer_too(shell: Shell) -> None:
    said = "satu\n\nhp 081234567890\ntiga\r\n"
    texts = [row["text"] for row in rows(shell.resi("redact", "--json", said=said).out)]
    assert len(texts) == 4
    assert (texts[0], texts[1], texts[3]) == ("satu", "", "tiga")


def test_what_is_no_utf8_is_answered_and_ends_nothing(shell: Shell) -> None:
    for command in ("redact", "suggest"):
        ran = shell.resi(command, "--json", said=b"lampu \xff\xfe mati\rdi jalan\nkedua\n")
        assert ran.code == 0
        assert len(rows(ran.out)) == 2


def test_suggest_has_the_agreed_shape(shell: Shell) -> None:
    ran = shell.resi(
        "suggest", "--json", said="lampu jalan mati di kelurahan tebet timur\nasdf qwer\nrumah terbakar!\n"
    )
    lamp, nothing, fire = rows(ran.out)
    for row in (lamp, nothing, fire):
        assert set(row) == {"suggestions", "place", "emergency", "restricted"}
        suggestions = row["suggestions"]
        assert isinstance(suggestions, list)
        assert len(suggestions) <= 5
        scores = [each["score"] for each in suggestions]
        assert scores == sorted(scores, reverse=True)
    assert lamp["suggestions"][0]["category"] == "pju"  # type: ignore[index]  # JSON
    place = lamp["place"]
    assert isinstance(place, dict)
    assert set(place) == {"area", "name"}
    assert place["name"] == full_name(place["area"]) == "Kel. Tebet Timur, Tebet"
    assert nothing["place"] is None
    assert (lamp["emergency"], fire["emergency"]) == (False, True)


def test_in_plain_words_too(shell: Shell) -> None:
    assert shell.resi("suggest", said="lampu jalan mati di tebet timur\n").out.startswith("pju ")
    assert shell.resi("suggest", said="asdf\n").out.endswith("| -\n")


def test_nothing_in_nothing_out(shell: Shell) -> None:
    assert shell.resi("redact", "--json").out == ""


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n")), max_size=4))
@settings(max_examples=60)
def test_every_line_has_one_answer_at_once_with_spans_that_lie_inside_it(lines: list[str]) -> None:
    sheet = Sheet()
    readings.redact((f"{line}\n" for line in lines), sheet, as_json=True)  # type: ignore[arg-type]  # read and written like files
    answers = [json.loads(line) for line in sheet.written.split("\n")[:-1]]
    assert len(answers) == len(lines) == len(sheet.flushed)
    for line, answer in zip(lines, answers, strict=True):
        ends = [end for start, end, _ in answer["spans"] for end in (start, end)]
        assert ends == sorted(ends)
        assert all(0 <= end <= len(line) for end in ends)
        assert {kind for *_, kind in answer["spans"]} <= KINDS


def test_a_line_is_answered_before_the_next_one_comes(shell: Shell) -> None:
    with shell.starts("redact", "--json") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in (b"satu\n", "dua 081234567890 \u2013 é\n".encode()):
            process.stdin.write(line)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["text"]
        process.stdin.close()
        assert process.wait(PATIENCE) == 0


def test_a_reader_that_goes_away_is_no_fault(shell: Shell) -> None:
    with shell.starts("redact") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        try:
            process.stdin.write(b"lampu mati\n" * 10_000)
            process.stdin.close()
        except BrokenPipeError:
            pass
        process.wait(PATIENCE)
        assert process.stderr.read() == b""


def test_suggest_reads_the_names_of_the_operators_map(shell: Shell) -> None:
    line = "lampu mati di jl cendana raya"
    assert rows(shell.resi("suggest", "--json", said=line).out)[0]["place"] is None
    [row] = rows(shell.resi("suggest", "--json", said=line, GAZETTEER=str(gazetteer_file(shell.folder))).out)
    assert row["place"] == {"area": EAST, "name": full_name(EAST)}
