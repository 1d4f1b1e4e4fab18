"""Whose it is: the nearest word before a number, a plate or a name that points at the writer or at somebody else."""

import re

from core.redact.page import Page

REACH = 70
ME = (
    r"(?:saya|saia|sya|sy|aku|aq|gue|gua|gwa|gwe|gw|ak|ane|ana|aye|kulo|kula|kami|pelapor|pengadu|"
    r"yang bertanda tangan di "
    r"bawah ini)"
)
"""How a writer says "I": in Indonesian, by SMS, in Jakarta, in Java, before a court."""
OWN = (
    rf"\b(?:{ME}|my|me|mine|our|i)\b|\b(?:nomor|nomer|no|hp|wa|rekening|rek|motor|"
    r"mobil|akun|email|nama|ig|telp)ku\b"
)
OTHERS = (
    r"\b(?:pelaku|penipu\w*|penipuan|oknum|calo|preman|tersangka|dia|ia|beliau|mereka|ybs|yang bersangkutan|"
    r"orang itu|orangnya|pungli|"
    r"nyebar\w*|menyebar\w*|(?:ig|instagram|akun|fb|twitter)(?:-| )?nya|minta\w*|meminta|suap|"
    r"pelicin|menyuap|pengurus|pelaksana|direktur|penanggung jawab|pinjol|penagih\w*|debt ?collector|lurah|camat|"
    r"petugas|diminta|disuruh|dimintai|diharuskan|memeras|"
    r"spanduk\w*|iklan\w*|baliho|poster|brosur|plang|reklame|papan|pamflet|stiker|"
    r"kantor\w*|perusahaan\w*|toko\w*|warung|restoran|resto|rumah makan|kafe|cafe|pabrik|gedung|hotel|klinik|pt|"
    r"cv|ud|pemilik\w*|"
    r"pengelola\w*|penjual\w*|marketing|developer|kontraktor|proyek|yayasan|offender|scammer|their|his|her|"
    r"office|company|shop|store|"
    r"banner|owner\w*|billboard|advert\w*|flyer|contractor|seller|cs|customer service|call cent(?:er|re)|hotline|"
    r"kelurahan|kel|kecamatan|kec|pengawas|panitia|koperasi|papan nama|sekolah|school|committee|"
    r"restaurant|landlord|bar|"
    r"dinas|puskesmas|rumah sakit|rs|pln|pam|pdam|damkar|ambulans?|polsek|polres|satpol pp)\b"
)
_OWN_OR_OTHERS = re.compile(f"(?P<own>{OWN})|{OTHERS}")
_I = frozenset(re.findall(r"[a-z]+", ME)) - {"yang", "di", "bawah", "ini"}
PUBLISHED = re.compile(
    r"\b(?:spanduk|iklan|baliho|poster|brosur|plang|reklame|papan|pamflet|stiker|website|situs|laman|"
    r"halaman|banner|billboard|pengumuman|diumumkan|tulisan|tertulis|bertuliskan|dijual|disewakan|dikontrakkan|"
    r"advert\w*|flyer|sign|page|terpampang|dipajang|tertera)(?:nya)?\b"
)
_SENTENCE = re.compile(r"[!?;\n]|[^\W\d_]{4}\.\s")


def writer_speaks(page: Page) -> bool:
    """Whether the writer says "I" at all: most reports never do, and need no further look."""
    return not _I.isdisjoint(page.words)


def writer_owns(page: Page) -> bool:
    """Whether a word ends as "rumahku" does, or the writer says "I"."""
    return writer_speaks(page) or any(word.endswith("ku") for word in page.words)


def before(page: Page, at: int, reach: int = REACH) -> str:
    """The words of the same sentence that stand before `at`."""
    window = page.low[max(0, at - reach) : at]
    cut = 0
    for found in _SENTENCE.finditer(window):
        cut = found.end()
    return window[cut:]


def whose(page: Page, at: int, reach: int = REACH) -> bool | None:
    """True: the writer's; False: another's; None: nothing says."""
    nearest: bool | None = None
    for found in _OWN_OR_OTHERS.finditer(before(page, at, reach)):
        nearest = found.lastgroup == "own"
    return nearest


def is_published(page: Page, start: int, end: int) -> bool:
    """Whether everybody can read it on a banner or a page: then it is what the report is about."""
    near = before(page, start, 60)
    return PUBLISHED.search(near) is not None or PUBLISHED.search(_sentence_after(page, end)) is not None


def _sentence_after(page: Page, at: int) -> str:
    window = page.low[at : at + 30]
    stop = _SENTENCE.search(window)
    return window[: stop.start()] if stop else window
