"""The store: one turn, one transaction, on the database that the URL names."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from core.messages import Address, SealedAddress
from core.ports import UnitOfWork
from storage.addresses import AddressSealer
from storage.engine import Database, is_sqlite
from storage.keyring import Keyring, load
from storage.statements import Statements
from storage.unit_of_work import SqlUnitOfWork
from storage.vault import Keys, Vault

if TYPE_CHECKING:
    from storage.address_rotation import AddressRotation
    from storage.audit import Trail
    from storage.figure_sums import FigureSums
    from storage.figures import Figures
    from storage.ledger import Ledger
    from storage.page_tickets import PageTickets
    from storage.partner_hooks import Hooks
    from storage.proof import Proof
    from storage.published import Publisher
    from storage.queues import OldCounts
    from storage.recount import Recount
    from storage.retention import Upkeep
    from storage.rotation import Rotation

T = TypeVar("T")


class SqlStore:
    """core.ports.Store, and what operators ask and order beside it."""

    def __init__(self, database: Database, ring: Keyring, old_counts: "OldCounts | None" = None) -> None:
        self._database = database
        self._ring = ring
        self._given_counts = old_counts

    @cached_property
    def _old_counts(self) -> "OldCounts":
        from storage.queues import OldCounts

        return self._given_counts or OldCounts()

    def _unit_of_work(self, statements: Statements) -> SqlUnitOfWork:
        return SqlUnitOfWork(statements, self._ring, lambda: self._old_counts)

    @cached_property
    def figures(self) -> "Figures":
        """What reads counts of rows alone."""
        from storage.figures import Figures

        return Figures(self._database)

    @cached_property
    def published(self) -> "Publisher":
        """What the public may see."""
        from storage.published import Publisher

        return Publisher(self._database)

    @cached_property
    def figure_sums(self) -> "FigureSums":
        """Figures of what is published."""
        from storage.figure_sums import FigureSums

        return FigureSums(self._database)

    @cached_property
    def live_figure_sums(self) -> "FigureSums":
        """Figures of each report at once."""
        from storage.figure_keys import live
        from storage.figure_sums import FigureSums

        return FigureSums(self._database, live)

    @cached_property
    def recount(self) -> "Recount":
        """Counts kept figures anew."""
        from storage.recount import Recount

        return Recount(self._database, self._ring)

    @cached_property
    def hooks(self) -> "Hooks":
        """What partners' servers are told."""
        from storage.partner_hooks import Hooks

        return Hooks(self._database, self._ring)

    @cached_property
    def tickets(self) -> "PageTickets":
        """What a page hands on to the next."""
        from storage.page_tickets import PageTickets

        return PageTickets(self._ring)

    @cached_property
    def upkeep(self) -> "Upkeep":
        """What the clock and operators order."""
        from storage.retention import Upkeep

        return Upkeep(self._database, self._ring, self.run)

    @cached_property
    def audit(self) -> "Trail":
        """The trail of what staff did."""
        from storage.audit import Trail

        return Trail(self._database, self._ring)

    @cached_property
    def ledger(self) -> "Ledger":
        """What outlives a backup that is restored."""
        from storage.ledger import Ledger

        return Ledger(self._database, self._ring, self.run)

    @cached_property
    def proof(self) -> "Proof":
        """Opens all that is kept."""
        from storage.proof import Proof

        return Proof(self._database, self._ring)

    @cached_property
    def rotation(self) -> "Rotation":
        """Wraps keys anew."""
        from storage.rotation import Rotation

        return Rotation(self._database, self._ring.vault)

    @cached_property
    def address_rotation(self) -> "AddressRotation":
        """Seals addresses anew."""
        from storage.address_rotation import AddressRotation

        return AddressRotation(self._database, self._ring)

    def run(self, turn: Callable[[UnitOfWork], T], *, ordering_key: bytes = b"") -> T:
        """Returns after the commit; raises what the turn raised, or StoreAway."""
        return self._database.run(partial(self._worked, turn), ordering_key)

    def submit(self, turn: Callable[[UnitOfWork], T], *, ordering_key: bytes, threads: Executor) -> Future[T]:
        """Same as `run`, without waiting: the future is done after the commit. Raises StoreAway where it is closed.

        `threads`: where a turn waits that no thread of the store does. One cancelled before it begins is not done.
        """
        return self._database.submit(partial(self._worked, turn), ordering_key, threads)

    def _worked(self, turn: Callable[[UnitOfWork], T], statements: Statements) -> T:
        tx = self._unit_of_work(statements)
        result = turn(tx)
        tx.write_audit()
        return result

    def read(self, turn: Callable[[UnitOfWork], T]) -> T:
        """On a connection that only reads; raises what the turn raised, or StoreAway."""
        return self._database.read(lambda statements: turn(self._unit_of_work(statements)))

    def ordering_key(self, channel: str, sender: Address | SealedAddress) -> bytes:
        """The ordering key of a sender's turns, known before there is a transaction."""
        return self._ring.ordering_key(channel, sender)

    def close(self) -> None:
        """Waits for the turns that were handed in."""
        self._database.close()


def open_store(url: str, keys: Keys, sealer: AddressSealer | None = None) -> SqlStore:
    """Opens a migrated database, and makes its secrets if it has none. `sealer`: to which addresses are sealed.

    Raises KeysWrong, StoreAway, or ValueError for a URL that we do not speak.
    """
    database = _database(url)
    vault = Vault(keys)
    try:
        ring = database.run(lambda statements: load(statements.connection, vault, sealer))
    except BaseException:
        database.close()
        raise
    return SqlStore(database, ring)


def _database(url: str) -> Database:
    if is_sqlite(url):
        from storage.writer import SqliteWriter

        return SqliteWriter(url)
    from storage.pool import PostgresPool

    return PostgresPool(url)
