"""What administrators changed of the city since its folder was read: a row of it, in place of the folder's."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class CityPart(StrEnum):
    """What can be changed of a city while it is served."""

    AGENCY = "agency"
    CATEGORY = "category"
    ATTRIBUTE = "attribute"
    HOLIDAY = "holiday"
    TAKEN = "taken"  # what the database took over from the folder, once


@dataclass(frozen=True, slots=True)
class CityChange:
    """One row as its file has it, but for the id. `row` None: taken out; `version`: of the present that it began."""

    part: CityPart
    id: str
    row: Mapping[str, object] | None
    version: int = 0
