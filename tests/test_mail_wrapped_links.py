"""Links that a gateway wrapped are read as they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.mail.mime import read
from bots.mail.wrapped_links import unwrapped
from core.redact import closed
from tests.fakes.mail_samples import mail

SAFE = (
    "https://apc01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.id%2Ffoto%3Fa%3D1"
    "&data=05%7C02%7Cbudi%40warga.test%7C8f3a&sdata=x%2Fy%3D&reserved=0"
)


@pytest.mark.parametrize(
    ("wrapped", "link"),
    [
        (SAFE, "https://x.id/foto?a=1"),
        ("https://www.google.com/url?q=https://x.id/foto&sa=D&ust=17", "https://x.id/foto"),
        ("https://urldefense.com/v3/__https://x.id/foto__;!!abc!def$", "https://x.id/foto"),
        ("https://x.id/?url=https://y.id", "https://x.id/?url=https://y.id"),
        ("https://www.google.com/maps/@-6.2,106.8,17z", "https://www.google.com/maps/@-6.2,106.8,17z"),
        ("https://[x/safelinks.protection.outlook.com/?url=a", "https://[x/safelinks.protection.outlook.com/?url=a"),
    ],
)
def test_a_wrapped_link_is_unwrapped_and_another_stays(wrapped: str, link: str) -> None:
    assert unwrapped(f"Foto di {wrapped} ya") == f"Foto di {link} ya"


def test_of_whom_a_gateway_names_nothing_is_kept() -> None:
    for kind, text in (("plain", f"Lampu mati, foto di {SAFE}"), ("html", f"<p>Lampu mati, foto di {SAFE}</p>")):
        assert read(mail(f"text/{kind}", text)).text == "Lampu mati, foto di https://x.id/foto?a=1"


def test_an_address_in_a_link_is_one_as_links_write_it() -> None:
    assert "budi" not in closed("daftar di https://portal.id/?email=budi%40warga.test")
    assert closed("diskon 50%40 ribu") == "diskon 50%40 ribu"


@given(st.text(alphabet="https:/?&=url%.oku_;" + "x ", max_size=200))
def test_no_link_breaks_it(text: str) -> None:
    unwrapped(f"https://a.safelinks.protection.outlook.com/?{text} https://google.com/url?{text}")
