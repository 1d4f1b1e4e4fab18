"""What a message will be read for, read before its turn: nobody waits for a reader while one turn holds the store."""

from datetime import datetime

from core import areas, conversation, redact
from core.conversation import FileReport, Outcome
from core.intake import carried
from core.intake.standing import standing_of
from core.intake.turn import marks_of, turn_of
from core.messages import ChannelProfile, Incoming
from core.model import Dialogue, Step
from core.ports import Context, UnitOfWork


def stands(tx: UnitOfWork, incoming: Incoming, now: datetime, context: Context) -> tuple[Incoming, Dialogue]:
    """The message as it is read, and where the conversation stands: for whoever is proved. `tx` is only read."""
    standing = standing_of(turn_of(tx, incoming.envelope, now, context), incoming)
    return standing.incoming, standing.dialogue


def needs_store(incoming: Incoming, context: Context) -> bool:
    """Whether a look at the store tells what it will be read for.

    Of whoever is only claimed nothing is read that was there before, and what a message shows is counted: that is for
    its turn.
    """
    envelope = incoming.envelope
    return context.profile_of(envelope).proved and not envelope.tags and not envelope.codes


def foresee(incoming: Incoming, dialogue: Dialogue, context: Context) -> None:
    """Pure, and to be called with an analysis open that the turn will open again.

    What the turn then finds otherwise (another dialogue, a right that was shown) it reads by itself.
    """
    profile = context.profile_of(incoming.envelope)
    event = conversation.event_of(incoming)
    outcome = None
    carried.recall(dialogue)
    with areas.on_map(context.city_map):
        if not profile.proved:
            outcome = conversation.held(dialogue, event, profile, refers=incoming.envelope.in_thread)
        _close(outcome or conversation.step(dialogue, event, profile), profile, context)


def _close(outcome: Outcome, profile: ChannelProfile, context: Context) -> None:
    """As whoever files it, or looks for others that say the same."""
    effect = outcome.effect or outcome.ready
    draft, lang = outcome.dialogue.draft, marks_of(profile, outcome.dialogue.lang, context)
    if isinstance(effect, FileReport):
        draft = effect.draft
        if draft.category is not None:
            conversation.filed_as(draft, draft.category)
    elif outcome.dialogue.step is not Step.SUMMARY:
        return
    conversation.closed(draft, lang)
    if draft.place is not None:
        redact.closed(draft.place.words, lang)
