"""Replies as mail programs write them, text and pages, in many languages; the writer's own words are always OWN.

Shapes are those of real programs; words and people are made up.
"""

OWN = "Sudah saya cek, lampunya masih mati.\nTolong dilihat lagi."
_LAPOR = "Lapor Kota <lapor@kota.test>"
_SAID = "Kode Anda 2345\nBalas 1 bila selesai."
_QUOTED = "> Kode Anda 2345\n> Balas 1 bila selesai."


def _above(*lines: str, quoted: bool = True) -> str:
    return "\n".join([OWN, "", *lines, "", _QUOTED if quoted else _SAID])


# One line between the words and the quote, as each program writes it.
_ATTRIBUTIONS = {
    "Gmail, English": f"On Mon, Jun 3, 2024 at 10:15\u202fAM {_LAPOR} wrote:",
    "Gmail, English, wrapped in the address": "On Mon, Jun 3, 2024 at 10:15 AM Lapor Kota <\nlapor@kota.test> wrote:",
    "Gmail, Indonesian": f"Pada tanggal Sen, 3 Jun 2024 pukul 10.15 {_LAPOR} menulis:",
    "Gmail, Indonesian, comma": f"Pada Sen, 3 Jun 2024 10.15, {_LAPOR} menulis:",
    "Gmail, Malay": f"Pada Isn, 3 Jun 2024 pada 10:15 PG {_LAPOR} menulis:",
    "Gmail, German": f"Am Mo., 3. Juni 2024 um 10:15 Uhr schrieb {_LAPOR}:",
    "Gmail, Dutch": f"Op ma 3 jun 2024 om 10:15 schreef {_LAPOR}:",
    "Gmail, French": f"Le lun. 3 juin 2024 à 10:15, {_LAPOR} a écrit :",
    "Gmail, Spanish": "El lun, 3 jun 2024 a las 10:15, Lapor Kota (<lapor@kota.test>) escribió:",
    "Gmail, Portuguese": f"Em seg., 3 de jun. de 2024 às 10:15, {_LAPOR} escreveu:",
    "Gmail, Italian": f"Il giorno lun 3 giu 2024 alle ore 10:15 {_LAPOR} ha scritto:",
    "Gmail, Russian": f"пн, 3 июн. 2024\u202f\u0433. в 10:15, {_LAPOR}:",
    "Gmail, Polish": f"pon., 3 cze 2024 o 10:15 {_LAPOR} napisał(a):",
    "Gmail, Chinese": f"{_LAPOR} 于2024年6月3日周一 10:15写道\uff1a",
    "Gmail, Japanese": f"2024年6月3日(月) 10:15 {_LAPOR}:",
    "Gmail, Korean": f"2024년 6월 3일 (월) 오전 10:15, {_LAPOR}님이 작성:",
    "Gmail, Vietnamese": f"Vào Th 2, 3 thg 6, 2024 vào lúc 10:15 {_LAPOR} đã viết:",
    "Gmail, years ago": f"2014-06-03 10:15 GMT+07:00 {_LAPOR}:",
    "Gmail, years ago, without a colon": f"2014/6/3 10:15 {_LAPOR}",
    "Apple Mail": f"On 3 Jun 2024, at 10:15, {_LAPOR} wrote:",
    "Apple Mail, Indonesian": f"Pada 3 Jun 2024, pukul 10.15, {_LAPOR} menulis:",
    "Apple Mail, German": f"Am 03.06.2024 um 10:15 schrieb {_LAPOR}:",
    "Apple Mail, Dutch": f"Op 3 jun. 2024, om 10:15 heeft {_LAPOR} het volgende geschreven:",
    "Apple Mail, Swedish": f"3 juni 2024 kl. 10:15 skrev {_LAPOR}:",
    "Thunderbird": "On 6/3/24 10:15, Lapor Kota wrote:",
    "Thunderbird, Indonesian": "Pada 03/06/2024 10.15, Lapor Kota menulis:",
    "Thunderbird, German": "Am 03.06.24 um 10:15 schrieb Lapor Kota:",
    "Outlook for Mac": 'On 3/6/24, 10.15, "Lapor Kota" <lapor@kota.test> wrote:',
    "Yahoo": f"    On Monday, June 3, 2024 at 10:15:00 AM GMT+7, {_LAPOR} wrote:  ",
    "Yahoo, Indonesian": f"    Pada Senin, 3 Juni 2024 pukul 10.15.00 WIB, {_LAPOR} menulis:  ",
    "Yahoo, years ago": "--- On Tue, 6/3/14, Lapor Kota <lapor@kota.test> wrote:",
    "Zoho": f"---- On Mon, 03 Jun 2024 10:15:00 +0700 {_LAPOR} wrote ----",
    "Zoho, now": f" ---- On Mon, 03 Jun 2024 10:15:00 +0700  {_LAPOR} wrote --- ",
    "Zoho, Indonesian": f"---- Aktif Sen, 03 Jun 2024 10:15:00 +0700 {_LAPOR} menulis ----",
    "Proton": f"On Monday, June 3rd, 2024 at 10:15 AM, {_LAPOR} wrote:",
    "Proton, Indonesian": f"Pada hari Senin, 3 Juni 2024 pukul 10.15, {_LAPOR} menulis:",
    "Webmail, Indonesian": f"Pada Sen, 3 Jun 2024 pukul 10.15 {_LAPOR} menuliskan:",
    "Webmail, Indonesian, no address": "Pada 3 Juni 2024 10.15, Lapor Kota menuliskan:",
    "Webmail, Indonesian, wordy": "Pada Senin, 03 Juni 2024 10.15 WIB, Lapor Kota menulis pesan:",
    "Polish": "W dniu 03.06.2024 o 10:15, Lapor Kota pisze:",
    "the day behind the address": f"{_LAPOR} pada 3 Juni 2024 10.15 menulis:",
    "K-9": "Am 3. Juni 2024 10:15:00 GMT+07:00 schrieb Lapor Kota <lapor@kota.test>:",
    "K-9, English": f"On June 3, 2024 10:15:00 AM GMT+07:00, {_LAPOR} wrote:",
    "K-9, Indonesian": f"Pada 3 Juni 2024 10.15.00 WIB, {_LAPOR} menulis:",
    "Samsung": f"Pada Sen, 3 Jun 2024 pukul 10.15 {_LAPOR} menulis:",
    "Spark": "On 3 Jun 2024 at 10.15 +0700, Lapor Kota <lapor@kota.test>, wrote:",
    "Mutt": f"On Mon, Jun 03, 2024 at 10:15:00AM +0700, {_LAPOR} wrote:",
    "Gnus": f"{_LAPOR} writes:",
    "Roundcube": "On 2024-06-03 10:15, Lapor Kota wrote:",
    "Roundcube, Indonesian": "Pada 2024-06-03 10:15, Lapor Kota menulis:",
    "eM Client": '------ Original Message ------\nFrom "Lapor Kota" <lapor@kota.test>\nTo budi@warga.test',
    "somebody alone": f"{_LAPOR} wrote:",
    "a date and an address": f"2014/6/3 {_LAPOR}",
    "a date and an address, wrapped": "2014-06-03 10:15 GMT+07:00 Lapor <\nlapor@kota.test>:",
    "a date and a zone": "2014-06-03 10:15 GMT+07:00 Lapor Kota",
    "the day behind the name": f"{_LAPOR} schrieb am Mo., 3. Juni 2024 um 10:15 Uhr:",
    "dashes all around": "------On 03/06/2024 10:15, Lapor Kota wrote-----",
    "by a bracket": "Lapor Kota (lapor@kota.test) wrote:",
}
# Lines that only what follows shows to be one.
_BEFORE_QUOTES = (
    "Lapor Kota wrote on 3/6 :",
    "lapor via Kota Kita wrote:",
    "- On 2024-06-03 10:15, Lapor Kota wrote:",
    "pe 3. kes\u00e4kuuta 2024 klo 10.15 Lapor Kota\n<lapor@kota.test> kirjoitti:",
)
_IN_ONE_LINE = ("Gmail, English", "Gmail, Indonesian", "Apple Mail", "Proton")
# Some lines as a head above the mail that is answered, which no sign tells apart.
_HEADS = {
    "Outlook": f"From: {_LAPOR} \nSent: Monday, June 3, 2024 10:15 AM\nTo: Budi <budi@warga.test>\nSubject: RE: lampu",
    "Outlook, Indonesian": f"Dari: {_LAPOR} \nDikirim: Senin, 03 Juni 2024 10.15\nKepada: Budi\nPerihal: RE: lampu",
    "Outlook, Malay": f"Daripada: {_LAPOR}\nDihantar: Isnin, 3 Jun 2024 10:15\nKepada: Budi\nSubjek: lampu",
    "Outlook, German": f"Von: {_LAPOR}\nGesendet: Montag, 3. Juni 2024 10:15\nAn: Budi\nBetreff: lampu",
    "Outlook, French": f"De : {_LAPOR}\nEnvoyé : lundi 3 juin 2024 10:15\nÀ : Budi\nObjet : lampu",
    "Outlook, Dutch": f"Van: {_LAPOR}\nVerzonden: maandag 3 juni 2024 10:15\nAan: Budi\nOnderwerp: lampu",
    "Outlook, Spanish": f"De: {_LAPOR}\nEnviado: lunes, 3 de junio de 2024\nPara: Budi\nAsunto: lampu",
    "Outlook, Chinese": f"发件人: {_LAPOR}\n发送时间: 2024年6月3日 10:15\n收件人: Budi\n主题: lampu",
    "Outlook, Japanese": f"差出人: {_LAPOR}\n送信日時: 2024年6月3日 10:15\n宛先: Budi\n件名: lampu",
    "Outlook, Korean": f"보낸 사람: {_LAPOR}\n보낸 날짜: 2024년 6월 3일 10:15\n받는 사람: Budi\n제목: lampu",
    "Outlook on the web": (
        f"________________________________\nFrom: {_LAPOR}\nSent: 03 June 2024 10:15\nTo: Budi <budi@warga.test>\n"
        "Cc: Ani <ani@warga.test>\nSubject: lampu"
    ),
    "Outlook on a phone, Indonesian": (
        "Dapatkan Outlook untuk Android<https://aka.ms/AAb9ysg>\n________________________________\n"
        f"Dari: {_LAPOR}\nDikirim: Senin, Juni 3, 2024 10:15:00 AM\nKepada: Budi\nSubjek: lampu"
    ),
    "Outlook, importance": (
        f"From: {_LAPOR}\nSent: Monday, June 3, 2024 10:15 AM\nTo: Budi\nSubject: lampu\nImportance: High"
    ),
    "Outlook, starred": f"*From:* {_LAPOR}\n*Sent:* Monday, June 3, 2024\n*To:* Budi\n*Subject:* lampu",
    "Outlook, many people": (
        f"From: {_LAPOR}\nSent: Monday, June 3, 2024 10:15 AM\nTo: Budi <budi@warga.test>; Ani\n"
        "<ani@warga.test>; Siti <siti@warga.test>\nSubject: lampu"
    ),
    "Hotmail": f"Date: Mon, 3 Jun 2024 10:15:00 +0700\nSubject: lampu\nFrom: {_LAPOR}\nTo: budi@hotmail.test",
    "Hotmail, From first": "From: lapor@kota.test\nTo: budi@hotmail.test\nSubject: lampu\nDate: Mon, 3 Jun 2024 10:15",
    "Hotmail, Subject first": f"Subject: lampu\nFrom: {_LAPOR}\nTo: budi@hotmail.test\nDate: Mon, 3 Jun 2024 10:15",
    "Yahoo, a head": f"From: {_LAPOR}\nTo: Budi <budi@yahoo.test>\nSent: Monday, June 3, 2024 10:15 AM\nSubject: lampu",
    "Lotus": "From:   Lapor Kota/Kota\nTo:     Budi/Warga@Warga\nDate:   03/06/2024 10:15\nSubject:        lampu",
    "Samsung, a head": (
        f"-------- Pesan asli --------\nDari: {_LAPOR}\nTanggal: 03/06/24 10.15 (GMT+07:00)\nKe: budi@warga.test\n"
        "Subjek: lampu"
    ),
    "Samsung, English": (
        f"-------- Original message --------\nFrom: {_LAPOR}\nDate: 03/06/2024 10:15 (GMT+07:00)\n"
        "To: budi@warga.test\nSubject: lampu"
    ),
    "the old divider": "-----Original Message-----\nFrom: Lapor Kota\nSent: Monday\nTo: Budi\nSubject: lampu",
    "the old divider, alone": "----- Original Message ----- ",
    "the old divider, German": "-----Ursprüngliche Nachricht-----\nVon: Lapor Kota\nGesendet: Montag\nAn: Budi",
    "the old divider, Spanish": "-----Mensaje original-----\nDe: Lapor Kota",
    "the old divider, Chinese": "------------------ 原始邮件 ------------------\n发件人: Lapor",
    "the mail that is answered": f"---- Pesan yang dibalas ----\nDari: {_LAPOR}\nTanggal: Senin",
    "the mail that is answered, alone": "Pesan yang dibalas:",
    "the mail that was": "-------- Pesan Sebelumnya --------",
    "QQ": f"------------------ Original ------------------\nFrom: {_LAPOR};\nDate: Mon, Jun 3, 2024 10:15 AM\nTo: Budi",
    "NetEase": "---- Replied Message ----\n| From | Lapor Kota<lapor@kota.test> |\n| Date | 06/03/2024 10:15 |",
    "a desk": "##- Please type your reply above this line -##",
    "a desk, Indonesian": "--- Tulis balasan di atas garis ini ---",
    "Outlook, sent on": f"Dari: {_LAPOR}\nDikirim pada: Senin, 3 Juni 2024\nUntuk: Budi\nSubyek: lampu",
    "in one line": f"From: {_LAPOR} Sent: Monday, June 3, 2024 10:15 AM To: Budi <budi@warga.test> Subject: lampu",
}
_PHONES = (
    "Sent from my iPhone",
    "Sent from my Galaxy",
    "Sent from Yahoo Mail on Android",
    "Sent from Outlook for iOS",
    "Sent with Proton Mail secure email.",
    "Sent using Zoho Mail",
    "Sent from a mobile device",
    "(Sent from mobile device)",
    "<<sent by galaxy>>",
    "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Sent from Mail for Windows",
    "Yahoo Mail: Search, Organize, Conquer<https://mail.onelink.me/107872968>",
    "Dikirim dari iPhone saya",
    "Dikirim dari ponsel Samsung Galaxy saya.",
    "Dikirim dari Yahoo Mail di Android",
    "Dikirim melalui Gmail",
    "Dikirim dengan Proton Mail",
    "Terkirim dari HP Xiaomi saya",
    "Dapatkan Outlook untuk iOS",
    "Dihantar daripada iPhone saya",
    "Powered by Telkomsel BlackBerry®",
    "Get TypeApp for Android",
    "Dapatkan TypeApp untuk Android<http://www.typeapp.com/r?b=1>",
    "Sent using Titan",
    "Dikirim dari Titan Mail",
    "Dapatkan [Outlook untuk Android](https://aka.ms/AAb9ysg)",
    "[Get Outlook for iOS](https://aka.ms/o0ukef)",
    "Dapatkan aplikasi Outlook untuk Android",
    "Dikirim dari Galaxy saya",
    "Dikirim dari Yahoo Mail",
    "[Dikirim dari Yahoo Mail untuk iPhone](https://mail.onelink.me/107872968?pid=x)",
    "*Dikirim dari Yahoo Mail di Android*",
    "Yahoo Mail: Telusuri, Atur, Taklukkan",
    "Dikirim dari [Mail](https://go.microsoft.com/fwlink/?LinkId=550986) untuk Windows",
    "Sent with [Proton Mail](https://proton.me/) secure email.",
    "Sent from BlueMail for Android",
    "Dikirim dari myMail untuk Android",
    "Sent with Aqua Mail for Android",
    "Sent via Superhuman",
    "**Sent from my iPhone**",
    "_Dikirim dari iPhone saya_",
    "Dikirim dari perangkat Android saya dengan K-9 Mail.\nMaaf atas singkatnya pesan ini.",
    "Please excuse my brevity.",
    "Von meinem iPhone gesendet",
    "Envoyé de mon iPhone",
    "Enviado desde mi iPhone",
    "Verzonden vanaf mijn iPhone",
    "Inviato da iPhone",
    "iPhoneから送信",
    "从我的iPhone发送",
)
_SIGNATURES = {
    "dashes": "-- \nBudi Santoso\nKetua RT 05\n0812-3456-7890",
    "dashes, and far more": "-- \nBudi Santoso\nManager\nPT Warga Sejahtera\nJl. Kebon Sirih 1\nTel 021 555",
    "dashes without a blank": "--\nBudi Santoso",
    "a dash and a name": "-Budi Santoso",
    "a dash, a blank and a name": "- Budi Santoso",
    "dashes and a name": "--Budi",
    "a long dash and a name": "\u2014 Budi Santoso",
    "a tilde": "~ Budi",
    "a name with a particle": "-Ahmad bin Salim",
    "a party and a telephone": "Cheers \U0001f389\nBudi\n\n=====\nBudi Santoso\n\U0001f4f1 +62 812 3456 7890",
    "three dashes": "---\nBudi Santoso\n0812-3456-7890",
    "underscores": "_____\nBudi Santoso",
    "a rule of equals": "==========\nBudi Santoso\nRT 05",
    "a telephone below the name": "-Budi\n0812 3456 7890",
    "thanks": "Terima kasih,\nBudi Santoso",
    "regards": "Best regards,\nBudi",
    "a Javanese thank you": "Matur nuwun,\nBudi",
    "signed": "ttd\nBudi Santoso",
    "a mailing list": (
        "_______________________________________________\nWarga mailing list\nwarga@kota.test\n"
        "http://kota.test/mailman/listinfo/warga"
    ),
    "a group": (
        '-- \nYou received this message because you are subscribed to the Google Groups "warga" group.\n'
        "To unsubscribe from this group, send an email to warga+unsubscribe@w.test."
    ),
}

