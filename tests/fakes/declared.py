"""How channels speak where the operator declares that some of them prove their senders, as a carrier's bind may."""

from bots.channels import CHANNELS
from core.messages import Manner

BY_CARRIER = ("sms",)


def manners(proved: tuple[str, ...] = BY_CARRIER) -> dict[str, Manner]:
    return {each.name: each.manner.proving() if each.name in proved else each.manner for each in CHANNELS}
