"""The real Clock and RandomSource."""

import base64
import secrets
from datetime import UTC, datetime


class SystemClock:
    """core.ports.Clock."""

    def now(self) -> datetime:
        """UTC, aware."""
        return datetime.now(UTC)


class SystemRandomSource:
    """core.ports.RandomSource, from the operating system's generator."""

    def token(self) -> str:
        """128 random bits, 26 lower-case base32 characters."""
        return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()

    def below(self, end: int) -> int:
        """A whole number, 0 <= n < end."""
        return secrets.randbelow(end)
