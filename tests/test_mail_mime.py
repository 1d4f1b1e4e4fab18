"""Mails as they come, byte for byte, and what may be known of each: the words, the files, and nothing else."""

import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.mail.charset import header_words, words
from bots.mail.envelope import envelope_of
from bots.mail.hypertext import read as read_page
from bots.mail.ids import message_id
from bots.mail.mime import read
from bots.mail.setup import setup_of
from core.messages import Envelope, Thread
from tests.fakes.mail_samples import PHOTO, PLAIN, QP, SAID, SAMPLES, Sample, encoded, mail, multipart

OURS = setup_of({"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"})
BUDI = "budi@warga.test"


def understood(raw: bytes, sender: str = BUDI) -> Envelope:
    envelope = envelope_of(raw, sender, OURS)
    assert envelope is not None
    return envelope


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())
def test_of_a_mail_words_and_files_are_known(sample: Sample) -> None:
    envelope = understood(sample.mail)
    assert envelope.text == sample.text
    assert tuple(ref.data for ref in envelope.files) == sample.files


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())
def test_of_a_mail_nothing_else_is_known(sample: Sample) -> None:
    known = shown(understood(sample.mail)).replace(BUDI, "")
    assert not [trace for trace in ("Santoso", "10.0.0.1", "+0700", "rumah-budi", "KTP", "Ani") if trace in known]


def shown(envelope: Envelope) -> str:
    """All that an envelope holds, secrets opened."""
    files = b"".join(ref.data + ref.fetch_id.encode() for ref in envelope.files).decode("latin-1")
    thread = envelope.thread or Thread()
    return "\n".join(
        [envelope.sender.reveal(), envelope.wire_id.reveal(), envelope.text, files,
         thread.in_reply_to, thread.references, envelope.choice, envelope.group, repr(envelope)]
    )  # fmt: skip


SUBJECTS = {
    "Lampu mati": "Lampu mati\nDi Jl. Mawar.",
    "Re: Fwd: Bls: Balas: Lampu mati": "Lampu mati\nDi Jl. Mawar.",
    "RE[2]: Lampu mati": "Lampu mati\nDi Jl. Mawar.",
    "[EXTERNAL] Re: [#4411] Lampu mati": "Lampu mati\nDi Jl. Mawar.",
    "=?utf-8?B?TGFtcHUgbWF0aQ==?=": "Lampu mati\nDi Jl. Mawar.",
    "=?iso-8859-1?Q?Caf=E9?= =?utf-8?q?_tutup?=": "Café tutup\nDi Jl. Mawar.",
    "=?utf-8?B?rusak=?=": "=?utf-8?B?rusak=?=\nDi Jl. Mawar.",
    "=?UTF-8?B?TGFtcHUgamFsYW4gbWF0aQ": "Lampu jalan mati\nDi Jl. Mawar.",
    "=?UTF-8?B?TGFtcHUgamFsYW4gbWF0a?=": "Lampu jalan mat\nDi Jl. Mawar.",
    "=?utf-8?Q?Lampu_jalan_mati": "Lampu jalan mati\nDi Jl. Mawar.",
    "=?utf-8?Q?=3D=3Futf-8=3FQ=3FLampu=5Fmati=3F=3D?=": "Lampu mati\nDi Jl. Mawar.",
    "Lam\u200cpu ma\u200dti": "Lampu mati\nDi Jl. Mawar.",
    "di jl. MAWAR": "Di Jl. Mawar.",
    "Re:": "Di Jl. Mawar.",
    "(no subject)": "Di Jl. Mawar.",
    "(tanpa subjek)": "Di Jl. Mawar.",
    "Laporan": "Di Jl. Mawar.",
    "IMG_20240603_101500.jpg": "Di Jl. Mawar.",
    "Emailing: IMG_2024.jpg": "Di Jl. Mawar.",
    "Message from KM_C250i": "Di Jl. Mawar.",
    "Scanned from a Xerox Multifunction Printer": "Di Jl. Mawar.",
    "lubang jalan.jpg": "lubang jalan.jpg\nDi Jl. Mawar.",
    "4440-1659-9510-2691": "4440-1659-9510-2691\nDi Jl. Mawar.",
    "Message from warga RW 05": "Message from warga RW 05\nDi Jl. Mawar.",
    "": "Di Jl. Mawar.",
}


@pytest.mark.parametrize(("subject", "text"), SUBJECTS.items())
def test_a_subject_is_read_where_it_says_something(subject: str, text: str) -> None:
    assert understood(f"Subject: {subject}\r\n\r\nDi Jl. Mawar.".encode()).text == text


def test_a_subject_of_raw_bytes_is_read_too() -> None:
    assert understood("Subject: Café tutup\r\n\r\nya".encode("latin-1")).text == "Café tutup\nya"


