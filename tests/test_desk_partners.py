"""Partners at the desk: a key is shown in one answer, and opens nothing once its partner is switched off."""

import re

from tests.fakes.office import ROOT, Office

PARTNERS = f"{ROOT}/mitra"
JAKI = {"nama": "jaki-app", "kanal": "jaki"}


async def test_a_key_is_shown_once_and_is_the_partners() -> None:
    office = Office()
    browser = await office.administrator()
    answer = await browser.sends(PARTNERS, PARTNERS, JAKI)
    (key,) = re.findall(r'<li class="number">([a-z2-7]{52})</li>', answer.text)
    partner = office.turn(lambda turn: turn.tx.partners.by_key(key))
    assert partner is not None
    assert (partner.name, partner.channel) == ("jaki-app", "jaki")
    html = (await browser.opens(PARTNERS)).text
    assert key not in html
    assert "jaki-app" in html
    assert (await browser.sends(PARTNERS, f"{PARTNERS}/nonaktif", JAKI)).status_code == 303
    off = office.turn(lambda turn: turn.tx.partners.by_key(key))
    assert off is not None
    assert not off.active
    noted = [(each.act, each.via) for each in office.town.store.state.audit.values() if each.who == "admin"]
    assert noted[-2:] == [("partner-add jaki-app", "desk"), ("partner-disable jaki-app", "desk")]
