"""The error tree: keys and numbers, never sentences or addresses, so that an error can be logged as it is."""

import re

_A_WORD = re.compile(r"(?!.*\d{7})[A-Za-z0-9_]{1,48}")  # of a peer a short number at most: a long one may be somebody's


class ResiError(Exception):
    """Root of every error that is not a bug."""


class Refused(ResiError):
    """What a person gave cannot be taken; `phrase` is a key of core/phrases that says what to do now."""

    def __init__(self, phrase: str, **details: str | int) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.details = details


class NotAllowed(ResiError):
    """Who asks may not do this."""


class NotFound(ResiError):
    """No such thing, or none that who asks may see."""


class NameTaken(ResiError):
    """Somebody else has that name already."""


class StoreAway(ResiError):
    """The database or the disk cannot be reached or written now: wait and try again, nothing was acknowledged."""


class AddressLocked(ResiError):
    """The private half that opens an address is not here, or is another one; names the pair."""


class FileAway(ResiError):
    """A citizen's file could not be fetched; `final`: it never will be. `phrase`: what its sender is told."""

    def __init__(self, *, final: bool, too_large: bool = False) -> None:
        super().__init__("final" if final else "passing")
        self.final = final
        self.phrase = "file_too_large" if too_large else "file_lost"


class DeliveryFailed(ResiError):
    """A wire did not take a message; `final`: it never will. `retry_after`: seconds the wire asked us to wait.

    `reason`: a word of ours with, perhaps, a number of the wire's own. It is kept and shown, so all else is `other`.
    `gone`: nobody can be reached at that address any more, and it is to be forgotten; a message that was refused for
    its own sake says nothing of its reader.
    """

    def __init__(self, reason: str, *, final: bool, retry_after: float | None = None, gone: bool | None = None) -> None:
        plain = reason.replace(" ", "_")
        self.reason = plain if _A_WORD.fullmatch(plain) else "other"
        super().__init__(self.reason)
        self.final = final
        self.retry_after = retry_after
        self.gone = final if gone is None else gone
