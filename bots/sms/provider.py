"""What an SMS provider must give, so that no word of its wire goes further than its own module."""

from dataclasses import dataclass, field
from typing import Protocol

from core.errors import ResiError
from core.messages import Envelope, FileRef, HookAnswer, HookRequest, Outgoing, Values, WireId

MESSAGE_PATH = "/hooks/sms"
RECEIPT_PATH = "/hooks/sms/receipt"


class Garbled(ResiError):
    """A request that can never be understood, however often it comes."""


@dataclass(frozen=True, slots=True)
class Read:
    """A message as it was read; no envelope: it came from a robot and is only acknowledged."""

    wire_id: WireId
    envelope: Envelope | None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a provider says of one message of ours, by the id that `send` returned for it."""

    id: str = field(repr=False)
    arrived: bool


class Provider(Protocol):
    """A company or a gateway that carries SMS. `method`: how it calls us; `thanks`: what it takes for a yes."""

    method: str
    max_bytes: int
    thanks: HookAnswer

    def read(self, request: HookRequest) -> Read:
        """Raises NotAllowed when it is not from the provider, Garbled when it cannot be understood."""

    def claim(self, request: HookRequest) -> Claim | None:
        """None while the message is still on its way; raises as `read`."""

    def kept(self, wire_id: WireId) -> None:
        """The message is safe here: the provider may forget it. Returns at once."""

    async def work(self) -> None:
        """What is done beside answering, until cancelled."""

    async def send(self, out: Outgoing) -> str:
        """As core.messages.Connection."""

    async def fetch(self, ref: FileRef) -> bytes:
        """As core.messages.Connection."""


def receipt_url(values: Values) -> str:
    """Where receipts go, or nothing while no address of ours is set that a provider could call."""
    base = values.get("PUBLIC_URL", "").rstrip("/")
    return base + RECEIPT_PATH if base.startswith(("http://", "https://")) else ""
