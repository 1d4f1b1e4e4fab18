"""Where the writer stood or lives, told by what is seen from there: a photo from the balcony, a house opposite."""

import re
from collections.abc import Iterator

from core.redact.context import ME
from core.redact.page import CLOSED, Page
from core.redact.traces import Span, Trace
from core.redact.words import cue_words

_I = ME
_SHOT = (
    r"(?:foto\w*|poto\w*|photo\w*|video\w*|vidio\w*|gambar|rekaman|difoto|diambil|direkam|moto|motoin|motret|ngerekam|"
    r"terlihat|kelihatan|keliatan|terdengar|kedengaran|lihat|liat|ambil|rekam|dengar)"
)
# Where only who lives or works there can stand, and where others can too.
_PRIVATE = (
    r"(?:balkon|jendela|kamar|teras|loteng|atap|rooftop|jemuran|meja|kosan|kost?|kontrakan|dapur|"
    r"pantry|pos jaga|cctv|dashcam|(?:lantai|lt)\.? \d{1,2})"
)
_PLACE = (
    r"(?:rumah|rmh|lantai|lt|ruang|ruangan|unit|apartemen|halaman|pagar|mobil|motor|kantor|kios|"
    r"warung|toko|pos|atas|dalam|depan|belakang|balik)"
)
_FROM = r"(?:dari|dr|lewat)"
_ON = r"(?:(?: (?:di|yang|yg|dekat|deket|samping))? (?:lantai|lt|pantry|nomor|no|atas|blok|tower)\.? ?\w{0,4}\b){0,2}"
_VANTAGE = re.compile(
    rf"\b(?:{_SHOT} )?(?:(?:ini|{_I}|diambil|ambil|langsung|nya) ){{0,3}}{_FROM} (?:[\w.]+ "
    rf"){{0,4}}?(?:{_PRIVATE}|{_PLACE})(?:ku\b|(?: [\w.]+){{0,3}}? "
    rf"{_I}\b){_ON}"
    rf"|\b{_SHOT} (?:[\w.]+ ){{0,4}}?{_FROM} (?:(?:atas|dalam|balik|depan) )?{_PRIVATE}\b{_ON}"
)
_PLAIN_VANTAGE = re.compile(rf"\b(?:{_SHOT}|{_PRIVATE}|nampak|tampak|jelas)\b")
_HOME = (
    r"(?:rumah|rmh|omah|kediaman|kos|kost|kosan|kontrakan|unit|kamar|warung|toko|kios|mess|tempat|tempat "
    r"tinggal|apartemen|jendela|kantor|rusun|paviliun|lapak|bengkel|salon|garasi|dapur|teras|balkon|halaman|ruko)"
)
_SIDE = (
    r"(?:seberang|sebrang|sbrg|sebelah|sblh|samping|depan|dpn|belakang|blkg|berseberangan|"
    r"bersebelahan|berhadapan|hadapan|hadep|"
    r"menghadap|ngadep|ngadepin|madep|berbatasan|berdempetan|dempet|dempetan|nempel|tembokan|mepet|ngarep|ngarepe|"
    r"mburi|jejer|tetanggaan|atas|bawah|adep-adepan)"
)
_NEAR = (
    r"(?:persis|tepat|pas|memang|emang|kebetulan|ada|berada|itu|ini|kan|cuma|hanya|yang|yg|letaknya|"
    r"langsung|juga|jg|di|ning|neng)"
)
_OPPOSITE = re.compile(
    rf"\b(?:{_HOME}(?: \w+)? {_I}|(?:rumah|omah|kos|kamar)ku)(?: {_NEAR}){{0,4}} {_SIDE}(?:an|nya|ane|"
    rf"e)?\b[^.,;!?\n\ufffc]{{0,40}}"
    rf"|\b{_I}(?: {_NEAR}){{0,3}} (?:tetangga|tinggal|ngekos|ngontrak|jualan|kerja)(?: \w+)?(?: "
    rf"{_NEAR}){{0,3}} {_SIDE}(?:nya|e)?\b[^.,;!?\n\ufffc]{{0,40}}"
    rf"|\b(?:rumah|rmh|omah|kos|kontrakan|warung) {_I}(?: (?:yang|yg|ada|itu|yang ada|paling|di|"
    rf"catnya|pagarnya)){{0,3}} (?:cat|warna|bercat|berpagar|pagar|pager|pojok|"
    rf"ujung|hook|tingkat|lantai dua|pohon|paling)\b[^.,;!?\n\ufffc]{{0,30}}"
    rf"|\b{_I} tetangga (?:persis|langsung|dekat|deket)(?:nya)?\b[^.,;!?\n\ufffc]{{0,40}}"
    r"|\b(?:my (?:\w+ )?(?:house|home|room|flat|apartment|shop|office|place|window|balcony|unit|"
    r"stall) (?:is|stands)|i live|i stay|we live)(?: (?:right|just|"
    r"directly|exactly|located|on the|\w+ (?:doors?|houses?|floors?)))*"
    r" (?:opposite|next (?:to|door)|across|behind|in front|above|below|beside|facing|upstairs|"
    r"downstairs|down from|away from|from)\b[^.,;!?\n\ufffc]{0,40}"
    r"|\bmy (?:\w+ )?(?:house|room|flat|apartment|window|balcony|unit) (?:faces|overlooks)\b[^.,;!?\n\ufffc]{0,40}"
)
# "rumah saya no 12 seberang mushola": the number is closed already, the rest still leads there.
_BEYOND = re.compile(
    rf"(?:\b(?:{_HOME}(?: \w+)? (?:{_I}|kita|kite)|rumahku|alamat(?: \w+)?(?: {_I})?|domisili|tinggal)(?: (?:di|no|"
    rf"nomor|itu|yang))*[ ,:]{{1,3}}|^)\ufffc,? "
    rf"(?P<rest>(?:{_NEAR} ){{0,3}}{_SIDE}(?:nya|e)?\b"
    r"[^.,;!?\n\ufffc]{0,40})"
)
_ENGLISH_VANTAGE = re.compile(
    r"\b(?:(?:the )?(?:photo|photos|picture|pictures|video|it|this) (?:is |was |were |are )?(?:taken )?|taken |"
    r"seen |i (?:can )?(?:see|hear|saw|filmed|took) (?:it |this |them )?)?"
    r"from (?:inside )?(?:my|our) (?:own )?(?:\w+ ){0,2}(?:balcony|window|bedroom window|kitchen|"
    r"house|room|terrace|apartment|flat|roof|"
    r"rooftop|office|desk|car|garden|bedroom|floor|cctv|dashcam)\b(?: on the \w+ floor\b)?"
)


