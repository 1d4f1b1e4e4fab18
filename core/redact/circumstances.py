"""What only the writer is: the only one on a shift, a patient at home, the uncle's nephew, named without a name."""

import re
from collections.abc import Iterator

from core.redact.context import ME, writer_owns
from core.redact.page import Page
from core.redact.traces import Span, Trace

_REST = r"[^.,;!?\n\ufffc]{0,40}"
_ONLY_WORD = r"(?:satu[ \-]?satu ?nya|satu2 ?(?:nya|ny|ne)|satu-satunye|1-1 ?nya|1 ?2 ?nya|satu²nya)"
_ONLY = re.compile(
    rf"\b{ME}\b[^.;!?\n\ufffc]{{0,40}}?\b{_ONLY_WORD}\b{_REST}"
    rf"|\b{_ONLY_WORD}\b[^.,;!?\n\ufffc]{{1,40}}\b{ME}\b"
    rf"|\b(?:cuma|cuman|hanya|tinggal) {ME}(?: (?:sendiri|doang|aja|saja|seorang))? (?:yang|yg|"
    rf"sendiri|seorang)\b{_REST}"
    rf"|\b{ME} (?:doang|aja|saja) (?:yang|yg)\b{_REST}|\b(?:cuma|cuman|hanya) \w+ {ME} (?:yang|yg|doang)\b{_REST}"
    rf"|\b(?:yang|yg)\b[^.,;!?\n\ufffc]{{2,40}}\b(?:cuma|cuman|hanya) {ME}\b(?: (?:sendiri|doang|aja|saja|seorang))?"
    rf"|\b{ME}\b[^.,;!?\n\ufffc]{{0,40}}\b(?:sendirian|seorang diri|cuma satu orang|hanya satu orang|"
    rf"tinggal sendiri|hidup sendiri)\b{_REST}"
    r"|\b(?:i am|i'm|im|as|being) the (?:only|sole|last)\b[^.,;!?\n\ufffc]{2,50}"
    r"|\b(?:only i|only my|nobody (?:else )?but me|no one (?:else )?but me|i alone)\b[^.,;!?\n\ufffc]{2,40}"
    r"|\b(?:i am|i'm|im)\b[^.;!?\n\ufffc]{1,40}\bthe only one\b"
)
_ORPHAN = re.compile(rf"\b{_ONLY_WORD} (?:yang|yg)\b{_REST}")
_AUX = (
    r"(?:(?:lagi|lg|sedang|sdg|baru|br|masih|msh|adalah|ini|juga|jg|sendiri|yang|yg|kebetulan|memang|"
    r"emang|sekarang|skrg|pernah|"
    r"sudah|udah|udh|sdh|sekeluarga|seorang|sempat|habis|abis) ){0,3}"
)
_ILL = (
    r"(?:isoman|isolasi|pasien|penyintas|positif|suspek|kontak erat|karantina|hamil|bumil|penderita|"
    r"mengidap|difabel|disabilitas|penyandang|melahirkan|operasi|"
    r"tuna ?(?:netra|rungu|daksa)|lumpuh|komorbid|autoimun|odha|kena (?:covid|corona|kopit)|terpapar|kanker|cuci darah|"
    r"sembuh|stroke|menyusui|buta|tuli|sakit (?:jantung|paru|ginjal|asma|kanker|stroke|tbc|kronis))"
)
FAMILY = (
    r"(?:istri|isteri|suami|anak|ibu|bapak|ayah|adik|adek|kakak|nenek|kakek|mertua|mama|papa|orang "
    r"?tua|emak|nyokap|bokap)"
)
_HEALTH = re.compile(rf"\b{ME} {_AUX}{_ILL}\b{_REST}")
_FAMILY_HEALTH = re.compile(rf"\b{FAMILY}(?: {ME}|ku)(?: \ufffc)? {_AUX}{_ILL}\b{_REST}")
_ENGLISH_HEALTH = re.compile(
    r"\b(?:i am|i'm|im|i was|as)(?: (?:a|an|the|currently|still|self|also|now|already|recovering))* "
    r"?[ \-]?(?:\w+[ \-]){0,2}?"
    r"(?:patient|isolating|isolation|quarantin\w+|pregnant|disabled|blind|deaf|covid[ \-]positive|"
    r"positive for covid|hiv\w*|"
    r"wheelchair user|cancer|dialysis|diabetic|asthmatic|immunocompromised)\b[^.,;!?\n\ufffc]{0,40}"
    r"|\bi (?:was in (?:the )?hospital|use a wheelchair)\b[^.,;!?\n\ufffc]{0,30}|\bas (?:a|their|his|"
    r"her|the) neighbou?r\b[^.,;!?\n\ufffc]{0,30}"
    r"|\bi (?:have|had|got|tested|caught|suffer)(?: \w+){0,2}? (?:covid|corona|cancer|asthma|hiv|"
    r"positive|tuberculosis|epilepsy)"
    r"\b[^.,;!?\n\ufffc]{0,30}"
)
OFFICE = (
    r"(?:ketua|wakil ketua|wakil|sekretaris|bendahara|koordinator|kepala|direktur|manajer|manager|supervisor|danru|"
    r"komandan regu|resepsionis|penanggung jawab|juru kunci|marbot|penjaga|wali kelas|wali murid|"
    r"apoteker|bidan|perawat|suster|"
    r"mandor|sopir|supir|sekuriti|kuasa hukum|pengacara|notaris|pemilik|yang punya|yg punya|yang "
    r"pegang|yg pegang|pengurus|janda|duda)"
)
_ROLE = re.compile(
    rf"\b{ME},? (?:adalah |sebagai |selaku |ini |jadi |kebetulan |emang |memang )?{OFFICE}\b(?! (?:ini|itu)\b){_REST}"
)
_UNIT = re.compile(
    rf"\b{ME} (?:\w+ ){{0,2}}?(?:karyawan|pegawai|staf|staff|anak|operator|kasir|buruh|dari|di|kerja "
    rf"di|bagian)(?: di)? "
    rf"(?:divisi|bagian|departemen|tim|shift|regu|loket|lini|line(?! id)|kelas) \w+(?: \w+)?"
)
_ENGLISH_ROLE = re.compile(
    r"\b(?:i am|i'm|im) the (?!one\b|same\b|reporter\b|victim\b|person\b)(?:\w+ ){0,3}?(?:nurse|"
    r"guard|cashier|receptionist|manager|"
    r"supervisor|teacher|treasurer|secretary|chairman|head|owner|caretaker|driver|cleaner|accountant|"
    r"translator|janitor|tenant|"
    r"landlord|cook|chef|technician|engineer|clerk|operator|neighbou?r)\b[^.,;!?\n\ufffc]{0,40}"
)
_CHIEF = r"(?:rt|rw|erte|erwe|lurah|camat|bos|boss|manajer|pemilik\w*|ketua|satpam|kepala \w+)"
_KIN = (
    r"(?:paman|om|oom|tante|bibi|sepupu|ipar|mertua|menantu|kakak|abang|adik|keponakan|saudara|besan|"
    r"teman|temen|sahabat|mantan|tetangga|istri|suami|anak|art|pembantu|supir|sopir)"
)
_RELATION = re.compile(
    rf"\b(?:(?:pak|bu|bapak|ibu) ?)?{_CHIEF}(?:nya)?(?: (?:\w+)){{0,4}}? {_KIN}(?: \w+)? (?:{ME}\b|ku\b){_REST}"
    rf"|\b{ME} (?:(?:kan|ini|adalah|masih|itu) ){{0,2}}{_KIN}(?:nya)? (?:dari |sama |di rumah |nya "
    rf")?(?:(?:pak|bu|bapak|ibu) )?{_CHIEF}\b{_REST}"
    rf"|\b{ME} (?:yang|yg) (?:kemarin|kemaren|kmrn|kmaren|tadi|dulu|waktu itu|minggu lalu|bulan lalu)\b{_REST}"
    rf"|\b{ME} (?:(?:yang|yg) )?duduk(?: di)? (?:dekat|deket|paling|pojok|sebelah|samping|depan|belakang)\b{_REST}"
    rf"|\b{ME} (?:(?:yang|yg|kemarin|kemaren|kmrn|pernah|sempat|baru|tadi|sudah|udah) "
    rf"){{0,4}}(?:ribut|berantem|cekcok|bertengkar|"
    rf"adu mulut|dimarahi|dimarahin|diancam|berselisih|bermasalah)\b{_REST}"
    rf"|\b(?:my|the) (?:rt|rw|landlord|manager|boss|chairman)\w*(?: \w+)? is my \w+"
)
_KNOWN = re.compile(
    rf"\b(?:satpam|security|(?:pak|bu) (?:rt|rw)|bos|atasan|dia|orangnya|pelaku\w*|pemilik\w*|mandor|lurah|"
    rf"tetangga)(?: \w+){{0,2}}? "
    rf"(?:tahu|tau|kenal|hafal|hapal) (?:(?:sama|kalau|kalo|klo|bahwa|dengan|persis) )?{ME}\b[^.,;!?\n\ufffc]{{0,40}}|"
    rf"\b(?:semua|smua|orang|tetangga|mereka|warga|satu kantor)(?: \w+){{0,2}}? (?:tahu|tau|kenal|"
    rf"hafal|hapal)\b[^.,;!?\n\ufffc]{{0,40}}\b{ME}\b"
    r"|\b(?:everybody|everyone|they|people)(?: \w+){0,3} (?:know|knows|knew) (?:that )?(?:i|me|"
    r"my)\b[^.,;!?\n\ufffc]{0,40}"
)

