"""The answer that opens and closes words: of a draft before it is filed, and of a report that was just filed."""

from dataclasses import replace
from typing import Final

from core import places
from core.conversation import moves
from core.conversation.closing import Wish, granted, orders_in, tells_of_a_lid, wish_in
from core.conversation.decision_table import Received, rule
from core.conversation.intents import problem_in, words_in
from core.conversation.outcomes import CloseMore, Outcome, line
from core.messages import ChannelProfile
from core.model import Dialogue, Step

_FEW_WORDS: Final = 4  # from here on, they may tell a problem


def _wish(received: Received) -> Wish | None:
    draft = received.dialogue.draft
    return wish_in(received.text, draft) if draft.text and received.dialogue.filed is None else None


def _grant(dialogue: Dialogue, wish: Wish, profile: ChannelProfile) -> Outcome:
    """Where anybody may be writing, what was closed stays so: else a stranger could open it before it is sent."""
    if not profile.proved and wish.opens:
        wish = replace(wish, opens=())
        if wish == Wish():
            return moves.go_to(dialogue, Step.SUMMARY, profile, line("closing_stays"))
    if wish == Wish():
        return moves.ask(dialogue, profile, line("closing_unfound"))
    draft = granted(dialogue.draft, wish)
    lead = () if profile.echo else (line("closing_done"),)
    return moves.go_to(replace(dialogue, draft=draft, misses=0), Step.SUMMARY, profile, *lead)


def _more(received: Received) -> CloseMore | None:
    filed, said = received.dialogue.filed, received.text
    own = tells_of_a_lid(said) or (places.find(said).certain and bool(problem_in(said).ranked))
    if words_in(said) > _FEW_WORDS and own and not received.in_our_thread:
        return None  # a problem of its own: "tutup got hilang di depan pasar"
    hides = tuple(what for opens, what in orders_in(said) if not opens and what)
    return CloseMore(filed.report, hides) if filed is not None and hides else None


def _close(dialogue: Dialogue, more: CloseMore, _: ChannelProfile) -> Outcome:
    return Outcome(dialogue, None, more)


CLOSING: Final = rule("what shall be opened or closed", _wish, _grant, "it is, and the summary shown again")
CLOSING_MORE: Final = rule("what shall be closed too", _more, _close, "it is closed in the report")
