"""Landlock: the kernel takes all of the file system and TCP away from this process, where it knows how."""

import ctypes
import os
import struct

_CREATE, _RESTRICT = 444, 446  # the same numbers on every architecture
_VERSION_FLAG = 1
# What each version of the interface can take away; a kernel refuses bits that it does not know. Source: landlock(7).
_FILES = ((5, 0xFFFF), (3, 0x7FFF), (2, 0x3FFF), (1, 0x1FFF))
_CONNECTIONS = ((4, 0x3),)  # bind and connect of TCP
_SCOPES = ((6, 0x3),)  # abstract sockets and signals to the outside


def restrict(libc: ctypes.CDLL) -> bool:
    """True when this thread, and what it starts, can open nothing any more."""
    version = libc.syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG))
    if version < 1:
        return False
    rules = struct.pack("=QQQ", *(_bits(table, version) for table in (_FILES, _CONNECTIONS, _SCOPES)))
    ruleset = libc.syscall(_CREATE, rules, ctypes.c_size_t(len(rules)), ctypes.c_uint32(0))
    if ruleset < 0:
        return False
    try:
        return bool(libc.syscall(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0)) == 0)
    finally:
        os.close(ruleset)


def _bits(table: tuple[tuple[int, int], ...], version: int) -> int:
    return next((bits for since, bits in table if version >= since), 0)
