"""An act that could not be done: what was typed stays in its form, and why stands at the field that it is about."""

from dataclasses import dataclass, field

from core import workflow
from core.errors import Refused
from core.model import Act


@dataclass(frozen=True, slots=True)
class Tried:
    """Nothing, or one act that was refused."""

    act: Act | None = None
    why: Refused | None = None
    typed: dict[str, str] = field(default_factory=dict, repr=False)

    def at(self, act: Act, name: str) -> Refused | None:
        """What stands at a field of a form."""
        here = self.why is not None and self.act is act and _field(self.why) == name
        return self.why if here else None

    @property
    def above(self) -> Refused | None:
        """What stands above all of it."""
        return None if self.why is None or _field(self.why) else self.why

    def kept(self, act: Act, name: str) -> str:
        """What was typed there."""
        return self.typed.get(name, "") if self.act is act else ""


def _field(no: Refused) -> str:
    """Where it stands; what is said of a file stands at the photo. Empty: at none."""
    return "photo" if no.phrase.startswith("file_") else workflow.FIELDS.get(no.phrase, "")


NOTHING_TRIED = Tried()
