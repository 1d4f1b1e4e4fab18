"""What follows where a rule raised: a story is filed as it was told, and anything else is asked for once more.

Whatever failed may fail again, so nothing here is asked of the other rules, and of the readers only what can be done
without.
"""

from dataclasses import replace

from core import tracking
from core.categories import FALLBACK, category
from core.conversation.emergency import emergency_hint
from core.conversation.events import Choice, Event, Files, PatienceEnded, words_of
from core.conversation.intents import is_yes
from core.conversation.leaning import leaning
from core.conversation.outcomes import FileReport, Outcome, line
from core.messages import ChannelProfile, Say, StoredFile
from core.model import NOWHERE, CategoryId, Dialogue, Draft, Step
from core.watch import total, total_else

MOST_FILES = 10
_LEAST_WORDS = 3  # that tell something
_LONGEST_CODE = 30  # characters: nothing but a code and what stands around it
_NO_QUESTIONS = frozenset(
    {Step.IDLE, Step.FILED, Step.RESUME, Step.CHANGE, Step.ANSWER, Step.ADD, Step.WHICH, Step.HELD}
)
"""Steps that wait for something else than more of a report."""


def tells(text: str) -> bool:
    """Whether words are worth a report: some, which are no command and no code."""
    if text.startswith("/") or tracking.tried(text) or (tracking.inside(text) and len(text) <= _LONGEST_CODE):
        return False
    return sum(1 for word in text.split() if any(sign.isalpha() for sign in word)) >= _LEAST_WORDS


@total_else("kind", answer=FALLBACK)
def _kind(text: str, /) -> CategoryId:
    """A restricted kind, where the words may mean one; else the one for all else, which its writer can change."""
    return leaning(text)[0] or FALLBACK


def as_told(before: Draft, text: str, files: tuple[StoredFile, ...]) -> Draft:
    """What is filed, behind what was told before: without a place, for it may be about whoever is at that place."""
    whole = "\n".join(part for part in (before.text, text) if part)
    chosen = before.category if before.category and category(before.category).restricted else before.leans
    kept = replace(
        before, kept=(), opened=(), found=None, second="", text=whole, files=(*before.files, *files)[:MOST_FILES]
    )
    return replace(kept, category=chosen or _kind(whole), place=NOWHERE, guessed=False)


def _no_number(text: str, /) -> bool:
    return text == "1" or not text[:1].isdigit()


@total("yes", instead=_no_number)
def _is_yes(text: str, /) -> bool:
    return text == "1" or is_yes(text)


def ready(dialogue: Dialogue, choice: str, text: str) -> Draft | None:
    """The draft that stands, where it tells something and this is what it waits for: a yes, or an answer.

    What is missing nobody can ask for where rules fail, and to be asked for the same again and again ends no report.
    """
    draft = dialogue.draft
    if dialogue.filed is not None or not tells(draft.text) or text.startswith("/"):
        return None
    if dialogue.step is Step.SUMMARY:
        return draft if choice == "send" or (text and not choice and _is_yes(text)) else None
    asked = dialogue.step not in _NO_QUESTIONS and (choice in dialogue.offered if choice else bool(text))
    return as_told(draft, "" if choice or text.isdigit() else text, ()) if asked else None


def instead_of_a_step(dialogue: Dialogue, event: Event, _profile: ChannelProfile, /) -> Outcome:
    """What a step that raised comes to: nothing that was given is lost, and it is not answered with silence."""
    fresh = Dialogue(lang=dialogue.lang, revision=dialogue.revision)
    if isinstance(event, PatienceEnded):
        return Outcome(fresh)
    text = words_of(event)
    files = event.files if isinstance(event, Files) else ()
    pressed = event.option if isinstance(event, Choice) and event.revision == dialogue.revision else ""
    if tells(text):
        draft: Draft | None = as_told(dialogue.draft if dialogue.filed is None else Draft(), text, files)
    else:
        standing = ready(dialogue, pressed, text) if text or pressed else None
        draft = standing and replace(standing, files=(*standing.files, *files)[:MOST_FILES])
    if draft is None:
        return Outcome(dialogue, Say((line("send_again"),)))
    hint = emergency_hint(Draft(draft.text))
    return Outcome(fresh, _refused(event), FileReport(draft, one_message=True, hint=hint))


def _refused(event: Event) -> Say | None:
    """What is said of files that were not taken."""
    return Say(tuple(map(line, event.refused))) if isinstance(event, Files) and event.refused else None
