"""Where a conversation stands, and what it waits for."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from core.messages import Point, StoredFile
from core.model.detail import Detail
from core.model.identifiers import CategoryId, ContactId, ReportId
from core.model.report import Place

Traces = tuple[tuple[int, int, str, bool], ...]
"""Of words: where each begins and ends, its kind, and whether it is certain; None: they were not looked for."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that is not filed yet."""

    text: str = field(default="", repr=False)
    category: CategoryId | None = None
    place: Place | None = None  # None: not asked yet; NOWHERE: asked, and left open
    files: tuple[StoredFile, ...] = ()
    hinted: bool = False  # the emergency number was said
    doubted: bool = False  # what may or may not point at the writer was asked about
    kept: tuple[str, ...] = field(default=(), repr=False)  # of that, the very words that the writer insists on
    opened: tuple[str, ...] = field(default=(), repr=False)  # what was closed for certain, and shall stay after all
    hidden: tuple[str, ...] = field(default=(), repr=False)  # what no finder closed, and the writer wants closed
    found: Point | None = None  # where a photo was taken; gone once the citizen has said whether to use it
    guessed: bool = False  # the words made the category clear: nobody chose it
    parted: bool = False  # whether two problems of one message shall be told apart was answered
    sent: Point | None = None  # a location that came before the story
    sent_words: str = field(default="", repr=False)  # its name and address
    second: str = field(default="", repr=False)  # the other one of them, in its words: it is a draft after this one
    leans: CategoryId | None = None  # restricted kind that some message of it may mean, whatever was chosen before
    firm: bool = False  # that message means nothing else as likely
    read: int = 0  # letters of the text that were looked at for that
    attributes: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # answers by question; empty: passed over
    calm: bool = False  # its text tells no danger
    unrestricted_place: bool = False  # its place's words lean to nothing that only one agency may read
    traces: tuple[Traces | None, ...] = field(default=(), repr=False)  # of its text, and of its place's words


class Step(StrEnum):
    """What a conversation waits for."""

    IDLE = "idle"  # nothing
    STORY = "story"
    SEVERAL = "several"  # whether the two problems of one message shall be told apart
    SECOND = "second"  # whether to go on with the second of them
    CATEGORY = "category"  # one of a few suggestions
    GROUP = "group"
    LEAF = "leaf"
    PLACE = "place"
    WHICH_PLACE = "which_place"  # one of a few areas of that name
    PHOTO_PLACE = "photo_place"  # whether the place where a photo was taken is the one that is meant
    ATTRIBUTE = "attribute"  # what is asked besides of its kind
    DOUBT = "doubt"  # whether words that may point at the writer shall be closed
    SUMMARY = "summary"  # shall it be sent, or does a report that is there already say the same
    CHANGE = "change"  # what shall be changed
    RESUME = "resume"  # go on with the draft, after something else was answered
    FILED = "filed"  # a correction of what was just filed
    ANSWER = "answer"  # the words or photos of an answer to staff
    ADD = "add"  # words or photos that are added to a report
    WHICH = "which"  # which of several reports the words in the draft are about
    HELD = "held"  # whether the words in the draft are a new report, or an answer that nothing shows to be one


@dataclass(frozen=True, slots=True)
class Filed:
    """The report that this dialogue just filed, for a correction within the day."""

    report: ReportId
    placed: bool  # has an area, or needs none
    alternatives: tuple[CategoryId, ...] = ()  # what else the words may have meant
    options: tuple[str, ...] = ()  # ids of the corrections that were offered with the code
    found: Point | None = None  # where the photo of a one-shot report was taken, until the citizen says to use it
    kind: CategoryId | None = None
    last4: str = field(default="", repr=False)  # of its code
    seen: bool = False  # its writer read all of it before it was sent


class Asking(StrEnum):
    """What a message of ours waits for."""

    ANSWER = "answer"  # words or a photo, for staff
    FEEDBACK = "feedback"  # solved, or not
    OBJECTION = "objection"  # somebody wants the report withdrawn: shall it not be?
    CORRECTION = "correction"  # of what was just filed, in a conversation of its own


@dataclass(frozen=True, slots=True)
class Awaited:
    """An answer that is awaited from somebody: kept, sealed, from the moment its question leaves."""

    report: ReportId
    last4: str = field(repr=False)
    asking: Asking
    until: datetime
    message: str = field(default="", repr=False)  # what the wire calls the message that asked
    question: int = 0  # ANSWER: which one of the report's, counted from 1; 0: noted before they were counted
    over: bool = False  # staff closed it or asked another: who answers that very message is told so
    dialogue: str = field(default="", repr=False)  # CORRECTION: key of the dialogue that goes on, in hex


