"""The form for anybody on the real store, without a wire: people fill it in, and what became of it is looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from app.form_filling import PublicForm
from core.model import Report, TrackingCode
from core.ports import CityMap, UnitOfWork
from storage import Files, Keys
from tests.fakes.cued_house import CuedStore, Inside
from tests.fakes.drawn_city import CREDIT, FakeBoundaries
from tests.fakes.form_filler import FormFiller
from tests.fakes.web_services import Behind
from web import create_app

STORY = "Lampu jalan di depan Puskesmas Kebon Baru mati sejak Senin. Nama saya Budi Santoso, telepon 081234567890."
WORDS = "depan Puskesmas Kebon Baru"


class House:
    """The form on the real store, without a wire."""

    def __init__(self, inside: Inside, files: Files, folder: Path) -> None:
        self.folder = folder
        self.inside = inside
        code = "data:image/png;base64,AA=="
        self.form = PublicForm(inside.turns, files, inside.sandbox, lambda _: code, map_credit=lambda: CREDIT)
        self.app = create_app(replace(Behind().services(), form=self.form.fill))

    @property
    def reports(self) -> int:
        return self.inside.store.figures.total()

    def filed(self, filler: FormFiller) -> Report:
        """The report of the code that somebody was shown."""
        code = TrackingCode(filler.code.replace("-", ""))

        def look(tx: UnitOfWork) -> Report:
            holder = tx.code_holders.by_code(code)
            found = tx.reports.get(holder.report) if holder is not None else None
            assert found is not None
            return found

        return self.inside.store.read(look)

    def opens_map(self) -> None:
        """From now on there is a map: the drawn city's."""
        turns = self.inside.turns
        turns.context = replace(turns.context, city_map=CityMap(FakeBoundaries()))

    async def filler(self, **more: str) -> FormFiller:
        return await FormFiller(self.app, **more).opens()

    async def at_summary(self, story: str = STORY, **more: str) -> FormFiller:
        """Somebody who has filled in all of it."""
        budi = await self.filler(**more)
        await budi.presses(cerita=story)
        await budi.presses(jenis="pju")
        await budi.presses(tempat=WORDS)
        while budi.page in {"questions", "photos"}:
            await budi.presses()
        assert budi.page == "summary", budi.html
        return budi


@contextmanager
def form_house(sqlite_url: str, keys: Keys, folder: Path) -> Iterator[House]:
    files = Files(folder / "files")
    inside = Inside(CuedStore(sqlite_url, keys), files)
    try:
        yield House(inside, files, folder)
    finally:
        inside.close()
