"""Number plates: the writer's own are closed, an offender's are what the report is about."""

import re
from collections.abc import Iterator

from core.redact.context import ME, before
from core.redact.page import Page
from core.redact.traces import Span, Trace

_REGIONS = (
    "a|aa|ab|ad|ae|ag|b|ba|bb|bd|be|bg|bh|bk|bl|bm|bn|bp|d|da|db|dc|dd|de|dg|dh|dk|dl|dm|dn|dp|dr|ds|dt|e|ea|eb|"
    "ed|f|g|h|k|kb|kh|"
    "kt|ku|l|m|n|p|pa|pb|pg|ps|pt|r|s|t|w|z"
)
_PLATE = re.compile(rf"(?<![\w-])({_REGIONS})[ .\-]?(\d{{1,4}})[ .\-]?([a-z]{{1,3}})(?![\w])")
_CUE = re.compile(r"\b(?:plat|pelat|plate|nopol|no\.? ?pol|nomor polisi|license plate)\w*\W{0,3}(?:\w+\W{1,2}){0,3}$")
_VEHICLE = (
    r"motor|sepeda motor|mobil|kendaraan|plat|pelat|plate|nopol|vespa|car|motorbike|motorcycle|bike|scooter|"
    r"vehicle|avanza|innova"
)
_OWN = re.compile(
    rf"\b(?:{_VEHICLE})(?: \w+)? ?{ME}\b|\b(?:{_VEHICLE}) pribadi\b|\b(?:{_VEHICLE})ku\b|\b(?:my|our)(?: \w+)? "
    rf"(?:{_VEHICLE})\b"
    rf"|\b(?:{ME}|i)(?: (?:sedang|lagi|was|am))? (?:naik|bawa|pakai|pake|mengendarai|menyetir|mengemudi|"
    rf"punya|drive|driving|ride|riding|own)\b"
)
_OFFENDER = re.compile(
    r"\b(?:truk|truck|tronton|bus|bis|busway|angkot|metromini|kopaja|taksi|taxi|ojek|bajaj|transjakarta|pelaku|"
    r"oknum|sopir|supir|pengemudi|pengendara|"
    r"pemotor|driver|parkir\w*|parked|parking|melanggar|pelanggar\w*|lawan arah|melawan arus|menerobos|nerobos|"
    r"menabrak|ditabrak|nabrak|tabrak lari|ugal|ngebut|kabur|"
    r"box|pick ?up|kontainer|container|mikrolet|minibus|elf|molen|tangki|trailer|keluar masuk|"
    r"melintas|tidak terbaca|merokok|buang\w*|membuang|dumps|parks|drove|drives|dumping|dumped|"
    r"speeding|hit|begal|jambret|mencurigakan|odong|knalpot|pelat palsu|plat "
    r"palsu|tetangga|dinas|mobil dinas)\b"
)
_OWN_AFTER = re.compile(
    r"[ ,(]{1,3}(?:itu |ini |adalah |is |yang )?(?:milik|punya|pny|motor|mobil|kendaraan|my|mine)(?: (?:saya|aku|"
    r"kami|sy|gw|gue|ane|aye|pelapor|pribadi|car|motorbike|bike))?\b"
)
_POINTS_AT_WRITER = re.compile(rf"\b(?:{ME}|my|mine|our|i|\w+ku)\b")
_MINE_AFTER = re.compile(rf"{ME}|my|mine")
_NO_PLATE = re.compile(
    r"\b(?:blok|block|tower|gedung|unit|lantai|lt|jalur|koridor|kav|kavling|gang|gg|ruang|gate|terminal|rute|"
    r"line|seksi|pintu|kelas|type|tipe|no|zona|peron|"
    r"menara|rw|rt|sektor|lorong|lot|halte|kode|tiang|pju|gardu|jl|jalan|pergub|kepgub|perda|pasal|level|vitamin|"
    r"dan|atau|and|or)\.? ?$"
)
_LEAST_DIGITS = 3


def _whose(page: Page, found: re.Match[str], window: str) -> bool | None:
    own = max((m.end() for m in _OWN.finditer(window)), default=-1)
    offender = max((m.end() for m in _OFFENDER.finditer(window)), default=-1)
    if own != offender:
        return own > offender
    after = page.low[found.end() : found.end() + 40]
    if (mine := _OWN_AFTER.match(after)) and _MINE_AFTER.search(mine.group()):
        return True
    return False if _OFFENDER.search(after) else None


def plates(page: Page) -> Iterator[Span]:
    """Plates that are the writer's, and those of which nothing says whose they are."""
    if not page.digits:
        return
    for found in _PLATE.finditer(page.low):
        window = page.low[max(0, found.start() - 30) : found.start()]
        cue = _CUE.search(window) is not None
        if _NO_PLATE.search(window) and not cue:
            continue
        # Written small or short it may be anything, unless the writer says that it is theirs.
        plain = cue or (page.text[found.start() : found.end()].isupper() and len(found.group(2)) >= _LEAST_DIGITS)
        if plain or _POINTS_AT_WRITER.search(page.low, max(0, found.start() - 70), found.end() + 40):
            whose = _whose(page, found, before(page, found.start()))
            if whose or (plain and whose is None):
                yield Span(*found.span(), Trace.PLATE, certain=whose is True)
