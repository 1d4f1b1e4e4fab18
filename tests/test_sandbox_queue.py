"""Who is next: no path, sender or hanging file costs the others more than what runs already."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sandbox.fair_queue import FairQueue, Kind, Space, Waiting
from app.sandbox.shares import Shares
from app.sandbox.time_spent import Budget, Origin, TimeSpent

BUDGET = Budget(sender=10, path=30, window=600)
SPACE = Space(size=1_000_000, count=1_000, aged=30)
ALL = tuple(Kind)
HONEST = Origin("mail", "198.51.100.0/24", b"honest")
PATHS = ("203.0.113.0/24", "192.0.2.0/24", "")


def queue(space: Space = SPACE) -> FairQueue[str]:
    return FairQueue(BUDGET, space)


def file(what: str, origin: Origin = HONEST, kind: Kind = Kind.QUICK, size: int = 1, since: float = 0) -> Waiting[str]:
    return Waiting(what, origin, kind, size, since)


def hostile(number: int, path: str = PATHS[0], channel: str = "mail") -> Origin:
    return Origin(channel, path, b"hostile %d" % number)


def taken(of: FairQueue[str], kinds: tuple[Kind, ...] = ALL, now: float = 0) -> str:
    """What is next, done at once."""
    chosen = of.take(kinds, now)
    assert chosen is not None
    of.done(chosen, 0.1, now)
    return chosen.what


def served(of: FairQueue[str], seconds: float = 0.1) -> Iterator[str]:
    """All that wait, one after the other by one worker."""
    now = 0.0
    while (chosen := of.take(ALL, now)) is not None:
        now += seconds
        of.done(chosen, seconds, now)
        yield chosen.what


# Shares


def test_who_comes_anew_goes_before_the_backlog_of_another() -> None:
    of = queue()
    for number in range(50):
        of.put(file(f"hostile {number}", hostile(number)), 0)
    assert taken(of) == "hostile 0"
    of.put(file("honest"), 0)
    assert taken(of) == "honest"


@given(st.lists(st.tuples(st.sampled_from(PATHS), st.integers(0, 5)), min_size=1, max_size=40), st.integers(0, 39))
def test_a_backlog_on_other_paths_costs_one_running_file_and_one_of_each_path(
    backlog: list[tuple[str, int]], before: int
) -> None:
    """Whatever waits, and however much of it was served: of each other path at most one more goes first."""
    of = queue()
    for path, number in backlog:
        of.put(file(path, hostile(number, path)), 0)
    for _ in range(min(before, len(backlog) - 1)):
        taken(of)
    of.put(file("honest"), 0)
    ahead = Counter[str]()
    while (what := taken(of)) != "honest":
        ahead[what] += 1
    assert all(count <= 1 for count in ahead.values())


@given(st.lists(st.integers(0, 3), min_size=1, max_size=60))
def test_senders_of_one_path_take_turns(numbers: list[int]) -> None:
    of = queue()
    for number in numbers:
        of.put(file(str(number), hostile(number)), 0)
    got = list(served(of))
    assert sorted(got) == sorted(map(str, numbers))
    most = {number: numbers.count(number) for number in set(numbers)}
    for number, count in most.items():
        before = got[: got.index(str(number)) + 1]
        assert len(before) <= len(most), f"sender {number} of {count} files waited for more than one of each other"


def test_a_channel_that_is_flooded_from_everywhere_costs_another_one_file() -> None:
    of = queue()
    for number in range(200):
        of.put(file("mail", hostile(number, f"10.0.{number}.0/24")), 0)
    for _ in range(20):
        taken(of)
    for number in range(3):
        of.put(file(f"chat {number}", Origin("telegram", "", b"%d" % number, proved=True)), 0)
    got = [taken(of) for _ in range(6)]
    assert [each for each in got if each != "mail"] == ["chat 0", "chat 1", "chat 2"]
    assert got[0] != "mail" or got[1] != "mail"


def test_seconds_count_and_not_files() -> None:
    """One path sends files that take two seconds, another photos: for each of the former there are twenty photos."""
    of = queue(Space(size=1_000_000, count=1_000, aged=10_000))
    for number in range(40):
        of.put(file("long", hostile(number)), 0)
        of.put(file("photo", Origin("mail", PATHS[1], b"%d" % number)), 0)
    got = []
    for _ in range(42):
        chosen = of.take(ALL, 0)
        assert chosen is not None
        got.append(chosen.what)
        of.done(chosen, 2.0 if chosen.what == "long" else 0.1, 0)
    assert got.count("photo") >= 38


def test_one_who_proves_who_they_are_does_not_wait_for_many_who_only_say_so() -> None:
    of = queue()
    for number in range(100):
        of.put(file("claimed", hostile(number, f"10.0.{number}.0/24")), 0)
    taken(of)
    of.put(file("proved", Origin("mail", "10.0.7.0/24", b"siti", proved=True)), 0)
    assert taken(of) == "proved"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 20)), max_size=60))
def test_shares_remember_nobody_once_nobody_is_there(visits: list[tuple[str, float]]) -> None:
    shares = Shares()
    for key, seconds in visits:
        shares.arrived(key)
        shares.began(key, 5)
        assert shares.left(key, seconds - 5)
    assert len(shares) <= 3


def test_shares_forget_those_who_are_long_gone() -> None:
    shares = Shares()
    shares.arrived("stays")
    for number in range(10_000):
        shares.arrived(number)
        shares.began(number, 0)
        shares.left(number)
    assert len(shares) < 1_100


# Budgets


def test_who_used_up_their_budget_goes_after_all_others_and_is_not_refused() -> None:
    of = queue()
    greedy = hostile(1)
    of.put(file("first", greedy), 0)
    first = of.take(ALL, 0)
    assert first is not None
    of.done(first, 11, 11)
    of.put(file("greedy", greedy, since=11), 11)
    for number in range(5):
        of.put(file(f"other {number}", hostile(2 + number), since=12), 12)
    got = [taken(of, now=12) for _ in range(6)]
    assert got[-1] == "greedy"


def test_a_path_that_used_too_much_goes_after_others_and_before_the_senders_who_did_it() -> None:
    of = queue()
    for number in range(3):
        of.put(file("x", hostile(number)), 0)
        chosen = of.take(ALL, 0)
        assert chosen is not None
        of.done(chosen, 11, 1)
    for what, origin in (("guilty", hostile(0)), ("neighbour", hostile(9)), ("other", HONEST)):
        of.put(file(what, origin), 1)
    assert [taken(of, now=1) for _ in range(3)] == ["other", "neighbour", "guilty"]


def test_nobody_is_left_behind_for_ever() -> None:
    """However many others come, one who waited long counts as the first."""
    of = queue()
    greedy = hostile(1)
    of.put(file("x", greedy), 0)
    chosen = of.take(ALL, 0)
    assert chosen is not None
    of.done(chosen, 100, 1)
    of.put(file("greedy", greedy, since=1), 1)
    for second in range(1, 60):
        of.put(file("other", Origin("mail", f"10.0.{second}.0/24", b"%d" % second), since=second), second)
        of.put(file("other", Origin("mail", f"10.1.{second}.0/24", b"%d" % second), since=second), second)
        if taken(of, now=second) == "greedy":
            assert second >= 31
            return
    pytest.fail("it was never served")


def test_who_writes_in_anothers_name_from_elsewhere_uses_up_nothing_of_theirs() -> None:
    spending = TimeSpent(BUDGET)
    spending.add(Origin("mail", PATHS[0], HONEST.sender), 1_000, 0)
    assert spending.rank(HONEST, 0) == 0


def test_what_was_used_is_forgotten_when_the_window_has_passed() -> None:
    spending = TimeSpent(BUDGET)
    spending.add(HONEST, 100, 0)
    assert spending.rank(HONEST, 500) == 2
    assert spending.rank(HONEST, 601) == 0


def test_a_path_that_nobody_knows_has_no_budget() -> None:
    spending = TimeSpent(BUDGET)
    for number in range(100):
        spending.add(Origin("telegram", "", b"%d" % number), 9, 0)
    assert spending.rank(Origin("telegram", "", b"siti"), 0) == 0


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 50), st.floats(0, 300)), max_size=40))
def test_a_rank_is_that_of_the_seconds_within_the_window(uses: list[tuple[int, float, float]]) -> None:
    """Never counted longer than the window, nor less than nine tenths of it."""
    spending, now, log = TimeSpent(BUDGET), 0.0, []
    for number, seconds, pause in uses:
        now += pause
        spending.add(hostile(number), seconds, now)
        log.append((number, seconds, now))
        for each in range(4):
            least = sum(used for who, used, at in log if who == each and now - at < 0.9 * BUDGET.window)
            most = sum(used for who, used, at in log if who == each and now - at <= BUDGET.window)
            over = spending.rank(hostile(each), now) == 2
            assert over or least <= BUDGET.sender + 1e-6
            assert not over or most > BUDGET.sender - 1e-6


def test_budgets_never_keep_more_than_so_many_in_memory() -> None:
    spending = TimeSpent(BUDGET)
    for number in range(30_000):
        spending.add(hostile(number, f"path {number}"), 1, number / 1000)
    assert len(spending) == 20_000


# Kinds


def test_a_child_for_quick_files_is_never_given_a_document() -> None:
    of = queue()
    of.put(file("document", kind=Kind.DOCUMENT), 0)
    of.put(file("long", kind=Kind.LONG), 0)
    of.put(file("staff", kind=Kind.STAFF), 0)
    assert of.take((Kind.QUICK,), 0) is None
    assert taken(of, (Kind.STAFF,)) == "staff"
    assert [taken(of, (Kind.LONG, Kind.DOCUMENT, Kind.QUICK)) for _ in range(2)] == ["long", "document"]


def test_others_wait_only_where_they_are_no_worse() -> None:
    of = queue()
    of.put(file("x", hostile(1)), 0)
    chosen = of.take(ALL, 0)
    assert chosen is not None
    of.done(chosen, 11, 0)
    assert not of.waits(ALL, 2, 0)
    of.put(file("greedy", hostile(1)), 0)
    assert of.waits((Kind.QUICK,), 2, 0)
    assert not of.waits((Kind.QUICK,), 0, 0)
    assert not of.waits((Kind.DOCUMENT,), 2, 0)
    assert of.has((Kind.QUICK,))
    assert not of.has((Kind.DOCUMENT, Kind.LONG))


# Room in memory


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(PATHS), st.integers(1, 200)), max_size=60))
def test_no_more_bytes_wait_than_may_and_nothing_is_lost(files: list[tuple[int, str, int]]) -> None:
    of = queue(Space(size=500, count=20))
    inside, turned_away = 0, 0
    for number, path, size in files:
        inside += 1
        for each in of.put(file("x", hostile(number, path), size=size), 0):
            turned_away += 1
            inside -= 1
            assert each.what == "x"
        assert of.size <= 500
        assert len(of) == inside <= 20
    assert len(list(served(of))) + turned_away == len(files)
    assert len(of) == 0


def test_who_fills_the_queue_is_turned_away_and_nobody_else() -> None:
    of = queue(Space(size=1_000))
    of.put(file("honest", size=30), 0)
    of.put(file("chat", Origin("telegram", "", b"siti", proved=True), size=30), 0)
    gone = [each for number in range(50) for each in of.put(file("hostile", hostile(number), size=100), 0)]
    assert {each.what for each in gone} == {"hostile"}
    late = of.put(file("late and honest", Origin("sms", "", b"budi"), size=50), 0)
    assert [each.what for each in late] == ["hostile"]
    assert {"honest", "chat", "late and honest"} <= set(served(of))


def test_one_file_larger_than_all_the_room_is_turned_away() -> None:
    of = queue(Space(size=10))
    mine = file("x", size=11)
    assert of.put(mine, 0) == [mine]
    assert len(of) == 0


def test_an_end_gives_all_that_wait() -> None:
    of = queue()
    for number in range(5):
        of.put(file("x", hostile(number)), 0)
    assert len(of.empty()) == 5
    assert len(of) == 0
    assert of.take(ALL, 0) is None


def test_nobody_is_named_by_what_is_printed() -> None:
    origin = Origin("mail", "198.51.100.0/24", b"kanari-sender")
    shown = f"{origin!r} {file('kanari words', origin)!r}"
    assert "kanari" not in shown
    assert "198.51" not in shown
