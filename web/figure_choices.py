"""What can be chosen in the form of figures: fields, areas around, offices and channels that have figures."""

from collections.abc import Callable, Iterable, Sequence

from core import areas
from core.categories import CATEGORIES, GROUPS
from core.model import AreaCode
from core.phrases import channel
from web.figure_shapes import FigureReport
from web.figure_table import area_name, kind_name, office_name
from web.map_view import chain

Choice = tuple[str, str]


def choices(report: FigureReport, lang: str) -> Sequence[tuple[str, Sequence[Choice], str]]:
    """Field of the address, what can be chosen with its name, what is."""
    query = report.query
    offices = [each.key for each in report.offices if each.key]
    channels = [each.key for each in report.channels if each.key]
    return (
        ("jenis", [(key, kind_name(key, lang)) for key in _kinds(query.kind)], query.kind),
        ("wilayah", [(key, area_name(key, lang)) for key in _areas(query.area)], query.area),
        ("kantor", _named(offices, query.office, lambda key: office_name(key, lang)), query.office),
        ("kanal", _named(channels, query.channel, lambda key: channel(key, lang)), query.channel),
    )


def _kinds(chosen: str) -> Iterable[str]:
    """Fields, and the kinds of the one that is chosen; never one that is not published."""
    around = {chosen, *(each.group for each in CATEGORIES if each.id == chosen)}
    for group in GROUPS:
        yield group.id
        if group.id in around:
            yield from (each.id for each in CATEGORIES if each.group == group.id and each.public)


def _areas(chosen: str) -> Iterable[str]:
    """The largest, and in the one that is chosen those right below, down to it."""
    around = {each.code for each in chain(AreaCode(chosen))} if chosen else set()
    waiting = [*areas.children(None)]
    while waiting:
        each = waiting.pop(0)
        yield each.code
        if each.code in around:
            waiting = [*areas.children(each.code), *waiting]


def _named(keys: Sequence[str], chosen: str, name: Callable[[str], str]) -> Sequence[Choice]:
    found = sorted({*keys, *filter(None, (chosen,))}, key=lambda key: name(key).casefold())
    return [(key, name(key)) for key in found]
