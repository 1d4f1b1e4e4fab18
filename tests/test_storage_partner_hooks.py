"""What partners are told: a row with each change of their own reports, one try of each partner at once, a log."""

from dataclasses import replace
from datetime import timedelta

from core.model import AreaCode, CategoryId, HookEvent, HookState, Number, Partner, Place, Report, ReportId, Status
from core.ports import UnitOfWork
from storage import Retention, SqlStore
from tests.fakes.nouns import NOW, entry, report

LEASE = timedelta(seconds=60)
JAKI = Partner("jaki-app", "jaki", hook="https://jaki.example/in")


def kept(number: str, **changes: object) -> Report:
    made = replace(report(), id=ReportId(number.lower()), number=Number(number), category=CategoryId("pju"))
    return replace(made, received=NOW, place=Place(AreaCode("31.74.01.1002")), **changes)  # type: ignore[arg-type]


def filed(store: SqlStore, made: Report, partner: Partner = JAKI) -> Report:
    def turn(tx: UnitOfWork) -> None:
        tx.reports.add(made, entry())
        tx.partners.filed(partner, made.id)

    store.run(turn)
    return made


def joined(store: SqlStore, partner: Partner = JAKI, key: str = "key", salt: str = "salt") -> bytes:
    store.run(lambda tx: tx.partners.add(partner, key))
    return store.run(lambda tx: tx.partners.tell_at(partner, salt))


def moved(store: SqlStore, made: Report, status: Status, **changes: object) -> None:
    changed = replace(made, status=status, **changes)  # type: ignore[arg-type]
    store.run(lambda tx: tx.reports.change(changed, replace(entry(), at=NOW + timedelta(hours=1), status=status)))


def told(store: SqlStore) -> list[tuple[str, str, bool]]:
    return sorted((each.number, each.status.value, each.created) for each in store.hooks.log(100))


def test_filing_and_each_change_of_status_is_an_event_of_the_partner_that_filed(sql_store: SqlStore) -> None:
    joined(sql_store)
    lamp = filed(sql_store, kept("R00000001"))
    sql_store.run(lambda tx: tx.reports.add(kept("R00000002"), entry()))  # nobody's
    moved(sql_store, lamp, Status.PROSES)
    moved(sql_store, lamp, Status.PROSES, late=True)  # no change that anybody sees
    moved(sql_store, replace(lamp, id=ReportId("r00000002"), number=Number("R00000002")), Status.PROSES)
    assert told(sql_store) == [("R00000001", "menunggu", True), ("R00000001", "proses", False)]


def test_nothing_is_told_of_what_is_restricted_nor_to_one_that_wants_nothing_or_is_off(sql_store: SqlStore) -> None:
    joined(sql_store)
    joined(sql_store, Partner("quiet", "qlue"), "other")
    joined(sql_store, Partner("off", "qlue", active=False, hook="https://off.example/"), "third")
    filed(sql_store, kept("R00000001", restricted=True))
    filed(sql_store, kept("R00000002"), Partner("quiet", "qlue"))
    filed(sql_store, kept("R00000003"), Partner("off", "qlue"))
    lamp = filed(sql_store, kept("R00000004"))
    moved(sql_store, lamp, Status.PROSES, restricted=True)
    assert told(sql_store) == [("R00000004", "menunggu", True)]


def test_one_event_of_each_partner_is_leased_at_once_and_comes_again_if_nobody_notes_it(sql_store: SqlStore) -> None:
    secret = joined(sql_store)
    joined(sql_store, Partner("qlue-app", "qlue", hook="https://qlue.example/"), "other")
    for number in ("R00000001", "R00000002"):
        filed(sql_store, kept(number))
    filed(sql_store, kept("R00000003"), Partner("qlue-app", "qlue"))
    claimed = sql_store.hooks.claim(NOW, LEASE)
    assert sorted(each.partner for each in claimed) == ["jaki-app", "qlue-app"]
    ours = next(each for each in claimed if each.partner == "jaki-app")
    assert (ours.hook, ours.secret) == ("https://jaki.example/in", secret)
    (second,) = sql_store.hooks.claim(NOW, LEASE)
    assert {ours.number, second.number} == {"R00000001", "R00000002"}
    assert sql_store.hooks.claim(NOW, LEASE) == []
    assert len(sql_store.hooks.claim(NOW + LEASE, LEASE)) == 2


def test_however_many_events_of_one_partner_wait_the_other_has_its_turn(sql_store: SqlStore) -> None:
    joined(sql_store)
    joined(sql_store, Partner("qlue-app", "qlue", hook="https://qlue.example/"), "other")
    for n in range(210):
        filed(sql_store, kept(f"R{n:08}"))
    filed(sql_store, replace(kept("R00000999"), received=NOW + LEASE), Partner("qlue-app", "qlue"))
    assert {each.partner for each in sql_store.hooks.claim(NOW, LEASE)} == {"jaki-app", "qlue-app"}
    assert sql_store.hooks.claim(NOW, LEASE, {"jaki-app"}) == []


def test_who_may_file_no_more_is_told_no_more_of_what_waits(sql_store: SqlStore) -> None:
    joined(sql_store)
    filed(sql_store, kept("R00000001"))
    sql_store.run(lambda tx: tx.partners.change(replace(JAKI, active=False)))
    (claimed,) = sql_store.hooks.claim(NOW, LEASE)
    assert claimed.hook == ""


def test_what_waits_is_told_no_more_when_its_report_is_restricted(sql_store: SqlStore) -> None:
    joined(sql_store)
    lamp = filed(sql_store, kept("R00000001"))
    moved(sql_store, lamp, Status.MENUNGGU, restricted=True)
    (claimed,) = sql_store.hooks.claim(NOW, LEASE)
    assert claimed.hook == ""


def test_what_was_tried_is_noted_and_who_is_gone_is_asked_no_more(sql_store: SqlStore) -> None:
    joined(sql_store)
    for number in ("R00000001", "R00000002"):
        filed(sql_store, kept(number))

    def tries(**changes: object) -> HookEvent:
        (claimed,) = sql_store.hooks.claim(NOW, LEASE)
        return replace(claimed, attempts=1, **changes)  # type: ignore[arg-type]

    sql_store.hooks.tried(tries(state=HookState.SENT, answer="204"), NOW)
    sql_store.hooks.tried(tries(state=HookState.DEAD, answer="410"), NOW, gone=True)
    assert sql_store.hooks.claim(NOW + LEASE, LEASE) == []
    assert {(each.state, each.answer, each.attempts) for each in sql_store.hooks.log(9)} == {
        (HookState.SENT, "204", 1), (HookState.DEAD, "410", 1),
    }  # fmt: skip
    partner = sql_store.run(lambda tx: tx.partners.by_key("key"))
    assert partner is not None
    assert partner.hook == ""
    assert sql_store.hooks.log(1)[0].secret == b""


def test_each_salt_makes_another_secret_and_the_log_ends_after_a_month(sql_store: SqlStore) -> None:
    first = joined(sql_store)
    assert len(first) == 32
    assert sql_store.run(lambda tx: tx.partners.tell_at(JAKI, "another")) != first
    filed(sql_store, kept("R00000001"))
    sql_store.upkeep.purge(NOW + timedelta(days=31), Retention(contact_days=90))
    assert sql_store.hooks.log(9) == []
