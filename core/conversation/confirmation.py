"""What is said and asked around filing: a summary with a report that says the same, and the lines behind the code."""

from dataclasses import replace

from core.categories import FALLBACK, category, label
from core.conversation import moves, questions
from core.conversation.outcomes import FileReport, Outcome, line
from core.conversation.split_reports import after_first
from core.messages import ChannelProfile, Line
from core.model import Dialogue, Filed, ReportId, SameReport, Step


def offered(dialogue: Dialogue, alike: tuple[ReportId, int] | None, profile: ChannelProfile, *lead: Line) -> Outcome:
    """The summary once more, with a report that says the same, and how many hold it: it can be followed instead.

    None: such a report is there no more.
    """
    report, detail = (alike[0], SameReport(alike[1])) if alike else (None, None)
    return moves.ask(replace(dialogue, step=Step.SUMMARY, alike=report, detail=detail, misses=0), profile, *lead)


def after_filing(dialogue: Dialogue, effect: FileReport, filed: Filed, profile: ChannelProfile) -> Outcome:
    """What is still said and asked once a report is filed, behind the line with its code."""
    if effect.draft.second:
        return after_first(replace(dialogue, draft=effect.draft), profile, line("code_secret", keep=not effect.hint))
    draft = effect.draft
    lines = [line("code_secret", keep=not effect.hint)]
    if effect.second is not None:
        lines.append(line("second_apart", keep=False, category=label(effect.second, dialogue.lang)))
    corrections, options, filed = _corrections(dialogue, effect, filed, profile)
    lines += corrections[:1]
    if not filed.placed:
        lines.append(line("ask_place_filed"))
    lines += questions.photo_lines(draft)[1:] if effect.one_message and not profile.terse else ()
    lines += corrections[1:]  # right above the options that it speaks of
    after = replace(moves.idle(dialogue), revision=dialogue.revision + 1)
    seen = not effect.one_message and profile.proved
    if options or not filed.placed or (effect.one_message and profile.threads) or seen:
        filed = replace(filed, seen=seen and filed.placed)
        after = replace(after, step=Step.FILED, filed=replace(filed, options=options), offered=options)
    shown = () if profile.terse else questions.options(options, dialogue.lang, profile)
    outcome = moves.reply(after, *lines)
    if outcome.say is None:
        return outcome
    return replace(outcome, say=replace(outcome.say, options=shown, revision=after.revision))


def _corrections(
    dialogue: Dialogue, effect: FileReport, filed: Filed, profile: ChannelProfile
) -> tuple[tuple[Line, ...], tuple[str, ...], Filed]:
    """As what it was filed from one message, and what of that can be changed."""
    if not effect.one_message:
        return (), (), filed
    leaf = category(effect.draft.category or FALLBACK)
    lines: tuple[Line, ...] = (line("filed_as", category=label(leaf.id, dialogue.lang)),)
    options: tuple[str, ...] = ()
    if not leaf.restricted:  # nobody but its agency takes a report out of that
        options = ("fix",) if profile.terse else (*(f"c:{each}" for each in filed.alternatives), "other")
        lines += (line("fix_one" if profile.terse else "fix_choices"),)
    if effect.draft.found is not None and not profile.terse:
        options, filed = (*options, "use"), replace(filed, found=effect.draft.found)
    return lines, options, filed
