"""`resi staff`: accounts of those who handle reports; a generated password is printed once and kept as a hash only."""

from collections.abc import Callable
from dataclasses import replace

from app.passwords import judged
from app.runtime import opened_runtime
from app.settings import Settings
from app.standard_streams import shown_once
from app.time_and_random import SystemRandomSource
from core import casework
from core.casework import Turn
from core.model import Staff, StaffId, StaffRole
from storage import hashed

Print = Callable[[str], None]


_PENDING = (
    "It opens nothing until a second person has confirmed it at /petugas/orang-kedua: one of its office, or two "
    "others. Before that its owner logs in and changes a generated password."
)


def add(settings: Settings, staff: Staff, given: str | None, say: Print, *, witness: str = "") -> None:
    """A new account; a generated password is the last line. Raises Refused."""
    password, digest = _password(given, staff.name)
    staff = replace(staff, fresh=given is None)
    with opened_runtime(settings) as opened:
        made = opened.turn(lambda turn: casework.add_staff(turn, staff, digest, witness=witness))
    _shown([f"{staff.name}: {staff.role.value} of {staff.agency}"], made, None if given else password, say)


def new(name: str, office: str, role: StaffRole) -> Staff:
    """An account before it has an id; raises Refused for an office that is not known."""
    return Staff(StaffId(""), name, casework.office_of(office), role)


def listed(settings: Settings, say: Print) -> None:
    """A line an account."""
    with opened_runtime(settings) as opened:
        accounts = opened.store.run(lambda tx: tx.accounts.all())
    for staff in accounts:
        state = " disabled" if not staff.active else " pending" if staff.pending is not None else ""
        say(f"{staff.name} {staff.role.value} {staff.agency}{state}")
    if not accounts:
        say("No accounts yet. `resi staff add` makes one.")


def disable(settings: Settings, name: str, say: Print) -> None:
    """Raises Refused."""
    with opened_runtime(settings) as opened:
        opened.turn(lambda turn: casework.disable(turn, name))
    say(f"{name} can act no more.")


def reset(
    settings: Settings, name: str, given: str | None, say: Print, *, second_step: bool = False, witness: str = ""
) -> None:
    """Another password, a generated one is the last line; perhaps without the second step. Raises Refused."""
    password, digest = _password(given, name)
    with opened_runtime(settings) as opened:

        def work(turn: Turn) -> Staff:
            if second_step:
                casework.drop_factor(turn, name)
            return casework.change_password(turn, name, digest, fresh=given is None, witness=witness)

        staff = opened.turn(work)
    done = f"{name} has another password{', and no second step any more' if second_step else ''}."
    _shown([done], staff, None if given else password, say)


def _shown(lines: list[str], staff: Staff, made_up: str | None, say: Print) -> None:
    """With what is still to be done before the account opens anything, and a generated password at the end."""
    lines += [_PENDING] if staff.pending is not None else []
    if made_up is None:
        for line in lines:
            say(line)
        return
    with shown_once(f"{staff.name} has a password that nobody saw. `resi staff reset {staff.name}` gives another."):
        for line in (*lines, made_up):
            say(line)


def _password(given: str | None, name: str) -> tuple[str, str]:
    """The password and its hash, made before there is a transaction: hashing is meant to take its time."""
    if given is not None:
        judged(given, name)
    password = given if given is not None else casework.made_up(SystemRandomSource())
    return password, hashed(password)
