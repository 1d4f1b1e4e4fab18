"""What strangers may send, made up: true beginnings that were bent, cut and joined, words among words that mean much.

In the suite a few of each, the same at every run. `make fuzz` makes up thousands, keeps what failed in .hypothesis/fuzz
and tries it first the next time; what is found becomes a test beside what it broke.
"""

import os
from datetime import timedelta
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

T = TypeVar("T")
_MANY = int(os.getenv("FUZZ_EXAMPLES", "0"))
_FEW = 12

FUZZED = settings(
    max_examples=_MANY or _FEW,
    derandomize=not _MANY,
    database=DirectoryBasedExampleDatabase(".hypothesis/fuzz") if _MANY else None,
    deadline=timedelta(seconds=30) if _MANY else None,  # what takes longer hangs
    suppress_health_check=tuple(HealthCheck),
)

_ODD = (
    *("\0", "\ud800", "\u202e", "\u200b", "\ufeff", "\U0001f6a8", "e\u0301" * 9, "\r\n.\r\n", "\x1b[2J", "%s%n", "{0}"),
    *("<script>", "' OR 1=1 --", "../../etc", "9" * 400, "A" * 5000, "\n" * 300, "&#0;", "=?utf-8?Q?=00?="),
)
_WEIGHTY = (
    *("LAPOR", "CEK", "LUPAKAN", "BATAL", "TAMBAH", "CABUT", "ya", "tidak", "lewati", "/start", "/kode", "1", "2", "0"),
    *("4821-0000-1111-2222", "1234", "lampu jalan mati", "jalan berlubang di depan pasar", "kelurahan Tebet Barat"),
    *("nama saya Budi Santoso", "0812-3456-7890", "3171234567890123", "budi@surat.test", "B 1234 XYZ", "kebakaran!"),
    *("Jl. Melati no. 5 RT 03 RW 02", "-6.2,106.8", "https://maps.app/x", "tolong", "terima kasih", "kapan diberesin?"),
)

_pieces = st.sampled_from(_WEIGHTY) | st.sampled_from(_ODD) | st.text(max_size=40)
words: st.SearchStrategy[str] = st.lists(_pieces, min_size=1, max_size=6).map(" ".join)
"""Any words, half surrogates too."""
sound: st.SearchStrategy[str] = words.map(lambda text: text.encode("utf-8", "replace").decode().replace("\0", ""))
"""Words as the wires hand them on."""


@st.composite
def bent(draw: st.DrawFn, whole: bytes, other: bytes = b"") -> bytes:
    """A few of its bytes changed, cut out, doubled, or taken from another."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        length = draw(st.integers(1, 64))
        match draw(st.integers(0, 5)):
            case 0:
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case 1:
                data[at : at + 4] = draw(st.sampled_from((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", bytes(4))))
            case 2:
                del data[at : at + length]
            case 3:
                data[at:at] = data[at : at + length]
            case 4:
                data[at:at] = other[at : at + length] or draw(st.binary(max_size=16))
            case _:
                del data[at:]
    return bytes(data)
