"""The text of .env.example, written from the settings themselves, so that it can never lack one."""

from collections.abc import Iterator
from pathlib import Path

from app.settings import PREFIX, SERVICE_SETTINGS
from bots.channels import CHANNELS
from core.messages import Setting

FILE = Path(__file__).resolve().parents[1] / ".env.example"
_HEAD = """\
# Every setting of Resi with its default. Copy this file to .env and take away the # of what you change;
# the environment beats .env, an empty value means the default. `resi doctor` says what is wrong or missing.
# A secret (key, token, password, DATABASE_URL) may lie in a file of mode 600, named by its setting with _FILE behind.
# Written by: python -m app.example
"""


def text() -> str:
    """The whole file."""
    groups = (
        ("The service", SERVICE_SETTINGS),
        *((f"Channel: {each.name}", each.settings) for each in CHANNELS if each.settings),
    )
    return _HEAD + "".join(line for title, rows in groups for line in _group(title, rows))


def _group(title: str, rows: tuple[Setting, ...]) -> Iterator[str]:
    yield f"\n\n# == {title} ==\n"
    for row in rows:
        yield f"\n# {row.about}\n#{PREFIX}{row.name}={'' if row.secret else row.default}\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
