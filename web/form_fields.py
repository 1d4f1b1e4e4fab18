"""What stands in the fields of a page of the form for anybody, as its use case takes it."""

import re
from collections.abc import Mapping
from typing import Final

from fastapi import Request

from core import areas
from core.conversation import PlaceFields
from core.intake import FilledPage
from core.model import FormPage, MapAct
from web.form_body import Filled
from web.form_view import HIGH, WIDE
from web.pages import language

ASKED: Final = "jawab-"  # in front of the id of what is asked besides
_TO: Final = "ke-"  # in front of the page that a button leads to
_DROP: Final = "hapus-"  # and of the photo that one takes away
MAP: Final = "peta"  # the picture that is pressed, as a browser names where: peta.x and peta.y
_MAP_ACTS: Final[Mapping[str, MapAct]] = {
    "peta": MapAct.OPEN,
    "peta-kota": MapAct.WHOLE,
    "titik-hapus": MapAct.CLEAR,
    "lokasi": MapAct.HERE,
}
_PIXEL: Final = re.compile(r"-?[0-9]{1,4}")
UNREAD: Final = "apa-adanya"  # what was told is sent as it is
ANOTHER: Final = "lain"  # a kind that is in the list below the suggested ones
_PAGES: Final[Mapping[str, FormPage]] = {each.value: each for each in FormPage}


def plain(text: str) -> str:
    """Returns it with the line ends of a text, not of a form."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def page_of(request: Request, form: Filled) -> FilledPage:
    """What is no field of the form is not read; a page that is none is the first."""

    def text(name: str) -> str:
        return plain(form.fields.get(name, ""))

    act, kind = text("aksi"), text("jenis")
    asked = (name for name in form.fields if name.startswith(ASKED))
    return FilledPage(
        page=_PAGES.get(text("halaman"), FormPage.STORY),
        token=text("formulir"),
        lang=language(request),
        text=text("cerita"),
        kind=text("jenis-lain") if kind in {"", ANOTHER} else kind,
        place=_place_of(form, act),
        answers={name.removeprefix(ASKED): text(name) for name in asked},
        use_found=act == "pakai",
        drops=(act.removeprefix(_DROP),) if act.startswith(_DROP) else (),
        opens=tuple(map(plain, form.ticked.get("buka", ()))),
        hides=text("tutup"),
        to=_wanted(act),
        send=act in {"kirim", "ikut"},
        follow=act == "ikut",
        unread=act == UNREAD,
    )


def _place_of(form: Filled, act: str) -> PlaceFields:
    sure, done = form.text("wilayah"), _MAP_ACTS.get(act)
    if f"{MAP}.x" in form.fields:
        done = MapAct.OPEN if by_keys(form) else MapAct.POINT
    return PlaceFields(
        words=plain(form.fields.get("tempat", "")),
        area=sure or form.text("wilayah-lain"),
        sure=bool(sure),
        act=done,
        point=areas.point_in(form.text("titik")) if done is MapAct.HERE else None,
        picture=form.text("peta-di"),
    )


def pixel(form: Filled) -> tuple[int, int] | None:
    """Where the picture of the map was pressed; None: nowhere in it."""
    at = form.text(f"{MAP}.x"), form.text(f"{MAP}.y")
    if not all(map(_PIXEL.fullmatch, at)):
        return None
    x, y = map(int, at)
    return (x, y) if 0 <= x < WIDE and 0 <= y < HIGH and (x, y) != (0, 0) else None


def by_keys(form: Filled) -> bool:
    """A keyboard presses its corner, and means none."""
    return f"{MAP}.x" in form.fields and pixel(form) is None


def _wanted(act: str) -> FormPage | None:
    return FormPage.PHOTOS if act.startswith(_DROP) else _PAGES.get(act.removeprefix(_TO))
