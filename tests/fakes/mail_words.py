"""What stands around a person's words in a mail, and words that only look like it, in two languages."""

WORDS = "Lampu jalan mati di depan pasar.\nSudah tiga malam."


def below(*lines: str) -> str:
    return "\n\n" + "\n".join(lines)


# Below a reply: what programs put between the writer's words and the mail that is answered.
BELOW = {
    "a company's small print": below("Email ini bersifat rahasia dan hanya ditujukan untuk penerima. Mohon hapus."),
    "a virus scanner's mark": below("<#DAB4FAD8-2DD7-40BB-A1B8-4E2AA1F9FDF2>"),
    "Gmail, Indonesian": below(
        "Pada tanggal Sen, 3 Jun 2024 pukul 10.15 Lapor <lapor@kota.test> menulis:",
        "",
        "> Kode Anda",
        "> 1",
    ),
    "Gmail, Indonesian, wrapped": below(
        "Pada Sen, 3 Jun 2024 pukul 10.15 Lapor Warga <lapor@kota.test>",
        "menulis:",
        "",
        "> Kode",
        ">",
        "> 1",
    ),
    "Gmail, Indonesian, old": below(
        "Pada 3 Juni 2024 10.15, Lapor <lapor@kota.test> menulis:",
        "> Kode",
    ),
    "Gmail, Indonesian, bare date": below(
        "3 Jun 2024 10.15 Lapor <lapor@kota.test> menulis:",
        "> Kode",
    ),
    "Gmail, English": below(
        "On Mon, Jun 3, 2024 at 10:15 AM Lapor <lapor@kota.test> wrote:",
        "",
        "> Your code",
        "> 1",
    ),
    "Gmail, English, wrapped": below(
        "On Mon, Jun 3, 2024 at 10:15 AM Lapor Warga Kota Kita <",
        "lapor@kota.test> wrote:",
        "",
        "> Code",
    ),
    "Yahoo, Indonesian": below(
        "    Pada Senin, 3 Juni 2024 10.15.00 GMT+7, Lapor <lapor@kota.test> menulis:  ",
        " ",
        " Kode Anda",
        " 1",
        "",
    ),
    "Yahoo, English": below(
        "    On Monday, June 3, 2024, 10:15:00 AM GMT+7, Lapor <lapor@kota.test> wrote:  ",
        " ",
        " Your code",
    ),
    "iPhone, Indonesian": below(
        "Dikirim dari iPhone saya",
        "",
        "> Pada 3 Jun 2024, pukul 10.15, Lapor <lapor@kota.test> menulis:",
        "> ",
        "> Kode",
    ),
    "iPhone, English": below(
        "Sent from my iPhone",
        "",
        "> On 3 Jun 2024, at 10.15, Lapor <lapor@kota.test> wrote:",
        "> ",
        "> Code",
    ),
    "Apple Mail": below(
        "On 3 Jun 2024, at 10:15, Lapor <lapor@kota.test> wrote:",
        "",
        "> Code",
    ),
    "Thunderbird, English": below(
        "On 03/06/2024 10:15, Lapor wrote:",
        "> Code",
    ),
    "Thunderbird, Indonesian": below(
        "Pada tanggal 03/06/2024 10.15, Lapor menulis:",
        "> Kode",
    ),
    "Outlook, English": below(
        "From: Lapor <lapor@kota.test>",
        "Sent: Monday, June 3, 2024 10:15 AM",
        "To: Budi",
        "Subject: Re: x",
        "",
        "Your code",
    ),
    "Outlook, Indonesian": below(
        "Dari: Lapor <lapor@kota.test>",
        "Dikirim: Senin, 03 Juni 2024 10.15",
        "Kepada: Budi",
        "Perihal: x",
        "",
        "Kode",
    ),
    "Outlook, starred": below(
        "*From:* Lapor <lapor@kota.test>",
        "*Sent:* Monday, June 3, 2024",
        "*To:* Budi",
        "*Subject:* x",
        "",
        "Your code",
    ),
    "Outlook, Tanggal and Subjek": below(
        "Dari: Lapor",
        "Tanggal: Senin, 3 Juni 2024",
        "Ke: Budi",
        "Subjek: Re: x",
        "",
        "Kode",
    ),
    "Outlook on a phone, Indonesian": below(
        "Dapatkan Outlook untuk Android<https://aka.ms/x>",
        "________________________________",
        "Dari: Lapor <l@k.test>",
        "Dikirim: Senin",
        "Kepada: B",
        "Perihal: x",
        "",
        "Kode",
    ),
    "Outlook on a phone, English": below(
        "Get Outlook for iOS<https://aka.ms/x>",
        "________________________________",
        "From: Lapor <l@k.test>",
        "Sent: Monday",
        "To: B",
        "Subject: x",
        "",
        "Code",
    ),
    "Outlook, the old divider": below(
        "-----Original Message-----",
        "From: Lapor",
        "",
        "Your code",
    ),
    "the old divider, Indonesian": below(
        "----- Pesan Asli -----",
        "Dari: Lapor",
        "",
        "Kode Anda",
    ),
    "a forward by Gmail": below(
        "---------- Forwarded message ---------",
        "From: Ani <ani@w.test>",
        "Date: Mon",
        "",
        "foo",
    ),
    "a forward by Gmail, Indonesian": below(
        "---------- Pesan yang diteruskan ---------",
        "Dari: Ani",
        "",
        "foo",
    ),
    "a forward by Apple": below(
        "Begin forwarded message:",
        "",
        "> From: Ani",
        "> foo",
    ),
    "a signature": below(
        "-- ",
        "Budi Santoso",
        "Ketua RT 05",
        "0812-3456-7890",
    ),
    "a signature that lost its space": below(
        "--",
        "Budi",
    ),
    "a phone's line": below(
        "Dikirim dari ponsel Samsung Galaxy saya.",
    ),
    "Yahoo's line": below(
        "Dikirim dari Yahoo Mail di Android",
    ),
    "a closing": below(
        "Hormat saya,",
        "",
        "Budi Santoso",
    ),
    "thanks and a name": below(
        "Terima kasih",
        "Budi",
        "0812-3456-7890",
    ),
    "thanks and a small name": below(
        "terima kasih,",
        "budi santoso",
    ),
    "thanks, greeting, name": below(
        "Terima kasih atas perhatiannya.",
        "",
        "Wassalamualaikum wr. wb.",
        "",
        "Hj. Siti Aminah, S.Pd.",
        "Warga RW 03",
    ),
    "thanks and name in one line": below(
        "Terima kasih, Budi",
    ),
    "formal thanks": below(
        "Demikian, atas perhatiannya saya ucapkan terima kasih.",
        "",
        "Salam,",
        "Budi",
    ),
    "thanks alone": below(
        "Terima kasih 🙏",
    ),
    "an English closing": below(
        "Best regards,",
        "Budi Santoso",
        "Senior Manager",
        "+62 812 3456 7890",
        "budi@warga.test",
    ),
    "thanks in English": below(
        "Thanks,",
        "Budi",
    ),
    "small print": below(
        "DISCLAIMER: This e-mail and any attachments are confidential and intended solely for X.",
    ),
    "small print, Indonesian": below(
        "Email ini dan seluruh lampirannya bersifat rahasia dan hanya untuk penerima.",
    ),
    "a virus scanner": below(
        "Virus-free. www.avast.com",
    ),
    "closing, then history": below(
        "Salam,",
        "Budi",
        "",
        "On Mon, Jun 3, 2024 at 10:15 AM Lapor <l@k.test> wrote:",
        "> Code",
    ),
}

