"""The evaluation of a month on paper: the one place that draws PDF, of offices and never of people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from core.casework import Evaluation
from core.phrases import day, phrase
from web.pages import number

if TYPE_CHECKING:
    from fpdf import FPDF

NOTHING = "\N{EN DASH}"  # where there is no figure
_WIDE, _MARGIN, _FOOT = 297.0, 14.0, 16.0  # mm of A4 on its side
_LINE = 6.4
_NAME = 56.0
_COLUMNS = (
    ("desk_month_closed", 35.0),
    ("desk_month_within", 33.0),
    ("desk_month_mean", 35.0),
    ("desk_month_median", 20.0),
    ("desk_month_open", 17.0),
    ("desk_month_overdue", 22.0),
    ("desk_month_reopened", 19.0),
    ("desk_month_satisfied", 32.0),
)
_BAR = 18.0  # mm of a whole bar
_WEEK = 7
_INK, _SOFT, _PALE, _TEAL, _GREEN, _RED, _GOLD = (
    (24, 32, 31), (85, 96, 95), (228, 230, 224), (11, 102, 98), (20, 96, 58), (166, 27, 27), (232, 179, 58),
)  # fmt: skip
_Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands above and below the figures. `at`: when it was made, the only thing that is not a figure."""

    title: str
    about: str  # one agency; empty: all of them
    lang: str
    at: datetime
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class _Bar:
    share: float
    colour: _Colour


def days(count: float | None, lang: str) -> str:
    """With one digit behind the language's mark."""
    return NOTHING if count is None else f"{count:.1f}".replace(".", phrase("web_decimal", lang))


def percent(share: float | None) -> str:
    """Of a hundred."""
    return NOTHING if share is None else f"{100 * share:.0f}%"


def evaluation(sheet: Sheet, whole: Evaluation, rows: Sequence[tuple[str, Evaluation]]) -> bytes:
    """The PDF: the same figures at the same time are the same bytes."""
    from fpdf import FPDF  # noqa: PLC0415 - its fonts take a second to import, which only who prints shall wait

    pdf = FPDF("landscape", "mm", "A4")
    pdf.set_creation_date(sheet.at)
    pdf.set_title(sheet.title)
    pdf.set_lang(sheet.lang)
    pdf.set_margins(_MARGIN, _MARGIN)
    pdf.set_auto_page_break(auto=False)
    most = max((each.closed for _, each in rows), default=0) or 1
    longest = max((each.mean_days or 0 for _, each in rows), default=0) or 1
    _opening(pdf, sheet, whole)
    _heads(pdf, sheet.lang)
    for name, each in rows:
        if pdf.get_y() > pdf.h - _FOOT - _LINE:
            _foot(pdf, sheet)
            pdf.add_page()
            _heads(pdf, sheet.lang)
        _row(pdf, name, _cells(each, most, longest, sheet.lang))
    _foot(pdf, sheet)
    return bytes(pdf.output())


def _opening(pdf: "FPDF", sheet: Sheet, whole: Evaluation) -> None:
    """Whose it is, of which month, and the figures of all."""
    pdf.add_page()
    pdf.set_fill_color(*_TEAL)
    pdf.rect(0, 0, _WIDE, 5, style="F")
    pdf.set_fill_color(*_GOLD)
    pdf.rect(0, 5, _WIDE, 0.8, style="F")
    _words(pdf, phrase("desk_city", sheet.lang), 9, _SOFT)
    _words(pdf, sheet.title, 18, _INK, bold=True)
    _words(pdf, sheet.about or phrase("desk_month_lead", sheet.lang), 10, _SOFT)
    pdf.ln(2)
    share = whole.within / whole.closed if whole.closed else None
    figures = (
        ("desk_month_closed", number(whole.closed, sheet.lang)),
        ("desk_month_within", percent(share)),
        ("desk_month_median", days(whole.median_days, sheet.lang)),
        ("desk_month_satisfied", percent(whole.satisfied)),
        ("desk_month_open", number(whole.open, sheet.lang)),
        ("desk_month_overdue", number(whole.overdue, sheet.lang)),
        ("desk_month_reopened", number(whole.reopened, sheet.lang)),
    )
    width, top = (_WIDE - 2 * _MARGIN) / len(figures), pdf.get_y()
    for at, (key, shown) in enumerate(figures):
        pdf.set_xy(_MARGIN + at * width, top)
        _font(pdf, 15, _INK, bold=True)
        pdf.cell(width, 7, _plain(shown))
        pdf.set_xy(_MARGIN + at * width, top + 7)
        _font(pdf, 8, _SOFT)
        pdf.cell(width, 4, _plain(phrase(key, sheet.lang)))
    pdf.set_xy(_MARGIN, top + 16)


