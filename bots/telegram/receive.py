"""Reads one update of the Bot API into an envelope: a whitelist, so that names, dates and origins never come in.

The raw JSON is read, not `telegram.Update`: the library refuses a whole batch for one strange field in it.
"""

import re
from collections.abc import Callable

from core.messages import Address, Envelope, FileRef, Point, UnsupportedContent, WireId

NAME = "telegram"
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
MOST_BYTES = 20 << 20  # what getFile gives

Part = dict[str, object]

_MOST_TEXT = 4096  # what Telegram lets a person write
_BOT_NAME = re.compile(r"^(/[A-Za-z0-9_]{1,32})@[A-Za-z0-9_]{1,64}")
_PRESS = re.compile(r"([0-9]{1,9}):([!-~]{1,62})")
_STALE = ("-", -1)  # never a revision of ours: answered "that question is over"
_AWAY = ("left", "kicked")
# In this order: an animation comes as a document too.
_RECORDINGS = ("voice", "audio", "video", "video_note", "animation", "document")
_UNSUPPORTED = {
    "sticker": UnsupportedContent.STICKER,
    "contact": UnsupportedContent.CONTACT,
}
# What Telegram itself says inside a chat: nobody wrote it, so nobody is answered. Careful people switch on the timer
# that deletes messages, and a bot that complained of it would teach them not to.
_NOTICES = frozenset({
    "boost_added",
    "chat_background_set",
    "chat_shared",
    "checklist_tasks_added",
    "checklist_tasks_done",
    "connected_website",
    "forum_topic_closed",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_reopened",
    "gift",
    "gift_upgrade_sent",
    "message_auto_delete_timer_changed",
    "paid_message_price_changed",
    "pinned_message",
    "proximity_alert_triggered",
    "refunded_payment",
    "successful_payment",
    "unique_gift",
    "users_shared",
    "write_access_allowed",
})  # fmt: skip


def envelope_of(update: object) -> Envelope | None:
    """None: nothing that the core must know. Never raises, whatever the update holds."""
    number = update_id_of(update)
    if number is None:
        return None
    for kind, read in _READERS.items():
        part = _part(update, kind)
        if part:
            return read(part, WireId(str(number)))
    return None


def update_id_of(update: object) -> int | None:
    """The number that the offset counts; None where there is no such number."""
    number = _whole(update.get("update_id")) if isinstance(update, dict) else None
    return number if number is not None and number >= 0 else None


def press_of(update: object) -> str:
    """The id of a callback query, by which its spinner is stopped; empty for anything else."""
    return _word(_part(update, "callback_query").get("id"))


def _message(message: Part, wire_id: WireId) -> Envelope | None:
    sender = _private(message)
    if sender is None or not _NOTICES.isdisjoint(message):
        return None
    point = _point(message)
    text = _text(message) if point is None else _place_words(message)
    files = _files(message)
    answers = _answered(message)
    return Envelope(
        channel=NAME,
        sender=sender,
        wire_id=wire_id,
        text=text,
        point=point,
        files=files,
        unsupported=None if point or files else _unsupported(message, text),
        group=_word(message.get("media_group_id")),
        in_thread=bool(answers),
        answers=answers,
    )


def _edit(message: Part, wire_id: WireId) -> Envelope | None:
    sender = _private(message)
    if sender is None or "location" in message:  # a shared live location is "edited" every few seconds
        return None
    return Envelope(
        channel=NAME, sender=sender, wire_id=wire_id, text=_text(message), unsupported=UnsupportedContent.EDIT
    )


def _press(query: Part, wire_id: WireId) -> Envelope | None:
    sender = _private(_part(query, "message"))
    if sender is None:
        return None
    data = query.get("data")
    match = _PRESS.fullmatch(data) if isinstance(data, str) else None
    choice, revision = (match[2], int(match[1])) if match else _STALE
    below = _named(_part(query, "message"))
    return Envelope(channel=NAME, sender=sender, wire_id=wire_id, choice=choice, revision=revision, answers=below)


