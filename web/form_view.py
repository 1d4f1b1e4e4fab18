"""What a page of the form for anybody shows, and the way in that it is handed to."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from core.conversation import FormLook
from core.errors import Refused, StoreAway
from core.intake import FilledPage
from core.model import FormPage

WIDE: Final = 288
"""Pixels of the page, as a phone of 320 has room for: a browser tells which was pressed, and not how large they are."""
HIGH: Final = 216


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A picture of the map: all of it as a data: address, the area that it shows, and what that is called.

    Of the whole city area and name are empty.
    """

    data: str = field(repr=False)
    about: str
    name: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What comes with a page and is no field of it. `pixel`: where the picture of the map was pressed."""

    photos: Sequence[bytes] = ()
    pixel: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class FormView:
    """A page of the form for anybody; once it is filed: the code, which this answer and its repetitions alone tell.

    `why`: what was not taken, of the fields or the photos. `wait`: seconds, where there were too many from one network.
    """

    page: FormPage
    look: FormLook
    token: str = field(default="", repr=False)
    why: tuple[Refused, ...] = ()
    wait: int = 0
    code: str = field(default="", repr=False)
    due: str = ""  # the day, as people say it
    picture: str = field(default="", repr=False)  # the code to be scanned, as a data: address
    follows: bool = False  # the code is of a report that was there before
    mapped: bool = False  # there is a map
    map: MapPicture | None = None  # where it is open
    map_credit: str = ""


class FormFault(StoreAway):
    """A rule of the form fails, for whatever reason; what was told can be filed unread."""


FillForm = Callable[[FilledPage, Brought, str], Awaitable[FormView]]
"""Takes a page with what comes with it, and the peer, for limits alone. Raises Refused `web_form_gone`, StoreAway."""
