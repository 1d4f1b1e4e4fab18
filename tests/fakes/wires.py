"""A service with every wire plugged into a fake of it: one of Telegram's ways in and one SMS provider, by choice."""

import itertools
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.citizens import HOOK_SECRET, OURS, Citizen, KannelPhone, MailUser, TelegramUser, TwilioPhone
from tests.fakes.kannel_server import KannelServer
from tests.fakes.relay import Relay
from tests.fakes.resi_process import Resi
from tests.fakes.telegram_server import TOKEN, TelegramServer
from tests.fakes.twilio_server import TwilioServer

CHANNELS = ("telegram", "sms", "mail")


@dataclass
class Wires:
    """The service, what it is plugged into, and a row of strangers to it."""

    resi: Resi
    telegram: TelegramServer
    sms: TwilioServer | KannelServer
    relay: Relay
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def stranger(self, channel: str) -> Citizen:
        """Somebody whom the service does not know."""
        match channel:
            case "telegram":
                return self.telegram_user()
            case "sms":
                return self.phone()
            case _:
                return self.mail_user()

    def telegram_user(self) -> TelegramUser:
        return TelegramUser(self.telegram, self.telegram.person())

    def phone(self, number: str = "") -> TwilioPhone | KannelPhone:
        number = number or f"+62812{next(self._numbers):08d}"
        if isinstance(self.sms, TwilioServer):
            return TwilioPhone(self.resi, self.sms, number)
        return KannelPhone(self.resi, self.sms, number)

    def mail_user(self, address: str = "") -> MailUser:
        return MailUser(self.resi, self.relay, address or f"warga{next(self._numbers)}@surat.test")


@contextmanager
def plugged(
    folder: Path, *, webhook: bool, sms: str, settings: Mapping[str, str] | None = None, data: Path | None = None
) -> Iterator[Wires]:
    """Not started yet."""
    with ExitStack() as stack:
        telegram = stack.enter_context(TelegramServer())
        provider: TwilioServer | KannelServer = TwilioServer() if sms == "twilio" else KannelServer()
        stack.enter_context(provider)
        relay = stack.enter_context(Relay())
        resi = Resi(folder, settings, data=data)
        resi.settings |= provider.settings(resi.root) | {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": telegram.root,
            "MAIL_ADDRESS": OURS,
            "MAIL_HOSTNAME": "mx.kota.test",
            "MAIL_RELAY_URL": relay.url,
        }
        if webhook:
            resi.settings["TELEGRAM_WEBHOOK_SECRET"] = HOOK_SECRET
        stack.callback(resi.stop)
        yield Wires(resi, telegram, provider, relay)
