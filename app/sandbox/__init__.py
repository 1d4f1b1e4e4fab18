"""Sandbox: child processes in which citizens' files are scrubbed, under restrictions; a crash or hang costs one file.

`worker_pool` has the workers and `fair_queue` who is next, `children` keeps processes, `spawning` says where one comes
from and `zygote` forks it, `restrictions` says what a child cannot do any more, `child` is what runs in it, and
`child_connection` and `child_messages` how we speak with it.
"""

import asyncio
import hashlib
from typing import TYPE_CHECKING

from app.sandbox.child_messages import HASH_ONLY, believed, seen
from app.sandbox.children import Children
from app.sandbox.fair_queue import FairQueue, Kind, Space
from app.sandbox.restrictions import NAMES as RESTRICTIONS
from app.sandbox.spawning import Spawner, begun, spawner_of
from app.sandbox.time_spent import Budget, Origin
from app.sandbox.worker_pool import FOR_ALL, Allowance, Asked, Plan, WorkerPool
from core.errors import Refused
from core.messages import PerceptualHash
from core.scrub import Clean, Limits, is_document

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["FOR_ALL", "RESTRICTIONS", "STAFF", "Allowance", "Origin", "Plan", "Sandbox", "Spawner", "begun"]

_DEFAULT = Limits()
_SPACE = Space()
_HERE = Origin("here", proved=True)
STAFF = Origin("staff", proved=True)
"""What staff bring: a child of its own serves it, where there is one."""


class Sandbox:
    """Safe to call from any thread and from asyncio. `spawning`: where children come from.

    Raises FileAway (not final) where no child can be had, or too much waits: nothing about the file, which may come
    again.
    """

    def __init__(
        self,
        *,
        limits: Limits = _DEFAULT,
        births: Spawner | None = None,
        patience: float | None = None,
        plan: Plan = FOR_ALL,
        space: Space = _SPACE,
    ) -> None:
        self._limits = limits
        self._patience = float(limits.patience) if patience is None else patience
        self._children = Children(births or spawner_of(limits), limits, self._patience, spare=plan.spare)
        budget = Budget(limits.sender_seconds, limits.path_seconds)
        self._crew = WorkerPool(self._children, plan, FairQueue(budget, space))

    def start(self) -> None:
        """Starts the first child and waits until it is sealed; best called before there is another thread.

        Those that come later are started when they are needed, one ahead.
        """
        self._crew.first.begin()
        self._children.keep_spare()

    async def scrub(self, data: bytes, origin: Origin = _HERE, allowance: Allowance | None = None) -> Clean:
        """Raises Refused; whatever a child does, only what is proved bare comes back."""
        return await asyncio.wrap_future(self._scrubbing(data, origin, allowance))

    def scrub_now(self, data: bytes) -> Clean:
        """The same for callers without a loop; blocks."""
        return self._scrubbing(data, _HERE, None).result()

    async def perceptual_hash(self, clean: Clean, origin: Origin = _HERE) -> PerceptualHash | None:
        """What a clean picture looks like; None for what is no picture."""
        try:
            return await asyncio.wrap_future(self._hashing(clean.data, origin))
        except Refused:
            return None

    def perceptual_hash_now(self, clean: Clean) -> PerceptualHash | None:
        """The same for callers without a loop; blocks."""
        try:
            return self._hashing(clean.data, _HERE).result()
        except Refused:
            return None

    def restrictions(self) -> tuple[str, ...]:
        """Names of the restrictions that the child last started has told; see RESTRICTIONS for all that there are."""
        return self._children.restrictions

    @property
    def pid(self) -> int | None:
        """Of the first child, where it was started."""
        return self._crew.first.pid

    def stop(self) -> None:
        """Kills the children, whatever they are doing; files that wait are not scrubbed any more."""
        self._children.stop()
        self._crew.end()

    def _scrubbing(self, data: bytes, origin: Origin, allowance: Allowance | None) -> "Future[Clean]":
        if len(data) > self._limits.file_bytes:
            raise Refused("file_too_large")
        if allowance is not None and allowance.left <= 0:
            raise Refused("file_rest")
        document = is_document(data)
        seconds = min(self._patience, self._limits.document_patience) if document else self._patience
        asked = Asked(data, 0, seconds, lambda answer: believed(answer, self._limits), allowance)
        self._crew.put(asked, origin, _kind(origin, document=document))
        return asked.answer

    def _hashing(self, data: bytes, origin: Origin) -> "Future[PerceptualHash | None]":
        exact = hashlib.sha256(data).digest()
        asked = Asked(data, HASH_ONLY, self._patience, lambda answer: seen(answer, exact))
        self._crew.put(asked, origin, _kind(origin, document=False))
        return asked.answer


def _kind(origin: Origin, *, document: bool) -> Kind:
    if origin == STAFF:
        return Kind.STAFF
    return Kind.DOCUMENT if document else Kind.QUICK
