"""The server that forks zygotes for all tests outlives those who ask it."""

import os
import socket

import pytest

from core.limits import DEFAULT
from tests.fakes.zygote_server import forked_at, zygote_server

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="Linux alone holds children by handles")


def test_who_is_killed_while_it_asks_costs_the_others_nothing() -> None:
    path = zygote_server().path
    for _ in range(2):
        with socket.socket(socket.AF_UNIX) as killed:
            killed.connect(path)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        forked_at(path, theirs.fileno(), DEFAULT).kill()
