"""Which half of a pair a process has, and which one it must not have."""

import pytest

from app.address_keys import SETTINGS, opener_of, problems, refuse_wrong_part, sealer_of
from app.errors import CannotStart
from core.messages import Values
from storage import new_key_line, new_pair
from tests.fakes.shell import Shell

PRIVATE, PUBLIC = new_pair()
OTHER, _ = new_pair()


def values(private: str = "", public: str = "") -> Values:
    return {"ADDRESS_KEYS": private, "ADDRESS_PUBLIC": public}


def pair(line: str) -> str:
    return line.partition(":")[0]


def test_without_a_pair_nothing_is_sealed_and_everything_may_run() -> None:
    assert sealer_of(values()) is None
    assert opener_of(values()).pairs == ()
    for sends in (True, False):
        refuse_wrong_part(values(), sends=sends)


def test_addresses_are_sealed_to_the_public_half_or_to_that_of_the_first_private_one() -> None:
    for given, sealed in (
        (values(public=PUBLIC), PUBLIC),
        (values(f"{PRIVATE},{OTHER}"), PUBLIC),
        (values(f"{OTHER},{PRIVATE}"), OTHER),
        (values(f"{OTHER},{PRIVATE}", PUBLIC), PUBLIC),
    ):
        sealer = sealer_of(given)
        assert sealer is not None
        assert sealer.pair == pair(sealed)
        assert list(problems(given)) == []


def test_who_does_not_send_is_refused_the_private_half() -> None:
    refuse_wrong_part(values(public=PUBLIC), sends=False)
    for given in (values(PRIVATE), values(PRIVATE, PUBLIC)):
        refuse_wrong_part(given, sends=True)
        with pytest.raises(CannotStart, match="RESI_ADDRESS_KEYS is set, but this process does not send"):
            refuse_wrong_part(given, sends=False)


def test_who_sends_is_refused_without_the_private_half_of_the_pair_that_seals() -> None:
    for given in (values(public=PUBLIC), values(OTHER, PUBLIC)):
        with pytest.raises(CannotStart, match=f"{pair(PUBLIC)}.*cannot open them"):
            refuse_wrong_part(given, sends=True)


@pytest.mark.parametrize("given", [values("nonsense"), values(PUBLIC), values(public=PRIVATE), values(public="a:b")])
def test_a_half_that_cannot_be_read_or_stands_in_the_others_place_is_told_and_not_shown(given: Values) -> None:
    found = list(problems(given))
    assert [problem.fatal for problem in found] == [True]
    with pytest.raises(CannotStart) as refused:
        sealer_of(given)
    for said in (str(refused.value), found[0].what):
        assert not any(word.partition(":")[2][:20] in said for word in (PRIVATE, PUBLIC))
    assert found[0].setting in {setting.name for setting in SETTINGS}


def test_a_service_with_the_wrong_half_does_not_start_and_says_which(tmp_path_factory: pytest.TempPathFactory) -> None:
    shell = Shell(tmp_path_factory.mktemp("shell"))
    refused = shell.resi("run", "--only", "web", KEYS=new_key_line("a"), ADDRESS_KEYS=PRIVATE, WEB_LISTEN="127.0.0.1:0")
    assert refused.code == 1
    assert "does not send" in refused.err
    assert PRIVATE.partition(":")[2] not in refused.err + refused.out
    assert not refused.shows_a_trace
    refused = shell.resi("run", KEYS=new_key_line("a"), ADDRESS_PUBLIC=PUBLIC, WEB_LISTEN="127.0.0.1:0")
    assert refused.code == 1
    assert "Set RESI_ADDRESS_KEYS to its private half" in refused.err
