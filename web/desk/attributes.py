"""/petugas/pertanyaan-jenis: short questions that some kinds of reports ask besides."""

from collections.abc import Mapping, Sequence

from core.casework import attribute_changes, city_changes
from core.casework.attribute_changes import AttributeForm
from core.casework.city_changes import CityPresent
from core.categories import Attribute, AttributeKind, Category
from core.errors import Refused
from core.model import CityPart
from web.desk.editable_row import EditableRow, seen_in
from web.desk.session import Visit


def _listed(now: CityPresent) -> Sequence[tuple[Attribute, Sequence[Category]]]:
    """Each with the kinds that ask it."""
    kinds = now.tables.categories
    return [(each, [kind for kind in kinds if each.id in kind.attributes]) for each in now.tables.attributes.values()]


def _form_of(now: CityPresent, id_: str) -> AttributeForm:
    found = now.tables.attributes.get(id_)
    if found is None:
        raise Refused("attribute_unknown")
    return attribute_changes.form_of(now, found)


def _typed(visit: Visit) -> AttributeForm:
    form, langs = visit.form, city_changes.languages()
    return AttributeForm(
        ask={lang: form.text(f"tanya-{lang}") for lang in langs},
        kind=form.text("bentuk"),
        values={lang: form.fields.get(f"pilihan-{lang}", "") for lang in langs},
        seen=seen_in(visit),
    )


def _beside(visit: Visit, now: CityPresent) -> Mapping[str, object]:
    return {
        "own": now.tables.attributes.get(visit.part("id")),
        "langs": city_changes.languages(),
        "kinds": tuple(AttributeKind),
        "ask_longest": attribute_changes.ASK_LONGEST,
        "value_longest": attribute_changes.VALUE_LONGEST,
        "most_values": attribute_changes.MOST_VALUES,
    }


PAGES = EditableRow(
    "pertanyaan-jenis",
    "attributes.html",
    "attribute.html",
    "desk_attributes",
    listed=_listed,
    empty=lambda: AttributeForm({}, "", {}),
    form_of=_form_of,
    version_of=lambda now, id_: now.version(CityPart.ATTRIBUTE, id_),
    typed=_typed,
    add=attribute_changes.add_attribute,
    change=attribute_changes.change_attribute,
    beside=_beside,
).pages()
