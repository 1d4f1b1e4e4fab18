"""`resi chat`: the same core, the same store, any channel's profile; answers are shown instead of sent."""

from dataclasses import replace

from rich.console import Console

from app.runtime import Runtime, open_runtime
from app.sandbox import Sandbox
from app.settings import Settings
from app.time_and_random import SystemRandomSource
from bots.channels import channel as channel_named
from bots.terminal import envelope_of
from bots.terminal.send import show
from core import intake
from core.city.profile import CITY
from core.errors import FileAway, Refused, StoreAway
from core.messages import Address, ChannelProfile, Envelope, Incoming, Point, StoredFile, WireId
from core.phrases import phrase, render

_GOODBYE = frozenset({":q", ":keluar", ":quit", ":exit"})
_NEW_MAIL = frozenset({":baru", ":new"})


class _Talk:
    """One person at the terminal; its address is made up for the hour and reaches nobody."""

    def __init__(self, opened: Runtime, sandbox: Sandbox, profile: ChannelProfile) -> None:
        self._opened = opened
        self._sandbox = sandbox
        self._profile = profile
        self._rng = SystemRandomSource()
        self._sender = Address(self._rng.token())
        self._in_thread = False
        self.console = Console(highlight=False)

    def tell_how(self) -> None:
        """What can be typed beside words."""
        lang = self._opened.settings.lang
        self.console.print(f"{phrase('chat_how', lang)} {CITY.near[0]},{CITY.near[1]}", style="dim")
        if self._profile.threads:
            self.console.print(phrase("chat_how_mail", lang), style="dim")

    def take(self, line: str) -> None:
        """One message in, one shown."""
        lang = self._opened.settings.lang
        if line.lower() in _NEW_MAIL:
            self._in_thread = False
            return
        try:
            envelope = envelope_of(line, self._sender, WireId(self._rng.token()))
            envelope = replace(envelope, in_thread=self._in_thread)
            self._in_thread = self._profile.threads
            self._answer(self._prepared(envelope))
        except Refused as no:
            show(self.console, phrase(no.phrase, lang), (), self._profile)
        except StoreAway:
            show(self.console, phrase("send_again", lang), (), self._profile)

    def _prepared(self, envelope: Envelope) -> Incoming:
        kept: list[StoredFile] = []
        refused: list[str] = []
        found: Point | None = None
        for ref in envelope.files:
            try:
                clean = self._sandbox.scrub_now(ref.data)
                kept.append(self._opened.files.put(clean.data, clean.kind))
                found = found or clean.place
            except Refused as no:
                refused.append(no.phrase)
            except FileAway:
                refused.append("file_lost")
        return Incoming(envelope, tuple(kept), tuple(refused), found)

    def _answer(self, incoming: Incoming) -> None:
        opened = self._opened
        now = opened.clock.now()
        _, reply = opened.store.run(lambda tx: intake.answer(tx, incoming, now, opened.context))
        if reply is not None:
            said = render(reply.say, reply.lang, self._profile)
            show(self.console, said.text, said.options, self._profile)


def chat(settings: Settings, channel: str, lang: str) -> None:
    """Until :q or the end of the input."""
    profile = channel_named(channel).profile.with_proved_senders()  # nobody else types here
    if lang:
        settings = replace(settings, lang=lang)
    sandbox = Sandbox(limits=settings.limits)
    sandbox.start()
    try:
        opened = open_runtime(settings, changed={"terminal": profile})
        try:
            _talk(_Talk(opened, sandbox, profile))
        finally:
            opened.close()
    finally:
        sandbox.stop()


def _talk(talk: _Talk) -> None:
    talk.tell_how()
    while True:
        try:
            line = talk.console.input("[bold]> [/bold]").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if line in _GOODBYE:
            return
        if line:
            talk.take(line)
