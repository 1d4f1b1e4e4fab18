"""How many requests are worked on at once, hooks apart from pages, and every address in its turn.

A crowd of pages from one address waits for itself: others go before it, hooks and monitors never wait for pages.
"""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.client_address import crowd

_HOLDS = "resi.holds"  # in the scope of a request: what it holds
FREE_BYTES = 65_536  # of each body: no form of a citizen is longer, and hardly a hook
HELD_BYTES = 268_435_456
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


@dataclass(frozen=True, slots=True)
class Capacity:
    """Of one kind of requests: most that are worked on, of all and of one address; most that wait; for how long."""

    at_once: int
    of_one: int
    waiting: int
    all_of_one: int  # worked on and waiting
    seconds: float = 10.0


class Crowded(Exception):
    """No place now; `own`: because of others from the same address."""

    def __init__(self, *, own: bool) -> None:
        super().__init__("own" if own else "all")
        self.own = own


@dataclass(slots=True)
class Line:
    """One kind of requests. In one loop."""

    capacity: Capacity
    total: int = 0
    running: Counter[str] = field(default_factory=Counter)
    waiting: OrderedDict[str, deque[asyncio.Future[None]]] = field(default_factory=OrderedDict)

    async def enter(self, who: str) -> None:
        """Returns when it is this one's turn; whoever entered leaves. Raises Crowded."""
        if self._free(who) and who not in self.waiting:
            self._start(who)
            return
        self._make_room(who)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.setdefault(who, deque()).append(turn)
        try:
            async with asyncio.timeout(self.capacity.seconds):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self.leave(who)
            self._forget(who, turn)
            if isinstance(error, TimeoutError):
                raise Crowded(own=False) from None
            raise

    def leave(self, who: str) -> None:
        """Done; the next one is called."""
        self.total -= 1
        self.running[who] -= 1
        if not self.running[who]:
            del self.running[who]
        self._call()

    def _free(self, who: str) -> bool:
        return self.total < self.capacity.at_once and self.running[who] < self.capacity.of_one

    def _start(self, who: str) -> None:
        self.total += 1
        self.running[who] += 1

    def _call(self) -> None:
        """The next of each address in turn, as long as there is room."""
        for who in tuple(self.waiting):
            if self.total >= self.capacity.at_once:
                return
            if self._free(who):
                turn = self.waiting[who].popleft()
                self._end(who)
                self._start(who)
                turn.set_result(None)

    def _end(self, who: str) -> None:
        """Who had a turn goes behind the others, or out."""
        if self.waiting[who]:
            self.waiting.move_to_end(who)
        else:
            del self.waiting[who]

    def _make_room(self, who: str) -> None:
        """The newest of the longest queue gives way to one whose queue is shorter."""
        mine = len(self.waiting.get(who, ()))
        if self.running[who] + mine >= self.capacity.all_of_one:
            raise Crowded(own=True)
        if sum(map(len, self.waiting.values())) < self.capacity.waiting:
            return
        longest = max(self.waiting, key=lambda each: len(self.waiting[each]))
        if len(self.waiting[longest]) <= mine + 1:
            raise Crowded(own=False)
        last = self.waiting[longest].pop()
        self._end(longest)
        last.set_exception(Crowded(own=True))

    def _forget(self, who: str, turn: asyncio.Future[None]) -> None:
        queue = self.waiting.get(who)
        if queue is not None and turn in queue:
            queue.remove(turn)
            if not queue:
                del self.waiting[who]


