"""Periods as people write them."""

import pytest

from core.model import Grain
from web.period_names import period_name, short_name


@pytest.mark.parametrize(
    ("grain", "starts", "lang", "name", "short"),
    [
        (Grain.MONTH, "2021-07", "id", "Juli 2021", "Jul 2021"),
        (Grain.MONTH, "2021-05", "en", "May 2021", "May 2021"),
        (Grain.DAY, "2021-08-01", "id", "1 Agustus 2021", "1 Agu"),
        (Grain.WEEK, "2021-07-12", "id", "12\N{EN DASH}18 Juli 2021", "12 Jul"),
        (Grain.WEEK, "2021-06-28", "en", "28 June \N{EN DASH} 4 July 2021", "28 Jun"),
        (Grain.WEEK, "2021-12-27", "id", "27 Desember 2021 \N{EN DASH} 2 Januari 2022", "27 Des"),
    ],
)
def test_a_period_is_named_as_people_name_it(grain: Grain, starts: str, lang: str, name: str, short: str) -> None:
    assert (period_name(grain, starts, lang), short_name(grain, starts, lang)) == (name, short)
