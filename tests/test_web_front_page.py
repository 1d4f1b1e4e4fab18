"""The front page: what this is, where to go, and what is promised."""

import pytest

from core.phrases import LANGUAGES, phrase
from tests.fakes.web_services import Behind, get
from web import Way

WAYS = (Way("Telegram", "@ResiBot", "https://t.me/ResiBot"), Way("Loket", "Kantor kelurahan"))


async def test_the_ways_to_report_are_shown_with_their_links() -> None:
    html = (await get(Behind().app(ways=WAYS), "/")).text  # type: ignore[arg-type] # a tuple of ways
    assert 'href="https://t.me/ResiBot"' in html
    assert "Kantor kelurahan" in html


async def test_without_ways_the_page_promises_none() -> None:
    assert phrase("web_front_ways", "id") not in (await get(Behind().app(), "/")).text


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_what_cannot_be_promised_is_said(lang: str) -> None:
    html = (await get(Behind().app(), f"/?lang={lang}")).text
    assert phrase("web_front_private_limit", lang) in html
    assert phrase("web_emergency", lang) in html


async def test_the_page_leads_to_tracking_and_figures() -> None:
    html = (await get(Behind().app(), "/?lang=en")).text
    assert 'href="/lacak?lang=en"' in html
    assert 'href="/statistik?lang=en"' in html
