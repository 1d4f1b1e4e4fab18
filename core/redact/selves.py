"""Who the writer says to be or to have done: words by which those who are reported know them again."""

import re
from collections.abc import Iterator

from core.redact.circumstances import FAMILY, OFFICE
from core.redact.context import ME, writer_owns, writer_speaks
from core.redact.page import CLOSED, Page
from core.redact.traces import Span, Trace
from core.redact.words import cue_words

_REST = r"[^.,;!?\n\ufffc]{0,60}"
_YANG = r"(?:yang|yg|nyang|nyg|sing)"
_LEAD = (
    r"(?:(?:ini|kan|adalah|itu|tuh|mah|cuma|hanya|sebagai|selaku|kebetulan|emang|memang|dulu|dulunya|masih|juga|jg|"
    r"sendiri|seorang|jadi) ){0,3}"
)
_WHEN = r"(?:kemarin|kemaren|kmrn|kmaren|tadi|dulu|semalam|semalem|waktu itu|minggu lalu|bulan lalu|tempo hari)"
_SOON = r"(?:[^\s.,;!?\ufffc]+ ){1,14}?"


_YANG_WORDS = cue_words(_YANG)
# "yang komplain di grup itu saya", "the one who called was me": the verb first, the writer at the end.
_CLEFT = re.compile(
    rf"\b{_YANG} {_SOON}(?:itu|adalah|ya|yo|tuh|tu|kan|emang|memang|ini|cuma|justru|sebenarnya|sbnrnya) {ME}\b"
    rf"(?:(?= ?(?:[.,;!?)\n\ufffc]|$))| (?:sendiri|dari|dr|kok|lho|loh|sih|jg|juga|bang|min|pak|bu|{_YANG})\b{_REST})"
)
_I_WHO = re.compile(
    rf"\b{ME} (?:lah |adalah |itu |orang )?{_YANG} (?:{_WHEN}|nelpon|nelfon|telpon|telepon|menelepon|manggil|memanggil|"
    rf"ngadu|mengadu|komplain|protes|negur|menegur|ngomel|ribut|cekcok|berantem|bocorin|jualan|jual|jaga|njaga|buka|"
    rf"punya|punye|pegang|megang|biasa jualan|rumah\w*nya|"
    rf"rumah|rmh|warungnya|kiosnya|tokonya|lapaknya|anaknya|suaminya|istrinya|bapaknya|ibunya|motornya|mobilnya|"
    rf"kamarnya|"
    rf"mejanya|duduk|paling|ditunjuk|dituduh|dulu|pernah|sempat|baru)\b{_REST}"
)
_THE_ONE = re.compile(
    rf"\b(?:i|me)(?: was| am|'m|m)? the (?:one|person|guy|man|woman|lady|girl|customer|tenant|parent|mother|father|"
    rf"employee|passenger|driver|resident) (?:who|that|with|whose)\b{_REST}"
    rf"|\bthe (?:one|person) who [^.;!?\n\ufffc]{{3,60}} (?:was|is) me\b"
)
_PERSON = (
    r"(?:warga|karyawan|karyawati|pegawai|staf|staff|anak|ibu|bapak|emak|emak-emak|penghuni|penyewa|pedagang|penjual|"
    r"guru|murid|siswa|mahasiswa|sopir|supir|ojol|satpam|lc|terapis|kasir|pelanggan|member|tamu|pasien|perawat|dokter|"
    r"buruh|kuli|tukang \w+|pekerja|orang|cewek|cowok|perempuan|penumpang|kader|pensiunan|janda|duda|nenek|kakek|"
    r"pemuda|"
    r"pembantu|art|penjaga|operator|admin|koki|cleaning service|ob|atlet|pemain|jamaah|pengurus|relawan|marketing|"
    r"sales)"
)
_MARKED = (
    rf"(?:baru|br|{_WHEN}|pernah|sempat|satu-satunya|paling|pindah\w*|keluar|pensiun|jualan|jaga|pegang|megang|punya|"
    r"punye|duduk|rumahnya|rmhnya|anaknya|suaminya|istrinya|motornya|mobilnya|warungnya|kamarnya|mejanya|bapaknya|"
    r"ditunjuk|biasa|tiap hari|tiap malam|tiap malem|tinggal (?:di|pas|persis|sebelah|depan)|kerja|bertugas|dinas|"
    r"kelas|shift|pake|pakai|udah|sudah)"
)
_DESCRIBED = re.compile(rf"\b{ME},? {_LEAD}{_PERSON}\b(?: [^\s.,;!?\ufffc]+){{0,5}}? {_YANG} {_MARKED}\b{_REST}")
_JOB = (
    r"(?:pembantu|art|prt|asisten rumah tangga|baby ?sitter|pengasuh|tukang kebun|sopir pribadi|supir pribadi|perawat|"
    r"suster|lc|terapis|bidan|dukun bayi|ob|office boy|cleaning service|penjaga|kasir|chef|koki|barista|dj|marbot|"
    r"guru ngaji|imam|muadzin|kader|jumantik|pensiunan|resepsionis|waiter|waitress|pelayan|teknisi|operator|admin|"
    r"sekretaris|(?:mantan|eks|ex|bekas) (?:karyawan|karyawati|pegawai|pacar|istri|suami|pengurus|satpam|anggota|kasir|"
    r"staf|penghuni|pelanggan|sopir|supir|rt|rw|murid|siswa)|guru (?:kelas|honorer|bk|olahraga|agama|mapel|matematika))"
)
_JOBBED = re.compile(
    rf"\b{ME},? {_LEAD}{_JOB}(?:nya)?\b(?: \w+)? (?:di|dari|situ|sini|disitu|disini|sana|rumah|rmh|pak|bu|kelas|rt|rw|"
    rf"posyandu|itu|tersebut|sebelah|depan|lantai|lt|shift|blok|sif|tsb)\b{_REST}|\b{ME},? {_LEAD}(?:mantan|eks|ex|"
    rf"bekas) "
    rf"(?:karyawan|karyawati|pegawai|pacar|istri|suami|pengurus|satpam|kasir|staf|penghuni|sopir|supir)\b{_REST}"
)
_PARENT = re.compile(
    rf"\b{ME},? {_LEAD}(?:orang ?tua|ortu|wali|ibu|ayah|mama|papa|bapak|emak|bunda|nenek|kakek)(?: (?:murid|siswa|"
    rf"mahasiswa|pasien|santri|anak))?(?:nya)? (?:dari|kelas|si|ananda|an|a\.n\.?|atas nama)\b{_REST}"
)
_CHILD = re.compile(
    rf"\b(?:anak|adik|adek|ponakan|cucu)(?: {ME}|ku)\b(?: (?:yg|yang|ada|sekolah|skrg|sekarang|murid|siswa|di|"
    rf"duduk)){{0,4}}"
    rf" (?:kelas|kls|tk) (?:\d|[ivx]{{1,4}}\b|[ab]\b){_REST}"
)
_MY_CHILD = re.compile(
    rf"\bmy (?:son|daughter|kid|child|boy|girl) (?:is (?:in|at|the)|sits|studies in|goes to class)\b{_REST}"
)
_TWO = re.compile(
    rf"(?:\b(?:shift|sif|giliran|jaga|piket|malam|siang) (?:\w+ ){{0,2}})?\b(?:cuma|cuman|hanya|tinggal)(?: ada)? {ME} "
    rf"(?:sama|dan|sm|ama|dengan|dgn|berdua|bertiga|berempat|n|&|bareng)\b{_REST}"
)
_JUST_US = re.compile(rf"\b(?:just|only) (?:me|myself|my \w+) and\b{_REST}|\bonly (?:two|three|2|3) of us\b{_REST}")
_NEW = re.compile(
    rf"\b{ME} (?:kan |ini |emang |memang |juga |jg ){{0,2}}(?:baru|br)(?: aja| saja| banget| \d+ (?:hari|minggu|"
    rf"bulan))? "
    rf"(?:pindah|masuk|kerja|ngontrak|ngekos|keluar|resign|dipecat|di-?phk|pensiun|melahirkan|lahiran|nikah|menikah|"
    rf"cerai|"
    rf"operasi|diangkat|dimutasi)\b{_REST}"
    rf"|\b{ME}(?: \w+){{0,2}} (?:dipecat|di-?phk|dimutasi|diskors|dirumahkan|dikeluarin)\b(?= (?:kemarin|kemaren|"
    rf"kmrn|tgl|"
    rf"tanggal|minggu|bulan|krn|karena|gara)){_REST}"
)
_NEWLY = re.compile(
    rf"\bi (?:just|recently|only) (?:moved|started|joined|quit|resigned|got fired|gave birth)\b{_REST}"
    rf"|\bi (?:work|worked|used to work) (?:there )?as (?:a|an|the)\b{_REST}"
)
_FAMILY = (
    rf"(?:{FAMILY}|engkong|babe|nyak|encang|encing|empok|mbah|simbah|eyang|pakde|bude|paklik|bulik|om|tante|paman|bibi)"
)
_KIN = re.compile(
    rf"\b{_FAMILY}(?: {ME}|ku)(?: \ufffc)?,? (?:(?:{_YANG}|itu|kan|adalah|jadi|juga|kebetulan|memang|emang|kerja|"
    rf"bekerja|"
    rf"sbg|sebagai|mantan|dulu) ){{1,3}}(?:{OFFICE}|satpam|security|tukang|jualan|jual|jaga|punya|punye|guru|kasir|"
    rf"(?:kerja|bekerja|dagang) (?:di|disitu|situ|sana|disana)|rt|rw|pensiunan|bidan|dokter|perawat|korban|dipukul|"
    rf"ditabrak|dituduh|disitu|di situ|di sana)\b{_REST}"
    rf"(?:, ?(?:pak |bu |haji |hj |h )?\w+(?: \w+)?, (?:udah|sudah|udh|sdh)\b{_REST})?"
)
# "saya Pak [nama] yang pensiunan PLN": the name is closed, what follows leads to it.
_NAMED = re.compile(
    rf"\b(?:{ME}|ini|it's|this is)(?: (?:pak|bu|bapak|ibu|mas|mbak|mba|mpok|bang|kak|pakde|bude|haji|h|hj)\.?){{0,2}} ?"
    rf"\ufffc,? (?P<rest>{_YANG} (?!(?:{_WHEN} )?(?:sudah |udah )?(?:lapor|ngelapor|melapor|mau|ingin|"
    rf"tinggal)\b)[^.,;!?\n\ufffc]{{3,50}}|(?:tukang|penjual|penjaga|pensiunan|istrinya|anaknya|suaminya|"
    rf"ibunya|bapaknya) [^.,;!?\n\ufffc]{{2,50}})"
)
_KIN_WORDS = cue_words(_FAMILY, "ku")
_SIGN_WORDS = cue_words(
    "kader|ketua|wakil|sekretaris|bendahara|koordinator|wali|guru|kepala|penjaga|mantan|"
    "pengurus|jumantik|dasawisma|perawat|bidan|satpam|marbot"
)
_SIGNED_OFF = re.compile(
    r"(?:\n|\b(?:trims|makasih|terima ?kasih|tks|salam|hormat(?: (?:saya|kami))?|ttd)[.,! ]{1,3})[ \n]{0,4}"
    r"(?P<rest>(?:kader|ketua|wakil ketua|sekretaris|bendahara|koordinator|wali kelas|wali murid|guru|kepala|penjaga|"
    r"mantan|pengurus|jumantik|dasawisma|perawat|bidan|satpam|marbot)(?: [^\s.,;!?\ufffc]+){1,4})[.! ]{0,3}$"
)
_FACE = (
    r"(?:negur|menegur|tegur|negor|tegor|negornya|nyamperin|samperin|ngedatengin|datengin|mendatangi|datangi|labrak|"
    r"nglabrak|ngelabrak|melabrak|omelin|ngomelin|ngomel ke|marahin|memarahi|debat(?: sama| dengan)?|berdebat dengan|"
    r"ribut|cekcok|adu mulut|berantem|ngingetin|ingetin|ingatkan|mengingatkan|nasehatin|menasehati|ngusir|ngelarang|"
    r"larang|melarang|nanya baik-baik|minta baik-baik|bilang baik-baik|bilangin|ngomongin baik-baik|ngomong baik-baik)"
)
_TIMES = r"(?:\d{1,2} ?x|\d{1,2} kali|dua kali|tiga kali|berkali[ -]?kali|berkali2|bolak-balik|bolak balik|sering)"
_DONE = (
    r"(?:sudah|udah|udh|uda|ude|sdh|dah|telah|pernah|sempat|sempet|barusan|kemarin|kemaren|kmrn|tadi|tadi pagi|waktu|"
    rf"pas|langsung|malah|jg|juga|ikut|coba|nyoba|{_TIMES})"
)
_THEN = r"(?:[ ,]{1,2}(?:tapi|tp|tetapi|malah|eh|namun|dan|yg ada)\b[^.,;!?\n\ufffc]{0,60})?"
_FACED = re.compile(
    rf"\b{ME} (?:{_DONE} ){{1,4}}{_FACE}\b[^.,;!?\n\ufffc]{{0,50}}{_THEN}"
    rf"|\b{ME} {_FACE}\b[^.,;!?\n\ufffc]{{0,30}}[ ,]{{1,2}}(?:tapi|tp|malah|eh)\b[^.,;!?\n\ufffc]{{0,60}}"
)
_FACED_BY_ME = re.compile(rf"\b(?:{_DONE} ){{1,4}}{ME} (?:{_DONE} )?{_FACE}\b[^.,;!?\n\ufffc]{{0,50}}{_THEN}")
_CONFRONTED = re.compile(
    r"\bi (?:have |had |already |even |once |personally |just ){0,2}(?:confronted|scolded|warned|approached|"
    r"argued with|"
    r"asked) (?:him|her|them|the (?:owner|man|woman|guy|driver|vendor|seller|staff|boss|guard|chef|couple|family))\b"
    r"[^.,;!?\n\ufffc]{0,50}(?:[ ,]{1,2}(?:but|and)\b[^.,;!?\n\ufffc]{0,60})?"
)