TEXTS = {
    **{f"{name}, quoted": _above(line) for name, line in _ATTRIBUTIONS.items()},
    **{f"{name}, not quoted": _above(line, quoted=False) for name, line in _ATTRIBUTIONS.items()},
    **{f"{line}, quoted": _above(line) for line in _BEFORE_QUOTES},
    **{name: _above(head, quoted=False) for name, head in _HEADS.items()},
    **{f"{name}, quoted": _above(head) for name, head in _HEADS.items()},
    **{f"{line}, then a quote": _above(line, "", _ATTRIBUTIONS["Gmail, English"]) for line in _PHONES},
    **{f"{name}, in one line with the words": f"{OWN} {_ATTRIBUTIONS[name]}\n{_QUOTED}" for name in _IN_ONE_LINE},
    **{line: f"{OWN}\n\n{line}" for line in _PHONES},
    **{name: f"{OWN}\n\n{lines}" for name, lines in _SIGNATURES.items()},
    **{f"{name}, close": f"{OWN}\n{lines}" for name, lines in _SIGNATURES.items()},
    **{f"{name}, then a quote": _above(lines, "", _ATTRIBUTIONS["Yahoo"]) for name, lines in _SIGNATURES.items()},
}
"""Whole texts of mails, each of which says OWN and no more."""

