"""Trimming by example: what Indonesian and English mail programs put around a person's words, and the words alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.mail.trim import trim
from tests.fakes.mail_words import BELOW, UNTOUCHED, WORDS


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


BANNERS = [
    "CAUTION: This email originated from outside of the organization. Do not click links unless you know the sender.",
    "[EXTERNAL EMAIL] DO NOT CLICK links or attachments unless you recognize the sender.",
    "EXTERNAL EMAIL: Please do not click any links or open any attachments unless you trust the sender.",
    "WARNING: This message came from outside our company.",
    "PERINGATAN: Email ini berasal dari luar organisasi. Jangan klik tautan atau membuka lampiran.",
    "Hati-hati! Email ini dikirim dari pihak luar. Jangan membuka lampiran kecuali Anda mengenal pengirimnya.",
    "Email ini berasal dari luar organisasi.\nJangan klik tautan atau lampiran kecuali Anda mengenal pengirimnya.",
    "ZjQcmQRYFpfptBannerStart\nThis Message Is From an External Sender\nZjQcmQRYFpfptBannerEnd",
    "This message came from outside your organization.",
    "[EXTERNAL]",
    "*** EKSTERNAL ***",
    "You don't often get email from budi@warga.test. Learn why this is important<https://aka.ms/x>",
]


@pytest.mark.parametrize(
    "footer",
    [
        "Pesan ini dilindungi Norton AntiVirus dari virus dan malware.",
        "This email has been checked for viruses by Avast antivirus software.",
        "This message has been scanned for viruses and dangerous content by MailScanner.",
        "Scanned by McAfee, no viruses found",
        "Surel ini telah diperiksa oleh Kaspersky dan bebas dari virus.",
        "Free Webmail by Plasa - Promo alat pemadam kebakaran: https://plasa.test/promo",
    ],
)
def test_what_a_scanner_or_a_provider_puts_below_goes(footer: str) -> None:
    assert trim(f"{WORDS}\n\n{footer}") == WORDS


@pytest.mark.parametrize(
    "words",
    [
        "Pesan ini saya tulis karena takut virus corona di kantor kami, tidak ada yang dites.",
        "Pesan ini tentang warnet yang menjual antivirus bajakan di Tebet",
        "Email ini laporan: warnet menjual Norton bajakan dan tidak diperiksa petugas",
        "This office has no protection against the virus, nobody was checked.",
    ],
)
def test_a_report_of_a_virus_stays(words: str) -> None:
    assert trim(words) == words


@pytest.mark.parametrize("banner", BANNERS)
def test_what_a_gateway_puts_above_goes(banner: str) -> None:
    assert trim(f"{banner}\n\n{WORDS}") == WORDS
    assert trim(f"{banner}\n{WORDS}") == WORDS


@pytest.mark.parametrize(
    "words",
    [
        "Pesan ini dikirim dari luar Jakarta, tapi lampu di Tebet mati.",
        "Email ini dari warga luar kompleks.",
        "Peringatan: kabel terbuka di luar pagar sekolah",
        "External wall of the school is falling",
        "Jangan membuka portal di Jl. Mawar, kata petugas",
        "Hati-hati, lubang besar di luar gerbang perusahaan",
        "Do not open the gate, said the officer",
    ],
)
def test_what_only_sounds_like_a_gateway_stays(words: str) -> None:
    assert trim(f"{words}\n\n{WORDS}") == f"{words}\n\n{WORDS}"


MACHINES = [
    (
        'This E-mail was sent from "RNP002673B1A2C3" (MP 2554).\n\nScan Date: 03.06.2024 10:15:00 (+0700)\n'
        "Queries to: scanner@kantor.test"
    ),
    (
        "Please open the attached document. It was sent to you using a Xerox multifunction printer.\n\n"
        "Attachment File Type: tif, Multi-Page\n\nMultifunction Printer Location: Lt 2\nDevice Name: XRX9C934E"
    ),
    (
        "Your message is ready to be sent with the following file or link attachments:\n\nIMG_2024.jpg\n\n"
        "Note: To protect against computer viruses, e-mail programs may prevent sending certain types of file "
        "attachments.  Check your e-mail security settings to determine how attachments are handled."
    ),
    "(Embedded image moved to file: pic12345.jpg)",
    "Dikirim dengan surel aman Proton Mail.",
]
SMALL_PRINT = [
    "PERINGATAN: Email ini dan lampirannya bersifat rahasia dan hanya untuk penerima yang dituju.\nBank ABC",
    "Dokumen ini (termasuk lampirannya) mungkin mengandung informasi yang bersifat rahasia.",
    "Perhatian! Surel ini mungkin berisi informasi rahasia dan dilindungi undang-undang.",
    "Pesan ini ditujukan hanya untuk penerima yang namanya tertera.",
]


@pytest.mark.parametrize("said", MACHINES)
def test_what_copiers_and_programs_say_of_a_file_is_nobodys_word(said: str) -> None:
    assert trim(said) == ""
    assert trim(f"{WORDS}\n\n{said}") == WORDS


@pytest.mark.parametrize("print_", SMALL_PRINT)
def test_the_small_print_of_companies_goes(print_: str) -> None:
    assert trim(f"{WORDS}\n\n{print_}") == WORDS


@pytest.mark.parametrize(
    "words",
    [
        "Peringatan: dokumen ini dipalsukan oleh oknum kelurahan",
        "Perhatian! Pesan ini untuk Pak Lurah, lampu di Tebet mati.",
        "Device name yang dicuri: Samsung A12",
        "Scanner di kelurahan rusak",
        "Lihat foto lubang.jpg yang terlampir",
    ],
)
def test_what_only_sounds_like_one_stays(words: str) -> None:
    assert trim(f"{WORDS}\n{words}") == f"{WORDS}\n{words}"


@pytest.mark.parametrize(
    "below",
    [
        ">>> Siti Ani <siti@x.test> 12/02/26 10:16 AM >>>\nSudah dilaporkan?",
        "This message was sent using IMP, the Internet Messaging Program.",
        "Dapatkan email gratis di http://mail.x.test",
    ],
)
def test_what_programs_of_providers_put_below_goes(below: str) -> None:
    assert trim(f"Lampu mati di Tebet.\n\n{below}\n") == "Lampu mati di Tebet."


@pytest.mark.parametrize(
    "quote",
    [
        "Wednesday, December 2, 2026, 10:16:00 AM, you wrote:\n\nSC> Sudah dilaporkan?\nSC> Kapan?",
        '>>>>> "Siti" == Siti Ani <siti@x.test> writes:\n\n    Siti> Sudah dilaporkan?',
    ],
)
def test_initials_before_the_sign_of_a_quote_are_of_the_quote(quote: str) -> None:
    assert trim(f"{quote}\n\nLampu mati di Tebet.\n") == "Lampu mati di Tebet."
    assert trim(f"Halo\n\n{quote}\n\nLampu mati di Tebet.\n") == "Halo\n\nLampu mati di Tebet."
    assert trim("Rute: A> B\nRT> lampu mati") == "Rute: A> B\nRT> lampu mati"
