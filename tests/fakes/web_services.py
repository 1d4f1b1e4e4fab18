"""The services of the web with nothing behind them but what a test puts there, and a client."""

from dataclasses import dataclass, field, replace

import httpx
from fastapi import FastAPI

from core.messages import Hook, HookAnswer, HookRequest
from web import CodeForm, PlaceFigures, Statistics, Table, Tracked, WebServices, create_app

KNOWN = "4821-0000-1111-2222"


@dataclass
class Behind:
    """What a test may set, and what it may look at afterwards."""

    tracked: Tracked = field(default_factory=lambda: Tracked(found=False, words=("Tidak ditemukan.",)))
    counted: Statistics = field(default_factory=lambda: Statistics(7, (Table("Status", (("Selesai", 7),)),)))
    missing: tuple[str, ...] = ()
    text: bytes = b"resi_outbox_pending 0\n"
    raises: Exception | None = None
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    forms: list[CodeForm] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)
    placed: PlaceFigures = field(default_factory=PlaceFigures)
    places_asked: int = 0

    def _maybe(self) -> None:
        if self.raises is not None:
            raise self.raises

    async def track(self, typed: str, peer: str, lang: str) -> Tracked:
        self.asked.append((typed, peer, lang))
        self._maybe()
        return self.tracked

    async def act(self, form: CodeForm, peer: str, lang: str) -> Tracked:
        self.asked.append((form.typed, peer, lang))
        self.forms.append(form)
        self._maybe()
        return self.tracked

    async def statistics(self, lang: str) -> Statistics:
        self.counts.append(lang)
        self._maybe()
        return self.counted

    async def places(self) -> PlaceFigures:
        self.places_asked += 1
        self._maybe()
        return self.placed

    async def ready(self) -> tuple[str, ...]:
        self._maybe()
        return self.missing

    async def metrics(self) -> bytes:
        self._maybe()
        return self.text

    def services(self, *hooks: Hook) -> WebServices:
        return WebServices(
            hooks, self.track, self.statistics, self.ready, self.metrics, act=self.act, places=self.places
        )

    def app(self, *hooks: Hook, **settings: str | float | tuple[str, ...]) -> FastAPI:
        return create_app(replace(self.services(*hooks), **settings))  # type: ignore[arg-type] # each test its own


@dataclass
class Ear:
    """A hook's other end: keeps what it heard."""

    status: int = 200
    raises: Exception | None = None
    heard: list[HookRequest] = field(default_factory=list)

    async def answer(self, request: HookRequest) -> HookAnswer:
        self.heard.append(request)
        if self.raises is not None:
            raise self.raises
        return HookAnswer(self.status, b"<Response/>", "text/xml")

    def hook(self, method: str = "POST", path: str = "/hooks/sms", max_bytes: int = 1000) -> Hook:
        return Hook(method, path, self.answer, max_bytes)


_HERE = frozenset({"127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"})  # who is there asks by no name of the city


def client(app: FastAPI, peer: str = "198.51.100.7") -> httpx.AsyncClient:
    """A browser at that address; an error of the app comes as an answer, never as an exception."""
    wire = httpx.ASGITransport(app, raise_app_exceptions=False, client=(peer, 4711))
    return httpx.AsyncClient(transport=wire, base_url=f"http://{'localhost' if peer in _HERE else 'resi.test'}")


async def get(app: FastAPI, path: str, *, peer: str = "198.51.100.7") -> httpx.Response:
    async with client(app, peer) as browser:
        return await browser.get(path)


async def post(
    app: FastAPI,
    path: str,
    content: bytes | str = b"",
    *,
    kind: str = "application/x-www-form-urlencoded",
    peer: str = "198.51.100.7",
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    async with client(app, peer) as browser:
        return await browser.post(path, content=content, headers={"Content-Type": kind, **(headers or {})})
