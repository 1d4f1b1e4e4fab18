"""An office: staff in front of browsers, the desk's pages behind them, and a town in memory that reports to it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from html import unescape
from http.cookies import SimpleCookie
from typing import Self, TypeVar

import httpx

from core.casework import Candidates, Turn, login
from core.casework.searching import MOST
from core.categories import adopt
from core.city.present import changes_of
from core.errors import Refused, StoreAway
from core.messages import Address, PerceptualHash, StoredFile
from core.model import (
    AgencyId,
    DeliveryKind,
    Number,
    Report,
    Staff,
    StaffId,
    StaffRole,
    Traced,
    TrailPage,
    TrailQuery,
    Verified,
)
from core.search_terms import SearchTerms, fits
from tests.fakes.nouns import token
from tests.fakes.town import PHOTO, Town
from tests.fakes.web_services import Behind
from web import DeskServices, Letters, System, create_app
from web.sign_on_provider import SignOn

T = TypeVar("T")
ROOT = "/petugas"
GAMBIR = AgencyId("kel:31.71.01.1001")
PASSWORD = "kata sandi yang panjang"
PICTURE = b"picture"


def form_token(html: str) -> str:
    """Of the first form of a page; empty where it has none."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', html)
    return found.group(1) if found else ""


class Clockwork:
    """web.Authenticator whose codes are the steps of time themselves, behind the first letters of the secret."""

    def step(self, secret: str, typed: str, at: datetime) -> int | None:
        now = int(at.timestamp()) // 30
        return next((step for step in (now, now - 1, now + 1) if typed == f"{secret[:4].lower()}{step}"), None)

    def address(self, secret: str, name: str) -> str:
        return f"otpauth://totp/{name}?secret={secret}"

    def picture(self, address: str) -> str:
        return f"data:image/svg+xml,{len(address)}"


@dataclass
class ShelfTrail:
    """web.Trail over what a town's store kept; `bad`: the first row that does not hold."""

    town: Town
    bad: int | None = None
    unreadable: set[int] = field(default_factory=set)

    async def page(self, query: TrailQuery) -> TrailPage:
        kept = sorted(self.town.store.state.audit.items(), reverse=True)
        fitting = [
            Traced(row, None if row in self.unreadable else entry)
            for row, entry in kept
            if (query.before is None or row < query.before)
            and query.account in {"", entry.who, entry.act.partition(" ")[2]}
            and query.number in {"", entry.number}
        ]
        shown = fitting[: query.most]
        return TrailPage(tuple(shown), shown[-1].row if len(fitting) > query.most else None)

    async def verify(self) -> Verified:
        rows = len(self.town.store.state.audit)
        return Verified(rows if self.bad is None else self.bad - 1, self.bad)


def _telephone(typed: str) -> Address | None:
    digits = typed.replace("-", "").replace(" ", "")
    return Address(f"+62{digits[1:]}") if digits.startswith("08") and digits.isdigit() else None


def _mailbox(typed: str) -> Address | None:
    return Address(typed) if re.fullmatch(r"\S+@\S+\.\w+", typed) else None


