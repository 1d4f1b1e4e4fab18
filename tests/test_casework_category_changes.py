"""Kinds of reports as administrators keep them: what would break menus, readers or secrets is refused."""

from dataclasses import replace

import pytest

from core import casework
from core.casework import category_changes, city_changes
from core.casework.category_changes import CategoryForm
from core.categories import CATEGORIES, FALLBACK, GROUPS, category, label, leaves
from core.errors import Refused
from core.model import AgencyId, CategoryId, Route
from tests.fakes.office import Office

CUES = "bangku taman\nbangku rusak\nkursi taman\ntempat duduk\nbangku patah"
FORM = CategoryForm({"id": "Bangku taman", "en": "Park bench"}, "kesehatan", "dinas_bina_marga", {"id": CUES}, "90")


def room() -> str:
    """A group that has room for another kind."""
    return next(each.id for each in GROUPS if len(leaves(each.id)) < category_changes.MOST_LEAVES)


def full() -> str:
    return next(each.id for each in GROUPS if len(leaves(each.id)) == category_changes.MOST_LEAVES)


async def added(office: Office, form: CategoryForm | None = None) -> CategoryId:
    form = form or replace(FORM, group=room())
    id_ = office.turn(lambda turn: category_changes.add_category(turn, form))
    await office.desk.renew_city()
    return id_


def form_of(office: Office, id_: str) -> CategoryForm:
    return office.turn(lambda turn: category_changes.form_of(city_changes.city_present(turn.tx), id_))


async def test_a_kind_is_added_with_an_id_and_a_code_of_its_own() -> None:
    office = Office()
    codes = {each.sms_code for each in CATEGORIES}
    assert await added(office) == "bangku_taman"
    kind = category(CategoryId("bangku_taman"))
    assert kind.sms_code not in codes
    assert (kind.keep_days, kind.restricted, len(kind.cues)) == (90, None, 5)
    assert form_of(office, kind.id) == replace(FORM, group=room(), seen=1)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"labels": {"id": "Banjir", "en": "Park bench"}}, "name_taken"),
        ({"labels": {"id": "bangku", "en": "FLOODING"}}, "name_taken"),
        ({"group": "nothing"}, "group"),
        ({"lead": "kel:31.74.01.1001"}, "lead"),
        ({"lead": "pln_uid_jakarta_raya", "restricted": True}, "lead"),
        ({"emergency": "999"}, "emergency"),
        ({"attributes": ("nothing",)}, "attributes"),
        ({"keep_days": "0"}, "days"),
        ({"keep_days": "٣"}, "days"),
        ({"keep_days": "99999999999999999999"}, "days"),
        ({"cues": {"id": "a b"}}, "cues_few"),
        ({"cues": {"id": "!!!\n???\n...\n--\n//\n##"}}, "cues_few"),
        ({"cues": {"id": CUES + "\n" + "x" * 61}}, "cues_long"),
        ({"cues": {"id": "\n".join(f"bangku {n}" for n in range(301))}}, "cues_long"),
    ],
)
def test_what_cannot_be_a_kind_is_told_and_nothing_is_kept(wrong: dict[str, object], why: str) -> None:
    if wrong.get("labels") == {"id": "bangku", "en": "FLOODING"}:
        wrong = {"labels": {"id": "bangku", "en": label(CategoryId("banjir"), "en").upper()}}
    if wrong.get("labels") == {"id": "Banjir", "en": "Park bench"}:
        wrong = {"labels": {"id": label(CategoryId("banjir"), "id"), "en": "Park bench"}}
    office = Office()
    with pytest.raises(Refused, match=f"category_{why}"):
        office.turn(lambda turn: category_changes.add_category(turn, replace(replace(FORM, group=room()), **wrong)))  # type: ignore[arg-type]
    assert not office.town.store.state.city_changes


def test_a_menu_never_grows_beyond_what_an_sms_holds() -> None:
    office = Office()
    with pytest.raises(Refused, match="category_group_full"):
        office.turn(lambda turn: category_changes.add_category(turn, replace(FORM, group=full())))


async def test_who_may_read_a_kind_never_changes_either_way() -> None:
    office = Office()
    secret = next(each for each in CATEGORIES if each.restricted is not None)
    form = form_of(office, secret.id)
    for wrong in ({"restricted": False}, {"lead": "dinas_bina_marga"}):
        with pytest.raises(Refused, match="category_restricted_stays"):
            office.turn(
                lambda turn, wrong=wrong: category_changes.change_category(turn, secret.id, replace(form, **wrong))  # type: ignore[misc]
            )
    office.turn(lambda turn: category_changes.change_category(turn, secret.id, replace(form, sensitive=False)))
    await office.desk.renew_city()
    assert (category(secret.id).restricted, category(secret.id).sensitive) == (secret.restricted, True)
    public = form_of(office, "banjir")
    with pytest.raises(Refused, match="category_restricted_stays"):
        office.turn(lambda turn: category_changes.change_category(turn, "banjir", replace(public, restricted=True)))


async def test_a_new_kind_may_be_restricted_to_its_lead() -> None:
    office = Office()
    kind = category(await added(office, replace(FORM, group=room(), lead="inspektorat", restricted=True)))
    assert (kind.restricted, kind.sensitive) == ("inspektorat", True)


async def test_a_form_that_is_sent_unchanged_changes_nothing_of_a_kind() -> None:
    office = Office()
    for kind in [*CATEGORIES]:
        form = form_of(office, kind.id)
        office.turn(lambda turn, id_=kind.id, form=form: category_changes.change_category(turn, id_, form))  # type: ignore[misc]
        await office.desk.renew_city()
        assert category(kind.id) == kind


async def test_who_saves_over_another_change_is_told() -> None:
    office = Office()
    kind = await added(office)
    form = form_of(office, kind)
    office.turn(lambda turn: category_changes.change_category(turn, kind, replace(form, keep_days="5")))
    with pytest.raises(Refused, match="city_changed_meanwhile"):
        office.turn(lambda turn: category_changes.change_category(turn, kind, replace(form, keep_days="7")))


async def test_a_kind_is_retired_but_for_the_last_of_all_the_rest_and_those_with_routes() -> None:
    office = Office()
    kind = await added(office)
    office.turn(lambda turn: casework.add_route(turn, Route(AgencyId("dinas_sda"), kind)))
    for id_, why in ((kind, "has_routes"), (FALLBACK, "fallback_stays")):
        with pytest.raises(Refused, match=f"category_{why}"):
            office.turn(lambda turn, id_=id_: category_changes.retire_category(turn, id_))  # type: ignore[misc]
    office.turn(lambda turn: casework.drop_route(turn, kind, ""))
    office.turn(lambda turn: category_changes.retire_category(turn, kind))
    await office.desk.renew_city()
    assert kind not in {each.id for each in CATEGORIES}
    assert label(kind, "en") == "Park bench"
    office.turn(lambda turn: category_changes.restore_category(turn, kind))
    await office.desk.renew_city()
    assert kind in {each.id for each in CATEGORIES}


async def test_the_last_of_a_group_is_not_retired() -> None:
    office = Office()
    group = room()
    kinds = [each.id for each in leaves(group) if each.id != FALLBACK]
    for kind in kinds[:-1]:
        office.turn(lambda turn, kind=kind: category_changes.retire_category(turn, kind))  # type: ignore[misc]
        await office.desk.renew_city()
    if len(leaves(group)) == 1:
        with pytest.raises(Refused, match="category_last"):
            office.turn(lambda turn: category_changes.retire_category(turn, kinds[-1]))
