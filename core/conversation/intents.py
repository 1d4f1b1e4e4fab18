"""How an answer is read: commands, numbers, yes and no, greetings; tables, so that a word is added in one place."""

import re
import unicodedata
from itertools import takewhile

from core import areas, suggest, tracking
from core.analysis import remembered
from core.phrases import CALLED

_JUNK = re.compile(r"[^\w\s/+-]+|_")
_SPACES = re.compile(r"\s+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that mean a command when they stand alone (or behind a slash); the carriers' own words are not among them.
COMMANDS: dict[str, tuple[str, ...]] = {
    "start": ("start", "mulai"),
    "report": ("lapor", "laporkan", "report"),
    "check": ("cek", "check", "status"),
    "forget": ("lupakan", "forget"),
    "add": ("tambah", "tambahkan", "add"),
    "withdraw": ("cabut", "tarik laporan", "withdraw"),
    "cancel": (
        "batal", "batalkan", "batalin", "ga jadi", "gak jadi", "nggak jadi", "tidak jadi", "gajadi", "drop", "cancel",
        "never mind", "nevermind", "stop", "berhenti", "wurung", "ora sido", "ora sida",
    ),
    "restart": ("ulang", "ulangi", "mulai lagi", "dari awal", "restart", "start over"),
    "help": ("bantuan", "bantu", "tolong", "petunjuk", "help", "helpme", "help me", "?"),
    "privacy": ("privasi", "privacy", "rahasia"),
    "code": ("kode", "code", "kode hilang", "lupa kode", "lost code"),
    "language": ("bahasa", "language", "ganti bahasa"),
    **{f"speak_{lang}": called for lang, called in CALLED.items()},
}  # fmt: skip
_BY_WORD = {word: name for name, words in COMMANDS.items() for word in words}
_OF_A_CODE = ("check", "forget", "add", "withdraw")
_TAKES_REST = frozenset({"start", "report", *_OF_A_CODE})
# What may part a command from its rest; "lapor.go.id" is somebody else's address.
_BREAK = re.compile(r"(?:[\s#:,;=/|>\u2013\u2014-]|\.(?!go\.id\b))+", re.IGNORECASE)
_BEFORE = "/#*\"'(\u2018\u201c"  # what may stand before one
_GLUED = re.compile(
    rf"({'|'.join(each for name in ('check', 'forget', 'add', 'withdraw') for each in COMMANDS[name])})(?=\d)",
    re.IGNORECASE,
)
_CODE_LIKE = 6  # digits behind CEK or LUPAKAN that make it a command and not a story
_MISREAD = frozenset("OoQlIi")  # letters that people write for digits

_YES = frozenset({
    "ya", "y", "iya", "yes", "ok", "oke", "okay", "benar", "betul", "bener", "setuju", "lanjut", "yup", "yoi", "sip",
    "siap", "sudah", "kirim", "send", "yes send", "send it", "sudah benar", "ya benar", "kirim saja", "kirimkan", "gas",
    "nggih", "inggih", "iyo",
})  # fmt: skip
_WRONG = frozenset({
    "bukan", "salah", "keliru", "bukan itu", "bukan yang itu", "kurang tepat", "salah semua", "itu salah", "not that",
    "wrong", "that is wrong", "that s wrong", "dudu", "dudu kuwi",
})  # fmt: skip
_ABSENT = frozenset({"ga ada", "gak ada", "nggak ada"})
_NO = _WRONG | {
    "tidak", "t", "no", "n", "enggak", "nggak", "engga", "gak", "ga", "tdk", "belum", "jangan", "none of these",
    "ora", "mboten",
} | _ABSENT  # fmt: skip
_SKIP = frozenset({
    "lewati", "lewat", "skip", "lewatkan", "tidak ada", "tidak tahu", "tidak tau", "ga tau", "gak tau", "gatau",
    "ga tahu", "nggak tahu", "tanpa tempat", "tanpa lokasi", "i don t know", "i dont know", "dont know", "none", "-",
})  # fmt: skip
# What shall be changed, said at any question instead of at the menu.
_CHANGES = {
    "category": frozenset({
        "ganti jenis", "ubah jenis", "jenis lain", "salah jenis", "jenis salah", "jenisnya salah", "jenisnya keliru",
        "bukan jenis itu", "ganti kategori", "kategori salah", "kategorinya salah", "salah kategori", "change kind",
        "wrong kind", "other kind", "change category", "wrong category",
    }),
    "place": frozenset({
        "ganti tempat", "ubah tempat", "salah tempat", "tempat salah", "tempatnya salah", "tempatnya keliru",
        "ganti lokasi", "ubah lokasi", "salah lokasi", "lokasi salah", "lokasinya salah", "alamatnya salah",
        "salah alamat", "change place", "wrong place", "change location", "wrong location",
    }),
    "text": frozenset({"ganti cerita", "ubah cerita", "ceritanya salah", "salah cerita", "change story"}),
    "photo": frozenset({
        "hapus foto", "fotonya salah", "salah foto", "foto salah", "ganti foto", "ubah foto", "remove photo",
        "remove photos", "wrong photo", "change photo",
    }),
}  # fmt: skip
_FOLLOW = frozenset({"ikut", "ikuti", "ikuti saja", "ikut saja", "follow", "follow it"})
_BACK = frozenset({"kembali", "balik", "balik lagi", "mundur", "sebelumnya", "back", "go back"})
_WHY = _words("siapa kenapa knp emang emangnya memang memangnya perlu harus wajib aman rahasia why who must safe need")
_WHO = _words("siapa sapa apaan who")
_WHO_BESIDE = _words("ini itu ya sih kok bot kamu anda lu dengan sama nomor are you is this")
_BACK_WORDS = 6
_OBJECTS = _words(
    "jangan tidak tdk tak bukan tolak ga gak nggak enggak batalkan no dont not reject keep ojo aja mboten"
)
_OBJECTION_WORDS = 6
_APART = _words("""
    pisah pisahkan dipisah dipisahkan terpisah misah keduanya duanya dua-duanya dua2nya masing masing-masing dua
    separate separately split apart both two
""")
_TOGETHER = _words(
    "satu gabung digabung gabungkan satuin satukan disatukan bareng sekalian sekaligus together one same"
)
_NOT = _words("jangan ga gak nggak ngga enggak tidak tdk tak usah not no dont don")
_WAY_WORDS = 7
_HOLD = _words("bentar sebentar tunggu ntar nanti sabar hold wait moment")
_HOLD_BESIDE = _words("eh dulu on lagi ya")
# What a word of consent, refusal or leaving out stands for, in the order in which an option is looked for.
SYNONYMS: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (_FOLLOW, ("follow",)),
    (_YES, ("send", "resume", "use", "close", "apart")),
    (_NO, ("other", "change", "drop", "fix", "ignore", "keep", "more", "back", "together")),
    (_SKIP, ("skip",)),
    (_BACK, ("back", "other")),
)
_NUMBERS = {
    word: n
    for n, words in enumerate(
        (
            ("satu", "one", "pertama", "kesatu", "first", "siji"), ("dua", "two", "kedua", "second", "loro"),
            ("tiga", "three", "ketiga", "third", "telu"), ("empat", "four", "keempat", "fourth", "papat"),
            ("lima", "five", "kelima", "fifth"), ("enam", "six", "keenam", "sixth"),
            ("tujuh", "seven", "ketujuh", "seventh"), ("delapan", "eight", "kedelapan", "eighth"),
            ("sembilan", "nine", "kesembilan", "ninth"), ("sepuluh", "ten", "kesepuluh", "tenth"),
        ),
        1,
    )
    for word in words
}  # fmt: skip
_NUMBER = re.compile(r"(\d{1,2}|[a-z]+)")
# Courtesy and pointing around an answer: "yang jalan rusak aja pak", "the second one please".
_LEADING = _words("no nomor nomer pilih pilihan pilihannya yang yg the number option saya mau ya iya oke ok i choose")
_TRAILING = _words("""
    pak bapak bu ibu mas mba mbak kak kakak min admin gan om bro sis nak dong deh ya yaa aja saja sih kok one please
    option itu terima kasih makasih
""")

