"""A watch under which readers fail as a test tells them, with words in what they raise."""

from app.faults import Faults

CANARY = "kanari-1187"


class BrokenReaders(Faults):
    """`broken`: readers that raise, each time. `heard`: the faults of all of them, in order."""

    def __init__(self, *broken: str) -> None:
        super().__init__()
        self.broken = set(broken)
        self.heard: list[tuple[str, Exception]] = []

    def reads(self, reader: str) -> None:
        super().reads(reader)
        if reader in self.broken:
            raise IndexError(CANARY)

    def failed(self, reader: str, error: Exception) -> None:
        super().failed(reader, error)
        self.heard.append((reader, error))


class Strict:
    """A watch that lets no fault pass: what a reader gets over fails the test."""

    def reads(self, reader: str) -> None:
        """Anything may be read."""

    def failed(self, reader: str, error: Exception) -> None:
        raise AssertionError(reader) from error
