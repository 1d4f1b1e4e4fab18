"""What is a question about the writer, or a call to come, whatever else is said: patterns over words in one spelling."""

import re
from collections.abc import Sequence
from typing import Final

from core.staff_words.persons import THEY, YOU
from core.staff_words.vocabulary import KIND

_NOUN: Final = (
    r"(?:nama|alamat|rumah|hp|telepon|wa|email|nik|ktp|kk|identitas|umur|usia|kerja|jabatan|profesi|akun|rekening|motor|mobil|kendaraan|anak|suami|istri|"
    r"keluarga|kamar|meja|toko|warung|kedai|lapak|kios|usaha|perusahaan|kantor|sekolah|kelas|kos|kontrakan|unit|jendela|balkon|teras|halaman|atap|gaji|atasan|"
    r"tetangga|teman|rekan|suara|wajah|baju|agama|suku|asal|domisili|posisi|instansi|gang|kontrak|pekerjaan|ibu|bapak|orangtua|kontak|npwp|paspor|pendidikan|penghasilan|"
    r"kampus|jurusan|divisi|bagian|shift|plat|helm|sumber|motif|kepentingan|ruangan|komputer|perangkat|profil|diri|data)"
)
_ROLE: Final = (
    r"(?:warga|penghuni|pemilik|penyewa|pegawai|karyawan|karyawati|staf|guru|murid|siswa|mahasiswa|dosen|buruh|pedagang|penjual|penjaga|sopir|satpam|pasien|"
    r"pelanggan|langganan|saksi|korban|tetangga|anggota|pengurus|ketua|keluarga|mantan|kader|wartawan|jurnalis|asn|pns|honorer|perawat|dokter|kasir|alumni|pensiunan|"
    r"pendatang|pesaing|pendukung|orang tua|orangtua|wali|ayah|istri|suami|paman|teman|ahli waris|bagian dari|tinggal|bertempat|kerja|mengajar|kuliah|sekolah|jualan|"
    r"ngontrak|ngekos|kos|kost|nyewa|sewa|menikah|berdiri|duduk|punya usaha|disuruh|dibayar|dipecat|perempuan|laki|sendiri yang|yang (?:kemarin|tadi|pakai|pake|jual\w*|jaga|punya|pernah|marah|datang)|"
    r"dari (?:mana|media|lsm|ormas|instansi|pihak|partai|keluarga|perusahaan|vendor)|orang (?:mana|dalam)|siapa|siapanya|kenal)"
)
_SENT: Final = r"(?:kirim|foto|fotokopi|scan|lampirkan|dilampirkan|sertakan|disertakan|bawa|membawa|minta|mohon|isi|diisi|lengkapi|melengkapi|dilengkapi|sebutkan|menyebutkan|sebut|cantumkan|dicantumkan|serahkan|tunjukkan|menunjukkan|boleh|bisa|tolong|butuh|membutuhkan|perlu|wajib|tulis)"
_PAPER: Final = r"(?:ktp|nik|kk|npwp|paspor|identitas|data diri|data pribadi|tanda tangan|selfie|slip gaji|kartu keluarga|kartu pegawai|kartu anggota|kartu pelajar|surat domisili|surat pernyataan|bpjs|sim|foto diri|foto wajah|nama lengkap|nama terang|nomor induk|id card|kode pos rumah)"
_REACH: Final = r"(?:nomor|hp|wa|telepon|kontak|email|kontaknya)"
_CALL: Final = r"(?:bisa|silakan|silahkan|mohon|dimohon|harap|ayo|yuk|tolong|bersedia\w*|kesediaan|kapan|kami|kita|saya|mau|ingin|wajib|anda|agar|diminta|boleh|besok|nanti)"
_MEET: Final = r"(?:bertemu|ketemu|ketemuan|dipertemukan|pertemukan|hadir|kehadiran|kehadirannya|mampir|menghadap|berkunjung|kunjungi|mengunjungi|jemput|dijemput|temui|menemui|wawancara|mewawancarai|undang|mengundang|diundang|ditemui|dikunjungi|rawuh|sumping|samperin|merapat)"
_PLACE: Final = r"(?:kantor|loket|posko|ruangan?|kelurahan|kecamatan|pos|balai|sini|dinas|puskesmas|suku dinas|counter)"

