"""Memory that a large picture needed goes back to the system: several children share one machine.

What a usual photo needs is kept, for asking again costs a third of its time (see `line.environment`).
"""

import ctypes

_KEPT = 256 * 1024 * 1024  # bytes that may lie idle in one child
_WORDS = ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")


class _Standing(ctypes.Structure):
    _fields_ = tuple((word, ctypes.c_size_t) for word in _WORDS)  # struct mallinfo2 of glibc 2.33


def give_back() -> None:
    """Does nothing where the C library knows no way."""
    try:
        _LIBC.mallinfo2.restype = _Standing
        if _LIBC.mallinfo2().fordblks > _KEPT:
            _LIBC.malloc_trim(ctypes.c_size_t(0))
    except AttributeError:
        return


_LIBC = ctypes.CDLL(None)
give_back()  # looks the names up now: under the restrictions nothing can be loaded
