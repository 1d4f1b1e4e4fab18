"""Long choices: everything once, under a heading that people know."""

from core import areas
from core.categories import CATEGORIES, GROUPS
from web.desk import select_options


def test_every_category_stands_in_its_group() -> None:
    found = {one: name for name, each in select_options.kinds("id") for one in each}
    names = {group.id: group.labels["id"] for group in GROUPS}
    assert found == {leaf.id: names[leaf.group] for leaf in CATEGORIES}


def test_every_area_stands_under_its_city_which_may_stand_there_too() -> None:
    within = [code for _, codes in select_options.places(cities=False) for code in codes]
    assert sorted(within) == sorted(code for code, area in areas.AREAS.items() if area.parent is not None)
    assert sorted(code for _, codes in select_options.places(cities=True) for code in codes) == sorted(areas.AREAS)


def test_agencies_stand_before_the_offices_of_each_city() -> None:
    groups = dict(select_options.offices("id"))
    assert next(iter(groups)) == "Dinas, badan, dan biro"
    assert "dinas_sda" in groups["Dinas, badan, dan biro"]
    assert {"kota:jaksel", "kec:31.74.01", "kel:31.74.01.1001"} <= set(groups["Jakarta Selatan"])
