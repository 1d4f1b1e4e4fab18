"""The table of lines that are not the writer's own words, made of the words of quotes.toml; trim walks over it once."""

import re
from typing import Final

from core import toml_rows

_I = re.IGNORECASE
_TABLE: Final = toml_rows.checked(
    toml_rows.read(__package__, "quotes.toml"),
    frozenset(
        {
            *(
                "begins",
                "wrote",
                "wrote_before",
                "days",
                "original",
                "forwarded",
                "forwarded_alone",
                "sent_from",
                "devices",
                "programs",
            ),
            *("sent_from_alone", "head"),
        }
    ),
)
_HEAD: Final = toml_rows.word_table(_TABLE, "head")


def _words(field: str) -> str:
    """Any of the words, the longest first, with any blanks between those of a phrase."""
    listed = sorted(toml_rows.listed(toml_rows.text(_TABLE, field)), key=len, reverse=True)
    return f"(?:{toml_rows.any_of(listed)})".replace(r"\ ", r"\s{1,3}")


MARK_WIDTH = 400  # characters: a longer line is prose, whatever it begins with

# Everything below such a line is somebody else's: a title between dashes, or a line of our own kind.
DASHES = "-_=*> \t"
ORIGINAL = re.compile(rf"{_words('original')}\s{{0,3}}[-_=]{{2}}", _I)
CUTS = (
    re.compile(
        r"[-#=*_ \t]{0,20}(?:(?:please |mohon |silakan )?(?:type|write|enter|tulis|ketik) (?:your )?)?"
        r"(?:reply|balas(?:an)?(?: anda)?) (?:above|di atas) (?:this|baris|garis) (?:line|ini)\b",
        _I,
    ),
    re.compile(r"(?:pesan|e-?mail|surel) yang dibalas\s{0,3}[:\uff1a]?$", _I),
    re.compile(r">>> ?[^<>]{1,99}(?:<[^<>\s]{1,99}> ?)?\d[^<>]{3,30}>>>$"),  # GroupWise
)

# The same, where the writer passes a mail on.
FORWARDED = re.compile(rf"{_words('forwarded')}(?!\w)", _I)
FORWARDS = (re.compile(rf"{_words('forwarded_alone')}\s*[:\uff1a]?\s*$", _I),)

# A rule as Outlook draws it: a cut where a head of a quoted mail, or nothing, follows.
RULE = re.compile(r"[_\u2014\u2500]{10,}$|-{20,}$")

# What a mailing list or a newsletter puts below a rule.
FOOTER = re.compile(r".{0,200}?(?:\S@\S|https?://|www\.|mailing list|milis|subscri|berlangganan|google ?groups)", _I)

