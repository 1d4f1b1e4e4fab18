"""A citizen's message arrives: one turn from "seen before?" to the reply in the outbox.

Nothing here commits. Who calls: app/turns for a message; the tracking page and the command line for a code alone. Who
lives here: `received` (the turn), `standing` (the right that a message shows), `filing` (what becomes a report),
`codes` (what a code answers), `report_answers` and `withdrawing` (what is said of a report that is there),
`held_words` (words without a right wait), `restricting` (words that come later and lean), `following` (somebody has
reported it already), `replies` and `budgets` (what an answer opens, and how many leave), `forms` (the second door:
counters and partners), `counter` (what a clerk types), `partner_updates` (what a partner says of what it filed),
`public_form` (what anybody fills in on the web), `code_forms` (what a form with a code does), `last_resort` (what
raised is filed as it is), `read_ahead` (what is read before).
"""

from typing import TYPE_CHECKING

from core.lazy_door import lazy_door

if TYPE_CHECKING:
    from core.intake.budgets import Slope
    from core.intake.code_forms import PAGE, Acted, CodeForm, Offers, act, offers
    from core.intake.codes import Answer, Requester, forget, guessed, look_up
    from core.intake.counter import CounterReceipt, Typed, at_counter, at_counter_as_it_is
    from core.intake.forms import Filled, Receipt, form
    from core.intake.last_resort import as_it_is, form_as_it_is
    from core.intake.partner_updates import PartnerUpdate, UpdateState, is_new, update
    from core.intake.public_form import FilledPage, FormState
    from core.intake.read_ahead import foresee, needs_store, stands
    from core.intake.received import answer, apology, message
    from core.intake.standing import PATIENCE

__all__ = [
    "PAGE",
    "PATIENCE",
    "Acted",
    "Answer",
    "CodeForm",
    "CounterReceipt",
    "Filled",
    "FilledPage",
    "FormState",
    "Offers",
    "PartnerUpdate",
    "Receipt",
    "Requester",
    "Slope",
    "Typed",
    "UpdateState",
    "act",
    "answer",
    "apology",
    "as_it_is",
    "at_counter",
    "at_counter_as_it_is",
    "foresee",
    "forget",
    "form",
    "form_as_it_is",
    "guessed",
    "is_new",
    "look_up",
    "message",
    "needs_store",
    "offers",
    "stands",
    "update",
]

__getattr__ = lazy_door(
    __name__,
    {
        "budgets": "Slope",
        "code_forms": "PAGE Acted CodeForm Offers act offers",
        "codes": "Answer Requester forget guessed look_up",
        "counter": "CounterReceipt Typed at_counter at_counter_as_it_is",
        "forms": "Filled Receipt form",
        "last_resort": "as_it_is form_as_it_is",
        "partner_updates": "PartnerUpdate UpdateState is_new update",
        "public_form": "FilledPage FormState",
        "read_ahead": "foresee needs_store stands",
        "received": "answer apology message",
        "standing": "PATIENCE",
    },
)
