"""The onion service's settings, and those of Tor that lead to it."""

from pathlib import Path

import pytest

from app import onion_settings

NAME = "a" * 55 + "d.onion"
THERE = f"http://{NAME}"
TORRC = Path(__file__).parents[1] / "deploy" / "tor" / "torrc"


def values(**said: str) -> dict[str, str]:
    return {setting.name: setting.default for setting in onion_settings.SETTINGS} | said


@pytest.mark.parametrize(
    "wrong",
    [
        "resi.onion",
        f"ftp://{NAME}",
        f"{THERE}/lapor",
        f"{THERE}:80",
        f"http://{'a' * 16}.onion",
        f"http://{'0' * 56}.onion",
    ],
)
def test_what_is_no_onion_is_said_and_told_to_nobody(wrong: str) -> None:
    assert [each.setting for each in onion_settings.problems(values(ONION=wrong))] == ["ONION"]
    assert onion_settings.address(values(ONION=wrong)) == ""
    assert onion_settings.listens(values(ONION=wrong)) is None


def test_an_onion_is_taken_with_or_without_its_last_slash() -> None:
    for said in (THERE, f"{THERE}/", THERE.upper(), f"https://{NAME}"):
        assert onion_settings.address(values(ONION=said)).endswith(NAME)
        assert onion_settings.listens(values(ONION=said)) == ("127.0.0.1", 8001)
    assert not list(onion_settings.problems(values(ONION=THERE)))
    assert not list(onion_settings.problems(values()))
    assert onion_settings.listens(values()) is None


@pytest.mark.parametrize(
    "wrong", ["0.0.0.0:8001", "192.0.2.1:8001", "[::]:8001", "127.0.0.1", "127.0.0.1:0", "x:1", ""]
)
def test_only_this_machine_reaches_its_listener(wrong: str) -> None:
    assert [each.setting for each in onion_settings.problems(values(ONION=THERE, ONION_LISTEN=wrong))] == [
        "ONION_LISTEN"
    ]


@pytest.mark.parametrize("web", ["192.0.2.1:8001", "[::1]:8001", "127.0.0.1:8001", "127.0.0.1:08001"])
def test_its_listener_has_a_port_of_its_own_for_by_that_it_is_known(web: str) -> None:
    found = list(onion_settings.problems(values(ONION=THERE, WEB_LISTEN=web)))
    assert [(each.setting, each.fatal) for each in found] == [("ONION_LISTEN", True)]
    assert not list(onion_settings.problems(values(WEB_LISTEN=web))), "without an onion nobody listens there"
    assert not list(onion_settings.problems(values(ONION=THERE, WEB_LISTEN="127.0.0.1:18001")))


def test_the_settings_of_tor_lead_to_that_listener_and_write_nothing_down() -> None:
    lines = [line.split(maxsplit=1) for line in TORRC.read_text().splitlines() if line and not line.startswith("#")]
    said = dict(lines)
    assert len(said) == len(lines), "each line once"
    assert said["HiddenServicePort"] == f"80 {values()['ONION_LISTEN']}"
    assert said["HiddenServiceExportCircuitID"] == "haproxy"
    assert (said["SafeLogging"], said["SocksPort"], said["HiddenServicePoWDefensesEnabled"]) == ("1", "0", "1")
    assert [name for name, _ in lines].index("HiddenServiceDir") < [name for name, _ in lines].index(
        "HiddenServicePort"
    )
    assert not said["Log"].startswith(("debug", "info", "notice"))
