"""Replies as mail programs write them as pages; the writer's own words are always OWN of mail_quotes."""

from tests.fakes.mail_quotes import OWN

_OWN = OWN.replace("\n", "<br>")
_OLD = "<div>Kode Anda 2345</div><div>Balas 1 bila selesai.</div>"
_HEAD = "<b>From:</b> Lapor &lt;l@k.test&gt;<br><b>Sent:</b> Monday<br><b>To:</b> Budi<br><b>Subject:</b> lampu"


def _page(source: str) -> str:
    return source.replace("[own]", _OWN).replace("[old]", _OLD).replace("[head]", _HEAD)


PAGES = {
    "Gmail": _page("""
<div dir=ltr>[own]</div><br><div class='gmail_quote gmail_quote_container'><div
 dir=ltr class=gmail_attr>On Mon, Jun 3, 2024 at 10:15&#8239;AM Lapor &lt;<a href='mailto:l@k.test'>l@k.test</a
>&gt; wrote:<br></div><blockquote
 class=gmail_quote style='margin:0 0 0 .8ex;border-left:1px solid'>[old]</blockquote></div
>"""),
    "Gmail with a signature": _page("""
<div dir=ltr>[own]<br clear=all><div><br></div><span class=gmail_signature_prefix>-- </span><br><div
 dir=ltr class=gmail_signature><div>Budi Santoso</div><div>RT 05</div></div></div><div
 class=gmail_quote><div dir=ltr class=gmail_attr>Pada tanggal Sen, 3 Jun 2024 pukul 10.15 Lapor &lt;<a
 href='mailto:l@k.test'>l@k.test</a>&gt; menulis:<br></div><blockquote class=gmail_quote>[old]</blockquote
></div>"""),
    "Outlook": _page("""
<div class=WordSection1><p class=MsoNormal>[own]<o:p></o:p></p><p class=MsoNormal>&nbsp;</p><div><div
 style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p
 class=MsoNormal>[head]<o:p></o:p></p></div></div>[old]</div>"""),
    "Outlook on the web": _page("""
<div class=elementToProof>[own]</div><div id=appendonsend></div><hr
 style='display:inline-block;width:98%'><div id=divRplyFwdMsg dir=ltr><font>[head]</font><div>&nbsp;</div
></div>[old]"""),
    "Outlook on a phone": _page("""
<div dir=ltr>[own]</div><div id=ms-outlook-mobile-signature><div>Dapatkan <a href=x>Outlook untuk Android</a
></div></div><hr style='width:98%'><div id=divRplyFwdMsg>[head]</div>[old]"""),
    "Outlook for Mac": _page("""
<div>[own]</div><div id=mail-editor-reference-message-container><div><div>[head]</div></div>[old]</div
>"""),
    "Hotmail": _page("""
<body class=hmmessage><div dir=ltr>[own]<br><br><div><hr id=stopSpelling>Date: Mon, 3 Jun 2024 10:15<br
>Subject: lampu<br>From: l@k.test<br>To: b@hotmail.test<br><br>[old]</div></div></body>"""),
    "Hotmail, no rule": _page("""
<div dir=ltr>[own]<br><br>From: l@k.test<br>To: b@hotmail.test<br>Subject: lampu<br>Date: Mon, 3 Jun 2024<br
><br>[old]</div>"""),
    "Apple Mail": _page("""
<body>[own]<br><div><br><blockquote type=cite><div>On 3 Jun 2024, at 10:15, Lapor &lt;l@k.test&gt; wrote:</div
><br><div>[old]</div></blockquote></div></body>"""),
    "iPhone": _page("""
[own]<br id=lineBreakAtBeginningOfSignature><div dir=ltr>Dikirim dari iPhone saya</div><div dir=ltr><br
><blockquote type=cite>Pada 3 Jun 2024, pukul 10.15, Lapor &lt;l@k.test&gt; menulis:<br><br></blockquote
></div><blockquote type=cite><div dir=ltr>[old]</div></blockquote>"""),
    "Yahoo": _page("""
<div class=ydp1yahoo-style-wrap><div>[own]</div></div><div
 id=ydp2yahoo_quoted_12 class=ydp2yahoo_quoted><div><div>Pada Senin, 3 Juni 2024 pukul 10.15.00 WIB, Lapor menulis:</div
><div><br></div>[old]</div></div>"""),
    "Yahoo on Android": _page("""
<div id=yMail_cursorElementTracker_1>[own]</div><div id=ymail_android_signature><a
 href=x>Dikirim dari Yahoo Mail di Android</a></div>
<blockquote style='margin: 0 0 20px 0;'><div>Pada Sen, 3 Jun 2024 pada 10:15, Lapor</div><div
>&lt;l@k.test&gt; menulis:</div>[old]</blockquote>"""),
    "Zoho": _page("""
<div style='font-family:Verdana'><div>[own]</div><div
 class=zmail_extra_hr style='border-top:1px solid'></div><div class=zmail_extra><div
 id=Zm-_Id_-Sgn1>---- On Mon, 03 Jun 2024 10:15:00 +0700 <b>Lapor &lt;l@k.test&gt;</b> wrote ----</div
><br><blockquote>[old]</blockquote></div></div>"""),
    "Zoho, no class": _page("""
<div><div>[own]</div><div><br></div><div>---- On Mon, 03 Jun 2024 10:15:00 +0700 <b>Lapor &lt;l@k.test&gt;</b
> wrote ----</div><div><br></div>[old]</div>"""),
    "Thunderbird": _page("""
<p>[own]</p><div class=moz-cite-prefix>On 6/3/24 10:15, Lapor wrote:<br></div><blockquote
 type=cite cite='mid:x'>[old]</blockquote><div class=moz-signature>-- <br>Budi Santoso</div
>"""),
    "Proton": _page("""
<div>[own]</div><div class='protonmail_signature_block'><div
 class=protonmail_signature_block-proton>Dikirim dengan Proton Mail.</div></div><div
 class=protonmail_quote>On Monday, June 3rd, 2024 at 10:15 AM, Lapor &lt;l@k.test&gt; wrote:<br><blockquote
 class=protonmail_quote type=cite>[old]</blockquote></div>"""),
    "Samsung": _page("""
<div>[own]</div><div><br></div><div id=composer_signature>Dikirim dari Galaxy saya</div><div><br></div
><div>-------- Pesan asli --------</div><div>Dari: Lapor &lt;l@k.test&gt;</div><div>Tanggal: 03/06/24</div
>[old]"""),
    "K-9": _page("""
[own]<br><div class=k9mail-signature>-- <br>Budi Santoso</div><br><div
 class=gmail_quote>On June 3, 2024 10:15:00 AM GMT+07:00, Lapor &lt;l@k.test&gt; wrote:<blockquote
 class=gmail_quote>[old]</blockquote></div>"""),
    "Zimbra": _page("""
<div><div>[own]</div><br><hr id=zwchr data-marker=__DIVIDER__><div data-marker=__HEADERS__>[head]</div
>[old]</div>"""),
    "Roundcube": _page("""
<p>[own]</p><p id=reply-intro>Pada 2024-06-03 10:15, Lapor menulis:</p><blockquote type=cite>[old]</blockquote
>"""),
    "Spark": _page("""
<div name=messageBodySection>[own]</div><div name=messageSignatureSection>Budi Santoso</div><div
 name=messageReplySection>On 3 Jun 2024 at 10.15 +0700, Lapor &lt;l@k.test&gt;, wrote:<blockquote
>[old]</blockquote></div>"""),
    "Windows Mail": _page("""
<div data-externalstyle=false><div>[own]</div><div style='padding-top:5px;border-top-style:solid'><div
>[head]</div></div><div><br></div>[old]</div>"""),
    "words between the quotes": _page(
        "<div>On 3 Jun 2024, at 10:15, Lapor &lt;l@k.test&gt; wrote:</div><blockquote type=cite>Sudah?</blockquote>"
        + _OWN.replace("<br>", "<blockquote type=cite>Yakin?</blockquote>")
    ),
}
"""Pages of mails, of each of which OWN is to be understood."""