def test_a_reply_in_our_thread_is_known_and_its_subject_is_not_read() -> None:
    ours = message_id("abc", "kota.test")
    for header in (f"In-Reply-To: {ours}", f"References: <lain@x.test>\r\n {ours}"):
        envelope = understood(f"Subject: Re: Laporan warga\r\nMessage-ID: <b@w.test>\r\n{header}\r\n\r\n2".encode())
        assert (envelope.in_thread, envelope.text) == (True, "2")
        assert envelope.thread is not None
        assert envelope.thread.references.endswith(f"{ours} <b@w.test>")
    assert not understood(b"Subject: Re: x\r\nIn-Reply-To: <abc@kota.test>\r\n\r\n2").in_thread


@pytest.mark.parametrize(
    "sender",
    ["", "<>", "postmaster@w.test", "MAILER-DAEMON@w.test", "no-reply@w.test", "noreply+x@w.test",
     "akun-noreply@w.test", "lapor@kota.test", "LAPOR+x@Kota.test"],
)  # fmt: skip
def test_robots_and_ourselves_are_not_read(sender: str) -> None:
    assert envelope_of(SAID.encode(), sender, OURS) is None


@pytest.mark.parametrize("sender", ["Budi@WARGA.test", "<Budi@warga.test>", "prvs=1234abcdef=Budi@warga.test"])
def test_one_person_has_one_address(sender: str) -> None:
    assert understood(SAID.encode(), sender).sender.reveal() == "Budi@warga.test"


def wire_id(raw: bytes, sender: str = BUDI) -> str:
    return understood(raw, sender).wire_id.reveal()


def test_the_same_mail_by_another_way_is_the_same() -> None:
    first = mail("text/plain; charset=utf-8", SAID)
    again = b"Received: from elsewhere\r\nX-Spam: no\r\n" + mail("text/plain", quopri.encodestring(SAID.encode()), QP)
    assert wire_id(first) == wire_id(again)
    assert wire_id(first) != wire_id(first, "ani@warga.test")


def test_a_message_id_used_twice_or_missing_is_no_reason_to_lose_a_mail() -> None:
    assert wire_id(mail("text/plain", "satu")) != wire_id(mail("text/plain", "dua"))
    for nameless in (b"", b"Message-ID: <>\r\n"):
        assert wire_id(nameless + b"Date: a\r\n\r\nx") != wire_id(nameless + b"Date: b\r\n\r\nx")
        assert wire_id(nameless + b"Date: a\r\n\r\nx") == wire_id(nameless + b"Date: a\r\n\r\nx")
        assert wire_id(nameless + b"Date: a\r\n\r\nx") != wire_id(nameless + b"Date: a\r\n\r\ny")


def test_a_mail_that_differs_only_in_its_picture_is_another() -> None:
    def with_photo(data: bytes) -> bytes:
        return mail("multipart/mixed; boundary=b", multipart("b", PLAIN, encoded("image/jpeg", data)))

    assert wire_id(with_photo(PHOTO)) != wire_id(with_photo(PHOTO + b"x"))


def test_ten_files_are_taken() -> None:
    pieces = [encoded("image/jpeg", PHOTO + bytes([n])) for n in range(15)]
    assert len(read(mail("multipart/mixed; boundary=b", multipart("b", PLAIN, *pieces))).files) == 10


def test_lists_and_tables_keep_their_lines() -> None:
    page = read_page("<ul><li>satu<li>dua</ul><table><tr><td>a<td>b<tr><td>c</table>1 < 2 &lt;b&gt;")
    assert page.text.split("\n") == ["- satu", "- dua", "", "a b", "c", "", "1 < 2 <b>"]


@pytest.mark.parametrize(
    "page",
    [
        "<div style='overflow: hidden !important; width: 100%'>terlihat</div>",
        "<body style='margin:0; overflow-x: hidden ; color:#222'>terlihat",
        "<p title='not hidden at all'>terlihat</p>",
        "<p class='md hidden lg' data-css='display:none'>terlihat</p>",
        "<p style='font-size:0,9em'>terlihat</p>",
        "<p style='opacity:0.87; max-height:0.5in'>terlihat</p>",
        "<table><td style='font-size:0px;padding:9px'><div style='font-size:13px;line-height:1'>terlihat</div></table>",
        "<td style='font-size:0'><table><tr><td style='color:red;font:normal 11pt Arial'>terlihat</table></td>",
    ],
)
def test_what_only_sounds_hidden_is_seen(page: str) -> None:
    assert read_page(page).text == "terlihat"


