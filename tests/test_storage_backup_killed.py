"""A backup that ends in the middle, by SIGKILL or a full disk, leaves every earlier one whole; and filing goes on."""

import os
import resource
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from core.model import Report
from core.ports import UnitOfWork
from storage import Keys, open_store
from storage.backup import BackupFault, BackupFolder, Fault, listed
from storage.backup.repository import FolderRepository
from tests.fakes import nouns
from tests.fakes.copied_house import KEY, House
from tests.fakes.nouns import MINUTE, NOW
from tests.fakes.patience import PATIENCE

pytestmark = pytest.mark.crash
_STEPS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.utime"})


@pytest.fixture
def house(sqlite_url: str, keys: Keys, tmp_path: Path) -> House:
    house = House(sqlite_url, keys, tmp_path)
    house.files_a_report(photo=os.urandom(100_000))
    house.backs_up()
    return house


def in_a_child(work: Callable[[], object]) -> int:
    """The status with which a process ends that does it; -9 where it was killed."""
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        except BackupFault as fault:
            os._exit(list(Fault).index(fault.fault) + 1)
        except BaseException:  # noqa: BLE001 - it must not go on as another pytest
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(step: int, folder: Path) -> None:
    """From now on: SIGKILL before the so manieth thing that is done to a file of the folder."""
    steps = count()

    def look(event: str, arguments: tuple[object, ...]) -> None:
        touches = event in _STEPS and str(folder) in str(arguments[0])
        if touches and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)


def disk_full_of_copies() -> None:
    """From the first file on that is written there: the database itself needs some room to be read."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def look(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and str(arguments[0]).endswith(".part"):
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    sys.addaudithook(look)


def whole(house: House) -> list[str]:
    """Names of the backups, each piece of which was read."""
    folder = BackupFolder(FolderRepository(house.copies), KEY)
    index = folder.index()
    for root in folder.roots(index):
        for each in folder.ids(root):
            folder.pieces.get(each)
    return list(index.backups)


@contextmanager
def changed(house: House) -> Iterator[None]:
    """The folder of copies is as it was, afterwards."""
    kept = house.folder / "kept"
    shutil.copytree(house.copies, kept)
    try:
        yield
    finally:
        shutil.rmtree(house.copies)
        kept.rename(house.copies)


def test_a_kill_at_any_step_leaves_the_earlier_backups_and_perhaps_the_new_one(house: House) -> None:
    first = listed(house.copies, KEY)[0].name
    house.files_a_report(photo=os.urandom(80_000))
    ends = set()
    for step in count():
        with changed(house):

            def work(step: int = step) -> None:
                killed_at(step, house.copies)
                house.backs_up(NOW + MINUTE, keep=1 if step % 2 else 2)

            ended = in_a_child(work)
            names = whole(house)
            assert names in ([first], [first, names[-1]], [names[-1]])
            ends.add(names[-1] == first)
            if step % 9 == 0:
                made = house.backs_up(NOW + 2 * MINUTE)
                assert whole(house)[-1] == made.head.name
                assert not [path for path in house.everything_in_the_copies() if path.suffix == ".part"]
                house.drills()
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    assert step > 20
    assert ends == {True, False}


def test_a_first_backup_that_was_killed_is_no_hindrance_to_the_next(house: House) -> None:
    for step in range(0, 30, 3):
        shutil.rmtree(house.copies)

        def work(step: int = step) -> None:
            killed_at(step, house.copies)
            house.backs_up()

        in_a_child(work)
        house.backs_up()
        assert len(whole(house)) in {1, 2}
    house.drills()


def test_a_full_disk_is_told_and_leaves_everything_as_it_was(house: House) -> None:
    before = house.everything_in_the_copies()
    house.files_a_report(photo=os.urandom(80_000))

    def work() -> None:
        disk_full_of_copies()
        house.backs_up(NOW + MINUTE)

    assert in_a_child(work) == list(Fault).index(Fault.DISK) + 1
    assert house.everything_in_the_copies() == before
    house.drills()


def test_a_full_disk_costs_no_older_backup_a_piece_that_was_to_be_thrown_away(house: House) -> None:
    photo = house.files_a_report(photo=os.urandom(80_000)).report.files[0].name
    house.backs_up(NOW + MINUTE)
    path = house.folder / "files" / photo[:2] / photo
    kept = path.read_bytes()
    path.unlink()
    house.backs_up(NOW + 2 * MINUTE)  # which lacks that photo
    path.write_bytes(kept)

    def work() -> None:
        disk_full_of_copies()
        house.backs_up(NOW + 3 * MINUTE, keep=1)

    assert in_a_child(work) == list(Fault).index(Fault.DISK) + 1
    assert len(whole(house)) == 3


def test_two_backups_at_once_are_one_and_a_refusal(house: House) -> None:
    repository = FolderRepository(house.copies)
    with repository.locked(writes=False):
        assert in_a_child(house.backs_up) == list(Fault).index(Fault.BUSY) + 1
        assert in_a_child(lambda: listed(house.copies, KEY)) == 0
    with repository.locked(writes=True):
        assert in_a_child(house.drills) == list(Fault).index(Fault.BUSY) + 1


def test_what_was_acknowledged_before_a_backup_began_is_in_it_whoever_files_meanwhile(
    sql_url: str, keys: Keys, tmp_path: Path
) -> None:
    house = House(sql_url, keys, tmp_path)
    acknowledged: list[Report] = []
    some = threading.Event()

    with closing(open_store(sql_url, keys)) as store:

        def files(at: int) -> Report:
            photo = house.files.put(os.urandom(1_000 + at), "image/jpeg")
            report = replace(nouns.report(f"report {at}"), files=(photo,))

            def turn(tx: UnitOfWork) -> None:
                tx.reports.add(report, nouns.entry())
                code = nouns.code()
                tx.code_holders.add(nouns.holder(report, code, None), code, None)

            store.run(turn)
            acknowledged.append(report)
            if len(acknowledged) == 20:
                some.set()
            return report

        with ThreadPoolExecutor(10) as people:
            filing = [people.submit(files, at) for at in range(100)]
            assert some.wait(PATIENCE)
            before = list(acknowledged)
            made = house.backs_up()
            assert len({each.result().id for each in filing}) == 100
    assert made.lost == 0
    again, done = house.restores()
    found = {report.id: report for report in again.reports()}
    assert {report.id: report for report in before}.items() <= found.items()
    assert len(before) <= done.whole.reports == made.head.reports <= 100
    assert done.whole.files == done.whole.steps == done.whole.holders == done.whole.reports
