"""A list that administrators keep: its rows, a form that adds one, and a button that takes one away."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from core.casework import Turn
from core.errors import Refused
from web.desk import frame
from web.desk.routes import ADMINS, Page
from web.desk.session import ROOT, Visit


def _nothing_beside(_: Visit) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class EditableList:
    """One such list, below /petugas.

    `typed`: names of the form's fields, which stand there again where they are refused. `add` and `take_away` do
    what a form asks and may raise Refused; what they return is shown instead of the list.
    """

    path: str
    template: str
    title: str
    typed: tuple[str, ...]
    rows: Callable[[Turn], Sequence[object]]
    add: Callable[[Visit], Awaitable[Response | None]]
    take_away: Callable[[Visit], Awaitable[Response | None]]
    ending: str = "hapus"  # of the address that takes a row away
    beside: Callable[[Visit], Mapping[str, object]] = _nothing_beside  # what else its template is given

    @property
    def here(self) -> str:
        """Its address."""
        return f"{ROOT}/{self.path}"

    def pages(self) -> tuple[Page, ...]:
        """Its rows in the table of pages."""
        return (
            Page(f"/{self.path}", self._shown, roles=ADMINS, title=self.title),
            Page(f"/{self.path}", self.posted(self.add), "POST", roles=ADMINS, proof=True),
            Page(f"/{self.path}/{self.ending}", self.posted(self.take_away), "POST", roles=ADMINS, proof=True),
        )

    async def _shown(self, visit: Visit, why: Refused | None = None) -> Response:
        rows = await visit.desk.read(self.rows)
        return frame.page(
            visit,
            self.template,
            status=None,
            here=self.here,
            gone=f"{self.here}/{self.ending}",
            rows=rows,
            why=why,
            typed={name: visit.form.text(name) for name in self.typed},
            **self.beside(visit),
        )

    def posted(self, act: Callable[[Visit], Awaitable[Response | None]]) -> Callable[[Visit], Awaitable[Response]]:
        """A form of the page, whose refusals are shown above the list."""

        async def answer(visit: Visit) -> Response:
            try:
                shown = await act(visit)
            except Refused as no:
                return await self._shown(visit, no)
            return shown or RedirectResponse(self.here, HTTPStatus.SEE_OTHER)

        return answer
