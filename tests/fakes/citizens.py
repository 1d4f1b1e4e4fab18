"""People on every wire, with one way to write and to hear: what a wire needs for that, it does by itself."""

import re
import smtplib
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from typing import Protocol

import httpx

from tests.fakes import kannel_server, twilio_server
from tests.fakes.kannel_server import KannelServer
from tests.fakes.patience import PATIENCE, until
from tests.fakes.relay import Relay
from tests.fakes.resi_process import PLAIN, Resi
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_server import TelegramServer
from tests.fakes.twilio_server import TwilioServer

CODE = re.compile(r"(?<!\d)\d{4}-\d{4}-\d{4}-\d{4}(?!\d)")
HOOK_SECRET = "a-secret_of-the-fake"
OURS = "lapor@kota.test"


def code_in(text: str) -> str:
    """The tracking code that a message gives; empty where it gives none."""
    found = CODE.search(text)
    return found.group() if found else ""


class Post(Protocol):
    """One message that can be handed over again and again, the same each time, as its wire would."""

    def hand_over(self) -> bool:
        """Whether the service acknowledged it."""
        ...


class Citizen(Protocol):
    """Somebody; `channel` is the core's name of the wire."""

    @property
    def channel(self) -> str: ...

    def post(self, text: str) -> Post:
        """Composes a message, and does not hand it over yet."""
        ...

    def replies(self, text: str, to: str = "") -> Post:
        """Composes an answer to the newest message that holds the words `to`; by SMS it is a message like any other."""
        ...

    def heard(self) -> list[str]:
        """Every message that they got, oldest first."""
        ...


def tell(who: Citizen, text: str, seconds: float = PATIENCE) -> str:
    """Writes once, and waits for the answer; that answer."""
    return answered(who, who.post(text), seconds)


def reply(who: Citizen, text: str, to: str = "", seconds: float = PATIENCE) -> str:
    """The same as an answer to the newest message that holds the words `to`, in its thread."""
    return answered(who, who.replies(text, to), seconds)


def answered(who: Citizen, post: Post, seconds: float = PATIENCE) -> str:
    """Hands it over once, and waits; what is said next."""
    before = len(who.heard())
    assert post.hand_over(), "it was not acknowledged"
    return until(lambda: who.heard()[before:], f"an answer by {who.channel}", seconds)[0]


def is_told(who: Citizen, words: str, seconds: float = PATIENCE) -> str:
    """Waits for a message that holds the words, whoever made it come; the newest such message."""
    return until(lambda: [text for text in who.heard() if words in text], f"news by {who.channel}", seconds)[-1]


def codes_of(who: Citizen) -> set[str]:
    """Every tracking code that they were told."""
    return {code for text in who.heard() for code in CODE.findall(text)}


# -- mail --


@dataclass(frozen=True)
class Letter:
    """A mail as bytes, handed over by the real client of the standard library."""

    resi: Resi
    sender: str
    raw: bytes = field(repr=False)
    to: str = OURS

    def hand_over(self) -> bool:
        """Whatever becomes of the farewell, 250 is an acknowledgement."""
        try:
            with closing(smtplib.SMTP("127.0.0.1", self.resi.mail_port, "pc.test", timeout=PATIENCE)) as client:
                client.sendmail(self.sender, [self.to], self.raw)
        except (smtplib.SMTPException, OSError):
            return False
        return True


@dataclass
class MailUser:
    resi: Resi
    relay: Relay
    address: str
    headers: tuple[tuple[str, str], ...] = ()
    written: int = 0
    channel: str = "mail"

    def post(self, text: str, subject: str = "", photos: Sequence[tuple[str, bytes]] = ()) -> Letter:
        """`photos` are attachments with their names; a second letter answers the last that was heard."""
        return self._letter(text, {"Subject": subject, "In-Reply-To": (self.answers or [""])[-1]}, photos)

    def begins(self, text: str, subject: str = "") -> Letter:
        """A letter that answers none, whatever was heard before."""
        return self._letter(text, {"Subject": subject})

    def replies(self, text: str, to: str = "", photos: Sequence[tuple[str, bytes]] = ()) -> Letter:
        """As mail programs make it of the newest that holds the words `to`: its thread named, its text quoted."""
        mail = [mail for mail in self.relay.mails_to(self.address) if to in mail.text][-1]
        ours = str(mail.message["Message-ID"])
        thread = {
            "Subject": f"Re: {mail.message['Subject']}",
            "In-Reply-To": ours,
            "References": f"{mail.message['References'] or ''} {ours}".strip(),
        }
        quoted = "\n".join(f"> {line}" for line in mail.text.splitlines())
        return self._letter(f"{text}\n\nPada Sen, 2 Mar 2026 pukul 03.04 <{OURS}> menulis:\n{quoted}\n", thread, photos)

    def _letter(self, text: str, named: Mapping[str, str], photos: Sequence[tuple[str, bytes]] = ()) -> Letter:
        self.written += 1
        letter = EmailMessage(policy=SMTP)
        letter["From"], letter["To"] = self.address, OURS
        letter["Message-ID"] = f"<{self.written}.{self.address}>"
        letter["Date"] = "Mon, 02 Mar 2026 03:04:05 +0700"
        for name, value in (*named.items(), *self.headers):
            if value:
                letter[name] = value
        letter.set_content(text)
        for name, data in photos:
            letter.add_attachment(data, maintype="image", subtype="jpeg", filename=name)
        return Letter(self.resi, self.address, letter.as_bytes())

    @property
    def answers(self) -> list[str]:
        """Message-IDs of what was heard."""
        return [str(mail.message["Message-ID"]) for mail in self.relay.mails_to(self.address)]

    def heard(self) -> list[str]:
        return [mail.text for mail in self.relay.mails_to(self.address)]


