"""News as the template that was approved for its phrase: which there are, and how one is filled.

`python -m bots.whatsapp.templates` prints them as Meta's message_templates takes them, one JSON object a line.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence

from core.categories import AGENCIES
from core.city.profile import CITY
from core.messages import Option, Outgoing
from core.phrases import LANGUAGES, named, phrase

Json = dict[str, object]

# What leaves by itself, and what can be pressed below it.
TEMPLATES: dict[str, tuple[str, ...]] = {
    "news_checking": (),
    "news_done": ("solved", "unsolved"),
    "news_estimate": (),
    "news_evaluation": (),
    "news_forwarded": (),
    "news_late": (),
    "news_moved": (),
    "news_redo": (),
    "news_rejected": (),
    "news_reopened": (),
    "news_started": (),
    "news_withdrawn": (),
    "question": ("answer",),
    "withdrawal_asked": ("object",),
    "withdrawal_stopped": (),
}
_NOT_SAID = "-"  # Meta refuses an empty one
_SPACE = re.compile(r"\s+")
_ENDS_WITH_VALUE = re.compile(r"\{\{\d+\}\}\W*$")


def language(out: Outgoing) -> str:
    """A language that is spoken in part has no templates: the city's first stands in."""
    return out.lang if out.lang in LANGUAGES else LANGUAGES[0]


def values(out: Outgoing) -> tuple[str, ...]:
    """What fills the template, in its order; Meta refuses line breaks in it, and an empty one."""
    given = dict(out.arguments)
    return tuple(_SPACE.sub(" ", given.get(name, "")).strip() or _NOT_SAID for name in named(out.key, language(out)))


def template(out: Outgoing, pressed: Sequence[tuple[Option, str]]) -> Json:
    """The message as Meta's Cloud API takes it; `pressed`: what is below it, and what comes back of each."""
    parts: list[Json] = []
    if filled := values(out):
        parts.append({"type": "body", "parameters": [{"type": "text", "text": each} for each in filled]})
    parts += [
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": str(index),
            "parameters": [{"type": "payload", "payload": back}],
        }
        for index, (_, back) in enumerate(pressed)
    ]
    about = {"name": out.key, "language": {"code": language(out)}, "components": parts}
    return {"type": "template", "template": about}


def _example(name: str, lang: str) -> str:
    """What a placeholder may be filled with, for who approves a template: of this city, in its language."""
    office = AGENCIES[CITY.coordinator].short
    return {"last4": "4321", "due": "24 Nov", "text": phrase("ask_place", lang)}.get(name, office)


def approvals() -> Iterator[Json]:
    """Every template in every language as it is handed in for approval."""
    for lang in LANGUAGES:
        for key, options in TEMPLATES.items():
            names = named(key, lang)
            body: Json = {"type": "BODY", "text": wording(key, lang)}
            if names:
                body["example"] = {"body_text": [[_example(name, lang) for name in names]]}
            buttons = [{"type": "QUICK_REPLY", "text": phrase(f"option_{option}", lang)} for option in options]
            yield {
                "name": key,
                "language": lang,
                "category": "UTILITY",
                "components": [body, {"type": "BUTTONS", "buttons": buttons}] if buttons else [body],
            }


def wording(key: str, lang: str) -> str:
    """The sentence with numbers for what fills it; Meta refuses one that ends with such a number."""
    numbered = {name: f"{{{{{number}}}}}" for number, name in enumerate(named(key, lang), 1)}
    said = phrase(key, lang, **numbered)
    return f"{said}\n\n{phrase('whatsapp_template_end', lang)}" if _ENDS_WITH_VALUE.search(said) else said


if __name__ == "__main__":
    sys.stdout.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in approvals())
