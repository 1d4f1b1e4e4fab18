"""The writer's own address, told by words such as "rumah saya"; the place of the problem stays."""

import re
from collections.abc import Iterator

from core.redact.context import ME, whose, writer_speaks
from core.redact.page import CLOSED, Page
from core.redact.subjects import is_in_their_block
from core.redact.traces import Span, Trace
from core.redact.words import COMMON, STREETS, cue_words

_HOME = (
    r"rumah|rmh|kmr|omah|griya|hunian|mess|kediaman|kontrakan|kos|kost|kosan|kostan|kamar(?: kos(?:t|"
    r"an)?)?|unit|apartemen|tempat tinggal|"
    r"domisili|kios|lapak|ruko|toko|warung|warteg|bengkel|gubuk|almt|flat|rusun|rusunawa|paviliun|alamat(?: (?:rumah|"
    r"lengkap|tinggal|domisili|lama|baru|asal|ktp|sekarang|surat|pengiriman|"
    r"tagihan|kirim)){0,2}"
)
_MINE = ME
_OURS = rf"(?:{ME}|kita|kite|ortu|orang ?tua|mertua|keluarga)(?: {ME})?"
_LINK = (
    r"(?:[ ,:=\-(]{1,3}(?:(?:ada|berada|terletak|beralamat|beralamatkan|itu|adalah|yaitu|yakni|ini|yang|yg|"
    r"persis|tepat|tepatnya|petak|pintu|di|d|daerah|alamat|"
    r"is|located|at|in|on|the|which)\b[ ,:(]{0,2}){0,5})"
)
_OWN = re.compile(
    rf"\b(?:(?:{_HOME}) (?:{_MINE})|(?:rumah|alamat|kos|kamar|kontrakan|unit)ku)\b{_LINK}"
    rf"|\b(?:{_MINE})(?:,)?(?: (?:yang|yg|adalah|sekarang|juga|sendiri|kebetulan|ini))?"
    rf" (?:tinggal|bertempat tinggal|berdomisili|domisili|ngekos|ngekost|nge-kost|ngontrak|mengontrak|menetap|"
    rf"beralamat|beralamatkan|menempati|warga|orang|anak|penduduk|penghuni|tinggl|tggl|manggon){_LINK}"
    # A name that was closed may stand between: "saya [nama], tinggal di".
    rf"|\ufffc(?: (?:bang|kak|min|pak|bu|mas))?[, ]{{1,3}}(?:yang |yg )?(?:tinggal|bertempat tinggal|"
    rf"berdomisili|domisili|beralamat|alamat|warga|"
    rf"penghuni){_LINK}"
    rf"|\bmy (?:house|home|address|home address|apartment|flat|room|boarding house|place|unit)\b{_LINK}"
    rf"|\balamat (?:rumah|tinggal|domisili|pelapor)\s?[:=] ?"
    # "saya di RT 03"; a letter's foot; "kirim ke rumah"; an elder speaks of herself as "ibu".
    rf"|\b(?:{_MINE}) (?:yang |yg )?(?:di|dari|dr) (?=(?:rt|rw|blok|unit|kamar|kmr|no|nomor)\.? ?\d|"
    rf"(?:blok|unit|kamar|kmr) [a-z]{{1,2}}\d*\b)"
    rf"|\n[ ]?\ufffc[ ,.]{{0,3}}\n[ ]?(?=(?:jl|jln|jalan|gg|gang|blok|komplek|perum|rt|unit)\b)"
    rf"|\b(?:rumah|alamat|kontrakan) (?:ibu|tante|bapak|nenek|kakek)\b{_LINK}"
    rf"|\b(?:pulang(?: pergi)?|balik|kirim\w*|antar\w*|datang|surat\w*) (?:ke|dari|dr) "
    rf"(?:{_HOME})\b(?: (?:{_MINE})\b)?{_LINK}"
    rf"|\b(?:i|we)(?:'m|'re| am| are)? (?:also )?(?:live|living|stay|staying|reside|residing|rent|"
    rf"renting)\b(?: (?:a|the) (?:room|house|flat|unit|apartment|place))?{_LINK}"
    # "saya Bu [nama] jl melati no 3": by SMS nothing else stands between.
    rf"|\b(?:{_MINE})\b(?: (?:pak|bu|ibu|bapak|mas|mbak))? ?\ufffc[, ]{{1,3}}(?=(?:jl|jln|jalan|gg|"
    rf"gang|blok|rt|rw|no)\b)"
    r"|\ufffc[, ]{1,3}(?:from|dari|di) (?=(?:unit|room|kamar|blok|block|tower|rt|no|rumah no)\b)"
    rf"|\bi(?:'m| am) (?:a|the) (?:resident|tenant) (?:of|at|in)\b(?: the)? ?"
)
_MORE = re.compile(
    # Nobody else begins a clause so; only with a number in it, for "tinggal di Cengkareng" tells little.
    rf"(?:^|(?<=[.,;\n(]))[ \n]?(?P<bare>(?:domisili|berdomisili|bertempat tinggal|tinggal|ngontrak|ngekos|ngekost|"
    rf"alamat (?:rumah|tinggal|lama|baru|ktp|domisili)|almt)(?: (?:{_OURS}))?){_LINK}"
    rf"|\b(?P<at>(?:{_OURS}) (?:yang |yg )?(?:di|dari|dr|d|ada di)) (?=(?:komplek|kompleks|komp|perum\w*|rusun\w*|"
    rf"apartemen|apartment|apt|kos|kost|kosan|cluster|gg|gang|asrama|mess|kontrakan|jl|jln|jalan|tower|rumah|rmh)\b)"
    rf"|\b(?P<post>(?:surat|balasan|jawaban|undangan|dokumen|berkas|sertifikat|tagihan|kirim\w*|"
    rf"antar\w*)(?: \w+){{0,2}} "
    rf"(?:ke|di|to) alamat(?: (?:{_OURS}))?)[ :]{{1,2}}"
    # The foot of a letter, under what is closed already.
    rf"|\n(?P<foot>[^\n\ufffc]{{0,12}}\ufffc[^\n\ufffc]{{0,12}}\n){{1,3}}[ ]?(?=(?:apartemen|apartment|apt|rusun\w*|"
    rf"tower|perum\w*|kompleks?|"
    rf"komp|cluster|dusun|kp|kampung|no|jl|jln|jalan|gg|gang|blok|rt|unit)\b)"
    rf"|\b(?P<we>(?:our|my) (?:house|home|unit|apartment|flat|place|room)|(?:i|we)(?:'m|'re| am| are) (?:in|"
    rf"at))(?: is| number|"
    rf" at| in| on| no\.?){{0,2}} (?=(?:unit|tower|block|apartment|apt|house|room|no|number|jl|jalan|\d)\b)"
    rf"|\b(?:{_HOME}) (?:kita|kite|ortu|orang ?tua|mertua)(?: {ME})?\b{_LINK}"
)
_HOME_WORDS = cue_words(_HOME, "ku") | cue_words(
    "my|we|live|living|stay|staying|reside|residing|rent|renting|resident|tenant|address|domisili|tinggal|unit|room|blok|tower"
)
_MORE_CUES = cue_words(
    "domisili|berdomisili|bertempat|tinggal|ngontrak|ngekos|ngekost|alamat|almt|kita|kite|ortu|"
    "mertua|komplek|kompleks|komp|perum|perumahan|rusun|rusunawa|rusunami|apartemen|apartment|apt|kos|kost|kosan|cluster|"
    "gg|gang|asrama|mess|kontrakan|tower|rumah|rmh|our|my|in|at"
)
# Without an "I": some of these must be there.
_OTHER_OWN = (
    *(
        "ku ",
        "ku,",
        "ku:",
        "\ufffc",
        "my ",
        " i ",
        "i'",
        "we ",
        "rumah ",
        "alamat",
        "kontrakan ",
        "ngontrak",
        "ngekos",
        "almt",
        "our ",
        "pulang",
        "balik",
        "kirim",
    ),
    *("antar", "datang ", "surat", "domisili", "tinggal", "address", "i live", "i stay"),
)
# These words alone are no proof: the address after them must have a number.
_WITH_NUMBER = ("bare", "at", "post", "foot", "we")
_FLAT = re.compile(
    rf"\b(?:unit|kamar|apartemen|flat|rumah|kos\w*|rusun) (?:{_MINE})\b[^.;!?\n\ufffc]{{1,60}}?, (?=(?:tower|lantai|"
    rf"lt|unit|"
    rf"blok|blk|no|nomor|nomer|kamar|rt|rw)\b)"
)
_ON_ITS_SIDE = re.compile(
    rf"\b(?:(?:pas|persis|tepat|di|pada) ){{0,2}}(?:depan|dpn|belakang|blkg|sebelah|sblh|samping|seberang|sebrang|"
    rf"dekat|deket|"
    rf"dkt) (?:{_HOME}) (?:{_MINE}) (?=(?:no|nomor|nomer|blok|blk|rt|unit)\b)"
)
_DOUBTFUL = re.compile(
    rf"(?:kami|we)\b|{ME} (?:yang |yg )?(?:di|dari|dr) |alamat (?:rumah|tinggal|domisili)\s?[:=]|\n|"
    rf"rumah (?:ibu|tante|bapak|nenek|kakek)|(?:pulang|balik|kirim|antar|datang|surat)"
)
_FORM = re.compile(
    r"(?:^|(?<=[\n,;]))\s{0,3}(?:alamat|alamat rumah|alamat pelapor|domisili|tempat tinggal|address|home address)"
    r"\s?[:=]\s?"
)
_FORM_OF_PERSON = re.compile(r"\b(?:nama|name|nik|pelapor|ktp|hp|no hp|telp)\b[^\n:=]{0,15}[:=]")
_NUMBER = (
    r"(?:no|nomor|nomer|nmr|num|number|kamar|room)\b\.?:? ?[a-z]{0,2}[\-./]?\d{1,4}(?: ?[a-z]\b|[a-z]{2}\b)"
    r"?(?:[/\-]\d{1,4}[a-z]?)?"
)
_RTRW = (
    r"rt\b\.?[ :]?\d{1,3}(?:\s?[/,.\-]?\s?(?:rw\b\.?[ :]?)?\d{1,3}\b)?|rw\b\.?[ :]?\d{1,3}|"
    r"rt\d{1,3}(?:\s?[/,.\-]?\s?rw\.? ?\d{1,3}|/\d{1,3})?|rw\d{1,3}"
)
_PART = re.compile(
    rf"(?P<street>(?:jl|jln|jalan|gg|gang|lorong|lrg|komp|komplek|kompleks|perum|perumahan|apartemen|apartment|"
    rf"apt|rusun|rusunawa|rusunami|kos|kost|kosan|"
    r"kav|kavling|cluster|kampung|kp|dusun|asrama|mess|wisma|residence|flat|(?:tower|menara)(?= [a-z]{3}))\b\.? ?)"
    rf"|(?P<exact>{_NUMBER}|{_RTRW}|(?:blok|block|blk)\b\.? ?[a-z]{{0,3}} ?[\-./]?\d{{0,4}}[a-z]?(?:[/\-]\d{{1,4}})?"
    r"|(?:tower|menara|lantai|lt|unit|floor|#|kamar)\b\.? ?(?:[a-z]{1,2}(?:[/\-.][a-z\d]{1,4}){1,3}\b|"
    r"(?:[a-z]{1,2}\b)?[\-]?\d{0,4}[a-z]?\b)(?:[/\-]\d{1,4}\b)?|kode pos \d{5}|"
    r"\d{1,4}[a-z]?\b(?! ?(?:hari|bulan|tahun|minggu|jam|orang|kali|meter|m|km|tahunan|unit|days|years|months|"
    r"weeks|people|times)\b)(?![.:]\d))"
)
_ENGLISH_STREET = re.compile(
    r"(?:\d{1,4}[a-z]? )?(?:(?!(?:and|the|a|an|of|in|on|near|is|at|to|with|my|by|where|this)\b)"
    r"[a-z][a-z'\-]{1,20} ){1,3}(?:street|st|road|rd|avenue|ave|lane|alley|residence|apartment)\b\.?"
)
_WORD = re.compile(r"[a-z][a-z'\-]{1,24}\b|[ivx]{1,5}\b|[a-z]\b")
_BETWEEN = re.compile(r"[ ,./()\-]{0,3}")
_STREET_STOP = COMMON - STREETS
_STATE = re.compile(r"(?:ber|ter)(?!ate|ang|un)\w{4,}$")  # "jalan berlubang" names no street
_NUMBERED_STREET = re.compile(r"\d{1,2}[a-z]?\b")  # "gang 5"
_SHORTENED = re.compile(
    r"(?:[a-z]|hj|kh|dr|prof|ir|jend|letjen|mayjen|brigjen|kol|kapt|kep|gg|mt|rs|ki|wr|ry)$"
)  # "Jl. H. Nawi"
_LEVELS = re.compile(
    r"(?:kelurahan|kel|kecamatan|kec|kota|kab|rt|rw|no|nomor|nomer|nmr|blok|blk|block|lantai|lt|unit|tower|kav|kamar)\b"
)
_MOST_WORDS = 4
_MOST_PARTS = 10


