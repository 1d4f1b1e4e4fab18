"""The form's use case: a draft under a token, one report at the end, and nobody whom it could lead to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.conversation import PlaceFields
from core.errors import Refused
from core.intake import FilledPage, FormState
from core.intake.public_form import LIVES, fill, standing
from core.model import FormPage
from tests.fakes.town import Town

STORY = "Lampu jalan mati di depan Puskesmas Kebon Baru"
PAGES = (
    FilledPage(FormPage.STORY, text=STORY),
    FilledPage(FormPage.KIND, kind="pju"),
    FilledPage(FormPage.PLACE, place=PlaceFields("Kebon Baru")),
    FilledPage(FormPage.PHOTOS),
)


def sends(town: Town, page: FilledPage, token: str = "") -> FormState:
    filled, now = replace(page, token=token), town.clock.now()
    return town.store.run(lambda tx: fill(tx, filled, now, town.context))


def filled_in(town: Town) -> str:
    """The token of a form that can be sent."""
    state = sends(town, PAGES[0])
    for page in PAGES[1:]:
        state = sends(town, page, state.token)
    assert state.page is FormPage.SUMMARY
    return state.token


def test_a_form_is_one_report_of_its_own_channel_and_leads_to_nobody() -> None:
    town = Town()
    state = sends(town, FilledPage(FormPage.SUMMARY, send=True), filled_in(town))
    assert state.code is not None
    (report,) = town.reports
    assert report.channel == "form"
    assert town.post() == []
    code = state.code
    holder = town.store.run(lambda tx: tx.code_holders.by_code(code))
    assert holder is not None
    assert holder.contact is None


def test_the_code_is_told_again_for_half_an_hour_and_of_the_draft_nothing_is_left() -> None:
    town = Town()
    token = filled_in(town)
    send = FilledPage(FormPage.SUMMARY, send=True)
    code = sends(town, send, token).code
    town.clock.passes(minutes=29)
    again = sends(town, send, token)
    assert again.code == code
    assert again.form.draft.text == ""
    town.clock.passes(minutes=2)
    with pytest.raises(Refused, match="web_form_gone"):
        sends(town, send, token)
    assert len(town.reports) == 1


@pytest.mark.parametrize("page", [each for each in FormPage if each is not FormPage.SUMMARY])
def test_only_the_page_that_shows_all_of_it_sends(page: FormPage) -> None:
    town = Town()
    sends(town, FilledPage(page, text=STORY, kind="pju", place=PlaceFields("Kebon Baru"), send=True), filled_in(town))
    assert town.reports == []


def test_what_is_not_answered_yet_is_asked_before_anything_is_sent() -> None:
    town = Town()
    token = sends(town, PAGES[0]).token
    state = sends(town, FilledPage(FormPage.SUMMARY, send=True), token)
    assert state.page is FormPage.KIND
    assert sends(town, FilledPage(FormPage.STORY, text=STORY, to=FormPage.SUMMARY), token).page is FormPage.KIND
    assert town.reports == []


def test_each_step_gives_half_an_hour_more() -> None:
    town = Town()
    token = ""
    for page in PAGES:
        token = sends(town, page, token).token
        town.clock.passes(minutes=LIVES / timedelta(minutes=1) - 2)
    assert sends(town, FilledPage(FormPage.SUMMARY, send=True), token).code is not None


def test_a_story_that_cannot_be_taken_leaves_nothing_behind() -> None:
    town = Town()
    state = sends(town, FilledPage(FormPage.STORY, text=""))
    assert (state.token, state.page) == ("", FormPage.STORY)
    assert town.store.state.capabilities == {}


def test_a_token_that_was_made_up_begins_a_form_under_another() -> None:
    town = Town()
    forged = "a" * 26
    state = sends(town, PAGES[0], forged)
    assert state.token != forged
    now = town.clock.now()
    assert town.store.run(lambda tx: standing(tx, forged, now)) is None


def test_words_of_a_place_that_lean_to_what_one_office_may_read_make_the_report_restricted() -> None:
    town = Town()
    token = sends(town, PAGES[0]).token
    for page in (
        PAGES[1],
        FilledPage(FormPage.PLACE, place=PlaceFields("petugas minta uang pungli untuk izin", "31.74.01.1005")),
        PAGES[3],
        FilledPage(FormPage.SUMMARY, send=True),
    ):
        sends(town, page, token)
    (report,) = town.reports
    assert report.restricted
