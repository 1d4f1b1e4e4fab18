"""What a row of categories.toml may say."""

from typing import Final

FLAGS: Final = frozenset({"sensitive", "estimate", "place", "retired"})
LEAF_FIELDS: Final = FLAGS | {
    *("id", "sms_code", "labels", "cues"),
    *("attributes", "group", "lead", "restricted", "emergency", "photo", "handling", "keep_days"),
}
PHOTOS: Final = ("normal", "outside_only", "no_people", "discourage")
HANDLINGS: Final = ("normal", "redirect", "forward_external")