_I = re.compile(rf"\b{ME}\b,? ")
# Tried where the writer says "I"; the words of which one must be there; the pattern; whether it is plain.
_FROM_ME: tuple[tuple[frozenset[str], re.Pattern[str], bool], ...] = (
    (_YANG_WORDS, _I_WHO, True),
    (_YANG_WORDS, _DESCRIBED, False),
    (cue_words(_JOB), _JOBBED, False),
    (
        cue_words("orang|orangtua|ortu|wali|ibu|ayah|mama|papa|bapak|emak|bunda|nenek|kakek"),
        _PARENT,
        False,
    ),
    (
        cue_words("baru|br|dipecat|phk|diphk|dimutasi|diskors|dirumahkan|dikeluarin"),
        _NEW,
        False,
    ),
    (cue_words(_FACE), _FACED, True),
)
# Tried everywhere, for the words of the writer stand at their end or are English.
_ANYWHERE: tuple[tuple[frozenset[str], re.Pattern[str], bool], ...] = (
    (_YANG_WORDS, _CLEFT, True),
    (cue_words("kelas|kls|tk"), _CHILD, False),
    (cue_words("cuma|cuman|hanya|tinggal"), _TWO, True),
    (cue_words(_FACE), _FACED_BY_ME, True),
)
_ENGLISH: tuple[tuple[frozenset[str], re.Pattern[str], bool], ...] = (
    (
        cue_words(
            "one|person|guy|man|woman|lady|girl|customer|tenant|parent|mother|father|employee|passenger|driver|resident"
        ),
        _THE_ONE,
        True,
    ),
    (cue_words("son|daughter|kid|child|boy|girl"), _MY_CHILD, False),
    (cue_words("just|only"), _JUST_US, True),
    (cue_words("just|recently|only|work|worked|used"), _NEWLY, False),
    (cue_words("confronted|scolded|warned|approached|argued|asked"), _CONFRONTED, True),
)
_ENGLISH_I = frozenset(("i", "my", "me", "us"))


