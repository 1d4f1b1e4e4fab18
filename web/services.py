"""What the web is given by the application, so that no page knows where an answer comes from."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Annotated, Protocol, TypeAlias, TypeVar

from fastapi import Depends, Request

from core.authority import Deed
from core.casework import Candidates, Miss, Turn
from core.city.profile import CITY
from core.messages import Address, Hook, PerceptualHash, StoredFile
from core.model import (
    AreaCode,
    DeliveryKind,
    FigureQuery,
    HookEvent,
    Phase,
    TrailPage,
    TrailQuery,
    Verified,
)
from core.ports import RandomSource, Sheet
from core.search_terms import SearchTerms
from web.figure_shapes import FigureReport, OpenData
from web.form_view import FillForm
from web.partners import Open311Services
from web.presence import Presence
from web.sign_on_provider import SignOn

T = TypeVar("T")
Cell: TypeAlias = str | date


@dataclass(frozen=True, slots=True, repr=False)
class Tracked:
    """What a typed code brings. All words are already in the reader's language; `status` is the word, not the id."""

    found: bool
    words: tuple[str, ...]
    status: str = ""
    phase: Phase | None = None  # gives the colour; None: nothing was found
    history: tuple[tuple[str, str], ...] = ()  # day as words, sentence
    wait: timedelta = timedelta()  # after too many wrong tries, as long as the words say
    ticket: str = field(default="", repr=False)  # stands for the code in the forms below
    offers: frozenset[Deed] = frozenset()  # what may be done now
    question: str = field(default="", repr=False)  # that waits for an answer
    number: int = 0  # of that question
    follows: bool = False  # the code is of somebody who follows the report of another
    withdrawing: bool = False  # somebody has asked to take it back
    said: tuple[str, ...] = ()  # what became of a form
    kept: bool = False  # whether anything was done; else what was typed is shown again
    once: str = ""  # makes a form below that is sent twice one act


@dataclass(frozen=True, slots=True)
class CodeForm:
    """What a form of the tracking page asks for. `deed` None: nothing, but to see how the report stands.

    `ticket` stands for the code; `typed` is the code itself, where it was asked for again. `once`: what makes a form
    that is sent twice one act.
    """

    deed: Deed | None
    ticket: str = field(default="", repr=False)
    typed: str = field(default="", repr=False)
    once: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    files: tuple[bytes, ...] = field(default=(), repr=False)
    question: int = 0
    solved: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table of counts, with its title and labels as people read them."""

    title: str
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of all reports; small counts of an area were left out by who made them."""

    total: int
    tables: tuple[Table, ...] = ()
    note: str = ""  # how they are counted, as people read it; empty: they are renewed every minute


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """How many reports were published of an area, and the median of the days in which they were solved.

    `days` None: too few were solved.
    """

    reports: int
    days: float | None = None


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """Of the smallest areas; small counts were left out by who made them: what has fewer than `least` is not here.

    `sheet`: how they are drawn, None: there is no map; `credit`: whom it names as its source; `batches`: they are of
    what was published in batches.
    """

    areas: Mapping[AreaCode, AreaFigure] = field(default_factory=dict)
    sheet: Sheet | None = None
    credit: str = ""
    least: int = 1
    batches: bool = False


async def _nothing() -> tuple[str, ...]:
    return ()


async def _no_places() -> PlaceFigures:
    return PlaceFigures()


@dataclass(frozen=True, slots=True)
class Way:
    """A way to report, as the front page shows it: Telegram, @ResiBot, https://t.me/ResiBot."""

    name: str
    address: str
    link: str = ""


class Run(Protocol):
    """Runs a turn in one transaction, on a thread; raises what it raised, or StoreAway."""

    def __call__(self, turn: Callable[[Turn], T], /) -> Awaitable[T]:
        """After the commit."""


class RunElse(Protocol):
    """The same of what must be kept: where a fault of ours stops `turn`, `instead` is run."""

    def __call__(self, turn: Callable[[Turn], T], instead: Callable[[Turn], T], /) -> Awaitable[T]:
        """After the commit."""


async def nothing_to_renew() -> None:
    """Where no city changes."""


class Authenticator(Protocol):
    """Codes that pass with time, as an app on a telephone shows them."""

    def step(self, secret: str, typed: str, at: datetime) -> int | None:
        """Which step of time the code is of; None: of none near enough."""

    def address(self, secret: str, name: str) -> str:
        """What the app reads."""

    def picture(self, address: str) -> str:
        """The same, or any short text, as a picture that is scanned, as an address that holds all of it."""


class Trail(Protocol):
    """What auditors ask of the trail, beside whatever is being written."""

    def page(self, query: TrailQuery) -> Awaitable[TrailPage]:
        """Newest first."""

    def verify(self) -> Awaitable[Verified]:
        """Whether it holds to its end."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Deliveries of a kind on a channel that are not yet sent, or given up."""

    channel: str
    kind: DeliveryKind
    waiting: int
    dead: int


