"""Every sentence can be read by somebody who is twelve, and none speaks as an office does."""

import re
from collections.abc import Iterator
from itertools import product

import pytest

from core.categories import GROUPS
from core.conversation import moves
from core.model import (
    Dialogue,
    Draft,
    LeavesOf,
    Step,
)
from core.phrases import KEYS, LANGUAGES, SPOKEN, render
from tests.fakes.sentences import ON_THE_DESK, PHOTO, PROFILES, raw

TELEGRAM = next(profile for profile in PROFILES if profile.buttons)
# Words of offices: what we say instead stands in docs/voice.md.
OFFICIALESE = {
    "id": """
        ditindaklanjuti menindaklanjuti berwenang instansi apabila guna sehubungan perihal dimaksud tersebut
        bersangkutan adapun saudara pelaporan dimohon diharapkan gagal error invalid verifikasi otoritas regulasi""",
    "en": """
        shall submit submitted invalid error failed failure pursuant regarding herewith hereby thereof whom utilise
        authorised authority jurisdiction applicant complainant redact redacted verify validate prior commence""",
}
WORDS_IN_A_SENTENCE = 20
_ENDS = re.compile(r"(?<=[.?!:;])\s+|\n+")


def to_citizens(lang: str) -> Iterator[tuple[str, str]]:
    """Every sentence that a citizen may read, in full and short, with its key; names of months are no sentence."""
    for key in KEYS - {"months", "months_whole"}:
        if not key.startswith(ON_THE_DESK):
            for text in (raw(key, lang), raw(key, lang, terse=True)):
                yield from ((key, sentence) for sentence in _ENDS.split(text) if sentence)


@pytest.mark.parametrize("lang", SPOKEN)
def test_a_twelve_year_old_can_read_every_sentence(lang: str) -> None:
    too_long = {key: each for key, each in to_citizens(lang) if len(each.split()) > WORDS_IN_A_SENTENCE}
    assert not too_long
    read = [each for _, each in to_citizens(lang)]
    assert len(read) > 300
    assert sum(len(each.split()) for each in read) / len(read) < 9, "short sentences are the rule"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_speaks_as_an_office_does_or_shouts(lang: str) -> None:
    assert not [key for key, each in to_citizens(lang) if "!" in each]
    stiff = frozenset(OFFICIALESE.get(lang, "").split())  # of a language without a list nothing is known to be stiff
    found = {
        key: words & stiff
        for key, each in to_citizens(lang)
        if (words := set(re.findall(r"\w+", each.lower()))) & stiff
    }
    assert not found


def test_a_question_of_the_draft_says_why_it_is_asked() -> None:
    why = {
        "id": "supaya|dari situ|belum|beberapa|kalau|cocok",
        "en": "so that|so,|tells us|yet|several|if so|fits|to make|to get|can",
    }
    for lang, step in product(why, (Step.STORY, Step.CATEGORY, Step.GROUP, Step.LEAF, Step.PLACE, Step.RESUME)):
        asked = moves.ask(Dialogue(lang, step, Draft(files=(PHOTO,)), detail=LeavesOf(GROUPS[0].id)), TELEGRAM)
        assert asked.say is not None
        assert re.search(why[lang], render(asked.say, lang, TELEGRAM).text, re.IGNORECASE), (lang, step)
