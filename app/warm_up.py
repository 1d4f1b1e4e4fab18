"""What the first message needs is loaded while the service waits for it, and not while its sender does."""

import asyncio
import gc
import logging
from importlib import import_module

from app.logs import place_of
from core import intake
from core.analysis import Analysis
from core.messages import Address, Envelope, Incoming, Point, WireId
from core.model import Dialogue
from core.ports import Context
from storage import load_all

_log = logging.getLogger(__name__)
_LATER = ("core.scrub.formats", "httpx")  # loaded where it is first used, if nobody did before
_SOMEWHERE = Point(0.0, 0.0)
_STORY = "Lampu jalan mati dan jalan berlubang di depan pasar, di sebelah kantor pos, sejak hari Senin."


def warm(context: Context) -> None:
    """Reads a story as if it came by mail, and loads what reads rows and opens files; keeps nothing of either."""
    load_all()
    incoming = Incoming(Envelope("mail", Address(""), WireId(""), text=_STORY))
    with Analysis().open():
        intake.foresee(incoming, Dialogue(lang=context.lang), context)
    if context.city_map.boundaries is not None:
        context.city_map.boundaries.at(_SOMEWHERE)
    if context.city_map.gazetteer is not None:
        context.city_map.gazetteer.named("")
    for name in _LATER:
        import_module(name)


async def warmed(context: Context, *, wanted: bool) -> None:
    """On a thread of nobody's: no reader is counted, and whatever fails here fails again where it is heard of.

    `wanted`: messages or files come in here.
    """
    if not wanted:
        return
    try:
        await asyncio.get_running_loop().run_in_executor(None, warm, context)
    except Exception as fault:  # noqa: BLE001 - see above
        _log.warning("not_warmed", extra={"fault": place_of(fault)})
    gc.freeze()  # what was loaded stays, and no later look for garbage goes through it
