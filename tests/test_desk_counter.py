"""The counter at the desk: a form of a minute, a slip that is shown once, and nothing that reads a report again."""

import re
from html import unescape

import httpx
import pytest

from core import tracking
from core.model import AgencyId, StaffRole, TrackingCode
from tests.fakes.office import PICTURE, ROOT, Browser, Office, form_token

COUNTER, SLIP, KINDS = f"{ROOT}/loket", f"{ROOT}/loket/slip", f"{ROOT}/loket/jenis"
STORY = {"cerita": "Lampu jalan mati sejak Senin", "jenis": "pju", "tempat": "dekat masjid"}


async def at_counter(office: Office, agency: str = "kel:31.71.01.1001") -> Browser:
    office.hire("loket", StaffRole.CLERK, AgencyId(agency))
    return await office.at_work("loket")


async def sends(
    browser: Browser, form: dict[str, str], files: dict[str, bytes] | None = None, form_id: str = ""
) -> httpx.Response:
    """The form as the page has it, with what is typed into it."""
    html = (await browser.opens(COUNTER)).text
    found = re.search(r'name="id" value="([a-z2-7]{26})"', html)
    assert found is not None
    hidden = {"csrf": form_token(html), "id": form_id or found.group(1)}
    return await browser.posts(SLIP, hidden | form, files)


def code_on(html: str) -> str:
    found = re.search(r'class="code number">(\d{4}-\d{4}-\d{4}-\d{4})<', html)
    assert found is not None
    return found.group(1)


def chosen(html: str) -> str:
    """In the choice of a category."""
    select = html[html.index('id="jenis"') : html.index('name="saran"')]
    found = re.search(r'<option value="([^"]*)" selected>', select)
    return found.group(1) if found else ""


async def test_a_story_becomes_a_report_and_its_code_a_slip() -> None:
    office = Office(public_url="https://crm.example")
    answer = await sends(await at_counter(office), STORY)
    assert answer.status_code == 200
    code = TrackingCode(code_on(answer.text).replace("-", ""))
    holder = office.town.store.run(lambda tx: tx.code_holders.by_code(code))
    (report,) = office.town.reports
    assert holder is not None
    assert holder.report == report.id
    assert (report.channel, report.place.area) == ("kelurahan", "31.71.01.1001")
    assert "https://crm.example/lacak." in answer.text
    assert answer.text.count("<li>") == 4
    assert "data:image/svg+xml" in answer.text
    assert "Beberapa kata" not in answer.text


async def test_a_rule_that_fails_costs_the_citizen_at_the_counter_nothing() -> None:
    office = Office(rules_fail=True)
    code_on((await sends(await at_counter(office), STORY)).text)
    (report,) = office.town.reports
    assert STORY["cerita"] in report.text
    assert STORY["tempat"] in report.text


async def test_the_code_stands_in_no_address_and_in_no_other_answer() -> None:
    office = Office()
    browser = await at_counter(office)
    first = await sends(browser, STORY, form_id="a" * 26)
    code = code_on(first.text)
    again = await sends(browser, STORY, form_id="a" * 26)
    assert again.status_code == 409
    assert len(office.town.reports) == 1
    for answer in (again, await browser.opens(COUNTER), await browser.opens(ROOT)):
        assert code not in answer.text
        assert code.replace("-", "") not in answer.text
    assert not re.search(rf'(?:href|action|src)="[^"]*{code[:9]}', first.text)
    assert first.headers["cache-control"] == "no-store"
    assert (await browser.opens(SLIP)).headers["location"] == COUNTER


async def test_without_a_category_the_storys_suggestion_is_offered_and_sending_again_takes_it() -> None:
    office = Office()
    browser = await at_counter(office)
    asked = await sends(browser, STORY | {"jenis": ""})
    assert asked.status_code == 422
    assert not office.town.reports
    assert chosen(asked.text) == "pju"
    assert asked.text.index("Saran dari cerita") < asked.text.index('<option value="pju" selected>')
    assert "Lampu jalan mati sejak Senin</textarea>" in asked.text
    assert 'value="dekat masjid"' in asked.text
    taken = await browser.posts(
        SLIP,
        {
            "csrf": form_token(asked.text),
            "id": re.search(r'name="id" value="([^"]+)"', asked.text).group(1),  # type: ignore[union-attr] # fails where there is none
            **STORY,
        },
    )
    assert taken.status_code == 200


async def test_a_story_that_suggests_nothing_asks_for_the_category_at_its_field() -> None:
    answer = await sends(await at_counter(Office()), STORY | {"cerita": "xyz", "jenis": ""})
    assert answer.status_code == 422
    assert 'id="jenis-salah"' in answer.text
    assert chosen(answer.text) == ""


