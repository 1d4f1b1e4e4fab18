"""The page of languages: what it calls missing is missing, and each language in part is on it."""

import re

from core.phrases import KEYS, LANGUAGES, SPOKEN, phrase
from docs.languages import page, said_in
from tests.test_docs import ROOT

PAGE = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")


def missing(written: str, lang: str) -> set[str]:
    """The keys that it names, each by the first word of its line."""
    _, _, rest = written.partition(f"## {phrase('web_language', lang)}:")
    lines = re.findall(r"^- `(\w+)`(?:: ([\w, \n]+?))?$(?=\n- |\n\n|\n?\Z)", rest.partition("\n## ")[0], re.MULTILINE)
    return {
        key
        for first, ends in lines
        for end in (re.split(r",\s+", ends) if ends else [""])
        for key in ((f"{first}_{end}" if f"{first}_{end}" in KEYS else end) if end else first,)
    }


def test_what_the_page_calls_missing_is_said_in_indonesian() -> None:
    for lang in sorted({*SPOKEN} - {*LANGUAGES}):
        for written in (PAGE, page()):
            named = missing(written, lang)
            assert len(named) > 50
            assert not named & said_in(lang), "run make pages"
        assert missing(page(), lang) <= KEYS


def test_the_page_has_each_language_and_the_words_that_ask_for_it() -> None:
    for lang in SPOKEN:
        assert f"| {phrase('web_language', lang)} | {lang}, " in PAGE
