"""What people write below their words: a name goes, and whatever may be more of the story stays."""

import pytest

from bots.mail.trim import trim

TOLD = "Lampu jalan mati di depan pasar.\nSudah tiga malam."
STAYS = [
    "- Tebet Timur",
    "- gelap",
    "- Mati Total",
    "Lokasi:\n- Budi Santoso",
    "- lampu\n- jalan",
    "- Lampu\n- Jalan",
    "-Jl. Mawar",
    "-ya",
    "- 3 tiang",
    "---\nselebihnya baik",
    "---\nDi Jl. Mawar juga mati",
    "-----\nLampu dua tiang juga.",
    "=====\nKronologi: hari Senin",
    "___\ndi depan Masjid Al Ikhlas",
    "- depan SD Negeri 05",
    "-Mohon Segera",
    "*****",
    "- Budi Santoso yang minta uang",
    "-Pasar Gembrong",
    "Terima kasih\nTebet Timur",
    "Mohon dibantu, terima kasih.\nTebet Timur",
    "Mohon dibantu, terima kasih.\nPasar Gembrong",
    "Mohon dibantu, terima kasih.\nsejak kemarin",
    "Terima kasih\nBudi\nLokasi: Jl. Mawar 5\n0812-3456-7890",
    "Terima kasih\nBudi\nJl. Mawar 5",
    "Terima kasih\nBudi\nKetua RT 05 minta uang\n0812-3456-7890",
    "Terima kasih\nBudi\nKetua RW 07 Menteng\nNB: hubungi 0812-3456-7890",
]


@pytest.mark.parametrize("tail", STAYS)
def test_what_may_be_more_of_the_story_stays(tail: str) -> None:
    kept = trim(f"{TOLD}\n{tail}")
    parting = ("Terima kasih", "Budi", "Ketua RW 07 Menteng")
    lost = [line for line in tail.split("\n") if line not in kept and set(line) - set("-=_*")]
    assert [line for line in lost if line not in parting] == []


GOES = [
    "Rgds,\nBudi\nPT. Maju Jaya Tbk\nGedung A Lt. 5\nJl. Sudirman Kav 1, Jakarta\nT: +62 21 555 1234\nwww.maju.test",
    "Salam hormat dari warga,\n~ Pak Budi ~",
    "Demikian kami sampaikan, atas perhatian dan kerja sama kami ucapkan terima kasih.\n\nKetua RT 05\n(Slamet R.)",
    "---\nBudi Santoso | Manager | PT X",
    "Hormat kami,\nBudi Santoso\nJl. Mawar 5\n0812-3456-7890",
    (
        "Hormat saya,\n\nDrs. H. Ahmad Fauzi, M.Si\nKepala Seksi Sarana\nNIP 196801011990031005\nDinas Pendidikan\n"
        "Telp. 021-5551234 ext 12\nHP/WA 081298765432\nahmad.fauzi@dinas.test"
    ),
    (
        "Best Regards,\n\nDewi Lestari\nHR Manager | PT Maju Tbk\nGedung Sinar Lt. 12, Jl. Jend. Sudirman Kav 52-53\n"
        "P: +62 21 515 1234 | M: +62 811 222 333 | E: dewi@majumundur.test"
    ),
    'Wassalamualaikum Wr. Wb.\n\nH. Sulaiman, S.H.\n"Jujur dan Amanah"\nKetua RW 07 Menteng\nWA: 0813 1111 2222',
    "-Ahmad bin Salim",
    "-Sri Rahayu",
]


@pytest.mark.parametrize("tail", GOES)
def test_who_wrote_it_goes(tail: str) -> None:
    assert trim(f"{TOLD}\n\n{tail}") == TOLD


def test_the_only_place_of_a_mail_stays_though_it_stands_below_the_name() -> None:
    told = "Lampu mati tiga malam."
    assert trim(f"{told}\nTerima kasih\nBudi\nJl. Mawar 5\n0812-3456-7890") == f"{told}\nJl. Mawar 5\n0812-3456-7890"


def test_below_a_last_sentence_that_thanks_the_name_goes() -> None:
    assert trim(f"{TOLD}\nMohon dibantu, terima kasih.\nBudi Santoso\nRT 05") == f"{TOLD}\nMohon dibantu, terima kasih."


def test_what_tells_where_it_is_stays_below_dashes() -> None:
    assert trim(f"{TOLD}\n--\nLokasi: Jl. Mawar 5, Tebet") == f"{TOLD}\nLokasi: Jl. Mawar 5, Tebet"
    assert trim(f"{TOLD}\n--\nBudi\n0812-3456-7890\nNB: sejak Senin") == f"{TOLD}\nNB: sejak Senin"


@pytest.mark.parametrize("text", ["-Budi Santoso", "- Budi", "--\nBudi", "Halo,\n-Budi"])
def test_a_name_alone_is_all_that_was_said(text: str) -> None:
    assert trim(text) == text


def test_more_below_dashes_than_a_signature_has_stays() -> None:
    story = "\n".join(f"Baris {n} dari cerita yang panjang." for n in range(20))
    assert trim(f"{TOLD}\n--\n{story}").endswith(story)
