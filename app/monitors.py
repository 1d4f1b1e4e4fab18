"""What a monitor is told: which parts are not ready, and all figures; neither waits long for a database that hangs."""

from collections.abc import Mapping

from app import metrics
from app.clock import Clock
from app.desk import DeskBackend
from app.turns import Turns
from core import intake
from core.errors import StoreAway
from core.messages import Connection
from storage import Files, schema_current

_WAITS = 3.0  # seconds for the database to answer; who asks waits little longer
_OF_THE_HOUSE = ("database", "migrations", "disk", "files")


class Monitors:
    """Of one process."""

    def __init__(
        self,
        turns: Turns,
        clock: Clock,
        desk: DeskBackend,
        files: Files,
        *,
        url: str,
        listening: Mapping[str, Connection],
    ) -> None:
        """`url`: of the database. `listening`: the channels by name, filled when they are switched on."""
        self._turns = turns
        self._clock = clock
        self._desk = desk
        self._files = files
        self._disk = turns.disk
        self._url = url
        self._listening = listening

    async def not_ready(self) -> tuple[str, ...]:
        """The parts that are not, each by its name."""
        missing = [name for name, connection in self._listening.items() if not connection.ready()]
        if not self._disk.has_room():
            missing.append("disk")
        try:
            missing += await self._turns.ask(self._store_lacks, _WAITS)
        except StoreAway:  # then nobody may be free to ask for files
            return (*missing, "database")
        try:
            await self._turns.ask(self._files.check, _WAITS)
        except StoreAway:
            missing.append("files")
        return tuple(missing)

    async def lacking(self) -> tuple[str, ...]:
        """What pages do without for now, by its name: they are served all the same."""
        return () if await self._desk.search.ready() else ("search",)

    def _store_lacks(self) -> list[str]:
        figures = self._turns.store.figures
        if not figures.alive() or not figures.usable():
            return ["database"]
        return [] if schema_current(self._url) else ["migrations"]

    async def figures(self) -> bytes:
        """Prometheus text; without what the database would tell where it does not answer."""
        turns, now = self._turns, self._turns.clock.now()

        def guessed() -> int:
            return turns.store.read(lambda tx: intake.guessed(tx, now))

        missing = (*await self.not_ready(), *await self.lacking())
        try:
            kept = await turns.ask(lambda: metrics.kept(turns.store.figures, guessed, now), _WAITS)
        except StoreAway:
            kept = None
        return metrics.text(self._process(missing), kept)

    def _process(self, missing: tuple[str, ...]) -> metrics.Process:
        parts = (*self._listening, *_OF_THE_HOUSE, "search")
        try:
            free = self._disk.free()
        except OSError:
            free = None
        return metrics.Process(
            leads=self._clock.leads,
            refusals=self._desk.refusals,
            readers=self._turns.faults.counts(),
            measures=self._turns.measures,
            parts={part: part not in missing for part in parts},
            works=self._clock.ages(),
            busy=self._turns.busy,
            disk_free=free,
        )