def _street_end(low: str, at: int) -> int:
    """The end of the name of a street that begins at `at`; `at` when there is none."""
    numbered = _NUMBERED_STREET.match(low, at)
    end = numbered.end() if numbered else at
    for _ in range(_MOST_WORDS):
        begin = end + (low[end : end + 1] == " ")
        found = _WORD.match(low, begin)
        if found is None or (begin == end and end != at):
            break
        if found.group() in _STREET_STOP or _STATE.match(found.group()) or _LEVELS.match(low, begin):
            break
        end = found.end()
        if _SHORTENED.match(found.group()) and re.match(r"\. ?[a-z]", low[end : end + 3]):
            end += 1
    return end


def address_end(low: str, at: int) -> int | None:
    """The end of the address that begins at `at`: streets, numbers, RT/RW; the kelurahan and what is above it stay."""
    end: int | None = None
    place = at
    named = False
    for _ in range(_MOST_PARTS):
        found = _PART.match(low, place)
        english = _ENGLISH_STREET.match(low, place) if end is None and not (found and found["street"]) else None
        if english:
            end, named = english.end(), True
        elif found is None or (found.group()[0].isdigit() and not named):
            break
        elif found["street"]:
            stop = _street_end(low, found.end())
            if stop == found.end():
                break
            end, named = stop, True
        elif not any(c.isdigit() for c in found.group()) and not re.fullmatch(
            r"(?:blok|block|tower|menara)\.? [a-z]{1,3}", found.group()
        ):
            break
        else:
            end, named = found.end(), False
        between = _BETWEEN.match(low, end)
        place = between.end() if between else end
    return end


