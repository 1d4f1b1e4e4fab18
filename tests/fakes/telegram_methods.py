"""What the Bot API does when it is called, and what it refuses, in its own words: the inside of the fake server."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.loopback_server import Reply

Json = dict[str, Any]

DATE = 1_760_000_000
MOST_FILE = 20 << 20
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Refusal(Exception):
    """An answer that is not ok, as Telegram words it."""

    def __init__(self, status: int, description: str, **parameters: object) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


@dataclass(frozen=True)
class Call:
    """One request that the bot made; `method` is `file` for a download."""

    method: str
    params: Json
    user_agent: str = ""


@dataclass
class Trouble:
    """How the next `times` calls that match go wrong (None: all of them)."""

    method: str
    chat: int | None
    answer: Refusal | Reply | None  # None: the connection is dropped
    times: int | None
    stalls: bool = False  # no answer comes, until the server stops
    after: bool = False  # the call is done first, only its answer is lost

    def fits(self, method: str, params: Json) -> bool:
        """Whether it strikes this call."""
        here = self.method in (method, "*") and (self.times is None or self.times > 0)
        return here and self.chat in (None, int(params.get("chat_id") or 0))


@dataclass
class BotApi:
    """All that one bot's server remembers."""

    updates: list[Any] = field(default_factory=list)  # not confirmed yet
    chats: dict[int, str] = field(default_factory=dict)  # id -> type
    messages: list[Json] = field(default_factory=list)  # that the bot sent
    files: dict[str, bytes] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)  # what a file pretends to weigh
    webhook: Json = field(default_factory=dict)
    webhook_confirmed: set[int] = field(default_factory=set)
    open_presses: set[str] = field(default_factory=set)
    answered: list[str] = field(default_factory=list)  # callback queries
    said: dict[tuple[str, str], Any] = field(default_factory=dict)  # (method, language) -> commands, descriptions
    offset: int = 0
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(5_001))

    def new_id(self) -> int:
        """Numbers of messages, queries and updates, all from one row."""
        return next(self.ids)

    def confirm(self, offset: int) -> None:
        """Forgets every update below the offset."""
        if offset > 0:
            self.offset = offset
            self.updates = [update for update in self.updates if not _below(update, offset)]

    def call(self, method: str, params: Json) -> object:
        """The result of a method; raises Refusal."""
        methods: dict[str, Callable[[Json], object]] = {
            "getMe": self._get_me,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": lambda _: {"url": self.webhook.get("url", ""), "pending_update_count": len(self.updates)},
            "setMyCommands": self._set_commands,
            "setMyDescription": lambda given: self._say("setMyDescription", given, "description", 512),
            "setMyShortDescription": lambda given: self._say("setMyShortDescription", given, "short_description", 120),
            "sendMessage": self._send_message,
            "answerCallbackQuery": self._answer_press,
            "editMessageReplyMarkup": self._edit_markup,
            "getFile": self._get_file,
        }
        if method not in methods:
            raise Refusal(404, "Not Found")
        return methods[method](params)

    def _get_me(self, _: Json) -> Json:
        return {"id": 1, "is_bot": True, "first_name": "Resi", "username": "resi_bot", "can_join_groups": True}

    def _set_webhook(self, params: Json) -> bool:
        url, secret = str(params.get("url", "")), str(params.get("secret_token", ""))
        if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not _SECRET.fullmatch(secret):
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = dict(params)
        return True

    def _delete_webhook(self, params: Json) -> bool:
        self.webhook = {}
        if params.get("drop_pending_updates") in (True, "true"):
            self.updates.clear()
        return True

    def _set_commands(self, params: Json) -> bool:
        commands = params.get("commands")
        if not isinstance(commands, list) or not 0 < len(commands) <= 100:
            raise Refusal(400, "Bad Request: can't parse commands list")
        for command in commands:
            if not _COMMAND.fullmatch(command["command"]) or not 1 <= len(command["description"]) <= 256:
                raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        self.said["setMyCommands", str(params.get("language_code", ""))] = commands
        return True

    def _say(self, method: str, params: Json, name: str, most: int) -> bool:
        if len(str(params.get(name, ""))) > most:
            raise Refusal(400, "Bad Request: description is too long")
        self.said[method, str(params.get("language_code", ""))] = params.get(name, "")
        return True

    def _send_message(self, params: Json) -> Json:
        chat = _chat_id(params)
        if chat not in self.chats:
            raise Refusal(400, "Bad Request: chat not found")
        text = str(params.get("text", ""))
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            raise Refusal(400, "Bad Request: message is too long")
        markup = params.get("reply_markup") or {}
        _check_markup(markup, self.chats[chat])
        _check_entities(params.get("entities") or [], text)
        message = {
            "message_id": self.new_id(),
            "from": self._get_me({}),
            "chat": {"id": chat, "type": self.chats[chat]},
            "date": DATE,
            "text": text,
            "entities": params.get("entities") or [],
            "reply_markup": markup,
        }
        self.messages.append(message)
        shown = dict(message)
        if "inline_keyboard" not in markup:
            shown.pop("reply_markup")  # Telegram gives back inline keyboards only
        return shown

    def _answer_press(self, params: Json) -> bool:
        press = str(params.get("callback_query_id", ""))
        if press not in self.open_presses:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.open_presses.discard(press)
        self.answered.append(press)
        return True

    def _edit_markup(self, params: Json) -> Json:
        for message in self.messages:
            if message["message_id"] == int(params.get("message_id", 0)):
                message["reply_markup"] = params.get("reply_markup") or {}
                return message
        raise Refusal(400, "Bad Request: message to edit not found")

    def _get_file(self, params: Json) -> Json:
        file_id = str(params.get("file_id", ""))
        if file_id not in self.files:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        size = self.sizes.get(file_id, len(self.files[file_id]))
        if size > MOST_FILE:
            raise Refusal(400, "Bad Request: file is too big")
        return {"file_id": file_id, "file_unique_id": "u", "file_size": size, "file_path": f"photos/{file_id}.jpg"}


def _below(update: object, offset: int) -> bool:
    number = update.get("update_id") if isinstance(update, dict) else None
    return not isinstance(number, int) or number < offset


def _chat_id(params: Json) -> int:
    try:
        return int(params.get("chat_id", ""))
    except ValueError:
        raise Refusal(400, "Bad Request: chat_id is empty") from None


def _check_markup(markup: Json, chat_type: str) -> None:
    buttons = [button for row in markup.get("inline_keyboard", []) for button in row]
    keys = [key for row in markup.get("keyboard", []) for key in row]
    if not all(button.get("text") for button in buttons + keys):
        raise Refusal(400, "Bad Request: keyboard button text must be non-empty")
    if not all(1 <= len(button.get("callback_data", "").encode()) <= 64 for button in buttons):
        raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    if chat_type != "private" and any(key.get("request_location") for key in keys):
        raise Refusal(400, "Bad Request: location can be requested in private chats only")


def _check_entities(entities: list[Json], text: str) -> None:
    units = len(text.encode("utf-16-le")) // 2
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] < 1 or entity["offset"] + entity["length"] > units:
            raise Refusal(400, "Bad Request: entity beginning or end is out of the text")
