"""How a report looks on every page: the colour of its status, and the one line of what has to happen next."""

from core.model import Status

_PHASES = {
    Status.MENUNGGU: "waiting",
    Status.MENUNGGU_VALIDASI: "checking",
    Status.TL_DITOLAK: "waiting",
    Status.SELESAI: "done",
    Status.DITOLAK: "ended",
    Status.DICABUT: "ended",
    Status.DITERUSKAN: "ended",
}


def phase(status: Status) -> str:
    """Gives the colour; the word stands beside it."""
    return _PHASES.get(status, "working")
