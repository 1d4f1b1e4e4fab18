"""What is a file in a mail: all that somebody attached, whatever it is called, and nothing that only came along."""

import pytest

from bots.mail.envelope import envelope_of
from bots.mail.mime import read
from bots.mail.mime_parts import is_mail
from bots.mail.setup import setup_of
from tests.fakes.mail_samples import ATTACHED, PHOTO, PIXEL, PLAIN, SAID, UNKNOWN, encoded, mail, multipart, part

OURS = setup_of({"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"})
EML = (
    b"From: Ani Lestari <ani@warga.test>\r\nTo: rt@warga.test\r\nSubject: lampu\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=dalam\r\n\r\n"
    + multipart("dalam", part("text/plain", "Lampu di gang juga mati."), encoded("image/jpeg", PHOTO, ATTACHED))
)
STARTS = {
    "Ogg": b"OggS\0\2" + b"x" * 60,
    "MP3 with ID3": b"ID3\4\0" + b"x" * 60,
    "MP3": b"\xff\xfb\x90\x64" + b"x" * 60,
    "WebM": b"\x1aE\xdf\xa3" + b"x" * 60,
    "WAV": b"RIFF\x24\0\0\0WAVEfmt " + b"x" * 60,
    "AMR": b"#!AMR\n" + b"x" * 60,
    "a zip": b"PK\3\4" + b"x" * 60,
    "words": b"satu, dua, tiga",
    "what nobody knows": b"\0\1\2\3" * 20,
}
KINDS = (
    UNKNOWN,
    "application/ogg",
    "application/zip",
    "application/x-anything",
    "text/csv",
    "text/rtf",
    "audio/x-m4a",
    "model/x",
    "nonsense",
)


def with_parts(*parts: bytes, first: bytes = PLAIN) -> bytes:
    return mail("multipart/mixed; boundary=b1", multipart("b1", first, *parts))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("data", STARTS.values(), ids=STARTS.keys())
def test_what_is_attached_is_handed_over_whatever_it_is_called(kind: str, data: bytes) -> None:
    assert read(with_parts(encoded(kind, data, ATTACHED))).files == (data,)
    if "/" in kind:  # what has no kind and is not attached is words
        assert read(with_parts(encoded(kind, data))).files == (data,)


