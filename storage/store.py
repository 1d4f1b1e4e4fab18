"""The store: one turn, one transaction, on the database that the URL names."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import TypeVar

from core.messages import Address, SealedAddress
from core.ports import UnitOfWork
from storage.accounts import SqlAccounts
from storage.address_rotation import AddressRotation
from storage.addresses import AddressSealer
from storage.alerts import SqlAlerts
from storage.audit import SqlAudit, Trail
from storage.awaited import SqlAwaitedAnswers
from storage.canned import SqlCanned
from storage.capabilities import SqlCapabilities
from storage.city_changes import SqlCityChanges
from storage.code_holders import SqlCodeHolders
from storage.contacts import Contacts
from storage.data_keys import DataKeys
from storage.dialogues import SqlDialogues
from storage.engine import Database, is_sqlite
from storage.factors import SqlFactors
from storage.figure_keys import live
from storage.figure_sums import FigureSums
from storage.figures import Figures
from storage.forwarding import SqlRoutes
from storage.identities import SqlIdentities
from storage.inbox import SqlInbox
from storage.kept_figures import SqlKeptFigures
from storage.keyring import Keyring, load
from storage.ledger import Ledger
from storage.mentions import SqlMentions
from storage.notices import SqlNotices
from storage.outbox import SqlOutbox
from storage.overview import SqlOverview
from storage.page_tickets import PageTickets
from storage.page_viewers import SqlPageViewers
from storage.partner_hooks import Hooks
from storage.partners import SqlPartners
from storage.perceptual_hashes import SqlPerceptualHashes
from storage.pool import PostgresPool
from storage.proof import Proof
from storage.publications import SqlPublications
from storage.published import Publisher
from storage.queues import OldCounts, SqlQueues
from storage.recount import Recount
from storage.reports import SqlReports
from storage.retention import Upkeep
from storage.rotation import Rotation
from storage.saved_views import SqlViews
from storage.sessions import SqlSessions
from storage.statements import Statements
from storage.texts import SqlTexts
from storage.unlocked_reports import SqlUnlockedReports
from storage.vault import Keys, Vault
from storage.writer import SqliteWriter

T = TypeVar("T")


class SqlUnitOfWork:
    """core.ports.UnitOfWork on an open transaction."""

    def __init__(self, statements: Statements, ring: Keyring, old_counts: OldCounts | None = None) -> None:
        keys = DataKeys(statements, ring.vault)
        self.inbox = SqlInbox(statements, ring)
        self.dialogues = SqlDialogues(statements, ring)
        self.reports = SqlReports(statements, keys, ring)
        self.unlocked_reports = SqlUnlockedReports(statements, keys, self.reports)
        self.queues = SqlQueues(statements, keys, old_counts)
        self.texts = SqlTexts(statements, keys)
        self.outbox = SqlOutbox(statements, ring, keys)
        self.code_holders = SqlCodeHolders(statements, ring, keys, self.outbox, self.reports.along)
        self.awaited = SqlAwaitedAnswers(statements, ring, self.dialogues.prefetch)
        self.capabilities = SqlCapabilities(statements, ring)
        self.notices = SqlNotices(statements)
        self.overview = SqlOverview(statements)
        self.accounts = SqlAccounts(statements)
        self.page_viewers = SqlPageViewers(statements, self.accounts)
        self.sessions = SqlSessions(statements, ring, keys)
        self.factors = SqlFactors(statements, keys)
        self.identities = SqlIdentities(statements)
        self.views = SqlViews(statements)
        self.mentions = SqlMentions(statements)
        self.routes = SqlRoutes(statements)
        self.partners = SqlPartners(statements, ring)
        self.canned = SqlCanned(statements)
        self.city_changes = SqlCityChanges(statements)
        self.publications = SqlPublications(statements, ring)
        self.alerts = SqlAlerts(statements, Contacts(statements, ring, keys, self.outbox), self.code_holders, ring)
        self.figures = SqlKeptFigures(statements, ring)
        self.audit = SqlAudit(statements, ring)
        self.perceptual_hashes = SqlPerceptualHashes(statements)


class SqlStore:
    """core.ports.Store, and what operators ask and order beside it."""

    def __init__(self, database: Database, ring: Keyring, old_counts: OldCounts | None = None) -> None:
        self._database = database
        self._ring = ring
        self._old_counts = old_counts or OldCounts()
        self.figures = Figures(database)
        self.published = Publisher(database)
        self.figure_sums = FigureSums(database)
        self.live_figure_sums = FigureSums(database, live)
        self.recount = Recount(database, ring)
        self.hooks = Hooks(database, ring)
        self.tickets = PageTickets(ring)
        self.upkeep = Upkeep(database, ring, self.run)
        self.audit = Trail(database, ring)
        self.ledger = Ledger(database, ring, self.run)
        self.proof = Proof(database, ring)
        self.rotation = Rotation(database, ring.vault)
        self.address_rotation = AddressRotation(database, ring)

    def run(self, turn: Callable[[UnitOfWork], T], *, ordering_key: bytes = b"") -> T:
        """Returns after the commit; raises what the turn raised, or StoreAway."""
        return self._database.run(partial(self._worked, turn), ordering_key)

    def submit(self, turn: Callable[[UnitOfWork], T], *, ordering_key: bytes, threads: Executor) -> Future[T]:
        """Same as `run`, without waiting: the future is done after the commit. Raises StoreAway where it is closed.

        `threads`: where a turn waits that no thread of the store does. One cancelled before it begins is not done.
        """
        return self._database.submit(partial(self._worked, turn), ordering_key, threads)

    def _worked(self, turn: Callable[[UnitOfWork], T], statements: Statements) -> T:
        tx = SqlUnitOfWork(statements, self._ring, self._old_counts)
        result = turn(tx)
        tx.audit.write()
        return result

    def read(self, turn: Callable[[UnitOfWork], T]) -> T:
        """On a connection that only reads; raises what the turn raised, or StoreAway."""
        return self._database.read(lambda statements: turn(SqlUnitOfWork(statements, self._ring, self._old_counts)))

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
    database: Database = SqliteWriter(url) if is_sqlite(url) else PostgresPool(url)
    vault = Vault(keys)
    try:
        ring = database.run(lambda statements: load(statements.connection, vault, sealer))
    except BaseException:
        database.close()
        raise
    return SqlStore(database, ring)
