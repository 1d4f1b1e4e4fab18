"""Restrictions of the child: each is tried, none is fatal, and what holds is told, so that a doctor can say it."""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable

from app.sandbox import landlock, seccomp

_MEMORY = 2 * 1024**3
_LIMITS = (
    (resource.RLIMIT_AS, _MEMORY),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_NPROC, 0),
    (resource.RLIMIT_NOFILE, 0),  # of new ones: the two pipes stay open
)
_LINUX = sys.platform == "linux"  # elsewhere the same numbers may mean something else
_PDEATHSIG, _DUMPABLE, _NO_NEW_PRIVILEGES = 1, 4, 38


def _dies_with_parent(libc: ctypes.CDLL) -> bool:
    return _prctl(libc, _PDEATHSIG, signal.SIGKILL)


def _not_dumpable(libc: ctypes.CDLL) -> bool:
    return _prctl(libc, _DUMPABLE, 0)


def _no_new_privileges(libc: ctypes.CDLL) -> bool:
    return _prctl(libc, _NO_NEW_PRIVILEGES, 1)


def _landlock(libc: ctypes.CDLL) -> bool:
    """Holds for one thread, so it counts only where there is no other."""
    return len(os.listdir("/proc/self/task")) == 1 and landlock.restrict(libc)  # noqa: PTH208 -- names are enough


def _limits(_: ctypes.CDLL) -> bool:
    for what, most in _LIMITS:
        hard = resource.getrlimit(what)[1]
        lower = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (lower, lower))
    return True


RESTRICTIONS: tuple[tuple[str, Callable[[ctypes.CDLL], bool]], ...] = (
    ("dies_with_parent", _dies_with_parent),
    ("not_dumpable", _not_dumpable),
    ("no_new_privileges", _no_new_privileges),
    ("landlock", _landlock),
    ("limits", _limits),
    ("seccomp", seccomp.restrict),  # last: it forbids what raises the others
)
NAMES = tuple(name for name, _ in RESTRICTIONS)


def apply_all() -> tuple[str, ...]:
    """Names of the restrictions that hold now; there is no way back."""
    libc = ctypes.CDLL(None, use_errno=True)
    return tuple(
        name for name, restriction in RESTRICTIONS if (_LINUX or name == "limits") and _tried(restriction, libc)
    )


def _tried(restriction: Callable[[ctypes.CDLL], bool], libc: ctypes.CDLL) -> bool:
    try:
        return restriction(libc)
    except (OSError, ValueError, AttributeError):
        return False


def _prctl(libc: ctypes.CDLL, what: int, value: int) -> bool:
    none = ctypes.c_ulong(0)
    return bool(libc.prctl(ctypes.c_int(what), ctypes.c_ulong(value), none, none, none) == 0)
