"""Twilio as a provider: a sender `whatsapp:+...` there, signed forms in, the Messages API out.

Twilio shows no buttons without a template, so options are numbered in the text, and a number answers.
"""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus

from bots.provider_copies import ProviderCopies
from bots.twilio_forms import Signatures
from bots.twilio_media import media_of
from bots.twilio_messages import TwilioMessages, TwilioRefusal, TwilioUnreadable
from bots.whatsapp.payload import press, with_options
from bots.whatsapp.receive import NAME, clean, degrees, number_of, person_of, place_words, pressed, word
from bots.whatsapp.settings import DELETED_AFTER, HOOK_PATH, RECEIPT_PATH, content_sids, value
from bots.whatsapp.templates import language, values
from bots.whatsapp.window import OutsideWindow, Window
from core.errors import DeliveryFailed
from core.messages import (
    ChannelCallbacks,
    Envelope,
    FileRef,
    Hook,
    HookAnswer,
    HookRequest,
    IntakeResult,
    Outgoing,
    Point,
    UnsupportedContent,
    Values,
    WireId,
)

_LOG = logging.getLogger(__name__)
_THANKS = HookAnswer(HTTPStatus.OK, b"<Response/>", "text/xml")
_ARRIVED = {"delivered": True, "read": True, "undelivered": False, "failed": False}
_MOST_BYTES = 200_000
_OUTSIDE = 63016
# Nobody can be reached there: no number (21211), opted out (21610), no WhatsApp (63003, 63024), blocked (63032).
_UNREACHABLE = frozenset({21211, 21610, 63003, 63024, 63032})
# The message can never be sent as it is: too long (21617), without words (21619), content that Meta refuses (63005).
_UNSENDABLE = frozenset({21617, 21619, 63005})


class TwilioSender:
    """A core.messages.Connection by Twilio's Messages API."""

    def __init__(self, values_: Values, callbacks: ChannelCallbacks) -> None:
        self._callbacks = callbacks
        account, token = value(values_, "WHATSAPP_TWILIO_SID"), value(values_, "WHATSAPP_TWILIO_TOKEN")
        base = value(values_, "PUBLIC_URL").rstrip("/")
        self._api = TwilioMessages(value(values_, "WHATSAPP_TWILIO_API_URL"), account, token)
        ours = f"whatsapp:{value(values_, 'WHATSAPP_NUMBER')}"
        self._ours = {"from_": ours, "status_callback": base + RECEIPT_PATH}
        self._content = content_sids(values_)
        self._messages, self._receipts = (Signatures(token, base + path) for path in (HOOK_PATH, RECEIPT_PATH))
        self._window = Window()
        self._copies = ProviderCopies(self._api.delete, DELETED_AFTER)

    @property
    def hooks(self) -> tuple[Hook, ...]:
        """Messages, and what became of ours."""
        return (
            Hook("POST", HOOK_PATH, self._message, _MOST_BYTES),
            Hook("POST", RECEIPT_PATH, self._receipt, _MOST_BYTES),
        )

    async def listen(self) -> None:
        """The web listens for us; what is left is to delete at Twilio what is kept here."""
        await self._copies.work()

    def ready(self) -> bool:
        """Whether `listen` runs; Twilio being away makes nothing unready."""
        return self._copies.working

    async def send(self, out: Outgoing) -> str:
        """Twilio's sid of the message; raises DeliveryFailed."""
        return await self._window.send(
            out,
            lambda: self._sent(out, {"body": with_options(out)}),
            lambda: self._send_template(out),
        )

    async def _send_template(self, out: Outgoing) -> str:
        sid = self._content.get(f"{out.key}.{language(out)}", "")
        if not sid:
            _LOG.warning("whatsapp.template_not_set key=%s lang=%s", out.key, language(out))
            raise DeliveryFailed("no such template", final=False)
        filled = [*values(out), *(press(out, option) for option in out.options)]
        numbered = {str(number): each for number, each in enumerate(filled, 1)}
        try:
            return await self._sent(out, {"content_sid": sid, "content_variables": json.dumps(numbered)})
        except OutsideWindow:  # the content is not approved, or of a kind that begins nothing
            raise DeliveryFailed("template not approved", final=False) from None

    async def _sent(self, out: Outgoing, what: Mapping[str, str]) -> str:
        try:
            return await self._api.send({"to": f"whatsapp:+{out.to.reveal()}", **self._ours, **what})
        except TwilioUnreadable:
            return ""  # a yes all the same
        except TwilioRefusal as no:
            if no.code == _OUTSIDE:
                raise OutsideWindow from None
            gone = no.code in _UNREACHABLE
            final = gone or no.code in _UNSENDABLE
            raise DeliveryFailed(no.reason, final=final, gone=gone, retry_after=no.retry_after) from None

    async def fetch(self, ref: FileRef) -> bytes:
        """Raises FileAway."""
        return ref.data or await self._api.media.fetch(ref.fetch_id)

    async def _message(self, request: HookRequest) -> HookAnswer:
        signed = self._messages.form(request)
        if signed is None:
            return _refused()
        form = signed.latest()
        sid, envelope = word(form.get("MessageSid")), self._envelope(form)
        if envelope is not None:
            self._window.wrote(envelope.sender)
            if await self._callbacks.take(envelope) is IntakeResult.LATER:
                return HookAnswer(HTTPStatus.SERVICE_UNAVAILABLE)
        if sid.isalnum():
            self._copies.add(sid)
        return _THANKS

    async def _receipt(self, request: HookRequest) -> HookAnswer:
        signed = self._receipts.form(request)
        if signed is None:
            return _refused()
        form = signed.latest()
        sid, arrived = word(form.get("MessageSid")), _ARRIVED.get(form.get("MessageStatus", "").lower())
        if sid and arrived is not None:
            await self._callbacks.receipt(sid, arrived)
        return _THANKS

    def _envelope(self, form: dict[str, str]) -> Envelope | None:
        """A whitelist: From, MessageSid, Body, button, place, media, and which message of ours is answered."""
        sender, sid = number_of(form.get("From", "").removeprefix("whatsapp:+")), word(form.get("MessageSid"))
        if sender is None or not sid:
            return None
        files, unsupported = media_of(lambda name: form.get(name, ""))
        point, payload = _point(form), form.get("ButtonPayload", "")
        found = pressed(payload) if payload else None
        # Nobody can write beside a card: what stands there is its name, or that of its file.
        text = "" if found or unsupported else clean(form.get("Body"))
        if point is not None:
            text = place_words(form.get("Label"), form.get("Address"))
        answered = word(form.get("OriginalRepliedMessageSid"))
        nothing = not (text or files or point or found)
        return Envelope(
            channel=NAME,
            sender=sender,
            wire_id=WireId(sid),
            text=text,
            choice=found.choice if found else "",
            revision=found.revision if found else None,
            point=point,
            files=files,
            unsupported=(unsupported or UnsupportedContent.OTHER) if nothing else None,
            in_thread=bool(answered),
            answers=(answered,) if answered else (),
            person=person_of(sender),
        )


def _refused() -> HookAnswer:
    _LOG.warning("whatsapp.hook_refused")
    return HookAnswer(HTTPStatus.FORBIDDEN)


def _point(form: dict[str, str]) -> Point | None:
    try:
        latitude, longitude = float(form["Latitude"]), float(form["Longitude"])
    except (KeyError, ValueError):
        return None
    north, east = degrees(latitude, 90), degrees(longitude, 180)
    return None if north is None or east is None else Point(north, east)