_FIRST, _SECOND = OWN.split("\n")
BETWEEN = {
    "Gmail": "On Mon, Jun 3, 2024 at 10:15 AM L <l@k.test> wrote:\n\n> Sudah?\n\n{}\n\n> Yakin?\n\n{}\n",
    "Gmail, words above": "{}\n\nPada Sen, 3 Jun 2024 10.15 L <l@k.t> menulis:\n\n> Sudah?\n>\n\n{}\n\n> Yakin?\n",
    "two mails": (
        "On Mon, Jun 3, 2024 at 10:15 AM L <l@k.test> wrote:\n> Sudah?\n\n{}\n\n"
        "On Tue, Jun 4, 2024 at 10:15 AM M <m@k.test> wrote:\n> Yakin?\n\n{}"
    ),
    "one mail in another": (
        "On Tue, Jun 4, 2024 at 9:00 AM M <m@k.test> wrote:\n\nOn Mon, Jun 3, 2024 at 10:15 AM L <l@k.test> wrote:\n\n"
        "> > Sudah?\n>\n> Ya\n\n{}\n\n> Yakin?\n\n{}"
    ),
    "Outlook that quotes with signs": (
        "-----Original Message-----\nFrom: L <l@k.test>\nSent: Monday, June 3, 2024 10:15 AM\nTo: B\nSubject: x\n\n"
        "> Sudah?\n\n{}\n\n> Yakin?\n\n{}"
    ),
    "Outlook that quotes with signs, no divider": (
        "From: L <l@k.test>\nSent: Monday, June 3, 2024 10:15 AM\nTo: B\nSubject: x\n\n> Sudah?\n{}\n> Yakin?\n{}"
    ),
    "a divider alone": "----- Original Message -----\n\n> Sudah?\n\n{}\n\n> Yakin?\n\n{}",
    "Zoho": "---- On Mon, 03 Jun 2024 10:15:00 +0700 L <l@k.test> wrote ----\n\n> Sudah?\n\n{}\n> Yakin?\n{}",
    "words where the quote should stand": "On Mon, Jun 3, 2024 at 10:15 AM L <l@k.t> wrote:\n\n{}\n\n> Yakin?\n\n{}",
    "a divider, and words first": "-----Original Message-----\nFrom: L\n\n{}\n> Yakin?\n{}",
    "long lines that were broken": (
        "On Mon, Jun 3, 2024 at 10:15 AM L <l@k.test> wrote:\n"
        "> Apakah lampu yang Anda laporkan minggu lalu di gang itu sekarang sudah\nmenyala lagi seperti dulu\n"
        "> Sudah?\n{}\n> Yakin?\n{}"
    ),
    "Hotmail's head in the quote": "> Subject: x\n> From: l@k.test\n> To: b@w.test\n>\n> Sudah?\n{}\n> Yakin?\n{}",
}
