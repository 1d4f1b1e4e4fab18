"""Questions that are asked besides of some kinds, as administrators keep them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.casework import city_changes
from core.casework.actors import OPERATOR, Actor
from core.casework.city_changes import CityPresent
from core.categories import Attribute, AttributeKind
from core.city.profile import CITY
from core.errors import Refused
from core.model import CityChange, CityPart
from core.record import Turn

ASK_LONGEST, VALUE_LONGEST, MOST_VALUES = 70, 20, 6


@dataclass(frozen=True, slots=True)
class AttributeForm:
    """What was typed of a question. `values`: of a choice, by language, one a line in the same order."""

    ask: Mapping[str, str]
    kind: str
    values: Mapping[str, str]
    seen: int = 0


def add_attribute(turn: Turn, form: AttributeForm, by: Actor = OPERATOR) -> str:
    """Asked of no kind yet; returns its id. Raises Refused."""
    now = city_changes.begun(turn, by)
    if form.kind not in set(AttributeKind):
        raise Refused("attribute_kind")
    ask = city_changes.labels(form.ask, ASK_LONGEST)
    id_ = city_changes.id_like(str(ask[CITY.language]), list(now.tables.attributes), "question")
    row = _row(id_, AttributeKind(form.kind), form, {})
    city_changes.keep_row(turn, now, CityChange(CityPart.ATTRIBUTE, id_, row), "question-add", by)
    return id_


def change_attribute(turn: Turn, id_: str, form: AttributeForm, by: Actor = OPERATOR) -> None:
    """What it is stays: a choice, a number or words. Answers that were given stay as they are. Raises Refused."""
    now = city_changes.begun(turn, by)
    before = now.tables.attributes.get(id_)
    if before is None:
        raise Refused("attribute_unknown")
    city_changes.unchanged(now, CityPart.ATTRIBUTE, id_, form.seen)
    row = _row(id_, before.kind, form, before.values)
    city_changes.keep_row(turn, now, CityChange(CityPart.ATTRIBUTE, id_, row), "question-change", by)


def form_of(now: CityPresent, attribute: Attribute) -> AttributeForm:
    """What its form shows."""
    values = {
        lang: "\n".join(each.get(lang, "") for each in attribute.values.values()) for lang in city_changes.languages()
    }
    return AttributeForm(attribute.ask, attribute.kind, values, now.version(CityPart.ATTRIBUTE, attribute.id))


def _row(
    id_: str, kind: AttributeKind, form: AttributeForm, before: Mapping[str, Mapping[str, str]]
) -> dict[str, object]:
    row: dict[str, object] = {"id": id_, "kind": kind.value, "ask": city_changes.labels(form.ask, ASK_LONGEST)}
    return row | ({"values": _values(form.values, before)} if kind is AttributeKind.CHOICE else {})


def _values(typed: Mapping[str, str], before: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """By their keys. One that is called as before keeps its key, so that answers that were given mean the same."""
    langs = city_changes.languages()
    lines = {lang: _lines(typed.get(lang, "")) for lang in langs}
    counts = {len(each) for each in lines.values()}
    if len(counts) != 1 or not 2 <= counts.pop() <= MOST_VALUES:  # noqa: PLR2004 - a choice
        raise Refused("attribute_values", most=MOST_VALUES)
    keys = {said.get(CITY.language, "").casefold(): key for key, said in before.items()}
    found: dict[str, object] = {}
    for said in zip(*(lines[lang] for lang in langs), strict=True):
        label = city_changes.labels(dict(zip(langs, said, strict=True)), VALUE_LONGEST)
        home = str(label[CITY.language])
        key = keys.get(home.casefold()) or city_changes.id_like(home, [*found, *before], "value")
        if key in found:
            raise Refused("attribute_values", most=MOST_VALUES)
        found[key] = label
    return found


def _lines(typed: str) -> Sequence[str]:
    return tuple(line for each in typed.splitlines() if (line := " ".join(each.split())))
