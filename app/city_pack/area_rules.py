"""What is wrong with areas.toml: codes, names, what holds what, where centres lie."""

from app.city_pack.pack import CityPack
from app.city_pack.reading import PackFile, names
from app.city_pack.row_fields import MAYBE, NAME, POINT, TEXT, TEXTS, Table

_FREE = {"postal": MAYBE, "aliases": TEXTS, "centre": POINT, "kind": NAME, "short": TEXT}
_LONGEST = 20
_LETTERS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-_")


def check_areas(pack: CityPack) -> None:
    """Adds what is wrong, and takes down codes and ids."""
    file = pack.files["areas.toml"]
    if not file.lines or not pack.levels:
        return
    first = str(pack.levels[0].get("rows", ""))
    if first:
        for each in file.table:
            if each != first:
                pack.findings.unknown(file, (each,), "the level", each, [first])
        _level(pack, file, file.table, 0, "")
    _lengths(pack, file)
    _beginnings(pack, file)
    if pack.areas and not any(depth == len(pack.levels) - 1 for depth in pack.areas.values()):
        rows = str(pack.levels[-1].get("rows", ""))
        pack.findings.add(
            file, (), f"there is no {rows}, the smallest level", f"Add rows of {rows} to those that hold them."
        )


def _level(pack: CityPack, file: PackFile, table: Table, depth: int, above: str) -> None:
    name = str(pack.levels[depth].get("rows", ""))
    below = str(pack.levels[depth + 1].get("rows", "")) if depth + 1 < len(pack.levels) else ""
    seen: set[str] = set()
    for at, row in pack.findings.rows(file, table, name, needed=depth == 0):
        code = row.get("code")
        line = (file.line_of(code) if isinstance(code, str) else 0) or (file.line_at(name, at) if depth == 0 else 0)
        _row(pack, file, row, line, depth=depth, below=below)
        if isinstance(code, str):
            _code(pack, file, code, line, depth=depth, above=above)
        called = str(row.get("name", "")).casefold()
        if called and called in seen:
            what = (
                f"{row['name']!r} stands twice in one {pack.levels[depth - 1].get('rows', 'city') if depth else 'city'}"
            )
            pack.findings.at(file, line, what, "Give one of them the name that people tell it by.")
        seen.add(called)
        if depth == 0:
            _town(pack, file, row, line)
        if depth == len(pack.levels) - 2 or len(pack.levels) == 1:
            pack.names.setdefault(str(row.get("name", "")), set()).add(str(code))
        if below and isinstance(row.get(below, []), list):
            _level(pack, file, row, depth + 1, str(code))
        elif below:
            pack.findings.at(file, line, f"{below} is no list of tables", f"Write {below} = [ {{ code = ... }}, ... ].")


def _row(pack: CityPack, file: PackFile, row: Table, line: int, *, depth: int, below: str) -> None:
    free = {**_FREE, **({"id": NAME} if depth == 0 else {})}
    for field, value in row.items():
        if field == below:
            continue
        shape = {"code": TEXT, "name": TEXT, **free}.get(field)
        if shape is None:
            known = names(("code", "name", *free, *([below] if below else [])))
            pack.findings.at(file, line, f"the field {field!r} is not known", f"Known are: {known}.")
        elif not shape.fits(value):
            pack.findings.at(file, line, f"{field} is not as it should be", f"Write {shape.what}.")
    for field in ("code", "name"):
        if field not in row:
            pack.findings.at(file, line, f"{field} is missing", f'Add {field} = "...".')
    _kind(pack, file, row, depth, line)
    _centre(pack, file, row, line)


def _kind(pack: CityPack, file: PackFile, row: Table, depth: int, line: int) -> None:
    level = pack.levels[depth]
    named = level.get("named", {})
    kind = str(row.get("kind", level.get("kind", level.get("rows", ""))))
    if level.get("office") and isinstance(named, dict) and kind not in named:
        language = pack.files["city.toml"].table.get("language", "en")
        mend = f'Add named.{kind} = {{ {language} = "... {{name}}" }} to its level in city.toml.'
        pack.findings.at(file, line, f"offices of a {kind} have no name", mend, fatal=False)


def _centre(pack: CityPack, file: PackFile, row: Table, line: int) -> None:
    centre, around = row.get("centre"), pack.files["city.toml"].table.get("around")
    if not POINT.fits(centre) or not isinstance(centre, list) or not isinstance(around, dict):
        return
    sides = [around.get(side) for side in ("south", "north", "west", "east")]
    if all(isinstance(side, int | float) for side in sides):
        south, north, west, east = sides
        if not (south <= centre[0] <= north and west <= centre[1] <= east):
            pack.findings.at(file, line, "centre lies outside of `around`", "Write latitude first, then longitude.")


def _code(pack: CityPack, file: PackFile, code: str, line: int, *, depth: int, above: str) -> None:
    if not code or len(code) > _LONGEST or not _LETTERS.issuperset(code):
        mend = f"Write letters, digits, points and -, at most {_LONGEST}."
        pack.findings.at(file, line, f"the code {code[:40]!r} cannot be used", mend)
        return
    if code in pack.areas:
        pack.findings.at(file, file.line_of(code, 2), f"the code {code} stands twice", "Give each area its own.")
        return
    pack.areas[code] = depth
    if above and not code.startswith(above):
        mend = f"A code begins with the code of what holds it, here {above}."
        pack.findings.at(file, line, f"the code {code} does not begin with {above}", mend)


def _town(pack: CityPack, file: PackFile, row: Table, line: int) -> None:
    town = str(row.get("id", row.get("code", "")))
    if town in pack.towns:
        pack.findings.at(file, line, f"the id {town} stands twice", "Give each its own.")
    pack.towns.add(town)


def _lengths(pack: CityPack, file: PackFile) -> None:
    """Figures are counted by the beginning of a code."""
    for depth in range(len(pack.levels)):
        codes = [code for code, at in pack.areas.items() if at == depth]
        odd = [code for code in codes if len(code) != len(codes[0])]
        if odd:
            what = f"codes of one level are not as long as each other: {codes[0]} and {names(odd)}"
            pack.findings.at(file, file.line_of(odd[0]), what, "Fill them up with noughts.")


def _beginnings(pack: CityPack, file: PackFile) -> None:
    """A code that begins with another's lies in it; a shorter one of a level below would be taken for what holds it."""
    by_length = sorted(pack.areas, key=len)
    known = set(by_length)
    for code in by_length:
        holders = [code[:size] for size in range(1, len(code)) if code[:size] in known]
        if any(pack.areas[each] >= pack.areas[code] for each in holders):
            what = f"the code {code} begins with {holders[-1]}, which does not hold it"
            pack.findings.at(file, file.line_of(code), what, "Let codes of one level be equally long.")