@dataclass(frozen=True, slots=True)
class About:
    """The report that the next words, or the rest of an album, belong to."""

    report: ReportId
    last4: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where a conversation stands; knows no identity and no clock."""

    lang: str
    step: Step = Step.IDLE
    draft: Draft = Draft()
    back: Step = Step.IDLE  # where RESUME, CHANGE, ANSWER and ADD return to
    offered: tuple[str, ...] = ()  # ids of the options last shown, in order
    detail: Detail | None = None  # what the question is about, where its step does not say it
    page: int = 0  # of a menu that is longer than the channel shows
    misses: int = 0  # answers in a row that could not be read
    revision: int = 0  # of the last question
    group: str = field(default="", repr=False)  # the album whose first part was answered
    filed: Filed | None = None
    about: About | None = None  # what ANSWER and ADD wait for
    alike: ReportId | None = None  # the report that can be followed instead of sending this one
    awaited: tuple[Awaited, ...] = ()  # read at each turn, and kept elsewhere: an answer from anywhere ends it

    @property
    def free(self) -> bool:
        """Whether nothing is asked, though what was filed may be corrected."""
        return self.step is Step.IDLE or (self.step is Step.FILED and self.filed is not None and self.filed.seen)

    def rounded(self, decimals: int) -> "Dialogue":
        """As it is kept: none of its points is finer than the operator wants."""
        draft, filed = self.draft, self.filed
        place = draft.place and draft.place.rounded(decimals)
        found, sent = draft.found and draft.found.rounded(decimals), draft.sent and draft.sent.rounded(decimals)
        if (place, found, sent) != (draft.place, draft.found, draft.sent):
            draft = replace(draft, place=place, found=found, sent=sent)
        if filed is not None and filed.found is not None:
            filed = replace(filed, found=filed.found.rounded(decimals))
        return self if draft is self.draft and filed is self.filed else replace(self, draft=draft, filed=filed)


@dataclass(frozen=True, slots=True)
class Held:
    """What came without a capability and may be an answer: kept until its writer shows that the address is theirs."""

    text: str = field(default="", repr=False)
    files: tuple[StoredFile, ...] = ()


class MapAct(StrEnum):
    """What is done with the map on the page of the place."""

    OPEN = "open"  # near the area that was chosen, or that the words name
    WHOLE = "whole"
    POINT = "point"  # on its picture
    HERE = "here"  # as the phone says, where its holder wants that
    CLEAR = "clear"


class FormPage(StrEnum):
    """A page of the form that anybody can fill in, in the order in which they are shown."""

    STORY = "story"
    KIND = "kind"
    PLACE = "place"
    QUESTIONS = "questions"  # what is asked besides of its kind
    PHOTOS = "photos"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What was filled in until now; then the code of the report that it became, for whoever sends the form again."""

    draft: Draft = Draft()
    words: str = field(default="", repr=False)  # of a place whose area is not known yet
    chosen: str = ""  # its area in the list, likewise
    point: Point | None = None  # shown on the map, by the phone or by a photo
    picture: str | None = None  # area that the map shows; empty: the whole city; None: it is not open
    photos_asked: bool = False
    alike: ReportId | None = None  # the report that can be followed instead of sending this one
    code: str = field(default="", repr=False)
    due: datetime | None = None  # of that report
    follows: bool = False  # the code is of a report of somebody else's

    def rounded(self, decimals: int) -> "FormDraft":
        """As it is kept: none of its points is finer than the operator wants."""
        draft = self.draft
        place, found = draft.place and draft.place.rounded(decimals), draft.found and draft.found.rounded(decimals)
        point = self.point and self.point.rounded(decimals)
        return replace(self, draft=replace(draft, place=place, found=found), point=point)


@dataclass(frozen=True, slots=True)
class Capability:
    """What a tag opens, to whoever shows it and from wherever: a dialogue that goes on, one answer, held words, a form.

    `owner`: the ordering key whose waiting list it opens too, in hex, where whoever got the tag was proved to be at
    that address.
    """

    until: datetime
    dialogue: str = field(default="", repr=False)  # key of the dialogue, in hex; empty: none
    awaited: Awaited | None = None
    held: Held | None = None
    owner: str = field(default="", repr=False)
    contact: ContactId | None = None  # erased together with it
    form: FormDraft | None = None
