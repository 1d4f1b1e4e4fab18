"""Reading room of what a citizen's words are about: categories by their cues, and whether it happens right now."""

from core.suggest.scores import Suggestion, explain, suggest

__all__ = ["Suggestion", "explain", "suggest"]
