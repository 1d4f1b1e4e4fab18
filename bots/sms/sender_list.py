"""Our numbers as a setting lists them: read by the doctor too, so it costs no import."""

import re

_NUMBER = re.compile(r"\+?[0-9]{2,15}")


def listed(setting: str) -> tuple[str, ...]:
    """The numbers of a setting, by commas, each once, as they are to be handed to the provider."""
    return tuple(dict.fromkeys(number for each in setting.split(",") if (number := each.strip())))


def malformed(setting: str) -> bool:
    """Whether one of several is no number; a single one may be whatever the provider calls a sender."""
    numbers = listed(setting)
    return len(numbers) > 1 and not all(_NUMBER.fullmatch(number) for number in numbers)
