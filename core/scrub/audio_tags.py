"""Tags that players put before and behind sound (ID3, APE, Lyrics3): only how long they are, to leave them out."""

_ID3_HEAD, _ID3_FOOTER = 10, 0x10
_ID3_OLD = 128
_LYRICS_FOOT = 15
_TAIL = 6_000  # in which what ends a tag stands, and the whole of an old one of lyrics
_APE_FOOT = 32
_APE_HAS_HEAD = 0x80


def behind(data: bytes, at: int = 0) -> int:
    """Where sound begins, or goes on behind the tags that begin at `at`: songs that were put together bring theirs."""
    while (size := _id3(data, at) or _ape(data, at) or _id3_old(data, at)) and at < len(data):
        at += size
    return min(at, len(data))


def _id3(data: bytes, at: int) -> int:
    head = data[at : at + _ID3_HEAD]
    if len(head) < _ID3_HEAD or not head.startswith(b"ID3"):
        return 0
    size = 0
    for byte in head[6:]:
        size = size << 7 | byte & 0x7F
    return _ID3_HEAD + size + (_ID3_HEAD if head[5] & _ID3_FOOTER else 0)


def _ape(data: bytes, at: int) -> int:
    """One that has a head, which says how much follows it."""
    head = data[at : at + _APE_FOOT]
    return _APE_FOOT + int.from_bytes(head[12:16], "little") if head.startswith(b"APETAGEX") else 0


def _id3_old(data: bytes, at: int) -> int:
    return _ID3_OLD if at and data.startswith(b"TAG", at) else 0


def before(data: bytes) -> int:
    """Where the tags at the end begin, or the end."""
    end = len(data)
    while size := _at_end(data[max(0, end - _TAIL) : end]):
        end -= size
    return max(0, end)


def _at_end(tail: bytes) -> int:
    if tail[-_ID3_OLD:].startswith(b"TAG"):
        return _ID3_OLD
    if tail[-_APE_FOOT:].startswith(b"APETAGEX"):
        size = int.from_bytes(tail[-20:-16], "little")
        return max(_APE_FOOT, size) + (_APE_FOOT if tail[-9] & _APE_HAS_HEAD else 0)
    if tail.endswith(b"LYRICS200") and tail[-15:-9].isdigit():
        return int(tail[-15:-9]) + _LYRICS_FOOT
    if tail.endswith(b"LYRICSEND") and b"LYRICSBEGIN" in tail:
        return len(tail) - tail.rindex(b"LYRICSBEGIN")
    if tail[-_ID3_HEAD:].startswith(b"3DI"):
        return _id3(b"ID3" + tail[-_ID3_HEAD + 3 :], 0)
    return 0
