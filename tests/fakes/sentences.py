"""The sentences of all languages as tests measure them: with the longest arguments, on every channel."""

import re
from pathlib import Path
from string import Formatter

from bots.channels import CHANNELS
from core.messages import StoredFile
from core.phrases import KEYS, phrase, terse_of

ROOT = Path(__file__).parents[2]
PROFILES = tuple(channel.profile for channel in CHANNELS)
PHOTO = StoredFile("a", "b", "image/jpeg", 1)
# Read by staff alone, who have no wire: a terminal or a page.
ON_THE_DESK = (
    *("case_", "staff_", "routes_", "form_", "partner_", "counter_", "import_", "canned_", "desk_"),
    *(
        "city_",
        "holiday_",
        "category_",
        "agency_name_",
        "agency_holds_",
        "agency_kind",
        "agency_above",
        "agency_circle",
    ),
    *("agency_stays_", "attribute_unknown", "attribute_kind", "attribute_values"),
)
# What a wire or a terminal shows beside a message: most characters. The rest of what is no line is an argument.
OUTSIDE_MESSAGES = {
    "bot_description": 512,
    "bot_short_description": 120,
    "mail_subject": 70,
    "point_button": 40,
    "chat_how": 120,
    "chat_how_mail": 120,
}


def placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


NAMES = frozenset(
    name
    for file in (ROOT / "core" / "phrases").glob("*.toml")
    for name in re.findall(r"{(\w+)}", file.read_text(encoding="utf-8"))
)


def raw(key: str, lang: str, *, terse: bool = False) -> str:
    """The sentence with its placeholders as they stand."""
    return (terse_of if terse else phrase)(key, lang, **{name: f"{{{name}}}" for name in NAMES})


def lines() -> list[str]:
    """Keys of whole sentences that a message may hold."""
    return sorted(
        key
        for key in KEYS
        if not key.startswith(("web_", "command_", "option_", *ON_THE_DESK))
        and key not in {*OUTSIDE_MESSAGES, "months"}
    )
