"""The table of lines with which people end a mail, Indonesian and English: closings, names, telephones."""

import re

_I = re.IGNORECASE

SIGNATURE = re.compile(r"(?:--|\u2014|\u2013\u2013)$")
# Other rules that people draw above their name, and nothing but a name.
RULE = re.compile(r"(?:[-\u2013\u2014]{2,9}|[_=*~+#]{2,80}|[-\u2500]{10,80})$")
# "-Budi Santoso", "-- Budi", "~ Siti", "// Ani": a name behind a dash, at the end.
DASHED = re.compile(
    r"(?P<dash>-{1,3}|[\u2013\u2014~]{1,2}|//)(?P<gap>\s{0,2})(?P<name>[^\W\d_][\w.'\u2019-]{0,30}(?:\s[^\W\d_][\w.'\u2019-]{0,30}){0,4})"
    r"[.,]?(?:\s?[~\u2013\u2014-]{1,2})?$"
)
# What may stand in front of a name, or in it.
TITLES = frozenset(
    {
        *(
            "admin",
            "al",
            "bang",
            "bapak",
            "bin",
            "binti",
            "bpk",
            "bu",
            "da",
            "de",
            "den",
            "der",
            "di",
            "dr",
            "dra",
            "drs",
        ),
        *("el", "h", "haji", "hajah", "hj", "ibu", "ir", "kak", "ketua", "la", "mas", "mbak", "mr", "mrs", "ms", "pak"),
        *("prof", "rt", "rw", "saudara", "sdr", "sdri", "van", "von", "warga"),
    }
)
SYMBOLS = re.compile(r"[\u2600-\u27bf\ufe0f\U0001f300-\U0001faff\s]+")  # that people put before a telephone
BULLET = re.compile(r"[-\u2013\u2014*\u2022~]\s{0,3}\S")
# Below a line of dashes: what tells more of the report, and is no signature.
TELLS = re.compile(r"(?:lokasi|tkp|titik|patokan|kronologi|location|place|nb|ps|p\.s|catatan|note|foto|lampiran)\b", _I)

_NAME_AFTER = r"(?:[\s,.!]{1,3}(?:[A-Z][\w.'-]{0,30}\s?){1,3})?[\s,.!:;\u2600-\u27bf\ufe0f\U0001f300-\U0001faff]{0,6}$"
CLOSING = re.compile(
    r"(?:(?i:"
    r"(?:demikian|sekian)(?: \w{1,15}){0,4}"
    r"|(?:(?:demikian|sekian)(?: \w{1,15}){0,4},? (?:dan )?)?(?:atas \w{1,20}(?: \w{1,15}){0,5},? )?"
    r"(?:saya |kami )?(?:ucapkan |haturkan |sampaikan )?"
    r"(?:terima ?kasih|trima ?kasih|makasih|trims|trimakasih|tks|thx|matur (?:sembah )?nuwun|suwun|hatur nuhun)"
    r"(?: banyak| sebelumnya| ya| sanget)?"
    r"(?: atas \w{1,20}(?: \w{1,15}){0,4})?(?: saya| kami| pak| bu)?"
    r"|(?:hormat|salam)(?: (?:saya|kami|hormat|hangat|takzim|sejahtera|dari|warga|rt|rw|\d{1,3})){0,5}|ttd\.?|tertanda"
    r"|was+alam(?:u'?alaikum)?(?: \w{1,20}\.?){0,3}"
    r"|(?:many )?thanks(?: a lot| so much)?(?: (?:and|&) (?:best |kind )?regards)?|thank you(?: very much| so much)?"
    r"|(?:with )?(?:best|kind|kindest|warm|warmest)?\s?regards|b?rgds|sincerely(?: yours)?"
    r"|yours(?: (?:truly|sincerely|faithfully))?|cheers|respectfully(?: yours)?|(?:all the )?best(?: wishes)?|cordially"
    r"|(?:mit (?:freundlichen|besten)|viele|liebe|beste) gr(?:ü|ue)(?:ß|ss)en?|mfg|cordialement|bien à vous|saludos"
    r"|un saludo|atentamente|met vriendelijke groet(?:en)?|hartelijke groet(?:en)?|med vänlig hälsning"
    r"))" + _NAME_AFTER
)  # fmt: skip