_ABOUT: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # whose: the writer's
        rf"\b{_NOUN}(?: nya)?(?: \w+)? (?:{YOU}|mu)\b",
        rf"\b{_NOUN} (?:nya )?pelapor\b|\bpelapor(?:nya)? (?:{_NOUN}|siapa|tinggal|kerja|dimana|wajib|harap|agar|dimohon|diminta|hadir|datang|menghubungi)\b",
        r"\b(?:your|yours) (?:\w+ )?(?:name|address|phone|number|email|id|house|home|job|age|employer|work|car|plate|whatsapp|voice|face|kids?|child|children|wife|husband|religion|nationality|details|personal|unit|apartment|window|place|balcony|boss|supervisor|department|class|school|shop|account|handle|relationship|interest)\b",
        # who they are
        rf"(?:^|\b(?:apakah|apa|ini|itu|kalau|maaf|jadi|pasti|sepertinya|kok|atau|emang|memang) )(?:{YOU}) (?:itu |ini |ya |juga |sendiri |sebagai |sudah |masih |pernah |berapa lama |biasa |biasanya )*{_ROLE}\b",
        rf"\bitu {YOU} (?:bukan|ya|kan)\b|\bitu {YOU}$|\bapa hubungan {YOU}|\bhubungan {YOU}\b|\bsiapa(?:nya| nya)? {YOU}\b|\b{YOU} (?:ini |itu )?(?:siapa|siapanya|tinggal|kerja|orang mana|umur|usia|anak siapa)\b",
        r"\b(?:dengan|sama|dgn) (?:\w+ )?siapa (?:ini|ya|saya)?\b(?: ya)?$|\b(?:dengan|sama) siapa (?:ini|saya)\b|^(?:maaf )?(?:ini )?(?:dengan|sama) (?:\w+ )?siapa\b|^(?:maaf )?siapa (?:ini|sih|kak|ya)\b|^(?:kak )?ini siapa\b|\bsiapa (?:yang )?(?:melapor|melaporkan|pelapor|lapor|laporan|bikin laporan|membuat laporan)\b",
        r"\b(?:panggil|manggil|sapaan)(?: nya)? (?:\w+ )?(?:apa|siapa)\b|\bpanggil apa\b|\bkenalan\b|\bperkenalkan diri\b|\binisial",
        r"\bwho (?:is this|are you|am i|is reporting|is calling)\b|\b(?:do|did) you (?:live|work|rent|own|know (?:him|her|the (?:official|head|officer)|me))\b|\bare you (?:an?|the|with|from|married|male|related|renting|employed|working)\b|\bwhere (?:do|are|were) you\b|\bwhat (?:do you do|should i call)\b|\bhow old are you\b|\bidentify yourself\b|\bdescribe yourself\b",
        r"\b(?:siapa (?:lagi|saja) yang (?:tahu|kenal)|siapa yang (?:menyuruh|ngongkon|membayar|membiayai|memberi tahu|suruh) (?:anda|mu|laporan|melapor\w*|kamu|kirim)|tahu dari siapa|dapat (?:info|dokumen|foto)(?: \w+)? dari (?:siapa|mana)|disuruh (?:siapa|orang)|who else|who told)\b",
        # papers and ways to reach them
        rf"^(?!.*\b(?:petugas|oknum|loket|calo|blangko|cetak|ditahan|pelayanan|pengurusan|permohonan)\b).*\b{_SENT} (?:\w+ ){{0,4}}{_PAPER}\b|\b{_PAPER} (?:\w+ ){{0,3}}{_SENT}\b|^(?:nomor )?(?:nik|kk|ktp|npwp)(?: nya)?(?: (?!yang|siapa|ditahan)\w+){{0,3}}$",
        rf"\b{_REACH} (?:\w+ ){{0,3}}(?:dihubungi|ditelepon|aktif|ditelpon|di wa)\b|^(?:kak )?(?:minta|bagi|boleh minta|mohon) {_REACH}(?: {_REACH})?(?: nya)?(?: dong| ya| kak)*$|^{_REACH}(?: {_REACH})?(?: nya)?(?: berapa| dong| kak| ya| aktif)+$",
        r"\bpelapor (?:nya )?(?:tidak|belum) (?:\w+ ){0,2}(?:nama|identitas|alamat|nomor|hp|kontak)\b|\b(?:tahu|kenal) (?:rumah|siapa|alamat) (?:anda|pelapor|mu)\b|\b(?:membalas|balas) (?:\w+ ){0,3}nama (?:lengkap|anda|dan alamat)\b",
        # who speaks of nobody else speaks of them
        r"^(?:kak |maaf |emang |jadi |dulu |masih |pernah |sudah |sejak kapan |berapa lama |tahun |bulan |sekarang |lagi |ini |boleh tahu |biasa nya )*(?:kerja|kuliah|tinggal|ngekos|kos|kost|ngontrak|domisili|mengajar|bertugas|sekolah|lulusan|asal|asli)(?: nya)? (?:di |dari )?(?:mana|dimana|sini|situ|sana|jurusan|sebagai apa|dengan siapa|perusahaan itu|tempat itu|kantor(?: \w+)?)(?: (?:kak|ya|atau|rt|rw|biar|sih|ini|masih|persis\w*))*(?: (?:berapa|sampai) ?\w*)?$",
        r"^(?:kak |maaf |dan |lalu |terus )*(?:umur|usia|agama|profesi|kerja|pekerjaan|jabatan|pendidikan|asal|inisial|panggilan|domisili|identitas|jenis kelamin|angkatan|hobi)(?: nya)?(?: (?:apa|berapa|mana|dimana|kak|ya|tahun|kalau boleh tahu|boleh tahu|dan))*$",
        r"\b(?:orang dalam|masalah pribadi|dendam|sakit hati|sudah menikah|sudah berkeluarga|mantan(?: nya)? ya|disuruh orang|siapa namamu|data diri)\b",
        r"^(?:kak |anda |jam berapa |hari apa )*biasa(?: nya)? (?:anda )?(?:sholat|salat|solat|belanja|nongkrong|turun|pulang|berangkat|lewat|naik|duduk|main|ngopi|makan|parkir) (?:\w+ ){0,3}(?:mana|dimana|apa|berapa)\b|\b(?:turun|pulang|berangkat) (?:\w+ ){0,3}(?:mana|dimana|berapa) biasa\b|\bpulang (?:kerja|sekolah|kantor) jam\b",
        r"\b(?:foto|motret|memotret|lihat|melihat|rekam|merekam|difoto|diambil|ambil)\w* (?:\w+ ){0,3}(?:lantai berapa|balkon|jendela|teras|kamar|rumah sendiri|dalam rumah|dalam mobil)\b",
        r"\b(?:id|nomor) (?:pelanggan|sambungan)(?: pam| pdam| pln| listrik)*(?: nya)?(?: (?:atas nama siapa|berapa|kak|ya))*$",
        r"\bnama (?:dan |dengan |lengkap |alamat |alamat dan |umur |lengkap dan )+(?:alamat|nomor|hp|rekening|telepon|umur|nik|kerja|instansi)\b|\bnama (?:alamat|umur|nik|nomor hp|hp)\b|\bkirim (?:nama|rekening|nomor rekening)\b|\bnama (?:sesuai|di) ktp\b|\bkolom nama\b|\b(?:tanpa nama|sebut(?:kan)? nama)(?: dan alamat| anda| mu| kamu)?$",
        r"\b(?:laporan|piagam|sertifikat|refund|arsip|pelapor)(?: nya)?,? atas nama siapa\b|\batas nama siapa (?:ya )?(?:laporan|pelapor|melapor)\b|\b(?:ke|di) (?:alamat|email|rekening) (?:mana|apa|siapa)\b(?!.*\bpelaku\b)(?=.*|$)(?<!transfer ke rekening siapa)",
        r"\bhow long have you (?:been (?:work|liv|stay|teach|employ)|lived|worked|known)|\b(?:was|is) (?:it|that|this) you\b|\bis (?:that|this) your (?:car|voice|house|shop|motorbike|phone)\b|\bdid we (?:speak|talk|meet)\b|\bhave we met\b|\bwhat were you doing\b|\bwho were you with\b|\bwhich \w+ (?:\w+ ){0,2}(?:are you|is yours|do you live)\b|\byour (?:bank|own)\b|\b(?:send|post) (?:\w+ ){0,3}(?:reply|letter)\b|\btalk on the phone\b|\bselfie\b|\byour id\b|\bwould you (?:testify|sign|meet)\b|\bdo you have (?:kids|children|a (?:wife|husband|job)|instagram|facebook|whatsapp|telegram|a phone)\b",
        r"\b(?:share|serlok|sherlok|sharelok|shareloc)\b (?:\w+ )?(?:rumah|posisi)\b|\b(?:lagi|sekarang) dimana (?:kak|anda)\b|\bposisi anda\b",
    )
)
_CALLS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_CALL} (?:(?!{THEY}\b)\w+ ){{0,3}}{_MEET}\b|^{_MEET}\b",
        rf"\b(?:datang|mampir|merapat|hadir)(?:lah)? (?:aja |saja |langsung |dulu |lah )*(?:ke|di) (?:\w+ ){{0,1}}{_PLACE}\b",
        rf"\b(?:bisa|silakan|mohon|harap|tolong|yuk) (?:{YOU} )?(?:datang |langsung )?ke {_PLACE}\b|\bke {_PLACE} (?:aja|saja|ya)\b",
        rf"\bke rumah (?:{YOU}|mu|pelapor)\b|\b(?:come|drop) (?:to|by) our\b|\bmeet (?:you|our|us)\b|\bin person\b|\bvisit (?:you|your)\b",
        r"\b(?:hubungi|menghubungi|telepon|kontak|chat|kabari|japri|temui) (?:\w+ )?(?:saya|kami|petugas kami|gue|aku)\b|\b(?:bisa|boleh|kapan|jam berapa) (?:\w+ ){0,2}(?:ditelepon|dihubungi|ditelpon|telepon|telponan|menelepon|hubungi)\b|\bvideo call\b|\bvoice note\b|\brekam suara\b|\bcall (?:us|me|you|our)\b|\b(?:reach|contact|text) you\b|\bcontact our\b",
        r"\b(?:ambil|minta|dimintai|memberi) keterangan\b|\b(?:mau|akan|boleh|biar|nanti|besok) (?:kami|saya|petugas|tim)(?: kami)? (?:ke sana|jemput|antar ke|mampir|ke rumah)\b|\btunggu (?:\w+ ){0,3}(?:di|depan) (?:pos|rumah|gang|lokasi|depan)\b|\b(?:tunjukkan|dampingi|mendampingi|antar|mengantar) (?:\w+ ){0,2}petugas\b|\blangsung ke petugas\b|\bikut (?:kami|petugas|tim)\b|\bkeluar sebentar\b",
        r"\b(?:menemui|mengunjungi|mendatangi|jemput) (?:rumah )?(?:anda|pelapor)\b|\btemui (?:petugas|kak|anda) \w+|\b(?:silakan|silahkan|harap|mohon|wajib|agar) (?:\w+ ){0,4}(?:di|ke) (?:\w+ )?(?:kantor|loket|ruangan?|suku dinas|counter)\b|\b(?:silakan|harap|mohon) (?:lapor diri|konfirmasi ke ketua)\b",
    )
)
_NOT: Final = re.compile(r"\b(?:jangan|tidak perlu|tidak usah|tanpa|tidak kami|no need|do not need|cukup)\b")


def about_writer(words: Sequence[str]) -> bool:
    """Whether the words of one sentence, in one spelling each, ask about the writer or call them out."""
    line = " ".join(words)
    if _NOT.search(line):
        return False
    return any(pattern.search(line) for pattern in _ABOUT) or _called(line)


def calls_out(words: Sequence[str]) -> bool:
    """Whether they are asked to come, to meet or to call, or will be visited."""
    return _called(" ".join(words))


def _called(line: str) -> bool:
    return any(pattern.search(line) for pattern in _CALLS)


def speaks_of_others(words: Sequence[str]) -> bool:
    """Whether somebody or something is named that the report can be about."""
    return any(KIND.get(word) in {"actor", "thing"} for word in words)