async def test_while_it_is_typed_the_suggestion_follows_until_the_clerk_chooses() -> None:
    browser = await at_counter(Office())
    token = form_token((await browser.opens(COUNTER)).text)

    async def types(story: str, kind: str = "", offered: str = "") -> str:
        answer = await browser.posts(KINDS, {"csrf": token, "cerita": story, "jenis": kind, "saran": offered})
        assert "<html" not in answer.text
        return answer.text

    lamp = await types("lampu jalan mati")
    assert chosen(lamp) == "pju"
    assert 'name="saran" value="pju"' in lamp
    assert chosen(await types("banjir di jalan", "pju", "pju")) == "banjir"
    assert chosen(await types("banjir di jalan", "pju")) == "pju"
    assert chosen(await types("")) == ""


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"cerita": ""}, "cerita"),
        ({"kontak": "bukan nomor"}, "kontak"),
        ({"wilayah": "31.99"}, "tempat"),
        ({"wilayah": "-", "tempat": ""}, "tempat"),
    ],
)
async def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(change: dict[str, str], field: str) -> None:
    office = Office()
    typed = STORY | {"kontak": "0812-3456-7890"} | change
    answer = await sends(await at_counter(office), typed)
    assert answer.status_code == 422
    assert f'id="{field}-salah"' in answer.text
    for value in (value for value in typed.values() if value != "31.99"):
        assert value in unescape(answer.text)
    assert not office.town.reports


@pytest.mark.parametrize(("typed", "channel"), [("0812-3456-7890", "sms"), ("siti@example.org", "mail"), ("", "")])
async def test_news_goes_where_the_citizen_wants_it(typed: str, channel: str) -> None:
    office = Office()
    answer = await sends(await at_counter(office), STORY | {"kontak": typed})
    assert [each.channel for each in office.town.store.state.contacts.values()] == ([channel] if channel else [])
    assert ("Kabar juga dikirim" in answer.text) is bool(channel)
    assert not typed or typed not in answer.text


async def test_only_channels_that_are_there_are_offered() -> None:
    office = Office(ways={})
    browser = await at_counter(office)
    assert 'name="kontak"' not in (await browser.opens(COUNTER)).text
    assert (await sends(browser, STORY | {"kontak": "0812-3456-7890"})).status_code == 422


async def test_a_photo_is_kept_and_one_that_is_none_is_told_at_its_field() -> None:
    office = Office()
    browser = await at_counter(office)
    wrong = await sends(browser, STORY, {"foto": b"%PDF"})
    assert wrong.status_code == 422
    assert 'id="foto-salah"' in wrong.text
    assert "Pilih lagi fotonya" in wrong.text
    assert (await sends(browser, STORY, {"foto": PICTURE})).status_code == 200
    assert len(office.town.reports[0].files) == 1


async def test_what_pointed_at_the_citizen_is_told_kindly_and_not_said_again() -> None:
    answer = await sends(await at_counter(Office()), STORY | {"cerita": "Lampu mati. Nama saya Budi Santoso."})
    assert "Beberapa kata yang menunjuk pelapor" in answer.text
    assert "Budi" not in answer.text


async def test_a_restricted_report_goes_straight_to_its_agency() -> None:
    office = Office()
    await sends(await at_counter(office), {"cerita": "Petugas minta uang", "jenis": "pungli_korupsi"})
    (report,) = office.town.reports
    assert (report.agency, report.restricted) == ("inspektorat", True)


async def test_a_clerk_of_an_office_without_a_counter_is_told_so() -> None:
    html = (await (await at_counter(Office(), "dinas_sda")).opens(COUNTER)).text
    assert "tidak punya loket" in html
    assert "<textarea" not in html


@pytest.mark.parametrize("form_id", ["x", "A" * 26, "a" * 27])
async def test_a_form_with_an_id_that_is_none_of_ours_is_sent_once_more(form_id: str) -> None:
    office = Office()
    answer = await sends(await at_counter(office), STORY, form_id=form_id)
    assert answer.status_code == 422
    assert "tidak berlaku" in answer.text
    assert not office.town.reports


async def test_the_form_remembers_nothing_and_is_light() -> None:
    html = (await (await at_counter(Office())).opens(COUNTER)).text
    assert 'autocomplete="off"' in html
    assert len(html) < 60_000
    assert not re.search(r"<style|\sstyle=|\son\w+=", html)


async def test_a_code_is_shown_four_by_four() -> None:
    code = code_on((await sends(await at_counter(Office()), STORY)).text)
    assert tracking.holds_code(TrackingCode(code.replace("-", "")))


async def test_what_a_kind_asks_besides_stands_below_it_and_its_answers_go_with_the_report() -> None:
    office = Office()
    browser = await at_counter(office)
    csrf = form_token((await browser.opens(COUNTER)).text)
    wires = {"cerita": "Kabel menjuntai di trotoar", "jenis": "kabel_utilitas", "tempat": "dekat masjid"}
    shown = unescape((await browser.posts(KINDS, {"csrf": csrf, **wires, "attr-tiang": "TJK 7"})).text)
    assert 'name="attr-sejak"' in shown
    assert 'value="TJK 7"' in shown
    assert "attr-" not in (await browser.posts(KINDS, {"csrf": csrf, "cerita": "x", "jenis": "pju"})).text
    wrong = await sends(browser, wires | {"attr-sejak": "kapan-kapan"})
    assert wrong.status_code == 422
    assert "Sejak kapan?" in wrong.text
    assert (await sends(browser, wires | {"attr-tiang": "TJK 7", "attr-sejak": "hari_ini"})).status_code == 200
    (report,) = office.town.reports
    assert dict(report.attributes) == {"tiang": "TJK 7", "sejak": "hari_ini"}
    office.hire("petugas", StaffRole.OFFICER, report.agency)
    page = unescape((await (await office.at_work("petugas")).opens(f"{ROOT}/laporan/{report.number}")).text)
    assert "<dt>Sejak kapan?</dt><dd>Hari ini</dd>" in page
