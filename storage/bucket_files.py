"""Sealed files as objects of a bucket: their names tell nothing, nor does what the store is told beside them."""

import re
from datetime import datetime

from storage.bucket import Bucket

_NAME = re.compile(r"[0-9a-f]{40}")


class BucketFiles:
    """storage.files.SealedFiles in a bucket. Whatever else lies under its prefix is left alone."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def read(self, name: str) -> bytes:
        """As it lies there; raises NotFound, StoreAway."""
        return self._bucket.get(name)

    def look(self, name: str) -> bytes:
        """The same for somebody who waits; raises NotFound, StoreAway."""
        return self._bucket.look(name)

    def write(self, name: str, sealed: bytes) -> None:
        """Returns once the store has it; raises StoreAway."""
        self._bucket.put(name, sealed)

    def remove(self, name: str) -> None:
        """Every version; raises StoreAway."""
        self._bucket.erase(name)

    def names(self) -> list[str]:
        """Raises StoreAway."""
        return sorted(each.name for each in self._bucket.listed() if _NAME.fullmatch(each.name))

    def sweep(self, in_use: set[str], older_than: datetime) -> int:
        """Removes what nothing names and the store has since before then; how many. Raises StoreAway."""
        old = [
            each.name
            for each in self._bucket.listed()
            if _NAME.fullmatch(each.name) and each.name not in in_use and each.changed < older_than
        ]
        for name in old:
            self._bucket.erase(name)
        return len(old)

    def check(self) -> None:
        """Raises StoreAway."""
        self._bucket.check()
