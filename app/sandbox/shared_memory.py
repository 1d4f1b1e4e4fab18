"""The room that parent and child share: memory in which a file lies on its way in and out, copied once each way.

Pipes would copy it four times. What the child writes there it can change at any moment, so the parent takes a copy of
its own before it looks at it; and the room has one size for good, for a shrinking one would kill whoever reads it.
"""

import fcntl
import mmap
import os
import tempfile

from core.limits import Limits


class SharedMemory:
    """The front half is for files, the back half for what was made of them."""

    def __init__(self, descriptor: int, limits: Limits) -> None:
        self.descriptor = descriptor
        self._back = limits.file_bytes
        self._memory = mmap.mmap(descriptor, limits.file_bytes + limits.clean_bytes)

    @classmethod
    def made(cls, limits: Limits) -> "SharedMemory":
        """A new one, for the parent. Raises OSError."""
        size = limits.file_bytes + limits.clean_bytes
        if not hasattr(os, "memfd_create"):
            with tempfile.TemporaryFile() as file:
                file.truncate(size)
                return cls(os.dup(file.fileno()), limits)
        descriptor = os.memfd_create("room", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            os.ftruncate(descriptor, size)
            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
            return cls(descriptor, limits)
        except OSError:
            os.close(descriptor)
            raise

    def leave(self) -> None:
        """Closes the descriptor: the memory stays, and nothing else can be done to it."""
        os.close(self.descriptor)

    def put_file(self, data: bytes) -> None:
        """For the parent, before it asks."""
        self._memory[: len(data)] = data

    def file(self, size: int) -> bytes:
        """For the child."""
        return self._memory[: min(size, self._back)]

    def put_clean(self, data: bytes) -> None:
        """For the child; raises IndexError where it does not fit."""
        self._memory[self._back : self._back + len(data)] = data

    def clean(self, size: int) -> bytes:
        """For the parent: a copy."""
        return self._memory[self._back : self._back + size]

    def clear(self, file: int, clean: int) -> None:
        """For the parent, when it has its copy: nothing of one file is there when the next one comes.

        A small file is written over; a large one's pages go back to the system.
        """
        for at, size in ((0, file), (self._back, clean)):
            whole = size - size % mmap.PAGESIZE if at % mmap.PAGESIZE == 0 and hasattr(mmap, "MADV_REMOVE") else 0
            if whole:
                self._memory.madvise(mmap.MADV_REMOVE, at, whole)
            self._memory[at + whole : at + size] = bytes(size - whole)

    def free(self) -> None:
        """Gives the memory back."""
        self._memory.close()
