"""A conversation in the terminal, with any channel's profile: for trying out, demonstrating, and for a counter."""

from bots.terminal.receive import envelope_of
from core.messages import Channel, ChannelCallbacks, ChannelProfile, Connection, SenderProof, Values

__all__ = ["CHANNEL", "envelope_of"]


def _never(_: Values) -> bool:
    return False


def _nowhere(_: Values, __: ChannelCallbacks) -> Connection:
    raise AssertionError("a terminal is talked to by `resi chat`, not by the service")


CHANNEL = Channel(
    name="terminal",
    profile=ChannelProfile(name="terminal", limit=4000, sender_proof=SenderProof.PROVED),
    settings=(),
    configured=_never,
    sends=_never,
    problems=lambda _: (),
    connect=_nowhere,
    off="make chat",
)
