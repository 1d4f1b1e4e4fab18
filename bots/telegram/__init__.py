"""Telegram, by the Bot API: private chats only, buttons, a location button, photos; polled, or called by a webhook.

Who lives here: `settings` (what can be wrong with them), `receive` (an update becomes an envelope), `listen` (the two
ways in), `bot_profile` (the menu), `send` (messages and files), `wire` (the library), `connection` (all, switched on).
"""

from bots.telegram.settings import SETTINGS, has_token, problems
from core.messages import Channel, ChannelCallbacks, ChannelProfile, Connection, SenderProof, Values

__all__ = ["CHANNEL"]


def _connect(values: Values, callbacks: ChannelCallbacks) -> Connection:
    # The library costs a quarter of a second to import: only who is connected pays for it.
    from bots.telegram.connection import Telegram  # noqa: PLC0415  # see above

    return Telegram(values, callbacks)


CHANNEL = Channel(
    name="telegram",
    profile=ChannelProfile(
        name="telegram", limit=4000, max_buttons=10, echo=True, options=10, sender_proof=SenderProof.PROVED
    ),
    settings=SETTINGS,
    configured=has_token,
    sends=has_token,
    problems=problems,
    connect=_connect,
    off="ask @BotFather for a bot and set RESI_TELEGRAM_TOKEN to its token",
    # aiohttp writes addresses, and the token is part of them; telegram writes whole updates.
    silent_loggers=("telegram", "aiohttp", "httpx", "httpcore"),
)
