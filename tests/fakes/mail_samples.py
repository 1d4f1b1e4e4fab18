"""Mails as programs write them, byte for byte, with what is to be understood of each."""

import base64
import binascii
from dataclasses import dataclass

SAID = "Lampu jalan mati di Jl. Mawar, Tebet."
PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 12
PIXEL = b"GIF89a\x01\x00\x01\x00" + b"\0" * 30
PDF = b"%PDF-1.7\n" + b"x" * 3000


@dataclass(frozen=True, slots=True)
class Sample:
    """A mail below its usual head, and what is to be understood."""

    mail: bytes
    text: str = SAID
    files: tuple[bytes, ...] = ()


def mail(content_type: str, body: bytes | str, *more: str) -> bytes:
    head = [
        "Received: from phone (10.0.0.1) by mx.warga.test; Mon, 3 Jun 2024 10:15:00 +0700",
        "From: Budi Santoso <budi@warga.test>",
        "To: lapor@kota.test",
        "Message-ID: <satu@warga.test>",
        "MIME-Version: 1.0",
        f"Content-Type: {content_type}",
        *more,
    ]
    content = body if isinstance(body, bytes) else body.encode()
    return "\r\n".join(head).encode() + b"\r\n\r\n" + content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def part(content_type: str, body: bytes | str, *more: str) -> bytes:
    content = body if isinstance(body, bytes) else body.encode()
    return "\r\n".join([f"Content-Type: {content_type}", *more]).encode() + b"\r\n\r\n" + content


def multipart(boundary: str, *parts: bytes) -> bytes:
    mark = f"--{boundary}".encode()
    return b"".join(mark + b"\r\n" + each + b"\r\n" for each in parts) + mark + b"--\r\n"


def encoded(kind: str, data: bytes, *more: str) -> bytes:
    return part(kind, base64.encodebytes(data), "Content-Transfer-Encoding: base64", *more)


PLAIN = part("text/plain; charset=utf-8", SAID)
HTML = part("text/html; charset=utf-8", f"<html><body><p>{SAID}</p></body></html>")
BASE64 = "Content-Transfer-Encoding: base64"
ATTACHED = "Content-Disposition: attachment"
UNKNOWN = "application/octet-stream"
QP = "Content-Transfer-Encoding: quoted-printable"
GMAIL_QUOTE = (
    '<br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{} &lt;'
    '<a href="mailto:l@k.t">l@k.t</a>&gt; {}:<br></div>'
    '<blockquote class="gmail_quote"><div>Kode Anda</div>'
    "</blockquote></div>"
)

UUENCODED = (
    "begin 644 ktp-budi.jpg\n"
    + "".join(binascii.b2a_uu(PHOTO[at : at + 45]).decode() for at in range(0, len(PHOTO), 45))
    + "`\nend\n"
)

