"""How many connections the web takes: what was set, and never more than there are files for."""

import subprocess
import sys

import pytest

from app import connection_limits
from core.admission import Bounds
from tests.fakes.fork_server import CHECKOUT

MANY = 65_536


@pytest.mark.parametrize(
    ("values", "files", "most"),
    [
        ({}, MANY, Bounds(2000, 200)),
        ({}, 1024, Bounds(224, 200)),
        ({"MAIL_CONNECTIONS": "200"}, 1024, Bounds(524, 200)),
        ({}, 256, Bounds(64, 64)),
        ({"WEB_CONNECTIONS": "800", "WEB_CONNECTIONS_PER_ADDRESS": "900"}, MANY, Bounds(800, 800)),
        ({"WEB_CONNECTIONS": "8000"}, 1024, Bounds(224, 200)),
        ({"WEB_CONNECTIONS": "many", "WEB_CONNECTIONS_PER_ADDRESS": "-1"}, MANY, Bounds(2000, 200)),
        ({"WEB_CONNECTIONS_PER_ADDRESS": "9" * 5000}, MANY, Bounds(2000, 200)),
    ],
)
def test_the_open_files_bound_what_is_set_and_what_is_not(values: dict[str, str], files: int, most: Bounds) -> None:
    assert connection_limits.connections(values, files) == most


def test_requests_of_one_address_can_be_moved() -> None:
    assert connection_limits.requests_of_one({}) == 200
    assert connection_limits.requests_of_one({"WEB_REQUESTS_PER_ADDRESS": "7"}) == 7
    assert connection_limits.requests_of_one({"WEB_REQUESTS_PER_ADDRESS": "0"}) == 200


def test_what_is_no_number_is_told_with_the_mend() -> None:
    told = list(connection_limits.problems({"WEB_CONNECTIONS": "many", "WEB_REQUESTS_PER_ADDRESS": "0"}))
    assert [each.setting for each in told] == ["WEB_CONNECTIONS", "WEB_REQUESTS_PER_ADDRESS"]
    assert all("Unset" in each.mend for each in told)
    assert not list(connection_limits.problems({"WEB_CONNECTIONS": "", "WEB_CONNECTIONS_PER_ADDRESS": "200"}))


@pytest.mark.parametrize(
    ("before", "files"),
    [("(100, 300)", 300), ("(300, 300)", 300)],
)
def test_a_process_takes_as_many_open_files_as_it_may(before: str, files: int) -> None:
    code = (
        f"import resource as r; r.setrlimit(r.RLIMIT_NOFILE, {before}); from app import connection_limits;"
        "most = connection_limits.raise_open_files;"
        "print(most(), *r.getrlimit(r.RLIMIT_NOFILE), most())"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert ran.stdout.split() == [str(files)] * 4
