"""What a number or a name belongs to if not to the writer: a pole, a receipt, an advert, somebody's own words."""

import re
from collections.abc import Iterator

from core.redact.context import ME, OTHERS, OWN, before
from core.redact.page import CLOSED, Page

_CALL = r"hp|wa|whatsapp|telp|telpon|telepon|tlp|tel|phone|sms|hub|hubungi|kontak|contact|call"
_THING = (
    r"(?:tiang|pju|gardu|hydrant|hidran|pohon|halte|mesin|lambung|body|bus|invoice|faktur|nota|struk|kuitansi|"
    r"kwitansi|karcis|tiket|resi|voucher|kupon|antri\w*|antrean|register|registrasi|surat|kontrak|spk|sk|imb|pbg|"
    r"izin|ijin|perkara|laporan|aduan|pengaduan|bts|site|aset|inventaris|seri|barcode|produksi|bpom|paket|lift|"
    r"rambu|gerbong|berkas|dokumen|transaksi|pesanan|booking|referensi|pole|permit|receipt|ticket|queue|complaint|"
    r"reference|order|contract|lamp|machine|barrier|crane|alat berat|kontainer|container|manhole|panel|kabel)"
)
_NUMBER = r"(?:no|nomor|nomer|nmr|kode|id|seri|number|code|ref)"
_STEP = rf"(?: (?!(?:{_CALL}|{ME}|my)\b)[a-z]{{1,15}})"
_NUMBERED = re.compile(
    rf"\b(?:{_THING}(?:nya)?{_STEP}{{0,3}}[ ,]{{1,2}}{_NUMBER}|{_NUMBER}\.? ?{_THING}(?:nya)?{_STEP}{{0,2}})"
    rf"\b[ .:#\-]*$"
)
# "HT-0217734512": letters that hang on a number and are no word for a telephone.
_PREFIXED = re.compile(rf"(?<![a-z])(?!(?:{_CALL})\W)[a-z]{{1,5}}-$")
# The number of a letter goes on with a slash and letters.
_LETTERED = re.compile(r"/(?!(?:wa|hp|telp|tlp)\b)[a-z]{2,}")
_HOSTILE = (
    r"(?:nagih|menagih|ditagih|penagih\w*|neror|meneror|diteror|teror|nipu|menipu|penipu\w*|ditipu|scam\w*|"
    r"ngancam|mengancam|diancam|pinjol|spam\w*)"
)
_OFFERED = re.compile(
    rf"\b(?:booking|reservasi|pemesanan|open bo|{_HOSTILE}\b[^.;!?\n]{{0,30}} (?:dari|pakai|pake|via|from|with) "
    rf"(?:no|nomor|nomer|number|wa|hp|the number)?)[ .:]*$"
    # Right behind a company's name, in brackets.
    rf"|\b(?:pt|cv|ud|pemborong|pengembang|developer)\.? [^.;!?()\n]{{2,40}} ?\($"
)
_OWN = re.compile(OWN)
_OTHERS = re.compile(OTHERS)
_PARTS_LETTERS = re.compile(
    r"\n[ ]*\n|\ufffc|\b(?:salam|hormat|terima ?kasih|trims|regards|sincerely|thanks|thank you|wassalam|pelapor|"
    r"pengirim|nama)\b"
)
_BLOCK = 220
_QUOTE = re.compile(r'"[^"\n]{3,240}"|(?<!\w)\'[^\'\n]{3,240}\'(?!\w)')
_SAID = re.compile(
    r"\b(?:ngaku\w*|mengaku\w*|bilang\w*|kata\w*|katanya|ujar\w*|jawab\w*|pengumuman|diumumkan|umumin|tulis\w*|"
    r"tertulis|bertuliskan|bunyi\w*|spanduk\w*|plang\w*|baliho|stiker|poster|says?|said|claim\w*|reads)"
    r"\b[^.!?\n\"']{0,40}$"
)
_ME_SAID = re.compile(rf"\b(?:{ME}|i|we)(?: (?:sudah|udah|udh|cuma|juga|jg|terus|trs))? ?$")


def is_of_a_thing(page: Page, start: int, end: int) -> bool:
    """Whether the digits are those of a pole, a receipt, a permit or a letter."""
    if _LETTERED.match(page.low, end):
        return True
    words = before(page, start, 60)
    return _NUMBERED.search(words) is not None or _PREFIXED.search(words) is not None


def is_offered(page: Page, start: int) -> bool:
    """Whether a business or a swindler is reached by it; never where the writer says "I" in that sentence."""
    words = before(page, start, 110) + page.low[start : start + 1].strip("+0123456789")
    return _OFFERED.search(words) is not None and _OWN.search(words) is None


def is_in_their_block(page: Page, at: int) -> bool:
    """Whether the lines above, as far as they belong together, name a company or an office nearer than the writer."""
    window = page.low[max(0, at - _BLOCK) : at]
    if "\n" not in window:
        return False
    window = window[max((m.end() for m in _PARTS_LETTERS.finditer(window)), default=0) :]
    theirs = max((m.end() for m in _OTHERS.finditer(window)), default=-1)
    return theirs > max((m.end() for m in _OWN.finditer(window)), default=-1)


def quoted(page: Page) -> Iterator[tuple[int, int]]:
    """Where somebody else's words stand between marks: what is said there of "saya" is not the writer."""
    if '"' not in page.low and "'" not in page.low:
        return
    for found in _QUOTE.finditer(page.low):
        words = page.low[max(0, found.start() - 60) : found.start()]
        said = _SAID.search(words)
        if said and not _ME_SAID.search(words[: said.start()]) and CLOSED not in words[said.start() :]:
            yield found.span()