@dataclass(frozen=True, slots=True)
class System:
    """How the service stands, in numbers; `channels`: those that are there, and whether each is switched on."""

    letters: tuple[Letters, ...]
    oldest: datetime | None  # since when the delivery that waits longest could have left
    leads: bool  # the clock runs in this process
    channels: tuple[tuple[str, bool], ...]
    database: str
    due: int  # open reports whose time ends within a day
    late: int  # and those whose time is over
    version: str
    now: datetime


@dataclass(frozen=True, slots=True)
class DeskServices:
    """Every way from the staff desk into the service."""

    run: Run
    run_else: RunElse
    read: Run  # for turns that write nothing
    fits: Callable[[str, str | None], Awaitable[bool]]  # password, hash; None: nobody's, and it takes as long
    hashed: Callable[[str], Awaitable[str]]
    judged: Callable[[str, str], Awaitable[None]]  # password, account's name; raises Refused where it may not be chosen
    photo: Callable[[bytes], Awaitable[tuple[StoredFile, PerceptualHash]]]  # scrubbed and kept; raises Refused
    file: Callable[[StoredFile], Awaitable[bytes | None]]  # None: it is gone
    authenticator: Authenticator
    trail: Trail
    sheet: Callable[[str, Sequence[Sequence[Cell]]], Awaitable[bytes]]  # csv or xlsx; the first row names the others
    search: Callable[[SearchTerms], Awaitable[Candidates]]  # over the whole city: what is theirs, the store says
    system: Callable[[], Awaitable[System]]
    rng: RandomSource
    zone: tzinfo
    renew_city: Callable[[], Awaitable[None]] = nothing_to_renew  # after a change, for the next page of this process
    ways: Mapping[str, Callable[[str], Address | None]] = field(default_factory=dict)
    """Channels on which news can go to an address that somebody wrote down, and how each reads it."""
    sign_on: SignOn | None = None
    passwords: bool = True  # whether anybody comes in with one
    mail_leaves: bool = True
    """Whether mail to staff has a real way out; else it is written to a folder."""
    production: bool = False
    hooks: Callable[[], Awaitable[Sequence[HookEvent]]] | None = None  # what partners were told lately
    map_credit: Callable[[], str] = lambda: ""
    """Whom pages with a map name as its source; empty: nobody."""
    refusals: Counter[Miss] = field(default_factory=Counter)
    """How often since the start, whoever it was."""
    together: Presence = field(default_factory=Presence)
    troubles: Callable[[], Sequence[tuple[str, str]]] = tuple
    """What all staff are told of the service itself: a phrase, and the channel that it is about, or nothing."""


@dataclass(frozen=True, slots=True)
class WebServices:
    """Every way from the web into the service, and the little that it must know of its surroundings."""

    hooks: tuple[Hook, ...]
    track: Callable[[str, str, str], Awaitable[Tracked]]  # typed text, peer (for the limit alone), language
    statistics: Callable[[str], Awaitable[Statistics]]  # language
    ready: Callable[[], Awaitable[tuple[str, ...]]]  # names of what is not ready
    metrics: Callable[[], Awaitable[bytes]]
    act: Callable[[CodeForm, str, str], Awaitable[Tracked]] | None = None  # the form, peer, language
    places: Callable[[], Awaitable[PlaceFigures]] = _no_places
    lacking: Callable[[], Awaitable[tuple[str, ...]]] = _nothing  # names of what pages do without for now
    figures: Callable[[FigureQuery], Awaitable[FigureReport]] | None = None
    """Where the query names no period, the last one of which there are figures. None: no figures are kept."""
    open_data: Callable[[str], Awaitable[OpenData]] | None = None
    """Of a month, as 2026-11; empty: of the last one. None: none is given."""
    csv: Callable[[Sequence[Sequence[Cell]]], bytes] = lambda _: b""
    """Rows as a file that is harmless in a spreadsheet; the first row names the others."""
    tiles: Path | None = None  # a PMTiles file of streets, which officers see below a point
    metrics_type: str = "text/plain; version=0.0.4; charset=utf-8"
    metrics_token: str = field(default="", repr=False)  # opens them from afar; empty: nothing does
    default_lang: str = CITY.language
    public_url: str = ""
    onion: str = ""  # base of the same pages as an onion service; empty: there is none
    trusted_proxies: tuple[str, ...] = ()  # addresses or networks whose X-Forwarded-For is believed
    ways: tuple[Way, ...] = ()
    form: FillForm | None = None  # None: there is no form for anybody
    open311: Open311Services | None = None  # None: no Open311
    desk: DeskServices | None = None  # None: there is no /petugas
    body_seconds: float = 10.0  # a body that takes longer is given up, but for the time that its bytes take
    connections: int = 2_000  # most that are open at once
    requests_of_one: int = 200  # most requests for pages of one address at once, those that wait among them


def services_of(request: Request) -> WebServices:
    """The services of the application that takes this request."""
    services: WebServices = request.app.state.services
    return services


async def _services(request: Request) -> WebServices:
    # A plain function would be sent to a thread for every request.
    return services_of(request)


ServicesDep = Annotated[WebServices, Depends(_services)]
