"""Twilio as a provider: signed forms in, its REST API out, and nothing of a citizen left there."""

import hmac
from dataclasses import replace
from urllib.parse import parse_qsl, urlparse

from twilio.request_validator import RequestValidator, add_port, remove_port  # type: ignore[import-untyped]

from bots.sms.deletions import Deletions
from bots.sms.our_numbers import OurNumbers
from bots.sms.phone_numbers import address_of
from bots.sms.provider import MESSAGE_PATH, RECEIPT_PATH, Claim, Garbled, Read
from bots.sms.twilio_api import TwilioApi
from bots.twilio_media import media_of
from core.errors import NotAllowed
from core.messages import Envelope, FileRef, HookAnswer, HookRequest, Outgoing, UnsupportedContent, Values, WireId

# Twilio blocks the number by itself when one of these comes: no answer of ours could reach it.
_GOODBYES = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"})
_ARRIVED = {"delivered": True, "undelivered": False, "failed": False}
_MOST_FIELDS = 200


class _Form(dict[str, list[str]]):
    """A parsed form; the SDK's validator asks `getlist` and signs every value of a field that came twice."""

    def getlist(self, name: str) -> list[str]:
        return self[name]

    def last(self, name: str) -> str:
        """The last value, or nothing."""
        return self.get(name, [""])[-1]

    def latest(self) -> dict[str, str]:
        """One value a field, as an older signer of Twilio's sees a form."""
        return {name: values[-1] for name, values in self.items()}


def _form(body: bytes) -> _Form:
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, strict_parsing=False, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        raise NotAllowed from None  # Twilio signs what can be read
    form = _Form()
    for name, value in pairs:
        form.setdefault(name, []).append(value)
    return form


class _Signatures:
    """Whether a form was signed with our token for one address of ours.

    The address is the configured one, never the request's Host; Twilio signs it with or without its port.
    """

    def __init__(self, token: str, url: str) -> None:
        self._validator = RequestValidator(token) if token else None
        parsed = urlparse(url)
        self._urls = (str(add_port(parsed)), str(remove_port(parsed)))

    def hold(self, request: HookRequest, form: _Form) -> bool:
        given = request.headers.get("x-twilio-signature", "").encode()
        query = "?" + request.query if request.query else ""
        expected = [
            self._validator.compute_signature(url + query, fields).encode()
            for url in self._urls
            for fields in (form, form.latest())
            if self._validator is not None
        ]
        return any(hmac.compare_digest(one, given) for one in expected)


class Twilio:
    """core's envelopes from Twilio's forms, Twilio's calls from core's messages."""

    method = "POST"
    max_bytes = 200_000
    thanks = HookAnswer(200, b"<Response/>", "text/xml")

    def __init__(self, values: Values, api: TwilioApi, deletions: Deletions) -> None:
        token, base = values.get("TWILIO_AUTH_TOKEN", ""), values.get("PUBLIC_URL", "").rstrip("/")
        self._messages = _Signatures(token, base + MESSAGE_PATH)
        self._receipts = _Signatures(token, base + RECEIPT_PATH)
        self._api = api
        self._ours = OurNumbers(values.get("TWILIO_FROM", ""))
        self._deletions = deletions

    def read(self, request: HookRequest) -> Read:
        """A whitelist: Body, From, To, MessageSid, OptOutType, NumMedia, MediaUrl*, MediaContentType*."""
        form = _signed(request, self._messages)
        sid, sender = form.last("MessageSid"), form.last("From")
        if not sid or not sender:
            raise Garbled
        found, wire_id, to = address_of(sender), WireId(sid), form.last("To")
        if found is None:
            return Read(wire_id, None)
        address, counted = self._ours.noted(found, to), self._ours.counted_as(to)
        if _says_goodbye(form):
            return Read(wire_id, Envelope("sms", address, wire_id, unsupported=UnsupportedContent.LEFT))
        text, (files, unsupported) = form.last("Body"), media_of(form.last)
        if text or files:
            unsupported = None
        said = Envelope("sms", address, wire_id, text=text, files=files, unsupported=unsupported)
        return Read(wire_id, replace(said, counted_as=counted, person=found))

    def claim(self, request: HookRequest) -> Claim | None:
        """MessageSid and MessageStatus."""
        form = _signed(request, self._receipts)
        sid, status = form.last("MessageSid"), form.last("MessageStatus").lower()
        if not sid or not status:
            raise Garbled
        return Claim(sid, _ARRIVED[status]) if status in _ARRIVED else None

    def kept(self, wire_id: WireId) -> None:
        """Twilio keeps body, number and media until it is told to delete them."""
        self._deletions.add(wire_id)

    async def work(self) -> None:
        """Deletes there what is kept here."""
        await self._deletions.work()

    async def send(self, out: Outgoing) -> str:
        """Twilio's sid; raises DeliveryFailed."""
        return await self._api.send(out)

    async def fetch(self, ref: FileRef) -> bytes:
        """Raises FileAway."""
        return await self._api.media.fetch(ref.fetch_id)


def _signed(request: HookRequest, signatures: _Signatures) -> _Form:
    if "x-twilio-signature" not in request.headers:
        raise NotAllowed
    form = _form(request.body)
    if not signatures.hold(request, form):
        raise NotAllowed
    return form


def _says_goodbye(form: _Form) -> bool:
    return form.last("Body").strip().upper() in _GOODBYES or form.last("OptOutType").upper() == "STOP"
