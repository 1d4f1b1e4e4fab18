"""Remarks that let somebody else know who wrote: the RT told before, a video from the own balcony (DOMAIN 5)."""

import re
from collections.abc import Iterator

from core.redact.page import Page
from core.redact.traces import Span, Trace

_I = r"(?:saya|aku|kami|gue|gw|gua|sy|ane)"
_DONE = (
    r"(?:sudah|udah|udh|sdh|dah|telah|pernah|sempat|tadi|kemarin|barusan|berkali-kali|berulang kali|beberapa "
    r"kali|sering|coba|juga|pun|langsung|pribadi)"
)
_TELL = (
    r"(?:lapor|laporkan|melapor|melaporkan|ngelapor|laporin|bilang|ngomong|bicara|tegur|menegur|negur|kasih tau|"
    r"kasih tahu|kasi tau|beritahu|memberitahu|"
    r"memberitahukan|adukan|mengadu|ngadu|mengadukan|sampaikan|menyampaikan|komplain|complain|protes|telepon|"
    r"telpon|menelepon|chat|wa|hubungi|menghubungi|"
    r"ingatkan|mengingatkan|minta tolong|tanya|nanya|menanyakan|konfirmasi|koordinasi|surati|menyurati)"
)
_THIS = (
    r"(?: (?:hal ini|hal tersebut|masalah ini|ini|itu|langsung|juga|soal ini|keluhan ini|baik-baik|secara lisan|"
    r"lewat wa|via wa|berkali-kali|beberapa kali)){0,2}"
)
_TO = r"(?: (?:ke|kepada|pada|sama|dengan|dgn|kpd|k|ama|di))?"
_HONORIFIC = r"(?: ?(?:pak|bu|bapak|ibu|bpk|mas|bang|ketua|pengurus|pihak|petugas|para|si))*"
_WHO = (
    r"(?:rt|rw|satpam|security|sekuriti|hansip|linmas|lurah|camat|dukuh|kades|kadus|babinsa|bhabinkamtibmas|"
    r"takmir|dkm|marbot|karang taruna|"
    r"manajemen|management|pengelola|hrd|hr|atasan|bos|boss|manajer|manager|supervisor|spv|pimpinan|mandor|"
    r"majikan|pemilik kos|ibu kos|bapak kos|"
    r"tetangga|yang punya|orangnya|pelakunya|kepala sekolah|wali kelas|kepala lingkungan|pengurus warga|pengurus|"
    r"keamanan)"
)
_WHICH = (
    r"(?:(?: |/)?(?:rt|rw|\d{1,3}|setempat|sini|kami|saya|sekitar|komplek|perumahan|apartemen|kantor|saya|aku|"
    r"nya|dan)\b){0,5}"
)
_OUTCOME = (
    r"(?:[ ,]{1,2}(?:(?:tapi|tp|tetapi|namun|malah|dan|sampai sekarang|sampai saat ini|but|and)[ ,]{1,2})"
    r"(?:(?:beliau|dia|mereka|malah|sampai sekarang|sampai saat ini|pihaknya|he|she|they|it) )?"
    r"(?:tidak|tdk|tak|ga|gak|nggak|ngga|engga|enggak|belum|blm|cuek|diam|acuh|dicuekin|diabaikan|malah|nothing|"
    r"no|did|does|didn't|doesn't|don't|won't|never|was|were|nobody|ignor\w*|refus\w*|laugh\w*)"
    r"\b[^.,;!?\n\ufffc]{0,60}"
    r"|[ ,]{1,2}(?:berkali[ -]kali,? |terus |juga |sampai sekarang |sampai saat ini ){0,2}(?:tidak|tdk|tak|ga|"
    r"gak|nggak|ngga|engga|enggak|belum|blm)(?: (?:pernah|juga|ada|mau|di))*"
    r" ?(?:di)?(?:tindak|tanggap|tanggep|respon|gubris|hirau|peduli|perduli|balas|apa-apa)\w*(?: lanjut\w*)?| "
    r"berkali[ -]kali)?"
)
_TOLD = re.compile(
    rf"\b(?:(?P<own>{_I}) )?(?P<done>{_DONE} ){{0,4}}(?:{_I} )?(?P<tell>{_TELL}){_THIS}{_TO}{_HONORIFIC} "
    rf"{_WHO}\b{_WHICH}{_OUTCOME}"
)
_OTHERS_TOLD = re.compile(
    r"\b(?:warga|mereka|dia|tolong|mohon|harap|silakan|silahkan|jangan|harus|suruh|disuruh|perlu|wajib|bisa|"
    r"orang|pelaku|ingin|mau|untuk)(?: (?:sudah|telah|juga))? ?$"
)
_NOT = r"(?:tidak|tdk|tak|ga|gak|nggak|ngga|engga|enggak|belum|blm|cuma|hanya|malah|cuek|diam|acuh|pura-pura)"
_HEED = (
    r"(?:menggubris|gubris|peduli|perduli|merespons?|respons?|menanggapi|tanggapi|tanggap|mengindahkan|"
    r"menindak\w*|bertindak|mau tahu|mau tau|mau dengar|mendengar\w*|"
    r"ada (?:tindakan|tanggapan|respons?)|berani (?:menegur|bertindak)|berbuat|bisa berbuat|ambil tindakan|"
    r"mengambil tindakan|membalas|balas|diam|saja|aja|acuh|tutup mata)"
)
_IGNORED = re.compile(
    rf"\b(?:(?:pak|bu|bapak|ibu|ketua|pengurus|pihak) ?){{1,2}}(?:rt|rw)\b{_WHICH}(?: (?:juga|sudah|pun|sini|"
    rf"malah|sama sekali|hanya|nya))* {_NOT}(?: (?:juga|sama sekali|mau|pernah|acuh|ada))*(?: {_HEED}\b)"
    rf"?[^.,;!?\n\ufffc]{{0,30}}"
    rf"|\b(?:tidak|tdk|ga|gak|nggak|tak|belum)(?: pernah)? (?:digubris|ditanggapi|direspons?|dipedulikan|"
    rf"dihiraukan|ditindak)(?: (?:oleh|sama|dari))?{_HONORIFIC} (?:rt|rw|satpam|security|pengelola|lurah)"
    rf"\b{_WHICH}"
)
_SHOT = (
    r"(?:foto|fotonya|photo|video|videonya|gambar|rekaman|difoto|diambil|direkam|foto ini|video ini|foto diambil|"
    r"terlihat|kelihatan|keliatan|terdengar|kedengaran|saya lihat|saya foto|saya rekam|saya ambil|saya dengar)"
)
_SPOT = (
    r"(?:balkon|jendela|kamar|rumah|teras|lantai|loteng|atap|rooftop|kost?|kontrakan|meja|ruang|ruangan|unit|"
    r"apartemen|halaman|pagar|cctv|dashcam|mobil|motor|kantor|kios|warung)"
)
_VANTAGE = re.compile(
    rf"\b(?:{_SHOT} )?(?:ini )?(?:saya |diambil |ambil |langsung ){{0,2}}(?:dari|lewat) (?:(?:atas|dalam|depan|"
    rf"balik|jendela|balkon|teras|lantai|lt|{_SPOT}|\d{{1,2}}) ){{0,3}}{_SPOT}(?:ku\b|(?: (?:lantai|lt|nomor|no) "
    rf"?\d{{1,3}})? {_I}\b)(?: (?:di )?(?:lantai|lt) ?\d{{1,3}}\b)?"
)
_OPPOSITE = re.compile(
    rf"\b(?:(?:rumah|kos|kontrakan|kantor|unit|kamar|warung|toko) {_I}|rumahku)(?: (?:itu|ini|ada|berada|persis|"
    rf"tepat|pas|memang|kebetulan|yang|letaknya|hanya|cuma))* (?:di )?(?:persis |tepat |pas )?"
    r"(?:seberang|seberangnya|sebelah|sebelahnya|samping|sampingnya|depan|depannya|belakang|belakangnya|"
    r"berseberangan|bersebelahan|berhadapan|berdempetan|dempet|nempel)\b[^.,;!?\n\ufffc]{0,40}"
    r"|\b(?:my (?:house|home|room|flat|apartment|shop|office|place) (?:is|stands)|i live)(?: (?:right|just|"
    r"directly|exactly|located|on the))*"
    r" (?:opposite|next (?:to|door)|across|behind|in front|above|below|beside|facing)\b[^.,;!?\n\ufffc]{0,40}"
    rf"|\b{_I} (?:yang )?(?:tinggal|ngekos|ngontrak) (?:persis |tepat |pas )?(?:di )?(?:persis |tepat |pas )"
    rf"?(?:seberang|sebelah|samping|depan|belakang)(?:nya)?\b[^.,;!?\n\ufffc]{{0,40}}"
)
_ONLY = re.compile(
    rf"\b{_I}(?: (?:adalah|ini|memang))? satu[ \-]satunya [^.,;!?\n\ufffc]{{2,60}}|\bsatu[ \-]satunya [a-z "
    rf"]{{2,40}} (?:adalah|itu|cuma|hanya) {_I}\b"
    r"|\bi(?: am|'m) the only [^.,;!?\n\ufffc]{2,60}|\bhanya (?:saya|aku) yang [^.,;!?\n\ufffc]{2,60}"
)
_ENGLISH_WHO = (
    r"(?:rt|rw|pak rt|bu rt|head of (?:the )?(?:rt|rw|neighbou?rhood)|neighbou?rhood (?:head|chief)|security(?: "
    r"guard)?|guards?|landlord|landlady|management|building management|boss|"
    r"hr|manager|supervisor|neighbou?rs?|village head|lurah|owner|principal|teacher)"
)
_ENGLISH_TOLD = re.compile(
    r"\b(?P<own>(?:i|we)(?:'ve| have| had)? )?(?:already |also |just |even |personally |once |twice |repeatedly )*"
    r"(?:told|reported|complained|informed|spoke|spoken|talked|asked|warned|notified|messaged|called)\b(?: "
    r"(?:this|it|about it|about this|the matter|him|her))?(?: (?:to|with))?"
    rf"(?: (?:the|my|our|mr|mrs|local))* {_ENGLISH_WHO}\b(?: \d{{1,3}}\b)?(?: (?:about (?:it|this)|many times|"
    rf"twice|several times|before|already))?{_OUTCOME}"
)
_ENGLISH_IGNORED = re.compile(
    rf"\b(?:the|my|our|pak|bu) {_ENGLISH_WHO}\b(?: \d{{1,3}}\b)? (?:(?:just|still|only|has|have|always) )?"
    r"(?:(?:did|does|do|would|will)(?: not|n't) (?:respond|react|care|listen|do|act|answer|reply|help)|"
    r"ignor(?:ed|es)|did nothing|does nothing|never (?:responded|replied|came|acted|cared))"
    r"\b[^.,;!?\n\ufffc]{0,30}"
)
_ENGLISH_VANTAGE = re.compile(
    r"\b(?:(?:the )?(?:photo|photos|picture|pictures|video|it|this) (?:is |was |were |are )?(?:taken )?|taken |"
    r"seen |i (?:can )?(?:see|hear|saw|filmed|took) (?:it |this |them )?)?"
    r"from (?:inside )?(?:my|our) (?:own )?(?:\w+ )?(?:balcony|window|house|room|terrace|apartment|flat|roof|"
    r"rooftop|office|desk|car|garden|bedroom|floor|cctv|dashcam)\b(?: on the \w+ floor\b)?"
)


