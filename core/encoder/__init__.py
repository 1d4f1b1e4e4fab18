"""A text read once for all readers of words: its tokens, and a vector of numbers for each that knows its neighbours.

Who lives here: `read` (tokens and states), `pooled` (a whole message), `Tokens`, `Reading`. The weights are made by
benchmarks/readers/train.py.
"""

from core.encoder.network import STATES, Reading, pooled, read
from core.encoder.tokens import CLOSED, DIGITS, Tokens

__all__ = ["CLOSED", "DIGITS", "STATES", "Reading", "Tokens", "pooled", "read"]
