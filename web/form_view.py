"""What a page of the form for anybody shows, and the way in that it is handed to."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from core.conversation import FormLook
from core.errors import Refused
from core.intake import FilledPage
from core.model import FormPage


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


FillForm = Callable[[FilledPage, Sequence[bytes], str], Awaitable[FormView]]
"""Takes a page with its photos, and the peer, for limits alone. Raises Refused `web_form_gone`, StoreAway."""
