"""What of the answers of a draft is kept: those that belong to its kind, in its order, closed."""

from core.conversation.draft_attributes import answered, kept, next_attribute, shown
from core.model import CategoryId, Draft

WATER = Draft(text="air mati", category=CategoryId("air_bersih"))


def test_each_is_asked_once_in_the_order_of_the_table() -> None:
    first = next_attribute(WATER)
    assert first is not None
    second = next_attribute(answered(WATER, ""))
    assert second is not None
    assert (first.id, second.id) == ("sejak", "rumah")
    done = answered(answered(WATER, ""), "3")
    assert next_attribute(done) is None
    assert answered(done, "more") == done
    assert next_attribute(Draft(text="air mati")) is None


def test_what_was_passed_over_or_belongs_to_another_kind_is_left_out_and_the_rest_closed() -> None:
    told = Draft(
        text="x", category=CategoryId("kabel_utilitas"),
        attributes=(("rumah", "3"), ("tiang", "TJK 12, 0812 3456 7890"), ("sejak", "")),
    )  # fmt: skip
    [(asked, said)] = kept(told, "id")
    assert asked == "tiang"
    assert "0812" not in said
    assert shown(told, "id").startswith("Berapa nomor tiangnya, jika terbaca? TJK 12")
