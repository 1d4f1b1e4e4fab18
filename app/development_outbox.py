"""The outbox of development: a channel without a way out writes each message under outbox/ instead."""

import os
from pathlib import Path

from app.settings import Settings
from bots.channels import channel
from core.messages import Outgoing


class DevelopmentOutbox:
    """Stands in for a wire; production never has it."""

    def __init__(self, settings: Settings) -> None:
        self._values = settings.values
        self._folder = folder_of(settings)
        self._allowed = not settings.production

    def write(self, name: str, out: Outgoing) -> bool:
        """Writes the message of that channel unless it has a real way out; False where it was not written."""
        wire = channel(name)
        if not self._allowed or wire.sends(self._values):
            return False
        if wire.as_file is not None:
            self._put(f"{out.id}.eml", wire.as_file(self._values, out))
        else:
            self._put(f"{out.id}.txt", f"To: {out.to.reveal()}\n\n{out.text}\n".encode())
        return True

    def _put(self, name: str, data: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Named only when whole, so that whoever watches the folder never reads half a message.
        draft = self._folder / f".{name}.part"
        draft.write_bytes(data)
        os.replace(draft, self._folder / name)  # noqa: PTH105 - the atomic one, by its name


def folder_of(settings: Settings) -> Path:
    """Where the messages lie."""
    return settings.data_dir / "outbox"
