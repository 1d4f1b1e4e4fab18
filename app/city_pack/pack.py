"""A city's folder as it is checked: its files, and the ids that one of them may name in another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.city_pack.reading import PackFile, read_file
from app.city_pack.row_fields import Findings

NEEDED = ("city.toml", "areas.toml", "agencies.toml", "categories.toml")
FREE = ("places.toml", "sites.toml", "place_words.toml", "tiles.toml", "demo.toml")
LISTS = ("holidays.toml", "routes.toml", "answers.toml")


@dataclass
class CityPack:
    """What was read, and what is known of it so far."""

    folder: Path
    findings: Findings
    files: Mapping[str, PackFile]
    sentences: Mapping[str, PackFile]  # by language
    languages: tuple[str, ...] = ()  # the first is spoken until another is chosen
    levels: tuple[Mapping[str, object], ...] = ()
    areas: dict[str, int] = field(default_factory=dict)  # code and depth
    towns: set[str] = field(default_factory=set)  # ids of the largest areas
    names: dict[str, set[str]] = field(default_factory=dict)  # of districts: how often
    agencies: set[str] = field(default_factory=set)
    agencies_in_service: set[str] = field(default_factory=set)  # which new reports can be given to
    categories: set[str] = field(default_factory=set)
    restricted: set[str] = field(default_factory=set)  # those of them that one agency reads
    retired: set[str] = field(default_factory=set)  # those that are no longer asked for
    numbers: tuple[str, ...] = ()  # to call

    @property
    def offices(self) -> frozenset[str]:
        """Of areas, by their codes; those of the largest go by their ids."""
        found = set[str]()
        for code, depth in self.areas.items():
            prefix = self.levels[depth].get("office", "")
            if prefix and depth:
                found.add(f"{prefix}:{code}")
        prefix = self.levels[0].get("office", "") if self.levels else ""
        return frozenset({*found, *(f"{prefix}:{town}" for town in self.towns if prefix)})


def read_pack(folder: Path, findings: Findings) -> CityPack:
    """Every file of it; those that cannot be read are empty, and told of."""
    files = {}
    for name in (*NEEDED, *FREE, *LISTS):
        files[name], flaws = read_file(folder, name, needed=name in NEEDED)
        findings.flaws += flaws
    sentences = {}
    for path in sorted((folder / "phrases").glob("*.toml")):
        sentences[path.stem], flaws = read_file(folder, f"phrases/{path.name}", needed=True)
        findings.flaws += flaws
    return CityPack(folder, findings, files, sentences)
