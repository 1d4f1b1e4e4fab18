"""GSM 03.38, the alphabet of SMS: what a text costs, and how it is said within it."""

import unicodedata

_ONE = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ALONE, JOINED = 160, 153  # septets of an SMS
_TWO = "^{}\\[~]|€\f"
_ALPHABET, _SHORT = frozenset(_ONE + _TWO), frozenset(_ONE)
_PLAIN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": ",", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2013": "-",
        "\u2014": "-", "\u2026": "...", "\u00a0": " ", "\u2022": "-", "\u2212": "-", "`": "'", "\u00d7": "x",
        "\t": " ",
    }
)  # fmt: skip


def septets(text: str) -> int | None:
    """What the text costs in septets; None when it has a character outside the alphabet."""
    if _SHORT.issuperset(text):
        return len(text)
    return len(text) + sum(map(text.count, _TWO)) if _ALPHABET.issuperset(text) else None


def plain(text: str) -> str:
    """The nearest writing within the alphabet; what has none is left out."""
    if septets(text) is not None:
        return text
    out = []
    for character in text.translate(_PLAIN):
        if character in _ALPHABET:
            out.append(character)
        else:
            out.extend(c for c in unicodedata.normalize("NFKD", character) if c in _ALPHABET)
    return "".join(out)


def segments(text: str) -> int:
    """How many SMS a text within the alphabet is; the joining of several costs each of them. Raises ValueError."""
    cost = septets(text)
    if cost is None:
        raise ValueError("outside the alphabet")
    return 1 if cost <= ALONE else -(-cost // JOINED)
