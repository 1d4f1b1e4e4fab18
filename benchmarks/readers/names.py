"""Names of people from many countries, for lines in which the writer's name is replaced."""

import csv
import random
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

COUNTRIES = (
    "id_ID", "en_US", "en_GB", "en_IN", "en_NG", "nl_NL", "de_DE", "fr_FR", "it_IT", "es_ES", "pt_BR", "tr_TR", "en_IE",
    "vi_VN", "pl_PL", "sv_SE", "fi_FI",
)  # fmt: skip
ABROAD = 0.2  # share of names from the lists of other countries


def namer(corpus: Path, rng: random.Random) -> Callable[[int], str]:
    """Makes a name of so many words, mostly of Indonesia."""
    first, last = _at_home(corpus)
    firsts, lasts = _abroad()

    def name(size: int) -> str:
        one, other = (firsts, lasts) if rng.random() < ABROAD else (first, last)
        return " ".join([rng.choice(one), *(rng.choice(other) for _ in range(size - 1))])

    return name


def _at_home(corpus: Path) -> tuple[list[str], list[str]]:
    with (corpus / "lexicon" / "names.tsv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))
    first, last = ([row["token"].title() for row in rows if int(row[each] or 0)] for each in ("as_first", "as_last"))
    return first, last


def _abroad() -> tuple[list[str], list[str]]:
    first: set[str] = set()
    last: set[str] = set()
    for country in COUNTRIES:
        listed = import_module(f"faker.providers.person.{country}").Provider
        for attribute in ("first_names", "first_names_male", "first_names_female"):
            first.update(getattr(listed, attribute, ()))
        last.update(getattr(listed, "last_names", ()))
    return sorted(filter(str.isalpha, first)), sorted(filter(str.isalpha, last))