# A line that is nobody's words: it goes, what follows is read on. A link in it is read as its words alone.
LINKED = re.compile(r"\[([^\[\]]{1,100})\]\([^()\s]{1,300}\)")
EMPHASIS = "*_ "
_NAMED = rf"(?:{_words('devices')}|{_words('programs')})"
DROPPED = (
    re.compile(rf"[(<\[]{{0,2}}{_words('sent_from')} (?:my |the |a |an )?{_NAMED}\b.{{0,100}}$", _I),
    re.compile(rf"{_words('sent_from_alone')}.{{0,80}}$", _I),
    re.compile(
        rf"(?:get|download|dapatkan|unduh|muat turun) (?:the |aplikasi )?{_words('programs')}(?: mail)?"
        r" (?:app$|(?:for|on|untuk|di)\b.{0,120}$)",
        _I,
    ),
    re.compile(r"(?:please )?excuse (?:my|the) (?:brevity|typos)[\s.!]{0,5}$", _I),
    re.compile(r"(?:mohon )?maaf(?:kan)? (?:atas )?singkatnya (?:pesan|e-?mail|balasan) ini[\s.!]{0,5}$", _I),
    re.compile(r"yahoo mail(?: stationery$|: (?:search, organi[sz]e|(?:cari|telusuri), atur)\b.{0,100}$)", _I),
    re.compile(r"this message was sent (?:using|with|via|by) .{0,30}\b(?:imp|horde|web ?mail)\b.{0,60}$", _I),
    re.compile(r"(?:dapatkan|buat|get) (?:your )?(?:free )?(?:e-?mail|surel) .{0,40}https?://\S{1,200}$", _I),
    re.compile(r"powered by (?:telkomsel|indosat|xl|smartfren|blackberry)\b.{0,60}$", _I),
    re.compile(r"(?:virus-free|bebas[ -](?:dari )?virus)\b.{0,80}(?:avast|avg|\.com).{0,80}$", _I),
    # What a scanner for viruses says of the mail itself, its name anywhere in the line, and what a provider advertises.
    re.compile(
        r"(?=.{0,160}\b(?:avast|avg|norton|mcafee|kaspersky|bitdefender|eset|nod32|sophos|trend ?micro|clamav|amavis"
        r"|mailscanner|barracuda|smadav|defender|anti-?virus)\b)(?:this|the|incoming|outgoing|e-?mail|message|pesan|surel"
        r"|scanned|checked|protected|dipindai|diperiksa|dilindungi)\b"
        r"(?=[^:]{0,45}\b(?:scanned|checked|protected|virus|dipindai|diperiksa|dilindungi|dicek|by|oleh)\b).{0,200}$",
        _I,
    ),
    re.compile(r"(?:free )?web ?mail (?:by|from|oleh|gratis) .{0,120}https?://\S{1,200}.{0,60}$", _I),
    re.compile(
        r"\[?(?:caution|external e-?mail|external sender|peringatan)\b.{0,20}(?:originated|eksternal|outside)", _I
    ),
    # What a company's gateway puts above: only where it speaks of links, files or the company is it no report.
    re.compile(
        r"(?=.{0,390}\b(?:klik|click|tautan|lampiran|attachments?|links?|organi[sz]ation|organisasi|perusahaan"
        r"|company|external sender|pengirim eksternal)\b)\W{0,12}(?:[\w-]{1,12}\W{1,5}){0,3}(?:this (?:e-?mail|message)"
        r"|(?:e-?mail|surel|pesan) ini) (?:has |was |is |adalah )?"
        r"(?:originated|came|sent|received|from|berasal|dikirim|dari)\b.{0,30}\b(?:outside|external|eksternal|luar)\b",
        _I,
    ),
    re.compile(r"\W{0,6}(?:external|eksternal)(?: (?:e-?mail|sender|message|pengirim))?\W{0,6}$", _I),
    re.compile(r"\W{0,6}external (?:e-?mail|sender|message)\W.{0,60}\b(?:click|links?|attachments?)\b", _I),
    re.compile(r"(?:please )?do not (?:click|open)\b.{0,40}\b(?:links?|attachments?)\b.{0,60}\bsender\b", _I),
    re.compile(
        r"(?:mohon )?jangan (?:meng)?(?:klik|membuka)\b.{0,40}\b(?:tautan|link|lampiran)\b.{0,60}\bpengirim", _I
    ),
    re.compile(r"ZjQcmQRYFpfptBanner(?:Start|End)$"),  # Proofpoint's own marks
    re.compile(r"you don'?t often get email from\b", _I),
    re.compile(r"anda (?:jarang|tidak sering) menerima email dari\b", _I),
    re.compile(r"<#[0-9A-F-]{30,40}>$"),  # of what a virus scanner writes, in plain words
    re.compile(r"\[(?:image|cid|gambar|inline image)\s*:[^\]]{0,200}\]$", _I),
    re.compile(r"\(embedded image moved to file: [^()]{1,99}\)$", _I),  # Lotus Notes
    re.compile(r"(?:dikirim|sent) (?:dengan|with) .{0,30}\bproton ?mail\b.{0,30}$", _I),
    # A name of a file alone is nobody's words; nor are those of Windows around it.
    re.compile(r"[\w()+-]{1,80}\.(?:jpe?g|png|heic|gif|bmp|tiff?|pdf|docx?|xlsx?|mp4|mov|3gp|opus|zip)$", _I),
    # WhatsApp, around a chat that is exported.
    re.compile(r"(?:riwayat (?:chat|obrolan) terlampir pada|(?:the )?chat history is attached to) .{0,200}$", _I),
    re.compile(r"(?:your message is ready to be sent|pesan anda siap dikirim) (?:with|dengan) .{0,120}$", _I),
    re.compile(r"note: to protect against computer viruses, e-?mail programs may prevent\b", _I),
    # What offices' copiers write around what they scanned.
    re.compile(r"this e-?mail was sent from \W?[A-Z]{2,4}[0-9A-F]{6,12}\b", _I),
    re.compile(
        r"(?:scan date|queries to|attachment file type|number of images|device (?:name|model|location))\s?:",
        _I,
    ),
    re.compile(r"(?:multifunction (?:printer|device)|mfp|printer|scanner) (?:location|name|model|id)\s?:", _I),
    re.compile(r"please open the (?:attached|scanned) (?:document|file|image)s?\b.{0,250}$", _I),
    re.compile(r"(?:it|this document|this file) was (?:scanned and |digitally )?sent to you (?:using|by|from)\b", _I),
    re.compile(r"attached file is (?:a )?scanned (?:image|document)s?\b", _I),
    re.compile(r"for more information on (?:xerox|ricoh|canon|hp|konica|sharp|kyocera|epson|brother)\b", _I),
)

_WARNS = (
    r"[*_\s]{0,4}(?:(?:peringatan|perhatian|catatan|penting|pemberitahuan|notice|warning|important)\s?[:!.-]\s{0,3})?"
)
_THIS = r"(?:e-?mail|surel|pesan|dokumen|surat elektronik) ini"

