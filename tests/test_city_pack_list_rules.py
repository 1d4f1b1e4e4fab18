"""The short lists of a city's folder: each mistake is a sentence, with how to mend it."""

import shutil
from pathlib import Path

import pytest

from app.city_pack.check import checked
from tests.test_city_pack import SKELETON

ASKED = (
    '[[attribute]]\nid = "since"\nkind = "choice"\nask = { en = "Since when?" }\nvalues = { now = { en = "Today" } }\n'
)
SLIPS = [
    ("holidays.toml", '[[holiday]]\nday = "2026-01-01"\nname = { en = "New Year" }\n', "day is not as it should be"),
    ("holidays.toml", "[[holiday]]\nday = 2026-01-01T00:00:00\nname = { en = 'x' }\n", "day is not as it should be"),
    ("holidays.toml", "[[holiday]]\nday = 2026-01-01\nname = { en = 'x' }\n" * 2, "stands twice"),
    ("holidays.toml", "[[holidays]]\n", "Did you mean holiday?"),
    ("holidays.toml", "[[holiday]]\nday = 2026-01-01\n", "name is missing"),
    ("routes.toml", '[[route]]\nto = "nobody"\n', "the office 'nobody' is not known"),
    ("routes.toml", '[[route]]\nto = "grid"\n', "the office 'grid' is not known"),
    ("routes.toml", '[[route]]\nto = "public_works"\ncategory = "x"\n', "the category 'x' is not known"),
    ("routes.toml", '[[route]]\nto = "public_works"\narea = "x"\n', "the area 'x' is not known"),
    ("routes.toml", '[[route]]\nto = "public_works"\n' * 2, "stands twice"),
    ("answers.toml", '[[answer]]\ntitle = "x"\n', "text is missing"),
    ("answers.toml", f'[[answer]]\ntitle = "x"\ntext = "{"x" * 221}"\n', "does not fit an SMS"),
    ("answers.toml", f'[[answer]]\ntitle = "{"x" * 61}"\ntext = "x"\n', "title is too long"),
    ("answers.toml", '[[answer]]\ntitle = "x"\ntext = "x"\nagency = "nobody"\n', "the office 'nobody' is not known"),
    ("categories.toml", ASKED * 2, "the question since stands twice"),
    ("categories.toml", ASKED.replace('"choice"', '"date"'), "kind 'date' is not known"),
    ("categories.toml", ASKED.replace('"choice"', '"text"'), "values stand where nothing is chosen"),
    ("categories.toml", ASKED.replace("Since when?", "x" * 71), "is too long"),
    ("categories.toml", ASKED.replace("Today", "x" * 21), "is too long"),
    ("categories.toml", ASKED.replace('{ en = "Since', '{ nl = "Since'), "there is no label in en"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SKELETON, tmp_path / "town"))


@pytest.mark.parametrize("slip", SLIPS, ids=[f"{row[0]}-{row[2]}" for row in SLIPS])
def test_a_slip_is_told(folder: Path, slip: tuple[str, str, str]) -> None:
    name, text, says = slip
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(f"\n{text}")
    found = [each.shown() for each in checked(folder)]
    assert any(says in each and each.startswith(f"{name}:") for each in found), found


def test_a_kind_asks_three_at_most_and_each_that_it_asks_is_there(folder: Path) -> None:
    path = folder / "categories.toml"
    whole = path.read_text(encoding="utf-8") + ASKED
    for asked, says in (
        ('["since"]', ""),
        ('["when"]', "'when' is not known"),
        ('["a","a","a","a"]', "not as it should"),
    ):
        path.write_text(whole.replace("estimate = true", f"attributes = {asked}", 1), encoding="utf-8")
        found = " ".join(each.shown() for each in checked(folder))
        assert says in found if says else not found


def test_a_day_of_the_week_that_is_none_and_an_agency_that_ended_are_told(folder: Path) -> None:
    city = (folder / "city.toml").read_text(encoding="utf-8")
    (folder / "city.toml").write_text(
        city.replace("[deadlines]", '[deadlines]\nworking_days = ["mon", "someday"]'), encoding="utf-8"
    )
    agencies = (folder / "agencies.toml").read_text(encoding="utf-8")
    (folder / "agencies.toml").write_text(
        agencies.replace(
            'short = "Town Hall", kind = "office"', 'short = "Town Hall", kind = "office", retired = true'
        ),
        encoding="utf-8",
    )
    found = " ".join(each.shown() for each in checked(folder))
    assert "the day 'someday' is not known" in found
    assert "town_hall is retired" in found
