"""Reports by WhatsApp: buttons, lists, places, photos and voice, by Meta's Cloud API or by Twilio.

Who lives here: `settings` (what can be wrong with them), `connection` (all, switched on); Meta's way: `receive` (its
webhook becomes envelopes), `payload` (what is said, in its shapes), `cloud_api` (its Graph API); Twilio's way:
`twilio_sender` (forms in, messages out); for both: `window` (who wrote within a day),
`templates` (what has to be approved).
"""

from bots.whatsapp.settings import SETTINGS, configured, number, problems
from core.messages import Channel, ChannelCallbacks, ChannelProfile, Connection, SenderProof, Values

__all__ = ["CHANNEL"]


def _connect(values: Values, callbacks: ChannelCallbacks) -> Connection:
    from bots.whatsapp.connection import connected  # noqa: PLC0415 - a channel that is off costs no import

    return connected(values, callbacks)


CHANNEL = Channel(
    name="whatsapp",
    profile=ChannelProfile(
        name="whatsapp",
        limit=4000,  # of 4096, as Meta counts what a person reads
        max_buttons=10,  # rows of a list; up to three are buttons
        label_limit=24,
        options=10,
        sender_proof=SenderProof.PROVED,
        people="phone",  # as by SMS
    ),
    settings=SETTINGS,
    configured=configured,
    sends=configured,
    problems=problems,
    connect=_connect,
    reached_at=number,
    off="set RESI_WHATSAPP_PROVIDER to meta or twilio, and the settings of that provider",
    silent_loggers=("httpx", "httpcore"),
)
