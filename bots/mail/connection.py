"""The mail channel switched on: its way in and its way out behind the one shape that all channels have."""

import logging
from dataclasses import dataclass

from bots.mail.receive import Receiver
from bots.mail.send import Sender
from bots.mail.setup import SILENT, setup_of
from core.errors import FileAway
from core.messages import ChannelCallbacks, FileRef, Hook, Outgoing, Values


@dataclass(frozen=True, slots=True)
class MailConnection:
    """See core.messages.Connection."""

    receiver: Receiver
    sender: Sender
    hooks: tuple[Hook, ...] = ()

    async def listen(self) -> None:
        """Holds the port open until it is cancelled."""
        await self.receiver.listen()

    def ready(self) -> bool:
        """Whether the port is bound."""
        return self.receiver.port is not None

    async def send(self, out: Outgoing) -> str:
        """Raises DeliveryFailed."""
        return await self.sender.send(out)

    async def fetch(self, ref: FileRef) -> bytes:
        """What came with the mail is already here."""
        if not ref.data:
            raise FileAway(final=True)
        return ref.data


def connect(values: Values, callbacks: ChannelCallbacks) -> MailConnection:
    """Raises ValueError with the name of a setting that cannot be understood."""
    for name in SILENT:
        quiet = logging.getLogger(name)
        quiet.setLevel(logging.CRITICAL + 1)
        quiet.propagate = False
    setup = setup_of(values)
    return MailConnection(Receiver(setup, callbacks.take), Sender(setup))
