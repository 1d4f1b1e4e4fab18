"""A mail's bytes taken apart into leaves, without recursion: the standard parser falls over on depth."""

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.message import Message

MAX_DEPTH = 8  # each level copies all that lies in it
MAX_PARTS = 200
_HEAD_LIMIT = 2_000_000  # a To of 20,000 addresses stands before what we look for
_HEADER_LIMIT = 16_000
_PARAMETERS_LIMIT = 2_000

# All that may be known of a mail's head. What is not here is never read: Received, From, User-Agent, Date's zone ...
HEADERS = frozenset(
    {
        "auto-submitted",
        "content-disposition",
        "content-id",
        "content-transfer-encoding",
        "content-type",
        "date",  # only to tell two mails without Message-ID apart; hashed with the rest
        "in-reply-to",
        "message-id",
        "precedence",
        "references",
        "subject",
        "x-autoreply",
        "x-autorespond",
    }
)
LIST_HEADER = "list-"
_NAME = re.compile(rb"([!-9;-~]{1,80})[ \t]*:")
_GUESSED = re.compile(rb"^--([^\n]{1,200})\n(?=content-)", re.IGNORECASE | re.MULTILINE)
_BASE64 = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
_NO_LETTERS = bytes(sorted(frozenset(range(256)) - _BASE64))
_NO_BASE64 = re.compile(rb"[A-Za-z] [A-Za-z]|[<>\x80-\xff]")

_MAILS = frozenset({"message/rfc822", "message/global"})
_BODIES = frozenset({"text/plain", "text/html"})
_LOOKED_AT = 40_000  # encoded bytes of a part, to see whether it is a mail: relays write long heads
_MAIL_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?\n{0,3}(?:>?From [^\n]*\n)?(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}"
)
_MAIL_NAMES = frozenset(
    (b"to", b"subject", b"date", b"message-id", b"mime-version", b"received", b"return-path", b"content-type")
)

Head = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One part that holds no others. `group`: the alternative it stands in, 0 for none.

    `message`: 0 for what the writer wrote and attached, else which of the mails it is in that came with it.
    """

    kind: str
    charset: str = ""
    attached: bool = False
    content_id: str = ""
    flowed: bool = False
    spaces_kept: bool = True
    group: int = 0
    message: int = 0
    encoding: str = field(default="", repr=False)
    body: bytes = field(default=b"", repr=False)

    def data(self, limit: int | None = None) -> bytes:
        """The bytes behind the transfer encoding, however broken; of texts at most `limit` encoded bytes are read."""
        body = self.body if limit is None else self.body[:limit]
        if self.encoding == "base64":
            return _unbase64(body, text=self.kind.startswith("text/"))
        if self.encoding == "quoted-printable":
            return binascii.a2b_qp(body)
        return body


def split(raw: bytes) -> tuple[Head, bytes]:
    """The whitelisted headers (names in lower case, first of each) and the body, from bytes with any line breaks."""
    return _split(raw.replace(b"\0", b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n"))


def leaves(head: Head, body: bytes) -> Iterator[Leaf]:
    """Every leaf in reading order, those of mails that came with it too; what lies too deep is not read."""
    heap = [_Piece(head, body)]
    parts = groups = messages = 0
    while heap and parts < MAX_PARTS:
        piece = heap.pop()
        parts += 1
        typed = _typed(piece.head)
        kind = typed.get_content_type()
        within = _pieces(piece.body, typed) if kind.startswith("multipart/") else []
        if within and piece.depth < MAX_DEPTH:
            if kind == "multipart/alternative" and not piece.group:
                groups += 1
                piece = replace(piece, group=groups)
            heap.extend(piece.inner(*_split(each)) for each in reversed(within))
        if within:
            continue
        leaf = _leaf(piece, typed)
        enclosed = _enclosed(leaf)
        if not enclosed:
            yield leaf
        elif piece.depth < MAX_DEPTH:
            messages += 1
            heap.append(replace(piece.inner(*split(enclosed.lstrip(b"\r\n"))), group=0, message=messages))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part that is not taken apart yet."""

    head: Head
    body: bytes
    depth: int = 0
    group: int = 0
    message: int = 0

    def inner(self, head: Head, body: bytes) -> "_Piece":
        return replace(self, head=head, body=body, depth=self.depth + 1)


