"""The way of every SMS, whoever carries it: read, taken, committed, and only then acknowledged."""

import logging

from bots.sms.provider import MESSAGE_PATH, RECEIPT_PATH, Garbled, Provider
from core.errors import NotAllowed
from core.messages import ChannelCallbacks, FileRef, Hook, HookAnswer, HookRequest, IntakeResult, Outgoing

log = logging.getLogger(__name__)

_REFUSALS: tuple[tuple[type[Exception], int], ...] = ((NotAllowed, 403), (Garbled, 400))
_AGAIN = HookAnswer(503)


class SmsConnection:
    """The channel, switched on with one provider."""

    def __init__(self, provider: Provider, callbacks: ChannelCallbacks) -> None:
        self._provider = provider
        self._callbacks = callbacks
        self._up = False

    @property
    def hooks(self) -> tuple[Hook, ...]:
        """Only the method of the chosen provider exists."""
        provider = self._provider
        return (
            Hook(provider.method, MESSAGE_PATH, self._message, provider.max_bytes),
            Hook(provider.method, RECEIPT_PATH, self._receipt, provider.max_bytes),
        )

    async def listen(self) -> None:
        """The web listens for us; what is left is the provider's own work."""
        self._up = True
        try:
            await self._provider.work()
        finally:
            self._up = False

    def ready(self) -> bool:
        """Whether `listen` runs."""
        return self._up

    async def send(self, out: Outgoing) -> str:
        """The provider's id of the message, or nothing; raises DeliveryFailed."""
        return await self._provider.send(out)

    async def fetch(self, ref: FileRef) -> bytes:
        """Raises FileAway."""
        return await self._provider.fetch(ref)

    async def _message(self, request: HookRequest) -> HookAnswer:
        try:
            read = self._provider.read(request)
        except (NotAllowed, Garbled) as refusal:
            return _refused(refusal)
        if read.envelope is None:
            log.info("sms from a robot dropped")
        elif await self._callbacks.take(read.envelope) is IntakeResult.LATER:
            return _AGAIN
        self._provider.kept(read.wire_id)
        return self._provider.thanks

    async def _receipt(self, request: HookRequest) -> HookAnswer:
        try:
            claim = self._provider.claim(request)
        except (NotAllowed, Garbled) as refusal:
            return _refused(refusal)
        if claim is not None:
            await self._callbacks.receipt(claim.id, claim.arrived)
        return self._provider.thanks


def _refused(refusal: Exception) -> HookAnswer:
    log.warning("sms hook refused: %s", type(refusal).__name__)
    return HookAnswer(next(status for kind, status in _REFUSALS if isinstance(refusal, kind)))