# What must be in the text before it is worth reading; the pattern; whether it is plain.
_ROWS: tuple[tuple[tuple[str, ...], re.Pattern[str], bool], ...] = (
    (("satu", "1nya", "1 2", "cuma", "hanya", "tinggal", "sendiri", "seorang", "doang", "aja ", "saja "), _ONLY, True),
    (("the only", "the sole", "the last", "only i", "only my", "but me", "i alone"), _ONLY, True),
    (("satu", "1-1", "1 2"), _ORPHAN, False),
    (
        (
            "i am ",
            "i'm ",
            "im ",
            "i was ",
            "i have ",
            "i had ",
            "i got ",
            "i tested",
            "i caught",
            "i suffer",
            "as a",
            "i use a",
        ),
        _ENGLISH_HEALTH,
        True,
    ),
    ((" the ",), _ENGLISH_ROLE, False),
    (("tau", "tahu", "kenal", "hafal", "hapal", "know", "knew"), _KNOWN, True),
)
_ENGLISH_I = frozenset(("i", "im", "my", "me", "as", "being"))
_MAY_BE_ILL = re.compile(_ILL)
_MAY_BE_OFFICE = re.compile(OFFICE)
_MAY_BE_UNIT = re.compile(r"divisi|bagian|departemen|tim |shift|regu|loket|lini|line|kelas")
_MAY_BE_KIN = re.compile(
    rf"{_KIN}|ribut|berantem|cekcok|tengkar|adu mulut|dimarah|diancam|selisih|bermasalah| is my |"
    rf"duduk|kemar[ie]n|km?rn|tadi|lalu|dulu|waktu itu"
)
_TABLES: tuple[tuple[re.Pattern[str], re.Pattern[str], bool], ...] = (
    (_MAY_BE_ILL, _HEALTH, True),
    (_MAY_BE_ILL, _FAMILY_HEALTH, False),
    (_MAY_BE_OFFICE, _ROLE, False),
    (_MAY_BE_UNIT, _UNIT, False),
    (_MAY_BE_KIN, _RELATION, False),
)


def circumstances(page: Page) -> Iterator[Span]:
    """Clauses that only one person could have written; certain where no other reading is left."""
    low = page.low
    speaks = writer_owns(page) or not _ENGLISH_I.isdisjoint(page.words)
    for cues, pattern, certain in _ROWS:
        if (speaks or pattern is _ORPHAN) and any(cue in low for cue in cues):
            yield from _found(pattern, low, certain=certain)
    for cue, pattern, certain in _TABLES if writer_owns(page) else ():
        if cue.search(low):
            yield from _found(pattern, low, certain=certain)


def _found(pattern: re.Pattern[str], low: str, *, certain: bool) -> Iterator[Span]:
    for found in pattern.finditer(low):
        yield Span(found.start(), found.start() + len(found.group().rstrip(" ,-")), Trace.THIRD_PARTY, certain=certain)
