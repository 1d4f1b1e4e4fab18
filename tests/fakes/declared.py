"""How channels speak where the operator declares that some of them prove their senders, as a carrier's bind may."""

from dataclasses import replace

from bots.channels import CHANNELS
from core.messages import Manner, SenderProof

BY_CARRIER = ("sms",)


def manners(proved: tuple[str, ...] = BY_CARRIER) -> dict[str, Manner]:
    return {each.name: _proved(each.manner) if each.name in proved else each.manner for each in CHANNELS}


def _proved(manner: Manner) -> Manner:
    return replace(manner, sender_proof=SenderProof.PROVED)