_HAS_NUMBER = re.compile(r"\d|\b(?:blok|block|blk|tower) ?[a-z]\b")
_AREA = re.compile(r"(?: [A-Z][a-z]{2,15}){1,3}(?![\w])")
_OTHER_PLACE = re.compile(r"\b(?:jl|jln|jalan|gang|gg|kelurahan|kel|jembatan|taman|pasar|halte|stasiun)\b\.? ?[a-z]{3}")


def _with_area(page: Page, start: int, end: int) -> int:
    """The end with the part of the city that follows, where the report has told another place than the writer's."""
    area = _AREA.match(page.text, end)
    if area is None or page.low.startswith((" kel", " kec", " kota", " jakarta", " saya", " kami"), end):
        return end
    first = area.group().lower().split()[0]
    if first in COMMON and first not in STREETS:
        return end
    elsewhere = _OTHER_PLACE.search(page.low, 0, start) or _OTHER_PLACE.search(page.low, area.end())
    return area.end() if elsewhere else end


def homes(page: Page) -> Iterator[Span]:
    """Addresses after, or just before, words that make them the writer's."""
    low = page.low
    speaks = writer_speaks(page)
    if not (speaks or any(cue in low for cue in _OTHER_OWN)):
        return
    if speaks:
        yield from _at_the_side(page)
    if speaks or CLOSED in low or not _HOME_WORDS.isdisjoint(page.words):
        yield from _told(page, _OWN)
        yield from _named_afterwards(page)
    if (CLOSED in low and "\n" in low) or not _MORE_CUES.isdisjoint(page.words):
        yield from _told(page, _MORE)
    if _FORM_OF_PERSON.search(low):
        yield from _formed(page)