def _heads(pdf: "FPDF", lang: str) -> None:
    _font(pdf, 7.5, _SOFT, bold=True)
    pdf.cell(_NAME, _LINE, _plain(phrase("desk_col_agency", lang)))
    for key, width in _COLUMNS:
        pdf.cell(width, _LINE, _plain(phrase(key, lang)))
    pdf.ln(_LINE)
    pdf.set_draw_color(*_SOFT)
    pdf.line(_MARGIN, pdf.get_y(), _WIDE - _MARGIN, pdf.get_y())
    pdf.ln(0.6)


def _cells(each: Evaluation, most: int, longest: float, lang: str) -> Iterable[tuple[str, _Bar | None]]:
    """What stands in each column, and its bar."""
    share = each.within / each.closed if each.closed else None
    mean = each.mean_days
    yield number(each.closed, lang), _Bar(each.closed / most, _TEAL)
    yield percent(share), None if share is None else _Bar(share, _GREEN)
    yield days(mean, lang), None if mean is None else _Bar(mean / longest, _RED if mean > _WEEK else _TEAL)
    yield days(each.median_days, lang), None
    yield number(each.open, lang), None
    yield number(each.overdue, lang), None
    yield number(each.reopened, lang), None
    yield percent(each.satisfied), None if each.satisfied is None else _Bar(each.satisfied, _GREEN)


def _row(pdf: "FPDF", name: str, cells: Iterable[tuple[str, _Bar | None]]) -> None:
    top = pdf.get_y()
    _font(pdf, 8.5, _INK)
    pdf.cell(_NAME, _LINE, _fitted(pdf, name))
    for (_, width), (shown, bar) in zip(_COLUMNS, cells, strict=True):
        left = pdf.get_x()
        pdf.cell(width, _LINE, _plain(shown))
        if bar is not None:
            _bar(pdf, left + width - _BAR - 4, top + _LINE / 2 - 1.1, bar)
    pdf.set_draw_color(*_PALE)
    pdf.line(_MARGIN, top + _LINE, _WIDE - _MARGIN, top + _LINE)
    pdf.set_xy(_MARGIN, top + _LINE)


def _bar(pdf: "FPDF", left: float, top: float, bar: _Bar) -> None:
    for share, colour in ((1.0, _PALE), (min(bar.share, 1.0), bar.colour)):
        pdf.set_fill_color(*colour)
        pdf.rect(left, top, _BAR * share, 2.2, style="F")


def _foot(pdf: "FPDF", sheet: Sheet) -> None:
    pdf.set_xy(_MARGIN, pdf.h - _FOOT + 4)
    _font(pdf, 7.5, _SOFT)
    local = sheet.at.astimezone(sheet.zone)
    made = phrase("desk_month_made", sheet.lang, since=f"{day(sheet.at, sheet.zone, sheet.lang)} {local:%Y %H:%M}")
    pdf.cell(0, 4, _plain(f"{made} · {phrase('desk_month_note', sheet.lang)}"))
    pdf.set_xy(_MARGIN, pdf.h - _FOOT + 4)
    pdf.cell(_WIDE - 2 * _MARGIN, 4, str(pdf.page_no()), align="R")


def _words(pdf: "FPDF", text: str, size: float, colour: _Colour, *, bold: bool = False) -> None:
    _font(pdf, size, colour, bold=bold)
    height = size * 0.5
    pdf.cell(0, height, _plain(text))
    pdf.ln(height)


def _font(pdf: "FPDF", size: float, colour: _Colour, *, bold: bool = False) -> None:
    pdf.set_font("helvetica", "B" if bold else "", size)
    pdf.set_text_color(*colour)


def _fitted(pdf: "FPDF", name: str) -> str:
    """As much of a name as its column holds."""
    shown = _plain(name)
    while pdf.get_string_width(shown) > _NAME - 2:
        shown = shown.removesuffix("...")[:-1] + "..."
    return shown


def _plain(text: str) -> str:
    """What the fonts that every reader has can write."""
    return text.replace(NOTHING, "-").encode("latin-1", "replace").decode("latin-1")
