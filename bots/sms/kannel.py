"""Kannel as a provider: an operator's short number, by the addresses that deploy/kannel configures."""

import asyncio
import codecs
import hmac
import re
from urllib.parse import unquote_to_bytes, urlencode

import httpx

from bots.http_answers import asked, seconds_asked
from bots.sms.our_numbers import OurNumbers
from bots.sms.phone_numbers import address_of
from bots.sms.provider import Claim, Garbled, Read, receipt_url
from core.errors import DeliveryFailed, FileAway, NotAllowed
from core.messages import Envelope, FileRef, HookAnswer, HookRequest, Outgoing, Values, WireId
from core.phrases import gsm7

_UCS2 = "2"  # coding
_RECEIPTS_WANTED = "3"  # dlr-mask: 1 delivered + 2 failed
_ARRIVED = {"1": True, "2": False, "16": False}  # 4 buffered and 8 taken by the SMSC: still on its way
_TAKEN = frozenset({200, 202})
_BAD_REQUEST = 400
_SECONDS = 10.0
# What an SMSC may name. Python knows stranger codecs (punycode, unicode_escape), and they are not for the network.
_CHARSETS = re.compile(
    r"(utf-?8|us-ascii|ascii|iso-?8859-\d+|latin-?\d|windows-125\d|cp-?125\d|utf-?16(be|le)?|ucs-?2)"
)


def _fields(query: str) -> dict[str, bytes]:
    """The raw bytes of each field: its text is in a charset that another field names."""
    fields: dict[str, bytes] = {}
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        fields.setdefault(name, unquote_to_bytes(value.replace("+", " ")))
    return fields


def _word(fields: dict[str, bytes], name: str) -> str:
    return fields.get(name, b"").decode("ascii", "replace").strip()


def _codec(charset: str, coding: str) -> str | None:
    name = charset.lower()
    if coding == _UCS2 or name in {"ucs2", "ucs-2", "utf16", "utf-16"}:
        return "utf-16-be"
    if not _CHARSETS.fullmatch(name):
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def decoded(data: bytes, charset: str, coding: str) -> str:
    """The text; an unknown or untrue charset is read as UTF-8, else as Latin-1, which fits anything."""
    codec = _codec(charset, coding)
    if codec == "utf-16-be":
        return data.decode(codec, "replace")
    for one in (codec, "utf-8"):
        try:
            if one:
                return data.decode(one)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


class Kannel:
    """core's envelopes from smsbox's queries, sendsms calls from core's messages."""

    method = "GET"
    max_bytes = 1_000  # of a body, which a GET does not have
    thanks = HookAnswer(200)

    def __init__(self, values: Values) -> None:
        self._send_url = values.get("KANNEL_SEND_URL", "")
        self._login = (values.get("KANNEL_USERNAME", ""), values.get("KANNEL_PASSWORD", ""))
        self._ours = OurNumbers(values.get("KANNEL_FROM", ""))
        self._secret = values.get("KANNEL_SECRET", "")
        self._receipts = receipt_url(values)
        self._tls = httpx.create_ssl_context()  # made once: loading the authorities takes 20 ms

    def _fields(self, request: HookRequest) -> dict[str, bytes]:
        fields = _fields(request.query)
        if not self._secret or not hmac.compare_digest(fields.get("secret", b""), self._secret.encode()):
            raise NotAllowed
        return fields

    def read(self, request: HookRequest) -> Read:
        """The fields of get-url: id, from, to, text, coding, charset."""
        fields = self._fields(request)
        wire_id, written_by = _word(fields, "id"), _word(fields, "from")
        if not wire_id or not written_by:
            raise Garbled
        address = address_of(written_by)
        if address is None:
            return Read(WireId(wire_id), None)
        text = decoded(fields.get("text", b""), _word(fields, "charset"), _word(fields, "coding"))
        to = _word(fields, "to")
        sender, counted = self._ours.noted(address, to), self._ours.counted_as(to)
        envelope = Envelope("sms", sender, WireId(wire_id), text=text, counted_as=counted, person=address)
        return Read(envelope.wire_id, envelope)

    def claim(self, request: HookRequest) -> Claim | None:
        """The fields of our dlr-url: id, type."""
        fields = self._fields(request)
        message, kind = _word(fields, "id"), _word(fields, "type")
        if not message or not kind:
            raise Garbled
        return Claim(message, _ARRIVED[kind]) if kind in _ARRIVED else None

    def kept(self, wire_id: WireId) -> None:
        """Kannel forgets by itself, once we said 200."""

    async def work(self) -> None:
        """Nothing but to wait."""
        await asyncio.Event().wait()

    async def fetch(self, ref: FileRef) -> bytes:
        """An SMS has no files."""
        del ref
        raise FileAway(final=True)

    async def send(self, out: Outgoing) -> str:
        """Our own id: Kannel gives none, the receipt brings ours back. Raises DeliveryFailed."""
        url = self._address(out)
        try:
            # No proxy of the environment: smsbox is a neighbour, and the address holds a password.
            client = httpx.AsyncClient(timeout=_SECONDS, trust_env=False, verify=self._tls)
            async with asyncio.timeout(_SECONDS), client:
                answer = await asked(client, "GET", url)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as trouble:
            raise DeliveryFailed(f"kannel {type(trouble).__name__}", final=False) from None
        if answer.status_code not in _TAKEN:
            raise DeliveryFailed(
                f"kannel {answer.status_code}",
                final=answer.status_code == _BAD_REQUEST,
                retry_after=seconds_asked(answer),
            )
        return out.id

    def _address(self, out: Outgoing) -> str:
        username, password = self._login
        to, ours = self._ours.split(out.to)
        fields: list[tuple[str, str | bytes]] = [
            ("username", username),
            ("password", password),
            ("from", ours),
            ("to", to),
        ]
        if gsm7.septets(out.text) is not None:
            fields += [("coding", "0"), ("charset", "UTF-8"), ("text", out.text)]
        else:
            fields += [("coding", _UCS2), ("charset", "UTF-16BE"), ("text", out.text.encode("utf-16-be", "replace"))]
        if self._receipts:
            # %d is Kannel's own escape, filled when the receipt comes; what stands before it holds none.
            back = urlencode({"secret": self._secret, "id": out.id}) + "&type=%d"
            fields += [("dlr-mask", _RECEIPTS_WANTED), ("dlr-url", f"{self._receipts}?{back}")]
        return self._send_url + ("&" if "?" in self._send_url else "?") + urlencode(fields)
