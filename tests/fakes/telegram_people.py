"""People on the fake Telegram: whatever somebody can do in the app becomes the update that Telegram makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.patience import PATIENCE
from tests.fakes.telegram_methods import DATE, Json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.fakes.telegram_server import TelegramServer

WHO = {"first_name": "Kanari", "last_name": "Burungpagi", "username": "kanari_pagi", "language_code": "id"}


class Person:
    """Somebody with a private chat with the bot; each method enqueues an update and returns its number."""

    def __init__(self, server: TelegramServer, chat_id: int, who: dict[str, str]) -> None:
        self.server = server
        self.chat_id = chat_id
        self.user: Json = {"id": chat_id, "is_bot": False, **WHO, **who}
        self.chat: Json = {"id": chat_id, "type": "private"}
        self.chat |= {name: self.user[name] for name in ("first_name", "last_name", "username")}
        self.last_message_id = 0

    # -- what they do --

    def writes(self, text: str, **more: object) -> int:
        """A text, or a command."""
        entities: list[Json] = []
        if text.startswith("/"):
            entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        return self.sends(text=text, entities=entities, **more)

    def sends(self, **content: object) -> int:
        """A message of any content."""
        return self.server.enqueue(message=self.message(**content))

    def message(self, **content: object) -> Json:
        """The message as Telegram hands it over, names and all."""
        self.last_message_id = self.server.api.new_id()
        return {"message_id": self.last_message_id, "from": self.user, "chat": self.chat, "date": DATE, **content}

    def replies(self, text: str, to: str = "", **content: object) -> int:
        """A reply to the newest message of the bot that holds the words `to`."""
        return self.sends(text=text, reply_to_message=self.quoted(to), **content)

    def quoted(self, words: str = "") -> Json:
        """The newest message of the bot with these words, as Telegram repeats it in a reply."""
        for message in reversed(self.heard()):
            if words in message["text"]:
                return {**message, "chat": self.chat, "reply_markup": {}}
        raise AssertionError("nothing like it was heard")

    def sends_photo(self, data: bytes, caption: str = "", **more: object) -> int:
        """A photo, in the sizes that Telegram makes of it."""
        return self.sends(photo=self.photo(data), **({"caption": caption} if caption else {}), **more)

    def photo(self, data: bytes) -> list[Json]:
        """Two sizes, the larger one last."""
        small, large = self.server.keep(b"small"), self.server.keep(data)
        return [
            {"file_id": small, "file_unique_id": "a", "width": 90, "height": 67, "file_size": 5},
            {"file_id": large, "file_unique_id": "b", "width": 1280, "height": 960, "file_size": len(data)},
        ]

    def sends_album(self, photos: Iterable[bytes], caption: str = "") -> list[int]:
        """Several photos at once: as many updates, and the caption on the first only."""
        group = f"1373{self.server.api.new_id()}"
        captions = [caption]
        return [self.sends_photo(data, captions.pop() if captions else "", media_group_id=group) for data in photos]

    def sends_document(
        self, data: bytes, name: str = "rumah-kanari.jpg", mime: str = "image/jpeg", caption: str = ""
    ) -> int:
        """A file as it is, with its name."""
        file_id = self.server.keep(data)
        document = {
            "file_id": file_id,
            "file_unique_id": "d",
            "file_name": name,
            "mime_type": mime,
            "file_size": len(data),
        }
        return self.sends(document=document, **({"caption": caption} if caption else {}))

    def shares_place(self, latitude: float, longitude: float, **more: object) -> int:
        """The location button, or a pin."""
        return self.sends(location={"latitude": latitude, "longitude": longitude}, **more)

    def shares_venue(self, latitude: float, longitude: float) -> int:
        """A place with a name."""
        place = {"latitude": latitude, "longitude": longitude}
        return self.sends(venue={"location": place, "title": "Warung Kanari", "address": "Jl. Kanari"}, location=place)

    def presses(self, label: str) -> int:
        """The newest button with that label, as the bot showed it."""
        return self.server.enqueue(callback_query=self.press(label))

    def press(self, label: str) -> Json:
        """The press of it, as Telegram hands it over."""
        for message in reversed(self.heard()):
            for row in message["reply_markup"].get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label:
                        return self._query(button["callback_data"], message)
        raise AssertionError("no such button was shown")

    def presses_data(self, data: object, message: Json | None = None) -> int:
        """A press that carries anything; without a message, one that is too old for Telegram to show."""
        below = message or {"message_id": 1, "chat": self.chat, "date": 0}
        return self.server.enqueue(callback_query=self._query(data, below))

    def _query(self, data: object, below: Json) -> Json:
        press = str(self.server.api.new_id())
        self.server.api.open_presses.add(press)
        return {"id": press, "from": self.user, "message": below, "chat_instance": "77", "data": data}

    def edits(self, text: str, **content: object) -> int:
        """Changes the last message."""
        message = {**self.message(text=text, **content), "edit_date": DATE + 9}
        return self.server.enqueue(edited_message=message)

    def sends_voice(self, caption: str = "") -> int:
        """A voice message."""
        voice = {"file_id": "voice1", "file_unique_id": "v", "duration": 3, "mime_type": "audio/ogg"}
        return self.sends(voice=voice, **({"caption": caption} if caption else {}))

    def sends_video(self, caption: str = "") -> int:
        """A video."""
        video = {"file_id": "video1", "file_unique_id": "w", "width": 9, "height": 9, "duration": 3}
        return self.sends(video={**video, "file_name": "kanari.mp4"}, **({"caption": caption} if caption else {}))

    def sends_sticker(self) -> int:
        """A sticker."""
        sticker = {"file_id": "sticker1", "file_unique_id": "s", "width": 9, "height": 9, "type": "regular"}
        return self.sends(sticker={**sticker, "is_animated": False, "is_video": False})

    def sends_contact(self) -> int:
        """Somebody's card."""
        return self.sends(contact={"phone_number": "+628129876001", "first_name": "Kanari"})

    def blocks(self) -> int:
        """Blocks the bot, which is then refused."""
        self.server.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user", chat=self.chat_id, times=None)
        return self._member("member", "kicked")

    def unblocks(self) -> int:
        """Starts the bot again."""
        self.server.heal()
        return self._member("kicked", "member")

    def _member(self, before: str, now: str) -> int:
        return self.server.enqueue(my_chat_member=_change(self.chat, self.user, before, now))

    # -- what they see --

    def heard(self) -> list[Json]:
        """Every message that the bot sent them, oldest first."""
        return self.server.messages_to(self.chat_id)

    def waits_for(self, words: str, seconds: float = PATIENCE) -> Json:
        """Blocks until a message holds the words; that message."""
        self.server.wait_until(lambda: any(words in message["text"] for message in self.heard()), seconds)
        return next(message for message in reversed(self.heard()) if words in message["text"])

    def waits_for_messages(self, count: int, seconds: float = PATIENCE) -> list[Json]:
        """Blocks until so many came in all."""
        self.server.wait_until(lambda: len(self.heard()) >= count, seconds)
        return self.heard()


