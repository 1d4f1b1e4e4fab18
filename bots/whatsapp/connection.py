"""The channel switched on: Meta's webhook in, acknowledged after the commit; messages out."""

import asyncio
import hashlib
import hmac
import logging
from http import HTTPStatus
from urllib.parse import parse_qs

from bots.provider_copies import ProviderCopies
from bots.whatsapp.cloud_api import CloudApi
from bots.whatsapp.payload import message, press, recipient
from bots.whatsapp.receive import read
from bots.whatsapp.settings import DELETED_AFTER, HOOK_PATH, provider, value
from bots.whatsapp.templates import template
from bots.whatsapp.window import OutsideWindow, Window
from core.errors import DeliveryFailed, StoreAway
from core.messages import (
    ChannelCallbacks,
    Connection,
    Envelope,
    FileRef,
    Hook,
    HookAnswer,
    HookRequest,
    IntakeResult,
    Outgoing,
    Values,
)

_LOG = logging.getLogger(__name__)
_MOST_BODY = 3 << 20  # what Meta sends at most
_MOST_CHALLENGE = 100
_AT_ONCE = 16  # people of one body whose messages are taken side by side
_SIGNATURE = "x-hub-signature-256"


def connected(values: Values, callbacks: ChannelCallbacks) -> Connection:
    """The connection of the provider that the settings choose; imports the library of that one alone."""
    if provider(values) == "twilio":
        from bots.whatsapp.twilio_sender import TwilioSender  # noqa: PLC0415 - Meta's way needs no library of Twilio's

        return TwilioSender(values, callbacks)
    return Meta(values, callbacks)


class Meta:
    """A core.messages.Connection by the Cloud API."""

    def __init__(self, values: Values, callbacks: ChannelCallbacks) -> None:
        self._callbacks = callbacks
        self._api = CloudApi(values)
        self._number = value(values, "WHATSAPP_PHONE_NUMBER_ID")
        self._secret = value(values, "WHATSAPP_APP_SECRET").encode()
        self._verify_token = value(values, "WHATSAPP_VERIFY_TOKEN").encode()
        self._window = Window()
        self._copies = ProviderCopies(self._api.delete, DELETED_AFTER)

    @property
    def hooks(self) -> tuple[Hook, ...]:
        """GET: Meta asks once whether the address is ours; POST: messages and statuses."""
        return (
            Hook("GET", HOOK_PATH, self._verified, max_bytes=1_000),
            Hook("POST", HOOK_PATH, self._called, max_bytes=_MOST_BODY),
        )

    async def listen(self) -> None:
        """The web listens for us; what is left is to delete at Meta what is kept here."""
        await self._copies.work()

    def ready(self) -> bool:
        """Whether `listen` runs; Meta being away makes nothing unready."""
        return self._copies.working

    async def send(self, out: Outgoing) -> str:
        """Meta's id of the message; raises DeliveryFailed."""
        return await self._window.send(
            out,
            lambda: self._api.post(recipient(out) | message(out)),
            lambda: self._send_template(out),
        )

    async def _send_template(self, out: Outgoing) -> str:
        pressed = [(option, press(out, option)) for option in out.options]
        try:
            return await self._api.post(recipient(out) | template(out, pressed))
        except OutsideWindow:  # of a template Meta's documents know no such answer
            raise DeliveryFailed("whatsapp template", final=False) from None

    async def fetch(self, ref: FileRef) -> bytes:
        """Raises FileAway."""
        return ref.data or await self._api.fetch(ref.fetch_id)

    async def _verified(self, request: HookRequest) -> HookAnswer:
        try:
            asked = parse_qs(request.query, max_num_fields=20)
        except ValueError:
            return HookAnswer(HTTPStatus.FORBIDDEN)
        token, challenge = asked.get("hub.verify_token", [""])[0], asked.get("hub.challenge", [""])[0]
        known = hmac.compare_digest(token.encode("utf-8", "replace"), self._verify_token) and self._verify_token
        plain = challenge.isascii() and challenge.isalnum() and len(challenge) <= _MOST_CHALLENGE
        if not known or not plain or asked.get("hub.mode") != ["subscribe"]:
            return HookAnswer(HTTPStatus.FORBIDDEN)
        return HookAnswer(HTTPStatus.OK, challenge.encode())

    def _signed(self, request: HookRequest) -> bool:
        given = request.headers.get(_SIGNATURE, "").encode("utf-8", "replace")
        expected = b"sha256=" + hmac.new(self._secret, request.body, hashlib.sha256).hexdigest().encode()
        return bool(self._secret) and hmac.compare_digest(given, expected)

    async def _called(self, request: HookRequest) -> HookAnswer:
        if not self._signed(request):
            _LOG.warning("whatsapp.hook_refused")
            return HookAnswer(HTTPStatus.FORBIDDEN)
        body = read(request.body, self._number)
        await self._take(body.envelopes)
        for receipt in body.receipts:
            await self._callbacks.receipt(receipt.id, receipt.arrived)
        return HookAnswer(HTTPStatus.OK)

    async def _take(self, envelopes: tuple[Envelope, ...]) -> None:
        """People side by side, each in their own order; raises StoreAway where one has to come again."""
        by_person: dict[object, list[Envelope]] = {}
        for envelope in envelopes:
            by_person.setdefault(envelope.sender, []).append(envelope)
        places = asyncio.Semaphore(_AT_ONCE)

        async def walk(theirs: list[Envelope]) -> bool:
            async with places:
                for envelope in theirs:
                    if not await self._taken(envelope):
                        return False  # those behind it wait too, for the order
            return True

        if not all(await asyncio.gather(*map(walk, by_person.values()))):
            raise StoreAway

    async def _taken(self, envelope: Envelope) -> bool:
        self._window.wrote(envelope.sender)
        try:
            if await self._callbacks.take(envelope) is IntakeResult.LATER:
                return False
        except StoreAway:
            return False
        except Exception as bug:  # noqa: BLE001 - one message must never block those beside it
            _LOG.error("whatsapp.message_failed type=%s", type(bug).__name__)  # a trace may hold words
        for file in envelope.files:
            self._copies.add(file.fetch_id)
        return True
