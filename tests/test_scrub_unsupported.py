"""What is not taken is refused by what it is, with a sentence that says what to send instead and names nothing."""

import pytest

from bots.channels import CHANNELS
from core.errors import Refused
from core.messages import Line, Say
from core.phrases import KEYS, LANGUAGES, gsm7, phrase, render, terse_of
from core.scrub import REFUSALS, scrub
from tests.hostile.unsupported_files import Unsupported, unsupported

NAMES = ("zip", "rar", "word", "excel", "office", "html", "svg", "xml", "json", "gif", "docx", "exe", "arsip")


@pytest.mark.parametrize("file", unsupported(), ids=lambda file: file.name)
def test_an_unsupported_file_is_refused_with_its_own_sentence(file: Unsupported) -> None:
    with pytest.raises(Refused) as caught:
        scrub(file.data)
    assert caught.value.phrase == file.phrase
    assert not caught.value.details


def test_every_refusal_is_said_in_every_language_and_fits_every_channel() -> None:
    assert set(REFUSALS) <= KEYS
    for lang in LANGUAGES:
        for key in REFUSALS:
            for channel in CHANNELS:
                said = render(Say((Line(key),)), lang, channel.profile).text
                assert 0 < len(said) <= channel.profile.limit
            assert gsm7.septets(terse_of(key, lang)) is not None
            assert len(terse_of(key, lang)) <= 30


def test_no_refusal_names_what_was_found() -> None:
    for lang in LANGUAGES:
        for key in REFUSALS:
            for said in (phrase(key, lang), terse_of(key, lang)):
                assert not set(said.lower().replace(",", " ").replace(".", " ").split()) & set(NAMES)


def test_each_refusal_has_words_of_its_own() -> None:
    for lang in LANGUAGES:
        assert len({phrase(key, lang) for key in REFUSALS}) == len(REFUSALS)
