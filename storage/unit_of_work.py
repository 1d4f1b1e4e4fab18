"""One transaction with its repositories, each loaded and made when a turn first asks for it: most ask for a few."""

from functools import cached_property
from importlib import import_module, resources
from typing import TYPE_CHECKING

from storage.data_keys import DataKeys
from storage.keyring import Keyring
from storage.statements import Statements
from storage.typed_json import make_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.accounts import SqlAccounts
    from storage.alerts import SqlAlerts
    from storage.audit import SqlAudit
    from storage.awaited import SqlAwaitedAnswers
    from storage.canned import SqlCanned
    from storage.capabilities import SqlCapabilities
    from storage.city_changes import SqlCityChanges
    from storage.code_holders import SqlCodeHolders
    from storage.dialogues import SqlDialogues
    from storage.factors import SqlFactors
    from storage.forwarding import SqlRoutes
    from storage.identities import SqlIdentities
    from storage.inbox import SqlInbox
    from storage.kept_figures import SqlKeptFigures
    from storage.mentions import SqlMentions
    from storage.notices import SqlNotices
    from storage.outbox import SqlOutbox
    from storage.overview import SqlOverview
    from storage.page_viewers import SqlPageViewers
    from storage.partners import SqlPartners
    from storage.perceptual_hashes import SqlPerceptualHashes
    from storage.publications import SqlPublications
    from storage.queues import OldCounts, SqlQueues
    from storage.reports import SqlReports
    from storage.saved_views import SqlViews
    from storage.sessions import SqlSessions
    from storage.texts import SqlTexts
    from storage.unlocked_reports import SqlUnlockedReports


class SqlUnitOfWork:
    """core.ports.UnitOfWork on an open transaction."""

    def __init__(self, statements: Statements, ring: Keyring, old_counts: "Callable[[], OldCounts]") -> None:
        self._statements = statements
        self._ring = ring
        self._old_counts = old_counts
        self._keys = DataKeys(statements, ring.vault)

    def write_audit(self) -> None:
        """Writes what the turn noted for the audit trail, as the last thing that it does."""
        if "audit" in vars(self):
            self.audit.write()

    @cached_property
    def inbox(self) -> "SqlInbox":
        from storage.inbox import SqlInbox

        return SqlInbox(self._statements, self._ring)

    @cached_property
    def dialogues(self) -> "SqlDialogues":
        from storage.dialogues import SqlDialogues

        return SqlDialogues(self._statements, self._ring)

    @cached_property
    def reports(self) -> "SqlReports":
        from storage.reports import SqlReports

        return SqlReports(self._statements, self._keys, self._ring)

    @cached_property
    def unlocked_reports(self) -> "SqlUnlockedReports":
        from storage.unlocked_reports import SqlUnlockedReports

        return SqlUnlockedReports(self._statements, self._keys, self.reports)

    @cached_property
    def queues(self) -> "SqlQueues":
        from storage.queues import SqlQueues

        return SqlQueues(self._statements, self._keys, self._old_counts())

    @cached_property
    def texts(self) -> "SqlTexts":
        from storage.texts import SqlTexts

        return SqlTexts(self._statements, self._keys)

    @cached_property
    def outbox(self) -> "SqlOutbox":
        from storage.outbox import SqlOutbox

        return SqlOutbox(self._statements, self._ring, self._keys)

    @cached_property
    def code_holders(self) -> "SqlCodeHolders":
        from storage.code_holders import SqlCodeHolders

        return SqlCodeHolders(self._statements, self._ring, self._keys, self.outbox, self.reports.along)

    @cached_property
    def awaited(self) -> "SqlAwaitedAnswers":
        from storage.awaited import SqlAwaitedAnswers

        return SqlAwaitedAnswers(self._statements, self._ring, self.dialogues.prefetch)

    @cached_property
    def capabilities(self) -> "SqlCapabilities":
        from storage.capabilities import SqlCapabilities

        return SqlCapabilities(self._statements, self._ring)

    @cached_property
    def notices(self) -> "SqlNotices":
        from storage.notices import SqlNotices

        return SqlNotices(self._statements)

    @cached_property
    def overview(self) -> "SqlOverview":
        from storage.overview import SqlOverview

        return SqlOverview(self._statements)

    @cached_property
    def accounts(self) -> "SqlAccounts":
        from storage.accounts import SqlAccounts

        return SqlAccounts(self._statements)

    @cached_property
    def page_viewers(self) -> "SqlPageViewers":
        from storage.page_viewers import SqlPageViewers

        return SqlPageViewers(self._statements, self.accounts)

    @cached_property
    def sessions(self) -> "SqlSessions":
        from storage.sessions import SqlSessions

        return SqlSessions(self._statements, self._ring, self._keys)

    @cached_property
    def factors(self) -> "SqlFactors":
        from storage.factors import SqlFactors

        return SqlFactors(self._statements, self._keys)

    @cached_property
    def identities(self) -> "SqlIdentities":
        from storage.identities import SqlIdentities

        return SqlIdentities(self._statements)

    @cached_property
    def views(self) -> "SqlViews":
        from storage.saved_views import SqlViews

        return SqlViews(self._statements)

    @cached_property
    def mentions(self) -> "SqlMentions":
        from storage.mentions import SqlMentions

        return SqlMentions(self._statements)

    @cached_property
    def routes(self) -> "SqlRoutes":
        from storage.forwarding import SqlRoutes

        return SqlRoutes(self._statements)

    @cached_property
    def partners(self) -> "SqlPartners":
        from storage.partners import SqlPartners

        return SqlPartners(self._statements, self._ring)

    @cached_property
    def canned(self) -> "SqlCanned":
        from storage.canned import SqlCanned

        return SqlCanned(self._statements)

    @cached_property
    def city_changes(self) -> "SqlCityChanges":
        from storage.city_changes import SqlCityChanges

        return SqlCityChanges(self._statements)

    @cached_property
    def publications(self) -> "SqlPublications":
        from storage.publications import SqlPublications

        return SqlPublications(self._statements, self._ring)

    @cached_property
    def alerts(self) -> "SqlAlerts":
        from storage.alerts import SqlAlerts
        from storage.contacts import Contacts

        return SqlAlerts(
            self._statements,
            Contacts(self._statements, self._ring, self._keys, self.outbox),
            self.code_holders,
            self._ring,
        )

    @cached_property
    def figures(self) -> "SqlKeptFigures":
        from storage.kept_figures import SqlKeptFigures

        return SqlKeptFigures(self._statements, self._ring)

    @cached_property
    def audit(self) -> "SqlAudit":
        from storage.audit import SqlAudit

        return SqlAudit(self._statements, self._ring)

    @cached_property
    def perceptual_hashes(self) -> "SqlPerceptualHashes":
        from storage.perceptual_hashes import SqlPerceptualHashes

        return SqlPerceptualHashes(self._statements)


def load_all() -> None:
    """What takes part of a second once, for a service: else its first messages and pages would wait for it."""
    for file in resources.files("storage").iterdir():
        if file.name.endswith(".py"):
            import_module(f"storage.{file.name.removesuffix('.py')}".removesuffix(".__init__"))
    make_all()
