"""Remarks that let somebody else know who wrote: whom the writer told before, and who did not heed it (DOMAIN 5)."""

import re
from collections.abc import Iterator

from core.redact.context import ME, writer_speaks
from core.redact.page import Page
from core.redact.traces import Span, Trace
from core.redact.words import cue_words

_I = ME
_DONE = (
    r"(?:sudah|udah|udh|uda|ude|sdh|sampun|dah|telah|pernah|sempat|tadi|kemarin|barusan|berkali-kali|"
    r"berulang kali|beberapa "
    r"kali|sering|coba|juga|pun|langsung|pribadi)"
)
_TELL = (
    r"(?:lapor|laporkan|melapor|melaporkan|ngelapor|laporin|bilang|ngomong|bicara|tegur|menegur|negur|kasih tau|"
    r"kasih tahu|kasi tau|beritahu|memberitahu|"
    r"memberitahukan|adukan|mengadu|ngadu|bilangin|bilangi|ngomongin|omongin|matur|nyampein|"
    r"nyampaikan|negor|tegor|dilapor\w*|dibilang\w*|dikasih tau|disampaikan|diadukan|dikomplain|dm|"
    r"laporin|teguran|curhat|mengadukan|sampaikan|menyampaikan|komplain|complain|protes|telepon|"
    r"telpon|menelepon|chat|wa|hubungi|menghubungi|"
    r"ingatkan|mengingatkan|minta tolong|tanya|nanya|menanyakan|konfirmasi|koordinasi|surati|menyurati)"
)
_FAR_THIS = r"(?: (?!(?:ke|kepada|sama|kalau|kalo|bahwa|karena)\b)\w+){1,4}"
_THIS = (
    r"(?: (?:hal ini|hal tersebut|masalah ini|ini|itu|langsung|juga|soal ini|keluhan ini|baik-baik|secara lisan|"
    r"lewat wa|via wa|berkali-kali|beberapa kali)){0,2}"
)
_TO = r"(?: (?:ke|kepada|pada|sama|dengan|dgn|kpd|k|ama|di))?"
_HONORIFIC = (
    r"(?: ?(?:pak|bu|bapak|ibu|bpk|mas|bang|mpok|pakde|ketua|pengurus|pihak|petugas|para|si|grup|group|wa|whatsapp))*"
)
_WHO = (
    r"(?:rt|rw|erte|erwe|er te|er we|satpam|security|sekuriti|hansip|linmas|lurah|camat|dukuh|kades|"
    r"kadus|babinsa|bhabinkamtibmas|"
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
_AND_WHO = (
    rf"(?:(?: (?:sama|dan|sm|ama|n|&|serta|maupun|juga ke|terus ke|lalu ke|trs ke)|,| ?/)(?: (?:ke|kepada))?"
    rf"{_HONORIFIC} ?{_WHO}(?: ?nya)?\b{_WHICH}){{0,2}}"
)
_OUTCOME = (
    r"(?:[ ,]{1,2}(?:(?:tapi|tp|tetapi|namun|malah|dan|sampai sekarang|sampai saat ini|but|and)[ ,]{1,2})"
    r"(?:(?:beliau|dia|mereka|malah|sampai sekarang|sampai saat ini|pihaknya|he|she|they|it) )?"
    r"(?:tidak|tdk|tak|ga|gak|nggak|ngga|engga|enggak|belum|blm|cuek|diam|acuh|dicuekin|diabaikan|malah|dibilang\w*|"
    r"disuruh|katanya|kata|jawab\w*|dijawab|dijanji\w*|dilempar|"
    r"dioper|cuma|hanya|sama aja|percuma|masih|tetap|tetep|responnya|nothing|"
    r"no|did|does|didn't|doesn't|don't|won't|never|was|were|nobody|ignor\w*|refus\w*|laugh\w*)"
    r"\b[^.,;!?\n\ufffc]{0,60}"
    r"|[ ,]{1,2}(?:berkali[ -]kali,? |terus |juga |sampai sekarang |sampai saat ini ){0,2}(?:tidak|tdk|tak|ga|"
    r"gak|nggak|ngga|engga|enggak|belum|blm)(?: (?:pernah|juga|ada|mau|di))*"
    r" ?(?:di)?(?:tindak|tanggap|tanggep|respon|gubris|hirau|peduli|perduli|balas|apa-apa)\w*(?: lanjut\w*)?| "
    r"berkali[ -]kali)?"
)
_TOLD = re.compile(
    rf"\b(?:(?P<own>{_I}) )?(?P<done>{_DONE} ){{0,4}}(?:{_I} )?(?P<tell>{_TELL}){_THIS}{_TO}{_HONORIFIC} "
    rf"{_WHO}(?: ?nya)?\b{_WHICH}{_AND_WHO}{_OUTCOME}"
)
# The other order: "Pak RT sudah saya ingatkan", "RT sudah dilapori".
_WAS_TOLD = re.compile(
    rf"\b(?:(?:pak|bu|bapak|ibu|ketua|pihak) )?{_WHO}(?:nya)?\b{_WHICH}(?: {_DONE}){{0,3}} {_I} "
    rf"(?:{_DONE} )?{_TELL}\b{_OUTCOME}"
    rf"|\b(?:(?:pak|bu|bapak|ibu|ketua|pihak) )?{_WHO}(?:nya)?\b(?:/rw)?(?: {_DONE}){{1,3}} "
    rf"(?:dilapor|dibilang|ditegur|dikasih tau|diadu|"
    rf"diberi ?tah?u|(?:tau|tahu) dari {_I})\w*"
)
# "telah menyampaikan keberatan secara lisan kepada Ketua RT": done, and to whom, leave no other reading.
_TOLD_MORE = re.compile(
    rf"\b(?:(?P<own>{_I}) )?(?P<done>{_DONE} ){{1,4}}(?:{_I} )?(?P<tell>{_TELL}){_FAR_THIS} (?:ke|"
    rf"kepada|sama|dengan|pada|ama|kpd)"
    rf"{_HONORIFIC} {_WHO}(?: ?nya)?\b{_WHICH}{_OUTCOME}"
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
_ENGLISH_WHO = (
    r"(?:rt (?:head|chairman|chief|leader)|rw (?:head|chairman|chief|leader)|rt|rw|pak rt|bu rt|head "
    r"of (?:the )?(?:rt|rw|neighbou?rhood)|neighbou?rhood (?:head|chief)|security(?: "
    r"guard)?|guards?|landlord|landlady|management|building management|boss|"
    r"hr|manager|supervisor|neighbou?rs?|village head|lurah|owner|principal|teacher)"
)
_ENGLISH_TOLD = re.compile(
    r"\b(?P<own>(?:i|we)(?:'ve| have| had)? )?(?:already |also |just |even |personally |once |twice |repeatedly )*"
    r"(?:told|reported|texted|emailed|wrote|approached|confronted|raised|went|complained|informed|"
    r"spoke|spoken|talked|asked|warned|notified|messaged|called)\b(?: "
    r"(?:this|it|about it|about this|the matter|him|her))?(?: (?:to|with))?"
    rf"(?: (?:the|my|our|mr\.?|mrs\.?|local|pak|bu))*(?: (?:[a-z]{{2,15}} ){{0,2}}?[a-z]{{2,15}}, "
    rf"(?:the|our|my|who is|head of the))? (?:the )?{_ENGLISH_WHO}\b(?: \d{{1,3}}\b)?(?: (?:about "
    rf"(?:it|this)|many times|"
    rf"twice|several times|before|already))?{_OUTCOME}"
)
_ENGLISH_IGNORED = re.compile(
    rf"\b(?:the|my|our|pak|bu) {_ENGLISH_WHO}\b(?: \d{{1,3}}\b)? (?:(?:just|still|only|has|have|always) )?"
    r"(?:(?:did|does|do|would|will)(?: not|n't) (?:respond|react|care|listen|do|act|answer|reply|help)|"
    r"ignor(?:ed|es)|did nothing|does nothing|never (?:responded|replied|came|acted|cared))"
    r"\b[^.,;!?\n\ufffc]{0,30}"
)
# A part of each of _WHO: where none stands, nobody was told.
_WHO_CUES = (
    *(
        " rt",
        " rw",
        "erte",
        "er te",
        "er we",
        "satpam",
        "secur",
        "sekuriti",
        "hansip",
        "linmas",
        "lurah",
        "camat",
        "dukuh",
        "kades",
        "kadus",
    ),
    *(
        "babin",
        "takmir",
        "dkm",
        "marbot",
        "taruna",
        "manaj",
        "manag",
        "pengelola",
        " hr",
        "atasan",
        "bos",
        "spv",
        "superv",
        "pimpin",
        "mandor",
    ),
    *(
        "majikan",
        "kos",
        "tetangga",
        "yang punya",
        "orangnya",
        "pelaku",
        "kepala",
        "wali kelas",
        "pengurus",
        "keamanan",
    ),
)
# What must be in the text before it is worth reading for a remark; the pattern.
_ROWS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    ((" rt", " rw", "gubris", "respon", "tanggap", "hirau", "peduli"), _IGNORED),
    ((" not ", "n't ", "ignor", "nothing", "never"), _ENGLISH_IGNORED),
)
_DENIES = cue_words(_NOT) | cue_words(
    "pura|not|did|does|do|would|will|ignor|ignored|ignores|nothing|never|t|didn|doesn|don|won"
)
_BY_THEM_CUES = ("dilapor", "dibilang", "ditegur", "dikasih", "diadu", "diberi")
_INNER_I = re.compile(rf"\b{_I}\b")
_TELL_WORDS = cue_words(_TELL)
_TOLD_WORDS = cue_words(
    "told|reported|texted|emailed|wrote|approached|confronted|raised|went|complained|informed|spoke|spoken|talked|asked|"
    "warned|notified|messaged|called"
)


def remarks(page: Page) -> Iterator[Span]:
    """Clauses by which a chief, a guard or a landlord knows who wrote; certain where the writer plainly told them."""
    low = page.low
    yield from _told(page)
    for cues, pattern in _ROWS:
        if any(cue in low for cue in cues) and not _DENIES.isdisjoint(page.words):
            for found in pattern.finditer(low):
                yield _span(found, certain=False)


def _told(page: Page) -> Iterator[Span]:
    low = page.low
    told = any(cue in f" {low}" for cue in _WHO_CUES) and _tells(page)
    for found in (*_TOLD.finditer(low), *_TOLD_MORE.finditer(low)) if told else ():
        if not found["own"] and _OTHERS_TOLD.search(low[max(0, found.start() - 24) : found.start()]):
            continue
        plain = found["own"] is not None or _INNER_I.search(found.group()) is not None or _begins_clause(low, found)
        if plain or found["done"]:
            yield _span(found, certain=plain and found["done"] is not None)
    by_them = told and (writer_speaks(page) or any(cue in low for cue in _BY_THEM_CUES))
    for found in _WAS_TOLD.finditer(low) if by_them else ():
        yield _span(found, certain=True)
    for found in _ENGLISH_TOLD.finditer(low) if not _TOLD_WORDS.isdisjoint(page.words) else ():
        if found["own"] or found.group().startswith("my ") or _begins_clause(low, found):
            yield _span(found, certain=found["own"] is not None)


def _tells(page: Page) -> bool:
    return not _TELL_WORDS.isdisjoint(page.words) or any(w.startswith(("dilapor", "dibilang")) for w in page.words)


def _begins_clause(low: str, found: re.Match[str]) -> bool:
    before = low[max(0, found.start() - 2) : found.start()].strip(" ")
    return not before or before[-1] in ".,;!?\n(-"


def _span(found: re.Match[str], *, certain: bool) -> Span:
    return Span(
        found.start(),
        found.start() + len(found.group().rstrip(" ,-")),
        Trace.THIRD_PARTY,
        certain,
    )