SAMPLES = {
    "plain": Sample(mail("text/plain; charset=utf-8", SAID)),
    "no head but a type": Sample(b"Content-Type: text/plain\r\n\r\n" + SAID.encode()),
    "no type at all": Sample(b"From: x\r\n\r\n" + SAID.encode()),
    "bare line feeds": Sample(b"From: x\nContent-Type: text/plain\n\n" + SAID.encode()),
    "bare carriage returns": Sample(b"From: x\rContent-Type: text/plain\r\r" + SAID.encode()),
    "base64 body": Sample(mail("text/plain; charset=utf-8", base64.encodebytes(SAID.encode()), BASE64)),
    "base64 without its padding": Sample(mail("text/plain", base64.b64encode(SAID.encode()).rstrip(b"="), BASE64)),
    "base64 below which a gateway wrote in plain words": Sample(
        mail("text/plain", base64.encodebytes(SAID.encode() * 9) + b"\nDiperiksa oleh warga.test\n", BASE64),
        SAID * 9 + "\n\nDiperiksa oleh warga.test",
    ),
    "short base64 below which a gateway wrote": Sample(
        mail("text/plain", base64.encodebytes(b"Lampu mati di Tebet") + b"Diperiksa oleh warga.test.", BASE64),
        "Lampu mati di Tebet\nDiperiksa oleh warga.test.",
    ),
    "said base64 and begins with one word": Sample(
        mail("text/plain", "Halo\nlampu mati di Tebet", BASE64), "Halo\nlampu mati di Tebet"
    ),
    "said base64 and is not": Sample(mail("text/plain", SAID, BASE64)),
    "uuencode as the encoding of words": Sample(
        mail(
            "text/plain",
            f"begin 644 x\n{binascii.b2a_uu(SAID.encode()).decode()}`\nend\n",
            "Content-Transfer-Encoding: x-uuencode",
        )
    ),
    "uuencode as the encoding of a photo": Sample(
        mail(
            "multipart/mixed; boundary=b1",
            multipart("b1", PLAIN, part("image/jpeg", UUENCODED, "Content-Transfer-Encoding: x-uue", ATTACHED)),
        ),
        files=(PHOTO,),
    ),
    "a whole multipart in base64": Sample(
        mail(
            "multipart/mixed; boundary=b1",
            base64.encodebytes(multipart("b1", PLAIN, encoded("image/jpeg", PHOTO, ATTACHED))),
            BASE64,
        ),
        files=(PHOTO,),
    ),
    "a page that is called plain": Sample(
        mail("text/plain; charset=utf-8", f"\n<html><body><p>{SAID}</p></body></html>")
    ),
    "a page that is called plain, beside itself": Sample(
        mail(
            "multipart/alternative; boundary=b1",
            multipart("b1", part("text/plain", f"<!DOCTYPE html><html><body>{SAID}</body></html>"), HTML),
        )
    ),
    "the same words twice": Sample(mail("multipart/mixed; boundary=b1", multipart("b1", PLAIN, HTML))),
    "Windows' name for Thai": Sample(mail("text/plain; charset=windows-874", "ไฟดับ".encode("cp874")), "ไฟดับ"),
    "UTF-16 that is called UTF-8": Sample(
        mail("text/plain; charset=utf-8", base64.encodebytes(SAID.encode("utf-16")), BASE64)
    ),
    "quoted-printable, soft breaks": Sample(
        mail("text/plain; charset=utf-8", "Lampu jalan ma=\nti di Jl=2E Mawar, Te=\r\nbet=2E", QP)
    ),
    "quoted-printable, broken": Sample(mail("text/plain", "Lampu=ZZ mati=", QP), "Lampu=ZZ mati"),
    "unknown encoding": Sample(mail("text/plain", SAID, "Content-Transfer-Encoding: x-odd")),
    "latin-1 that is Windows-1252": Sample(
        mail("text/plain; charset=iso-8859-1", "“Café” tutup • lagi".encode("cp1252")), "“Café” tutup • lagi"
    ),
    "latin-1 that is UTF-8": Sample(mail("text/plain; charset=iso-8859-1", "“Café” tutup"), "“Café” tutup"),
    "gb2312 that is GB18030": Sample(
        mail("text/plain; charset=gb2312", "路灯坏了 Jl. Mawar 镕".encode("gb18030")), "路灯坏了 Jl. Mawar 镕"
    ),
    "shift_jis": Sample(mail("text/plain; charset=Shift_JIS", "街灯が消えた①".encode("cp932")), "街灯が消えた①"),
    "utf-16": Sample(mail("text/plain; charset=utf-16", base64.encodebytes(SAID.encode("utf-16")), BASE64)),
    "a charset of the codec zoo": Sample(mail("text/plain; charset=rot13", SAID)),
    "a charset that does not exist": Sample(mail("text/plain; charset=x-unknown", "Café"), "Café"),
    "alternative": Sample(mail("multipart/alternative; boundary=b1", multipart("b1", PLAIN, HTML))),
    "alternative with an empty plain part": Sample(
        mail("multipart/alternative; boundary=b1", multipart("b1", part("text/plain", "\r\n \r\n"), HTML))
    ),
    "html only": Sample(mail("text/html; charset=utf-8", f"<div dir=ltr>{SAID}<br></div>")),
    "html with its charset inside": Sample(
        mail("text/html", "<meta charset=windows-1252><p>Caf\xe9".encode("cp1252")), "Café"
    ),
    "html with style, script, hidden lines": Sample(
        mail(
            "text/html",
            "<head><title>t</title><style>p{color:red}</style></head><div style='display: none'>pra<b>tinjau</b></div>"
            "<script>if (1 < 2) evil()</script><!-- <p>c -->"
            "<p>Lampu&nbsp;jalan mati<br>di <b>Jl. Mawar</b>, Tebet.</p>",
        ),
        "Lampu jalan mati\ndi Jl. Mawar, Tebet.",
    ),
    "mixed with a photo": Sample(
        mail(
            "multipart/mixed; boundary=b1",
            multipart("b1", PLAIN, encoded("image/jpeg; name=rumah-budi.jpg", PHOTO, ATTACHED)),
        ),
        files=(PHOTO,),
    ),
    "words around a picture, as an iPhone sends it": Sample(
        mail(
            "multipart/mixed; boundary=b1",
            multipart(
                "b1",
                part("text/plain", "Lampu mati\r\n"),
                encoded("image/jpeg", PHOTO, "Content-Disposition: inline"),
                part("text/plain", "\r\ndi Jl. Mawar\r\n\r\nDikirim dari iPhone saya"),
            ),
        ),
        "Lampu mati\n\ndi Jl. Mawar",
        (PHOTO,),
    ),
    "related inside alternative, inline picture": Sample(
        mail(
            "multipart/alternative; boundary=b1",
            multipart(
                "b1",
                PLAIN,
                part(
                    "multipart/related; boundary=b2",
                    multipart(
                        "b2",
                        part("text/html", f"<p>{SAID}<img src='cid:foto1'></p>"),
                        encoded("image/png", PHOTO, "Content-ID: <foto1>"),
                    ),
                ),
            ),
        ),
        files=(PHOTO,),
    ),
    "a picture in a signature and a pixel are none": Sample(
        mail(
            "multipart/related; boundary=b1",
            multipart(
                "b1",
                part(
                    "text/html",
                    f"<p>{SAID}</p><img src='cid:px'><div class=gmail_signature>Budi<img src='cid:logo'></div>",
                ),
                encoded("image/gif", PIXEL, "Content-ID: <px>"),
                encoded("image/png", PHOTO, "Content-ID: <logo>"),
            ),
        )
    ),
    "a picture in the quoted history is none": Sample(
        mail(
            "multipart/related; boundary=b1",
            multipart(
                "b1",
                part("text/html", f"<p>{SAID}</p><blockquote><img src='cid:lama'></blockquote>"),
                encoded("image/png", PHOTO, "Content-ID: <lama>"),
            ),
        )
    ),
    "a pdf and a sheet": Sample(
        mail(
            "multipart/mixed; boundary=b1",
            multipart(
                "b1",
                PLAIN,
                encoded("application/pdf", PDF),
                encoded("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\3\4sheet"),
            ),
        ),
        files=(PDF, b"PK\3\4sheet"),
    ),
    "a photo called octet-stream": Sample(
        mail(
            "multipart/mixed; boundary=b1",
            multipart("b1", PLAIN, encoded(UNKNOWN, PHOTO), encoded(UNKNOWN, b"MZx")),
        ),
        files=(PHOTO, b"MZx"),
    ),
    "calendar, vcard, pgp, winmail": Sample(
        mail(
            "multipart/mixed; boundary=b1",
            multipart(
                "b1",
                PLAIN,
                part("text/calendar", "BEGIN:VCALENDAR\nORGANIZER:budi"),
                part("text/vcard", "BEGIN:VCARD\nFN:Budi"),
                encoded("application/pgp-keys", b"Budi <budi@warga.test>"),
                encoded("application/ms-tnef; name=winmail.dat", b"\x78\x9f\x3e\x22Budi"),
                encoded(UNKNOWN, b"BEGIN:VCARD\r\nFN:Budi Santoso"),
                encoded(UNKNOWN, b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02Budi"),
                encoded("application/pkcs7-signature; name=smime.p7s", b"\x30\x80Budi", ATTACHED),
            ),
        )
    ),
    "a text file attached is not the words": Sample(
        mail(
            "multipart/mixed; boundary=b1",
            multipart("b1", PLAIN, part("text/plain", "tiga lampu mati", ATTACHED)),
        ),
        files=(b"tiga lampu mati",),
    ),
    "signed": Sample(
        mail(
            "multipart/signed; boundary=b1; protocol=x", multipart("b1", PLAIN, part("application/pgp-signature", "iQ"))
        )
    ),
    "of a forwarded mail as attachment the words are read, and nobody's name": Sample(
        mail(
            "multipart/mixed; boundary=b1",
            multipart("b1", PLAIN, part("message/rfc822", b"From: Ani\r\nSubject: x\r\n\r\nDua malam gelap.")),
        ),
        f"{SAID}\n\nDua malam gelap.",
    ),
    "encrypted": Sample(
        mail(
            "multipart/encrypted; boundary=b1",
            multipart("b1", part("application/pgp-encrypted", "Version: 1"), encoded(UNKNOWN, b"xx")),
        ),
        "",
        (b"xx",),
    ),
    "the boundary has quotes and spaces": Sample(
        mail('multipart/mixed; boundary="b 1=\'x"', multipart("b 1='x", PLAIN))
    ),
    "the boundary in two pieces (RFC 2231)": Sample(
        mail("multipart/mixed; boundary*0=ba; boundary*1=tas", multipart("batas", PLAIN))
    ),
    "boundaries that begin alike": Sample(
        mail(
            "multipart/mixed; boundary=b",
            multipart("b", part("multipart/alternative; boundary=b2", multipart("b2", PLAIN, HTML))),
        )
    ),
    "the last boundary is missing": Sample(
        mail("multipart/mixed; boundary=b1", multipart("b1", PLAIN).removesuffix(b"--b1--\r\n"))
    ),
    "another boundary than was said": Sample(
        mail("multipart/alternative; boundary=salah", multipart("benar", PLAIN, HTML))
    ),
    "no boundary was said": Sample(mail("multipart/alternative", multipart("b1", PLAIN, HTML))),
    "said multipart and is not": Sample(mail("multipart/mixed; boundary=b1", SAID)),
    "flowed": Sample(mail("text/plain; format=flowed", "Lampu jalan mati \ndi Jl. Mawar, \nTebet.\n\n-- \nBudi")),
    "Markdown as the words": Sample(mail("text/markdown; charset=utf-8", SAID)),
    "an unknown kind of words": Sample(mail("text/x-anything; charset=utf-8", SAID)),
    "enriched words": Sample(
        mail(
            "text/enriched",
            "<bold>Lampu</bold> <color><param>red</param>jalan</color> mati\ndi Jl.  << Mawar\n\nTebet.",
        ),
        "Lampu jalan mati di Jl.  < Mawar\nTebet.",
    ),
    "Markdown with its page": Sample(
        mail("multipart/alternative; boundary=b1", multipart("b1", part("text/markdown", SAID), HTML))
    ),
    "Markdown with its plain words": Sample(
        mail("multipart/alternative; boundary=b1", multipart("b1", part("text/markdown", f"**{SAID}**"), PLAIN, HTML))
    ),
    "Markdown that has a name is a file": Sample(
        mail(
            "multipart/mixed; boundary=b1", multipart("b1", PLAIN, part("text/markdown; name=budi.md", "# tiga lampu"))
        ),
        files=(b"# tiga lampu",),
    ),
    "flowed, a sign that is no quote": Sample(
        mail("text/plain; format=flowed", "Lampu mati \n > 5 hari.\n > 3 tiang"),
        "Lampu mati > 5 hari.\n> 3 tiang",
    ),
    "flowed, spaces given up": Sample(
        mail("text/plain; format=flowed; delsp=yes", "Lampu jalan ma \nti di Jl. Mawar, Tebet.")
    ),
    "reply, Gmail Indonesian": Sample(
        mail("text/html", f"<div>{SAID}</div>" + GMAIL_QUOTE.format("Pada Sen, 3 Jun 2024 pukul 10.15", "menulis"))
    ),
    "reply, Gmail English": Sample(
        mail("text/html", f"<div>{SAID}</div>" + GMAIL_QUOTE.format("On Mon, Jun 3, 2024 at 10:15 AM L", "wrote"))
    ),
    "reply, Thunderbird below the quote": Sample(
        mail(
            "text/html",
            '<div class="moz-cite-prefix">On 03/06/2024 10:15, Lapor wrote:<br></div>'
            '<blockquote type="cite" cite="mid:x"><pre class="moz-quote-pre">Kode Anda</pre></blockquote>'
            f'<p>{SAID}</p><pre class="moz-signature">-- \nBudi</pre>',
        )
    ),
    "reply, Outlook on the web": Sample(
        mail(
            "text/html",
            f'<div>{SAID}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Von:</b> Lapor<br></div>'
            "<div>Kode Anda</div>",
        )
    ),
    "reply, Outlook Indonesian": Sample(
        mail(
            "text/html",
            f'<div class="WordSection1"><p class="MsoNormal">{SAID}<o:p></o:p></p><p class="MsoNormal">&nbsp;</p>'
            '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal">'
            "<b>Dari:</b> Lapor &lt;l@k.t&gt; <br><b>Dikirim:</b> Senin, 03 Juni 2024 10.15<br>"
            "<b>Kepada:</b> Budi<br><b>Perihal:</b> Re: x</p></div>"
            "<p>Kode Anda</p></div>",
        )
    ),
    "reply, Outlook English": Sample(
        mail(
            "text/html",
            f"<p>{SAID}</p><div><p><b>From:</b> Lapor<br><b>Sent:</b> Monday, June 3, 2024<br><b>To:</b> B<br>"
            "<b>Subject:</b> x</p></div><p>Code</p>",
        )
    ),
    "reply, Yahoo": Sample(
        mail("text/html", f"<div>{SAID}</div><div id=a class=yahoo_quoted>Pada Senin, L menulis:<div>Kode</div></div>")
    ),
    "reply, iPhone": Sample(
        mail(
            "text/html",
            f'{SAID}<br><br><div dir="ltr">Dikirim dari iPhone saya</div><div><br>'
            "<blockquote type=cite>Pada 3 Jun 2024, pukul 10.15, Lapor &lt;l@k.t&gt; menulis:<br></blockquote></div>"
            "<blockquote type=cite>Kode</blockquote>",
        )
    ),
    "an indented paragraph is no quote": Sample(
        mail("text/html", f'<blockquote style="margin:0 0 0 40px;border:none"><div>{SAID}</div></blockquote>')
    ),
    "nuls inside": Sample(mail("text/plain", SAID.replace("mati", "ma\0ti"))),
    "what cannot be seen": Sample(mail("text/plain; charset=utf-8", SAID.replace("mati", "ma\u200bt\u202ei"))),
}