@dataclass
class Office:
    """The desk over a town's store; passwords are hashed by writing "hash of" before them."""

    town: Town = field(default_factory=Town)
    production: bool = False
    public_url: str = ""
    indexed: bool = True
    compared: list[str | None] = field(default_factory=list)  # hashes that passwords were compared with
    erased: set[str] = field(default_factory=set)  # names of files
    files_away: bool = False
    rules_fail: bool = False  # those of words and places
    map_credit: str = ""
    ways: dict[str, Callable[[str], Address | None]] | None = None  # None: by SMS and by mail
    mail_leaves: bool = True
    sign_on: SignOn | None = None
    passwords: bool = True

    def __post_init__(self) -> None:
        self.town.context = replace(self.town.context, second_person=self.production)
        self.trail = ShelfTrail(self.town)
        self.desk = DeskServices(
            run=self._run,
            run_else=self._run_else,
            read=self._run,
            fits=self._fits,
            hashed=self._hashed,
            judged=self._judged,
            photo=self._photo,
            file=self._file,
            authenticator=Clockwork(),
            search=self._search,
            sheet=self._sheet,
            trail=self.trail,
            system=self._system,
            ways={"sms": _telephone, "mail": _mailbox} if self.ways is None else self.ways,
            mail_leaves=self.mail_leaves,
            sign_on=self.sign_on,
            passwords=self.passwords,
            rng=self.town.context.rng,
            zone=self.town.context.zone,
            renew_city=self._renew_city,
            production=self.production,
            map_credit=lambda: self.map_credit,
        )
        self.app = create_app(replace(Behind().services(), desk=self.desk, public_url=self.public_url))

    async def _renew_city(self) -> None:
        adopt(changes_of(self.town.store.state.city_changes.values()))

    def turn(self, turn: Callable[[Turn], T]) -> T:
        """A turn of our own."""
        now = self.town.clock.now()
        return self.town.store.run(lambda tx: turn(Turn(tx, now, self.town.context)))

    def hire(
        self, name: str, role: StaffRole = StaffRole.OFFICER, agency: AgencyId = GAMBIR, *, fresh: bool = False
    ) -> Staff:
        """An account with PASSWORD."""
        staff = Staff(StaffId(token()), name, agency, role, fresh=fresh)
        self.town.store.run(lambda tx: tx.accounts.add(staff, f"hash of {PASSWORD}"))
        return staff

    async def administrator(self) -> "Browser":
        """Who arranges things, hired and logged in."""
        self.hire("admin", StaffRole.ADMIN, AgencyId("biro_pemerintahan"))
        return await self.at_work("admin")

    def code(self, staff: Staff) -> str:
        """What their telephone shows now."""
        factor = self.town.store.state.factors[staff.id]
        return f"{factor.secret[:4].lower()}{int(self.town.clock.at.timestamp()) // 30}"

    def receives(self, story: str = "Lampu jalan mati di kelurahan Gambir", *, photo: bool = False) -> Report:
        """A citizen reports it by mail."""
        before = {each.id for each in self.town.reports}
        citizen = self.town.citizen("mail", f"{token()}@example.org")
        if photo:
            citizen.sends_photo(story)
        else:
            citizen.writes(story)
        return next(each for each in self.town.reports if each.id not in before)

    def report(self, number: Number) -> Report:
        """As it stands now."""
        return next(each for each in self.town.reports if each.number == number)

    def browser(self, peer: str = "198.51.100.7") -> "Browser":
        """Somebody in front of a screen at that address."""
        return Browser(self, peer)

    async def at_work(self, name: str, peer: str = "198.51.100.7") -> "Browser":
        """The same, logged in."""
        browser = self.browser(peer)
        answer = await browser.logs_in(name)
        assert answer.status_code == 303, answer.text
        return browser

    async def _system(self) -> System:
        waiting = [each.channel for each in self.town.store.state.waiting.values()]
        letters = tuple(Letters(name, DeliveryKind.NEWS, waiting.count(name), 1) for name in sorted(set(waiting)))
        channels = (("telegram", False), ("sms", True))
        now = self.town.clock.now()
        return System(letters, now if waiting else None, True, channels, "SQLite", 3, 1, "1.2.3", now)  # noqa: FBT003 - as it stands in the shape

    async def _run(self, turn: Callable[[Turn], T], /) -> T:
        return self.turn(turn)

    async def _run_else(self, turn: Callable[[Turn], T], instead: Callable[[Turn], T], /) -> T:
        return self.turn(instead if self.rules_fail else turn)

    async def _search(self, asked: SearchTerms) -> Candidates:
        """Over the whole city, as the index of a running service."""
        found = [each.number for each in reversed(self.town.reports) if fits(each, asked)]
        return Candidates(found[:MOST], ready=self.indexed)

    async def _sheet(self, kind: str, rows: Sequence[Sequence[str | date]]) -> bytes:
        return "\n".join("|".join(map(str, row)) for row in ([kind], *rows)).encode()

    async def _fits(self, password: str, kept: str | None) -> bool:
        self.compared.append(kept)
        return kept == f"hash of {password}"

    async def _hashed(self, password: str) -> str:
        return f"hash of {password}"

    async def _judged(self, password: str, name: str) -> None:
        login.good_password(password, name)
        if "password" in password:
            raise Refused("staff_password_common")

    async def _photo(self, data: bytes) -> tuple[StoredFile, PerceptualHash]:
        if not data.startswith(PICTURE):
            raise Refused("file_kind")
        stored = StoredFile(data.hex().ljust(40, "0")[:40], "a2V5", "image/jpeg", len(data))
        return stored, PerceptualHash(tuple(data.ljust(13, b"\0")[:13] for _ in range(4)), data)

    async def _file(self, kept: StoredFile) -> bytes | None:
        if self.files_away:
            raise StoreAway("silent")
        return None if kept.name in self.erased else b"bytes of " + kept.name.encode()