def hooks(connections: int) -> Capacity:
    """A third of so many connections; a provider brings everybody's messages, and has no limit of its own."""
    most = max(1, min(128, connections // 6))
    waiting = min(512, connections // 6)
    return Capacity(at_once=most, of_one=most, waiting=waiting, all_of_one=most + waiting)


def monitors(connections: int) -> Capacity:
    """A few."""
    return Capacity(at_once=4, of_one=2, waiting=min(64, connections // 16), all_of_one=20)


def pages(connections: int, of_one: int) -> Capacity:
    """Half of so many connections; `of_one`: requests of one address, worked on and waiting."""
    of_one = max(1, min(of_one, connections // 4))
    working = max(1, min(24, of_one, connections // 12))
    waiting = min(2 * of_one, connections // 2 - 2 * working)
    return Capacity(at_once=2 * working, of_one=working, waiting=waiting, all_of_one=of_one)


class Held:
    """Bytes of bodies that lie in memory, by who sent them; what every form has is not counted."""

    def __init__(self, total: int = HELD_BYTES) -> None:
        self.total = total
        self.held: Counter[str] = Counter()

    def take(self, who: str, count: int) -> None:
        """Raises Crowded: of one address a quarter of all at most."""
        if self.held[who] + count > self.total // 4:
            raise Crowded(own=True)
        if self.held.total() + count > self.total:
            raise Crowded(own=False)
        self.held[who] += count

    def give_back(self, who: str, count: int) -> None:
        """What was taken."""
        self.held[who] -= count
        if not self.held[who]:
            del self.held[who]


@dataclass(slots=True, repr=False)
class _Pass:
    """What one request holds: a place in its line until its answer begins, and its body until it ends."""

    line: Line
    memory: Held
    who: str
    inside: bool = False
    read: int = 0
    taken: int = 0

    async def take(self) -> None:
        if not self.inside:
            await self.line.enter(self.who)
            self.inside = True

    def give_back(self) -> None:
        if self.inside:
            self.inside = False
            self.line.leave(self.who)

    def keep(self, count: int) -> None:
        self.read += count
        more = max(0, self.read - FREE_BYTES) - self.taken
        if more:
            self.memory.take(self.who, more)
            self.taken += more

    def end(self) -> None:
        self.give_back()
        if self.taken:
            self.memory.give_back(self.who, self.taken)


class RequestLimits:
    """ASGI: the lines in front of the application. `refused` makes the answer for one who is not let in."""

    def __init__(
        self, app: ASGIApp, *, connections: int, of_one: int, refused: Callable[[Request, HTTPException], ASGIApp]
    ) -> None:
        self._app = app
        self._refused = refused
        self._hooks, self._monitors = Line(hooks(connections)), Line(monitors(connections))
        self._pages = Line(pages(connections, of_one))
        self._memory = Held()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI. Alive is said without waiting; who sends a body has its turn when all of it is here."""
        if scope["type"] != "http" or scope["path"] == "/healthz":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        held = scope[_HOLDS] = _Pass(self._line(scope["path"]), self._memory, crowd(request))

        async def sent(message: Message) -> None:
            held.give_back()  # the work is done: how fast it is read is the reader's business
            await send(message)

        try:
            if scope["method"] not in _WITH_BODY:
                await held.take()
            await self._app(scope, receive, sent)
        except Crowded as crowded:
            await self._refused(request, _refusal(crowded))(scope, receive, send)
        finally:
            held.end()

    def _line(self, path: str) -> Line:
        if path.startswith("/hooks/"):
            return self._hooks
        return self._monitors if path in {"/readyz", "/metrics"} else self._pages


def _refusal(crowded: Crowded) -> HTTPException:
    """Whose doing it is, and when to come again."""
    status = HTTPStatus.TOO_MANY_REQUESTS if crowded.own else HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPException(status, headers={"Retry-After": "2" if crowded.own else "10", "Connection": "close"})


def keep(request: Request, count: int) -> None:
    """So many bytes more of its body lie in memory. Raises HTTPException 429 or 503."""
    held: _Pass | None = request.scope.get(_HOLDS)
    try:
        if held is not None:
            held.keep(count)
    except Crowded as crowded:
        raise _refusal(crowded) from None


async def admitted(request: Request) -> None:
    """Waits for the turn of a request whose body has come. Raises HTTPException 429 or 503."""
    held: _Pass | None = request.scope.get(_HOLDS)
    try:
        if held is not None:
            await held.take()
    except Crowded as crowded:
        raise _refusal(crowded) from None
