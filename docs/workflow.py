"""The way of a report as a picture, drawn from the table of moves: `python -m docs.workflow docs/workflow.svg`."""  # noqa: INP001 - a page that runs, not a package

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.model import Act, Status, WorkStage
from core.phrases import phrase
from core.workflow.table import MOVES, Move, Relation, Target, TextRule, at_stage
from docs.drawing import EDGE, INK, PALE, PAPER, Sheet, Spot, print_or_write

WIDTH, LEFT = 1160, -18
_BOX = (150, 48)  # of a status
_BELOW = 80  # from one to the next below it
_BADGE = 15  # from one to the next
_LETTER = 6.9  # how wide one is, at most, on average
_DASH = 9


@dataclass(frozen=True, slots=True)
class _Who:
    """A letter for who cannot tell the colours, and who it is."""

    letter: str
    colour: str
    words: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Statuses from which something can be done alike: its arrow begins at the frame, or at the word `any` in it."""

    name: str
    statuses: frozenset[Status]
    corner: Spot
    size: Spot
    fill: str
    any: Spot | None = None


@dataclass(frozen=True, slots=True)
class _Arrow:
    """All that leads from one place to one status."""

    start: str
    to: Status
    acts: tuple[tuple[Act, tuple[Relation, ...]], ...]


_WHO: Mapping[Relation, _Who] = {
    Relation.HOLDER: _Who("H", "#1d5fa8", "the office that holds it"),
    Relation.SECOND: _Who("S", "#a2208e", "the second pair of eyes"),
    Relation.BIRO: _Who("B", "#b45309", "Biro Pemerintahan"),
    Relation.CITIZEN: _Who("C", "#1b7a3d", "whoever has a code"),
    Relation.CLOCK: _Who("T", "#5b6470", "time"),
}
# Where a box stands; one that is not here stands below those of its stage.
_PLACES: Mapping[Status, Spot] = {
    Status.MENUNGGU: (125, 155),
    Status.KOORDINASI: (125, 255),
    Status.DISPOSISI: (125, 355),
    Status.PROSES: (545, 155),
    Status.TL_DITOLAK: (545, 255),
    Status.EWS: (545, 355),
    Status.MENUNGGU_VALIDASI: (805, 155),
    Status.SELESAI: (1055, 155),
    Status.DICABUT: (1055, 255),
    Status.DITOLAK: (1055, 355),
    Status.DITERUSKAN: (1055, 435),
}
_IN_WORK = at_stage(WorkStage.WORK)
_OPEN = at_stage(WorkStage.NEW) | _IN_WORK
_FRAMES = (
    _Frame("not ended", _OPEN | at_stage(WorkStage.CHECK), (20, 78), (875, 410), "#f5f7fa"),
    _Frame("open", _OPEN, (32, 104), (618, 368), "#ebf0f5", any=(330, 255)),
    _Frame("in work", _IN_WORK, (457, 116), (176, 292), "#dfe7ef"),
)
# Where an arrow goes, and where its words begin; one that is not here goes straight.
_ROUTES: Mapping[tuple[str, Status], tuple[tuple[Spot, ...], Spot]] = {
    ("open", Status.KOORDINASI): (((308, 255), (200, 255)), (204, 255)),
    ("open", Status.DISPOSISI): (((322, 268), (322, 355), (200, 355)), (210, 355)),
    ("open", Status.PROSES): (((330, 242), (330, 155), (470, 155)), (365, 155)),
    ("open", Status.EWS): (((338, 268), (338, 355), (470, 355)), (342, 355)),
    ("open", Status.DITOLAK): (((650, 355), (980, 355)), (700, 355)),
    ("open", Status.DITERUSKAN): (((650, 435), (980, 435)), (700, 435)),
    ("in work", Status.MENUNGGU_VALIDASI): (((633, 155), (730, 155)), (656, 155)),
    ("menunggu_validasi", Status.SELESAI): (((880, 155), (980, 155)), (901, 155)),
    ("menunggu_validasi", Status.TL_DITOLAK): (((805, 179), (805, 255), (620, 255)), (656, 255)),
    ("not ended", Status.DICABUT): (((895, 255), (980, 255)), (901, 255)),
    ("selesai", Status.PROSES): (((1035, 131), (1035, 60), (545, 60), (545, 131)), (700, 60)),
    ("selesai", Status.KOORDINASI): (((1075, 131), (1075, 32), (4, 32), (4, 255), (50, 255)), (700, 32)),
}
_FILED: tuple[tuple[Spot, ...], Spot] = (((125, 58), (125, 131)), (138, 69))
_LEGEND_AT, _TABLE_AT, _ROW = 522, 566, 22
_COLUMNS = (0, 126, 190, 300)  # act, who, where, what is needed
_HALVES = (32, 590)
_NEEDS_TEXT = {TextRule.INSIDE: "words", TextRule.TOLD: "words for the citizen"}
_NEEDS_TARGET = {
    Target.OFFICE: "an office",
    Target.BRANCH: "a branch",
    Target.OUTSIDE: "an agency outside",
    Target.REPORT: "a report",
}


def starts(move: Move) -> tuple[str, ...]:
    """Where its arrows begin: the largest frames whose statuses all allow it, then single statuses."""
    found, left = list[str](), set(move.at)
    for frame in _FRAMES:
        inside = frame.statuses - {move.to} if move.to is not None else frame.statuses
        if inside <= move.at and inside & left:
            found.append(frame.name)
            left -= inside
    return (*found, *(status.value for status in Status if status in left and status is not move.to))


def arrows(moves: Sequence[Move]) -> tuple[_Arrow, ...]:
    """Acts between the same two places share one."""
    found: dict[tuple[str, Status], dict[Act, set[Relation]]] = {}
    for move in moves:
        if move.to is not None:
            for start in starts(move):
                found.setdefault((start, move.to), {}).setdefault(move.act, set()).update(move.by)
    return tuple(
        _Arrow(start, to, tuple((act, tuple(who for who in Relation if who in by)) for act, by in acts.items()))
        for (start, to), acts in found.items()
    )


def _badges(sheet: Sheet, who: Iterable[Relation], at: Spot) -> int:
    """A disc with a letter for each; where the next thing may stand."""
    x, y = at
    for each in who:
        sheet.put("circle", cx=x + 6, cy=y - 4, r=6.5, fill=_WHO[each].colour)
        sheet.write(_WHO[each].letter, (x + 6, y - 1), 9, fill=PAPER, text_anchor="middle", font_weight="bold")
        x += _BADGE
    return x + 2


def _line(sheet: Sheet, points: Sequence[Spot], who: Sequence[Relation]) -> None:
    """Dashes in turn where several may."""
    path = "M" + " L".join(f"{x},{y}" for x, y in points)
    for turn, each in enumerate(who):
        colour = _WHO[each].colour
        dashes = {"stroke_dasharray": f"{_DASH} {_DASH * (len(who) - 1)}", "stroke_dashoffset": -turn * _DASH}
        sheet.put("path", d=path, fill="none", stroke=colour, stroke_width=1.8, **(dashes if len(who) > 1 else {}))
    # The head is a path of its own: the last dash may end before it.
    end = "M" + " L".join(f"{x},{y}" for x, y in points[-2:])
    sheet.put("path", d=end, fill="none", stroke="none", marker_end=sheet.head(_WHO[who[0]].colour))


def _middle(place: str) -> Spot:
    for frame in _FRAMES:
        if frame.name == place:
            return frame.any or (frame.corner[0] + frame.size[0] // 2, frame.corner[1] + frame.size[1] // 2)
    return _spot(Status(place))


def _spot(status: Status) -> Spot:
    if status in _PLACES:
        return _PLACES[status]
    same = [each for each in Status if each.row.stage is status.row.stage]
    drawn = [_PLACES[each] for each in same if each in _PLACES]
    rank = [each for each in same if each not in _PLACES].index(status)
    return drawn[0][0], max(y for _, y in drawn) + _BELOW * (rank + 1)


def _straight(start: str, to: Status) -> tuple[tuple[Spot, ...], Spot]:
    """A route for what has none yet: it ends at the side of the box that it meets."""
    (x, y), (end_x, end_y) = _middle(start), _spot(to)
    across, down = x - end_x, y - end_y
    steps = max(abs(across) * 2 / _BOX[0], abs(down) * 2 / _BOX[1], 1)
    end = (round(end_x + across / steps), round(end_y + down / steps))
    return ((x, y), end), ((x + end[0]) // 2, (y + end[1]) // 2)


def _arrow(sheet: Sheet, arrow: _Arrow, route: tuple[tuple[Spot, ...], Spot]) -> None:
    points, (x, y) = route
    _line(sheet, points, [who for who in Relation if any(who in by for _, by in arrow.acts)])
    for place, (act, by) in enumerate(arrow.acts):
        base = y - 7 if place == 0 else y + 3 + 15 * place
        after = _badges(sheet, by, (x, base))
        sheet.write(act.value, (after, base), fill=_WHO[by[0]].colour)


def _frame(sheet: Sheet, frame: _Frame) -> None:
    (x, y), (width, height) = frame.corner, frame.size
    sheet.put("rect", x=x, y=y, width=width, height=height, rx=12, fill=frame.fill, stroke=EDGE, stroke_dasharray="3 3")
    sheet.write(frame.name, (x + 10, y + height - 9), 12, fill=PALE, font_style="italic")
    if frame.any is not None:
        sheet.put("rect", x=frame.any[0] - 22, y=frame.any[1] - 13, width=44, height=26, rx=13, fill=PALE)
        sheet.write("any", (frame.any[0], frame.any[1] + 4), fill=PAPER, text_anchor="middle")


def _status(sheet: Sheet, status: Status) -> None:
    (x, y), (width, height) = _spot(status), _BOX
    box = {"width": width, "height": height, "rx": 7, "fill": PAPER, "stroke": INK, "stroke_width": 1.4}
    sheet.put("rect", x=x - width // 2, y=y - height // 2, **box)
    sheet.write(phrase(f"status_{status}", "id"), (x, y - 2), 13, text_anchor="middle", font_weight="bold")
    sheet.write(phrase(f"status_{status}", "en"), (x, y + 14), 10, text_anchor="middle", fill=PALE)


def _where(move: Move) -> str:
    if move.at == frozenset(Status):
        return "any"
    named = {status.value: phrase(f"status_{status}", "id") for status in Status}
    return ", ".join(named.get(place, place) for place in starts(move))


def _needs(move: Move) -> str:
    needs = (
        _NEEDS_TEXT.get(move.text, ""),
        "a date" if move.date else "",
        "a photo" if move.photo else "",
        _NEEDS_TARGET.get(move.target, ""),
        "" if move.restricted else "not where restricted",
    )
    return ", ".join(each for each in needs if each)


def _legend(sheet: Sheet) -> None:
    x = _HALVES[0]
    for who, row in _WHO.items():
        after = _badges(sheet, [who], (x, _LEGEND_AT))
        sheet.write(f"{who.value}: {row.words}", (after, _LEGEND_AT), fill=row.colour)
        x = after + round(_LETTER * len(f"{who.value}: {row.words}")) + 18


def _table(sheet: Sheet, staying: Sequence[Move]) -> None:
    half = _rows(staying)
    for side, x in enumerate(_HALVES):
        for heading, across in zip(("status stays", "who", "while", "needs"), _COLUMNS, strict=True):
            sheet.write(heading, (x + across, _TABLE_AT), 11, fill=PALE, font_style="italic")
        for place, move in enumerate(staying[side * half : (side + 1) * half], 1):
            y = _TABLE_AT + place * _ROW
            sheet.put("path", d=f"M{x},{y - 15} h{_HALVES[1] - _HALVES[0] - 30}", stroke=EDGE, stroke_width=0.5)
            sheet.write(move.act.value, (x, y))
            _badges(sheet, (who for who in Relation if who in move.by), (x + _COLUMNS[1], y))
            sheet.write(_where(move), (x + _COLUMNS[2], y))
            sheet.write(_needs(move), (x + _COLUMNS[3], y))


def _rows(staying: Sequence[Move]) -> int:
    return (len(staying) + 1) // 2


def draw(moves: Sequence[Move] = MOVES) -> str:
    """The picture, as SVG."""
    staying = [move for move in moves if move.to is None]
    sheet = Sheet("The way of a report", WIDTH, _TABLE_AT + _rows(staying) * _ROW + 20, LEFT)
    for frame in _FRAMES:
        _frame(sheet, frame)
    _arrow(sheet, _Arrow("", Status.MENUNGGU, ((Act.FILED, (Relation.CITIZEN,)),)), _FILED)
    for arrow in arrows(moves):
        _arrow(sheet, arrow, _ROUTES.get((arrow.start, arrow.to)) or _straight(arrow.start, arrow.to))
    for status in Status:
        _status(sheet, status)
    _legend(sheet)
    _table(sheet, staying)
    return sheet.text()


if __name__ == "__main__":
    print_or_write(draw)
