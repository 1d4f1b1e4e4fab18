"""What OpenPGP puts around and below words: who signs is named by it, so that nothing of it may stay with a report."""

import re
from typing import Final

_FIELDS: Final = r"(?:[A-Za-z]{1,20}:[^\n]{0,200}\n){0,9}"
_SIGNED: Final = re.compile(rf"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n{_FIELDS}", re.MULTILINE)
_BLOCK: Final = re.compile(
    r"^-----BEGIN PGP (?:MESSAGE|SIGNATURE|(?:PUBLIC|PRIVATE) KEY BLOCK)-----[ \t]*(?:\n|\Z)"
    rf"{_FIELDS}(?:[ \t]*\n)?(?:[A-Za-z0-9+/=]{{1,100}}[ \t]*(?:\n|\Z))*"
    r"(?:-----END PGP [A-Z ]{3,20}-----[ \t]*)?",
    re.MULTILINE,
)
_ESCAPED: Final = re.compile(r"^- (?=-)", re.MULTILINE)
_SEALED: Final = b"-----BEGIN PGP MESSAGE-----"


def without_armor(text: str) -> str:
    """The words alone, as they were before they were signed; of what was encrypted nothing is left."""
    if "-----BEGIN PGP " not in text:
        return text
    words, signed = _SIGNED.subn("", _BLOCK.sub("", text))
    return _ESCAPED.sub("", words) if signed else words


def holds_sealed(text: str) -> bool:
    """Whether a part of the words is such that nobody here can open it."""
    return "-----BEGIN PGP MESSAGE-----" in text and any(
        found[0].startswith("-----BEGIN PGP MESSAGE-----") for found in _BLOCK.finditer(text)
    )


def is_sealed(data: bytes) -> bool:
    """Whether the bytes are words that nobody here can open."""
    return data.lstrip().startswith(_SEALED)