_GREETINGS = _words("""
    halo hallo haloo hai hi hello hey pagi siang sore malam selamat pak bu bapak ibu mas mba mbak kak kakak min
    admin gan assalamualaikum assalamu alaikum aslm ass wr wb permisi punten p tes test good morning afternoon
    evening dear all resi bot saya mau ingin lapor melapor melaporkan tanya ada laporan om sis bro there want to
    i report a problem dong ya nih sugeng enjing sonten dalu kulo nuwun
""")
_THANKS = _words("""
    ok oke baik terima kasih terimakasih makasih makasi tengkyu trims trimakasih thanks thank you thx tq ya pak
    bu min kak banyak sangat sama siap sip noted sampai jumpa dadah bye good atas bantuan bantuannya very much
    matur nuwun suwun maturnuwun so many informasinya infonya resi nak pakde mas mba mbak bapak ibu kakak admin semua
    semuanya sehat selalu sukses
    lancar berkah semoga perhatian perhatiannya kerjasama kerjasamanya kerja samanya responnya bantuanmu deh dong yaa
    lagi nanti for your help have a nice great day have god bless see you later selamat tinggal malam siang sore pagi
""")
_THANKS_SAID = _words("""
    kasih terimakasih makasih makasi tengkyu trims trimakasih thanks thank thx tq noted siap sip bye dadah jumpa
    nuwun suwun maturnuwun oke ok baik jumpa tinggal
""")

