"""The lines that the weights of core/staff_words are learned from: those by hand, and ways of putting together more.

A line by hand counts for one. What is put together says whose a name or a house is in the many ways there are, and
counts for less. Reports of citizens teach what problems are called.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
LINES = HERE / "lines"
REPORTS = HERE.parent / "suggest" / "lines"
PRYING = ("prying.txt", "prying_more.txt", "prying_bare.txt", "prying_matters.txt", "told_prying.txt", "first_prying.txt")
HONEST = ("honest.txt", "honest_more.txt", "honest_bare.txt", "honest_matters.txt", "told.txt", "honest_persons.txt", "first_honest.txt")
_PUT_TOGETHER, _REPORT = 0.07, 0.05  # what such a line counts
_REPORTS, _ROWS, _TOLD_BEFORE = 1500, 1600, 800

_YOU = "Anda|Bapak|Ibu|Saudara|kakak|kak|pak|bu|mas|mbak|bang|kamu|lu|ente|sampeyan|panjenengan|anjeun|pelapor|Bapak/Ibu|sdr|dik|situ|teteh|akang|Mas/Mbak".split("|")
_ASKABLE = "nama|nama lengkap|alamat|alamat rumah|nomor hp|no telp|wa|nomor yang bisa dihubungi|NIK|nomor KTP|email|umur|pekerjaan|tempat kerja|jabatan|akun ig|tempat tinggal|domisili|asal|nama panggilan|nomor rekening|plat nomor motor|identitas|tanda tangan|foto KTP|status|nama anak|nama suami|kantor|sekolah".split("|")
_ACTORS = "pelaku|oknum|petugas|juru parkir|sopir|kepala sekolah|pemilik|pemilik bangunan|penjual|pengelola|guru|dokter|ketua RT|ketua RW|lurah|camat|satpam|kontraktor|preman|calo|penipu|panitia|bidan|perawat|kondektur|pengurus|pengembang|pedagang|mandor|debt collector|bendahara|anak jalanan|pemulung|pengamen|pegawai loket|orang itu|perusahaan itu|pemilik anjing".split("|")
_THINGS = "lubang|jalan|tiang|lampu|pohon|got|saluran|kali|tumpukan sampah|truk|bus|halte|toko|warung|pabrik|gedung|proyek|spanduk|kabel|pipa|trotoar|jembatan|taman|pasar|kios|bengkel|restoran|klinik|sekolah|masjid|rumah kosong|rumah yang dilaporkan|gerobak|portal|pos ronda|apotek|hotel|kos itu|bangunan itu|tempat karaoke|salon|gudang|tempat judi|bedeng|mobil yang parkir|papan proyek|pompa|pintu air|reklame|tower|rambu|lapangan|puskesmas|rumah sakit itu".split("|")
_OPEN = ("", "", "", "maaf, ", "mohon maaf, ", "permisi, ", "boleh tahu ", "mohon info, ", "punten, ", "kak, ", "pak, ", "bu, ", "selamat pagi, ", "terima kasih atas laporannya, ", "halo kak, ", "min, ")
_CLOSE = ("", "", "", "?", "?", " ya?", " ya", " pak?", " bu?", " kak", " dong", " nih?", " mas?", " gan?")
_ROLES = "karyawan|pegawai|warga|penghuni|pemilik|penyewa|pedagang|orang tua murid|murid|guru|pasien|pelanggan|saksi|korban|tetangga|anggota|pengurus|keluarga|mantan pegawai|sopir|satpam".split("|")
_PATTERNS_YOU = (
    "{ask} {you} {what}", "siapa nama {you}", "{ask} {you}", "boleh minta {ask} {you}", "mohon {ask} {you}", "{you} tinggal di mana", "{you} kerja di mana",
    "rumah {you} di mana", "rumah {you} nomor berapa", "rumah {you} sebelah mana {thing}", "apakah {you} {role} di situ", "{you} {role} {thing}", "{you} {role} ya",
    "{you} kenal {actor}", "apakah {actor} kenal {you}", "{you} siapanya {actor}", "hubungan {you} dengan {actor} apa", "{you} dari mana", "{you} orang mana", "dengan {you} siapa",
    "ini {you} siapa", "{you} bisa datang ke kantor", "silakan {you} datang ke {thing}", "bisa ketemu {you} di {thing}", "petugas mau ke rumah {you}", "{you} bisa ditelepon jam berapa",
    "{you} berdiri di mana waktu memotret {thing}", "{you} sendiri {role}", "berapa umur {you}", "kapan {you} di rumah", "jam berapa {you} biasanya di {thing}", "{you} tahu dari siapa soal {actor}",
    "kirim {ask} {you}", "tolong lengkapi {ask} {you}", "{ask} dan alamat {you}", "{you} naik apa ke {thing}", "apa {ask} {you}", "{you} {role} {actor}", "kirim {ask} ya", "minta {ask} nya", "{ask}mu",
    "{ask} pelapor", "apakah rumah {you} dekat {thing}", "{you} lihat {thing} dari rumah", "siapa yang menyuruh {you} melaporkan {actor}",
)
_PATTERNS_THEM = (
    "{ask} {actor} {what}", "siapa nama {actor}", "{ask} {actor}", "{actor} kerja di mana", "{actor} tinggal di mana", "{ask} {actor} itu", "nama {thing}nya apa", "alamat {thing} di mana",
    "nomor {thing} berapa", "{you} tahu {ask} {actor}", "{you} ingat {ask} {actor}", "apakah {you} melihat {actor}", "apakah {you} melihat {thing}", "jam berapa {you} melihat {actor}",
    "{actor} mengaku dari mana", "{actor} pakai baju apa", "{thing} sebelah mana", "{thing} yang mana", "yang {you} maksud {thing} mana", "yang {you} laporkan {thing} atau {thing2}",
    "foto {thing} dari {you} kurang jelas", "menurut {you} {thing} rusak sejak kapan", "laporan {you} soal {thing}, lokasinya di mana", "bisa {you} kirim foto {thing}", "{thing} dekat apa, {you}",
    "{you}, {thing}nya masih rusak", "siapa pemilik {thing}", "{thing} milik siapa", "{actor} datang jam berapa", "apakah {actor} masih di {thing}", "{actor} {role} di mana", "berapa {actor} di {thing}",
    "apakah {actor} {role} {thing}", "umur {actor} kira-kira", "{actor} naik apa", "ciri-ciri {actor}", "plat nomor {actor} berapa", "{thing} atas nama siapa", "{actor} minta uang berapa",
    "alamat {actor} di mana", "rumah {actor} yang mana", "{actor} atau {thing} yang {you} maksud", "petugas sudah datang ke {thing}, {you}", "{thing}nya sudah diperbaiki belum {you}",
    "kapan {you} terakhir melihat {thing}", "{thing} di {thing2} sebelah mana", "siapa {actor} di {thing}", "nomor rekening {actor}", "akun {actor} apa", "wa {actor} berapa",
)
_WHAT = ("siapa", "berapa", "apa", "di mana", "", "")


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody could write to a citizen; `weight`: how much it counts."""

    text: str
    prying: bool
    weight: float = 1.0


