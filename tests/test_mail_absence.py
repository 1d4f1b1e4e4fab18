"""Answers of programs that only their words show are dropped, and persons who are away are heard."""

import pytest

from bots.mail.absence import is_absence
from bots.mail.envelope import envelope_of
from tests.fakes.mail_samples import PHOTO, encoded, mail, multipart, part
from tests.test_mail_automatic import OURS, dropped

AWAY = [
    "Terima kasih atas email Anda. Saya sedang cuti dari tanggal 1 s.d. 10 Desember dan tidak dapat membalas email.",
    "Selamat siang,\n\nMaaf saat ini saya sedang tidak di kantor. Email Anda akan saya balas setelah saya kembali.",
    "Mohon maaf, saya sedang dalam perjalanan dinas. Untuk urusan penting hubungi 0812-3456-7890.",
    "Terima kasih atas e-mel anda. Saya kini bercuti. Saya akan membalas selepas kembali bertugas.",
    "I am currently out of the office with limited access to email. I will respond upon my return.",
    "Hi,\n\nI'm on annual leave until 10 December. For urgent matters please contact my colleague.\n\nBest",
    "Vielen Dank f\u00fcr Ihre Nachricht. Ich bin bis zum 10.12. nicht im B\u00fcro.",
    "Bedankt voor uw bericht. Ik ben afwezig tot 10 december.",
    "Bonjour, je suis actuellement absent du bureau jusqu'au 10 d\u00e9cembre.",
    "Gracias por su mensaje. Estoy fuera de la oficina hasta el 10 de diciembre.",
    "\u305f\u3060\u3044\u307e\u4f11\u6687\u3092\u3044\u305f\u3060\u3044\u3066\u304a\u308a\u307e\u3059\u300212\u670810\u65e5\u4ee5\u964d\u306b\u3054\u8fd4\u4fe1\u3044\u305f\u3057\u307e\u3059\u3002",
    "\u60a8\u597d\uff0c\u60a8\u7684\u90ae\u4ef6\u6211\u5df2\u6536\u5230\uff0c\u6211\u4f1a\u5c3d\u5feb\u56de\u590d\u60a8\u3002",
    "Email ini tidak dipantau. Mohon jangan membalas email ini.",
    "Kotak surat penerima penuh. Pesan Anda tidak dapat dikirim.",
    "This mailbox is not monitored.",
    "The recipient's mailbox is full.",
    "Ich befinde mich zurzeit im Urlaub.",
    "Wir sind bis Montag AUSSER HAUS, ich bin abwesend.",
    "Ihre Nachricht wird nicht automatisch weitergeleitet.",
    "Ik ben met vakantie tot 10 december.",
    "Wij zijn vandaag niet op kantoor.",
    "Je serai en cong\u00e9s jusqu'au 10.",
    "Estamos de vacaciones hasta el 10.",
    "Sono fuori ufficio fino al 10.",
    "Sono in ferie.",
    "Estou fora do escrit\u00f3rio at\u00e9 o dia 10.",
    "Estarei de f\u00e9rias.",
    "\u042f \u043d\u0430\u0445\u043e\u0436\u0443\u0441\u044c \u0432 \u043e\u0442\u043f\u0443\u0441\u043a\u0435.",
    "T\u00f4i \u0111ang ngh\u1ec9 ph\u00e9p.",
    "\uc800\ub294 \ud734\uac00 \uc911. \ub2f5\ubcc0.",
    "\u6211\u6b63\u5728\u4f11\u5047\uff0c\u56de\u6765\u540e\u56de\u590d\u60a8\u3002",
]
HERE = [
    "Maaf saya sedang di luar kota sampai tanggal 10, nanti saya foto lubangnya.",
    "Terima kasih emailnya. Saya sedang cuti, jadi bisa didatangi kapan saja.",
    "Saya sedang cuti di rumah, lampu jalan di depan mati. Untuk urusan penting begini tolong cepat.",
    "I am on leave this week and the street lamp is dead, please reply when it is fixed.",
    "Sudah lapor, katanya pesan anda akan segera kami balas, tapi lampu tetap mati.",
    "Saya tidak di kantor hari ini. Kalau ada urusan penting telepon tetangga saya.",
    "Pak lurah sedang cuti dan tidak bisa membalas pesan warga.",
    "Kotak surat di kantor pos penuh sampah.",
    "Saya sedang cuti dan tidak bisa membalas email, tapi lampu di Tebet Barat mati.",
    "",
]


@pytest.mark.parametrize("text", AWAY)
def test_who_is_away_and_says_nothing_else_is_a_program(text: str) -> None:
    assert is_absence(text)
    assert dropped(mail("text/plain; charset=utf-8", text, "Subject: Re: Laporan Anda lewat Resi"))


@pytest.mark.parametrize("text", HERE)
def test_a_person_who_is_away_is_heard(text: str) -> None:
    assert not is_absence(text)


def test_with_a_photo_beside_it_it_is_somebodys() -> None:
    whole = multipart("b", part("text/plain", AWAY[0]), encoded("image/jpeg", PHOTO, "Content-Disposition: attachment"))
    assert envelope_of(mail("multipart/mixed; boundary=b", whole), "budi@warga.test", OURS) is not None


def test_a_long_letter_is_no_answer_of_a_program() -> None:
    assert not is_absence(AWAY[0] + " Sampah menumpuk." * 50)