_TITLES = _words("pak bapak bu ibu mas mba mbak kak kakak min admin gan om bro sis")
_HOURS = _words("pagi siang sore malam morning afternoon evening")
_HAILS = _words("""
    halo hallo haloo hai hi hello hey selamat assalamualaikum assalamu alaikum aslm ass permisi punten p tes test good
    dear resi bot lapor melapor melaporkan laporan report problem
""")
# Words that ask how a report is, or only name its code; and those that may stand beside them.
_PROGRESS = _words("""
    bagaimana gimana gmn status statusnya kabar kabarnya info infonya perkembangan perkembangannya progres progress
    update mana dimana kode kodenya code laporan laporannya report lacak pelacakan tracking how
""")
_BESIDE = _words("nomor no saya my ini this mohon tolong please cek sampai sudah apa is it going what about the of ya")
_ASSENT = _words("ok oke okay baik siap sip ya iya")

_ENGLISH = _words("""
    the is are was of and there in on at my our it not has have been please with this that street road from
""")
_INDONESIAN = _words("""
    yang di ada dan tidak ini itu sudah belum saya kami jalan dari ke untuk dengan mati rusak tolong pak bu
    banyak ga gak nggak udah jl jln dekat depan
""")


@remembered
def normal(text: str) -> str:
    """Folded for comparing: compatibility forms, lower case, no punctuation, single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _SPACES.sub(" ", _JUNK.sub(" ", folded)).strip()


def words_in(text: str) -> int:
    """How many words that hold a letter."""
    return sum(1 for word in text.split() if any(c.isalpha() for c in word))


def command_of(text: str) -> tuple[str, str] | None:
    """The command and what stands behind it, or None for plain words.

    A word means a command when it stands alone or behind a slash; LAPOR takes what follows, CEK and LUPAKAN take it
    only if it can be a code, since "cek lampu jalan di sini mati" is a story.
    """
    body = text.strip()
    slash = body.startswith("/")
    bare = body.lstrip(_BEFORE)
    alone = "help" if body == "?" else _alone(normal(bare))
    if alone is not None:
        return alone, ""
    glued = _GLUED.match(bare)
    first, *behind = (glued[1], bare[glued.end() :]) if glued else _BREAK.split(bare, maxsplit=1)
    name = _BY_WORD.get(normal(first.partition("@")[0] if slash else first))
    rest = behind[0].replace("#", " ").strip() if behind else ""
    if name is None or not (slash or _takes(name, rest)):
        return None
    return name, rest if name in _TAKES_REST else ""


def _alone(said: str) -> str | None:
    """Courtesy may stand around the words that take a draft back: "ga jadi deh pak"."""
    polite = _BY_WORD.get(_bare(said))
    return _BY_WORD.get(said) or (polite if polite in {"cancel", "restart"} else None)


def _takes(name: str, rest: str) -> bool:
    if name in {"add", "withdraw"}:
        # "tambah lampu di jalan ini" is a story: what is added to a report, or taken back, is named by its code.
        return any(code is not None for code in (tracking.tried(rest), tracking.inside(rest)))
    if name in {"check", "forget"}:
        digits = sum(c.isdigit() for c in rest)
        return digits >= _CODE_LIKE or (digits > 0 and not any(c.isalpha() and c not in _MISREAD for c in rest))
    return name == "report"


def number_of(text: str) -> int | None:
    """The number that an answer names, in digits or as a word."""
    found = _NUMBER.fullmatch(_bare(normal(text)))
    if found is None:
        return None
    said = found.group(1)
    return int(said) if said.isdigit() else _NUMBERS.get(said)


def _bare(said: str) -> str:
    """An answer without the courtesy around it; the last word stays, whatever it is."""
    words = said.split()
    courtesy = takewhile(_LEADING.__contains__, words[:-1])
    return _begun(" ".join(words[sum(1 for _ in courtesy) :]))


def _begun(said: str) -> str:
    """An answer without the courtesy behind it: "iya pak" is a yes, and no title."""
    words = said.split()
    while len(words) > 1 and words[-1] in _TRAILING:
        words.pop()
    return " ".join(words)


def _ways(said: str) -> tuple[str, ...]:
    """How an answer may be read: as it was said, and without courtesy."""
    return said, _begun(said), _bare(said)


def option_of(text: str, offered: tuple[str, ...], labels: tuple[str, ...]) -> str | None:
    """Which of the offered options the words mean: by number, by label, by a word of yes, no, skip or back."""
    if "together" in offered and way_of(text):
        return way_of(text)  # "satu saja" is no number there
    number = number_of(text)
    if number is not None:
        return offered[number - 1] if 1 <= number <= len(offered) else None
    said = normal(text)
    for way in _ways(said):
        found = _named(way, offered, labels)
        if found is not None:
            return found
    return None


def _named(said: str, offered: tuple[str, ...], labels: tuple[str, ...]) -> str | None:
    for option, label in zip(offered, labels, strict=True):
        if said and said == normal(label):
            return option
    for words, options in SYNONYMS:
        found = next((option for option in options if option in offered), None) if said in words else None
        if found is not None:
            return found
    return None


def is_back(text: str) -> bool:
    """Whether somebody wants the question before this one again."""
    return _bare(normal(text)) in _BACK


def is_wrong(text: str) -> bool:
    """Whether somebody says no more than that something is wrong: "bukan itu", "salah pak"."""
    return not _WRONG.isdisjoint(_ways(normal(text)))


def is_yes(text: str) -> bool:
    """Whether somebody agrees and says no more: "ya", "benar pak"."""
    return not _YES.isdisjoint(_ways(normal(text)))


def way_of(text: str) -> str:
    """Whether two problems shall be reported apart or together, by the id of that option; empty for other words."""
    said = set(normal(text).split())
    apart, together = bool(said & _APART), bool(said & _TOGETHER)
    if len(said) > _WAY_WORDS or apart == together:
        return ""
    return "apart" if apart and not said & _NOT else "together"


def change_of(text: str) -> str:
    """What somebody wants to change: an option of that menu; empty for other words."""
    said = _bare(normal(text))
    return next((option for option, words in _CHANGES.items() if said in words), "")


def is_bare(text: str) -> bool:
    """An answer to some question, and no story: a number, a yes, a no, "lewati", "balik"."""
    ways = _ways(normal(text))
    return number_of(text) is not None or any(not words.isdisjoint(ways) for words, _ in SYNONYMS)


def asks_who_we_are(text: str) -> bool:
    """A short question back, about us or about why we ask: "ini siapa?", "emang perlu alamat?"."""
    said = set(normal(text).split())
    asks = text.rstrip().endswith("?") and words_in(text) <= _BACK_WORDS and bool(said & _WHY)
    return asks or (bool(said & _WHO) and said <= _WHO | _WHO_BESIDE | _TITLES)


def is_hold(text: str) -> bool:
    """Whether somebody only asks us to wait."""
    said = set(normal(text).split())
    return bool(said & _HOLD) and said <= _HOLD | _HOLD_BESIDE | _TITLES


_VERDICT = re.compile(
    r"\W*(?:(?P<one>1)|(?P<two>2)"
    r"|(?P<yes>ya|iya|y|yes|yup|sudah|udah|udh|sdh|dah|beres|selesai|satu|solved|done|fixed)"
    r"|(?P<no>belum|blm|blom|tidak|tdk|gak|ga|nggak|enggak|ngga|masih|dua|no|nope|not|still))"
    r"(?![\w-])[\s.,:;!\u2013\u2014-]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
# Behind a yes these take it back, or may: it is asked again.
_BUT = re.compile(
    r"\b(?:tapi|tp|tetapi|namun|cuma|hanya|belum|blm|blom|masih|lagi|kembali|kurang|tidak|tdk|tak|gak|ga|nggak|enggak"
    r"|ngga|bukan|but|still|yet|not|no|again|except|isn|wasn|hasn)\b",
    re.IGNORECASE,
)
_NOT_YET = frozenset({"belum", "blm", "blom"})
_STILL = frozenset({"masih", "still"})
_AT_ALL = _words("sama sekali juga ada perubahan yet it is at all changed")
_DONE = _words("""
    beres selesai tuntas diperbaiki dibetulkan diangkut dibersihkan ditangani dikerjakan ditutup dipotong diaspal
    ditambal baik bagus bersih nyala menyala terang kering surut lancar aman normal rapi pulih solved fixed done
    repaired cleaned clean working good fine sudah udah
