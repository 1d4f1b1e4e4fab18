"""What a provider of single sign-on is to the desk, and what a browser carries of a login that it began there."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Protocol

from core.casework.sign_on import Identity
from core.model import SessionToken


@dataclass(frozen=True, slots=True)
class SignOnBegun:
    """A login by single sign-on that a browser began: a secret of its own, where it wants to go, and when it was.

    `anew`: somebody who is logged in shall show once more who they are.
    """

    secret: SessionToken
    wanted: str
    at: int  # minutes of the epoch
    anew: bool = False


class SignOn(Protocol):
    """A provider of single sign-on."""

    @property
    def issuer(self) -> str:
        """As it calls itself."""

    def start(self, begun: SignOnBegun, /) -> Awaitable[str]:
        """Where the browser is sent; raises Refused."""

    def is_answer(self, begun: SignOnBegun, state: str, /) -> bool:
        """Whether an answer belongs to what this browser began."""

    def finish(self, begun: SignOnBegun, answer: Mapping[str, str], /) -> Awaitable[Identity]:
        """Who it is; raises Refused."""

    def end_address(self) -> Awaitable[str]:
        """Where somebody logs out of the provider, too; empty: nowhere."""
