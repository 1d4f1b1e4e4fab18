"""Twilio as a provider: signed forms in, its REST API out, and nothing of a citizen left there."""

from dataclasses import replace

from bots.provider_copies import ProviderCopies
from bots.sms.our_numbers import OurNumbers
from bots.sms.phone_numbers import address_of
from bots.sms.provider import MESSAGE_PATH, RECEIPT_PATH, Claim, Garbled, Read, receipt_url
from bots.twilio_forms import Form, Signatures
from bots.twilio_media import media_of
from bots.twilio_messages import TwilioMessages, TwilioRefusal, TwilioUnreadable
from core.errors import DeliveryFailed, NotAllowed
from core.messages import Envelope, FileRef, HookAnswer, HookRequest, Outgoing, UnsupportedContent, Values, WireId

# Twilio blocks the number by itself when one of these comes: no answer of ours could reach it.
_GOODBYES = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"})
# No retry changes it: 21211 no such number, 21408 region not allowed, 21610 opted out, 21612 and 21614 out of reach.
_FINAL = frozenset({21211, 21408, 21610, 21612, 21614})
_ARRIVED = {"delivered": True, "undelivered": False, "failed": False}
# Twilio cannot delete what it has not finished with (409, 20009): it asks for a minute, then for several.
DELETED_AFTER = (0.0, 60.0, 300.0, 1_800.0, 7_200.0)  # seconds


class Twilio:
    """core's envelopes from Twilio's forms, Twilio's calls from core's messages."""

    method = "POST"
    max_bytes = 200_000
    thanks = HookAnswer(200, b"<Response/>", "text/xml")

    def __init__(self, values: Values, api: TwilioMessages, copies: ProviderCopies) -> None:
        token, base = values.get("TWILIO_AUTH_TOKEN", ""), values.get("PUBLIC_URL", "").rstrip("/")
        self._messages = Signatures(token, base + MESSAGE_PATH)
        self._receipts = Signatures(token, base + RECEIPT_PATH)
        self._api = api
        self._callback = receipt_url(values)
        self._ours = OurNumbers(values.get("TWILIO_FROM", ""))
        self._copies = copies

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
        self._copies.add(wire_id.reveal())

    async def work(self) -> None:
        """Deletes there what is kept here."""
        await self._copies.work()

    async def send(self, out: Outgoing) -> str:
        """Twilio's sid; raises DeliveryFailed."""
        to, ours = self._ours.split(out.to)
        message = {"to": to, "from_": ours, "body": out.text}
        try:
            return await self._api.send(message | ({"status_callback": self._callback} if self._callback else {}))
        except TwilioRefusal as no:
            raise DeliveryFailed(no.reason, final=no.code in _FINAL, retry_after=no.retry_after) from None
        except TwilioUnreadable:
            raise DeliveryFailed("twilio unreadable", final=False) from None

    async def fetch(self, ref: FileRef) -> bytes:
        """Raises FileAway."""
        return await self._api.media.fetch(ref.fetch_id)


def _signed(request: HookRequest, signatures: Signatures) -> Form:
    form = signatures.form(request)
    if form is None:
        raise NotAllowed
    return form


def _says_goodbye(form: Form) -> bool:
    return form.last("Body").strip().upper() in _GOODBYES or form.last("OptOutType").upper() == "STOP"
