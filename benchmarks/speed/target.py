"""A figure, and what it should reach."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """`figure` should be at least `least` or at most `most`; `beside`: what it was measured with, in words."""

    name: str
    figure: float
    least: float | None = None
    most: float | None = None
    beside: str = ""

    @property
    def wanted(self) -> str:
        """In words."""
        return f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"

    @property
    def share(self) -> float:
        """How much of what is wanted is reached: 1 and more is all of it."""
        if self.least is not None:
            return self.figure / self.least
        return (self.most or 0.0) / self.figure

    def told(self) -> str:
        """With what is wanted, where it falls short."""
        short = "" if self.share >= 1 else f"   FALLS SHORT: {self.wanted} is wanted"
        return f"{self.name:58} {self.figure:8.3f}{short}"
