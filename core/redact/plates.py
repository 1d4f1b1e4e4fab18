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
_COLOUR = (
    r"item|itam|hitam|putih|merah|biru|silver|abu2?|abu-abu|hijau|ijo|kuning|coklat|matic|bebek|bekas|baru|lama|"
    r"butut|kesayangan|pribadi|kreditan|kantor|bapak|ibu|istri|isteri|suami|anak|adik|adek|kakak|ortu|orang tua|"
    r"almarhum|milik|punya|punye|pny"
)
_OWN = re.compile(
    rf"\b(?:{_VEHICLE})(?: \w+)?(?: (?:{_COLOUR})){{0,2}} ?{ME}\b|\b(?:{_VEHICLE}) pribadi\b|\b(?:{_VEHICLE})ku\b|"
    rf"\b(?:my|our)(?: \w+)? "
    rf"(?:{_VEHICLE})\b"
    rf"|\b(?:{ME}|i)(?: (?:sedang|lagi|was|am))? (?:naik|bawa|pakai|pake|mengendarai|menyetir|mengemudi|"
    rf"punya|drive|driving|ride|riding|own)\b"
)
# Right before the plate "... saya" is enough, whatever the make, unless something was done to the writer there.
_DIRECT = re.compile(
    rf"\b(?!(?:depan|dpn|belakang|blkg|sebelah|samping|seberang|rumah|rmh|garasi|pagar|pager|kos|kost|kosan|"
    rf"tetangga|teman|temen|bos|tabrak|nabrak|serempet|nyerempet|senggol|nyenggol|salip|nyalip|kata|menurut|laporan)"
    rf"\b|(?:me[mn]|ng|di)[a-z]{{3,}})[a-z0-9\-]{{2,20}}(?: (?:{_COLOUR})){{0,2}} (?:{ME}|my)"
    rf"(?: (?:ini|itu|tu|yg|yang|nyang|dg|dgn|dengan|sendiri|plat|pelat|plate|nopol|no\.? ?pol|nomor|nomer|polisi|"
    rf"platnya|nya|{_COLOUR}|warna)){{0,4}}[ :(,\-]{{1,3}}$"
    rf"|\b[a-z]{{3,20}}ku(?: (?:plat|nopol|nomor|yg|yang)){{0,2}}[ :(,]{{1,3}}$"
    rf"|\b(?:my|our) (?:\w+ ){{1,4}}\W{{0,2}}$"
)
_ADJACENT = 16  # signs between an offender's vehicle and its plate
_OFFENDING_VEHICLE = re.compile(
    r"\b(?:truk|truck|tronton|bus|bis|busway|angkot|metromini|kopaja|taksi|taxi|bajaj|transjakarta|mikrolet|"
    r"mikrotrans|mikrotrol|jaklingko|pelaku|oknum|sopir|supir|pengemudi|pengendara|pemotor|driver|box|pick ?up|"
    r"kontainer|container|minibus|elf|molen|tangki|trailer|begal|jambret|odong|tetangga|dinas|rombongan|pejabat|"
    r"calo|avanza|xenia|pajero|fortuner|alphard|innova|mobil|motor|sedan|car|lorry|suv)\b"
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
_REACH = 110
_LEAST_SPELT = 9  # shorter ones are plates as they are written
_LETTERS = (
    r"(?:a|be|ce|se|de|e|ef|ge|ha|i|je|ka|el|em|en|o|pe|ki|er|es|te|u|fe|ve|we|eks|ye|zet|bravo|alfa|alpha|charlie|"
    r"delta|echo|foxtrot|golf|hotel|india|juliet|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|tango|uniform|"
    r"victor|whiskey|x-ray|yankee|zulu|[a-z])"
)
_SPELT_CUES = frozenset(("plat", "pelat", "plate", "nopol", "pol", "polisi", "platnya", "nopolnya"))
_FIGURE = r"(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|tuju|delapan|lapan|sembilan|\d)"
# Spelt as one says it on the telephone; only after a word for a plate.
_SPELT = re.compile(
    rf"\b(?:plat|pelat|plate|nopol|no\.? ?pol|nomor polisi)(?: ?nya)?(?: (?:{ME}|nomor|nomer|no|nya|itu|motor|mobil|"
    rf"adalah))*[ :=]{{1,3}}(?P<code>{_LETTERS}(?:[ \-]{_LETTERS})?(?:[ \-]?{_FIGURE}){{1,4}}(?:[ "
    rf"\-]{_LETTERS}){{1,3}})\b"
)


def _whose(page: Page, found: re.Match[str], window: str) -> bool | None:
    if _DIRECT.search(window):
        return True
    own = max((m.end() for m in _OWN.finditer(window)), default=-1)
    offender = max((m.end() for m in _OFFENDER.finditer(window)), default=-1)
    if own > offender:
        return True
    if offender > own:
        vehicle = max((m.end() for m in _OFFENDING_VEHICLE.finditer(window, max(own, 0))), default=-1)
        # "Motor saya parkir di depan toko, B 1234 XYZ": what was done, and by nobody else's vehicle.
        return False if own < 0 or len(window) - vehicle <= _ADJACENT else vehicle < 0 or None
    after = page.low[found.end() : found.end() + 40]
    if (mine := _OWN_AFTER.match(after)) and _MINE_AFTER.search(mine.group()):
        return True
    return False if _OFFENDER.search(after) else None


def plates(page: Page) -> Iterator[Span]:
    """Plates that are the writer's, and those of which nothing says whose they are."""
    for found in _SPELT.finditer(page.low) if not _SPELT_CUES.isdisjoint(page.words) else ():
        window = before(page, found.start("code"), _REACH)
        if len(found["code"].replace(" ", "")) >= _LEAST_SPELT and not _OFFENDER.search(window):
            yield Span(*found.span("code"), Trace.PLATE, certain=_OWN.search(window) is not None)
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
            whose = _whose(page, found, before(page, found.start(), _REACH))
            if whose or (plain and whose is None):
                yield Span(*found.span(), Trace.PLATE, certain=whose is True)
