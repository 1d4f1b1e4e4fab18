"""Who tries codes waits, and nobody else."""

from core import intake, tracking
from core.intake import Answer, Requester
from core.messages import Line
from core.model import TrackingCode
from core.phrases import phrase
from tests.fakes.intake_steps import NOBODYS, ask, code_of, files_by_sms
from tests.fakes.town import Town


def test_a_mistyped_code_is_answered_at_once_however_often() -> None:
    town = Town()
    wrong = TrackingCode("0" * 15 + "1")
    assert not tracking.holds_code(wrong)
    for _ in range(50):
        assert ask(town, wrong).lines == (Line("code_mistyped"),)
    assert town.store.state.counts == {}


def test_five_wrong_codes_are_free_and_then_the_wait_grows_for_that_sender_alone() -> None:
    town = Town()
    right = code_of(files_by_sms(town))
    for code in NOBODYS[:5]:
        assert ask(town, code).lines == (Line("code_unknown"),)
    waits = ask(town, right)
    assert waits.wait
    assert waits.lines == (Line("code_wait", (("minutes", "1"),)),)
    assert waits.report is None
    assert ask(town, right, "somebody else").report is not None
    town.clock.passes(minutes=1)
    assert ask(town, NOBODYS[5]).lines == (Line("code_unknown"),)
    assert ask(town, right).lines == (Line("code_wait", (("minutes", "2"),)),)
    town.clock.passes(minutes=2)
    assert ask(town, right).report is not None


def test_a_try_while_waiting_neither_counts_nor_lengthens_the_wait() -> None:
    town = Town()
    for code in NOBODYS[:5]:
        ask(town, code)
    counts = dict(town.store.state.counts)
    for code in NOBODYS[5:30]:
        assert ask(town, code).wait
    assert town.store.state.counts == counts


def test_an_address_that_many_share_has_more_free_tries() -> None:
    town = Town()
    assert not any(ask(town, code, "office", shared=True).wait for code in NOBODYS[:20])
    assert ask(town, NOBODYS[20], "office", shared=True).wait


def test_another_household_for_each_try_is_still_one_network() -> None:
    town = Town()
    right = code_of(files_by_sms(town))
    waits = [bool(ask(town, code, f"2001:db8:1:{at:x}::/64", shared=True).wait) for at, code in enumerate(NOBODYS[:70])]
    assert waits == [False] * 60 + [True] * 10
    assert ask(town, right, "2001:db8:1:ffff::/64", shared=True).lines == (Line("code_wait", (("minutes", "1"),)),)
    for stranger in ("2001:db8:2:1::/64", "2001:db9:1:1::/64", "198.51.100.7"):
        assert ask(town, right, stranger, shared=True).report is not None
    town.clock.passes(minutes=1)
    assert ask(town, right, "2001:db8:1:ffff::/64", shared=True).report is not None, "nobody is kept out for long"


def test_another_site_for_each_try_is_still_one_provider() -> None:
    town = Town()
    right = code_of(files_by_sms(town))
    waits = [
        bool(ask(town, code, f"2001:db8:{at:x}:1::/64", shared=True).wait) for at, code in enumerate(NOBODYS[:210])
    ]
    assert waits == [False] * 200 + [True] * 10
    assert ask(town, right, "2001:db9:1:1::/64", shared=True).report is not None
    for _ in range(20):
        town.clock.passes(minutes=4)
        assert not ask(town, NOBODYS[300], "2001:db8:ffff:1::/64", shared=True).wait, "its longest wait is four minutes"


def test_another_address_for_each_try_is_still_one_neighbourhood() -> None:
    town = Town()
    right = code_of(files_by_sms(town))
    waits = [bool(ask(town, code, f"198.51.100.{at}", shared=True).wait) for at, code in enumerate(NOBODYS[:110])]
    assert waits == [False] * 100 + [True] * 10
    assert ask(town, right, "198.51.101.1", shared=True).report is not None


def test_misses_are_forgotten_after_a_day() -> None:
    town = Town()
    for code in NOBODYS[:5]:
        ask(town, code)
    town.clock.passes(hours=24)
    for code in NOBODYS[5:10]:
        assert ask(town, code).lines == (Line("code_unknown"),)


def test_while_many_guess_from_many_places_one_try_is_still_answered_to_everybody() -> None:
    town = Town()
    right = code_of(files_by_sms(town))
    for at, code in enumerate(NOBODYS[:500]):
        assert not ask(town, code, f"guesser {at}").wait
    assert ask(town, NOBODYS[501], "guesser 0").wait, "a second try has to wait"
    assert ask(town, right, "a citizen").report is not None
    assert ask(town, right, "a citizen").report is not None, "a hit is no miss"
    town.clock.passes(hours=1)
    assert not ask(town, NOBODYS[502], "guesser 1").wait, "an hour later it is over"


def test_a_wrong_code_in_a_message_counts_for_its_sender() -> None:
    town = Town()
    budi = town.citizen("telegram")
    for code in NOBODYS[:5]:
        assert phrase("code_unknown", "id") in budi.writes(code.reveal()).text
    assert "1 menit" in budi.writes(NOBODYS[5].reveal()).text
    assert phrase("code_unknown", "id") in town.citizen("telegram", "siti").writes(NOBODYS[6].reveal()).text


def test_another_mail_address_for_each_try_is_still_one_network() -> None:
    town = Town(proved=())
    right = code_of(files_by_sms(town))
    said = [
        town.citizen("mail", f"tebak{at}@domain-saya.test").writes_from("198.51.100.0/24", f"CEK {code.reveal()}").text
        for at, code in enumerate(NOBODYS[:105])
    ]
    unknown = phrase("code_unknown", "id")
    assert [unknown in each for each in said] == [True] * 100 + [False] * 5
    for path, answered in (("198.51.100.0/24", False), ("203.0.113.0/24", True), ("", True)):
        told = town.citizen("mail", "siti@surat.test").writes_from(path, f"CEK {right.reveal()}")
        assert ("Menunggu" in told.text) is answered
    town.clock.passes(minutes=4)
    told = town.citizen("mail", "siti@surat.test").writes_from("198.51.100.0/24", f"CEK {right.reveal()}")
    assert "Menunggu" in told.text, "nobody is locked out for long"


def test_who_has_a_domain_and_many_networks_waits_for_all_of_its_addresses() -> None:
    town = Town()
    right = code_of(files_by_sms(town))

    def asks(at: int, code: TrackingCode, domain: str) -> Answer:
        asker = Requester(f"tebak{at}", "id", path=f"198.51.{at}.0/24", domain=domain)
        return town.store.run(lambda tx: intake.look_up(tx, code, asker, town.clock.now(), town.context))

    said = [asks(at, code, "forger.test") for at, code in enumerate(NOBODYS[:105])]
    assert [bool(each.wait) for each in said] == [False] * 100 + [True] * 5
    assert asks(200, right, "").report is not None
    assert asks(201, right, "surat.test").report is not None
