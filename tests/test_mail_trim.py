"""Trimming by example: what Indonesian and English mail programs put around a person's words, and the words alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.mail.trim import trim

WORDS = "Lampu jalan mati di depan pasar.\nSudah tiga malam."


def below(*lines: str) -> str:
    return "\n\n" + "\n".join(lines)


# Below a reply: what programs put between the writer's words and the mail that is answered.
BELOW = {
    "Gmail, Indonesian": below(
        "Pada tanggal Sen, 3 Jun 2024 pukul 10.15 Lapor <lapor@kota.test> menulis:",
        "",
        "> Kode Anda",
        "> 1",
    ),
    "Gmail, Indonesian, wrapped": below(
        "Pada Sen, 3 Jun 2024 pukul 10.15 Lapor Warga <lapor@kota.test>",
        "menulis:",
        "",
        "> Kode",
        ">",
        "> 1",
    ),
    "Gmail, Indonesian, old": below(
        "Pada 3 Juni 2024 10.15, Lapor <lapor@kota.test> menulis:",
        "> Kode",
    ),
    "Gmail, Indonesian, bare date": below(
        "3 Jun 2024 10.15 Lapor <lapor@kota.test> menulis:",
        "> Kode",
    ),
    "Gmail, English": below(
        "On Mon, Jun 3, 2024 at 10:15 AM Lapor <lapor@kota.test> wrote:",
        "",
        "> Your code",
        "> 1",
    ),
    "Gmail, English, wrapped": below(
        "On Mon, Jun 3, 2024 at 10:15 AM Lapor Warga Kota Kita <",
        "lapor@kota.test> wrote:",
        "",
        "> Code",
    ),
    "Yahoo, Indonesian": below(
        "    Pada Senin, 3 Juni 2024 10.15.00 GMT+7, Lapor <lapor@kota.test> menulis:  ",
        " ",
        " Kode Anda",
        " 1",
        "",
    ),
    "Yahoo, English": below(
        "    On Monday, June 3, 2024, 10:15:00 AM GMT+7, Lapor <lapor@kota.test> wrote:  ",
        " ",
        " Your code",
    ),
    "iPhone, Indonesian": below(
        "Dikirim dari iPhone saya",
        "",
        "> Pada 3 Jun 2024, pukul 10.15, Lapor <lapor@kota.test> menulis:",
        "> ",
        "> Kode",
    ),
    "iPhone, English": below(
        "Sent from my iPhone",
        "",
        "> On 3 Jun 2024, at 10.15, Lapor <lapor@kota.test> wrote:",
        "> ",
        "> Code",
    ),
    "Apple Mail": below(
        "On 3 Jun 2024, at 10:15, Lapor <lapor@kota.test> wrote:",
        "",
        "> Code",
    ),
    "Thunderbird, English": below(
        "On 03/06/2024 10:15, Lapor wrote:",
        "> Code",
    ),
    "Thunderbird, Indonesian": below(
        "Pada tanggal 03/06/2024 10.15, Lapor menulis:",
        "> Kode",
    ),
    "Outlook, English": below(
        "From: Lapor <lapor@kota.test>",
        "Sent: Monday, June 3, 2024 10:15 AM",
        "To: Budi",
        "Subject: Re: x",
        "",
        "Your code",
    ),
    "Outlook, Indonesian": below(
        "Dari: Lapor <lapor@kota.test>",
        "Dikirim: Senin, 03 Juni 2024 10.15",
        "Kepada: Budi",
        "Perihal: x",
        "",
        "Kode",
    ),
    "Outlook, starred": below(
        "*From:* Lapor <lapor@kota.test>",
        "*Sent:* Monday, June 3, 2024",
        "*To:* Budi",
        "*Subject:* x",
        "",
        "Your code",
    ),
    "Outlook, Tanggal and Subjek": below(
        "Dari: Lapor",
        "Tanggal: Senin, 3 Juni 2024",
        "Ke: Budi",
        "Subjek: Re: x",
        "",
        "Kode",
    ),
    "Outlook on a phone, Indonesian": below(
        "Dapatkan Outlook untuk Android<https://aka.ms/x>",
        "________________________________",
        "Dari: Lapor <l@k.test>",
        "Dikirim: Senin",
        "Kepada: B",
        "Perihal: x",
        "",
        "Kode",
    ),
    "Outlook on a phone, English": below(
        "Get Outlook for iOS<https://aka.ms/x>",
        "________________________________",
        "From: Lapor <l@k.test>",
        "Sent: Monday",
        "To: B",
        "Subject: x",
        "",
        "Code",
    ),
    "Outlook, the old divider": below(
        "-----Original Message-----",
        "From: Lapor",
        "",
        "Your code",
    ),
    "the old divider, Indonesian": below(
        "----- Pesan Asli -----",
        "Dari: Lapor",
        "",
        "Kode Anda",
    ),
    "a forward by Gmail": below(
        "---------- Forwarded message ---------",
        "From: Ani <ani@w.test>",
        "Date: Mon",
        "",
        "foo",
    ),
    "a forward by Gmail, Indonesian": below(
        "---------- Pesan yang diteruskan ---------",
        "Dari: Ani",
        "",
        "foo",
    ),
    "a forward by Apple": below(
        "Begin forwarded message:",
        "",
        "> From: Ani",
        "> foo",
    ),
    "a signature": below(
        "-- ",
        "Budi Santoso",
        "Ketua RT 05",
        "0812-3456-7890",
    ),
    "a signature that lost its space": below(
        "--",
        "Budi",
    ),
    "a phone's line": below(
        "Dikirim dari ponsel Samsung Galaxy saya.",
    ),
    "Yahoo's line": below(
        "Dikirim dari Yahoo Mail di Android",
    ),
    "a closing": below(
        "Hormat saya,",
        "",
        "Budi Santoso",
    ),
    "thanks and a name": below(
        "Terima kasih",
        "Budi",
        "0812-3456-7890",
    ),
    "thanks and a small name": below(
        "terima kasih,",
        "budi santoso",
    ),
    "thanks, greeting, name": below(
        "Terima kasih atas perhatiannya.",
        "",
        "Wassalamualaikum wr. wb.",
        "",
        "Hj. Siti Aminah, S.Pd.",
        "Warga RW 03",
    ),
    "thanks and name in one line": below(
        "Terima kasih, Budi",
    ),
    "formal thanks": below(
        "Demikian, atas perhatiannya saya ucapkan terima kasih.",
        "",
        "Salam,",
        "Budi",
    ),
    "thanks alone": below(
        "Terima kasih 🙏",
    ),
    "an English closing": below(
        "Best regards,",
        "Budi Santoso",
        "Senior Manager",
        "+62 812 3456 7890",
        "budi@warga.test",
    ),
    "thanks in English": below(
        "Thanks,",
        "Budi",
    ),
    "small print": below(
        "DISCLAIMER: This e-mail and any attachments are confidential and intended solely for X.",
    ),
    "small print, Indonesian": below(
        "Email ini dan seluruh lampirannya bersifat rahasia dan hanya untuk penerima.",
    ),
    "a virus scanner": below(
        "Virus-free. www.avast.com",
    ),
    "closing, then history": below(
        "Salam,",
        "Budi",
        "",
        "On Mon, Jun 3, 2024 at 10:15 AM Lapor <l@k.test> wrote:",
        "> Code",
    ),
}

# Whole mails that stay what they are.
UNTOUCHED = [
    "Halo,\nlampu mati di Jl. Mawar",
    "Selamat pagi Bapak/Ibu,\n\nJalan rusak di Tebet.",
    "Salam,\nLampu mati",
    "Assalamualaikum\nada sampah menumpuk di kali",
    "Mohon dibantu.\nTerima kasih\nLokasi: Jl. Mawar no. 5, Tebet",
    "Lampu mati.\nTerima kasih.\ndi depan pasar Tebet, dekat halte",
    "1",
    "1 2",
    "2 masih bau",
    "CEK 2345 6789 0123 4567",
    "Kode saya\n2345-6789-0123-4567",
    "Daftar masalah:\n- lampu\n- jalan\n---\nselebihnya baik",
    "On Monday the officer wrote: pay me. I did not pay.",
    "Pada hari Senin 3 Juni 2024 pukul 10.00 ada pungli di kelurahan.",
    "Dari kemarin air mati.\nKepada siapa saya lapor?",
    "Dari: warga RT 05\nPerihal: lampu mati\n\nLampu mati di Jl. Mawar.",
    "This email is confidential, please. The officer asked me for money.",
    "Email ini rahasia ya. Petugas meminta uang.",
    "From the market to the bridge the road is broken",
    "Tolong\nPetugas menulis:\nharap bayar",
    "Dikirim dari kelurahan surat yang salah",
    "Terima kasih sudah membaca laporan kami yang panjang ini\nJalan rusak di Tebet",
]


@pytest.mark.parametrize("rest", BELOW.values(), ids=BELOW.keys())
def test_of_a_reply_the_new_words_remain(rest: str) -> None:
    assert trim(WORDS + rest) == WORDS


@pytest.mark.parametrize("rest", BELOW.values(), ids=BELOW.keys())
def test_a_one_word_answer_survives_all_that_stands_below(rest: str) -> None:
    assert trim("2" + rest) == "2"


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_only_looks_like_a_mark_stays(text: str) -> None:
    kept = trim(text)
    missing = [line for line in text.split("\n") if line not in kept.split("\n")]
    assert all(line.lower().startswith(("terima kasih", "---")) and len(line) < 20 for line in missing)


def test_answers_between_quotes_are_kept_and_the_quotes_are_not() -> None:
    text = (
        "Pada Sen, 3 Jun 2024 pukul 10.15 Lapor <l@k.test> menulis:\n\n> Di mana?\n\nDi Jl. Mawar\n\n> Kapan?\nKemarin"
    )
    assert trim(text) == "Di Jl. Mawar\n\nKemarin"


def test_an_answer_below_the_quote_is_kept() -> None:
    assert (
        trim("On 3 Jun 2024, at 10:15, Lapor <l@k.test> wrote:\n> Where?\n> Tell us\n\nAt the market")
        == "At the market"
    )


def test_a_mail_of_quotes_alone_says_nothing() -> None:
    assert trim("> satu\n> dua\n") == ""
    assert trim("---------- Forwarded message ---------\nFrom: Ani\n\nHalo") == ""


def test_a_name_above_a_place_goes_and_the_place_stays() -> None:
    assert trim("Lampu mati.\nTerima kasih\nBudi Santoso\nLokasi: Jl. Mawar 5") == "Lampu mati.\nLokasi: Jl. Mawar 5"


def test_a_code_below_the_thanks_is_not_taken_for_a_telephone() -> None:
    assert "2345 6789 0123 4567" in trim("Bagaimana laporan saya?\nTerima kasih\n2345 6789 0123 4567")


@given(st.text(alphabet=" \n>-_:*.,@<>019abPadmenulisOnwrteFromDariSentTokSlmhj", max_size=400))
def test_trimming_twice_is_trimming_once_and_adds_no_words(text: str) -> None:
    once = trim(text)
    assert set(once.split()) <= set(text.split())
    assert len(trim(once)) <= len(once)


@given(st.lists(st.sampled_from([*BELOW.values(), *UNTOUCHED, WORDS, "> kutipan", "", "Salam,", "Budi"]), max_size=8))
def test_no_heap_of_marks_breaks_it(pieces: list[str]) -> None:
    assert isinstance(trim("\n".join(pieces)), str)
