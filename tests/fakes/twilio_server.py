"""Twilio on a loopback port: its REST API as the SDK and a browser of media call it, and its signed webhooks."""

import base64
import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from tests.fakes.loopback_server import Reply, Request
from tests.fakes.sms_server import SmsServer

SID = "AC" + "0" * 32
TOKEN = "a-token-of-the-fake"
NUMBER = "+15005550006"

_MESSAGES = {  # as Twilio words them: with the number in the text
    20003: (401, "Authenticate"),
    20009: (409, "Cannot delete this resource before it is complete"),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too Many Requests"),
    21211: (400, "The 'To' number {to} is not a valid phone number."),
    21408: (400, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {to}"),
    21610: (400, "Attempt to send to unsubscribed recipient {to}"),
    21612: (400, "The 'To' phone number: {to}, is not currently reachable using the 'From' phone number"),
    63003: (400, "Channel could not find To address {to}"),
    63016: (400, "Failed to send freeform message because you are outside the allowed window"),
    63018: (429, "Rate limit exceeded for Channel"),
    21614: (400, "'To' number: {to}, is not a valid mobile number"),
}

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SentSms:
    sid: str
    to: str
    sender: str
    body: str
    status_callback: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the fake says instead of yes; `code` 0: a bare status, as a proxy in front of Twilio would."""

    status: int
    code: int = 0
    retry_after: str = ""
    body: str | None = None


def refusal(code: int, retry_after: str = "") -> Answer:
    return Answer(_MESSAGES[code][0], code, retry_after)


def incoming(text: str, *, sender: str, sid: str, to: str = NUMBER, media: Fields = ()) -> list[tuple[str, str]]:
    """The fields of one incoming message as Twilio sends them, those that we must never look at too."""
    fields = [
        ("ToCountry", "US"), ("ToState", ""), ("SmsMessageSid", sid), ("NumMedia", str(len(media))), ("ToCity", ""),
        ("FromZip", "10110"), ("SmsSid", sid), ("FromState", "DKI"), ("SmsStatus", "received"), ("FromCity", "Menteng"),
        ("Body", text), ("FromCountry", "ID"), ("To", to), ("ToZip", ""), ("NumSegments", "1"), ("MessageSid", sid),
        ("AccountSid", SID), ("From", sender), ("ApiVersion", "2010-04-01"),
    ]  # fmt: skip
    for index, (url, kind) in enumerate(media):
        fields += [(f"MediaUrl{index}", url), (f"MediaContentType{index}", kind)]
    return fields


class _MultiDict(dict[str, list[str]]):
    """As Django's and Starlette's forms offer it; the SDK signs every value of such a form."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


def signed(url: str, fields: Fields, token: str = TOKEN) -> tuple[bytes, dict[str, str]]:
    """Body and headers of Twilio's POST to that address, signed by Twilio's own code."""
    form = _MultiDict()
    for name, value in fields:
        form.setdefault(name, []).append(value)
    signature = RequestValidator(token).compute_signature(url, form)
    headers = {
        "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
        "user-agent": "TwilioProxy/1.1",
        "x-twilio-signature": signature,
        "i-twilio-idempotency-token": "0",
    }
    return urlencode(list(fields)).encode(), headers


@dataclass
class TwilioServer(SmsServer):
    """start() and stop(); `sent` and `deleted` grow; `answers` and `delete_answers` are said once each, in order."""

    sid: str = SID
    token: str = TOKEN
    sent: list[SentSms] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)  # of the same, whole
    deleted: list[str] = field(default_factory=list)
    delete_tries: list[str] = field(default_factory=list)
    fetched: list[tuple[str, bool]] = field(default_factory=list)  # path, with our password
    answers: deque[Answer] = field(default_factory=deque)
    delete_answers: deque[Answer] = field(default_factory=deque)
    media: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)  # path: status, type or location, bytes

    def __post_init__(self) -> None:
        super().__init__()

    @property
    def url(self) -> str:
        """For RESI_TWILIO_API_URL."""
        return self.root

    def settings(self, public_url: str) -> dict[str, str]:
        """The channel's settings that lead here, without RESI_."""
        return {
            "SMS_PROVIDER": "twilio",
            "TWILIO_ACCOUNT_SID": self.sid,
            "TWILIO_AUTH_TOKEN": self.token,
            "TWILIO_FROM": NUMBER,
            "TWILIO_API_URL": self.url,
            "PUBLIC_URL": public_url,
        }

    def holds(self, name: str, kind: str, data: bytes, status: int = 200) -> str:
        """Keeps a file of a message and returns its MediaUrl."""
        path = f"/2010-04-01/Accounts/{self.sid}/Messages/MM1/Media/{name}"
        self.media[path] = (status, kind, data)
        return self.url + path

    async def reply(self, request: Request) -> Reply:
        """Of the REST API, or of the house of media."""
        asked = request.path, request.headers.get("authorization", "")
        match request.method:
            case "POST":
                return self._post(*asked, request.body)
            case "DELETE":
                return self._delete(*asked)
            case _:
                return self._get(*asked)

    def _say(self, answer: Answer, to: str = "") -> Reply:
        headers = {"Retry-After": answer.retry_after} if answer.retry_after else {}
        if answer.body is not None:
            return Reply(answer.status, answer.body.encode(), headers=headers)
        if not answer.code:
            return Reply(answer.status, b"<html>trouble</html>", "text/html", headers)
        message = _MESSAGES[answer.code][1].format(to=to)
        more = f"https://www.twilio.com/docs/errors/{answer.code}"
        body = {"code": answer.code, "message": message, "more_info": more, "status": answer.status}
        return Reply(answer.status, json.dumps(body).encode(), headers=headers)

    def knows(self, authorization: str) -> bool:
        return authorization == "Basic " + base64.b64encode(f"{self.sid}:{self.token}".encode()).decode()

    def _post(self, path: str, authorization: str, body: bytes) -> Reply:
        form = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
        with self.changed:
            if not self.knows(authorization):
                return self._say(refusal(20003))
            if path != f"/2010-04-01/Accounts/{self.sid}/Messages.json":
                return self._say(refusal(20404))
            if self.answers:
                self.changed.notify_all()
                return self._say(self.answers.popleft(), form["To"])
            sid = f"SM{len(self.sent) + 1:032x}"
            self.forms.append(form)
            said = form.get("Body", "")  # none where content of its own leaves
            self.sent.append(SentSms(sid, form["To"], form["From"], said, form.get("StatusCallback", "")))
            self.changed.notify_all()
        answer = {"sid": sid, "status": "queued", "to": form["To"], "from": form["From"], "body": said}
        return Reply(201, json.dumps(answer).encode())

    def _delete(self, path: str, authorization: str) -> Reply:
        start, end = f"/2010-04-01/Accounts/{self.sid}/Messages/", ".json"
        with self.changed:
            if not self.knows(authorization):
                return self._say(refusal(20003))
            if not (path.startswith(start) and path.endswith(end)):
                return self._say(refusal(20404))
            sid = path.removeprefix(start).removesuffix(end)
            self.delete_tries.append(sid)
            self.changed.notify_all()
            if self.delete_answers:
                return self._say(self.delete_answers.popleft())
            self.deleted.append(sid)
            return Reply(204, b"")

    def _get(self, path: str, authorization: str) -> Reply:
        with self.changed:
            self.fetched.append((path, self.knows(authorization)))
            self.changed.notify_all()
            if path not in self.media:
                return self._say(refusal(20404))
            status, kind, data = self.media[path]
            if status in {302, 307}:
                return Reply(status, data, headers={"Location": kind})
            return Reply(status, data, kind)
