"""Makes the wire's call of a message and of a file, and tells trouble that passes from trouble that stays."""

import asyncio
import re

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken

from bots.telegram.receive import MOST_BYTES
from bots.telegram.wire import Json, SlowDown, TooLarge, Wire
from core.errors import DeliveryFailed, FileAway
from core.messages import FileRef, Option, Outgoing

_MOST_DATA = 64  # bytes of callback_data
_FETCH_SECONDS = 60.0
_TOO_BIG = "file is too big"  # what getFile says of more than it gives, whatever the message said of its size
_NO_KEYS: Json = {"remove_keyboard": True}
_CODE = re.compile(r"(?<![0-9-])[0-9]{4}(?:-[0-9]{4}){3}(?![0-9-])")

# What 400 says, in Telegram's words: who should get it is not there for us, or the message can never be sent as it is.
# Any other 400 may be a passing fault of theirs, and is tried again.
_GONE = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "peer_id_invalid",
    "user_is_blocked",
    "chat_write_forbidden",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "bot was kicked",
    "group chat was upgraded",
    "chat_id is empty",
)
_UNSENDABLE = (
    "message text is empty",
    "text must be non-empty",
    "message is too long",
    "message_too_long",
    "button",
    "keyboard",
    "reply markup",
    "entit",  # entity, entities, ENTITY_…
    "utf-8",
)


async def send(wire: Wire, out: Outgoing) -> str:
    """Telegram's id of the message; raises DeliveryFailed."""
    text, markup = _text_and_markup(out)
    try:
        async with wire.line() as line:
            return await line.say(out.to.reveal(), text, _codes(text), markup)
    except Exception as trouble:  # noqa: BLE001  # the library lets others through, and the outbox knows one error
        failed = _failed(trouble)
    # Raised out here, without the cause: its text may hold the token or the answer of the server.
    raise failed


def _failed(trouble: Exception) -> DeliveryFailed:
    match trouble:
        case SlowDown():
            return DeliveryFailed("slow down", final=False, retry_after=trouble.seconds)
        case Forbidden():
            return DeliveryFailed("blocked", final=True)
        case ChatMigrated():
            return DeliveryFailed("no such chat", final=True)
        case BadRequest():
            return _refused(trouble.message.lower())
        case InvalidToken():
            return DeliveryFailed("token refused", final=False)
        case _:
            return DeliveryFailed("away", final=False)


def _refused(description: str) -> DeliveryFailed:
    if any(words in description for words in _GONE):
        return DeliveryFailed("no such chat", final=True)
    if any(words in description for words in _UNSENDABLE):
        return DeliveryFailed("message refused", final=True, gone=False)
    return DeliveryFailed("refused", final=False)


def _text_and_markup(out: Outgoing) -> tuple[str, Json]:
    """A message carries one keyboard: buttons below it, or keys in place of the letters; only keys can send a place.

    So a question about a place has its options as keys, typed back by their label, and every other one has buttons.
    Those keys are taken away by the next message without options. Buttons leave no room to say so in the same message,
    and a second message only for that would break "one turn, one message"; `one_time_keyboard` folds them meanwhile.
    """
    if out.ask_point and out.point_label:
        return out.text, _keys(out)
    if not out.options:
        return out.text, _NO_KEYS
    buttons = [[(option.label, f"{out.revision}:{option.id}")] for option in out.options]
    if any(not label or len(data.encode()) > _MOST_DATA for [(label, data)] in buttons):
        return f"{out.text}\n\n{_listed(out.options)}", _NO_KEYS
    return out.text, {"inline_keyboard": [[{"text": label, "callback_data": data}] for [(label, data)] in buttons]}


def _keys(out: Outgoing) -> Json:
    rows: list[list[Json]] = [[{"text": out.point_label, "request_location": True}]]
    rows += [[{"text": option.label}] for option in out.options if option.label]
    return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}


def _listed(options: tuple[Option, ...]) -> str:
    return "\n".join(f"{number}. {option.label}" for number, option in enumerate(options, 1))


def _codes(text: str) -> list[Json]:
    """Tracking codes, so that a tap copies them; Telegram counts in UTF-16 units."""
    return [
        {"type": "code", "offset": _utf16(text[: found.start()]), "length": _utf16(found[0])}
        for found in _CODE.finditer(text)
    ]


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


async def fetch(wire: Wire, ref: FileRef) -> bytes:
    """The bytes of a file that a person sent; raises FileAway."""
    if ref.data:
        return ref.data
    too_large = (ref.size or 0) > MOST_BYTES
    if too_large or not ref.fetch_id:
        raise FileAway(final=True, too_large=too_large)
    try:
        async with asyncio.timeout(_FETCH_SECONDS), wire.line() as line:
            return await line.download(ref.fetch_id, MOST_BYTES)
    except TooLarge:
        away = FileAway(final=True, too_large=True)
    except BadRequest as trouble:
        away = FileAway(final=True, too_large=_TOO_BIG in trouble.message.lower())
    except Exception:  # noqa: BLE001  # network, server, library: all may pass
        away = FileAway(final=False)
    raise away  # without the cause, whose text holds the token
