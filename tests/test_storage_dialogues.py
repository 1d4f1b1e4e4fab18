"""Dialogues as rows: every state survives, a newer version's does too, and an unreadable one ends kindly."""

import json
import logging
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given

from core.model import (
    AreaChoice,
    AreaCode,
    AskedAnew,
    CategoryId,
    Detail,
    Dialogue,
    Draft,
    LeavesOf,
    SameReport,
    SmallTalk,
    Step,
    TwoProblems,
)
from storage.dialogues import dialogue_of, row_of
from storage.vault import DataKey, place
from tests.fakes import nouns
from tests.fakes.nouns import NOW

KEY = DataKey(bytes(range(32)))
ORDERING_KEY = b"\x01lane"


def _kept(state: Mapping[str, object]) -> Any:  # noqa: ANN401 - the same
    at = place("dialogue", "sealed", ORDERING_KEY.hex())
    return nouns.as_row({"lane": ORDERING_KEY, "sealed": KEY.seal(json.dumps(state).encode(), at)})


@given(nouns.DIALOGUES)
def test_a_dialogue_survives_its_row(dialogue: Dialogue) -> None:
    assert dialogue_of(nouns.as_row(row_of(ORDERING_KEY, dialogue, NOW, KEY)), KEY) == dialogue


def test_what_a_newer_version_added_is_passed_over() -> None:
    state = {"lang": "en", "step": "place", "draft": {"text": "Lampu", "mood": "grim"}, "weather": {"rain": True}}
    assert dialogue_of(_kept(state), KEY) == Dialogue("en", Step.PLACE, Draft("Lampu"))


def test_a_state_that_cannot_be_read_is_none_and_the_log_shows_nothing_of_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert dialogue_of(_kept({"lang": "id", "step": "dancing", "draft": {"text": "rahasia"}}), KEY) is None
    assert caplog.messages == ["dialogue_unreadable"]
    assert "rahasia" not in caplog.text


def test_what_an_older_version_kept_is_read_with_what_it_did_not_know() -> None:
    state = {"lang": "id", "step": "summary", "draft": {"text": "Lampu", "category": "pju"}, "revision": 3}
    read = dialogue_of(_kept(state), KEY)
    assert read is not None
    assert (read.step, read.draft.text) == (Step.SUMMARY, "Lampu")
    assert not read.draft.parted
    assert read.draft.second == ""


# As versions kept it that knew no shapes for it; they still read what this one keeps.
DETAILS = (
    ("story", "again", AskedAnew()),
    ("place", "again", AskedAnew()),
    ("story", "said nonton bola  bareng yuk", SmallTalk("nonton bola  bareng yuk")),
    ("leaf", "jalan", LeavesOf("jalan")),
    ("several", "pju sampah", TwoProblems((CategoryId("pju"), CategoryId("sampah")))),
    ("which_place", "31.74.01 31.75.03.1002", AreaChoice((AreaCode("31.74.01"), AreaCode("31.75.03.1002")))),
    ("which_place", "31.71", AreaChoice((AreaCode("31.71"),))),
    ("summary", "3", SameReport(3)),
    ("group", "", None),
)


@pytest.mark.parametrize(("step", "menu", "detail"), DETAILS)
def test_what_a_question_is_about_is_kept_as_every_version_keeps_it(step: str, menu: str, detail: Detail) -> None:
    dialogue = dialogue_of(_kept({"lang": "id", "step": step, "draft": {"text": "Lampu"}, "menu": menu}), KEY)
    assert dialogue == Dialogue("id", Step(step), Draft("Lampu"), detail=detail)
    row = nouns.as_row(row_of(ORDERING_KEY, dialogue, NOW, KEY))
    stored = json.loads(KEY.open(row.sealed, place("dialogue", "sealed", ORDERING_KEY.hex())))
    assert stored.get("menu", "") == menu


@pytest.mark.parametrize("menu", [None, 3, {"kind": "leaf"}, [], " ", "31.", "jalan air listrik"])
def test_a_question_about_something_unknown_is_no_fault(menu: object) -> None:
    assert dialogue_of(_kept({"lang": "id", "step": "leaf", "menu": menu}), KEY) is not None
