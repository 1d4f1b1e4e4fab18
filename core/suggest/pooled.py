"""What a whole message says by the states of its tokens: its kind and danger, as learned together with the tagger."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core import encoder
from core.model import CategoryId

WEIGHTS: Final = "pooled.npz"

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Pooled:
    """The file, read: a column of weights for each kind, and one for danger."""

    classes: tuple[CategoryId, ...]
    kinds: Numbers
    kinds_bias: Numbers
    danger: Numbers
    danger_bias: Numbers


@cache
def _pooled() -> _Pooled:
    """Read at its first use, once."""
    with files(__package__).joinpath(WEIGHTS).open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
        classes = tuple(CategoryId(each) for each in str(stored["classes"]).split())
        named = ("kinds", "kinds_bias", "danger", "danger_bias")
        return _Pooled(classes, *(stored[name].astype(np.float32) for name in named))


def logits(text: str, /) -> Mapping[CategoryId, float]:
    """How much speaks for each kind; empty where there is nothing to read."""
    states, known = encoder.pooled(text), _pooled()
    if states is None:
        return {}
    return dict(zip(known.classes, (states @ known.kinds + known.kinds_bias).tolist(), strict=True))


def danger(text: str, /) -> float:
    """Above zero for what sounds like danger of this minute, below for what does not."""
    states, known = encoder.pooled(text), _pooled()
    return -1.0 if states is None else float(states @ known.danger + known.danger_bias[0])
