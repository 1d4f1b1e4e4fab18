"""A demonstration: through the real doors, with work of every kind done in it, and no address left behind."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from app.runtime import open_runtime
from app.seed import Wanted, fill
from app.seed.pictures import street
from app.seed.staff import accounts, names_of
from app.seed.stories import places, story
from core import areas, workflow
from core.categories import CATEGORIES, category
from core.image_similarity import ALIKE
from core.model import AgencyId, AreaCode, StaffRole
from core.ports import ReportQuery, Visibility
from core.scrub.perceptual_hash import perceptual_hash_of
from tests.fakes.picture_index import alike
from tests.fakes.set_up import settings_in
from tests.fakes.shell import Ran, Shell

REPORTS, DAYS = 40, 12


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shell, Ran]:
    shell = Shell(tmp_path_factory.mktemp("seeded"))
    return shell, shell.resi("seed", "--reports", str(REPORTS), "--days", str(DAYS))


def ask(shell: Shell, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(shell.folder / "var" / "resi.db")) as database:
        return database.execute(query).fetchall()


def test_it_fills_a_city_and_shows_one_password_at_the_end(seeded: tuple[Shell, Ran]) -> None:
    shell, ran = seeded
    assert ran.code == 0, ran.err
    assert len(ran.lines[-1]) == 14
    [(reports,)] = ask(shell, "SELECT count(*) FROM report")
    assert REPORTS * 0.9 <= int(str(reports)) <= REPORTS
    assert {role for (role,) in ask(shell, "SELECT DISTINCT role FROM staff")} == {role.value for role in StaffRole}
    assert ask(shell, "SELECT count(*) FROM staff WHERE given IS NOT NULL OR pending IS NOT NULL") == [(0,)]


def test_reports_were_handled_in_the_past_and_their_trail_holds(seeded: tuple[Shell, Ran]) -> None:
    shell, _ = seeded
    acts = {act for (act,) in ask(shell, "SELECT DISTINCT act FROM history")}
    assert acts >= {"filed", "start", "plan", "approve-plan", "result", "validate"}
    [(days,)] = ask(shell, "SELECT julianday(max(received)) - julianday(min(received)) FROM report")
    assert float(str(days)) > DAYS / 2
    assert shell.resi("audit", "verify").code == 0


def test_nobody_can_be_written_to_and_nothing_waits_to_be_sent(seeded: tuple[Shell, Ran]) -> None:
    shell, _ = seeded
    assert ask(shell, "SELECT count(*) FROM contact") == [(0,)]
    assert ask(shell, "SELECT count(*) FROM outbox") == [(0,)]


def test_a_second_time_and_in_production_it_refuses(seeded: tuple[Shell, Ran]) -> None:
    shell, _ = seeded
    again = shell.resi("seed")
    assert again.code == 1
    assert "already" in again.err
    assert shell.resi("seed", MODE="production").code == 1


def test_one_that_is_ended_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def end(made: int) -> None:
        if made:
            raise KeyboardInterrupt

    with closing(open_runtime(settings_in(tmp_path, DATA_DIR=str(tmp_path)))) as opened:
        with pytest.raises(KeyboardInterrupt):
            fill(opened, Wanted(reports=6, days=3), {each.name: "" for each in accounts()}, end)
        assert opened.store.run(lambda tx: list(tx.accounts.all())) == []
        assert opened.store.figures.total() == 0


def test_every_story_is_of_a_known_kind_and_somewhere_real() -> None:
    chance = Random(7)
    told = [story(chance) for _ in range(500)]
    assert all(category(each.category) in CATEGORIES and each.area.kind == "kelurahan" for each in told)
    assert sum(category(each.category).restricted is not None for each in told) < 30
    assert not any("{" in each.text for each in told)


def test_the_offices_of_all_places_have_somebody() -> None:
    offices = {each.agency for each in accounts()}
    assert {areas.office(place.code) for place in places()} <= offices
    assert all(workflow.known(office) for office in offices)
    names = [each.name for each in accounts()]
    assert len(names) == len(set(names))


def test_a_street_is_itself_on_another_day_and_like_no_other_street() -> None:
    broken, mended = ([street(number, shows) for number in range(6)] for shows in ("hole", "patch"))
    assert len({*broken, *mended, *map(street, range(6))}) == 18
    assert [street(number, "patch") for number in range(6)] == mended
    assert all(each.startswith(b"BM") for each in (*broken, *mended))
    looks = [perceptual_hash_of(_jpeg(each)) for each in mended]
    pairs = [alike(one, other) for one, other in combinations([each for each in looks if each is not None], 2)]
    assert len(pairs) == 15
    assert min(pairs) > ALIKE


def _jpeg(bitmap: bytes) -> bytes:
    out = BytesIO()
    Image.open(BytesIO(bitmap)).save(out, "JPEG", quality=85)
    return out.getvalue()


def test_some_citizens_have_a_photo_beside_those_of_results(seeded: tuple[Shell, Ran]) -> None:
    shell, _ = seeded
    every = Visibility(AgencyId(""), every=True)
    with closing(open_runtime(settings_in(shell.folder, DATA_DIR=str(shell.folder / "var")))) as opened:
        reports = opened.store.run(lambda tx: list(tx.queues.reports(every, ReportQuery(open=None))))
    assert 0 < sum(bool(each.files) for each in reports) < len(reports)
    assert any(each.handling.result for each in reports)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Setia Budi", "setiabudi"),
        ("Saint-Étienne d'Ouest", "saintetiennedouest"),
        ("北京", "99.01.01.1001"),
        ("Kota " * 30, "kota" * 10),
    ],
)
def test_an_office_is_called_by_what_an_account_can_be_called_of_its_area(name: str, called: str) -> None:
    area = replace(next(iter(areas.AREAS.values())), name=name, code=AreaCode("99.01.01.1001"))
    assert names_of((area,)) == {area.code: called}
    other = replace(area, code=AreaCode("99.01.01.1002"))
    assert names_of((area, other)) == {each.code: each.code for each in (area, other)}, "no two have one name"
