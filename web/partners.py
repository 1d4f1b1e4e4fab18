"""What partners' machines may do over Open311, as the web is given it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from core.intake import Filled, PartnerUpdate, Receipt
from core.messages import StoredFile
from core.model import PartnerRight, Published, PublishedQuery


@dataclass(frozen=True, slots=True)
class Media:
    """What a partner shows with a report: files, and addresses where some lie."""

    files: tuple[bytes, ...] = field(default=(), repr=False)
    urls: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Open311Services:
    """What partners' machines may do. `known` and `file` raise NotAllowed for a wrong key, `file` Refused."""

    known: Callable[[str, PartnerRight], Awaitable[None]]  # the partner's key, and what it must open
    file: Callable[[str, Filled], Awaitable[Receipt]]  # the partner's key, the form
    find: Callable[[PublishedQuery], Awaitable[list[Published]]]
    now: Callable[[], datetime]
    zone: tzinfo
    own: Callable[[str, PublishedQuery], Awaitable[list[Published]]] | None = None
    """What the partner of a key filed, as it is; raises NotAllowed. None: nothing but what anybody may read."""
    media: Callable[[str, Media], Awaitable[tuple[StoredFile, ...]]] | None = None
    """Cleaned and kept, by the partner's key; raises NotAllowed, Refused. None: none is taken."""
    update: Callable[[str, PartnerUpdate, Media | None], Awaitable[None]] | None = None
    """What a partner says of a report that it filed, and files beside it; said twice, it is done once.

    Raises NotAllowed, Refused; NotFound: it filed none of that number. None: no updates are taken.
    """
    renew_city: Callable[[], Awaitable[None]] | None = None
    """Looks for kinds that another process has just made; raises StoreAway. None: nothing changes."""