@pytest.mark.parametrize(
    "page",
    [
        "<div style='max-height:0;overflow:hidden'>rahasia</div>terlihat",
        '<span style="color:#fff;opacity:0; line-height:1px">rahasia</span>terlihat',
        "<div aria-hidden=true style=display:none!important>rahasia</div>terlihat",
        "<div style='font-size:0;line-height:0'><span style='font-size:0px'>rahasia</span></div>terlihat",
        "<div class=x hidden>rahasia</div>terlihat",
    ],
)
def test_what_stands_above_a_page_for_lists_of_mails_is_not_seen(page: str) -> None:
    assert read_page(page).text == "terlihat"


def test_a_picture_in_a_cell_whose_words_have_no_size_is_seen() -> None:
    assert read_page("<td style='font-size:0px'><img src='cid:foto'></td>").shown == {"foto"}
    assert read_page("<div style='display:none'><img src='cid:foto'></div>").passed_over == {"foto"}


@pytest.mark.parametrize("said", ["base64 (x)", "(x) base64", '"base64"', "BASE64;"])
def test_comments_in_what_is_said_of_a_part_are_passed_over(said: str) -> None:
    raw = b"TGFtcHUgbWF0aSBkaSBKbC4gTWF3YXIu"
    head = f"Content-Type: text/plain (teks); charset=utf-8\r\nContent-Transfer-Encoding: {said}\r\n\r\n"
    letter = read(head.encode() + raw)
    assert (letter.text, letter.files) == ("Lampu mati di Jl. Mawar.", ())


def test_blanks_that_a_relay_put_behind_a_soft_break_are_nobodys() -> None:
    head = b"Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    assert read(head + b"Lampu ma=  \r\nti").text == "Lampu mati"


def test_an_unclosed_hidden_paragraph_hides_itself_alone() -> None:
    assert read_page("<p hidden>rahasia<p>terlihat").text == "terlihat"


@given(st.binary(max_size=600))
def test_no_bytes_break_the_reading(raw: bytes) -> None:
    assert isinstance(read(raw).text, str)


@given(st.text(alphabet="<>/!-=\"' abdivpscriptblockquote&;\n", max_size=300))
def test_no_tags_break_the_page(source: str) -> None:
    read_page(source)


@given(
    st.binary(max_size=200), st.sampled_from(["", "utf-8", "utf-16", "gb2312", "utf-7", "hex", "idna", "\0", "x" * 500])
)
def test_words_can_always_be_kept(data: bytes, charset: str) -> None:
    text = words(data, charset)
    assert text.encode().decode() == text
    assert "\0" not in text
    header_words(data.decode("latin-1"))


def test_a_long_text_that_is_cut_within_a_letter_keeps_its_letters() -> None:
    text = "Jalan ber\u2019lubang " * 100_000
    letter = read(b"Content-Type: text/plain; charset=utf-8\n\n" + text.encode())
    assert letter.text[:100] == text[:100]
    assert "\u00e2" not in letter.text
    for cut in range(1, 4):
        assert words(text.encode()[:-cut], "utf-8").startswith(text[:1000])
    assert words(("x" * 2_000).encode() + "\u2019".encode()[:2], "utf-8") == "x" * 2_000


def test_a_boundary_of_nothing_parts_the_mail() -> None:
    letter = read(mail('multipart/mixed; boundary=""', "--\nContent-Type: text/plain\n\nLampu mati\n----\n"))
    assert letter.text == "Lampu mati"


@pytest.mark.parametrize("page", [f"<div>{SAID}<br>Gelap</div>", f'<p class="x">{SAID}</p><p>Gelap</p>'])
def test_a_piece_of_a_page_that_is_called_plain_is_a_page(page: str) -> None:
    assert " ".join(read(mail("text/plain; charset=utf-8", page)).text.split()) == f"{SAID} Gelap"
    told = "<5 m dari halte, lampu mati"
    assert read(mail("text/plain; charset=utf-8", told)).text == told


@pytest.mark.parametrize(
    "page",
    [
        "<head><style>p {color: red}</head><body>terlihat</body>",
        "<style>p {color: red}<p>terlihat</p>",
        "<script>if (a < b) c()<div>terlihat</div>",
        "<!-- dari sini <body><p>terlihat</p>",
        "<title>Laporan<body>terlihat",
    ],
)
def test_what_was_never_ended_ends_where_the_page_goes_on(page: str) -> None:
    assert read_page(page).text == "terlihat"


def test_many_that_were_never_ended_are_sought_once() -> None:
    assert read_page("<style><!--<p>" * 9_000 + "terlihat").text == "terlihat"


@pytest.mark.parametrize("charset", ["cp037", "cp500", "ibm1140", "utf-16", "utf-16le", "utf-32"])
def test_plain_letters_are_plain_letters_whatever_a_label_says(charset: str) -> None:
    assert words(SAID.encode(), charset) == SAID
    assert words(SAID.encode(charset), charset) == SAID