@pytest.mark.parametrize(
    "piece",
    [
        part("text/calendar; method=REQUEST", "BEGIN:VCALENDAR"),
        encoded(UNKNOWN, b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", ATTACHED),
        encoded(UNKNOWN, b"\xef\xbb\xbfBEGIN:VCARD\r\nFN:Budi", ATTACHED),
        encoded("text/x-vcard; name=budi.vcf", b"BEGIN:VCARD\r\nFN:Budi", ATTACHED),
        encoded("application/pkcs7-signature; name=smime.p7s", b"\x30\x82\1\2x", ATTACHED),
        encoded(UNKNOWN, b"\x30\x82\x0c\x1a\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02x", ATTACHED),
        part("application/pgp-signature", "-----BEGIN PGP SIGNATURE-----"),
        encoded("application/pgp-keys; name=OpenPGP.asc", b"-----BEGIN PGP PUBLIC KEY BLOCK-----", ATTACHED),
        encoded("image/gif", PIXEL),
        encoded("image/png", b"\x89PNG\r\n\x1a\n" + b"x" * 900, "Content-ID: <logo>"),
        encoded("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g/>" * 3000, "Content-ID: <logo>"),
        encoded("image/gif", b"GIF89a" + b"x" * 9000, "Content-ID: <smile>", "Content-Disposition: inline"),
        encoded("application/applefile", b"\0\5\x16\7" + b"x" * 90),
        part("text/plain; name=ATT00001.txt", "\r\nSent from my iPhone\r\n", ATTACHED),
        part("text/html; name=ATT00001.htm", "<html><body><div><br></div></body></html>", ATTACHED),
        part("text/plain; name=ATT00001.txt", "", ATTACHED),
        part("message/external-body; access-type=URL", "Content-Type: image/jpeg"),
    ],
)
def test_what_only_came_along_is_no_file(piece: bytes) -> None:
    letter = read(with_parts(piece))
    assert letter.files == ()
    assert SAID in letter.text


def test_another_form_of_the_words_is_no_file() -> None:
    forms = multipart("b2", PLAIN, part("text/x-amp-html", "<html amp>"), part("text/enriched", "<bold>x</bold>"))
    assert read(mail("multipart/alternative; boundary=b2", forms)).files == ()


@pytest.mark.parametrize("data", [PHOTO, *list(STARTS.values())[:7]])
def test_a_file_that_is_called_words_is_one(data: bytes) -> None:
    letter = read(with_parts(encoded("text/plain", data)))
    assert (letter.files, letter.text) == ((data,), SAID)


def test_a_photo_is_one_in_whatever_way_it_stands_in_the_mail() -> None:
    for more in ((), (ATTACHED,), ("Content-Disposition: inline", "Content-ID: <a>")):
        assert read(with_parts(encoded("image/jpeg", PHOTO, *more))).files == (PHOTO,)


@pytest.mark.parametrize(
    "piece",
    [
        part("message/rfc822", EML),
        part("message/rfc822; name=surat.eml", EML, ATTACHED),
        encoded("message/rfc822", EML, ATTACHED),
        encoded("application/octet-stream; name=surat.eml", EML, ATTACHED),
        part("text/plain; name=surat.eml", EML, ATTACHED),
        part("message/global", b"\r\n" + EML, ATTACHED),
        encoded(UNKNOWN, b"From ani@warga.test Mon Jun  3 10:15:00 2024\n" + EML.replace(b"\r\n", b"\n"), ATTACHED),
        part("multipart/digest; boundary=b9", multipart("b9", b"\r\n" + EML)),
        part("message/rfc822", mail("multipart/mixed; boundary=b9", multipart("b9", part("message/rfc822", EML)))),
    ],
    ids=["inline", "attached", "base64", "octet-stream", "text", "global", "mbox", "digest", "in one another"],
)
def test_of_a_mail_in_a_mail_pictures_and_words_are_taken_and_its_head_is_not(piece: bytes) -> None:
    raw = with_parts(piece)
    assert read(raw).files == (PHOTO,)
    envelope = envelope_of(raw, "budi@warga.test", OURS)
    assert envelope is not None
    assert envelope.text == f"{SAID}\n\nLampu di gang juga mati."


def test_of_a_page_in_a_mail_what_it_quotes_is_not_read() -> None:
    page = "<div>Dua malam gelap.</div><blockquote type=cite>Ani Lestari: tunggu</blockquote>"
    inner = b"From: Ani\r\nTo: RT\r\nContent-Type: text/html\r\n\r\n" + page.encode()
    envelope = envelope_of(with_parts(part("message/rfc822", inner)), "budi@warga.test", OURS)
    assert envelope is not None
    assert envelope.text == f"{SAID}\n\nDua malam gelap."


def test_a_text_that_names_who_wrote_it_is_taken_for_a_mail_and_other_texts_are_not() -> None:
    assert is_mail(b"From: Budi\nTo: Ani\n\nhalo")
    assert is_mail(b"Received: by x\n\tfor y; z\nDate: today\nFrom: Budi\n\nhalo")
    assert not is_mail(b"From: the market\nthe road is broken\n")
    assert not is_mail(b"Lokasi: Jl. Mawar\nWaktu: malam\n\nLampu mati")
    assert not is_mail(b"To: x\nSubject: y\n\nz")


def test_more_files_than_are_taken_are_said_to_be_too_many() -> None:
    photos = [encoded("image/jpeg", PHOTO + bytes([n])) for n in range(11)]
    envelope = envelope_of(with_parts(*photos), "budi@warga.test", OURS)
    assert envelope is not None
    assert (len(envelope.files), envelope.refused) == (10, ("file_many",))
    few = envelope_of(with_parts(*photos[:10]), "budi@warga.test", OURS)
    assert few is not None
    assert few.refused == ()


@pytest.mark.parametrize("kind", ["image/jpeg", "application/pdf", UNKNOWN])
def test_a_file_of_which_nothing_came_is_said_to_be_lost(kind: str) -> None:
    envelope = envelope_of(with_parts(part(kind, "", ATTACHED)), "budi@warga.test", OURS)
    assert envelope is not None
    assert (envelope.files, envelope.refused) == ((), ("file_lost",))
    with_photo = envelope_of(with_parts(part(kind, " \r\n", ATTACHED), encoded("image/jpeg", PHOTO)), "b@w.test", OURS)
    assert with_photo is not None
    assert (len(with_photo.files), with_photo.refused) == (1, ("file_lost",))


def test_mails_in_one_another_end_somewhere() -> None:
    raw = b"From: a\r\nTo: b\r\n\r\nhalo"
    for _ in range(40):
        raw = b"From: a\r\nTo: b\r\nContent-Type: message/rfc822\r\n\r\n" + raw
    assert read(raw).files == ()


def _deep(levels: int) -> bytes:
    inside = PLAIN
    for level in range(levels):
        inside = part(f"multipart/mixed; boundary=d{level}", multipart(f"d{level}", inside))
    return b"Subject: Lampu\r\n" + inside


def test_of_what_is_not_read_its_writer_is_told() -> None:
    assert (read(_deep(8)).text, read(_deep(8)).missing) == (SAID, ())
    assert (read(_deep(12)).text, read(_deep(12)).missing) == ("", ("file_lost",))
    assert read(with_parts(*[PLAIN] * 150)).missing == ()
    assert read(
        with_parts(*[PLAIN] * 150, *[part("multipart/mixed; boundary=x", multipart("x", *[PLAIN] * 150))])
    ).missing
    piece = part('message/partial; number=1; total=2; id="x@warga.test"', "Content-Type: text/plain\r\n\r\nLampu")
    assert read(with_parts(piece)).missing == ("file_lost",)


CHAT = "03/12/26 10.16 - Ani Wijaya: lampu jalan mati di Jl. Mawar, Tebet\r\n03/12/26 10.17 - Pak RT: sudah 3 hari\r\n"
NAMED = 'Content-Disposition: attachment; filename="Chat WhatsApp dengan Budi.txt"'


def test_a_chat_that_is_exported_by_mail_is_words_and_the_program_that_attached_it_says_none() -> None:
    said = "Riwayat chat terlampir pada email ini sebagai file \u201cChat WhatsApp dengan Budi.txt\u201d."
    parts = multipart("b", part("text/plain; charset=utf-8", said), part("text/plain; charset=utf-8", CHAT, NAMED))
    raw = mail("multipart/mixed; boundary=b", parts, "Subject: Chat WhatsApp dengan Budi")
    envelope = envelope_of(raw, "budi@warga.test", OURS)
    assert envelope is not None
    assert (envelope.text, envelope.files) == (CHAT.replace("\r\n", "\n").strip(), ())


@pytest.mark.parametrize("beside", ["", "Sent from my iPhone"])
def test_where_a_mail_says_nothing_the_one_text_that_is_attached_is_its_words(beside: str) -> None:
    text = part("text/plain", SAID, 'Content-Disposition: attachment; filename="text_0.txt"')
    told = read(mail("multipart/mixed; boundary=b", multipart("b", part("text/plain", beside), text)))
    assert (SAID in told.text, told.files) == (True, ())
    for others in ((PLAIN, text), (part("text/plain", beside), text, text)):
        assert read(mail("multipart/mixed; boundary=b", multipart("b", *others))).files
