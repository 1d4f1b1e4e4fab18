"""Fields of the form for anybody: what is none of them is not read, and what is odd in them is nothing."""

import pytest

from core.model import MapAct
from tests.fakes.web_services import Behind
from web.form_body import Filled
from web.form_fields import by_keys, page_of, pixel, plain
from web.form_view import HIGH, WIDE


def filled(**fields: str) -> Filled:
    named = {name.replace("__", ".").replace("_", "-"): value for name, value in fields.items()}
    return Filled(named, ticked={name: (value,) for name, value in named.items()})


@pytest.mark.parametrize(
    ("x", "y", "meant"),
    [
        ("10", "20", (10, 20)),
        ("0", "0", None),
        ("0", "5", (0, 5)),
        (str(WIDE), "5", None),
        ("5", str(HIGH), None),
        ("-1", "5", None),
        ("1.5", "5", None),
        ("99999", "5", None),
        ("", "", None),
        ("\u0663", "5", None),
    ],
)
def test_only_a_pixel_of_the_picture_is_one_and_all_else_was_no_pointing(
    x: str, y: str, meant: tuple[int, int] | None
) -> None:
    form = filled(peta__x=x, peta__y=y)
    assert pixel(form) == meant
    assert by_keys(form) == (meant is None)


def test_a_page_without_a_picture_was_pressed_nowhere() -> None:
    assert (pixel(filled(aksi="lanjut")), by_keys(filled(aksi="lanjut"))) == (None, False)


def test_line_ends_are_those_of_a_text() -> None:
    assert plain(" satu\r\ndua\rtiga ") == "satu\ndua\ntiga"


@pytest.mark.parametrize(
    ("act", "done"),
    [("peta", MapAct.OPEN), ("peta-kota", MapAct.WHOLE), ("titik-hapus", MapAct.CLEAR), ("lokasi", MapAct.HERE)],
)
def test_buttons_of_the_map_are_told_apart_and_where_somebody_is_counts_behind_its_own_alone(
    act: str, done: MapAct
) -> None:
    class Asked:
        query_params: dict[str, str] = {}  # noqa: RUF012 - of one test
        app = Behind().app()

    page = page_of(Asked(), filled(halaman="place", aksi=act, titik="-6.2050,106.8030"))  # type: ignore[arg-type]  # all that is read of a request
    assert page.place.act is done
    assert (page.place.point is not None) == (done is MapAct.HERE)