class Browser:
    """Keeps cookies as a browser does, follows nothing by itself, and finds the token of the form it sends."""

    def __init__(self, office: Office, peer: str) -> None:
        wire = httpx.ASGITransport(office.app, raise_app_exceptions=False, client=(peer, 4711))
        self._client = httpx.AsyncClient(transport=wire, base_url="https://resi.test")
        self.cookies = self._client.cookies
        self.headers = self._client.headers

    def copies(self, other: Self) -> Self:
        """Takes the cookies of another one, as a thief would."""
        self._client.cookies = httpx.Cookies(other.cookies)
        self.cookies = self._client.cookies
        return self

    async def opens(self, path: str = ROOT) -> httpx.Response:
        return await self._client.get(path)

    async def posts(
        self, path: str, form: dict[str, str] | None = None, files: dict[str, bytes] | None = None
    ) -> httpx.Response:
        """Just that form, without a token of its own."""
        parts = {name: (f"{name}.jpg", data, "image/jpeg") for name, data in (files or {}).items()}
        return await self._client.post(path, data=form or {}, files=parts or None)

    async def sends(
        self, page: str, path: str, form: dict[str, str] | None = None, files: dict[str, bytes] | None = None
    ) -> httpx.Response:
        """A form that stands on a page, with what the page put into it."""
        html = (await self.opens(page)).text
        version = re.search(r'name="versi" value="(\d+)"', html)
        hidden = {"csrf": form_token(html)} | ({"versi": version.group(1)} if version else {})
        return await self.posts(path, hidden | (form or {}), files)

    async def logs_in(self, name: str, password: str = PASSWORD, to: str = "") -> httpx.Response:
        page = f"{ROOT}/masuk" + (f"?ke={to}" if to else "")
        wanted = re.search(r'name="ke" value="([^"]*)"', (await self.opens(page)).text)
        typed = {"nama": name, "sandi": password, "ke": unescape(wanted.group(1)) if wanted else ""}
        return await self.sends(page, f"{ROOT}/masuk", typed)

    async def does(
        self, number: str, act: str, form: dict[str, str] | None = None, files: dict[str, bytes] | None = None
    ) -> httpx.Response:
        page = f"{ROOT}/laporan/{number}"
        return await self.sends(page, f"{page}/{act}", form, files)


def cookie_of(answer: httpx.Response, name: str) -> dict[str, str]:
    """How a cookie was set: its value and its attributes; empty where it was not."""
    for header in answer.headers.get_list("set-cookie"):
        jar = SimpleCookie(header)
        if name in jar:
            return {"value": jar[name].value} | {key: str(value) for key, value in jar[name].items() if value}
    return {}


__all__ = ["GAMBIR", "PASSWORD", "PHOTO", "PICTURE", "ROOT", "Browser", "Office", "cookie_of", "form_token"]
