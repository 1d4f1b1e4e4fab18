"""A mail that somebody passes on: its words are read, and nobody whom its head names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.mail.envelope import envelope_of
from bots.mail.forwards import passed_on, says_so
from bots.mail.ids import message_id
from bots.mail.setup import setup_of
from tests.fakes.mail_samples import mail, multipart, part

OURS = setup_of({"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"})
TOLD = "Lampu jalan di Gang Mawar mati sejak Jumat.\nSudah dua orang jatuh."
HEAD = (
    "From: Ani Lestari <ani@warga.test>\nDate: Mon, Jun 3, 2024 at 10:15 AM\nSubject: lampu\nTo: <rt@warga.test>\n\n\n"
)
LINE = "---------- Forwarded message ---------"
BELOW = {
    "Gmail": f"{LINE}\n{HEAD}{TOLD}",
    "Gmail, Indonesian": (
        "---------- Pesan terusan ---------\nDari: Ani Lestari <ani@warga.test>\nDate: Sen, 3 Jun 2024 pukul 10.15\n"
        f"Subject: lampu\nTo: Pak RT <rt@warga.test>\n\n\n{TOLD}"
    ),
    "Gmail, Indonesian, as it was": f"---------- Pesan yang diteruskan ---------\nDari: Ani\nTanggal: Senin\n\n{TOLD}",
    "Apple Mail": (
        "Begin forwarded message:\n\n> From: Ani Lestari <ani@warga.test>\n> Subject: lampu\n"
        "> Date: 3 June 2024 at 10:15:00 WIB\n> To: rt@warga.test\n>\n> " + TOLD.replace("\n", "\n> ")
    ),
    "iPhone, Indonesian": (
        "Dikirim dari iPhone saya\n\nAwal pesan yang diteruskan:\n\n> Dari: Ani Lestari <ani@warga.test>\n"
        "> Tanggal: 3 Juni 2024 10.15.00 WIB\n> Kepada: rt@warga.test\n> Perihal: lampu\n> \n> "
        + TOLD.replace("\n", "\n> ")
    ),
    "Outlook": (
        "From: Ani Lestari <ani@warga.test>\nSent: Monday, June 3, 2024 10:15 AM\nTo: RT <rt@warga.test>\n"
        f"Cc: Lurah <lurah@warga.test>\nSubject: lampu\n\n{TOLD}"
    ),
    "Outlook, Indonesian": (
        "________________________________\nDari: Ani Lestari <ani@warga.test>\nDikirim: Senin, 03 Juni 2024 10.15\n"
        f"Kepada: RT <rt@warga.test>\nPerihal: lampu\n\n{TOLD}"
    ),
    "Outlook, a long list of people": (
        "*From:* Ani Lestari <ani@warga.test>\n*Sent:* Monday, June 3, 2024\n*To:* RT <rt@warga.test>; Lurah\n"
        f"<lurah@warga.test>; Camat <camat@warga.test>\n*Subject:* lampu\n\n{TOLD}"
    ),
    "Outlook, the old divider": f"-----Original Message-----\n{HEAD}{TOLD}",
    "Yahoo": (
        "----- Forwarded Message ----- From: Ani Lestari <ani@warga.test>To: rt@warga.test\n"
        f"Sent: Monday, June 3, 2024\nSubject: lampu\n\n{TOLD}"
    ),
    "Yahoo, Indonesian": f"   ----- Pesan yang Diteruskan -----\nDari: Ani <ani@warga.test>\nKepada: RT\n\n {TOLD}",
    "Zoho": f"============ Forwarded message ============\n{HEAD}============ Forwarded message ============\n\n{TOLD}",
    "Thunderbird": (
        "-------- Forwarded Message --------\nSubject: \tlampu\nDate: \tMon, 3 Jun 2024 10:15:00 +0700\n"
        f"From: \tAni Lestari <ani@warga.test>\nTo: \trt@warga.test\n\n\n\n{TOLD}"
    ),
    "Proton": (
        "------- Forwarded Message -------\nFrom: Ani Lestari <ani@warga.test>\nDate: On Monday, June 3rd, 2024\n"
        "Subject: lampu\nTo: rt@warga.test\n\n\n> " + TOLD.replace("\n", "\n> ")
    ),
    "Samsung": (
        "-------- Original message --------\nFrom: Ani Lestari <ani@warga.test>\nDate: 6/3/24 10:15 (GMT+07:00)\n"
        f"To: rt@warga.test\nSubject: lampu\n\n{TOLD}"
    ),
    "German": (
        "-------- Weitergeleitete Nachricht --------\nBetreff: lampu\nDatum: Mon, 3 Jun 2024\nVon: Ani Lestari\n"
        f"An: rt@warga.test\n\n{TOLD}"
    ),
    "French": f"---------- Message transféré ---------\nDe : Ani Lestari\nÀ : rt@warga.test\nObjet : lampu\n\n{TOLD}",
    "passed on twice": f"{LINE}\n{HEAD}\n{LINE}\n{HEAD}{TOLD}",
    "with a signature": f"{LINE}\n{HEAD}{TOLD}\n\n-- \nAni Lestari\nRT 05",
    "with its own history": (
        f"{LINE}\n{HEAD}{TOLD}\n\nOn Mon, Jun 3, 2024 at 9:15 AM RT <rt@w.test> wrote:\n\n> Ada apa, Ani Lestari?\n"
    ),
}
ANI = "Ani Lestari &lt;ani@warga.test&gt;"
HTML = {
    "Gmail": (
        '<div dir="ltr"><br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded '
        f"message ---------<br>From: <strong>Ani Lestari</strong> {ANI}<br>Date: Mon, Jun 3<br>Subject: lampu<br>"
        "To: rt@warga.test<br></div><br><br><div dir=ltr>{}</div></div></div>"
    ),
    "Apple Mail": (
        "<html><body><br><div><br><blockquote type=cite><div>Begin forwarded message:</div><br><div><b>From: </b>"
        f"{ANI}<br></div><div><b>Subject: </b>lampu<br></div><div><b>To: </b>RT</div>"
        "<br><div><div>{}</div></div></blockquote></div></body></html>"
    ),
    "Outlook on the web": (
        "<div></div><div id='appendonsend'></div><hr style='display:inline-block;width:98%'><div id=divRplyFwdMsg>"
        f"<font><b>From:</b> {ANI}<br><b>Sent:</b> Monday<br><b>To:</b> RT<br><b>Subject:</b>"
        " lampu</font><div>&nbsp;</div></div><div>{}</div>"
    ),
    "Yahoo": (
        "<div><br></div><div id=yahoo_quoted_1 class=yahoo_quoted><div><div>----- Forwarded message -----</div>"
        f"<div><b>From:</b> {ANI}</div><div><b>To:</b> RT</div><div><b>Sent:</b> Monday</div><div><b>"
        "Subject:</b> lampu</div><div><br></div><div>{}</div></div></div>"
    ),
    "Zoho": (
        "<div><br></div><div class=zmail_extra><div>============ Forwarded message ============</div>"
        f"<div>From: {ANI}</div><div>To: RT</div><div>Subject: lampu</div><div><br></div>"
        "<div>{}</div></div>"
    ),
    "Proton": (
        f"<div class=protonmail_quote>------- Forwarded Message -------<br>From: {ANI}<br>"
        "Date: On Monday<br>Subject: lampu<br>To: RT<br><br><blockquote class=protonmail_quote type=cite>{}"
        "</blockquote></div>"
    ),
    "Thunderbird": (
        "<p><br></p><div class=moz-forward-container><br><br>-------- Forwarded Message --------<table class="
        "moz-email-headers-table><tbody><tr><th>Subject: </th><td>lampu</td></tr><tr><th>From: </th><td>Ani Lestari"
        "</td></tr><tr><th>To: </th><td>RT</td></tr></tbody></table><br><br>{}</div>"
    ),
}


def words(raw: bytes) -> str:
    envelope = envelope_of(raw, "budi@warga.test", OURS)
    assert envelope is not None
    return envelope.text


@pytest.mark.parametrize("below", BELOW.values(), ids=BELOW.keys())
@pytest.mark.parametrize("own", ["", "Tolong dibantu, Pak. Lihat surat di bawah ini.\n\n"])
def test_of_a_mail_that_is_passed_on_the_words_are_read(own: str, below: str) -> None:
    assert words(mail("text/plain; charset=utf-8", own + below, "Subject: Fwd: lampu")) == own + TOLD


@pytest.mark.parametrize("below", HTML.values(), ids=HTML.keys())
def test_of_a_page_that_is_passed_on_the_words_are_read(below: str) -> None:
    page = below.format(TOLD.replace("\n", "<br>"))
    assert words(mail("text/html; charset=utf-8", page, "Subject: Fwd: lampu")) == TOLD
    both = multipart("b", part("text/plain", "\r\n"), part("text/html; charset=utf-8", page))
    assert words(mail("multipart/alternative; boundary=b", both, "Subject: Fwd: lampu")) == TOLD


def test_where_the_mail_inside_says_little_the_one_that_it_answers_is_read_too() -> None:
    text = f"{LINE}\n{HEAD}Masih mati, Bu.\n\nOn Mon, Jun 3, 2024 at 9:15 AM RT <rt@w.test> wrote:\n\n> "
    text += TOLD.replace("\n", "\n> ")
    assert words(mail("text/plain; charset=utf-8", text, "Subject: Fwd: lampu")) == f"Masih mati, Bu.\n\n{TOLD}"


def test_ones_own_closing_above_goes() -> None:
    text = f"Pak tolong dibantu ya.\n\nSalam,\nBudi\n\n{BELOW['Outlook']}"
    assert words(mail("text/plain; charset=utf-8", text, "Subject: FW: lampu")) == f"Pak tolong dibantu ya.\n\n{TOLD}"


def test_a_line_that_says_so_is_enough() -> None:
    for name in ("Gmail", "Gmail, Indonesian", "Apple Mail", "Zoho", "Thunderbird", "German"):
        assert words(mail("text/plain; charset=utf-8", BELOW[name], "Subject: Laporan")) == TOLD


def test_of_a_reply_nothing_is_read_but_what_is_new() -> None:
    assert (
        words(mail("text/plain", f"Sudah beres.\n\n{BELOW['Outlook']}", "Subject: Re: lampu")) == "lampu\nSudah beres."
    )
    ours = message_id("abc", "kota.test")
    answer = mail("text/plain", f"2\n\n{BELOW['Gmail']}", "Subject: Fwd: lampu", f"In-Reply-To: {ours}")
    assert words(answer) == "2"


def test_a_letter_with_a_head_of_its_own_is_read() -> None:
    letter = f"Dari: Budi <budi@warga.test>\nTanggal: 3 Juni 2024 10.15\nKepada: Lurah\nPerihal: lampu\n\n{TOLD}"
    assert words(mail("text/plain", letter, "Subject: Laporan")) == TOLD
    assert words(mail("text/plain", letter, "Subject: Re: surat")) == "surat"


QUOTED = {
    "lines": "> " + TOLD.replace("\n", "\n> "),
    "lines in lines": ">> " + TOLD.replace("\n", "\n> > "),
    "between a greeting and thanks": "Selamat pagi,\n> " + TOLD.replace("\n", "\n> ") + "\nTerima kasih",
    "above a telephone's line": "> " + TOLD.replace("\n", "\n> ") + "\n\nDikirim dari iPhone saya",
}


@pytest.mark.parametrize("text", QUOTED.values(), ids=QUOTED.keys())
def test_a_first_mail_that_is_quoted_as_a_whole_is_told_all_the_same(text: str) -> None:
    assert TOLD in words(mail("text/plain", text, "Subject: Laporan"))


@pytest.mark.parametrize(
    "page", ["<blockquote>{}</blockquote>", "<div>Halo<blockquote type=cite>{}</blockquote></div>"]
)
def test_a_first_page_that_is_quoted_as_a_whole_is_told_all_the_same(page: str) -> None:
    assert TOLD in words(mail("text/html", page.format(TOLD.replace("\n", "<br>"))))


def test_in_a_first_mail_lines_that_begin_as_a_quote_are_the_writers_own() -> None:
    for own in (f"{TOLD}\n> 5 hari belum diperbaiki", f"Rute: pasar, sekolah\n> lampu mati\n> jalan rusak\n{TOLD}"):
        assert words(mail("text/plain", own)) == own.replace("> ", "")
        answer = mail("text/plain", own, "In-Reply-To: <lain@warga.test>")
        assert words(answer) == "\n".join(line for line in own.split("\n") if not line.startswith(">"))
    quoted = f"{TOLD}\n\nPada 3 Jun 2024 10.15 Ani <ani@warga.test> menulis:\n> Sudah?"
    assert words(mail("text/plain", quoted)) == TOLD


def test_where_somebody_answers_us_what_is_quoted_is_not_theirs() -> None:
    answer = f"In-Reply-To: {message_id('abc', 'kota.test')}"
    assert words(mail("text/plain", QUOTED["lines"], answer)) == ""
    code = "> Kode Anda: 4682-7614-2148-4156\n> Simpan kode ini."
    assert words(mail("text/plain", code, "Subject: Laporan")) == ""


def test_of_an_answer_to_somebody_else_a_quote_is_told_only_where_nothing_else_is() -> None:
    other = "In-Reply-To: <lain@warga.test>"
    assert words(mail("text/plain", f"Masih mati.\n{QUOTED['lines']}", other)) == "Masih mati."
    assert words(mail("text/plain", QUOTED["lines"], other)) == TOLD


def test_a_mail_inside_that_passes_another_one_on_is_read_too() -> None:
    inner = b"From: Ani\r\nTo: RT\r\nSubject: Fwd: x\r\n\r\n" + BELOW["Gmail"].encode()
    assert words(mail("multipart/mixed; boundary=b", multipart("b", part("message/rfc822", inner)))) == TOLD


def test_words_under_a_head_that_begin_like_one_are_no_head() -> None:
    told = "Lokasi: Jl. Mawar\nUntuk diketahui, lampu mati."
    assert passed_on(f"{LINE}\n{HEAD}{told}", announced=True) == told


@pytest.mark.parametrize(
    "subject", ["Fwd: x", "FW: x", "Tr: x", "Terusan: x", "WG: x", "Re: Fwd: x", "Fwd:x", "Fwd[2]: x"]
)
def test_a_subject_says_that_a_mail_is_passed_on(subject: str) -> None:
    assert says_so(subject)


@pytest.mark.parametrize("subject", ["x", "Re: x", "Forward: ke kantor", "Fwd", "Lampu Tr: x", ""])
def test_another_subject_does_not(subject: str) -> None:
    assert not says_so(subject)


@given(st.lists(st.sampled_from([*BELOW.values(), *HEAD.split("\n"), "> a", "", TOLD]), max_size=9), st.booleans())
def test_no_heap_of_heads_breaks_it(pieces: list[str], announced: bool) -> None:  # noqa: FBT001 - Hypothesis gives it
    text = "\n".join(pieces)
    assert set(passed_on(text, announced=announced).split()) <= set(text.replace(">", " ").split()) | set(text.split())
