"""/petugas/jenis: kinds of reports, their names, cues, leads and questions; one that ends stays known."""

from collections.abc import Mapping, Sequence

from core.casework import category_changes, city_changes
from core.casework.category_changes import CategoryForm
from core.casework.city_changes import CityPresent
from core.categories import GROUPS, Category, Group
from core.categories.attributes import MOST
from core.categories.leaves import KEEP_DAYS
from core.city.profile import CITY
from core.model import CategoryId, CityPart
from web.desk.editable_row import EditableRow, seen_in
from web.desk.session import Visit


def _listed(now: CityPresent) -> Sequence[tuple[Group, Sequence[Category]]]:
    """By group; those that are retired stand last."""
    every = sorted(now.tables.by_id.values(), key=lambda each: each.retired)
    return [(group, [each for each in every if each.group == group.id]) for group in GROUPS]


def _empty() -> CategoryForm:
    return CategoryForm({}, "", "", {}, str(KEEP_DAYS))


def _typed(visit: Visit) -> CategoryForm:
    form, langs = visit.form, city_changes.languages()
    ticked = {name for name in ("sensitif", "tambahan", "tempat") if form.text(name)}
    return CategoryForm(
        labels={lang: form.text(f"nama-{lang}") for lang in langs},
        group=form.text("kelompok"),
        lead=form.text("kantor"),
        cues={lang: form.fields.get(f"kata-{lang}", "") for lang in langs},
        keep_days=form.text("simpan"),
        emergency=form.text("darurat"),
        restricted=form.text("pembaca") == "kantor",
        sensitive="sensitif" in ticked,
        estimate="tambahan" in ticked,
        place="tempat" in ticked,
        attributes=tuple(form.text(f"tanya-{at}") for at in range(MOST)),
        seen=seen_in(visit),
    )


def _beside(visit: Visit, now: CityPresent) -> Mapping[str, object]:
    agencies = now.tables.agencies.values()
    return {
        "own": now.tables.by_id.get(CategoryId(visit.part("id"))),
        "langs": city_changes.languages(),
        "groups": GROUPS,
        "leads": [each for each in agencies if not each.retired],
        "numbers": CITY.emergency.numbers,
        "questions": now.tables.attributes,
        "most_asked": MOST,
        "label_longest": category_changes.LABEL_LONGEST,
        "fewest_cues": category_changes.FEWEST_CUES,
        "most_days": category_changes.MOST_DAYS,
    }


PAGES = EditableRow(
    "jenis",
    "categories.html",
    "category.html",
    "desk_categories",
    listed=_listed,
    empty=_empty,
    form_of=category_changes.form_of,
    version_of=lambda now, id_: now.version(CityPart.CATEGORY, id_),
    typed=_typed,
    add=category_changes.add_category,
    change=category_changes.change_category,
    retire=category_changes.retire_category,
    restore=category_changes.restore_category,
    beside=_beside,
).pages()