# Whole mails that stay what they are.
UNTOUCHED = [
    "Halo,\nlampu mati di Jl. Mawar",
    "Selamat pagi Bapak/Ibu,\n\nJalan rusak di Tebet.",
    "Salam,\nLampu mati",
    "Assalamualaikum\nada sampah menumpuk di kali",
    "Mohon dibantu.\nTerima kasih\nLokasi: Jl. Mawar no. 5, Tebet",
    "Lampu mati.\nTerima kasih.\ndi depan pasar Tebet, dekat halte",
    "1",
    "1 2",
    "Dapatkan bantuan untuk warga\nLampu mati",
    "Sampah di kali.\nDikirim dari gudang ke pasar lewat Jl. Mawar.\nSent from the office of the lurah to us",
    "Please excuse my brevity but the lamp is off",
    "*Lampu mati*\n_di Jl. Mawar_",
    "Pesan yang dibalas petugas: nanti saja",
    "2 masih bau",
    "CEK 2345 6789 0123 4567",
    "Kode saya\n2345-6789-0123-4567",
    "Daftar masalah:\n- lampu\n- jalan\n---\nselebihnya baik",
    "On Monday the officer wrote: pay me. I did not pay.",
    "Pada hari Senin 3 Juni 2024 pukul 10.00 ada pungli di kelurahan.",
    "Dari kemarin air mati.\nKepada siapa saya lapor?",
    "Dari: warga RT 05\nPerihal: lampu mati\n\nLampu mati di Jl. Mawar.",
    "This email is confidential, please. The officer asked me for money.",
    "Email ini rahasia ya. Petugas meminta uang.",
    "From the market to the bridge the road is broken",
    "Tolong\nPetugas menulis:\nharap bayar",
    "Dikirim dari kelurahan surat yang salah",
    "Terima kasih sudah membaca laporan kami yang panjang ini\nJalan rusak di Tebet",
]
