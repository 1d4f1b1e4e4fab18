"""What can give a writer away, and the marks that stand in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Trace(StrEnum):
    """Kinds of traces, by the names that scripts rely on."""

    PHONE = "phone"
    NIK = "nik"  # any number of a person's papers: NIK, KK, NPWP, passport, driving licence, BPJS
    EMAIL = "email"
    BANK_ACCOUNT = "bank_account"  # cards and e-wallets too
    PLATE = "plate"
    URL_PROFILE = "url_profile"
    NAME_SELF = "name_self"
    ADDRESS_SELF = "address_self"
    THIRD_PARTY = "third_party"  # a remark that lets somebody else know who wrote


@dataclass(frozen=True, slots=True)
class Span:
    """Where a trace stands, in characters; not `certain`: it may belong to what the report is about."""

    start: int
    end: int
    kind: Trace
    certain: bool


# Every mark is GSM-7, and none of its words is a cue that a finder looks for.
MARKS: Mapping[str, Mapping[Trace, str]] = {
    "id": {
        Trace.PHONE: "[telepon]",
        Trace.NIK: "[NIK]",
        Trace.EMAIL: "[email]",
        Trace.BANK_ACCOUNT: "[rekening]",
        Trace.PLATE: "[plat]",
        Trace.URL_PROFILE: "[akun]",
        Trace.NAME_SELF: "[nama]",
        Trace.ADDRESS_SELF: "[alamat]",
        Trace.THIRD_PARTY: "[keterangan]",
    },
    "en": {
        Trace.PHONE: "[phone]",
        Trace.NIK: "[ID number]",
        Trace.EMAIL: "[email]",
        Trace.BANK_ACCOUNT: "[account]",
        Trace.PLATE: "[plate]",
        Trace.URL_PROFILE: "[profile]",
        Trace.NAME_SELF: "[name]",
        Trace.ADDRESS_SELF: "[address]",
        Trace.THIRD_PARTY: "[remark]",
    },
}


def doubtful(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Those of which only the writer knows whose they are: to be asked, each by its `question`."""
    return tuple(span for span in spans if not span.certain)


def question(span: Span) -> str:
    """The key of the phrase that asks whether it is the writer's; `shown` is for channels that may echo it."""
    return f"doubt_{span.kind.value}"


def close(text: str, spans: tuple[Span, ...], lang: str = "id") -> str:
    """`text` with a mark for each span, certain or not; a language without marks gets the Indonesian ones."""
    marks = MARKS.get(lang, MARKS["id"])
    parts: list[str] = []
    done = 0
    for span in sorted(spans, key=lambda s: s.start):
        if span.start < done:
            continue
        parts += (text[done : span.start], marks[span.kind])
        done = span.end
    parts.append(text[done:])
    return "".join(parts)
