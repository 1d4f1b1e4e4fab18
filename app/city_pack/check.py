"""Everything that is wrong with a city's folder, in one look: nothing of it is served, and nothing is kept."""

from pathlib import Path

from app.city_pack.agency_rules import check_agencies
from app.city_pack.area_rules import check_areas
from app.city_pack.category_rules import check_categories
from app.city_pack.list_rules import check_answers, check_attributes, check_holidays, check_routes
from app.city_pack.logo_rules import check_logo
from app.city_pack.naming_rules import check_names
from app.city_pack.pack import CityPack, read_pack
from app.city_pack.reading import Flaw
from app.city_pack.row_fields import Findings
from app.city_pack.sentence_rules import check_sentences
from app.city_pack.weight_rules import check_weights
from app.city_pack.whole_city import check_city


def checked(folder: Path) -> list[Flaw]:
    """What is wrong, file by file, the first line first; empty where nothing is."""
    return sorted(looked_at(folder).findings.flaws, key=lambda each: (each.file, each.line, each.what))


def looked_at(folder: Path) -> CityPack:
    """The folder with what was found wrong with it."""
    findings = Findings()
    if not folder.is_dir():
        findings.flaws.append(Flaw(str(folder), 0, "is no folder", "Name the folder that holds city.toml."))
        return CityPack(folder, findings, {}, {})
    pack = read_pack(folder, findings)
    check_city(pack)
    check_areas(pack)
    check_agencies(pack)
    check_categories(pack)
    check_attributes(pack)
    check_holidays(pack)
    check_routes(pack)
    check_answers(pack)
    check_logo(pack)
    check_names(pack)
    check_weights(pack)
    check_sentences(pack)
    return pack
