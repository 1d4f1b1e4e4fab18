"""Meta on a loopback port: the Graph API of one number as its documents have it, and its signed webhooks."""

import hashlib
import hmac
import json
import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from tests.fakes.loopback_server import Reply, Request
from tests.fakes.sms_server import SmsServer

TOKEN = "EAAG-a-token-of-the-fake"
SECRET = "0123456789abcdef0123456789abcdef"
VERIFY = "what-the-operator-made-up"
NUMBER_ID = "106540352242922"
NUMBER = "15550783881"
VERSION = "/v23.0"

Json = dict[str, object]

_TITLES = {
    4: "Application request limit reached",
    100: "Invalid parameter",
    190: "Access token has expired",
    130429: "Rate limit hit",
    131000: "Something went wrong",
    131026: "Message undeliverable",
    131047: "Re-engagement message",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
    132000: "Template Param Count Mismatch",
    132001: "Template name does not exist in the translation",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error of the Graph API; `body`: instead of one."""

    code: int
    status: int = 400
    retry_after: str = ""
    body: bytes | None = None


def _error(code: int, to: str) -> bytes:
    """As Meta words them: with the number in the text."""
    error = {
        "message": f"(#{code}) {_TITLES.get(code, 'Error')}",
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": f"about {to}"},
        "fbtrace_id": "AwmiSOCojlAkqvjCTjGt37r",
    }
    return json.dumps({"error": error}).encode()


def text(words: str, *, sender: str = "6281234567890", wamid: str = "wamid.1", **more: object) -> Json:
    """A message of somebody; `more` is put beside its words."""
    return {"from": sender, "id": wamid, "timestamp": "1764000000", "type": "text", "text": {"body": words}, **more}


def typed(kind: str, content: object, *, sender: str = "6281234567890", wamid: str = "wamid.1", **more: object) -> Json:
    """A message of another type."""
    return {"from": sender, "id": wamid, "timestamp": "1764000000", "type": kind, kind: content, **more}


def pressed(id_: str, title: str, kind: str = "button_reply", **more: str) -> Json:
    """A button or a row that was pressed."""
    return typed("interactive", {"type": kind, kind: {"id": id_, "title": title}}, **more)


def status(wamid: str, state: str, code: int = 0) -> Json:
    """What became of a message of ours."""
    about: Json = {"id": wamid, "status": state, "timestamp": "1764000000", "recipient_id": "6281234567890"}
    return about | ({"errors": [{"code": code, "title": _TITLES.get(code, "Error")}]} if code else {})


def webhook(
    *messages: Json, statuses: Sequence[Json] = (), number_id: str = NUMBER_ID, change: str = "messages"
) -> bytes:
    """The body of one call, with the names that we must never look at; escaped as Meta escapes it."""
    value: Json = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": NUMBER, "phone_number_id": number_id},
    }
    if messages:
        value["contacts"] = [{"profile": {"name": "Budi Santoso"}, "wa_id": each.get("from")} for each in messages]
        value["messages"] = list(messages)
    if statuses:
        value["statuses"] = list(statuses)
    entry = {"id": "102290129340398", "changes": [{"value": value, "field": change}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    """The headers of Meta's POST."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {
        "content-type": "application/json",
        "user-agent": "facebookexternalua",
        "x-hub-signature-256": f"sha256={digest}",
    }


