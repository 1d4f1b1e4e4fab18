"""Plain words of reports: what is known of one is found out once, and nobody's own words stay."""

from core.dictionary import WORDS, by_word
from core.redact.words import FURTHER, GIVEN


def test_what_is_known_of_a_plain_word_is_found_out_once_and_of_any_other_each_time() -> None:
    asked = []

    @by_word
    def long(word: str) -> int:
        asked.append(word)
        return len(word)

    assert [long(word) for word in ("jalan", "jalan", "kanari-1187", "kanari-1187")] == [5, 5, 11, 11]
    assert asked == ["jalan", "kanari-1187", "kanari-1187"]


def test_nothing_that_is_found_out_is_found_out_too() -> None:
    asked = []

    @by_word
    def nothing(word: str) -> None:
        asked.append(word)

    assert [nothing("rusak"), nothing("rusak")] == [None, None]
    assert asked == ["rusak"]


def test_no_plain_word_is_only_a_name_or_holds_a_digit() -> None:
    assert len(WORDS) > 4_000
    assert WORDS.isdisjoint(GIVEN | FURTHER)
    assert all(word.isalpha() and word.islower() for word in WORDS)
