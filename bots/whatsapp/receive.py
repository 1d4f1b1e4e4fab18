"""Reads one body of Meta's webhook: messages become envelopes, statuses receipts; a whitelist, so no name comes in.

A body holds messages of several people, and statuses beside them. What is strange in it is left out, never raised.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from core.messages import Address, Envelope, FileRef, Point, UnsupportedContent, WireId

NAME = "whatsapp"

Part = Mapping[str, object]

_MOST_TEXT = 65_536  # what WhatsApp lets a person write
_MOST_ID = 512
_PRESS = re.compile(r"([0-9]{1,9}):([!-~]{1,62})")
_STALE = ("-", -1)  # never a revision of ours: answered "that question is over"
_PERSON = re.compile(r"[0-9]{5,20}")  # a number without its +
_SCOPED = re.compile(r"[A-Z]{2}\.[A-Za-z0-9.]{1,140}")  # who shows no number: an id that Meta made up for us alone
_FILES = ("image", "document", "video", "audio", "voice")
_ARRIVED = {"delivered": True, "read": True, "failed": False}  # sent: still on its way
_UNSUPPORTED = {"sticker": UnsupportedContent.STICKER, "contacts": UnsupportedContent.CONTACT}
# What nobody wrote, or what wants no answer: a heart below an answer of ours is a courtesy.
_NOTICES = frozenset({"reaction", "system", "request_welcome", "revoke"})


@dataclass(frozen=True, slots=True)
class Receipt:
    """What Meta says of one message of ours, by the id that `send` returned for it."""

    id: str = field(repr=False)
    arrived: bool


@dataclass(frozen=True, slots=True)
class Body:
    """All that one call of the webhook holds, in its order."""

    envelopes: tuple[Envelope, ...] = ()
    receipts: tuple[Receipt, ...] = ()


def read(body: bytes, phone_number_id: str) -> Body:
    """What is for that number of ours; whatever cannot be understood is left out, since it would only come again."""
    try:
        given: object = json.loads(body)
    except (ValueError, RecursionError):
        return Body()
    envelopes: list[Envelope] = []
    receipts: list[Receipt] = []
    for value in _values(given, phone_number_id):
        envelopes += filter(None, map(_envelope, _parts(value, "messages")))
        receipts += filter(None, map(_receipt, _parts(value, "statuses")))
    return Body(tuple(envelopes), tuple(receipts))


def _values(given: object, phone_number_id: str) -> Iterator[Part]:
    if not isinstance(given, dict) or given.get("object") != "whatsapp_business_account":
        return
    for entry in _parts(given, "entry"):
        for change in _parts(entry, "changes"):
            value = _part(change, "value")
            ours = _part(value, "metadata").get("phone_number_id") == phone_number_id
            if change.get("field") == "messages" and ours:
                yield value


def _receipt(status: Part) -> Receipt | None:
    arrived = _ARRIVED.get(word(status.get("status")))
    ours = word(status.get("id"))
    return Receipt(ours, arrived) if ours and arrived is not None else None


def _envelope(message: Part) -> Envelope | None:
    sender, wire_id, kind = _sender(message), word(message.get("id")), word(message.get("type"))
    if sender is None or not wire_id or kind in _NOTICES or "group_id" in message:
        return None
    read_kind = _READERS.get(kind, _other)
    answered = word(_part(message, "context").get("id"))
    found = read_kind(message, kind)
    return Envelope(
        channel=NAME,
        sender=sender,
        wire_id=WireId(wire_id),
        text=found.text,
        choice=found.choice,
        revision=found.revision,
        point=found.point,
        files=found.files,
        unsupported=found.unsupported,
        in_thread=bool(answered),
        answers=(answered,) if answered else (),
        person=person_of(sender),
    )


def _sender(message: Part) -> Address | None:
    """The number; of somebody who hides it, the id by which we alone can answer."""
    scoped = word(message.get("from_user_id"))
    number = number_of(word(message.get("from")))
    if number is not None:
        return number
    return Address(scoped) if _SCOPED.fullmatch(scoped) else None


def number_of(digits: str) -> Address | None:
    """Somebody by the number without its +, as both providers write it."""
    return Address(digits) if _PERSON.fullmatch(digits) else None


def person_of(sender: Address) -> Address | None:
    """The number as SMS writes it, by which one person is one; None: who hides theirs is known by that id alone."""
    return Address(f"+{sender.reveal()}") if _PERSON.fullmatch(sender.reveal()) else None


@dataclass(frozen=True, slots=True)
class Found:
    """What one message says."""

    text: str = field(default="", repr=False)
    choice: str = ""
    revision: int | None = None
    point: Point | None = None
    files: tuple[FileRef, ...] = ()
    unsupported: UnsupportedContent | None = None


def _text(message: Part, _: str) -> Found:
    words = clean(_part(message, "text").get("body"))
    return Found(words) if words else Found(unsupported=UnsupportedContent.OTHER)


def _file(message: Part, kind: str) -> Found:
    """What it really is, the scrubber tells from its bytes and not from its name or type."""
    given = _part(message, kind)
    fetch_id, words = word(given.get("id")), clean(given.get("caption"))
    if not fetch_id.isalnum():
        return Found(words, unsupported=UnsupportedContent.OTHER)
    return Found(words, files=(FileRef(fetch_id=fetch_id),))


def _place(message: Part, _: str) -> Found:
    place = _part(message, "location")
    latitude, longitude = degrees(place.get("latitude"), 90), degrees(place.get("longitude"), 180)
    if latitude is None or longitude is None:
        return Found(unsupported=UnsupportedContent.OTHER)
    return Found(place_words(place.get("name"), place.get("address")), point=Point(latitude, longitude))


def place_words(*said: object) -> str:
    """The name and the address of a place that has them: they say where the problem is, as typed words do."""
    return ", ".join(filter(None, map(clean, said)))


def _interactive(message: Part, kind: str) -> Found:
    given = _part(message, "interactive")
    chosen = _part(given, "button_reply") or _part(given, "list_reply")
    return pressed(chosen.get("id")) if chosen else _other(message, kind)


def _quick_reply(message: Part, _: str) -> Found:
    """A button below a template: its payload is ours; without one its label is what was said."""
    button = _part(message, "button")
    given = button.get("payload")
    if isinstance(given, str) and _PRESS.fullmatch(given):
        return pressed(given)
    return Found(clean(button.get("text"))) if clean(button.get("text")) else pressed(given)


def pressed(given: object) -> Found:
    """An option of ours, by what came back; anything else is one of a question that is over."""
    match = _PRESS.fullmatch(given) if isinstance(given, str) else None
    choice, revision = (match[2], int(match[1])) if match else _STALE
    return Found(choice=choice, revision=revision)


def _edit(_: Part, __: str) -> Found:
    return Found(unsupported=UnsupportedContent.EDIT)


def _other(_: Part, kind: str) -> Found:
    return Found(unsupported=_UNSUPPORTED.get(kind, UnsupportedContent.OTHER))


_READERS: Mapping[str, Callable[[Part, str], Found]] = {
    "text": _text,
    "location": _place,
    "interactive": _interactive,
    "button": _quick_reply,
    "edit": _edit,
    **dict.fromkeys(_FILES, _file),
}


def clean(words: object) -> str:
    """What somebody wrote, bounded; half of a surrogate pair and NUL cannot be stored, and neither was meant."""
    if not isinstance(words, str):
        return ""
    return words[:_MOST_TEXT].replace("\0", "").encode("utf-8", "replace").decode().strip()


def _part(of: Part, key: str) -> Part:
    part = of.get(key)
    return part if isinstance(part, dict) else {}


def _parts(of: Part, key: str) -> tuple[Part, ...]:
    given = of.get(key)
    return tuple(each for each in given if isinstance(each, dict)) if isinstance(given, list) else ()


def word(given: object) -> str:
    """An id of Meta's: printable ASCII, as it is; empty for anything else."""
    return (
        given if isinstance(given, str) and len(given) <= _MOST_ID and given.isascii() and given.isprintable() else ""
    )


def degrees(given: object, most: float) -> float | None:
    """A latitude or longitude, if it is one."""
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return float(given) if -most <= given <= most else None  # NaN and the infinities are never between
