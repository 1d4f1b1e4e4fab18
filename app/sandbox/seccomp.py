"""Seccomp: a filter that lets a decoder use memory and two pipes, and kills it when it reaches for anything else.

Three answers: what decoding needs is allowed; what only an attacker wants kills; the rest fails with EPERM, so that a
library that asks for something odd and harmless goes on. Numbers: the kernel's syscall tables of each architecture.
"""

import ctypes
import platform
import struct
import sys
from dataclasses import dataclass

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _DENY = 0x7FFF0000, 0x80000000, 0x00050001  # the last: errno EPERM
_NUMBER, _ARCHITECTURE, _THIRD_ARGUMENT = 0, 4, 32  # offsets in struct seccomp_data, little-endian
_X32 = 0x40000000  # x86-64 has a second table from here on
_EXECUTABLE = 0x4
_SET_MODE_FILTER, _ALL_THREADS = 1, 1


@dataclass(frozen=True, slots=True)
class Architecture:
    """`word` is how the kernel names it; `memory` calls are allowed unless they make pages executable."""

    word: int
    seccomp: int
    memory: tuple[int, ...]
    allowed: tuple[int, ...]
    killed: tuple[int, ...]


# allowed: read write | munmap mremap brk madvise | futex sched_yield clock_gettime getrandom | rt_sigprocmask
#   rt_sigreturn restart_syscall | exit exit_group
# killed: open creat openat openat2 | socket socketpair bind connect accept accept4 sendto recvfrom sendmsg recvmsg |
#   fork vfork clone clone3 execve execveat | kill tkill ptrace process_vm_readv process_vm_writev | unlink rename link
#   symlink mkdir chmod unlinkat renameat renameat2 mount | memfd_create io_uring_setup io_uring_enter bpf
#   perf_event_open userfaultfd pidfd_open
ARCHITECTURES = {
    "x86_64": Architecture(
        word=0xC000003E,
        seccomp=317,
        memory=(9, 10),
        allowed=(0, 1, 11, 25, 12, 28, 202, 24, 228, 318, 14, 15, 219, 60, 231),
        killed=(
            2, 85, 257, 437, 41, 53, 49, 42, 43, 288, 44, 45, 46, 47, 57, 58, 56, 435, 59, 322, 62, 200, 101, 310, 311,
            87, 82, 86, 88, 83, 90, 263, 264, 316, 165, 319, 425, 426, 321, 298, 323, 434,
        ),
    ),
    "aarch64": Architecture(
        word=0xC00000B7,
        seccomp=277,
        memory=(222, 226),
        allowed=(63, 64, 215, 216, 214, 233, 98, 124, 113, 278, 135, 139, 128, 93, 94),
        killed=(
            56, 437, 198, 199, 200, 203, 202, 242, 206, 207, 211, 212, 220, 435, 221, 281, 129, 130, 117, 270, 271,
            35, 38, 276, 40, 279, 425, 426, 280, 241, 282, 434,
        ),
    ),
}  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def restrict(libc: ctypes.CDLL) -> bool:
    """True when the filter holds for every thread of this process; needs no_new_privileges."""
    here = ARCHITECTURES.get(platform.machine())
    if here is None or struct.calcsize("P") != 8 or sys.byteorder != "little":  # noqa: PLR2004 -- a 64-bit process
        return False
    code = program(here)
    kept = ctypes.create_string_buffer(code, len(code))
    told = _Program(len(code) // 8, ctypes.addressof(kept))
    done = libc.syscall(here.seccomp, ctypes.c_uint(_SET_MODE_FILTER), ctypes.c_uint(_ALL_THREADS), ctypes.byref(told))
    return bool(done == 0)


def program(here: Architecture) -> bytes:
    """The filter in BPF, eight bytes a step."""
    steps = [(_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, here.word), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, _NUMBER)]
    if here.word == ARCHITECTURES["x86_64"].word:
        steps += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _KILL)]
    for number in here.allowed:
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    for number in here.memory:
        steps += [
            (_EQUAL, 0, 4, number),
            (_LOAD, 0, 0, _THIRD_ARGUMENT),
            (_ANY_BIT, 0, 1, _EXECUTABLE),
            (_RETURN, 0, 0, _KILL),
            (_RETURN, 0, 0, _ALLOW),
        ]
    for number in here.killed:
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _KILL)]
    steps.append((_RETURN, 0, 0, _DENY))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