# A last sentence that thanks: the words stay, and a name below goes.
THANKS_LAST = re.compile(
    r".{0,400}\b(?:terima ?kasih|makasih|thanks|thank you|trims)(?: \w{1,12}){0,2}[\s.!,]{0,6}$", _I
)
# Where an office or a home is, in the lines of a signature.
OWN_PLACE = re.compile(r"(?:jl|jln|jalan|gang|gg|komplek|perumahan|gedung|menara|apartemen|apt|lantai|lt)\b", _I)

# What somebody is, and where they work; in capitals, as nobody tells a story.
OFFICE = re.compile(
    r"\b(?:kepala|wakil|ketua|sekretaris|bendahara|anggota|pengurus|seksi|kasi|kasubag|kabag|subbag\w*|bidang|bagian|divisi"
    r"|departemen|dinas|sudin|suku|badan|kementerian|kelurahan|kecamatan|staff?|guru|dosen|dokter|advokat|notaris|penata"
    r"|pembina|direktur|komisaris|karyawan\w*|mahasiswa|universitas|institut|sekolah|sd|sdn|smp|smpn|sman?|smk|smkn|rs|rsud"
    r"|yayasan|koperasi|pt|cv|tbk|rt|rw|nip|nrk|nuptk|manager|manajer|director|supervisor|officer|engineer|head|chief|lead"
    r"|assistant|asisten|consultant|konsultan|analyst|specialist|coordinator|koordinator|admin\w*|secretary|president|ceo"
    r"|department|division|ltd|inc|university|school|hospital|bank)\b",
    _I,
)
SMALL = frozenset(("dan", "and", "of", "the", "for", "untuk", "di", "pada", "ext", "ext.", "a.n.", "u.p."))
MOTTO = re.compile(r"[\"\u201c\u201d'*_].{3,100}[\"\u201c\u201d'*_]$")

# Words of a story that say where.
WHERE = re.compile(
    r"\b(?:di|dekat|depan|samping|belakang|sekitar|seberang|sepanjang|jl|jln|gg|gang|at|near|behind|along|opposite)\b",
    _I,
)

GREETING = re.compile(
    r"(?:halo|hallo|hai|hi|hello|dear|yth|yang terhormat|kepada|selamat (?:pagi|siang|sore|malam)|assalam|ass\.?wr|"
    r"salam|dengan hormat|permisi|punten|good (?:morning|afternoon|evening)|"
    r"(?:pak|bu|bapak|ibu|admin|min|kak)\b(?:\s\w{1,12}){0,2}[\s,.!]{0,3}$)",
    _I,
)

# In the lines under a closing: what is no name but still news.
NEWS = re.compile(
    r"(?:lokasi|alamat|tempat|tkp|titik|patokan|di|ke|dekat|depan|samping|belakang|jl|jln|jalan|gang|gg|kode|cek|"
    r"kel|kelurahan|kec|kecamatan|location|address|place|at|in|near|code|nb|ps|p\.s|catatan|note|foto|lampiran|ya|"
    r"tidak|yes|no|lewati|batal|lupakan)\b",
    _I,
)
REACHED = re.compile(r"\S@\S|https?://|www\.|\d[\d\s().+-]{6,}\d")
CARD_WIDTH = 100  # characters
CONTACT = re.compile(
    r"(?:hp|telp?|telepon|tel|wa|whatsapp|phone|mobile|no\.? ?(?:hp|wa|telp)|e-?mail|fb|ig|fax)\b\s{0,2}[.:]?|"
    r"\S{1,80}@\S|https?://|www\.|[+(]?\d[\d\s().+-]{6,20}$",
    _I,
)
