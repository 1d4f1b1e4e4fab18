"""Who wrote within a day is known in memory and nowhere else, and not for longer."""

from bots.whatsapp.window import Window
from core.messages import Address

BUDI, SITI = Address("6281234567890"), Address("6289876543210")
HOUR = 3600.0


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_is_open_for_who_wrote_and_shut_before_a_day_is_over() -> None:
    clock = Clock()
    window = Window(clock)
    window.wrote(BUDI)
    assert window.is_open(BUDI)
    assert not window.is_open(SITI)
    clock.now = 22 * HOUR
    assert window.is_open(BUDI)
    clock.now = 23.5 * HOUR
    assert not window.is_open(BUDI)
    window.wrote(BUDI)
    clock.now = 40 * HOUR
    assert window.is_open(BUDI), "each message opens it anew"


def test_what_the_provider_says_counts() -> None:
    window = Window(Clock())
    window.wrote(BUDI)
    window.shut(BUDI)
    window.shut(SITI)
    assert not window.is_open(BUDI)


def test_it_holds_so_many_and_no_address() -> None:
    clock = Clock()
    window = Window(clock, most=3)
    people = [Address(f"62812000000{at}") for at in range(5)]
    for at, each in enumerate(people):
        clock.now = float(at)
        window.wrote(each)
    assert [window.is_open(each) for each in people] == [False, False, True, True, True]
    clock.now = 30 * HOUR
    window.wrote(BUDI)
    assert not any(window.is_open(each) for each in people)
    assert "62812" not in repr(vars(window)), "a hash under a key of this process"
