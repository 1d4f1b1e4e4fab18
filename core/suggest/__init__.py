"""Reading room of what a citizen's words are about: categories, two problems in one message, danger of this minute."""

from core.suggest.parting import Parts, parts
from core.suggest.scores import Suggestion, explain, is_danger, suggest

__all__ = ["Parts", "Suggestion", "explain", "is_danger", "parts", "suggest"]
