"""How a mail was handed in: the peer's network and the recipients, and no more of either than is needed."""

import pytest

from bots.mail.envelope import envelope_of
from bots.mail.setup import setup_of
from bots.mail.submission import Submission, host_of, network_of
from tests.fakes.mail_door import MAIL, OURS


@pytest.mark.parametrize(
    ("peer", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("::ffff:127.0.0.1", ""),
        ("", ""),
        ("no address", ""),
    ],
)
def test_of_a_peer_its_network_is_kept_and_of_loopback_nothing(peer: str, network: str) -> None:
    assert network_of(peer) == network


def test_the_envelope_has_the_network_and_shows_it_to_nobody() -> None:
    came = Submission("203.0.113.77", ("lapor@kota.test",))
    envelope = envelope_of(MAIL, "budi@warga.test", setup_of(OURS), came)
    assert envelope is not None
    assert envelope.path == "203.0.113.0/24"
    assert "203.0.113" not in repr(envelope)
    assert "203.0.113" not in repr(came)
    assert "lapor" not in repr(came)


@pytest.mark.parametrize(
    ("peername", "host"), [(("192.0.2.1", 25), "192.0.2.1"), (("::1", 25, 0, 0), "::1"), ("", ""), (None, ""), ((), "")]
)
def test_a_socket_that_is_gone_has_no_host(peername: object, host: str) -> None:
    assert host_of(peername) == host
