"""What was tried in vain is counted: for monitors, in the trail, and for whose account it was."""

from core import casework
from core.casework import Miss, Turn
from web.services import DeskServices


async def counted(desk: DeskServices, name: str, what: Miss, times: int = 1) -> None:
    """In a turn of its own, since what was refused is rolled back; costs the same where nobody has that name."""
    desk.refusals[what] += times

    def noted(turn: Turn) -> None:
        for _ in range(times):
            casework.missed(turn, name, what)

    await desk.run(noted)