def _enclosed(leaf: Leaf) -> bytes:
    """The mail that a leaf holds, whatever it is called; empty where it holds none."""
    if leaf.kind in _MAILS:
        return leaf.data()
    body_text = leaf.kind in _BODIES and not leaf.attached
    return leaf.data() if not body_text and is_mail(leaf.data(_LOOKED_AT)) else b""


def is_mail(data: bytes) -> bool:
    """Whether bytes begin with the head of a mail that says from whom it is, as an .eml file does."""
    found = _MAIL_HEAD.match(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    names = {line.partition(b":")[0].lower() for line in found[0].split(b"\n")} if found else frozenset[bytes]()
    return b"from" in names and bool(names & _MAIL_NAMES)


def _split(raw: bytes) -> tuple[Head, bytes]:
    if raw.startswith(b"\n"):
        return {}, raw[1:]
    block, _, body = raw.partition(b"\n\n")
    lines = block[:_HEAD_LIMIT].split(b"\n")
    if not _NAME.match(lines[0]) and not lines[0].startswith(b"From "):
        return {}, raw
    found: dict[str, list[bytes]] = {}
    current: list[bytes] = []
    for line in lines:
        if line[:1] in {b" ", b"\t"}:
            current.append(line)
            continue
        current = []
        name, _, value = line.partition(b":")
        key = name.strip().lower().decode("latin-1")
        if (key in HEADERS or key.startswith(LIST_HEADER)) and key not in found:
            found[key] = current = [value]
    return {key: _value(pieces) for key, pieces in found.items()}, body


def _value(pieces: list[bytes]) -> str:
    raw = b" ".join(piece.strip() for piece in pieces)[:_HEADER_LIMIT]
    try:
        return raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace").strip()


def _typed(head: Head) -> Message:
    message = Message()
    for name in ("Content-Type", "Content-Disposition"):
        if value := head.get(name.lower()):
            message[name] = value[:_PARAMETERS_LIMIT]
    return message


def _parameter(typed: Message, name: str) -> str:
    try:
        value = typed.get_param(name, "")
    except (ValueError, TypeError, IndexError, LookupError):
        return ""
    return str(value[2] if isinstance(value, tuple) else value or "").strip()


def _pieces(body: bytes, typed: Message) -> list[bytes]:
    boundary = _parameter(typed, "boundary").encode("utf-8", "replace")
    pieces = _between(body, boundary) if boundary else []
    if not pieces and (guessed := _GUESSED.search(body)):
        pieces = _between(body, guessed[1].rstrip())
    return pieces


def _between(body: bytes, boundary: bytes) -> list[bytes]:
    delimiter = b"\n--" + boundary
    pieces: list[list[bytes]] = []
    for chunk in (b"\n" + body).split(delimiter, MAX_PARTS)[1:]:
        rest_of_line, _, content = chunk.partition(b"\n")
        if rest_of_line.startswith(b"--") and not rest_of_line[2:].strip():
            break
        if not rest_of_line.strip():
            pieces.append([content])
        elif pieces:  # the boundary of a part inside begins like ours
            pieces[-1] += (delimiter, chunk)
    return [b"".join(piece) for piece in pieces]


def _leaf(piece: _Piece, typed: Message) -> Leaf:
    head, kind = piece.head, typed.get_content_type()
    return Leaf(
        kind="text/plain" if kind.startswith("multipart/") else kind,
        charset=_parameter(typed, "charset"),
        attached=head.get("content-disposition", "").lower().startswith("attachment"),
        content_id=head.get("content-id", "").strip("<> "),
        flowed=_parameter(typed, "format").lower() == "flowed",
        spaces_kept=_parameter(typed, "delsp").lower() != "yes",
        group=piece.group,
        message=piece.message,
        encoding=head.get("content-transfer-encoding", "").partition(";")[0].strip().lower(),
        body=piece.body,
    )


def _unbase64(body: bytes, *, text: bool) -> bytes:
    if text and _NO_BASE64.search(body):  # said base64, and is not
        return body
    letters = body.translate(None, _NO_LETTERS)
    whole = len(letters) - (len(letters) % 4 == 1)
    return binascii.a2b_base64(letters[:whole] + b"=" * (-whole % 4))
