"""Says to Telegram who we are: the menu of commands and the descriptions, in every language that we have."""

from functools import partial

from telegram.error import BadRequest

from bots.telegram.wire import Line, Pace, insist, note
from core.phrases import LANGUAGES, SPOKEN, phrase

COMMANDS = ("start", "lapor", "cek", "batal", "lupakan", "kode", "privasi", "bantuan", "bahasa")
"""In the order of the words of `telegram_menu`, which are what each is called in a language."""


async def introduce(line: Line, pace: Pace) -> None:
    """Done again at each start, for words change; Telegram being away is waited out, a refusal is left at that."""
    for place, lang in enumerate(LANGUAGES):
        # The first is for everybody whose language has no words of its own.
        tell = partial(_tell, line, lang, language_code=lang if place else None)
        await insist("introduction", tell, pace)


async def _tell(line: Line, lang: str, language_code: str | None) -> None:
    offered = COMMANDS if len(SPOKEN) > 1 else COMMANDS[:-1]  # there is no other language to ask for
    names = phrase("telegram_menu", lang).split()
    commands = [(name, phrase(f"command_{command}", lang)) for name, command in zip(names, offered, strict=False)]
    try:
        await line.set_my_commands(commands, language_code=language_code)
        await line.set_my_description(phrase("bot_description", lang), language_code=language_code)
        await line.set_my_short_description(phrase("bot_short_description", lang), language_code=language_code)
    except BadRequest as refused:
        note("introduction_refused", refused)
