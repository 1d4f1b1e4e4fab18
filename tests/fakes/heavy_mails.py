"""Mails made to take long to read, each of one sort of nonsense."""

from collections.abc import Callable, Iterator

HTML = b"Content-Type: text/html\n\n"
MIXED = b"Content-Type: multipart/mixed; boundary=b\n\n"
PLAIN = b"Content-Type: text/plain; charset=utf-8\n\n"


def repeated(size: int, piece: bytes, before: bytes = b"") -> bytes:
    """As often as it fits."""
    return before + piece * (size // len(piece))


def in_parts(kind: bytes, content: bytes, count: int) -> bytes:
    """The same content so many times, in parts of that kind."""
    return MIXED + (b"--b\nContent-Type: " + kind + b"\n\n" + content + b"\n") * count + b"--b--\n"


def _texts(size: int, kind: bytes, piece: bytes) -> bytes:
    return in_parts(kind, piece * (1_500_000 // len(piece)), max(1, size // 1_500_000))


SORTS: dict[str, Callable[[int], bytes]] = {
    "20,000 addresses": lambda _size: (
        b"To: " + b"Warga Kota <warga@kota.test>,\n " * 20_000 + b"\nSubject: Lampu mati\n\nya"
    ),
    "a head without end": lambda size: repeated(size, b"X-Canary: y\n"),
    "a header without end": lambda size: repeated(size, b"a,\n ", b"Subject: "),
    "encoded words": lambda size: repeated(size, b"=?utf-8?q?a?= ", b"Subject: "),
    "parameters": lambda size: repeated(size, b';a="\\', b"Content-Type: text/plain"),
    "1,000 nested parts": lambda _size: b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1_000)
    ),
    "nested parts of one boundary": lambda size: repeated(size, b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"),
    "nested forwards": lambda size: repeated(size, b"Content-Type: message/rfc822\n\n"),
    "parts without number": lambda size: repeated(size, b"--b\n\nx\n", MIXED),
    "boundaries that begin alike": lambda size: repeated(size, b"\n--bc\n", MIXED + b"--b\n\n"),
    "a boundary to guess": lambda size: repeated(
        size, b"--" + b" " * 150 + b"\n", b"Content-Type: multipart/mixed\n\n"
    ),
    "div in div": lambda size: repeated(size, b"<div>", HTML),
    "unclosed fonts": lambda size: repeated(size, b"<font color=1><p>", HTML),
    "lists in lists": lambda size: repeated(size, b"<ul><li>", HTML),
    "attributes": lambda size: repeated(size, b"a=1 ", HTML + b"<div "),
    "angles": lambda size: repeated(size, b"<", HTML),
    "open quotes": lambda size: repeated(size, b"<a x='", HTML),
    "equals and spaces": lambda size: repeated(size, b" ", HTML + b"<a ="),
    "comments": lambda size: repeated(size, b"<!--", HTML),
    "scripts": lambda size: repeated(size, b"<script>", HTML),
    "ampersands": lambda size: repeated(size, b"&", HTML),
    "quotes in quotes": lambda size: repeated(size, b"<blockquote>", HTML),
    "meta": lambda size: repeated(size, b"<meta ", HTML),
    "nuls": lambda size: repeated(size, b"\0"),
    "carriage returns": lambda size: repeated(size, b"\r"),
    "line feeds": lambda size: repeated(size, b"\n"),
    "one line": lambda size: repeated(size, b"x", b"Subject: x\n\n"),
    "wrong base64": lambda size: repeated(
        size, b"=a", b"Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n"
    ),
    "wrong quoted-printable": lambda size: repeated(size, b"=", b"Content-Transfer-Encoding: quoted-printable\n\n"),
    "utf-7": lambda size: repeated(size, b"+AAA-", b"Content-Type: text/plain; charset=utf-7\n\n"),
    "quote signs": lambda size: repeated(size, b"> ", b"\n"),
    "quoted lines": lambda size: repeated(size, b"> x\n", b"\n"),
    "attributions": lambda size: repeated(size, b"On 1\n", b"\n"),
    "heads of quoted mails": lambda size: repeated(size, b"From: x\n", b"\n"),
    "thanks": lambda size: repeated(size, b"Terima kasih\n", b"\nx\n"),
    "thanks on one line": lambda size: repeated(size, b"terima kasih atas ", b"\nx\n"),
    "rules": lambda size: repeated(size, b"__________\n", b"\n"),
    "flowed": lambda size: repeated(size, b"> a \n", b"Content-Type: text/plain; format=flowed\n\n"),
    "ids": lambda size: repeated(size, b"<a@b> ", b"Message-ID: <a@b>\nReferences: "),
    "8-bit heads": lambda size: repeated(size, b"\xff\xfe\x80", b"Subject: "),
    "angles in many parts": lambda size: _texts(size, b"text/html", b"<"),
    "tags in many parts": lambda size: _texts(size, b"text/html", b"<b>"),
    "lists in many parts": lambda size: _texts(size, b"text/html", b"<ul><li>"),
    "ampersands in many parts": lambda size: _texts(size, b"text/html", b"&"),
    "flowed lines in many parts": lambda size: _texts(size, b"text/plain; format=flowed", b"a \n"),
    "letters in many parts": lambda size: _texts(size, b"text/plain", b"x"),
    "stacked marks": lambda size: repeated(size, "\u0301\u0316".encode(), PLAIN + b"a"),
    "stacked marks as numbers": lambda size: repeated(size, b"&#769;&#790;", HTML + b"a"),
    "numbers without end": lambda size: repeated(size, b"&#" + b"9" * 5_000 + b";", HTML),
    "one number without end": lambda size: repeated(size, b"9", HTML + b"&#"),
    "spaces before an attribution": lambda size: repeated(size, b" ", b"\nOn 1") + b"wrote:\n",
    "brackets in an address": lambda size: repeated(size, b"(", b"From: ") + b"\n\nya",
    "brackets in a subject": lambda size: repeated(size, b"[spam ", b"Subject: ") + b"\n\nya",
    "base64 of dots": lambda size: repeated(
        size, b"A.", b"Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n"
    ),
    "hidden, perhaps": lambda size: repeated(size, b"<p display" + b" " * 3_900 + b">", HTML),
    "pictures": lambda size: repeated(size, b"<img src=cid:a>", HTML),
    "deep and large": lambda size: (
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(100))
        + repeated(size, b"x")
    ),
    "100,000 headers": lambda _size: b"".join(b"X-A%d: y\n" % n for n in range(100_000)) + b"\nya",
}


def heavy(size: int) -> Iterator[tuple[str, bytes]]:
    """Each sort, of about so many bytes where it can be of any."""
    for name, made in SORTS.items():
        yield name, made(size)
