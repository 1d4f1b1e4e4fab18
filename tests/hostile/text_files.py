"""Plain text with a canary in what a reader cannot see, and words for machines that are no plain text."""

from dataclasses import dataclass, field

from tests.hostile.files import CANARY

WORDS = "Lampu jalan mati di Jalan Sabang.\nSudah tiga hari, gelap sekali."


@dataclass(frozen=True)
class Written:
    """A text, and the words that a reader sees in it."""

    name: str
    data: bytes = field(repr=False)
    shows: str = WORDS


def _in_zero_width() -> str:
    """The canary as bits of two letters that have no width."""
    bits = "".join(f"{letter:08b}" for letter in CANARY)
    return "".join("\u200b" if bit == "0" else "\u200c" for bit in bits)


def _in_tags() -> str:
    return "".join(chr(0xE0000 + letter) for letter in CANARY)


def _in_selectors() -> str:
    return "".join(chr(0xE0100 + letter) for letter in CANARY)


def _at_line_ends() -> str:
    bits = "".join(f"{letter:08b}" for letter in CANARY)
    blanks = bits.replace("0", " ").replace("1", "\t")
    first, _, second = WORDS.partition("\n")
    return f"{first}{blanks}\n{second}{blanks}"


def texts() -> list[Written]:
    first, _, second = WORDS.partition("\n")
    bits = "".join(f"{letter:08b}" for letter in CANARY[:8])
    lines = "".join("\r\n" if bit == "1" else "\n" for bit in bits)
    return [
        Written("text: plain", WORDS.encode()),
        Written("text: marked UTF-8", WORDS.encode("utf-8-sig")),
        Written("text: UTF-16, marked", WORDS.encode("utf-16")),
        Written("text: UTF-16, little end first", WORDS.encode("utf-16-le")),
        Written("text: UTF-16, big end first", WORDS.encode("utf-16-be")),
        Written("text: Latin", "Kafe Café.".encode("cp1252"), "Kafe Café."),
        Written("text: letters without width", f"{first}{_in_zero_width()}\n{second}".encode()),
        Written("text: tags", f"{first}\n{second}{_in_tags()}".encode()),
        Written("text: selectors of a form", f"{first[:5]}{_in_selectors()}{first[5:]}\n{second}".encode()),
        Written("text: blanks at line ends", _at_line_ends().encode()),
        Written("text: line ends that differ", f"{first}{lines}{second}".encode(), f"{first}{chr(10) * 64}{second}"),
        Written("text: turned letters", f"\u202e{first}\u202c\n\u2066{second}\u2069".encode()),
        Written("text: blanks of other widths", WORDS.replace(" ", "\u2009").encode()),
        Written("text: fillers", f"{first}\u3164\u115f\n{second}\u034f".encode()),
        Written("text: soft hyphens", f"{first}\n{second[:4]}\u00ad{second[4:]}".encode()),
        Written("text: control letters", f"{first}\x07\n{second}".encode()),
        Written("text: private letters", f"{first}\ue000\n{second}".encode()),
        Written("text: letters taken apart", "Kafe Cafe\u0301.".encode(), "Kafe Café."),
        Written("text: smaller than", b"suhu < 30 dan x > 5, <3", "suhu < 30 dan x > 5, <3"),
        Written("text: an address in brackets", b"Tulis ke <a@b.id>", "Tulis ke <a@b.id>"),
        Written("text: a bracket first", b"[Foto] jalan {rusak}", "[Foto] jalan {rusak}"),
        Written("text: other letters", "Jalan Glodok 班芝兰, нет света".encode(), "Jalan Glodok 班芝兰, нет света"),
        Written("text: begins as a picture does", b"BMKG bilang hujan", "BMKG bilang hujan"),
        Written("text: begins as a program does", b"MZ tidak tahu", "MZ tidak tahu"),
        Written("text: a face", "gelap 😡".encode(), "gelap 😡"),
    ]
