"""What /lacak shows of a code, and what its forms do: each in one turn, answered after the commit."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.file_cleaning import FileCleaning
from app.sandbox import Allowance, Origin, Sandbox
from app.turns import Turns
from core import intake, tracking, workflow
from core.authority import Deed
from core.errors import Refused
from core.intake import PAGE, Acted, Answer, Requester
from core.intake.forms import LONGEST
from core.messages import Line, Say, StoredFile, WireId
from core.model import Act, HistoryEntry, Report, Role, Status, TrackingCode, WorkStage
from core.phrases import day, phrase, render
from core.scrub import is_document
from storage import Files
from web import CodeForm, Tracked

_CLEANING = 60.0  # seconds of work, for all files of a form
_WORDED = frozenset({Deed.ANSWER, Deed.ADD})  # is nothing without words or a photo
_MOST_FILES = 5
_DONE = frozenset({WorkStage.CHECK, WorkStage.SOLVED})
_HERE: Mapping[str, str] = {
    "answer_kept": "web_code_answered",
    "addition_kept": "web_code_added",
    "answer_over": "web_code_question_over",
    "report_done": "web_code_report_done",
    "feedback_not_now": "web_code_feedback_not_now",
}
"""Sentences of a conversation that name its commands, each with the one that a page says."""
_ASIDE = frozenset({"status_question"})  # stands above its form


@dataclass(frozen=True, slots=True)
class _Cleaned:
    """Files that were kept, and phrases that say why others were not."""

    kept: tuple[StoredFile, ...] = ()
    refused: tuple[str, ...] = ()


class TrackingPage:
    """The answers behind /lacak."""

    def __init__(self, turns: Turns, files: Files, sandbox: Sandbox) -> None:
        """`sandbox`: cleans what is sent along."""
        self._turns = turns
        self._cleaning = FileCleaning(sandbox, files, turns.ask)

    async def track(self, typed: str, peer: str, lang: str) -> Tracked:
        """The status behind what was typed; the peer counts for the limit of wrong tries and is kept nowhere."""
        code = tracking.tried(typed) or tracking.inside(typed)
        if code is None:
            return Tracked(found=False, words=(phrase("code_mistyped", lang),))
        return await self._looked_up(code, Requester(peer, lang, shared=True))

    async def act(self, form: CodeForm, peer: str, lang: str) -> Tracked:
        """Does what a form asks for. A wrong code is answered as `track` answers it, and costs the same.

        What is not kept is said in `said`, and is its writer's to send again. Raises StoreAway.
        """
        asker = Requester(peer, lang, shared=True)
        code = self._code(form)
        if code is None:
            expired = "code_mistyped" if form.typed else "web_code_expired"
            return Tracked(found=False, words=(phrase(expired, lang),))
        found = await self._looked_up(code, asker)
        if not found.found or form.deed is None:
            return found
        wrong = _wrong(form)
        if wrong:
            return replace(found, said=(phrase(wrong, lang, most=str(LONGEST)),))
        self._turns.disk.refuse_where_full()
        cleaned = await self._cleaned(form, Origin(PAGE.name, path=peer))
        complaints = tuple(phrase(each, lang) for each in cleaned.refused)
        if complaints and not cleaned.kept and not form.words and form.deed in _WORDED:
            return replace(found, said=complaints)
        return await self._acted(form, code, asker, cleaned)

    def _code(self, form: CodeForm) -> TrackingCode | None:
        if form.ticket:
            opened = self._turns.store.tickets.opened(form.ticket, self._turns.clock.now())
            if opened is not None:
                return opened
        return tracking.tried(form.typed) or tracking.inside(form.typed)

    async def _looked_up(self, code: TrackingCode, asker: Requester) -> Tracked:
        turns = self._turns
        now = turns.clock.now()
        answer = await turns.run(lambda tx: intake.look_up(tx, code, asker, now, turns.context))
        return self._tracked(answer, code, asker.lang)

    async def _acted(self, form: CodeForm, code: TrackingCode, asker: Requester, cleaned: _Cleaned) -> Tracked:
        if form.deed is None:
            raise AssertionError("nothing is asked for")
        turns = self._turns
        now = turns.clock.now()
        sent = intake.CodeForm(
            deed=form.deed,
            code=code,
            wire_id=_wire_id(form, code),
            words=form.words,
            files=cleaned.kept,
            question=form.question,
            solved=form.solved,
        )
        acted = await turns.run(lambda tx: intake.act(tx, sent, asker, now, turns.context))
        turns.written.set()
        shown = self._tracked(acted.answer, code, asker.lang)
        return replace(shown, said=_said(acted, cleaned, asker.lang), kept=acted.kept) if shown.found else shown

    async def _cleaned(self, form: CodeForm, origin: Origin) -> _Cleaned:
        """Photos before documents. Raises StoreAway where none can be cleaned now."""
        kept: list[StoredFile] = []
        refused: list[str] = []
        allowance = Allowance(_CLEANING)
        for data in sorted(form.files[:_MOST_FILES], key=is_document):
            try:
                kept.append(await self._cleaning.keep(await self._cleaning.clean(data, origin, allowance)))
            except Refused as no:
                refused.append(no.phrase)
        surplus = ("file_many",) if len(form.files) > _MOST_FILES else ()
        return _Cleaned(tuple(kept), (*dict.fromkeys(refused), *surplus))

    def _tracked(self, answer: Answer, code: TrackingCode, lang: str) -> Tracked:
        words: tuple[str, ...] = (render(Say(_here(answer.lines)), lang, PAGE).text,)
        if answer.report is None or answer.holder is None:
            return Tracked(found=False, words=words, wait=answer.wait)
        report, offers = answer.report, intake.offers(answer.report, answer.holder, answer)
        words += tuple(phrase("news_words", lang, text=said) for said in _said_of_result(report, answer.history))
        return Tracked(
            found=True,
            words=words,
            status=phrase(f"status_{report.status.value}", lang),
            phase=report.status.row.phase,
            history=tuple(self._told(entry, report, lang) for entry in _steps(answer.history)),
            ticket=self._turns.store.tickets.made(code, self._turns.clock.now()),
            offers=offers.deeds,
            question=offers.question.asked if offers.question is not None else "",
            number=offers.number,
            follows=answer.holder.role is Role.FOLLOWER,
            withdrawing=report.handling.withdrawal is not None,
            once=self._turns.context.rng.token(),
        )

    def _told(self, entry: HistoryEntry, report: Report, lang: str) -> tuple[str, str]:
        said = phrase(f"status_{entry.status.value}", lang)
        if report.restricted:
            said = f"{said}, {phrase('agency_hidden', lang)}"
        elif entry.agency:
            said = f"{said}, {workflow.agency_name(entry.agency, lang)}"
        return day(entry.at, self._turns.context.zone, lang), said


def _wrong(form: CodeForm) -> str:
    """The phrase that says why it cannot be done as it is; empty: it can."""
    if len(form.words) > LONGEST:
        return "web_code_long"
    if form.deed in _WORDED and not form.words and not form.files:
        return "web_code_empty"
    return ""


def _wire_id(form: CodeForm, code: TrackingCode) -> WireId:
    """The same for a form that is sent twice; another where anything in it is another."""
    files = (hashlib.sha256(data).hexdigest() for data in form.files)
    told = (form.once, code.reveal(), form.deed or "", str(form.solved), str(form.question), form.words, *files)
    return WireId(hashlib.sha256("\0".join(told).encode(errors="surrogatepass")).hexdigest())


def _here(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(replace(line, key=_HERE.get(line.key, line.key)) for line in lines if line.key not in _ASIDE)


def _said(acted: Acted, cleaned: _Cleaned, lang: str) -> tuple[str, ...]:
    """What became of it; of files that were not kept, unless nothing was."""
    if acted.again:
        return (phrase("web_code_again", lang),)
    lines = tuple(line for line in _here(acted.lines) if line.key != "photo_again")
    told = tuple(render(Say((line,)), lang, PAGE).text for line in lines)
    if not acted.kept and cleaned.kept:
        return (*told, phrase("web_code_photos_again", lang))
    return (*told, *(phrase(each, lang) for each in cleaned.refused))


def _said_of_result(report: Report, history: Sequence[HistoryEntry]) -> tuple[str, ...]:
    """What its office wrote to the citizen: whoever came by a form or a counter hears it nowhere else."""
    said = next((each.text for each in reversed(history) if each.act is Act.RESULT), "")
    return (said,) if said and report.status.row.stage in _DONE else ()


def _steps(history: Sequence[HistoryEntry]) -> Iterator[HistoryEntry]:
    """Where the report went; what staff noted and citizens added on the way is nobody's to see here."""
    before: tuple[Status, str] | None = None
    for entry in history:
        if (entry.status, entry.agency) != before:
            yield entry
        before = (entry.status, entry.agency)
