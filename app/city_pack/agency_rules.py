"""What is wrong with agencies.toml: who stands above whom, which town a branch works for."""

from app.city_pack.pack import CityPack
from app.city_pack.reading import PackFile
from app.city_pack.row_fields import FLAG, ID, NAME, TEXT, Table

_NEEDED = {"name": TEXT, "short": TEXT, "kind": NAME}
_FREE = {"reports_to": NAME, "city": TEXT, "retired": FLAG}
EXTERNAL = "external"


def check_agencies(pack: CityPack) -> None:
    """Adds what is wrong, and takes down ids; then what city.toml says of agencies."""
    file = pack.files["agencies.toml"]
    if not file.lines:
        return
    rows: dict[str, Table] = {}
    for each, row in file.table.items():
        if not ID.fullmatch(each):
            pack.findings.add(file, (each,), f"the id {each[:40]!r} cannot be used", f"Write {NAME.what}.")
        elif not isinstance(row, dict):
            pack.findings.add(
                file, (each,), f"{each} is no table", 'Write id = { name = "...", short = "...", kind = "..." }.'
            )
        else:
            rows[each] = pack.findings.row(file, (each,), row, _NEEDED, _FREE)
    pack.agencies = set(rows)
    in_service = {each for each, row in rows.items() if not row.get("retired") and row.get("kind") != EXTERNAL}
    pack.agencies_in_service = in_service
    if not rows:
        pack.findings.add(file, (), "there is no agency", "Add the one that coordinates at least.")
    for each, row in rows.items():
        _above(pack, file, each, rows)
        town = str(row.get("city", ""))
        if town and pack.towns and town not in pack.towns:
            pack.findings.unknown(file, (each,), "the city", town, pack.towns)
    _of_city(pack, rows)


def _above(pack: CityPack, file: PackFile, each: str, rows: dict[str, Table]) -> None:
    above = str(rows[each].get("reports_to", ""))
    if above and above not in rows:
        pack.findings.unknown(file, (each,), "the agency above", above, rows)
        return
    seen, at = [each], above
    while at and at in rows and at not in seen:
        seen.append(at)
        at = str(rows[at].get("reports_to", ""))
    if at == each:
        way = " -> ".join((*seen, each))
        pack.findings.add(
            file, (each,), f"{each} reports to itself: {way}", "Let the highest of them report to nobody."
        )


def _of_city(pack: CityPack, rows: dict[str, Table]) -> None:
    file = pack.files["city.toml"]
    coordinator = file.table.get("coordinator")
    if isinstance(coordinator, str):
        if coordinator not in rows:
            pack.findings.unknown(file, ("coordinator",), "the agency", coordinator, rows)
        elif rows[coordinator].get("retired"):
            pack.findings.add(file, ("coordinator",), f"{coordinator} is retired", "Name one that is in service.")
        elif rows[coordinator].get("kind") == EXTERNAL:
            mend = "Name an agency of the city."
            pack.findings.add(file, ("coordinator",), f"{coordinator} stands outside of the city", mend)
    counters = file.table.get("counters", {})
    for office, channel in counters.items() if isinstance(counters, dict) else ():
        if office not in rows:
            pack.findings.unknown(file, ("counters", office), "the agency", office, rows)
        if not NAME.fits(channel):
            pack.findings.add(file, ("counters", office), "the channel of a counter is no id", f"Write {NAME.what}.")