# What must be in the text before it is worth reading for a remark; the pattern; whether it is plain.
_ROWS: tuple[tuple[tuple[str, ...], re.Pattern[str], bool], ...] = (
    (("dari ", "lewat "), _VANTAGE, True),
    (("from ",), _ENGLISH_VANTAGE, True),
    (("satu-satu", "satu satu", "the only ", "hanya "), _ONLY, False),
    ((" rt", " rw", "gubris", "respon", "tanggap", "hirau", "peduli"), _IGNORED, False),
    ((" not ", "n't ", "ignor", "nothing", "never"), _ENGLISH_IGNORED, False),
    (
        (
            "seberang",
            "sebelah",
            "samping",
            "depan",
            "belakang",
            "hadap",
            "dempet",
            "nempel",
            "opposite",
            "next ",
            "across",
            "behind",
            "in front",
            "above",
            "below",
            "beside",
            "facing",
        ),
        _OPPOSITE,
        False,
    ),
)
_INNER_I = re.compile(rf"\b{_I}\b")
_MAY_TELL = re.compile(rf"\b{_TELL}\b")
_MAY_HAVE_TOLD = re.compile(r"told|report|complain|inform|sp[eo]k|talk|ask|warn|notif|messag|call")


def remarks(page: Page) -> Iterator[Span]:
    """Clauses by which a neighbour, a guard or a chief knows who wrote; certain where the writer plainly did it."""
    low = page.low
    yield from _told(low)
    for cues, pattern, certain in _ROWS:
        if any(cue in low for cue in cues):
            for found in pattern.finditer(low):
                yield _span(found, certain=certain)


def _told(low: str) -> Iterator[Span]:
    for found in _TOLD.finditer(low) if _MAY_TELL.search(low) else ():
        if not found["own"] and _OTHERS_TOLD.search(low[max(0, found.start() - 24) : found.start()]):
            continue
        plain = found["own"] is not None or _INNER_I.search(found.group()) is not None or _begins_clause(low, found)
        if plain or found["done"]:
            yield _span(found, certain=plain and found["done"] is not None)
    for found in _ENGLISH_TOLD.finditer(low) if _MAY_HAVE_TOLD.search(low) else ():
        if found["own"] or _begins_clause(low, found):
            yield _span(found, certain=found["own"] is not None)


def _begins_clause(low: str, found: re.Match[str]) -> bool:
    before = low[max(0, found.start() - 2) : found.start()].strip(" ")
    return not before or before[-1] in ".,;!?\n(-"


def _span(found: re.Match[str], *, certain: bool) -> Span:
    return Span(found.start(), found.start() + len(found.group().rstrip(" ,-")), Trace.THIRD_PARTY, certain)
