"""Kannel's smsbox on a loopback port: sendsms as smsbox.c reads it, get-url and dlr-url as urltrans.c fills them."""

from collections import deque
from dataclasses import dataclass, field
from urllib.parse import quote_plus, unquote_to_bytes

from tests.fakes.loopback_server import Reply, Request
from tests.fakes.sms_server import SmsServer

USERNAME = "resi"
PASSWORD = "a-password-of-the-fake"
NUMBER = "1708"
SECRET = "0123456789abcdef"

_NUMBER_CHARACTERS = frozenset("0123456789 +-")
_CHARSETS = {"0": "UTF-8", "1": "8-BIT", "2": "UTF-16BE"}  # %C where the SMSC names none


@dataclass(frozen=True, slots=True)
class SentSms:
    to: str
    sender: str
    text: str
    coding: str
    dlr_mask: str
    dlr_url: str


def _encoded(data: bytes) -> str:
    """octstr_url_encode of Kannel 1.4.5, as seen on its wire: a space is +, -_.~!*'() stay, all else is %XX."""
    return quote_plus(data, safe="!*'()")


def incoming(
    text: str,
    *,
    sender: str,
    id: str,  # noqa: A002 - the field's name on the wire
    secret: str = SECRET,
    to: str = NUMBER,
    coding: int = 0,
    charset: str | None = None,
) -> str:
    """The query that Kannel makes of our get-url. `charset`: what the SMSC said; None: what Kannel then fills in."""
    named = charset or _CHARSETS[str(coding)]
    codec = {"8-BIT": "latin-1"}.get(named, named)
    return "&".join(
        (
            f"secret={secret}",
            f"id={id}",
            f"from={_encoded(sender.encode())}",
            f"to={_encoded(to.encode())}",
            f"text={_encoded(text.encode('utf-16-be' if coding == 2 else codec))}",
            f"coding={coding}",
            f"charset={named}",
            "time=2026-03-02+03:04:05",
        )
    )


def receipt(dlr_url: str, kind: int) -> str:
    """The address that Kannel calls when a report comes: %d is filled, every other escape stays as it is."""
    filled, rest = "", dlr_url
    while "%" in rest:
        before, _, rest = rest.partition("%")
        filled += before + (str(kind) if rest.startswith("d") else "%" + rest[:1])
        rest = rest[1:]
    return filled + rest


def _arguments(query: str) -> dict[str, bytes]:
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return {name: unquote_to_bytes(value.replace("+", " ")) for name, _, value in pairs}


@dataclass
class KannelServer(SmsServer):
    """start() and stop(); `sent` grows; `answers` (status, words) are said once each, in order, instead of a yes."""

    sent: list[SentSms] = field(default_factory=list)
    answers: deque[tuple[int, str]] = field(default_factory=deque)
    accepted: tuple[int, str] = (202, "0: Accepted for delivery")

    def __post_init__(self) -> None:
        super().__init__()

    @property
    def url(self) -> str:
        """For RESI_KANNEL_SEND_URL."""
        return f"{self.root}/cgi-bin/sendsms"

    def settings(self, public_url: str) -> dict[str, str]:
        """The channel's settings that lead here, without RESI_."""
        return {
            "SMS_PROVIDER": "kannel",
            "KANNEL_SEND_URL": self.url,
            "KANNEL_USERNAME": USERNAME,
            "KANNEL_PASSWORD": PASSWORD,
            "KANNEL_FROM": NUMBER,
            "KANNEL_SECRET": SECRET,
            "PUBLIC_URL": public_url,
        }

    async def reply(self, request: Request) -> Reply:
        """Of smsbox."""
        path, _, query = request.path.partition("?")
        status, words = self.sendsms(path, query)
        return Reply(status, words.encode(), "text/html")

    def sendsms(self, path: str, query: str) -> tuple[int, str]:
        """In smsbox's own order of checks, with its own words."""
        if path != "/cgi-bin/sendsms":
            return 404, "Unknown request."
        given = _arguments(query)
        if given.get("username") != USERNAME.encode() or given.get("password") != PASSWORD.encode():
            return 403, "Authorization failed for sendsms"
        with self.changed:
            if self.answers:
                self.changed.notify_all()
                return self.answers.popleft()
        return self._taken(given)

    def _taken(self, given: dict[str, bytes]) -> tuple[int, str]:
        word = {name: value.decode("latin-1") for name, value in given.items()}
        if not word.get("to"):
            return 400, "Missing receiver number, rejected"
        if not _NUMBER_CHARACTERS.issuperset(word["to"]):
            return 400, "Garbage 'to' field, rejected."
        dlr_url = word.get("dlr-url", "")
        if dlr_url and not dlr_url.lower().startswith(("http://", "https://")):
            return 400, "DLR-URL field misformed, rejected"
        coding = word.get("coding", "0")
        try:
            text = given.get("text", b"").decode(word.get("charset", "utf-8"))
        except (UnicodeDecodeError, LookupError):
            return 400, "Charset or body misformed, rejected"
        sms = SentSms(word["to"], word.get("from", ""), text, coding, word.get("dlr-mask", ""), dlr_url)
        with self.changed:
            self.sent.append(sms)
            self.changed.notify_all()
        return self.accepted
