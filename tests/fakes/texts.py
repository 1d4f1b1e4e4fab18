"""Texts made to be misread: what readers look for, run together by chance, and examples of the tables with a blow."""

import csv
import tomllib
from itertools import chain
from pathlib import Path

from hypothesis import strategies as st

TESTS = Path(__file__).parents[1]
BENCHMARKS = TESTS.parent / "benchmarks"

# What some finder, mark, command or table reacts to, and what stands around such things.
WORDS = (  # noqa: SIM905 - a list of words is read in lines
    "saya|Saya|aku|kami|nama saya|Nama:|namaku|perkenalkan|ini|istri saya|anak saya|my wife|my name is|I am|call me|an."
    "|a.n.|a/n|ttd|ttd.|Hormat saya,|Salam,|Terima kasih|wassalam|pelapor:|dari:|From:|Dari:|Sent:|Subject:|Pada"
    "|menulis:|wrote:|Tomasz|Tomasz W.|Budi|budi|BUDI|Siti Aminah|W.|A.|S.H.|M.Si|Dr.|Pak|bu|H.|Moh.|Jl.|jalan|gang|gg."
    "|No.|no|RT|RW|RT 01/02|rt5|blok C|lantai 3|kel.|kec|kelurahan Cikini|Cikini|Tebet Timur|di Bekasi|Jakarta|0812"
    "|0812 3456 7890|+62|(021)|3174096112900001|1234-5678-9012-3456|NIK|NPWP 12.345|paspor A1234567|rek|BCA|gopay"
    "|B 1234 XYZ|B|nol|delapan|satu|dua|belas|puluh|budi@gmail.com|@|at|gmail|dot com|@budi_s|ig|fb|akun|facebook.com/"
    "|t.me/|wa.me/|https://maps.example/?q=-6.2,106.8|-6.2, 106.8|6°12'S|Q5X5+2R|km 12|tol|lampu jalan mati|banjir"
    "|sampah menumpuk|pungli|kebakaran|tolong|dan juga|sejak|3 hari|malam minggu|tiang KJ-112|3/4/2025|jam 8|CEK|LAPOR"
    "|LUPAKAN|TAMBAH|CABUT|/start|BATAL|ya|tidak|belum|sudah|1|2|lewati|-|ubah|tempat|makasih|halo|[nama]|[telepon]|["
    "|]|(|)|<|<b>|&amp;|=?utf-8?q?a?=|>|--|-- |_|*|#|/|\\|'|\"|rumahku|oknum|ketua RT|guru|tetangga saya"
).split("|")
SIGNS = [
    *("", " ", "  ", "\n", "\n\n", "\n- ", "\n-- \n", "\r\n", "\t", ".", ". ", ",", ", ", ":", ";", "!", "?", "-"),
    *(
        "\u200b",
        "\u200d",
        "\u202e",
        "\u2066",
        "\u0301",
        "\ufe0f",
        "\u20e3",
        "\u00a0",
        "\u00ad",
        "\u2028",
        "\x85",
        "\x0b",
    ),
    *(
        "\ufffc",
        "\ufffd",
        "\x00",
        "\x1b",
        "\u0130",
        "\u0131",
        "\u00df",
        "\u017f",
        "\ufb00",
        "\ufdfa",
        "\u01c4",
        "\u2167",
    ),
    *(
        "\u2460",
        "\u0663",
        "\u0966",
        "\U0001d7d8",
        "\U0001d400",
        "\U0001f600",
        "\u0627",
        "\u05d0",
        "\u4e2d",
        "\u00b2",
        "\u1fb4",
    ),
]


def _examples() -> list[str]:
    """Lines of the tables on which readers are judged."""
    lines = list[str]()
    for table in sorted(chain(TESTS.glob("*.tsv"), BENCHMARKS.glob("*/lines/*.tsv"))):
        with table.open(encoding="utf-8", newline="") as held:
            lines += [row[-1] for row in csv.reader(held, delimiter="\t", quoting=csv.QUOTE_NONE) if row]
    for table in sorted(TESTS.glob("redaction_*.toml")):
        lines += [str(value) for value in _strings(tomllib.loads(table.read_text("utf-8")))]
    return sorted({line for line in lines if line.strip()})


def _strings(held: object) -> list[str]:
    match held:
        case str():
            return [held]
        case dict():
            return [each for value in held.values() for each in _strings(value)]
        case list():
            return [each for value in held for each in _strings(value)]
        case _:
            return []


EXAMPLES = _examples()

_PIECES = st.one_of(st.sampled_from(WORDS), st.sampled_from(SIGNS), st.text(max_size=3))
_RUN_TOGETHER = st.lists(_PIECES, max_size=30).map("".join)
_IN_A_LINE = st.lists(_PIECES, max_size=20).map(" ".join)


@st.composite
def _struck(draw: st.DrawFn) -> str:
    """An example with something put in, taken out, said twice, shouted or put behind it."""
    text = draw(st.sampled_from(EXAMPLES))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        to = min(len(text), at + draw(st.integers(0, 8)))
        with_it = draw(_PIECES)
        text = draw(
            st.sampled_from(
                [
                    text[:at] + with_it + text[at:],
                    text[:at] + text[to:],
                    text[:to] + text[at:],
                    text[:at] + text[at:to].upper() + text[to:],
                    text[at:],
                    text + with_it,
                ]
            )
        )
    return text


@st.composite
def _signed(draw: st.DrawFn) -> str:
    """Some words, and below them whatever may be a name."""
    above = draw(st.sampled_from(["", "lampu mati", "Jalan rusak.", *EXAMPLES[:50]]))
    lead = draw(
        st.sampled_from(["\n- ", "\n-", "\n", "\n-- \n", ". ", ", ", "\nsalam, ", "\nttd ", " a.n. ", "\ndari: "])
    )
    names = draw(
        st.lists(st.sampled_from(["Tomasz", "W.", "A", "budi", "Dr.", "S.H.", "Moh.", "1", "\u4e2d"]), max_size=5)
    )
    return above + lead + " ".join(names) + draw(st.sampled_from(SIGNS)) + draw(st.sampled_from(SIGNS))


# Half a surrogate never comes so far: the way in takes it out.
TEXTS = st.one_of(st.text(), _RUN_TOGETHER, _IN_A_LINE, _struck(), _signed()).map(
    lambda text: text.encode("utf-8", "ignore").decode()
)
