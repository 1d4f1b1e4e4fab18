"""How channels speak where the operator declares that some of them prove their senders, as a carrier's bind may."""

from bots.channels import CHANNELS
from core.messages import ChannelProfile

BY_CARRIER = ("sms",)


def profiles(proved: tuple[str, ...] = BY_CARRIER) -> dict[str, ChannelProfile]:
    return {each.name: each.profile.with_proved_senders() if each.name in proved else each.profile for each in CHANNELS}
