"""The relay that a service's mail goes out by: SmtpSink in a thread of its own, so that a test may block."""

import asyncio
import re
import threading
from types import TracebackType
from typing import Self

from tests.fakes.patience import PATIENCE
from tests.fakes.smtp_sink import Caught, SmtpSink


class Relay:
    """A context; `url` is for RESI_MAIL_RELAY_URL."""

    def __init__(self) -> None:
        self.url = ""
        self._sink = SmtpSink()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="relay", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._sink.__aenter__(), self._loop).result(PATIENCE)
        self.url = self._sink.url
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._sink.__aexit__(), self._loop).result(PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def answers(self, stage: str, answer: str, *, times: int = 1) -> None:
        """As SmtpSink.answers."""
        self._loop.call_soon_threadsafe(lambda: self._sink.answers(stage, answer, times=times))

    @property
    def mails(self) -> list[Caught]:
        """What came, in order."""
        return list(self._sink.mails)

    def mails_to(self, address: str) -> list[Caught]:
        """What came for one person."""
        return [mail for mail in self.mails if mail.recipients == (address,)]


def words_of(mail: Caught) -> str:
    """The text, with one space for every break."""
    return re.sub(r"\s+", " ", mail.text).strip()
