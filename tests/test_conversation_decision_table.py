"""What reads a message before what: every step has a table, every rule its words, and the first that reads it wins."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bots.channels import channel
from core.conversation import Choice, Text, moves, step
from core.conversation.decision_table import Received, Rule, as_if, first, nested, rule, where, words
from core.conversation.outcomes import Outcome
from core.conversation.transition import EVERYWHERE, TABLES
from core.messages import ChannelProfile
from core.model import Dialogue, Draft, Step

PROFILE = channel("telegram").profile


def flat(rules: tuple[Rule, ...]) -> Iterator[Rule]:
    for each in rules:
        yield each
        yield from flat(each.inner)


def says(key: str) -> Rule:
    return rule(key, words(str.isalpha), moves.replies(key), "it is said")


def key_of(outcome: Outcome | None) -> str:
    assert outcome is not None
    assert outcome.say is not None
    return outcome.say.lines[0].key


def met(text: str) -> Received:
    return Received(Dialogue("id"), Text(text), PROFILE)


@pytest.mark.parametrize("at", list(Step))
def test_every_step_has_a_table_that_begins_with_what_is_read_everywhere(at: Step) -> None:
    assert TABLES[at][: len(EVERYWHERE)] == EVERYWHERE


def test_every_rule_says_what_it_reads_and_what_follows() -> None:
    for each in flat(tuple(each for rules in TABLES.values() for each in rules)):
        assert each.name
        assert bool(each.then) is not bool(each.inner), each.name


def test_the_first_rule_that_reads_a_message_is_taken_and_no_other() -> None:
    def never(dialogue: Dialogue, text: str, profile: ChannelProfile) -> Outcome:
        raise AssertionError(text)

    deaf = rule("numbers", words(str.isdigit), never, "")
    late = rule("words", words(str.isalpha), never, "")
    assert key_of(first((deaf, says("thanks"), late), met("halo"))) == "thanks"
    assert first((deaf,), met("halo")) is None


def test_a_table_within_a_table_that_reads_nothing_leaves_the_message_to_the_next_rule() -> None:
    inner = nested("numbers", where(lambda received: received.text.isdigit()), (says("greet"),))
    deaf = nested("all", where(lambda _: True), (rule("numbers", words(str.isdigit), moves.replies("greet"), ""),))
    assert key_of(first((inner, deaf, says("thanks")), met("halo"))) == "thanks"


def test_a_table_within_a_table_meets_the_dialogue_that_it_is_told_and_the_next_rule_the_one_that_stands() -> None:
    told = nested("told", as_if(lambda dialogue: replace(dialogue, draft=Draft("lampu"))), (says("greet"),))
    inside, behind = first((told,), met("halo")), first((says("greet"),), met("halo"))
    assert inside is not None
    assert behind is not None
    assert (inside.dialogue.draft.text, behind.dialogue.draft.text) == ("lampu", "")


@pytest.mark.parametrize("at", list(Step))
def test_a_button_that_a_step_does_not_know_is_answered_at_every_step(at: Step) -> None:
    standing = Dialogue("id", at, Draft("lampu jalan mati"), back=Step.STORY, offered=("dance",), revision=3)
    outcome = step(standing, Choice("dance", 3), PROFILE)
    assert key_of(outcome) != "send_again"


def test_what_no_rule_reads_is_not_understood() -> None:
    standing = Dialogue("id", Step.CHANGE, Draft("lampu jalan mati"))
    assert key_of(step(standing, Text("!?"), PROFILE)) == "not_understood"
