"""The table of lines that are not the writer's own words, Indonesian and English; trim walks over it once."""

import re

_I = re.IGNORECASE

MARK_WIDTH = 400  # characters: a longer line is prose, whatever it begins with

# Everything below such a line is somebody else's.
CUTS = (
    re.compile(r"[-_*=\s>]{0,20}-{2,}\s*(?:original message|original appointment|pesan asli|pesan awal)\s*-{2,}", _I),
    re.compile(r"(?:reply above this line|balas di atas baris ini)\b", _I),
)

# The same, where the writer passes a mail on.
FORWARDS = (
    re.compile(
        r"[-_=*>\s]{0,20}[-_=]{2,}\s*(?:forwarded (?:message|mail|e-?mail|by)|pesan terusan"
        r"|(?:pesan|e-?mail) (?:yang )?(?:di)?teruskan|weitergeleitete (?:nachricht|e-?mail)"
        r"|message (?:transféré|réexpédié)|mensaje reenviado"
        r"|mensagem (?:encaminhada|reenviada)|messaggio inoltrato|doorgestuurd bericht|vidarebefordrat meddelande"
        r"|\u8f6c\u53d1\u7684\u90ae\u4ef6|\u8ee2\u9001\u30e1\u30c3\u30bb\u30fc\u30b8)(?!\w).{0,80}",
        _I,
    ),
    re.compile(
        r"(?:begin forwarded message|(?:awal|mulai) (?:dari )?pesan (?:yang )?(?:di)?teruskan"
        r"|anfang der weitergeleiteten (?:nachricht|e-?mail)|début du message (?:transféré|réexpédié)"
        r"|inicio del mensaje reenviado|begin doorgestuurd bericht|inizio messaggio inoltrato"
        r"|início da mensagem (?:encaminhada|reenviada))\s*:?\s*$",
        _I,
    ),
)

# A rule as Outlook draws it: a cut where a head of a quoted mail, or nothing, follows.
RULE = re.compile(r"[_\u2014\u2500]{10,}$|-{20,}$")

# A line that is nobody's words: it goes, what follows is read on.
DROPPED = (
    re.compile(
        r"(?:sent from|sent via) (?:my |the )?(?:iphone|ipad|android|samsung|galaxy|yahoo|outlook|mail\b|gmail|xiaomi|"
        r"redmi|oppo|vivo|realme|huawei|nokia|blackberry|proton|mobile|phone|tablet|smartphone|windows).{0,100}$",
        _I,
    ),
    re.compile(
        r"(?:dikirim|terkirim)(?: dari| melalui| menggunakan| lewat| via) (?:iphone|ipad|android|samsung|galaxy|yahoo|"
        r"outlook|mail\b|e-?mail|gmail|xiaomi|redmi|oppo|vivo|realme|huawei|nokia|blackberry|proton|hp |ponsel|"
        r"perangkat|telepon|tablet|smartphone|windows|surat|aplikasi).{0,100}$",
        _I,
    ),
    re.compile(r"(?:get|download) (?:outlook|yahoo|bluemail|gmail) (?:for|on)\b.{0,120}$", _I),
    re.compile(r"(?:dapatkan|unduh) (?:outlook|yahoo|bluemail|gmail) (?:untuk|di)\b.{0,120}$", _I),
    re.compile(r"(?:virus-free|bebas[ -](?:dari )?virus)\b.{0,80}(?:avast|avg|\.com).{0,80}$", _I),
    re.compile(
        r"\[?(?:caution|external e-?mail|external sender|peringatan)\b.{0,20}(?:originated|eksternal|outside)", _I
    ),
    re.compile(r"you don'?t often get email from\b", _I),
    re.compile(r"anda (?:jarang|tidak sering) menerima email dari\b", _I),
    re.compile(r"\[(?:image|cid|gambar|inline image)\s*:[^\]]{0,200}\]$", _I),
)

# The small print of companies, under one's own words; strict, since "this mail is confidential" can begin a report.
DISCLAIMERS = (
    re.compile(
        r"[*_\s]{0,4}(?:disclaimer|confidentiality notice|penafian|pemberitahuan kerahasiaan)\b[*_\s]{0,4}[:.]?", _I
    ),
    re.compile(r"this (?:e-?mail|message)(?: message)?,? (?:and any|including any|is intended (?:only|solely))", _I),
    re.compile(
        r"the information (?:contained |transmitted )?in this (?:e-?mail|message|communication|transmission)", _I
    ),
    re.compile(
        r"(?:e-?mail|pesan|surat elektronik) ini,? (?:beserta|dan|termasuk|berikut) (?:\w{1,10} )?lampiran",
        _I,
    ),
    re.compile(
        r"informasi (?:yang (?:terkandung|terdapat|ada) )?(?:di |pada )?dalam (?:e-?mail|pesan|surat elektronik) ini",
        _I,
    ),
    re.compile(r"please consider the environment before printing|pertimbangkan lingkungan sebelum mencetak", _I),
)

