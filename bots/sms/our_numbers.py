"""Our own numbers, where one channel has several: who wrote to one of them is answered from it.

Which one it was goes along with the sender's address, and so is sealed, kept and erased with it. The first number is
the usual one and is not noted: addresses that were kept before there was a second stay as they are.
"""

import re

from bots.sms.phone_numbers import address_of
from bots.sms.sender_list import listed
from core.messages import Address
from core.phrases import KEYS

_MARK = ">"  # stands in no number


class OurNumbers:
    """The numbers of one provider's setting."""

    def __init__(self, setting: str) -> None:
        self._numbers = listed(setting) or ("",)
        self._by_form = {_form(number): number for number in reversed(self._numbers)}

    def noted(self, sender: Address, written_to: str) -> Address:
        """The sender's address with the number of ours that they wrote to; one that is none of ours is the first."""
        ours = self._by_form.get(_form(written_to), self._numbers[0])
        return sender if ours == self._numbers[0] else Address(f"{sender.reveal()}{_MARK}{ours}")

    def split(self, to: Address) -> tuple[str, str]:
        """Who is written to, and from which number; from the first where the noted one is ours no more."""
        number, _, ours = to.reveal().partition(_MARK)
        return number, ours if ours in self._numbers else self._numbers[0]

    def counted_as(self, written_to: str) -> str:
        """The channel of its own under which a city counts that number; empty where it counts none apart.

        A number is counted apart where there are several and the city's phrases name `web_channel_sms<number>`.
        """
        ours = self._by_form.get(_form(written_to), self._numbers[0])
        name = f"sms{re.sub(r'[^0-9]', '', ours)}"
        return name if len(self._numbers) > 1 and f"web_channel_{name}" in KEYS else ""


def _form(number: str) -> str:
    """One form of a number, however a carrier writes it; a short one stays as it is."""
    address = address_of(number)
    return address.reveal() if address is not None else number.strip().lstrip("+")
