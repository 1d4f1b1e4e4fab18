"""Message-IDs: how ours are made and known again, and how a thread is kept with what the citizen's program sent."""

import hashlib
import re
from collections.abc import Collection, Iterable

from core.messages import TAG_MARK, Thread

_SOUND = re.compile(r"<[!-;=?-~]{1,200}@[!-;=?-~]{1,200}>")
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MOST = 12  # of the ids that one References names: the first, and the last ones
_LONGEST = 900  # so that the header line stays below what any relay takes


def message_id(delivery: str, domain: str) -> str:
    """The Message-ID of one of our messages: the same at every try, and nothing in it tells whom it is for."""
    name = delivery if _PLAIN.fullmatch(delivery) else hashlib.sha256(delivery.encode()).hexdigest()[:32]
    return f"<{TAG_MARK}{name}@{domain}>"


def is_ours(found: str, domains: Iterable[str]) -> bool:
    """Whether we wrote the message that this id names."""
    name, _, domain = found.strip("<>").rpartition("@")
    return name.startswith(TAG_MARK) and domain.lower() in domains


def answered(in_reply_to: str, references: str, domains: Collection[str]) -> tuple[str, ...]:
    """Which messages of ours these headers name, by what `message_id` made theirs of: the one replied to comes first.

    A thread may name any number: of the rest, which end with the newest, only the last few count.
    """
    named = dict.fromkeys((*sound_ids(in_reply_to), *reversed(sound_ids(references))))
    return tuple(name for each in named if is_ours(each, domains) and (name := _name_in(each)))[:_MOST]


def _name_in(ours: str) -> str:
    name = ours.strip("<>").rpartition("@")[0].removeprefix(TAG_MARK)
    return name if _PLAIN.fullmatch(name) else ""


def sound_ids(header: str) -> tuple[str, ...]:
    """The ids in a header that may be written into another one; all else in it is left behind."""
    return tuple(dict.fromkeys(_SOUND.findall(header)))


def references_of(ids: Iterable[str]) -> str:
    """Ids for a References header, bounded: the first one names the thread, the last ones its end."""
    found = tuple(dict.fromkeys(ids))
    kept = found if len(found) <= _MOST else (found[0], *found[1 - _MOST :])
    while len(kept) > 1 and len(" ".join(kept)) > _LONGEST:
        kept = (kept[0], *kept[2:])
    return " ".join(kept)


def thread_of(message: str, in_reply_to: str, references: str) -> Thread | None:
    """What an answer to a mail with these three headers names; None where the mail has no sound id."""
    own = sound_ids(message)[:1]
    if not own:
        return None
    before = sound_ids(references) or sound_ids(in_reply_to)[:1]
    return Thread(in_reply_to=own[0], references=references_of((*before, *own)))