SIGNATURE = re.compile(r"(?:--|\u2014|\u2013\u2013)$")

# "Pada ... menulis:" and its kin; may be broken over several lines.
ATTRIBUTION_START = re.compile(
    r"(?:pada|on|tanggal|hari|senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|sen|sel|rab|kam|jum|sab|min|"
    r"mon|tue|wed|thu|fri|sat|sun)\b|\d{1,4}[-/. ]|<|\"|[^<>]{1,80}<[^<>\s]{1,200}@",
    _I,
)
ATTRIBUTION_END = re.compile(r".{0,400}\b(?:menulis|wrote|writes|mengirim(?:kan)? (?:pesan|email))\s*:?\s*$", _I)
ATTRIBUTION_PROOF = re.compile(r".{0,400}?(?:@|\b\d{1,2}[:.]\d\d\b|\b(?:19|20)\d\d\b)", _I)

# The head of a quoted mail, as Outlook and Yahoo write it.
_KEY = r"\*{{0,2}}(?:{})\s*:\*{{0,2}}(?:\s|$)"
HEAD_FROM = re.compile(_KEY.format("from|dari|pengirim"), _I)
HEAD_SENT = re.compile(_KEY.format("sent|date|dikirim|terkirim|tanggal|waktu"), _I)
HEAD_MORE = re.compile(_KEY.format("to|subject|kepada|untuk|ke|perihal|subjek|judul|cc"), _I)

# Any line of such a head.
HEAD_LINE = re.compile(
    r"[*_]{0,2}(?:from|sent|date|to|cc|bcc|subject|reply-to|importance|attachments?|dari|pengirim|dikirim|terkirim"
    r"|tanggal|waktu|kepada|untuk|ke|tembusan|perihal|subjek|judul|von|gesendet|datum|an|betreff|de|envoyé|à|objet"
    r"|enviado(?: el)?|fecha|para|asunto|da|inviato|a|oggetto|data|assunto|van|verzonden|aan|onderwerp)"
    r"\s{0,2}[:\uff1a][*_]{0,2}(?:\s|$)",
    _I,
)

_NAME_AFTER = r"(?:[\s,.!]{1,3}(?:[A-Z][\w.'-]{0,30}\s?){1,3})?[\s,.!:;\U0001f64f]{0,6}$"
CLOSING = re.compile(
    r"(?:(?i:"
    r"(?:demikian|sekian)(?: \w{1,15}){0,4}"
    r"|(?:(?:demikian|sekian),? (?:dan )?)?(?:atas \w{1,20}(?: \w{1,15}){0,5},? )?"
    r"(?:saya |kami )?(?:ucapkan |haturkan |sampaikan )?"
    r"(?:terima ?kasih|trima ?kasih|makasih|trims|trimakasih|tks|thx)(?: banyak| sebelumnya| ya)?"
    r"(?: atas \w{1,20}(?: \w{1,15}){0,4})?(?: saya| kami| pak| bu)?"
    r"|(?:hormat|salam)(?: (?:saya|kami|hormat|hangat|takzim))?"
    r"|was+alam(?:u'?alaikum)?(?: \w{1,20}\.?){0,3}"
    r"|(?:many )?thanks(?: a lot| so much)?(?: (?:and|&) (?:best |kind )?regards)?|thank you(?: very much| so much)?"
    r"|(?:best|kind|kindest|warm|warmest)?\s?regards|sincerely(?: yours)?|yours (?:truly|sincerely|faithfully)"
    r"|cheers|respectfully(?: yours)?|best wishes|cordially"
    r"))" + _NAME_AFTER
)  # fmt: skip

GREETING = re.compile(
    r"(?:halo|hallo|hai|hi|hello|dear|yth|yang terhormat|kepada|selamat (?:pagi|siang|sore|malam)|assalam|ass\.?wr|"
    r"salam|dengan hormat|permisi|punten|good (?:morning|afternoon|evening)|"
    r"(?:pak|bu|bapak|ibu|admin|min|kak)\b.{0,20}$)",
    _I,
)

# In the lines under a closing: what is no name but still news.
NEWS = re.compile(
    r"(?:lokasi|alamat|tempat|tkp|titik|patokan|di|ke|dekat|depan|samping|belakang|jl|jln|jalan|gang|gg|kode|cek|"
    r"kel|kelurahan|kec|kecamatan|location|address|place|at|in|near|code|nb|ps|p\.s|catatan|note|foto|lampiran|ya|"
    r"tidak|yes|no|lewati|batal|lupakan)\b",
    _I,
)
CONTACT = re.compile(
    r"(?:hp|telp?|telepon|tel|wa|whatsapp|phone|mobile|no\.? ?(?:hp|wa|telp)|e-?mail|fb|ig|fax)\b\s{0,2}[.:]?|"
    r"\S{1,80}@\S|https?://|www\.|[+(]?\d[\d\s().+-]{6,20}$",
    _I,
)
