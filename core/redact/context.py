"""Whose it is: the nearest word before a number, a plate or a name that points at the writer or at somebody else."""

import re

from core.redact.page import Page

REACH = 70
OWN = (
    r"\b(?:saya|aku|gue|gw|gua|sy|saia|kami|my|me|mine|our|i)\b|\b(?:nomor|nomer|no|hp|wa|rekening|rek|motor|"
    r"mobil|akun|email|nama|ig|telp)ku\b"
)
OTHERS = (
    r"\b(?:pelaku|penipu\w*|penipuan|oknum|calo|preman|tersangka|dia|ia|beliau|mereka|ybs|yang bersangkutan|"
    r"orang itu|orangnya|pungli|"
    r"minta\w*|meminta|suap|pelicin|menyuap|lurah|camat|petugas|diminta|disuruh|dimintai|diharuskan|memeras|"
    r"spanduk\w*|iklan\w*|baliho|poster|brosur|plang|reklame|papan|pamflet|stiker|"
    r"kantor\w*|perusahaan\w*|toko\w*|warung|restoran|resto|rumah makan|kafe|cafe|pabrik|gedung|hotel|klinik|pt|"
    r"cv|ud|pemilik\w*|"
    r"pengelola\w*|penjual\w*|marketing|developer|kontraktor|proyek|yayasan|offender|scammer|their|his|her|"
    r"office|company|shop|store|"
    r"banner|owner\w*|billboard|advert\w*|flyer|contractor|seller|cs|customer service|call cent(?:er|re)|hotline|"
    r"kelurahan|kecamatan|"
    r"dinas|puskesmas|rumah sakit|rs|pln|pam|pdam|damkar|ambulans?|polsek|polres|satpol pp)\b"
)
_OWN_OR_OTHERS = re.compile(f"(?P<own>{OWN})|{OTHERS}")
_SENTENCE = re.compile(r"[!?;\n]|[^\W\d_]{4}\.\s")


def before(page: Page, at: int, reach: int = REACH) -> str:
    """The words of the same sentence that stand before `at`."""
    window = page.low[max(0, at - reach) : at]
    cut = 0
    for found in _SENTENCE.finditer(window):
        cut = found.end()
    return window[cut:]


def whose(page: Page, at: int) -> bool | None:
    """True: the writer's; False: another's; None: nothing says."""
    nearest: bool | None = None
    for found in _OWN_OR_OTHERS.finditer(before(page, at)):
        nearest = found.lastgroup == "own"
    return nearest
