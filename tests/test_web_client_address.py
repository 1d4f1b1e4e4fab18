"""Who is at the other end: believed only from proxies that are ours, and a household is one."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.web_services import Behind, client, post
from web.client_address import nearest_untrusted, networks

OURS = networks(("10.0.0.0/8", "2001:db8:ffff::1"))


@pytest.mark.parametrize(
    ("direct", "forwarded", "peer"),
    [
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),  # a stranger's header is not believed
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),  # what the client wrote itself stands before
        ("10.0.0.1", ["1.1.1.1", "198.51.100.1, 10.2.2.2"], "198.51.100.1"),
        ("10.0.0.1", ["10.3.3.3, 10.2.2.2"], "10.3.3.3"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1, nonsense"], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("2001:db8:ffff::1", ["[2001:db8:1:2:3:4:5:6]:4711"], "2001:db8:1:2::/64"),
        ("2001:db8:1:2:aaaa::1", [], "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", [], "203.0.113.9"),
        ("::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("", ["198.51.100.1"], "unknown"),
        ("a-socket", [], "unknown"),
    ],
)
def test_the_nearest_address_that_is_not_ours_counts(direct: str, forwarded: list[str], peer: str) -> None:
    assert nearest_untrusted(direct, forwarded, OURS) == peer


@given(st.text(max_size=40), st.lists(st.text(max_size=40), max_size=4))
def test_whatever_is_written_there_a_peer_is_an_address_a_household_or_unknown(
    direct: str, forwarded: list[str]
) -> None:
    for start in (direct, "10.0.0.1"):
        peer = nearest_untrusted(start, forwarded, OURS)
        assert peer == "unknown" or ip_network(peer).prefixlen in {32, 64}


@given(st.lists(st.sampled_from(["10.1.1.1", "8.8.8.8", "nonsense", "::1"])))
def test_without_proxies_of_ours_no_header_changes_anything(forwarded: list[str]) -> None:
    assert nearest_untrusted("203.0.113.9", forwarded, ()) == "203.0.113.9"


async def test_the_limit_is_told_the_peer_behind_our_proxy() -> None:
    services = Behind()
    app = services.app(trusted_proxies=("10.0.0.1",))
    headers = {"X-Forwarded-For": "198.51.100.1"}
    await post(app, "/lacak", "kode=1", peer="10.0.0.1", headers=headers)
    await post(app, "/lacak", "kode=1", peer="203.0.113.9", headers=headers)
    assert [peer for _, peer, _ in services.asked] == ["198.51.100.1", "203.0.113.9"]


async def test_two_headers_count_as_one_list() -> None:
    services = Behind()
    async with client(services.app(trusted_proxies=("10.0.0.1",)), "10.0.0.1") as browser:
        headers = [("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-For", "198.51.100.1")]
        await browser.post("/lacak", data={"kode": "1"}, headers=headers)
    assert services.asked[0][1] == "198.51.100.1"
