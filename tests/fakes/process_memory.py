"""All that lies in the memory and the environment of a process, as somebody sees it who has taken it over."""

import re
from pathlib import Path

import pytest

_LINE = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) r", re.MULTILINE)


class TakenOver:
    """Looks for words in everything that a process can read; skips the test where the system forbids that to us."""

    def __init__(self, pid: int) -> None:
        self._folder = Path(f"/proc/{pid}")
        try:
            self._found = (self._folder / "environ").read_bytes() + b"".join(self._pieces())
        except (PermissionError, FileNotFoundError):
            pytest.skip("the memory of another process cannot be read here")

    def _pieces(self) -> list[bytes]:
        pieces = []
        with (self._folder / "mem").open("rb", buffering=0) as memory:
            for start, end in _LINE.findall((self._folder / "maps").read_text()):
                at, most = int(start, 16), int(end, 16)
                if at < 1 << 63:
                    memory.seek(at)
                    try:
                        pieces.append(memory.read(most - at))
                    except OSError:  # pages of the kernel, or of a device
                        continue
        return pieces

    def holds(self, words: bytes) -> bool:
        return words in self._found
