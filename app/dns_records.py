"""The DNS records that an operator has to set, by what Resi is told of itself."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bots.channels import CHANNELS
from core.messages import Values


def records(values: Values) -> tuple[str, ...]:
    """A line each, as in a zone's file, with what is left to fill in between < and >; none where nothing is public."""
    return tuple(dict.fromkeys((*_of_web(values), *_of_mail(values))))


def _of_web(values: Values) -> Iterator[str]:
    host = urlsplit(values["PUBLIC_URL"]).hostname or ""
    if _is_name(host):
        yield from _of_host(host)


def _of_mail(values: Values) -> Iterator[str]:
    mail = next(each for each in CHANNELS if each.name == "mail")
    domain = values["MAIL_ADDRESS"].rpartition("@")[2].lower()
    if not mail.configured(values) or not _is_name(domain):
        return
    server = values["MAIL_HOSTNAME"] or domain
    yield from _of_host(server)
    yield f"{domain}. MX 10 {server}."
    relay = urlsplit(values["MAIL_RELAY_URL"]).hostname or ""
    by_relay = f" a:{relay}" if _is_name(relay) and relay != server else ""
    yield f'{domain}. TXT "v=spf1 mx{by_relay} -all"'
    yield f'_dmarc.{domain}. TXT "v=DMARC1; p=quarantine; adkim=s; aspf=s"'
    yield f"<selector>._domainkey.{domain}. TXT <as the server that signs our mail prints it>"


def _of_host(host: str) -> Iterator[str]:
    yield f"{host}. A <the public IPv4 address>"
    yield f"{host}. AAAA <the public IPv6 address, if there is one>"


def _is_name(host: str) -> bool:
    """Whether it can have records: a name with a dot in it, and no address."""
    return "." in host and not host.replace(".", "").isdigit() and ":" not in host