@dataclass
class WhatsAppServer(SmsServer):
    """start() and stop(); `sent` grows; `answers` are said once each, in order; `media` is kept by id."""

    sent: list[Json] = field(default_factory=list)
    answers: deque[Refusal] = field(default_factory=deque)
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    abouts: dict[str, Json] = field(default_factory=dict)  # what is said of a file instead
    deleted: list[str] = field(default_factory=list)
    asked: list[tuple[str, str, bool]] = field(default_factory=list)  # method, path, with our token

    def __post_init__(self) -> None:
        super().__init__()

    def settings(self, public_url: str) -> dict[str, str]:
        """The channel's settings that lead here, without RESI_."""
        return {
            "WHATSAPP_PROVIDER": "meta",
            "WHATSAPP_TOKEN": TOKEN,
            "WHATSAPP_APP_SECRET": SECRET,
            "WHATSAPP_VERIFY_TOKEN": VERIFY,
            "WHATSAPP_PHONE_NUMBER_ID": NUMBER_ID,
            "WHATSAPP_API_URL": self.root + VERSION,
            "PUBLIC_URL": public_url,
        }

    def holds(self, media: str, kind: str, data: bytes, **about: object) -> str:
        """Keeps a file that somebody sent, and returns its id."""
        self.media[media] = (kind, data)
        if about:
            self.abouts[media] = about
        return media

    def texts_to(self, number: str) -> list[str]:
        """Every body that they read, oldest first."""
        return [words(each) for each in tuple(self.sent) if each.get("to") == number]

    async def reply(self, request: Request) -> Reply:
        path = request.path.partition("?")[0]
        with self.changed:
            ours = request.headers.get("authorization") == f"Bearer {TOKEN}"
            self.asked.append((request.method, request.path, ours))
            answer = self._answer(request, path) if ours else Reply(401, _error(190, ""))
            self.changed.notify_all()
        return answer

    def _answer(self, request: Request, path: str) -> Reply:
        if request.method == "POST" and path == f"{VERSION}/{NUMBER_ID}/messages":
            return self._post(json.loads(request.body))
        named = path.removeprefix(f"{VERSION}/")
        if request.method == "DELETE" and named in self.media:
            self.deleted.append(named)
            return Reply(200, b'{"success": true}')
        if request.method == "GET" and named in self.media:
            return self._about(named)
        if request.method == "GET" and path.startswith("/whatsapp_business/attachments/"):
            kind, data = self.media[path.rpartition("/")[2]]
            return Reply(200, data, kind)
        return Reply(404, _error(100, ""))

    def _about(self, media: str) -> Reply:
        kind, data = self.media[media]
        about: Json = {
            "messaging_product": "whatsapp",
            "url": f"{self.root}/whatsapp_business/attachments/{quote(media)}?ext=1&hash=ATs",
            "mime_type": kind,
            "sha256": hashlib.sha256(data).hexdigest(),
            "file_size": str(len(data)),
            "id": media,
        }
        return Reply(200, json.dumps(about | self.abouts.get(media, {})).encode())

    def _post(self, message: Json) -> Reply:
        to = str(message.get("to") or message.get("recipient"))
        if self.answers:
            said = self.answers.popleft()
            headers = {"Retry-After": said.retry_after} if said.retry_after else {}
            return Reply(said.status, _error(said.code, to) if said.body is None else said.body, headers=headers)
        wrong = fault(message)
        if wrong:
            return Reply(400, _error(wrong, to))
        self.sent.append(message)
        contact = {"input": to, "wa_id" if "to" in message else "user_id": to}
        given = {
            "messaging_product": "whatsapp",
            "contacts": [contact],
            "messages": [{"id": f"wamid.out{len(self.sent)}"}],
        }
        return Reply(200, json.dumps(given).encode())


def words(message: Mapping[str, object]) -> str:
    """What they read of a message that is no template."""
    match message:
        case {"type": "text", "text": {"body": str(body)}}:
            return body
        case {"type": "interactive", "interactive": {"body": {"text": str(body)}}}:
            return body
        case _:
            return ""


def fault(message: Mapping[str, object]) -> int:
    """The code with which Meta refuses a message of that shape; 0: it takes it."""
    if message.get("messaging_product") != "whatsapp" or message.get("recipient_type") != "individual":
        return 100
    match message:
        case {"type": "text", "text": {"body": str(body)}}:
            return 0 if 0 < len(body) <= 4096 else 100
        case {
            "type": "interactive",
            "interactive": {"type": "button", "body": {"text": str(body)}, "action": {"buttons": list(buttons)}},
        }:
            replies = [each["reply"] for each in buttons if each["type"] == "reply"]
            return (
                0 if 0 < len(body) <= 1024 and _rows(replies, len(buttons), most=3, label=20, id_most=256) else 131009
            )
        case {
            "type": "interactive",
            "interactive": {
                "type": "list",
                "body": {"text": str(body)},
                "action": {"button": str(button), "sections": list(sections)},
            },
        }:
            rows = [row for section in sections for row in section["rows"]]
            titles = all(0 < len(section["title"]) <= 24 for section in sections) and 0 < len(button) <= 20
            return (
                0
                if titles and 0 < len(body) <= 4096 and _rows(rows, len(rows), most=10, label=24, id_most=200)
                else 131009
            )
        case {
            "type": "interactive",
            "interactive": {
                "type": "location_request_message",
                "body": {"text": str(body)},
                "action": {"name": "send_location"},
            },
        }:
            return 0 if 0 < len(body) <= 1024 else 131009
        case {
            "type": "template",
            "template": {"name": str(name), "language": {"code": str()}, "components": list(parts)},
        }:
            return 0 if re.fullmatch(r"[a-z0-9_]{1,512}", name) and all(map(_component, parts)) else 132012
        case _:
            return 131051


def _rows(rows: Sequence[Mapping[str, str]], count: int, *, most: int, label: int, id_most: int) -> bool:
    titles, ids = [row["title"] for row in rows], [row["id"] for row in rows]
    fits = all(0 < len(each) <= label for each in titles) and all(0 < len(each) <= id_most for each in ids)
    return fits and 0 < len(rows) == count <= most and len(set(ids)) == count == len(set(titles))


def _component(part: Mapping[str, object]) -> bool:
    match part:
        case {"type": "body", "parameters": list(given)}:
            said = [each["text"] for each in given if each["type"] == "text"]
            return len(said) == len(given) and all(each and not re.search(r"[\n\t]| {5,}", each) for each in said)
        case {
            "type": "button",
            "sub_type": "quick_reply",
            "index": str(at),
            "parameters": [{"type": "payload", "payload": str(back)}],
        }:
            return at.isdigit() and 0 < len(back) <= 128
        case _:
            return False
