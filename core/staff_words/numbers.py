"""Numbers that somebody could be reached or paid by, with digits, letters or words; other numbers are left alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = {
    **dict.fromkeys(("nol", "kosong", "ksg", "zero", "noll"), "0"),
    **dict.fromkeys(("satu", "siji", "hiji", "atu", "one", "stu", "satoe"), "1"),
    **dict.fromkeys(("dua", "loro", "due", "two", "duwa"), "2"),
    **dict.fromkeys(("tiga", "telu", "tilu", "tige", "three", "tga"), "3"),
    **dict.fromkeys(("empat", "papat", "opat", "pat", "four", "mpat", "ampat"), "4"),
    **dict.fromkeys(("lima", "limo", "lime", "five", "lma"), "5"),
    **dict.fromkeys(("enam", "nem", "genep", "six", "nam", "anam"), "6"),
    **dict.fromkeys(("tujuh", "tuju", "pitu", "seven", "tjuh", "toejoeh"), "7"),
    **dict.fromkeys(("delapan", "lapan", "dlapan", "wolu", "dalapan", "eight", "dlpn"), "8"),
    **dict.fromkeys(("sembilan", "smbilan", "songo", "salapan", "nine", "sanga"), "9"),
}
_TIMES = {"dobel": 2, "double": 2, "dabel": 2, "ganda": 2, "tripel": 3, "triple": 3}
_PASSED = frozenset(("puluh", "belas", "ratus", "ribu", "lalu", "terus", "trus", "kemudian", "spasi", "strip", "setrip", "dash", "plus", "titik", "hundred", "teen"))
_LETTERS = str.maketrans("oilq|!zsbg", "0119112586")
_TOKEN = re.compile(r"[^\W_]+")
_LEET = re.compile(r"[0-9oilq|!]+")
_MORE_LEET = re.compile(r"[0o6+][0-9oilqzsbg|!]{3,}")
_GAP = re.compile(r"[\s.\-()/_*~:|\\,'\"\u2605\ufe0f=+<>\[\]{}&#]{0,4}|\s*[^\w\s]{1,2}\s*")
_MONTH = r"(?:jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|jun[ie]?|jul[iy]?|agus(?:tus)?|sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|des(?:ember)?|march|may|august|october|dec(?:ember)?|january|february)"
_UNIT = r"(?:cm|mm|km|m2|m3|m|meter|kg|ton|liter|l|watt|w|kva|volt|v|inci|inch|derajat|persen|%|x|jam|hari|menit|bulan|tahun|orang|unit|buah|titik|rupiah|rb|ribu|jt|juta|miliar|milyar|lembar|batang|pohon|rumah|kk|jiwa|hektar|ha)"
_HARMLESS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:rp|idr)\.?\s?\d{1,3}(?:[.,]\d{3})+(?:,\d{1,2}|,-)?(?![\d.\-]|\s?\d)|\b(?:rp|idr)\.?\s?[1-9]\d{2,11}(?![\d.\-])",
        r"(?<![\d.+])(?!8[1-9]\d\.)[1-9]\d{0,2}(?:\.\d{3}){1,4}(?:,\d{1,2}|,-)?(?![\d.\-]|\s\d)",  # 1.500.000
        r"(?<![\d.+])(?:0?[1-9]|[12]\d|3[01])\s?([./\-])\s?(?:0?[1-9]|1[0-2])\s?\1\s?(?:(?:19|20)\d\d|\d\d)(?!\d|\s?[.\-/]\s?\d|\s\d{2})",
        r"(?<![\d.+])(?:19|20)\d\d([./\-])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)",
        rf"(?<![\d.+])(?:0?[1-9]|[12]\d|3[01])(?:\s?-\s?(?:0?[1-9]|[12]\d|3[01]))?(?:\s|-){_MONTH}(?:(?:\s|-)(?:(?:19|20)\d\d|\d\d(?!\d)))?",
        rf"{_MONTH}\s(?:19|20)\d\d(?!\d)",
        r"(?<![\d.+])(?:[01]?\d|2[0-4])[.:][0-5]\d(?:[.:][0-5]\d)?(?:\s?(?:-|s/d|sd|sampai|hingga|to)\s?(?:[01]?\d|2[0-4])[.:][0-5]\d(?:[.:][0-5]\d)?)?(?![\d.:\-]|\s\d{3})",
        r"\brt\.?\s?\d{1,3}\s?[,/\- ]{0,3}(?:\s?rw\.?\s?)?\d{0,3}(?!\d)|\brw\.?\s?\d{1,3}(?!\d)",
        r"\b(?:tahun|thn|th)\.?\s(?:19|20)\d\d(?:\s?[-/]\s?(?:(?:19|20)\d\d|\d\d))?(?!\d)",
        r"\b(?:no|nomor|perda|pergub|kepgub|perpres|permen\w*|uu|pp|sk|se|ingub|instruksi|peraturan|pasal|ayat)\.?\s?\d{1,4}(?:\s?/\s?\d{1,4})?\s?(?:/|tahun|thn|th\.?)\s?(?:19|20)\d\d(?!\d)",
        r"(?<![\w])r[0-9a-hjkmnp-tv-z]{8}(?![\w])",  # a report's public number
        r"(?<![\d.])-?\d{1,3}\.\d{4,8}\s?[,; ]\s?-?\d{1,3}\.\d{4,8}(?![\d.])",  # a point
        r"\bkm\.?\s?\d{1,3}\s?\+\s?\d{1,3}(?!\d)|\bsta\.?\s?\d{1,3}\s?\+\s?\d{3}(?!\d)",
        rf"(?<![\d.+])[1-9]\d{{0,4}}(?:[.,]\d{{1,3}})?\s?{_UNIT}?(?:\s?[x\u00d7]\s?\d{{1,4}}(?:[.,]\d{{1,3}})?\s?{_UNIT}?){{1,3}}(?!\d)",
        rf"(?<![\d.+])[1-9]\d{{0,4}}(?:[.,]\d{{1,3}})?(?:\s?(?:-|s/d|sampai)\s?\d{{1,5}}(?:[.,]\d{{1,3}})?)?\s?{_UNIT}\b",
        r"(?<![\w.])(?!no|wa|hp|di|ke)[a-z]{1,2}\s?[1-9]\d{0,3}\s[a-z]{1,3}\b(?!\s?\d)",  # a number plate
        r"(?<![\d.+])(?:19|20)\d\d\s?[-/]\s?(?:19|20)\d\d(?!\d)",
        r"\b(?:pukul|jam|pkl)\.?\s?(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?(?:\s?(?:-|s/d|sd|sampai|hingga)\s?(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?)?(?![\d.:\-]|\s\d{3})",
    )
)
_THING = re.compile(
    r"\b(?:tiang|pju|gardu|hidran|hydrant|pohon|halte|aset|lampu|panel|meter|box|boks|gate|pintu|surat|spk|kontrak|berkas|tiket|laporan|aduan|"
    r"pengaduan|registrasi|register|permohonan|izin|imb|pbg|bus|koridor|trayek|rute|kode pos|sertifikat|kavling|blok|pole|ticket|report|asset|stop|shelter)"
    r"\b(?:nya)?\s?(?:[a-z]{1,9}\s){0,2}(?:no|nomor|kode|id|number|seri)?[.:#]?\s?(?:[a-z]{1,5}[-. ]?)?$"
)
_ACCOUNT = re.compile(
    r"\b(?:rek|reke?ning|norek|no rek|bca|bri|bni|btn|bsi|mandiri|permata|danamon|cimb|gopay|go-pay|ovo|shopeepay|linkaja|virtual account|va|e-?wallet|"
    r"account number|bank account)\b(?:nya)?[\s.:#=\-]*(?:(?:no|nomor|nmr|bank|atas nama|a\.?n\.?|ke|di|kami|saya|dki|resmi|bca|bri|bni|btn|bsi|mandiri)\b[\s.:#=\-]*){0,4}$"
)
_CUE = re.compile(
    r"(?<!tiang )(?<!kabel )(?<!jaringan )(?<!boks )(?<!box )\b(?:hubungi|hub|menghubungi|telp|telepon|telpon|tlp|tlpn|telephone|phone|fon|call|calling|kontak|contact|wa|whatsapp|whatsap|sms|"
    r"hotline|call cent(?:er|re)|fax|faks|dial|ext|ekstensi|hp|nomor hp|ponsel|handphone)\b[\s.:#=\-]*(?:(?:ke|di|no|nomor|nmr|kami|saya|petugas|dinas|kantor|at|us|me|on|the|"
    r"darurat|layanan|pengaduan|ini|itu|langsung|center|centre|call)\b[\s.:#=\-]*){0,4}$"
)
_LEAST = 7  # digits of the shortest number that a person has
_DIALLED = re.compile(r"0[0-9]|62")
_SHORT, _SHORTEST = 6, 3
_LONGEST_THING = 8  # digits that the number of a pole may have, and no mobile number has
_ACCOUNT_LEAST = 4
_OPERATOR = re.compile(r"(?<![\w.,/\-])(?:\+?62|0)8[1-9]\d(?![\w])")
_HALVES = re.compile(r"(?<![\w.,/\-])\d{3,4}(?![\w%]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class _Row:
    """Digits that stand together: where they begin, and how they were written."""

    start: int
    digits: str
    plus: bool
    words: int  # how many of them were words
    commas: bool  # stand between them, as in a list


def reaches(read: str) -> str | None:
    """"phone" or "account"; None: no number of that kind."""
    rest = _harmless_out(read)
    for row in _rows(rest):
        before = rest[max(0, row.start - 60) : row.start]
        if len(row.digits) >= _ACCOUNT_LEAST and _ACCOUNT.search(before):
            return "account"
        if _is_phone(row, before):
            return "phone"
    return "phone" if _in_parts(rest) else None


def _harmless_out(read: str) -> str:
    for pattern in _HARMLESS:
        read = pattern.sub(lambda found: ";" * min(len(found.group()), 6), read)
    return read


def _is_phone(row: _Row, before: str) -> bool:
    size = len(row.digits)
    if size >= _LEAST:
        dialled = row.plus or _DIALLED.match(row.digits) is not None
        if row.commas and not dialled:
            return False
        thing = _THING.search(before) is not None
        return not thing or (dialled and size > _LONGEST_THING)
    if row.words >= _SHORTEST and row.digits.startswith("08"):
        return True  # the beginning of a mobile number, as it is read aloud
    return size >= _SHORTEST and _CUE.search(before) is not None


def _in_parts(read: str) -> bool:
    """The beginning of a mobile number, and the rest of one scattered among words."""
    first = _OPERATOR.search(read)
    if first is None:
        return False
    return sum(len(part.group()) for part in _HALVES.finditer(read, first.end())) >= _SHORT


def _rows(read: str) -> Iterator[_Row]:
    start, digits, plus, words, commas, end = 0, "", False, 0, False, 0
    times = 1
    for token in _TOKEN.finditer(read):
        said = _digits_of(token.group())
        gap = read[end : token.start()]
        near = bool(digits) and _GAP.fullmatch(gap) is not None
        if said is None and (token.group() in _TIMES or token.group() in _PASSED) and (near or not digits):
            times = _TIMES.get(token.group(), 1)
            end = token.end()
            continue
        if digits and (said is None or not near):
            yield _Row(start, digits, plus, words, commas)
            digits, plus, words, commas = "", False, 0, False
        if said is None:
            times, end = 1, token.end()
            continue
        if not digits:
            start, plus = token.start(), read[: token.start()].rstrip(" (").endswith("+")
        commas = commas or ", " in gap or "," in gap and len(said) < 3
        digits += said * (times if len(said) == 1 else 1)
        words += not said.isdigit() or token.group() in _WORDS
        times, end = 1, token.end()
    if digits:
        yield _Row(start, digits, plus, words, commas)


def _digits_of(token: str) -> str | None:
    """What a token says of a number; None: nothing."""
    if token.isdigit():
        return token
    word = _WORDS.get(token)
    if word is not None:
        return word
    if not any(c.isdigit() for c in token):
        return "0" if token in {"o", "oo"} else None
    if _LEET.fullmatch(token) or (_MORE_LEET.fullmatch(token) and sum(c.isdigit() for c in token) >= 2):
        return token.translate(_LETTERS)
    return _glued(token)


def _glued(token: str) -> str | None:
    """A number behind letters, as in "wa081234567"."""
    found = re.search(r"[0-9]{7,}", token)
    return found.group() if found else None
