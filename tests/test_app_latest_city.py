"""Work that meets an unknown id is done again after a look at the database, and only then."""

import pytest

from app.latest_city import LatestCity
from core.city.present import UNCHANGED, replace_present
from core.errors import Refused
from core.model import CityPart


async def test_only_an_id_that_may_be_new_is_looked_for_and_once() -> None:
    city, seen, done = LatestCity(), list[str](), list[str]()

    async def look() -> None:
        seen.append("look")

    async def refuses(phrase: str) -> None:
        done.append(phrase)
        raise Refused(phrase)

    with pytest.raises(Refused):
        await city.known_to(lambda: refuses("counter_category"))
    city.renew = look
    for phrase in ("counter_category", "case_text_needed"):
        with pytest.raises(Refused):
            await city.known_to(lambda phrase=phrase: refuses(phrase))  # type: ignore[misc]  # bound now
    assert (len(seen), len(done)) == (1, 3)


async def test_it_is_done_again_where_the_city_is_another() -> None:
    city, tries = LatestCity(), list[int]()

    async def look() -> None:
        replace_present({(CityPart.HOLIDAY, "2026-01-01"): None})

    async def works() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise KeyError("bangku")
        return "done"

    city.renew = look
    try:
        assert await city.known_to(works) == "done"
    finally:
        replace_present(UNCHANGED)