""")
_FEW = 4  # words behind a yes or a no, thanks not counted, where it may as well begin a story
_MORE = 20


def verdict_of(text: str, *, asked: bool) -> tuple[bool, str] | None:
    """Whether words say that a problem is solved, and what stands behind; None where they say neither.

    `asked`: they surely answer that question. Else "sudah tiga hari gelap", "tidak ada air" and "2 lampu mati di
    Cikini" are no answer to it: only a number, "belum", or a few words behind a yes or a no that tell of no problem.
    """
    found = _VERDICT.fullmatch(text.strip())
    if found is None:
        return None
    rest = found["rest"].strip()
    solved = bool(found["one"] or found["yes"])
    if solved and (_BUT.search(rest) or (found["yes"] and not _well(rest, asked=asked))):
        return None
    if asked or (solved and found["yes"]):
        return solved, rest
    if found["no"]:
        sure = _unwell(found["no"].lower(), rest)
    else:
        # "2 lampu mati di Cikini" begins with a number by chance.
        sure = bool(_BUT.search(rest)) or not (tells_problem(rest) and areas.find(rest).candidates)
    return (solved, rest) if sure else None


def _well(rest: str, *, asked: bool) -> bool:
    """Behind a yes: thanks, or words that say it went well."""
    said = [word for word in normal(rest).split() if word not in _THANKS | _TITLES]
    return not said or (not _DONE.isdisjoint(said) and (asked or len(said) <= _FEW))


def _unwell(no: str, rest: str) -> bool:
    """Behind a no: of "belum" much, of "masih" little, of "tidak" only what repeats it."""
    if no in _NOT_YET:
        return len(rest.split()) <= _MORE
    if no in _STILL:
        return len(rest.split()) <= _FEW and not tells_problem(rest)
    return set(normal(rest).split()) <= _DONE | _THANKS | _TITLES | _AT_ALL


_LIKELY = 0.5  # score from which words are taken to tell of a problem

# In front of a name these say what kind of area it is, and not that its office is the problem.
_WHEREABOUTS = re.compile(
    r"(?:di|lokasi|lokasinya|tempat|tempatnya|alamat|alamatnya|dekat|depan|at|in|near)\b", re.IGNORECASE
)
_OFFICE = re.compile(r"\b(?:kel|kelurahan|kec|kecamatan)\b", re.IGNORECASE)


def problem_in(text: str) -> suggest.Suggestion:
    """What problem the words tell of, those of a place left out."""
    return suggest.suggest(_OFFICE.sub(" ", text))


def is_whereabouts(text: str) -> bool:
    """Words that begin as a place does: "di sungai kel Marunda" names no problem of a river."""
    return _WHEREABOUTS.match(text.strip()) is not None


def tells_problem(text: str) -> bool:
    """Whether the words more likely than not tell of a problem that has a name; a doubtful guess is none."""
    ranked = problem_in(text).ranked
    return bool(ranked and ranked[0][1] >= _LIKELY)


def is_objection(text: str) -> bool:
    """Whether words say that a report shall not be withdrawn: its option's number, or few words that begin with no."""
    said = normal(text).split()
    refused = bool(said) and said[0] in _OBJECTS and len(said) <= _OBJECTION_WORDS
    return number_of(text) == 1 or refused


