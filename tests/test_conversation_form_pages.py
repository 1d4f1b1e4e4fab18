"""What a page of the form makes of a draft: total, and never less closed than the conversation would have it."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.areas import AREAS
from core.categories import CATEGORIES
from core.conversation import closed, look
from core.conversation.form_pages import about, answered, corrected, following, kinds, told
from core.conversation.form_place import PlaceFields, with_place
from core.errors import Refused
from core.model import Draft, FormDraft, FormPage

if TYPE_CHECKING:
    from collections.abc import Callable

STORY = "Petugas minta pungli di kelurahan Tebet Timur"
WORDS = st.text(max_size=60)


def at_place(draft: Draft, words: str, area: str) -> Draft:
    return with_place(FormDraft(draft), PlaceFields(words, area)).draft


def test_pages_follow_each_other_until_all_is_answered() -> None:
    form = FormDraft()
    assert following(form) is FormPage.STORY
    draft = told(Draft(), "Air mati di Tebet Timur")
    assert following(FormDraft(draft)) is FormPage.KIND
    draft = about(draft, "air_bersih")
    assert following(FormDraft(draft)) is FormPage.PLACE
    draft = at_place(draft, "", "31.74.01.1001")
    assert following(FormDraft(draft)) is FormPage.QUESTIONS
    draft = answered(draft, {})
    assert following(FormDraft(draft)) is FormPage.PHOTOS
    assert following(FormDraft(draft, photos_asked=True)) is FormPage.SUMMARY


def test_another_story_that_leans_to_what_one_office_may_read_asks_for_the_kind_anew() -> None:
    draft = about(told(Draft(), "Jalan rusak di Tebet Timur"), "jalan_rusak")
    assert told(draft, "Jalan rusak di Tebet Timur sekali").category == "jalan_rusak"
    again = told(draft, STORY)
    assert again.category is None
    assert kinds(again)[0] == "pungli_korupsi"


def test_a_kind_that_was_chosen_knowing_the_story_stays() -> None:
    draft = about(told(Draft(), STORY), "jalan_rusak")
    assert told(draft, STORY).category == "jalan_rusak"


@pytest.mark.parametrize("kind", ["", "tidak_ada", "PJU", "pju\n"])
def test_a_kind_that_is_none_is_refused(kind: str) -> None:
    with pytest.raises(Refused, match="counter_category"):
        about(told(Draft(), "Lampu mati"), kind)


@given(text=WORDS, words=WORDS, opens=st.lists(WORDS, max_size=3), hides=WORDS)
def test_whatever_is_typed_is_taken_or_refused_and_every_page_can_be_shown(
    text: str, words: str, opens: list[str], hides: str
) -> None:
    draft = Draft()
    pages: tuple[Callable[[Draft], Draft], ...] = (
        lambda draft: told(draft, text.strip()),
        lambda draft: about(draft, "pju"),
        lambda draft: at_place(draft, words.strip(), ""),
        lambda draft: answered(draft, {"sejak": words, "rumah": text}),
        lambda draft: corrected(draft, tuple(opens), hides.strip()),
    )
    for page in pages:
        try:
            draft = page(draft)
        except Refused:
            continue
        for each in FormPage:
            if each is not FormPage.SUMMARY or draft.category is not None:
                look(FormDraft(draft), each, "id")


@given(opens=st.lists(st.sampled_from(["081234567890", "Budi", "x", ""]), max_size=4))
def test_only_what_was_found_is_opened_and_closing_again_takes_it_back(opens: list[str]) -> None:
    draft = told(Draft(), "Nama saya Budi, telepon 081234567890, lampu mati di Tebet Timur")
    before = closed(draft, "id")
    opened = closed(corrected(draft, tuple(opens), ""), "id")
    assert ("081234567890" in opened) == ("081234567890" in opens)
    assert closed(corrected(corrected(draft, tuple(opens), ""), (), ""), "id") == before


def test_words_that_were_closed_by_hand_are_closed_in_the_place_too_and_can_be_opened_again() -> None:
    draft = about(told(Draft(), "Lampu mati di dekat warung biru"), "pju")
    draft = at_place(draft, "sebelah warung biru", "31.74.01.1001")
    hidden = corrected(draft, (), "warung biru")
    shown = look(FormDraft(hidden, photos_asked=True), FormPage.SUMMARY, "id")
    assert "warung biru" not in shown.text + shown.place
    assert ("warung biru", False) in [(words, is_open) for words, _, is_open in shown.closings]
    assert closed(corrected(hidden, ("warung biru",), ""), "id") == draft.text


def test_an_answer_that_tells_what_one_office_may_read_is_more_of_the_story_and_asks_for_the_kind_anew() -> None:
    draft = at_place(about(told(Draft(), "Kabel menjuntai"), "kabel_utilitas"), "", "31.74.01.1001")
    after = answered(draft, {"tiang": f"12, {STORY}"})
    assert following(FormDraft(after)) is FormPage.KIND
    assert kinds(after)[0] == "pungli_korupsi"
    assert STORY in after.text
    assert answered(draft, {"tiang": "12"}).category == "kabel_utilitas"


@pytest.mark.parametrize("area", ["31", "31.74", "x", "31.74.01.9999", "\x00"])
def test_an_area_that_is_none_or_too_large_is_refused(area: str) -> None:
    with pytest.raises(Refused, match="web_form_area"):
        at_place(about(told(Draft(), "Lampu mati"), "pju"), "jalan", area)


def test_every_kind_and_every_area_can_be_chosen() -> None:
    draft = told(Draft(), "Ada masalah")
    for kind in CATEGORIES:
        assert about(draft, kind.id).category == kind.id
    chosen = about(draft, "pju")
    for area in AREAS.values():
        if area.finest or area.district:
            place = at_place(chosen, "", area.code).place
            assert place is not None
            assert place.area == area.code