_CAMERA = re.compile(
    rf"\b(?:cctv|dashcam|kamera)(?: \w+)? (?:rumah|rmh|kos|kosan|toko|warung|mobil|motor|garasi|teras|"
    rf"pagar)(?: \w+)? {_I}\b"
    rf"|\b(?:cctv|dashcam|kamera)(?:ku| {_I})\b"
)
_SEEN = cue_words(f"{_SHOT} {_PRIVATE} nampak tampak jelas kos", "ku", "nya")
_TAKEN = ("foto", "poto", "photo", "video", "vidio")
_VIEW_CUES = ("dari ", "dr ", "lewat ")
_SIDE_CUES = (
    *(
        "brang",
        "berang",
        "sbrg",
        "sebelah",
        "sblh",
        "samping",
        "depan",
        "dpn",
        "belakang",
        "blkg",
        "hadap",
        "hadep",
        "dempet",
    ),
    *(
        "nempel",
        "tembokan",
        "mepet",
        "ngarep",
        "mburi",
        "jejer",
        "tetangga",
        "adep",
        "atas",
        "bawah",
        "doors",
        "upstairs",
    ),
    *(
        "cat",
        "warna",
        "pagar",
        "pager",
        "pojok",
        "ujung",
        "hook",
        "tingkat",
        "pohon",
        "paling",
        "downstairs",
        "overlooks",
    ),
    *(
        "ngadep",
        "batas",
        "faces",
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
)


_ROWS: tuple[tuple[tuple[str, ...], re.Pattern[str], str | int, bool], ...] = (
    (("cctv", "dashcam", "kamera"), _CAMERA, 0, True),
    (("from ",), _ENGLISH_VANTAGE, 0, True),
    (_SIDE_CUES, _OPPOSITE, 0, False),
    ((CLOSED,), _BEYOND, "rest", False),
)


def views(page: Page) -> Iterator[Span]:
    """Clauses that tell a window or a neighbour; certain where the writer was there."""
    low = page.low
    if any(cue in low for cue in _VIEW_CUES) and _tells_a_view(page):
        # "3 km dari rumah saya" tells a way, not who stood where.
        seen = (f for f in _VANTAGE.finditer(low) if _PLAIN_VANTAGE.search(low, f.start(), f.end() + 30))
        yield from (_span(found, certain=True) for found in seen)
    for cues, pattern, group, certain in _ROWS:
        if any(cue in low for cue in cues):
            yield from (_span(found, certain=certain, group=group) for found in pattern.finditer(low))


def _tells_a_view(page: Page) -> bool:
    return not _SEEN.isdisjoint(page.words) or any(word.startswith(_TAKEN) for word in page.words)


def _span(found: re.Match[str], *, certain: bool, group: str | int = 0) -> Span:
    start = found.start(group)
    return Span(start, start + len(found[group].rstrip(" ,-")), Trace.THIRD_PARTY, certain)