def is_skip(text: str) -> bool:
    """Whether the words leave a question open."""
    return normal(text) in _SKIP | _ABSENT or text.strip() == "-"


def is_greeting(text: str) -> bool:
    """Nothing but a greeting or an announcement: "selamat pagi pak, saya mau lapor"."""
    said = normal(text).replace("/", " ").split()
    return bool(said) and all(word in _GREETINGS for word in said)


def is_hail(text: str) -> bool:
    """A greeting that answers nothing, though a question waits: "malam" alone or "ada pak" may well be the answer."""
    said = set(normal(text).replace("/", " ").split())
    hour = bool(said & _HOURS) and said <= _HOURS | _TITLES and bool(said & _TITLES)
    return is_greeting(text) and (hour or bool(said & _HAILS))


def is_asking(text: str) -> bool:
    """Words beside a code that only ask how the report is: "kode saya ... bagaimana kabarnya?"."""
    said = set(normal(text).split())
    return bool(said & _PROGRESS) and said <= _PROGRESS | _BESIDE | _TITLES | _HAILS


def is_assent(text: str) -> bool:
    """A consent that is no thanks: "baik", "ok pak"."""
    said = set(normal(text).split())
    return bool(said & _ASSENT) and said <= _ASSENT | _TITLES


def is_thanks(text: str) -> bool:
    """Nothing but thanks or a farewell."""
    said = normal(text).split()
    return all(word in _THANKS for word in said) and any(word in _THANKS_SAID for word in said)


def language_of(text: str, known: tuple[str, ...]) -> str | None:
    """The language of a first message, where it is plain; None where it is not."""
    words = normal(text[:2000]).split()
    english = sum(word in _ENGLISH for word in words)
    indonesian = sum(word in _INDONESIAN for word in words)
    if "en" in known and english >= 2 and english > 2 * indonesian:  # noqa: PLR2004 - two words beyond chance
        return "en"
    if indonesian > 2 * english:
        return "id"
    return None
