"""Numbers by which an employer, a school or a utility knows one person, and the day of birth."""

import re
from collections.abc import Iterator

from core.redact.context import ME, whose
from core.redact.page import Page
from core.redact.traces import Span, Trace
from core.redact.words import cue_words

_MINE = rf"(?:{ME}|my|saya punya)"
_FILLER = (
    rf"(?:[ \n]?(?:{ME}|ku|my|milik|pny|punya|anak|istri|suami|adik|kakak|ibu|bapak|orang tua|no|nomor|nomer|number|"
    rf"is|adalah|yaitu|itu|pln|pam|pdam|palyja|"
    rf"aetra|pgn|[#:=.])){{0,5}}[ \n]?"
)
_CODE = r"(?P<code>(?=[a-z./\-]{0,12}\d)[a-z0-9]{1,20}(?:[./\-][a-z0-9]{1,12}){0,7})(?![\w@])"
_HOLDER = (
    r"(?:karyawan|pegawai|pekerja|staf|staff|anggota|mahasiswa|siswa|employee|badge|member|induk|induk pegawai|"
    r"induk siswa|induk karyawan|peserta|peserta ujian|ujian|pendaftaran|daftar|ppdb|mitra|driver|kurir|ojol|"
    r"rekam medis|"
    r"rekam medik|rm|medrec|pasien|porsi|absen|jemaah|honorer|relawan|kader|taruna|student|patient|passport|"
    r"mitra driver)"
)
_PAPER = (
    r"nip|nrp|nim|stambuk|kartu vaksin|sertifikat vaksin|tiket vaksin|npm|nidn|nop(?: pbb)?|sppt|str|kia|nrk|nkk|"
    r"rekam medis|medrec|nisn|nis|nuptk|kta(?: satpam)?|strp|stnk|"
    r"bpkb|kartu pelajar|kartu pegawai"
)
_RECORD = re.compile(
    rf"\b(?:(?:nik|nip|id|no|nomor|nomer|kode|kartu)\.? (?:kartu |tanda )?{_HOLDER}|(?:{_HOLDER}|"
    rf"staff) (?:id|no|number)"
    rf"|{_PAPER})(?:ku|nya|nye)?\b\.?{_FILLER}{_CODE}"
)
_CUSTOMER = re.compile(
    r"\b(?:(?:id|no|nomor|nomer|kode)\.? ?(?:pelanggan|pel|plgn|meter(?:an)?|langganan|customer|kwh|listrik|pln|pam|"
    r"pdam|pgn|indihome)|idpel|"
    r"token listrik(?: meter)?|meteran(?: listrik| air)?|pelanggan (?:pln|pam|pdam)"
    rf"|(?:my )?(?:pln|pam|electricity|water)? ?(?:customer|meter|account) (?:id|no|number))(?:ku|nya|"
    rf"nye)?\b\.?{_FILLER}"
    r"(?P<code>\d(?:[ .\-]?\d){5,12})(?!\d)"
)
_MONTH = r"(?:jan|feb|mar|apr|may|mei|jun|jul|aug|agu|agt|ags|sep|oct|okt|nov|dec|des)[a-z]{0,6}"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:[ ./\-]{{1,3}}\d{{1,2}}[ ./\-]{{1,3}}|[ \-.]{{0,2}}{_MONTH}[ "
    rf"\-,.']{{0,2}}|[ /]bulan \d{{1,2}} (?:tahun |thn |th )?)(?:19|20)?\d\d|{_MONTH} \d{{1,2}},? (?:19|20)\d\d|"
    rf"(?:19|20)\d\d[./\-]\d{{1,2}}[./\-]\d{{1,2}}|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)"
)
_BIRTH = re.compile(
    rf"\b(?:lahir\w{{0,3}}|kelahiran|lhr|ttl|dob|birthday|ultah|ulang tahun|birth ?date|date of birth|born|"
    rf"tanggal lahir|tgl lahir)\b"
    rf"(?:[ :,=/\-(]{{1,3}}(?:(?:on|di|in|is|pada|tanggal|tgl|{ME}|adalah|my)\b[ "
    rf":,]{{0,2}}){{0,3}}(?:[a-z]{{3,20}}(?: [a-z]{{3,12}})?[ ,/]{{1,3}})?)"
    rf"(?P<code>{_DATE})(?!\d)"
)
# Without one of these words the patterns need not be tried.
_BIRTH_CUES = ("lahir", "lhr", "ttl", "dob", "birth", "born", "ultah", "ulang tahun")


def _glued(words: str) -> frozenset[str]:
    # "idpelanggan" is one word, and so is "nipku".
    plain = cue_words(words, "ku", "nya", "nye")
    return plain | {begin + word for begin in ("id", "no", "nomor") for word in plain}


_RECORD_CUES = _glued(f"{_HOLDER} {_PAPER}")
_CUSTOMER_CUES = _glued(
    "pelanggan pel plgn meter meteran langganan customer kwh listrik pln pam pdam pgn indihome idpel token account"
)
_OWN_WORD = re.compile(rf"\b{_MINE}\b|ku\b")
_LEAST_CODE = 4
_LEAST = 4


def records(page: Page) -> Iterator[Span]:
    """Codes after words such as NIP or nomor pelanggan; those of an officer are what the report is about."""
    low = page.low
    if page.digits < _LEAST:
        return
    if not _RECORD_CUES.isdisjoint(page.words):
        for found in _RECORD.finditer(low):
            yield from _numbered(page, found)
    if not _CUSTOMER_CUES.isdisjoint(page.words):
        for found in _CUSTOMER.finditer(low):
            yield from _numbered(page, found)
    if any(cue in low for cue in _BIRTH_CUES):
        for found in _BIRTH.finditer(low):
            yield Span(*found.span("code"), Trace.NIK, certain=whose(page, found.start()) is not False)


def _numbered(page: Page, found: re.Match[str]) -> Iterator[Span]:
    digits = sum(c.isdigit() for c in found["code"])
    own = _OWN_WORD.search(found.group()) is not None
    owner = True if own else whose(page, found.start())
    if digits >= _LEAST_CODE and owner is not False:
        yield Span(*found.span("code"), Trace.NIK, certain=owner is True)
