"""Answers are bounded for an address that anybody can claim; what is filed beyond that is filed, and its code waits."""

from dataclasses import dataclass, replace
from itertools import pairwise

import pytest

from core.intake import budgets
from core.messages import Incoming, IntakeResult, WireId
from tests.fakes.town import CODE, Citizen, Town

PLACES = ("Cikini", "Menteng", "Kebon Baru", "Tebet Timur", "Tebet Barat")


def mails(town: Town, count: int, path: str = "", who: str = "victim@warga.example") -> list[str]:
    """What came to that address."""
    texts = []
    for n in range(count):
        citizen = town.citizen("mail", who)
        envelope = citizen.begun()  # with a path
        words = f"Jalan berlubang besar nomor {n} di kelurahan {PLACES[n % 5]}, sudah seminggu begitu."
        texts.append(citizen.sends(Incoming(replace(envelope, text=words, path=path))).text)
    return [text for text in texts if text]


def test_of_forty_mails_in_one_name_all_are_filed_and_a_few_are_answered() -> None:
    town = Town(proved=())
    assert len(mails(town, 20, "192.0.2.0/24") + mails(town, 20, "198.51.100.0/24")) == 12
    assert len(town.reports) == 40


def test_codes_that_were_not_told_come_with_the_next_answer() -> None:
    town = Town(proved=())
    told = mails(town, 9)
    assert len(told) == 6
    town.clock.passes(hours=1, minutes=1)
    (late,) = mails(town, 1)
    codes = {code for text in (*told, late) for code in CODE.findall(text)}
    assert len(codes) == len(town.reports) == 10
    assert all(town.citizen("telegram", f"t{n}").writes(f"CEK {code}").text for n, code in enumerate(codes))


def test_who_shows_a_right_is_answered_though_a_forger_has_spent_all_the_rest() -> None:
    town = Town(proved=())
    victim = town.citizen("mail", "victim@warga.example")
    told = victim.writes("Lampu jalan mati di kelurahan Cikini sejak minggu lalu.")
    mails(town, 20, "192.0.2.0/24")
    mails(town, 20, "198.51.100.0/24")
    assert (
        not town.citizen("mail", "victim@warga.example").writes("Apa kabar laporan saya yang kemarin itu ya pak?").text
    )
    assert victim.writes(f"CEK {told.code}").text


def test_a_wrong_code_is_no_right() -> None:
    town = Town(proved=())
    answered = [town.citizen("mail", "robot@warga.example").writes("CEK 0888-0905-2935-0138").text for _ in range(10)]
    assert sum(map(bool, answered)) == 6


def test_a_robot_that_quotes_our_codes_ends_after_a_few() -> None:
    town = Town(proved=())
    robot = town.citizen("mail", "robot@warga.example")
    told = robot.writes("Lampu jalan mati di kelurahan Cikini sejak minggu lalu.")
    answered = [robot.replies_to(told, f"Kami telah menerima pesan Anda.\n{told.code}").text for _ in range(20)]
    assert sum(map(bool, answered)) <= 6


def test_by_sms_a_code_that_waits_is_told_one_at_a_time_where_there_is_room() -> None:
    town = Town(proved=())
    citizen: Citizen = town.citizen("sms", "+62811")
    for _ in range(41):
        citizen.writes("LAPOR Jalan berlubang besar di kelurahan cikini, sudah seminggu")
    assert len(town.reports) == 41
    told = {code for each in town.told for code in CODE.findall(each.text)}
    assert len(told) == 40
    town.clock.passes(hours=2)
    codes = CODE.findall(citizen.writes("KODE").text + citizen.writes("halo").text)
    assert codes


def floods(town: Town, count: int, path: str) -> list[IntakeResult]:
    """What became of so many mails in one name, each of which tells something else."""
    envelope = town.citizen("mail", "victim@warga.example").begun()
    words = "Jalan berlubang besar nomor {} di kelurahan Cikini, sudah seminggu begitu."
    return [
        town.take(Incoming(replace(envelope, wire_id=WireId(f"{path} {n}"), text=words.format(n), path=path)))[0]
        for n in range(count)
    ]


def test_of_many_reports_in_one_name_from_one_network_some_come_later_and_none_is_lost() -> None:
    town = Town(proved=())
    taken = floods(town, 150, "192.0.2.0/24")
    assert set(taken[:60]) == {IntakeResult.DONE}
    assert 70 < len(town.reports) < 130
    assert taken.count(IntakeResult.DONE) == len(town.reports), "what came later is not filed"
    for _ in range(3):
        town.clock.passes(hours=1, minutes=1)
        floods(town, 150, "192.0.2.0/24")  # as a mail server brings them again
    assert len(town.reports) == 150


def shares(slope: budgets.Slope, count: int) -> float:
    """How often the next is put off, where each random value comes once."""
    low, high = 0, 2**40
    while low < high:
        half = (low + high) // 2
        low, high = (half + 1, high) if slope.puts_off(count, Always(half)) else (low, half)
    return low / 2**40


@dataclass
class Always:
    """A random source that always gives one value."""

    value: int

    def token(self) -> str:
        return ""

    def below(self, end: int) -> int:
        return min(self.value, end - 1)


def test_who_is_flooded_from_one_network_reports_from_another_or_with_a_right() -> None:
    town = Town(proved=())
    victim = town.citizen("mail", "victim@warga.example")
    floods(town, 150, "192.0.2.0/24")
    before = len(town.reports)
    victim.writes_from("198.51.100.0/24", "Pohon tumbang menutup jalan di kelurahan Tebet Timur.")
    assert len(town.reports) == before + 1
    proved = replace(victim.begun(), text="Got tersumbat di kelurahan Menteng.", path="192.0.2.0/24", proved=True)
    assert town.take(Incoming(proved))[0] is IntakeResult.DONE
    assert len(town.reports) == before + 2


@pytest.mark.parametrize("slope", budgets._FILED)  # noqa: SLF001 - the very ones
def test_one_report_more_in_the_past_hardly_changes_what_a_forger_sees(slope: budgets.Slope) -> None:
    odds = [shares(slope, count) for count in range(0, 5 * slope.middle, 3)]
    assert odds[0] < 0.001
    assert odds[-1] > 0.999
    for before, after in pairwise(odds):  # three more reports, and either answer
        for one, other in ((before, after), (1 - before, 1 - after)):
            assert min(one, other) < 1e-9 or max(one, other) / min(one, other) < 1.7


@pytest.mark.parametrize(("channel", "text"), [("mail", "Jalan berlubang di Cikini"), ("sms", "LAPOR jalan berlubang")])
def test_what_is_counted_of_a_report_tells_no_second_of_it(channel: str, text: str) -> None:
    """A row in clear that did would tell whoever watches the wire which report came in that second."""
    town = Town(proved=())
    town.clock.passes(seconds=25)
    for words in (text, "1234 ya", "1"):
        town.citizen(channel, "budi@surat.test").writes_from("198.51.100.0/24", words)
    counts = [at for every in town.store.state.counts.values() for at in every]
    assert counts
    assert {at.second for at in counts} == {0}
