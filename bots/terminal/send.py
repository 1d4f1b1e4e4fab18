"""Shows what a channel would send, as it would look there."""

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from core.messages import ChannelProfile, Option
from core.phrases import gsm7

_SEGMENT = 160  # septets of an SMS that stands alone
_PART = 153  # of one of several


def show(console: Console, text: str, options: tuple[Option, ...], profile: ChannelProfile) -> None:
    """The words in a frame; options that a channel shows as buttons are numbered, so that a number presses them."""
    body = Text(text)
    for number, option in enumerate(options, 1):
        body.append(f"\n[{number}] {option.label}", style="bold cyan")
    console.print(Panel(body, title="Resi", title_align="left", subtitle=_cost(text, profile), border_style="green"))


def _cost(text: str, profile: ChannelProfile) -> str | None:
    if not profile.gsm7:
        return None
    cost = gsm7.septets(text)
    if cost is None:
        return "UCS-2"
    parts = 1 if cost <= _SEGMENT else -(-cost // _PART)
    return f"GSM-7 {cost}/{_SEGMENT}, {parts} segment{'s' if parts > 1 else ''}"
