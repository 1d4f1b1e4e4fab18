"""What the first message needs is loaded while the service waits for it, and not while its sender does."""

from importlib import import_module

from core import intake
from core.analysis import Analysis
from core.messages import Address, Envelope, Incoming, WireId
from core.model import Dialogue
from core.ports import House

_STORY = "Lampu jalan mati dan jalan berlubang di depan pasar, kelurahan Tebet Barat, sejak hari Senin."


def warm(house: House) -> None:
    """Reads a story as if it came by mail, and loads what opens files; keeps nothing of either."""
    incoming = Incoming(Envelope("mail", Address(""), WireId(""), text=_STORY))
    with Analysis().open():
        intake.foresee(incoming, Dialogue(lang=house.lang), house)
    import_module("core.scrub.formats")