def kin(page: Page) -> Iterator[Span]:
    """Clauses on what somebody of the writer's family is there."""
    if not _KIN_WORDS.isdisjoint(page.words) and writer_owns(page):
        yield from _found(_KIN, page.low, 0, certain=False)


def selves(page: Page) -> Iterator[Span]:
    """Clauses that tell which of the people there the writer is; certain where no other reading is left."""
    low = page.low
    if CLOSED in low:
        yield from _found(_NAMED, low, "rest", certain=False)
    if not _SIGN_WORDS.isdisjoint(page.words):
        yield from _found(_SIGNED_OFF, low, "rest", certain=False)
    if not _ENGLISH_I.isdisjoint(page.words):
        yield from _each(_ENGLISH, page)
    if not writer_speaks(page):
        return
    yield from _each(_ANYWHERE, page)
    rows = [row for row in _FROM_ME if not row[0].isdisjoint(page.words)]
    for me in _I.finditer(low) if rows else ():
        for _, pattern, certain in rows:
            if found := pattern.match(low, me.start()):
                yield _span(found, 0, certain=certain)


def _each(rows: tuple[tuple[frozenset[str], re.Pattern[str], bool], ...], page: Page) -> Iterator[Span]:
    for cues, pattern, certain in rows:
        if not cues.isdisjoint(page.words):
            yield from _found(pattern, page.low, 0, certain=certain)


def _found(pattern: re.Pattern[str], low: str, group: str | int, *, certain: bool) -> Iterator[Span]:
    for found in pattern.finditer(low):
        yield _span(found, group, certain=certain)


def _span(found: re.Match[str], group: str | int, *, certain: bool) -> Span:
    start = found.start(group)
    return Span(start, start + len(found[group].rstrip(" ,-")), Trace.THIRD_PARTY, certain=certain)