# -- SMS --


@dataclass(frozen=True)
class Call:
    """An HTTP request of a provider's, the same at every try."""

    method: str
    url: str
    body: bytes = field(default=b"", repr=False)
    headers: dict[str, str] = field(default_factory=dict)

    def hand_over(self) -> bool:
        try:
            answer = httpx.request(
                self.method,
                self.url,
                content=self.body,
                headers=self.headers,
                trust_env=False,
                verify=PLAIN,
                timeout=PATIENCE,
            )
        except httpx.TransportError:
            return False
        return answer.is_success


@dataclass
class TwilioPhone:
    resi: Resi
    twilio: TwilioServer
    number: str
    written: int = 0
    channel: str = "sms"

    def post(self, text: str) -> Call:
        self.written += 1
        url = f"{self.resi.settings['PUBLIC_URL']}/hooks/sms"
        sid = f"SM{int(self.number):022d}{self.written:010d}"
        body, headers = twilio_server.signed(url, twilio_server.incoming(text, sender=self.number, sid=sid))
        return Call("POST", f"{self.resi.root}/hooks/sms", body, headers)

    def replies(self, text: str, to: str = "") -> Call:
        """An SMS knows nothing of the one before."""
        del to
        return self.post(text)

    def heard(self) -> list[str]:
        return [sms.body for sms in tuple(self.twilio.sent) if sms.to == self.number]


@dataclass
class KannelPhone:
    resi: Resi
    kannel: KannelServer
    number: str
    written: int = 0
    channel: str = "sms"

    def post(self, text: str) -> Call:
        self.written += 1
        query = kannel_server.incoming(text, sender=self.number, id=f"{self.number.strip('+')}-{self.written}")
        return Call("GET", f"{self.resi.root}/hooks/sms?{query}")

    def replies(self, text: str, to: str = "") -> Call:
        """An SMS knows nothing of the one before."""
        del to
        return self.post(text)

    def heard(self) -> list[str]:
        return [sms.text for sms in tuple(self.kannel.sent) if sms.to == self.number]


# -- Telegram --


@dataclass(frozen=True)
class Update:
    """An update in Telegram's hands, which keeps it until it is confirmed: by offset, or with 2xx."""

    server: TelegramServer
    update: dict[str, object] = field(repr=False)
    seconds: float = PATIENCE

    def hand_over(self) -> bool:
        self.server.enqueue_raw(self.update)
        until(lambda: self.update not in self.server.api.updates, "an update to be confirmed", self.seconds)
        return True


@dataclass
class TelegramUser:
    server: TelegramServer
    person: Person
    channel: str = "telegram"

    def post(self, text: str) -> Update:
        return self._update(message=self.person.message(text=text))

    def replies(self, text: str, to: str = "") -> Update:
        return self._update(message=self.person.message(text=text, reply_to_message=self.person.quoted(to)))

    def presses(self, label: str) -> Update:
        """The newest button of that label."""
        return self._update(callback_query=self.person.press(label))

    def _update(self, **update: object) -> Update:
        return Update(self.server, {"update_id": self.server.api.new_id(), **update})

    def heard(self) -> list[str]:
        return [str(message["text"]) for message in self.person.heard()]


@dataclass
class WebhookUser:
    """The same with the webhook called from here, so that many are called at once, as Telegram does it."""

    resi: Resi
    server: TelegramServer
    person: Person
    channel: str = "telegram"

    def post(self, text: str) -> Call:
        return self._call(message=self.person.message(text=text))

    def replies(self, text: str, to: str = "") -> Call:
        return self._call(message=self.person.message(text=text, reply_to_message=self.person.quoted(to)))

    def presses(self, label: str) -> Call:
        """The newest button of that label."""
        return self._call(callback_query=self.person.press(label))

    def _call(self, **update: object) -> Call:
        return webhook_call(self.resi, {"update_id": self.server.api.new_id(), **update})

    def heard(self) -> list[str]:
        return [str(message["text"]) for message in self.person.heard()]


def webhook_call(resi: Resi, update: object) -> Call:
    """Telegram's request with one update in it."""
    request = httpx.Request("POST", resi.root, json=update)
    headers = {"content-type": "application/json", "x-telegram-bot-api-secret-token": HOOK_SECRET}
    return Call("POST", f"{resi.root}/hooks/telegram", request.content, headers)
