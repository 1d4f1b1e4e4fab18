"""The list of channels, in the order in which people see them; settings, hooks, doctor and tests loop over it."""

from bots import mail, sms, telegram, terminal, whatsapp
from core.messages import Channel

CHANNELS: tuple[Channel, ...] = (telegram.CHANNEL, whatsapp.CHANNEL, sms.CHANNEL, mail.CHANNEL, terminal.CHANNEL)


def channel(name: str) -> Channel:
    """The channel of that name; KeyError where there is none."""
    return _BY_NAME[name]


_BY_NAME = {each.name: each for each in CHANNELS}
