"""Hands answers to the relay, and says of a failure only whether it is final."""

import ssl

import aiosmtplib

from bots.mail.address import is_null, is_sound
from bots.mail.compose import compose
from bots.mail.relay_connections import RelayConnections
from bots.mail.setup import MailSetup, Relay, is_loopback
from core.errors import DeliveryFailed
from core.messages import Outgoing

TIMEOUT_SECONDS = 30.0
KEPT_SECONDS = 600.0  # behind the last dot (RFC 5321, 4.5.3.2.6): who hangs up sooner sends a mail that was taken again
_REFUSED = 5  # the first digit
_WANTED_OF_US = frozenset({530, 534, 535, 538})  # to log in, or TLS: the operator can mend it


class Sender:
    """The way out; `timeout` in seconds, of each answer of the relay."""

    def __init__(self, setup: MailSetup, timeout: float = TIMEOUT_SECONDS) -> None:
        self._setup = setup
        self._timeout = timeout
        relay = setup.relay
        self._connections = None if relay is None else RelayConnections(lambda: self._client(relay))

    async def send(self, out: Outgoing) -> str:
        """Nothing: who answers names our own Message-ID, which is made of the delivery's id. Raises DeliveryFailed."""
        recipient = _sendable(out.to.reveal())
        if self._connections is None:
            raise DeliveryFailed("no_relay", final=False)
        if not recipient or is_null(recipient) or not is_sound(recipient):
            raise DeliveryFailed("no_address", final=True)
        failure = await self._try(self._connections, recipient, compose(out, self._setup.address, self._setup.domain))
        # Raised here and not where it was caught: the library's exceptions carry addresses in their context.
        if failure is not None:
            raise failure
        return ""

    async def _try(self, connections: RelayConnections, recipient: str, mail: bytes) -> DeliveryFailed | None:
        try:
            async with connections.one() as client:
                options, encoding = [], "ascii"
                if not recipient.isascii():
                    await client.ehlo()
                    if not client.supports_extension("smtputf8"):
                        return DeliveryFailed("relay_knows_no_utf8_addresses", final=True)
                    options, encoding = ["SMTPUTF8", "BODY=8BITMIME"], "utf-8"
                await client.mail(self._setup.address, options=options)
                await client.rcpt(recipient, encoding=encoding)
                await client.data(mail, timeout=KEPT_SECONDS)
        except aiosmtplib.SMTPRecipientRefused as error:
            return _answered("recipient", error.code)
        except (aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPDataError) as error:
            return _answered("mail", error.code)
        # The relay's trouble, or a setting's that it cannot be told (ValueError), and not the citizen's.
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            return DeliveryFailed(_trouble(error), final=False)
        return None

    def _client(self, relay: Relay) -> aiosmtplib.SMTP:
        # A password is told to nobody who does not show who they are, whatever was set.
        verified = relay.verify or bool(relay.user)
        plain = relay.tls or is_loopback(relay.host)
        return aiosmtplib.SMTP(
            hostname=relay.host,
            port=relay.port,
            username=relay.user or None,
            password=relay.password or None,
            local_hostname=self._setup.hostname,
            timeout=self._timeout,
            use_tls=relay.tls,
            start_tls=False if plain else True if verified else None,
            tls_context=None if verified else _any_certificate(),
        )


def _answered(what: str, code: int) -> DeliveryFailed:
    return DeliveryFailed(f"{what}_refused_{code}", final=code // 100 == _REFUSED and code not in _WANTED_OF_US)


def _trouble(error: Exception) -> str:
    """In a word, for the operator; the library's own words may hold an address."""
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return "relay_not_verified"
    return "relay_without_tls" if type(error) is aiosmtplib.SMTPException else f"relay_{type(error).__name__}"


def _any_certificate() -> ssl.SSLContext:
    """TLS with a relay that is told no password: encrypted to whom it may concern, where the operator wants it so."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _sendable(address: str) -> str:
    """With the domain in ASCII: then only a local part beyond it needs a relay that can."""
    local, at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return address