class Group:
    """A group, supergroup or channel."""

    def __init__(self, server: TelegramServer, chat_id: int, kind: str) -> None:
        self.server = server
        self.chat_id = chat_id
        self.chat: Json = {"id": chat_id, "type": kind, "title": "Grup Kanari"}

    def adds_bot(self, by: Person, status: str = "member") -> int:
        """Somebody adds the bot."""
        return self.server.enqueue(my_chat_member=_change(self.chat, by.user, "left", status))

    def promotes_bot(self, by: Person) -> int:
        """The bot, there already, is made an administrator."""
        return self.server.enqueue(my_chat_member=_change(self.chat, by.user, "member", "administrator"))

    def removes_bot(self, by: Person) -> int:
        """The bot is thrown out."""
        return self.server.enqueue(my_chat_member=_change(self.chat, by.user, "member", "kicked"))

    def hears(self, who: Person, text: str) -> int:
        """Somebody writes in the group."""
        return self.server.enqueue(message={**who.message(text=text), "chat": self.chat})


def _change(chat: Json, by: Json, before: str, now: str) -> Json:
    bot = {"id": 1, "is_bot": True, "first_name": "Resi"}
    return {
        "chat": chat,
        "from": by,
        "date": DATE,
        "old_chat_member": {"user": bot, "status": before},
        "new_chat_member": {"user": bot, "status": now},
    }
