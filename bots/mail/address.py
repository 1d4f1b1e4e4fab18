"""Mail addresses: which are ours, which belong to robots, and how one person's address is always written the same."""

import re

from core import toml_rows

# Some servers sign the envelope sender anew each day (BATV): the person is what stands behind the signature.
_SIGNED = re.compile(r"(?:prvs=[0-9A-Za-z]{4,16}=|btv1==[0-9A-Za-z]{1,20}==)", re.IGNORECASE)
_ROBOT = re.compile(
    r"(?:post[._-]?master|mailer?[._-]?daemon|daemon|no[._-]?reply|do[._-]?not[._-]?reply|tidak[._-]?(?:di)?balas"
    r"|(?:jangan|mohon[._-]tidak)[._-]?(?:di)?balas|bounces?|(?:auto[._-]?(?:reply|responder|respond|balas|answer)|out[._-]?of[._-]?office)"
    r"|mail[._-]?delivery(?:[._-]?(?:system|subsystem))?|listserv|majordomo|mailman|owner-.{1,100})"
    r"(?:[+._=-].*)?",
    re.IGNORECASE,
)
_REPLYLESS = re.compile(
    r".*(?:no[._-]?reply|do[._-]?not[._-]?reply)|.+[._+-](?:bounces?|mailer[._-]?daemon)(?:[+=].*)?", re.IGNORECASE
)
_GOOGLE = frozenset({"gmail.com", "googlemail.com"})
_TABLE = toml_rows.read(__package__, "providers.toml")
_PROVIDERS = frozenset(toml_rows.listed(toml_rows.text(_TABLE, "providers")))
_ALIASES = frozenset(toml_rows.listed(toml_rows.text(_TABLE, "aliases")))
_SECOND_LEVELS = frozenset(toml_rows.listed(toml_rows.text(_TABLE, "second_levels")))
# What a program makes up for one mail, to know its bounce again: sl.mrvsim.kz7q, b_mfzg, 0100018f-..., x=kota.id
_MADE = re.compile(r"(?:sl\..+\..+|b_.+|[0-9a-f]{8,}-.+|[0-9a-f]{16,}|.+=.+)", re.IGNORECASE)
_ALIASED = "aliased"
_LONGEST = 320
_NEEDLESS = re.compile(r"\A\"([\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*)\"\Z")
_QUOTED = re.compile(r"\"[^\"\\]+\"")  # as old Japanese telephones need it: "budi."@docomo.ne.jp
_LITERAL = re.compile(r"\[IPv6:[0-9a-f:.]{2,45}\]", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def normal(sender: str) -> str:
    """One way to write a sender: brackets, needless quotes, daily signatures gone, the domain in lower case."""
    local, at, domain = sender.strip().strip("<>").rpartition("@")
    local = _NEEDLESS.sub(r"\1", local)
    return f"{_SIGNED.sub('', local, count=1)}{at}{domain.lower()}"


def mailbox(address: str) -> str:
    """Whose it is: one person has a new address behind each plus, in each case, and at Google between dots.

    `address` is normal.
    """
    local, at, domain = address.casefold().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in _GOOGLE:
        local, domain = local.replace(".", "") or local, min(_GOOGLE)
    return f"{local}{at}{domain}"


def owned_domain(address: str) -> str:
    """The domain whose owner has as many addresses as they like; empty where a provider gives one to anybody.

    With all domains below it, for those are the same owner's: it is better to take two owners for one.
    """
    domain = address.casefold().rpartition("@")[2]
    return "" if domain in _PROVIDERS else _registered(domain)


def _registered(domain: str) -> str:
    labels = domain.split(".")
    deep = len(labels) > 2 and labels[-2] in _SECOND_LEVELS  # noqa: PLR2004 - name, co, id
    return ".".join(labels[-3 if deep else -2 :])


def is_stand_in(sender: str, written: str, *, vouched: bool) -> bool:
    """Whether a service sent it for whoever is `written` in From, by an address of its own that takes bounces alone.

    Services of aliases do: who answers `sender` reaches nobody. `vouched`: the domain of `written` does for it; else
    both have to be one owner's, or anybody would be answered in whose name another owner sends. Both are normal.
    """
    made, own = sender.casefold().rpartition("@"), written.casefold().rpartition("@")[2]
    bounces = is_robot(sender) and _house(own) == _ALIASED
    return bool(bounces or (_MADE.fullmatch(made[0]) and not is_robot(sender))) and (
        vouched or _house(made[2]) == _house(own)
    )


def _house(domain: str) -> str:
    aliased = any(domain == each or domain.endswith(f".{each}") for each in _ALIASES)
    return _ALIASED if aliased else _registered(domain)


def is_null(sender: str) -> bool:
    """Whether this is the empty return path of a bounce, however it is shown."""
    return not sender.strip().strip("<>").strip()


def is_ours(address: str, own: str) -> bool:
    """Whether the address is our own, in any case, with or without angle brackets and +tag."""
    local, _, domain = address.strip().strip("<>").lower().rpartition("@")
    plain = f"{local.partition('+')[0]}@{domain}"
    return own.lower() in {plain, f"{local}@{domain}"}


def is_robot(sender: str) -> bool:
    """Whether no person reads what is sent to this address."""
    local = sender.strip().strip("<>").rpartition("@")[0] or sender
    return bool(_ROBOT.fullmatch(local) or _REPLYLESS.fullmatch(local))


def is_sound(address: str) -> bool:
    """Whether an answer could be sent there: one address, no spaces, brackets, controls or broken characters."""
    local, at, domain = address.rpartition("@")
    shape = bool(local and at and domain) and len(address) <= _LONGEST
    plain = (local[1:-1] if _QUOTED.fullmatch(local) else local) + ("" if _LITERAL.fullmatch(domain) else domain)
    return shape and not any(mark in '<>,;:\\"' or mark.isspace() or not mark.isprintable() for mark in plain)


def own_address(typed: str, ours: str) -> str | None:
    """What somebody writes down as their own address, as it would be if they wrote from it; None: no person's."""
    address = normal(typed)
    local, _, domain = address.rpartition("@")
    sound = is_sound(address) and "@" not in local and _DOMAIN.fullmatch(domain) is not None
    return address if sound and not is_ours(address, ours) and not is_robot(address) else None


def argument_of(command: str) -> tuple[str | None, str]:
    """The address of a MAIL or RCPT, without its brackets and route, and what follows it; None: it is malformed.

    The standard parser recurses on what a stranger sends.
    """
    head, closed, rest = command.strip().partition(">")
    if head.startswith("<") and closed:
        address = head[1:].rpartition(":")[2] if head.startswith("<@") else head[1:]
        return address or "<>", rest.strip()
    address, _, rest = command.strip().partition(" ")
    return (None if "<" in address else address), rest.strip()
