"""Somebody with WhatsApp: what they write, press and send is called in as Meta does it; what they read is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.fakes.citizens import Call
from tests.fakes.resi_process import Resi
from tests.fakes.whatsapp_server import Json, WhatsAppServer, pressed, signed, text, typed, webhook, words


@dataclass
class WhatsAppPerson:
    resi: Resi
    meta: WhatsAppServer
    number: str
    written: int = 0
    channel: str = "whatsapp"

    def _call(self, message: Json) -> Call:
        self.written += 1
        body = webhook(message | {"from": self.number, "id": f"wamid.{self.number}.{self.written}"})
        return Call("POST", f"{self.resi.root}/hooks/whatsapp", body, signed(body))

    def post(self, said: str) -> Call:
        return self._call(text(said))

    def replies(self, said: str, to: str = "") -> Call:
        """Swiped to the right: the message that holds the words is named."""
        newest = [f"wamid.out{at}" for at, each in enumerate(self.meta.sent, 1) if to in words(each)][-1]
        return self._call(text(said, context={"from": "15550783881", "id": newest}))

    def presses(self, label: str) -> Call:
        """The newest button or row of that label."""
        [id_] = [id_ for id_, title in options(self._read()[-1]) if title == label]
        return self._call(pressed(id_, label))

    def sends(self, kind: str, media: str, caption: str = "") -> Call:
        """A file that Meta holds."""
        content = {"id": media, "mime_type": "image/jpeg", "sha256": "81d3", "filename": "Budi Santoso.jpg"}
        return self._call(typed(kind, content | ({"caption": caption} if caption else {})))

    def _read(self) -> list[Json]:
        return [each for each in tuple(self.meta.sent) if each.get("to") == self.number]

    def heard(self) -> list[str]:
        return [words(each) for each in self._read()]


def options(message: Mapping[str, object]) -> list[tuple[str, str]]:
    """Id and label of everything that can be pressed below a message."""
    match message:
        case {"interactive": {"action": {"buttons": list(buttons)}}}:
            return [(each["reply"]["id"], each["reply"]["title"]) for each in buttons]
        case {"interactive": {"action": {"sections": list(sections)}}}:
            return [(row["id"], row["title"]) for section in sections for row in section["rows"]]
        case _:
            return []