def _at_the_side(page: Page) -> Iterator[Span]:
    for pattern, whole in ((_ON_ITS_SIDE, True), (_FLAT, False)):
        for found in pattern.finditer(page.low):
            end = address_end(page.low, found.end())
            if end is not None:
                yield Span(found.start() if whole else found.end(), end, Trace.ADDRESS_SELF, certain=True)


def _formed(page: Page) -> Iterator[Span]:
    for found in _FORM.finditer(page.low):
        end = address_end(page.low, found.end())
        if end is not None and not is_in_their_block(page, found.end()):
            yield Span(found.end(), end, Trace.ADDRESS_SELF, certain=False)


def _told(page: Page, pattern: re.Pattern[str]) -> Iterator[Span]:
    low = page.low
    for found in pattern.finditer(low):
        end = address_end(low, found.end())
        weak = pattern is _MORE and any(found[name] for name in _WITH_NUMBER)
        if end is None or (weak and not _HAS_NUMBER.search(low, found.end(), end)):
            continue
        plain = not weak or (found["bare"] is not None and whose(page, found.start()) is True)
        certain = plain and _DOUBTFUL.match(found.group()) is None
        yield Span(found.end(), _with_area(page, found.start(), end), Trace.ADDRESS_SELF, certain=certain)


_AFTERWARDS = re.compile(
    rf"[ ,(]{{1,3}}(?:itu |adalah |yaitu |ini |is |which is )?(?:(?:{_HOME}) (?:{_MINE})|(?:rumah|alamat|kos)ku|"
    rf"my (?:house|home|address|place))\b"
)
_BEGINNING = re.compile(r"\b(?:jl|jln|jalan|gg|gang|no|nomor|blok|rt|komplek|perumahan|apartemen|unit)\b")
_BACK = 90


def _named_afterwards(page: Page) -> Iterator[Span]:
    """The other order: Jl. Melati No. 12 (rumah saya)."""
    low = page.low
    for found in _AFTERWARDS.finditer(low):
        window = max(0, found.start() - _BACK)
        for begin in _BEGINNING.finditer(low, window, found.start()):
            end = address_end(low, begin.start())
            if end is not None and end == found.start():
                yield Span(begin.start(), end, Trace.ADDRESS_SELF, certain=True)
                break
