"""The parts of the service, each of which can run in a process of its own."""

PARTS = ("web", "mail", "telegram", "outbox", "clock", "search")


def part_of(channel: str) -> str:
    """Where a channel works: in its own part if it listens by itself, else in the web, which its provider calls."""
    return channel if channel in PARTS else "web"
