"""Kinds of reports as administrators keep them: one that ends is retired, and known for the reports that have it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.casework import city_changes
from core.casework.actors import OPERATOR, Actor
from core.casework.city_changes import CityPresent
from core.categories import FALLBACK, GROUPS, Category, Tables
from core.categories.attributes import MOST as MOST_ASKED
from core.categories.leaves import category_rows
from core.city.profile import CITY
from core.errors import Refused
from core.model import AgencyId, CategoryId, CityChange, CityPart
from core.record import Turn
from core.suggest.words import stems

LABEL_LONGEST = 24
MOST_LEAVES = 8  # rows of a menu
CUE_LONGEST, MOST_CUES, FEWEST_CUES = 60, 300, 5
MOST_DAYS = 3650
_STAYS = ("sms_code", "photo", "restricted", "retired")
_CODES = tuple(f"{code:02}" for code in range(11, 100))


@dataclass(frozen=True, slots=True)
class CategoryForm:
    """What was typed of a kind. `seen`: the version of its row that was shown; `cues`: by language, one a line."""

    labels: Mapping[str, str]
    group: str
    lead: str
    cues: Mapping[str, str]
    keep_days: str
    emergency: str = ""
    restricted: bool = False
    sensitive: bool = False
    estimate: bool = False
    place: bool = True
    attributes: tuple[str, ...] = ()
    seen: int = 0


def add_category(turn: Turn, form: CategoryForm, by: Actor = OPERATOR) -> CategoryId:
    """Offered from now on; raises Refused."""
    now = city_changes.begun(turn, by)
    names = city_changes.labels(form.labels, LABEL_LONGEST)
    id_ = city_changes.id_like(str(names[CITY.language]), [str(each) for each in now.tables.by_id], "kind")
    code = _free_code(now.tables, form.group)
    row = {"id": id_, "sms_code": code, **_row(now, form, form.restricted)}
    if form.restricted:
        if now.tables.agencies[AgencyId(form.lead)].external:
            raise Refused("category_lead")
        row["restricted"] = row["lead"]
    _keep(turn, now, id_, row, "category-add", by=by)
    return CategoryId(id_)


def change_category(turn: Turn, id_: str, form: CategoryForm, by: Actor = OPERATOR) -> None:
    """Counts from now on, also for dialogues that have it; raises Refused."""
    now = city_changes.begun(turn, by)
    before, kept = _known(now, id_), row_of(now, id_)
    city_changes.unchanged(now, CityPart.CATEGORY, id_, form.seen)
    if form.restricted is not (before.restricted is not None):
        raise Refused("category_restricted_stays")
    if before.restricted is not None and form.lead != before.lead_agency:
        raise Refused("category_restricted_stays")
    told = _row(now, form, before.restricted is not None)
    stays: dict[str, object] = {field: kept[field] for field in _STAYS if field in kept}
    handling = {"handling": kept["handling"]} if kept.get("handling") == "redirect" else {}
    _keep(turn, now, id_, {"id": id_, **told, **stays, **handling}, "category-change", by=by)


def retire_category(turn: Turn, id_: str, by: Actor = OPERATOR) -> None:
    """Offered no longer; reports and dialogues keep it. Raises Refused."""
    now = city_changes.begun(turn, by)
    _known(now, id_)
    if id_ == FALLBACK:
        raise Refused("category_fallback_stays")
    if any(each.category == id_ for each in turn.tx.routes.all()):
        raise Refused("category_has_routes")
    _keep(turn, now, id_, row_of(now, id_) | {"retired": True}, "category-retire", by=by)


def restore_category(turn: Turn, id_: str, by: Actor = OPERATOR) -> None:
    """Offered again; raises Refused."""
    now = city_changes.begun(turn, by)
    before = _known(now, id_)
    if now.tables.agencies[before.lead_agency].retired:
        raise Refused("category_lead")
    row = {key: value for key, value in row_of(now, id_).items() if key != "retired"}
    _keep(turn, now, id_, row, "category-restore", by=by)


def row_of(now: CityPresent, id_: str) -> dict[str, object]:
    """As its file would have it; raises Refused."""
    found = next((row for row in category_rows(now.changes) if row["id"] == id_), None)
    if found is None:
        raise Refused("case_category_unknown")
    return dict(found)


def form_of(now: CityPresent, id_: str) -> CategoryForm:
    """What its form shows; raises Refused."""
    category, row = _known(now, id_), row_of(now, id_)
    cues = row.get("cues", {})
    return CategoryForm(
        labels=category.labels,
        group=category.group,
        lead=category.lead_agency,
        cues={lang: "\n".join(said) for lang, said in (cues.items() if isinstance(cues, dict) else ())},
        keep_days=str(category.keep_days),
        emergency=category.emergency,
        restricted=category.restricted is not None,
        sensitive=category.sensitive,
        estimate=category.estimate,
        place=category.place_required,
        attributes=category.attributes,
        seen=now.version(CityPart.CATEGORY, id_),
    )


def _known(now: CityPresent, id_: str) -> Category:
    found = now.tables.by_id.get(CategoryId(id_))
    if found is None:
        raise Refused("case_category_unknown")
    return found


def _keep(turn: Turn, now: CityPresent, id_: str, row: dict[str, object], act: str, *, by: Actor) -> None:
    """Raises Refused where the menus that it makes would break."""
    change = CityChange(CityPart.CATEGORY, id_, row)
    after = city_changes.tables_after(now, change)
    _menus(after)
    kind = after.by_id[CategoryId(id_)]
    if not kind.retired:
        _one_of_its_name(after, kind)
    city_changes.keep(turn, change, act, by)


def _menus(after: Tables) -> None:
    sizes = Counter(each.group for each in after.categories)
    for group in GROUPS:
        if not sizes[group.id]:
            raise Refused("category_last", most=MOST_LEAVES)
        if sizes[group.id] > MOST_LEAVES:
            raise Refused("category_group_full", most=MOST_LEAVES)


def _one_of_its_name(after: Tables, kind: Category) -> None:
    """An answer that is typed as a label must mean one thing."""
    others = [each.labels for each in after.categories if each.id != kind.id] + [each.labels for each in GROUPS]
    taken = {label.casefold() for labels in others for label in labels.values()}
    if not taken.isdisjoint(label.casefold() for label in kind.labels.values()):
        raise Refused("category_name_taken")


def _row(now: CityPresent, form: CategoryForm, restricted: bool) -> dict[str, object]:  # noqa: FBT001 - as the kind is
    if form.group not in {each.id for each in GROUPS}:
        raise Refused("category_group")
    lead = now.tables.agencies.get(AgencyId(form.lead))
    if lead is None or lead.retired:
        raise Refused("category_lead")
    if form.emergency and form.emergency not in CITY.emergency.numbers:
        raise Refused("category_emergency")
    flags = {
        "sensitive": form.sensitive or restricted,
        "estimate": form.estimate,
    }
    row: dict[str, object] = {
        "labels": city_changes.labels(form.labels, LABEL_LONGEST),
        "group": form.group,
        "lead": form.lead,
        **{flag: True for flag, on in flags.items() if on},
        "keep_days": _days(form.keep_days),
        "cues": _cues(form.cues),
    }
    row |= {} if form.place else {"place": False}
    row |= {"emergency": form.emergency} if form.emergency else {}
    row |= {"handling": "forward_external"} if lead.external else {}
    asked = list(dict.fromkeys(each for each in form.attributes if each))
    if len(asked) > MOST_ASKED or not now.tables.attributes.keys() >= {*asked}:
        raise Refused("category_attributes", most=MOST_ASKED)
    return row | ({"attributes": asked} if asked else {})


def _days(typed: str) -> int:
    typed = typed.strip()
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:6]) <= MOST_DAYS):
        raise Refused("category_days", most=MOST_DAYS)
    return int(typed)


def _cues(typed: Mapping[str, str]) -> dict[str, list[str]]:
    """By language; raises Refused. A line that says no word is no cue."""
    found = {lang: _lines(typed.get(lang, "")) for lang in dict.fromkeys((*city_changes.languages(), *typed))}
    every = [cue for cues in found.values() for cue in cues]
    if any(len(cue) > CUE_LONGEST for cue in every) or len(every) > MOST_CUES:
        raise Refused("category_cues_long", longest=CUE_LONGEST, most=MOST_CUES)
    if len(every) < FEWEST_CUES:
        raise Refused("category_cues_few", least=FEWEST_CUES)
    return {lang: list(cues) for lang, cues in found.items() if cues}


def _lines(typed: str) -> Sequence[str]:
    lines = (" ".join(line.split()) for line in typed.replace("\x00", "").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and any(stems(line))))


def _free_code(tables: Tables, group: str) -> str:
    """Two digits that are nobody's, the first of them the group's where one is left."""
    taken = {each.sms_code for each in tables.by_id.values()}
    first = next((str(at) for at, each in enumerate(GROUPS, 1) if each.id == group), "")
    free = [code for code in _CODES if code not in taken]
    if not free:
        raise Refused("category_codes_gone")
    return next((code for code in free if code[0] == first and code[1] != "0"), free[0])
