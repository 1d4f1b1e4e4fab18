"""A mail that is wholly inside an S/MIME signature: its words are read, and nothing says who signed."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from bots.mail.cms import content, is_signed
from bots.mail.envelope import envelope_of
from bots.mail.setup import setup_of
from core.messages import Envelope
from tests.fakes.mail_samples import ATTACHED, HTML, PHOTO, PLAIN, SAID, UNKNOWN, encoded, mail, multipart

OURS = setup_of({"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"})
INSIDE = mail(
    "multipart/mixed; boundary=b1", multipart("b1", PLAIN, encoded("image/jpeg; name=ktp.jpg", PHOTO, ATTACHED))
)
SMIME = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
_BEGUN = datetime(2024, 6, 3, tzinfo=UTC)


def signed(data: bytes, *options: pkcs7.PKCS7Options) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Budi Santoso")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(_BEGUN)
        .not_valid_after(_BEGUN + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    builder = pkcs7.PKCS7SignatureBuilder().set_data(data).add_signer(certificate, key, hashes.SHA256())
    return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary, *options])


def streamed(data: bytes) -> bytes:
    """As programs write that do not know yet how long it will be: lengths left open, the content in pieces."""
    named = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
    pieces = b"".join(b"\x04\x82" + len(data[at : at + 500]).to_bytes(2) + data[at : at + 500] for at in (0, 500, 1000))
    pieces += b"\x04\x82" + len(data[1500:]).to_bytes(2) + data[1500:]
    inside = b"\x30\x80" + named + b"\x01\xa0\x80\x24\x80" + pieces + b"\0\0" * 3
    return (
        b"\x30\x80" + named + b"\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x00" + inside + b"\xa0\x00\x31\x00" + b"\0\0" * 3
    )


def understood(raw: bytes) -> Envelope:
    envelope = envelope_of(raw, "budi@warga.test", OURS)
    assert envelope is not None
    return envelope


@pytest.mark.parametrize("kind", [SMIME, "application/x-pkcs7-mime", f"{UNKNOWN}; name=smime.p7m"])
@pytest.mark.parametrize("sign", [signed, streamed])
def test_words_and_files_inside_a_signature_are_read(kind: str, sign: object) -> None:
    assert callable(sign)
    envelope = understood(mail(kind, base64.encodebytes(sign(INSIDE)), "Content-Transfer-Encoding: base64"))
    assert (envelope.text, envelope.refused) == (SAID, ())
    assert [ref.data for ref in envelope.files] == [PHOTO]


def test_signed_twice_is_signed() -> None:
    once = encoded(SMIME, signed(INSIDE))
    assert understood(mail(SMIME, base64.encodebytes(signed(once)), "Content-Transfer-Encoding: base64")).text == SAID


def test_a_signature_apart_from_its_words_is_nothing() -> None:
    apart = signed(HTML, pkcs7.PKCS7Options.DetachedSignature)
    assert is_signed(apart)
    assert content(apart) == b""
    envelope = understood(mail("multipart/mixed; boundary=b1", multipart("b1", PLAIN, encoded(UNKNOWN, apart))))
    assert (envelope.text, envelope.files, envelope.refused) == (SAID, (), ())


def test_what_is_encrypted_stays_a_file_that_is_refused() -> None:
    sealed = signed(INSIDE).replace(b"\x01\x07\x02", b"\x01\x07\x03", 1)
    envelope = understood(mail(SMIME, base64.encodebytes(sealed), "Content-Transfer-Encoding: base64"))
    assert [ref.data for ref in envelope.files] == [sealed]


WHOLE = signed(INSIDE)


@given(st.integers(0, 300), st.binary(max_size=9), st.integers(0, len(WHOLE)))
def test_broken_bytes_raise_nothing(at: int, other: bytes, end: int) -> None:
    for data in (streamed(INSIDE), WHOLE):
        assert isinstance(content((data[:at] + other + data[at + len(other) :])[:end]), bytes)
