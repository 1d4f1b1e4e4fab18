"""What is counted of published reports: sums of classes that enough share, by kind, place and office, or by channel.

No class of a figure is finer than what was published of its rows, and each has `least` proved senders: so has each sum
of them, and each difference of such sums that leaves whole classes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from core.categories import AGENCIES
from core.model import AgencyId, FigureClass, FigureCount, FigureOutcome, OutcomeEvent, ReportId, Unpublished
from core.publication.classes import Partition, enough, partition_by, split

KIND = "kind:"  # before the kind of an office, where more than that would point at too few


def office_kind(office: str) -> str:
    """What is told of an office at the coarsest: the level of the area whose it is, or which kind of agency it is."""
    if not office or office.startswith(KIND):
        return office
    level, of_area, _ = office.partition(":")
    if of_area:
        return f"{KIND}{level}"
    known = AGENCIES.get(AgencyId(office))
    return "" if known is None else f"{KIND}{known.kind}"


def by_office(reports: Iterable[Unpublished], least: int) -> Mapping[str, tuple[Unpublished, ...]]:
    """Reports of one class, by the office that enough of them have, by its kind, or under nothing."""
    return split(reports, (lambda each: each.agency, lambda each: office_kind(each.agency)), least)


def by_channel(reports: Iterable[Unpublished], least: int) -> Mapping[str, int]:
    """How many of all that are published together came by which channel; under "" those whose channel has too few.

    The only figure that is no sum of classes: so it is asked by nothing else, and told of what was received alone.
    """
    everybody = tuple(reports)
    if not enough(everybody, least):
        return {}
    return {name: len(those) for name, those in split(everybody, (lambda each: each.channel,), least).items()}


def proved(reports: Iterable[Unpublished]) -> frozenset[ReportId]:
    """One report of each proved sender."""
    first: dict[bytes, ReportId] = {}
    for each in sorted(reports, key=lambda each: each.number):
        if each.sender:
            first.setdefault(each.sender, each.report)
    return frozenset(first.values())


def counted(events: Iterable[OutcomeEvent], least: int) -> tuple[Sequence[FigureCount], Sequence[OutcomeEvent]]:
    """Counts of what can be told now, and the events that are in them; the others wait until they are enough."""
    of: dict[FigureOutcome, list[OutcomeEvent]] = defaultdict(list)
    for event in events:
        of[event.outcome].append(event)
    counts: list[FigureCount] = []
    told: list[OutcomeEvent] = []
    for outcome in FigureOutcome:
        parts: Partition[OutcomeEvent] = partition_by(of[outcome], lambda event: event.shared, least)
        for shared, those in parts.classes.items():
            told += those
            for office, cell in _by_office(those, least).items():
                counts.append(FigureCount(outcome, FigureClass(shared, office), Counter(each.days for each in cell)))
    return counts, told


def _by_office(events: Iterable[OutcomeEvent], least: int) -> Mapping[str, tuple[OutcomeEvent, ...]]:
    return split(events, (lambda each: each.office, lambda each: office_kind(each.office)), least)