def read(name: str) -> list[str]:
    """The lines of a file."""
    return [line.strip() for line in (LINES / name).read_text("utf-8").splitlines() if line.strip()]


def written() -> list[Line]:
    """Those by hand."""
    return [Line(text, prying) for names, prying in ((PRYING, True), (HONEST, False)) for name in names for text in read(name)]


def examples(lines: Sequence[Line]) -> list[Line]:
    """With what is put together, with honest questions to somebody who is spoken to, and with reports."""
    dice = random.Random(24)
    honest = [line.text for line in lines if not line.prying]
    return [*lines, *_together(dice), *_spoken_to(honest, dice), *_behind(lines, dice), *_reports(dice)]


def _together(dice: random.Random) -> Iterator[Line]:
    for prying, patterns in ((True, _PATTERNS_YOU), (False, _PATTERNS_THEM)):
        for _ in range(_ROWS):
            said = dice.choice(patterns).format(
                ask=dice.choice(_ASKABLE), you=dice.choice(_YOU), what=dice.choice(_WHAT), role=dice.choice(_ROLES),
                actor=dice.choice(_ACTORS), thing=dice.choice(_THINGS), thing2=dice.choice(_THINGS),
            )
            yield Line(f"{dice.choice(_OPEN)}{said}{dice.choice(_CLOSE)}", prying, _PUT_TOGETHER)


def _spoken_to(honest: Sequence[str], dice: random.Random) -> Iterator[Line]:
    """To call somebody "pak" asks nothing of them."""
    for text in honest:
        you = dice.choice(_YOU)
        low = text[:1].lower() + text[1:]
        yield Line(f"{you}, {low}" if dice.random() < 0.5 else f"{text.rstrip('?')} {you.lower()}?", False, _PUT_TOGETHER)
        yield Line(f"{dice.choice(_OPEN)}{low}", False, _PUT_TOGETHER)


def _behind(lines: Sequence[Line], dice: random.Random) -> Iterator[Line]:
    """What was done says nothing of the question behind it."""
    told = read("told.txt")
    for line in dice.sample(list(lines), min(len(lines), _TOLD_BEFORE)):
        yield Line(f"{dice.choice(told)} {line.text}", line.prying, _PUT_TOGETHER)


def _reports(dice: random.Random) -> list[Line]:
    told = [line.partition("\t")[2] for path in sorted(REPORTS.glob("*.tsv")) for line in path.read_text("utf-8").splitlines() if "\t" in line]
    return [Line(text, False, _REPORT) for text in dice.sample(told, _REPORTS)]
