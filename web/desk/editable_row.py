"""Rows of the city that administrators keep: a list, a page for each, one for a new one, and a button that ends it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Generic, TypeVar

from starlette.responses import RedirectResponse, Response

from core.casework import Actor, Turn
from core.casework.city_changes import CityPresent, city_present
from core.errors import NotFound, Refused
from web.desk import frame
from web.desk.routes import ADMINS, Page
from web.desk.session import ROOT, Visit

F = TypeVar("F")
NEW = "-baru"  # no id begins so
_ENDS, _COMES_BACK = "akhiri", "pulihkan"
_CHANGED = "city_changed_meanwhile"


@dataclass(frozen=True, slots=True)
class EditableRow(Generic[F]):
    """One kind of rows, below /petugas. F is its form as the use cases take it.

    `form_of` raises Refused for an id that is none; `typed` reads what was sent. `add`, `change`, `retire` and
    `restore` may raise Refused: what was typed stands there again then.
    """

    path: str
    list_template: str
    row_template: str
    title: str
    listed: Callable[[CityPresent], object]
    empty: Callable[[], F]
    form_of: Callable[[CityPresent, str], F]
    version_of: Callable[[CityPresent, str], int]
    typed: Callable[[Visit], F]
    add: Callable[[Turn, F, Actor], object]
    change: Callable[[Turn, str, F, Actor], object]
    beside: Callable[[Visit, CityPresent], Mapping[str, object]]
    retire: Callable[[Turn, str, Actor], object] | None = None
    restore: Callable[[Turn, str, Actor], object] | None = None

    @property
    def here(self) -> str:
        """Its address."""
        return f"{ROOT}/{self.path}"

    def pages(self) -> tuple[Page, ...]:
        """Its rows in the table of pages."""
        one = f"/{self.path}/{{id}}"
        ends = ((self.retire, _ENDS), (self.restore, _COMES_BACK))
        return (
            Page(f"/{self.path}", self._list, roles=ADMINS, title=self.title),
            Page(one, self._one, roles=ADMINS),
            Page(one, self._sent, "POST", roles=ADMINS, proof=True),
            *(
                Page(f"{one}/{name}", self._done(act), "POST", roles=ADMINS, proof=True)
                for act, name in ends
                if act is not None
            ),
        )

    async def _list(self, visit: Visit) -> Response:
        now = await visit.desk.read(lambda turn: city_present(turn.tx))
        rows, new = self.listed(now), f"{self.here}/{NEW}"
        return frame.page(
            visit,
            self.list_template,
            why=None,
            status=None,
            here=self.here,
            new=new,
            rows=rows,
            **self.beside(visit, now),
        )

    async def _one(self, visit: Visit) -> Response:
        now, id_ = await visit.desk.read(lambda turn: city_present(turn.tx)), visit.part("id")
        if id_ == NEW:
            return self._page(visit, now, self.empty(), 0)
        return self._page(visit, now, self._known(now, id_), self.version_of(now, id_))

    def _known(self, now: CityPresent, id_: str) -> F:
        """What its form shows; raises NotFound for a row that is none."""
        try:
            return self.empty() if id_ == NEW else self.form_of(now, id_)
        except Refused:
            raise NotFound from None

    def _page(self, visit: Visit, now: CityPresent, form: F, seen: int, why: Refused | None = None) -> Response:
        id_ = visit.part("id")
        return frame.page(
            visit,
            self.row_template,
            status=None,
            here=self.here,
            title=self.title,
            id="" if id_ == NEW else id_,
            action=f"{self.here}/{id_}",
            ends=f"{self.here}/{id_}/{_ENDS}",
            comes_back=f"{self.here}/{id_}/{_COMES_BACK}",
            form=form,
            seen=seen,
            why=why,
            **self.beside(visit, now),
        )

    async def _sent(self, visit: Visit) -> Response:
        id_, form, actor = visit.part("id"), self.typed(visit), visit.actor
        try:
            if id_ == NEW:
                await visit.desk.run(lambda turn: self.add(turn, form, actor))
            else:
                await visit.desk.run(lambda turn: self.change(turn, id_, form, actor))
        except Refused as no:
            now = await visit.desk.read(lambda turn: city_present(turn.tx))
            self._known(now, id_)
            # Who was told that it changed may send it again, over what it is now.
            seen = self.version_of(now, id_) if no.phrase == _CHANGED else seen_in(visit)
            return self._page(visit, now, form, seen, no)
        return await self._changed(visit)

    def _done(self, act: Callable[[Turn, str, Actor], object]) -> Callable[[Visit], Awaitable[Response]]:
        async def answer(visit: Visit) -> Response:
            id_, actor = visit.part("id"), visit.actor
            try:
                await visit.desk.run(lambda turn: act(turn, id_, actor))
            except Refused as no:
                now = await visit.desk.read(lambda turn: city_present(turn.tx))
                return self._page(visit, now, self._known(now, id_), self.version_of(now, id_), no)
            return await self._changed(visit)

        return answer

    async def _changed(self, visit: Visit) -> Response:
        await visit.desk.renew_city()
        return RedirectResponse(self.here, HTTPStatus.SEE_OTHER)


def seen_in(visit: Visit) -> int:
    """The version of the row that was shown; -1: none that there is."""
    typed = visit.form.text("versi") or "0"
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else -1  # noqa: PLR2004 - digits
