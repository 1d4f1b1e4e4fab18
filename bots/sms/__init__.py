"""Reports by SMS: one channel, two real providers, and neither shows outside this folder.

Who lives here: `CHANNEL` (what others may use), channel (settings, and which provider), connection (what every
provider's message goes through), provider (what a provider must give), twilio (the hosted one), kannel (an operator's
short number), phone_numbers (senders in one form), our_numbers (which of ours was written to).
"""

from bots.sms.channel import CHANNEL

__all__ = ["CHANNEL"]
