"""Partners at the desk: a key is shown in one answer, and opens nothing once its partner is switched off."""

import re

from core.model import AgencyId, StaffRole
from tests.fakes.office import ROOT, Browser, Office

PARTNERS = f"{ROOT}/mitra"
JAKI = {"nama": "jaki-app", "kanal": "jaki"}


async def administrator(office: Office) -> Browser:
    office.hire("admin", StaffRole.ADMIN, AgencyId("biro_pemerintahan"))
    return await office.at_work("admin")


async def test_a_key_is_shown_once_and_is_the_partners() -> None:
    office = Office()
    browser = await administrator(office)
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


async def test_what_can_be_no_partner_is_told_and_what_was_typed_is_kept() -> None:
    office = Office()
    browser = await administrator(office)
    await browser.sends(PARTNERS, PARTNERS, JAKI)
    for form in (JAKI, JAKI | {"nama": "<b>"}, {"nama": "x", "kanal": "sms"}):
        answer = await browser.sends(PARTNERS, PARTNERS, form)
        assert answer.status_code == 422
        assert f'value="{form["kanal"]}"' in answer.text
    assert (await browser.sends(PARTNERS, f"{PARTNERS}/nonaktif", {"nama": "nobody"})).status_code == 422
    assert len(office.town.store.state.partners) == 1
