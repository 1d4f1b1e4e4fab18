"""Staff act on reports, and time passes: one turn each, under the table of moves, with its news and its trail.

Who calls: `resi case`, `resi staff`, `resi clock` and the clock of a running service; the staff desk. Who lives here:
`acts` (one act), `viewing` (lists and one report), `queue` (the list that is worked through), `queue_places` (the same
for a map), `clock` (what is due), `searching` (the same list by words), `actors` (who acts), `accounts` (what is done
to accounts) with `confirmations` (the second person), `login`, `factor` and `sign_on` (who is let in),
`failed_attempts` (what was tried in vain), `bulk` (chosen together, or taken away), `saved_views` and `mentions` (what
one keeps for oneself, and is shown), `evaluation` (the figures of a month), `checks` (the second pair of eyes),
`lateness` (what is late, by agency), `administration` (what operators and administrators arrange), `account_import`
(accounts from a table), `staffing` (which offices have some), `alerts` (what staff are told by mail) and
`alert_address` (where).
"""

from typing import TYPE_CHECKING

from core.casework.alerts import MOST as ALERTS_A_TURN
from core.casework.alerts import accounts_to_tell, note_happened, tell
from core.casework.checks import Checks, Comparison, checks, comparison, to_check
from core.casework.evaluation import Evaluated, Evaluation, evaluated, evaluation, month, next_month
from core.casework.question_counts import OFTEN, QuestionCounts, question_counts
from core.casework.queue import Part, Queue, Wanted, When, Which, queue
from core.casework.queue_places import QueuePlaces, queue_places
from core.lazy_door import lazy_door
from core.record import Turn

if TYPE_CHECKING:
    from core.casework.accounts import (
        add_staff,
        change_password,
        disable,
        drop_factor,
        made_up,
        office_of,
        placed,
        tie_identity,
        untie_identity,
    )
    from core.casework.actors import OPERATOR, Actor, account
    from core.casework.acts import do
    from core.casework.administration import (
        add_canned,
        add_partner,
        add_route,
        change_partner_rights,
        disable_partner,
        drop_canned,
        drop_route,
        partner_key,
        rotate_partner,
        route_of,
        tell_partner_at,
    )
    from core.casework.bulk import chosen, take, taken
    from core.casework.clock import MOST, process_deadlines
    from core.casework.confirmations import confirm, may_confirm, to_confirm
    from core.casework.failed_attempts import Miss, missed
    from core.casework.lateness import Late, late, late_of
    from core.casework.login import LoginAttempt, Stage, Visitor
    from core.casework.mentions import mentioned
    from core.casework.saved_views import drop_view, save_view, views
    from core.casework.searching import Candidates, SearchPage, search
    from core.casework.staffing import OfficeRow, office_rows, offices
    from core.casework.viewing import Seen, as_listed, climbed, lines, listing, photo, readable, show, steps

__all__ = [
    "ALERTS_A_TURN",
    "MOST",
    "OFTEN",
    "OPERATOR",
    "Actor",
    "Candidates",
    "Checks",
    "Comparison",
    "Evaluated",
    "Evaluation",
    "Late",
    "LoginAttempt",
    "Miss",
    "OfficeRow",
    "Part",
    "QuestionCounts",
    "Queue",
    "QueuePlaces",
    "SearchPage",
    "Seen",
    "Stage",
    "Turn",
    "Visitor",
    "Wanted",
    "When",
    "Which",
    "account",
    "accounts_to_tell",
    "add_canned",
    "add_partner",
    "add_route",
    "add_staff",
    "as_listed",
    "change_partner_rights",
    "change_password",
    "checks",
    "chosen",
    "climbed",
    "comparison",
    "confirm",
    "disable",
    "disable_partner",
    "do",
    "drop_canned",
    "drop_factor",
    "drop_route",
    "drop_view",
    "evaluated",
    "evaluation",
    "late",
    "late_of",
    "lines",
    "listing",
    "made_up",
    "may_confirm",
    "mentioned",
    "missed",
    "month",
    "next_month",
    "note_happened",
    "office_of",
    "office_rows",
    "offices",
    "partner_key",
    "photo",
    "placed",
    "process_deadlines",
    "question_counts",
    "queue",
    "queue_places",
    "readable",
    "rotate_partner",
    "route_of",
    "save_view",
    "search",
    "show",
    "steps",
    "take",
    "taken",
    "tell",
    "tell_partner_at",
    "tie_identity",
    "to_check",
    "to_confirm",
    "untie_identity",
    "views",
]

__getattr__ = lazy_door(
    __name__,
    {
        "accounts": (
            "add_staff change_password disable drop_factor made_up office_of placed tie_identity untie_identity"
        ),
        "actors": "OPERATOR Actor account",
        "acts": "do",
        "administration": (
            "add_canned add_partner add_route change_partner_rights disable_partner drop_canned drop_route "
            "partner_key rotate_partner route_of tell_partner_at"
        ),
        "bulk": "chosen take taken",
        "clock": "MOST process_deadlines",
        "confirmations": "confirm may_confirm to_confirm",
        "failed_attempts": "Miss missed",
        "lateness": "Late late late_of",
        "login": "LoginAttempt Stage Visitor",
        "mentions": "mentioned",
        "saved_views": "drop_view save_view views",
        "searching": "Candidates SearchPage search",
        "staffing": "OfficeRow office_rows offices",
        "viewing": "Seen as_listed climbed lines listing photo readable show steps",
    },
)
