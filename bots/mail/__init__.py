"""E-mail: received by a small SMTP server of our own, answered through a relay; exports CHANNEL."""

from bots.mail.address import own_address
from bots.mail.compose import compose
from bots.mail.setup import SETTINGS, SILENT, domain_of, listens, problems, setting
from core.messages import Address, Channel, ChannelCallbacks, ChannelProfile, Connection, OneShot, Outgoing, Values

__all__ = ["CHANNEL"]


def _connect(values: Values, callbacks: ChannelCallbacks) -> Connection:
    from bots.mail.connection import connect  # noqa: PLC0415 - its libraries load only where mail is switched on

    return connect(values, callbacks)


def _as_file(values: Values, out: Outgoing) -> bytes:
    address = setting(values, "MAIL_ADDRESS")
    return compose(out, address, domain_of(address))


def _typed(values: Values, typed: str) -> Address | None:
    found = own_address(typed, setting(values, "MAIL_ADDRESS"))
    return None if found is None else Address(found)


CHANNEL = Channel(
    name="mail",
    profile=ChannelProfile(name="mail", limit=20_000, threads=True, echo=True, one_shot=OneShot.ALWAYS),
    settings=SETTINGS,
    configured=listens,
    sends=lambda values: bool(setting(values, "MAIL_RELAY_URL")),
    problems=problems,
    connect=_connect,
    as_file=_as_file,
    reached_at=lambda values: setting(values, "MAIL_ADDRESS"),
    typed=_typed,
    off="set RESI_MAIL_LISTEN=host:port to take reports by mail",
    silent_loggers=SILENT,
)
