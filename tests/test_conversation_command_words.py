"""How a command is read: words alone, with what stands behind them, slips and courtesy; and stories that are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.conversation.command_words import COMMANDS, command_of

CARRIER_WORDS = ("CANCEL", "END", "QUIT", "STOP", "STOPALL", "UNSUBSCRIBE", "YES", "START", "UNSTOP", "HELP", "INFO")
CODE = "1234 5678 9012 3456"
CODED = "6734-3951-9513-4541"  # one that can be ours: check digit and prefix hold

READ: tuple[tuple[str, tuple[str, str]], ...] = (
    ("/menu", ("help", "")),
    ("/tidakada", ("help", "")),
    ("/lupakan_saya", ("forget", "")),
    ("lupakan saya pak", ("forget", "")),
    ("hapus data saya", ("forget", "")),
    ("forget me please", ("forget", "")),
    ("tolong hapus data saya", ("forget", "")),
    ("mohon nomor hp saya dihapus ya pak", ("forget", "")),
    ("could you please erase my data", ("forget", "")),
    ("tulung busak data kula", ("forget", "")),
    ("punten hapus data abdi", ("forget", "")),
    ("mohon hapus laporan saya", ("retract", "")),
    ("laporan saya tolong dibatalkan", ("retract", "")),
    ("Please cancel my report", ("retract", "")),
    ("can I withdraw it?", ("retract", "")),
    ("batalin aja laporannya", ("retract", "")),
    ("tolong batalkan", ("cancel", "")),
    ("min batalin dong", ("cancel", "")),
    ("maaf pak tidak jadi melapor", ("leave", "")),
    ("pak tolong hapus data saya", ("forget", "")),
    ("nyuwun tulung dibatalake", ("cancel", "")),
    ("i want to cancel", ("cancel", "")),
    ("tolong bantu", ("help", "")),
    ("mohon bantuannya", ("help", "")),
    ("please help me", ("help", "")),
    ("minta kode dong", ("code", "")),
    ("tolong ganti bahasa", ("language", "")),
    ("english please", ("speak_en", "")),
    ("bisa bahasa jawa?", ("speak_jv", "")),
    ("mohon privasi", ("privacy", "")),
    (f"TAMBHA {CODED} tiang 14", ("add", f"{CODED} tiang 14")),
    (f"CKE {CODED}", ("check", CODED)),
    (f"LUPKAN {CODED}", ("forget", CODED)),
    (f"CABT {CODED}", ("withdraw", CODED)),
    ("LPAOR got mampet", ("report", "got mampet")),
    ("LAPORAN: jalan rusak", ("report", "jalan rusak")),
    ("/start", ("start", "")),
    ("/start@ResiBot", ("start", "")),
    ("/start jalan_rusak", ("start", "jalan_rusak")),
    ("start", ("start", "")),
    ("mulai", ("start", "")),
    ("LAPOR", ("report", "")),
    ("Lapor!", ("report", "")),
    ("lapor lampu jalan mati di tebet", ("report", "lampu jalan mati di tebet")),
    ("LAPOR: lampu jalan mati", ("report", "lampu jalan mati")),
    ("LAPOR#jalan#tebet#lubang", ("report", "jalan tebet lubang")),
    ("LAPOR #jalan#tebet#lubang", ("report", "jalan tebet lubang")),
    ("lapor,jalan rusak", ("report", "jalan rusak")),
    ("/lapor@ResiBot ada pungli", ("report", "ada pungli")),
    ("laporkan", ("report", "")),
    ("report a hole in the road", ("report", "a hole in the road")),
    ("lapor\nlampu mati\ndi tebet", ("report", "lampu mati\ndi tebet")),
    ("CEK", ("check", "")),
    (f"cek {CODE}", ("check", CODE)),
    (f"CEK {CODE}", ("check", CODE)),
    ("CEK#1234567890123456", ("check", "1234567890123456")),
    ("/cek@ResiBot 1234567890123456", ("check", "1234567890123456")),
    ("/cek", ("check", "")),
    ("/cek abc", ("check", "abc")),
    ("check 1234-5678-9012-3456", ("check", "1234-5678-9012-3456")),
    ("status 123456", ("check", "123456")),
    ("status", ("check", "")),
    (f"LUPAKAN {CODE}", ("forget", CODE)),
    ("lupakan", ("forget", "")),
    ("forget 1234567890123456", ("forget", "1234567890123456")),
    ("TAMBAH", ("add", "")),
    (f"TAMBAH {CODED} lampunya tiga", ("add", f"{CODED} lampunya tiga")),
    (f"tambah{CODED}: lampunya tiga", ("add", f"{CODED}: lampunya tiga")),
    ("/tambah 1234567890123456", ("add", "1234567890123456")),
    (f"add {CODED} three lamps", ("add", f"{CODED} three lamps")),
    ("CABUT", ("withdraw", "")),
    (f"CABUT {CODED}", ("withdraw", CODED)),
    (f"cabut {CODED} sudah beres sendiri", ("withdraw", f"{CODED} sudah beres sendiri")),
    (f"withdraw {CODED}", ("withdraw", CODED)),
    ("BATAL", ("cancel", "")),
    ("batal.", ("cancel", "")),
    ("/batal", ("cancel", "")),
    ("gak jadi", ("leave", "")),
    ("Nggak jadi!!", ("leave", "")),
    ("never mind", ("leave", "")),
    ("DROP", ("cancel", "")),
    ("ulang", ("restart", "")),
    ("ULANGI", ("restart", "")),
    ("start over", ("restart", "")),
    ("bantuan", ("help", "")),
    ("/bantuan", ("help", "")),
    ("help", ("help", "")),
    ("HELPME", ("help", "")),
    ("?", ("help", "")),
    (" ? ", ("help", "")),
    ("tolong", ("help", "")),
    ("privasi", ("privacy", "")),
    ("/privasi", ("privacy", "")),
    ("PRIVACY", ("privacy", "")),
    ("kode", ("code", "")),
    ("kode hilang", ("code", "")),
    ("lupa kode", ("code", "")),
    ("lost code", ("code", "")),
    ("id", ("speak_id", "")),
    ("ID", ("speak_id", "")),
    ("bahasa Indonesia", ("speak_id", "")),
    ("EN.", ("speak_en", "")),
    ("en", ("speak_en", "")),
    ("English", ("speak_en", "")),
    ("jowo", ("speak_jv", "")),
    ("Basa Jawa", ("speak_jv", "")),
    ("ora sido", ("leave", "")),
    ("/bahasa", ("language", "")),
    ("ganti bahasa", ("language", "")),
    ("CEK6734395195134541", ("check", "6734395195134541")),
    ("lupakan6734-3951-9513-4541", ("forget", "6734-3951-9513-4541")),
    ("CEK 12", ("check", "12")),
    ("CEK 673O", ("check", "673O")),
    ("LUPAKAN 123", ("forget", "123")),
    ("LAPOR-jalan rusak", ("report", "jalan rusak")),
    ("LAPOR.jalan rusak", ("report", "jalan rusak")),
    ("Lapor; jalan rusak", ("report", "jalan rusak")),
    ("lapor \u2013 jalan rusak", ("report", "jalan rusak")),
    ("#LAPOR jalan rusak", ("report", "jalan rusak")),
    ("\u201cLAPOR jalan rusak", ("report", "jalan rusak")),
    ("STOP", ("cancel", "")),
    ("berhenti", ("cancel", "")),
    ("\uff23\uff25\uff2b", ("check", "")),  # full-width letters
)
STORIES = (
    "tolong batalkan proyek itu",
    "jangan hapus laporan saya",
    "please don't cancel my report",
    "hapus coretan di tembok",
    "mohon tarik kabelnya",
    "petugas menghapus laporan saya tanpa alasan",
    "tambal 6 lubang di jalan",
    "laporan saya belum ditanggapi",
    "lapar pak, bansos belum datang",
    "lapo tuak di gang itu berisik",
    f"tambal {CODED[:9]}",
    "saya mau lapor",
    "mohon status jalan diperjelas",
    "cek lampu jalan di sini mati",
    "cek-in hotel ditolak",
    "cek 2 lampu mati",
    "lapor.go.id tidak menanggapi",
    "stop itu bus di tikungan",
    "tambah lampu di jalan ini, gelap sekali",
    "cabut pohon mati itu, sudah mau tumbang",
    "tambah 2 tempat sampah di taman",
    "cek ombak di pantai ancol 5 menit",
    "Batal puasa di masjid, tapi keran airnya mati",
    "batal terus bus transjakarta",
    "status jalan ini apa, rusak terus",
    "tolong lampu jalan mati",
    "tolong pak banjir",
    "bantuan sosial tidak sampai ke warga",
    "bantuan",  # as more than a word:
    "kode pos salah di papan kelurahan",
    "mulai kemarin air keruh",
    "ulang tahun tetangga berisik sekali",
    "lupakan saja janji itu, jalannya tetap rusak",
    "id card saya ditahan petugas",
    "bahasa petugasnya kasar",
    "help there is a hole in the road",
    "start of the road is broken",
    "privasi warga dilanggar CCTV tetangga",
    "english course is noisy at night",
    "pelaporan tidak ditanggapi",
    "1",
    "ya",
    "",
    "???",
    "!",
    "/",
    "//",
    "/1",
    "/foto jalan rusak",
    "1234567890123456",
    "halo",
    "jalan rusak / berlubang",
)


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(READ) + len(STORIES) >= 60
    tried = {name for _, (name, _) in READ}
    assert tried <= set(COMMANDS)
    # Words that ask for a language stand in its file, where tests/test_phrases.py tries them all.
    assert {name for name in set(COMMANDS) - tried if not name.startswith("speak_")} == set(), "each command is tried"


@pytest.mark.parametrize(("text", "read"), READ)
def test_a_command_is_read(text: str, read: tuple[str, str]) -> None:
    assert command_of(text) == read


@pytest.mark.parametrize("text", [each for each in STORIES if each != "bantuan"])
def test_a_story_is_no_command(text: str) -> None:
    assert command_of(text) is None


@pytest.mark.parametrize("name", COMMANDS)
def test_each_word_of_a_command_works_alone_loud_and_behind_a_slash(name: str) -> None:
    for word in COMMANDS[name]:
        assert command_of(word) == (name, "")
        assert command_of(f"  {word.upper()} ") == (name, "")
        assert command_of(f"/{word}") == (name, "") or word == "?"


def test_no_word_means_two_commands() -> None:
    every = [word for each in COMMANDS.values() for word in each]
    assert len(every) == len(set(every))


def test_each_command_has_a_word_that_no_carrier_swallows() -> None:
    swallowed = {word.lower() for word in CARRIER_WORDS}
    assert all(set(each) - swallowed for each in COMMANDS.values())


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_of_any_text_it_is_said_without_a_fault_whether_it_is_a_command(text: str) -> None:
    found = command_of(text)
    assert found is None or found[0] in COMMANDS


@pytest.mark.parametrize("words", ["eh gajadi deh", "eh ga jadi deh", "aduh gak jadi deh pak", "gak jadi lapor"])
def test_who_takes_a_draft_back_in_passing_has_added_nothing_to_it(words: str) -> None:
    assert command_of(words) == ("leave", "")
