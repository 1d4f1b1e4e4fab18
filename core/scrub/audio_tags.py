"""Tags that players put before and behind sound (ID3, APE): only how long they are, so that they can be left out."""

_ID3_HEAD, _ID3_FOOTER = 10, 0x10
_ID3_OLD = 128
_APE_FOOT = 32
_APE_HAS_HEAD = 0x80


def behind(data: bytes) -> int:
    """Where sound begins."""
    at = 0
    while data.startswith(b"ID3", at) and len(data) >= at + _ID3_HEAD:
        size = 0
        for byte in data[at + 6 : at + _ID3_HEAD]:
            size = size << 7 | byte & 0x7F
        at += _ID3_HEAD + size + (_ID3_HEAD if data[at + 5] & _ID3_FOOTER else 0)
    return at


def before(data: bytes) -> int:
    """Where the tags at the end begin, or the end."""
    end = len(data)
    while True:
        if data[max(0, end - _ID3_OLD) : end].startswith(b"TAG"):
            end -= _ID3_OLD
        elif data[max(0, end - _APE_FOOT) : end].startswith(b"APETAGEX"):
            size = int.from_bytes(data[end - 20 : end - 16], "little")
            head = _APE_FOOT if data[end - 9] & _APE_HAS_HEAD else 0
            if not _APE_FOOT <= size <= end - head:
                return end
            end -= size + head
        else:
            return end
