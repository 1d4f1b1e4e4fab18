"""What the question that stands is about, beside its step: one shape for each kind of question that needs it."""

from dataclasses import dataclass, field

from core.model.identifiers import AreaCode, CategoryId


@dataclass(frozen=True, slots=True)
class AskedAnew:
    """STORY, PLACE: what the draft holds stays until the new answer is there."""


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """STORY: what was taken for no report, and may yet belong to one."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TwoProblems:
    """SEVERAL: what the two problems of one message are about."""

    kinds: tuple[CategoryId, ...]


@dataclass(frozen=True, slots=True)
class LeavesOf:
    """LEAF: the group whose leaves are shown."""

    group: str


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """WHICH_PLACE: the areas that a name may mean."""

    codes: tuple[AreaCode, ...]


@dataclass(frozen=True, slots=True)
class SameReport:
    """SUMMARY: how many people hold the report that says the same; 0: it is not told."""

    count: int


Detail = AskedAnew | SmallTalk | TwoProblems | LeavesOf | AreaChoice | SameReport
