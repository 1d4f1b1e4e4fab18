"""winmail.dat, as Outlook packs what its writer attached: the files in it are taken, whatever else it holds."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from bots.mail.mime import read
from bots.mail.tnef import is_packed, unpacked
from tests.fakes.mail_samples import ATTACHED, PHOTO, PLAIN, UNKNOWN, encoded, mail, multipart

START = b"\x78\x9f\x3e\x22"


def record(attribute: int, data: bytes) -> bytes:
    return struct.pack("<BII", 2, attribute, len(data)) + data + b"\0\0"


PACKED = b"".join(
    (
        START + b"\1\0",
        record(0x00069002, b"x" * 14),
        record(0x0006800F, PHOTO),
        record(0x00018010, b"rumah-budi.jpg\0"),
        record(0x0006800F, b"BEGIN:VCARD"),
        record(0x0006800F, b"PK"),
    )
)


def files(data: bytes, kind: str = "application/ms-tnef") -> tuple[bytes, ...]:
    body = multipart("b1", PLAIN, encoded(kind, data, ATTACHED))
    return read(mail("multipart/mixed; boundary=b1", body)).files


def test_what_outlook_packs_is_unpacked() -> None:
    assert files(PACKED) == files(PACKED, UNKNOWN) == (PHOTO, b"PK")


def test_one_that_is_cut_off_gives_what_is_whole() -> None:
    assert files(PACKED[:60]) == ()
    assert tuple(unpacked(PACKED[:-40])) == (PHOTO,)
    assert not is_packed(PHOTO)


@given(st.binary(max_size=80))
def test_no_winmail_dat_breaks_it(rest: bytes) -> None:
    assert all(piece in rest for piece in unpacked(START + rest))