def _membership(change: Part, wire_id: WireId) -> Envelope | None:
    chat = _part(change, "chat")
    before = _part(change, "old_chat_member").get("status")
    now = _part(change, "new_chat_member").get("status")
    unsupported: UnsupportedContent | None = None
    if chat.get("type") == "private":
        unsupported = UnsupportedContent.LEFT if now == "kicked" else None
    elif now in ("member", "administrator", "restricted") and before in (*_AWAY, None):
        unsupported = UnsupportedContent.GROUP
    number = _whole(chat.get("id"))
    if unsupported is None or number is None:
        return None
    return Envelope(channel=NAME, sender=Address(str(number)), wire_id=wire_id, unsupported=unsupported)


_READERS: dict[str, Callable[[Part, WireId], Envelope | None]] = {
    "message": _message,
    "edited_message": _edit,
    "callback_query": _press,
    "my_chat_member": _membership,
}


def _private(message: Part) -> Address | None:
    """Who wrote; None for groups and channels, where we stay silent."""
    chat = _part(message, "chat")
    number = _whole(chat.get("id"))
    return Address(str(number)) if number is not None and chat.get("type") == "private" else None


def _answered(message: Part) -> tuple[str, ...]:
    """The message of ours that it replies to; in a private chat, what a bot wrote we wrote. Its words are not read."""
    answered = _part(message, "reply_to_message")
    return _named(answered) if _part(answered, "from").get("is_bot") is True else ()


def _named(message: Part) -> tuple[str, ...]:
    """Its number, as `send` returned it when the message left."""
    number = _whole(message.get("message_id"))
    return (str(number),) if number is not None and number > 0 else ()


def _text(message: Part) -> str:
    words = message.get("text", message.get("caption"))
    if not isinstance(words, str):
        return ""
    # JSON can carry half of a surrogate pair and NUL: neither can be stored, and neither was meant.
    clean = words[:_MOST_TEXT].replace("\0", "").encode("utf-8", "replace").decode()
    return _BOT_NAME.sub(r"\1", clean)


def _point(message: Part) -> Point | None:
    place = _part(message, "location") or _part(_part(message, "venue"), "location")
    latitude, longitude = _degrees(place.get("latitude"), 90), _degrees(place.get("longitude"), 180)
    return None if latitude is None or longitude is None else Point(latitude, longitude)


def _place_words(message: Part) -> str:
    """The name and the address of a place that has them: they say where the problem is, as typed words do."""
    venue = _part(message, "venue")
    return ", ".join(filter(None, (_text({"text": venue.get(name)}) for name in ("title", "address"))))


def _files(message: Part) -> tuple[FileRef, ...]:
    """The photo, recording or document; what it really is, the scrubber tells from its bytes and not from its name."""
    photo = message.get("photo")
    if isinstance(photo, list):
        sizes = [ref for ref in map(_file, sorted(photo, key=_pixels)) if ref is not None]
        fitting = [ref for ref in sizes if (ref.size or 0) <= MOST_BYTES] or sizes[:1]
        return tuple(fitting[-1:])
    refs = (_file(message.get(kind)) for kind in _RECORDINGS)
    return next(((ref,) for ref in refs if ref is not None), ())


def _file(given: object) -> FileRef | None:
    if not isinstance(given, dict):
        return None
    fetch_id = _word(given.get("file_id"))
    size = _whole(given.get("file_size"))
    return FileRef(fetch_id=fetch_id, size=size if size is not None and size >= 0 else None) if fetch_id else None


def _pixels(size: object) -> int:
    if not isinstance(size, dict):
        return 0
    return (_whole(size.get("width")) or 0) * (_whole(size.get("height")) or 0)


def _unsupported(message: Part, text: str) -> UnsupportedContent | None:
    for kind, unsupported in _UNSUPPORTED.items():
        if kind in message:
            return unsupported
    return None if text and "text" in message else UnsupportedContent.OTHER


def _part(of: object, key: str) -> Part:
    part = of.get(key) if isinstance(of, dict) else None
    return part if isinstance(part, dict) else {}


def _whole(given: object) -> int | None:
    return given if isinstance(given, int) and not isinstance(given, bool) and abs(given) < 1 << 62 else None


def _word(given: object) -> str:
    """An id of Telegram's: printable ASCII, as it is; empty for anything else."""
    return given if isinstance(given, str) and len(given) <= 512 and given.isascii() and given.isprintable() else ""  # noqa: PLR2004  # far above any id


def _degrees(given: object, most: float) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return float(given) if -most <= given <= most else None  # NaN and the infinities are never between
