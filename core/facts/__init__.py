"""Reading room of what an officer wants to know at a glance: since when, how often, which object, how many.

Who lives here: `find` (the facts of a text), `told` (the same in words), `SAYS` (the phrases that they end in). They
are read anew, from the closed text, whenever it is shown; nothing of them is kept.
"""

from core.facts.extraction import Fact, find
from core.facts.saying import SAYS, told

__all__ = ["SAYS", "Fact", "find", "told"]
