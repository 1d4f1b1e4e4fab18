"""Sentences in which people give themselves away beside their story, and such as look like them and do not."""

import random
import re
import tomllib
from pathlib import Path
from typing import Final

TABLE: Final = tomllib.loads((Path(__file__).parent / "frames.toml").read_text(encoding="utf-8"))
_SLOT: Final = re.compile(r"<(\w+)>")


def sentence(rng: random.Random, *, telling: bool) -> str:
    """One, with its marks."""
    said: str = rng.choice(TABLE["telling" if telling else "not_telling"])
    while found := _SLOT.search(said):
        said = f"{said[: found.start()]}{rng.choice(TABLE['lists'][found[1]])}{said[found.end() :]}"
    return said
