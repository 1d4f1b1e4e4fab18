"""Automatic answers that no header and no subject shows: all that they say is who is away, and when they answer.

A person says so too, and tells something beside it: so there has to be nothing else, and what only a program promises.
"""

import re

from core import places

_LONGEST = 700  # characters; who is away says little
_BEGINS = r"(?:\A|[.!?:,)]\s)(?:\w{1,12} ){0,3}?"  # of a sentence
_MAIL = r"(?:e-?mail|e-?mel|surel|pesan|mesej|surat)(?:nya)?"
# Who is away, as a person says it as well.
_AWAY = re.compile(
    r"\b(?:saya|kami|kula)\b.{0,40}\b(?:cuti|bercuti|libur|prei|perjalanan dinas|dinas luar|tugas luar"
    r"|tidak (?:sedang )?(?:berada |ada )?di (?:kantor|tempat)|di luar (?:kantor|kota|negeri))\b"
    r"|\b(?:i am|i'm|i will be|i'll be|we are)\b.{0,40}\b(?:out of (?:the )?office|on (?:\w{1,12} )?leave|on vacation"
    r"|on holiday|away|travell?ing)\b",
    re.IGNORECASE,
)
# What becomes of the mail meanwhile.
_MEANWHILE = re.compile(
    rf"\b(?:tidak|belum|tak) (?:dapat|bisa|boleh) (?:segera )?(?:membalas|mengakses|membaca|memeriksa) {_MAIL}"
    rf"|\bakses (?:saya )?(?:ke |terhadap )?(?:{_MAIL}|internet)\b.{{0,30}}\bterbatas"
    rf"|{_MAIL} (?:anda|bapak|ibu|saudara)\b.{{0,30}}\b(?:balas|respons?|jawab|tanggapi|baca|tindak ?lanjuti)"
    r"|\bakan (?:saya |kami )?(?:mem)?balas\w{0,3} (?:\w{1,12} ){0,2}(?:setelah|se(?:kembali|pulang)\w{0,4}|selepas)"
    r"|\b(?:untuk|bila|jika|kalau) (?:ada )?(?:hal|urusan|keperluan|perkara)(?:-hal)?"
    r"(?: yang)? (?:mendesak|penting|urgent|segera)\W{1,3}(?:silakan|silahkan|mohon|dapat|bisa|harap|hubungi)\b"
    r"|\b(?:respond|reply|get back) (?:to (?:you|your \w{1,9}) )?(?:(?:up)?on|when|after|as soon as|once) (?:i|my)\b"
    r"|\b(?:limited|no|without|intermittent) (?:access to|internet)|\bin my absence\b"
    r"|\b(?:urgent|immediate|pressing) (?:matters?|assistance|issues?|requests?|help|attention)",
    re.IGNORECASE,
)
# Sentences that nobody but a program begins, and those of languages in which nobody reports to us.
_ALONE = re.compile(
    rf"{_BEGINS}(?:{_MAIL}|kotak (?:surat|masuk)|alamat {_MAIL}) ini tidak (?:dipantau|dimonitor|dibaca|dapat dibalas)"
    r"|\bthis (?:mailbox|inbox|(?:e-?mail )?(?:address|account)) is (?:not monitored|unattended|unmonitored)"
    r"|\bkotak (?:surat|masuk)(?: penerima)? (?:sudah |telah )?penuh\b|\b(?:recipient's )?mailbox is full\b"
    r"|\b(?:bin|befinde|ist|sind)\b.{0,60}\b(?:nicht im (?:büro|buero|haus)|(?:im|in) urlaub|abwesend|außer haus)\b"
    r"|\bwird nicht (?:\w{1,12} )?weitergeleitet"
    r"|\b(?:ben|is|zijn)\b.{0,40}\b(?:afwezig|(?:met|op) vakantie|niet (?:aanwezig|op kantoor))\b"
    r"|\b(?:suis|serai|sommes)\b.{0,40}\b(?:absente?|en congés?|en vacances)\b"
    r"|\b(?:estoy|estaré|estamos)\b.{0,30}\b(?:fuera de (?:la )?oficina|de vacaciones|ausente)\b"
    r"|\bsono\b.{0,30}\b(?:assente|fuori (?:ufficio|sede)|in ferie)\b"
    r"|\b(?:estou|estarei)\b.{0,30}\b(?:fora do escritório|de férias|ausente)\b"
    r"|\b(?:нахожусь|буду|сейчас)\b.{0,20}\bв отпуске\b|\b(?:đang|hiện)\b.{0,20}\b(?:nghỉ phép|vắng mặt)\b"
    "|(?:休暇|不在|出張).{0,60}(?:返信|連絡|回答)|(?:邮件|郵件|来信|來信|信件|来函)[^。]{0,12}收到"
    "|(?:休假|出差|外出).{0,40}(?:回复|回覆|联系|聯絡)|(?:휴가|부재|출장).{0,40}(?:답변|회신|연락)",
    re.IGNORECASE,
)

# Each way above holds one of these, folded: they are looked for in a hundredth of the time.
_AWAY_HOLDS = (
    *("cuti", "libur", "prei", "dinas", "luar", "kantor", "tempat"),
    *("office", "leave", "vacation", "holiday", "away", "travel"),
)
_ALONE_HOLDS = (
    *("ini tidak di", "ini tidak dapat", "penuh", "monitored", "unattended", "full"),
    *("nicht im", "urlaub", "abwesend", "haus", "weitergeleitet", "afwezig", "vakantie", "aanwezig", "kantoor"),
    *("absent", "congé", "vacances", "oficina", "vacaciones", "ausente", "assente", "fuori", "ferie"),
    *("escritório", "férias", "отпуске", "nghỉ phép", "vắng mặt"),
    *("休暇", "不在", "出張", "收到", "休假", "出差", "外出", "휴가", "부재", "출장"),
)


def is_absence(own_words: str) -> bool:
    """Whether words say nothing but that nobody reads the mail now."""
    if len(own_words) > _LONGEST:
        return False
    said = " ".join(own_words.split())
    folded = said.casefold()
    away = _holds(folded, _AWAY_HOLDS) and _AWAY.search(said) is not None and _MEANWHILE.search(said) is not None
    alone = away or (_holds(folded, _ALONE_HOLDS) and _ALONE.search(said) is not None)
    return alone and not places.find(own_words).candidates


def _holds(folded: str, words: tuple[str, ...]) -> bool:
    return any(word in folded for word in words)
