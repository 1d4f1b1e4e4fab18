"""What is said in the shapes of Meta's Cloud API: a text, up to three buttons, a list, a request for a place."""

import re

from core.messages import Option, Outgoing
from core.phrases import phrase

Json = dict[str, object]

_MOST_BUTTONS, _MOST_BUTTON_LABEL = 3, 20
_MOST_ROWS, _MOST_ROW_LABEL = 10, 24
_MOST_BODY = 1024  # of buttons, and of a request for a place; a list holds as much as a text
_NUMBER = re.compile(r"[0-9]{5,20}")


def recipient(out: Outgoing) -> Json:
    """Who gets it, by the number or by the id that Meta made up for somebody who hides it."""
    to = out.to.reveal()
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to" if _NUMBER.fullmatch(to) else "recipient": to,
    }


def message(out: Outgoing) -> Json:
    """The message in words, with what can be pressed below it."""
    if out.ask_point and len(with_options(out)) <= _MOST_BODY:
        return _interactive("location_request_message", with_options(out), {"name": "send_location"})
    if not out.options:
        return _text(out.text)
    if len(out.text) <= _MOST_BODY and _shown(out.options, _MOST_BUTTONS, _MOST_BUTTON_LABEL):
        return _interactive("button", out.text, {"buttons": [_button(out, each) for each in out.options]})
    if _shown(out.options, _MOST_ROWS, _MOST_ROW_LABEL):
        rows = [{"id": press(out, option), "title": option.label} for option in out.options]
        choose = phrase("whatsapp_choose", out.lang)
        return _interactive("list", out.text, {"button": choose, "sections": [{"title": choose, "rows": rows}]})
    return _text(with_options(out))


def _shown(options: tuple[Option, ...], most: int, letters: int) -> bool:
    """Whether they are as few and short as Meta takes them; it refuses two of one label too."""
    labels = {option.label for option in options}
    return len(labels) == len(options) <= most and all(0 < len(label) <= letters for label in labels)


def press(out: Outgoing, option: Option) -> str:
    """What comes back when the option is pressed: of which question it is, and its id."""
    return f"{out.revision}:{option.id}"


def _text(words: str) -> Json:
    return {"type": "text", "text": {"preview_url": False, "body": words}}


def _interactive(kind: str, words: str, action: Json) -> Json:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": words}, "action": action}}


def _button(out: Outgoing, option: Option) -> Json:
    return {"type": "reply", "reply": {"id": press(out, option), "title": option.label}}


def with_options(out: Outgoing) -> str:
    """A request for a place has one button, its own: the options are numbered in the text, and a number answers."""
    if not out.options:
        return out.text
    return out.text + "\n\n" + "\n".join(f"{number}. {each.label}" for number, each in enumerate(out.options, 1))