# The small print of companies, under one's own words; strict, since "this mail is confidential" can begin a report.
DISCLAIMERS = (
    re.compile(
        r"[*_\s]{0,4}(?:disclaimer|confidentiality notice|penafian|pemberitahuan kerahasiaan)\b[*_\s]{0,4}[:.]?", _I
    ),
    re.compile(r"this (?:e-?mail|message)(?: message)?,? (?:and any|including any|is intended (?:only|solely))", _I),
    re.compile(
        r"the information (?:contained |transmitted )?in this (?:e-?mail|message|communication|transmission)", _I
    ),
    re.compile(rf"{_WARNS}{_THIS},? \(?(?:beserta|dan|termasuk|berikut) (?:\w{{1,10}} ){{0,2}}lampiran", _I),
    re.compile(rf"{_WARNS}{_THIS} (?:hanya )?ditujukan (?:hanya|khusus|untuk penerima)\b", _I),
    re.compile(
        r"informasi (?:yang (?:terkandung|terdapat|ada) )?(?:di |pada )?dalam (?:e-?mail|pesan|surat elektronik) ini",
        _I,
    ),
    re.compile(
        rf"{_WARNS}{_THIS} (?:bersifat |adalah |mungkin (?:berisi|mengandung) informasi (?:yang )?(?:bersifat )?)?"
        r"(?:sangat )?rahasia (?:dan|atau) (?:hanya )?(?:(?:di)?tuju|untuk|dilindungi)",
        _I,
    ),
    re.compile(r"please consider the environment before printing|pertimbangkan lingkungan sebelum mencetak", _I),
)

# "Pada ... menulis:" and its kin; may be broken over several lines.
_DATE = rf"(?:{_words('days')}\b|\d{{1,4}}[-/. \u5e74\ub144])"
ATTRIBUTION_START = re.compile(
    rf"-{{3,}}\s*\S|[-*_>\s]{{0,4}}(?:{_words('begins')}\b|{_DATE}|<|\"|[^<>]{{1,80}}<[^<>\s]{{1,200}}@"
    r"|[^<>]{1,60}\([^()\s]{1,100}@)",
    _I,
)
WROTE = re.compile(rf"(?<![a-z]){_words('wrote')}(?![a-z])", _I)
WROTE_BEFORE = re.compile(rf"(?<![a-z]){_words('wrote_before')}\s[^.!?:]{{1,60}}[:\uff1a]$", _I)
WROTE_LAST = re.compile(rf"(?<![a-z]){_words('wrote')}\s{{0,3}}[:\uff1a.]?\s{{0,3}}[-=_*]{{0,20}}\s*$", _I)
LAST = 60  # characters in which the verb stands, with what follows it
ATTRIBUTION_PROOF = re.compile(r"@|(?<!\d)\d{1,2}[:.]\d\d(?!\d)|(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}/\d{1,2}/\d\d")
# "2024-06-03 10:15 GMT+07:00 Lapor <...>:": no verb at all.
DATED = re.compile(rf"[*_]{{0,2}}{_DATE}", _I)
TIME = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?!\d)")
WHOLE_DATE = re.compile(r"(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}\s")
GMT = re.compile(r"\d{4}-\d\d-\d\d \d{1,2}:\d\d GMT[+-]\d\d:\d\d [^.!?]{1,60}$")
ADDRESS_END = re.compile(r"<\s?[^<>\s]{1,200}@[^<>\s]{1,200}>\s*[:\uff1a]?$")

# "Lapor wrote on 3/6 :", "Lapor via Kota wrote:", where a quote follows.
DAY_OR_VIA = re.compile(r"(?<!\d)\d{1,2}[/.]\d{1,2}(?!\d)|\svia\s", _I)
# A first line in a language that is not known, where an address follows.
DATE_AND_TIME = re.compile(r"(?=.{0,100}?(?<!\d)(?:19|20)\d\d(?!\d)).{0,100}?(?<!\d)\d{1,2}[:.]\d\d(?!\d).{0,60}$")
# One's own words and an attribution in one line, as some programs turn a page into text.
SHARED = re.compile(rf"(?<=[^\s-])\s{{0,3}}-{{0,3}}\s{{0,3}}(?=\b(?:On|Pada)\s(?:tanggal )?{_DATE})", _I)

# The head of a quoted mail, as Outlook, Yahoo, Hotmail and phones write it: which kind of line, and how it begins.
HEAD_LINES: Final = {
    kind: re.compile(rf"[*_]{{0,2}}(?:{toml_rows.any_of(words)})\s{{0,3}}[*_]{{0,2}}[:\uff1a]", _I)
    for kind, words in _HEAD.items()
}
HEAD_LINE = re.compile("|".join(mark.pattern for mark in HEAD_LINES.values()), _I)
HEAD_IN_ONE = re.compile(
    r"[*_]{0,2}(?:from|dari)\s?:.{1,200}\s[*_]{0,2}(?:sent|date|dikirim|tanggal)\s?:.{1,120}\s[*_]{0,2}"
    r"(?:to|kepada|ke)\s?:",
    _I,
)
HEAD_PROOF = re.compile(r"@|(?<!\d)\d{1,2}[:.]\d\d(?!\d)|[:\uff1a]\s*(?:re|bls|balas|aw)\s*:", _I)
