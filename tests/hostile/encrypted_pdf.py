"""PDF files encrypted by the standard security handler (PDF 32000-2, 7.6), from files that `pdf_files` writes."""

import hashlib
import re

from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.padding import PKCS7

# name -> revision of the handler
WAYS = {"RC4 of 40 bits": 2, "RC4 of 128 bits": 3, "AES of 128 bits": 4, "AES of 256 bits": 6}
_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj\n", re.DOTALL)
_STREAM = re.compile(rb"/Length \d+ >>\nstream\n(.*)\nendstream", re.DOTALL)
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_IDENTITY, _VECTOR = b"0123456789abcdef", bytes(range(16))
_NO_PERMISSION = (-3904).to_bytes(4, "little", signed=True)
_CRYPT_FILTER = b"/CF << /C << /CFM /%b /AuthEvent /DocOpen /Length %d >> >> /StmF /C /StrF /C"
_HEADS = {2: b"/V 1", 3: b"/V 2 /Length 128", 4: b"/V 4 /Length 128 " + _CRYPT_FILTER % (b"AESV2", 16),
          6: b"/V 5 /Length 256 " + _CRYPT_FILTER % (b"AESV3", 32)}  # fmt: skip


def encrypted(plain: bytes, revision: int, *, user: bytes = b"", owner: bytes = b"owner") -> bytes:
    """With every stream encrypted; without a user's password it opens for everybody."""
    key, entries = (_newest if revision == 6 else _older)(revision, user, owner)
    out, starts = bytearray(b"%PDF-1.7\n"), list[int]()
    objects = [(int(found[1]), found[2]) for found in _OBJECT.finditer(plain)]
    for number, body in objects:
        starts.append(len(out))
        if found := _STREAM.search(body):
            body = body[: found.start()] + _locked(found[1], key, number, revision)  # noqa: PLW2901 -- the same, locked
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    starts.append(len(out))
    hexed = b" ".join(b"/%b <%b>" % (name, value.hex().encode()) for name, value in entries.items())
    head = b"<< /Filter /Standard /R %d %b /P -3904 %b >>" % (revision, _HEADS[revision], hexed)
    last = len(objects) + 1
    out += b"%d 0 obj\n%b\nendobj\n" % (last, head)
    table = b"".join(b"%010d 00000 n \n" % at for at in starts)
    identity = _IDENTITY.hex().encode()
    end = b"trailer\n<< /Size %d /Root 1 0 R /Encrypt %d 0 R /ID [<%b> <%b>] >>\nstartxref\n%d\n%%%%EOF\n" % (
        last + 1, last, identity, identity, len(out),
    )  # fmt: skip
    return bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (last + 1, table, end)


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    return Cipher(ARC4(key), None).encryptor().update(data)


def _aes(key: bytes, vector: bytes, data: bytes) -> bytes:
    return Cipher(AES(key), modes.CBC(vector)).encryptor().update(data)


def _locked(body: bytes, key: bytes, number: int, revision: int) -> bytes:
    salt = b"sAlT" if revision == 4 else b""
    own = key if revision == 6 else _md5(key + number.to_bytes(3, "little") + bytes(2) + salt)[: min(len(key) + 5, 16)]
    if revision < 4:
        body = _rc4(own, body)
    else:
        padder = PKCS7(128).padder()
        body = _VECTOR + _aes(own, _VECTOR, padder.update(body) + padder.finalize())
    return b"/Length %d >>\nstream\n%b\nendstream" % (len(body), body)


def _older(revision: int, user: bytes, owner: bytes) -> tuple[bytes, dict[bytes, bytes]]:
    """Revisions 2 to 4: MD5 and RC4."""
    size, again = (5, 0) if revision == 2 else (16, 50)
    user, owner = (user + _PAD)[:32], (owner + _PAD)[:32]
    opens = _md5(owner)
    for _ in range(again):
        opens = _md5(opens)
    told = _many_times(opens[:size], user, again)
    key = _md5(user + told + _NO_PERMISSION + _IDENTITY)
    for _ in range(again):
        key = _md5(key[:size])
    key = key[:size]
    if revision == 2:
        return key, {b"O": told, b"U": _rc4(key, _PAD)}
    return key, {b"O": told, b"U": _many_times(key, _md5(_PAD + _IDENTITY), again) + bytes(16)}


def _many_times(key: bytes, data: bytes, again: int) -> bytes:
    for turn in range(20 if again else 1):
        data = _rc4(bytes(byte ^ turn for byte in key), data)
    return data


def _newest(_: int, user: bytes, owner: bytes) -> tuple[bytes, dict[bytes, bytes]]:
    """Revision 6: AES of 256 bits, the key wrapped for each password."""
    key, zeros = bytes(range(32)), bytes(16)
    for_user = _hashed(user, b"salt for", b"") + b"salt for" + b"key salt"
    wrapped_for_user = _aes(_hashed(user, b"key salt", b""), zeros, key)
    for_owner = _hashed(owner, b"salt own", for_user) + b"salt own" + b"key mine"
    wrapped_for_owner = _aes(_hashed(owner, b"key mine", for_user), zeros, key)
    allowed = Cipher(AES(key), modes.ECB()).encryptor().update(_NO_PERMISSION + b"\xff" * 4 + b"Tadb" + b"rand")  # noqa: S305 -- as the format says
    return key, {
        b"U": for_user, b"UE": wrapped_for_user, b"O": for_owner, b"OE": wrapped_for_owner, b"Perms": allowed,
    }  # fmt: skip


def _hashed(password: bytes, salt: bytes, more: bytes) -> bytes:
    """Algorithm 2.B."""
    value, turn, made = hashlib.sha256(password + salt + more).digest(), 0, b""
    while turn < 64 or made[-1] > turn - 32:
        made = _aes(value[:16], value[16:32], (password + value + more) * 64)
        value = (hashlib.sha256, hashlib.sha384, hashlib.sha512)[sum(made[:16]) % 3](made).digest()
        turn += 1
    return value[:32]
