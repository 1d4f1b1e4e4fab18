"""What is found in a text, and the text with it closed; the patterns of the finders are made when a text comes."""

from core import watch
from core.analysis import once, remembered
from core.redact.traces import Span, close


def _coarsely(text: str, /) -> tuple[Span, ...]:
    from core.redact import coarse  # noqa: PLC0415 - as below

    return coarse.spans(text)


@remembered
@watch.total("redact", instead=_coarsely)
def find(text: str, /) -> tuple[Span, ...]:
    """The traces of the writer in `text`, in order, none over another; where a finder fails, far more than traces."""
    from core.redact.rounds import FINDERS, read_by  # noqa: PLC0415 - it takes 0.3 s, and most commands read no text

    with once():  # what is read of a word in one round holds in the next
        done = read_by(text, FINDERS)
    for fault in done.faults:
        watch.failed("redact", fault)
    return done.spans


def closed_coarsely(text: str, /, lang: str = "id", kept: tuple[str, ...] = ()) -> str:  # noqa: ARG001 - as `closed`
    """`text` with all but plain words of reports closed; for a text that cannot be read. Nothing is kept open."""
    return close(text, _coarsely(text), lang)


@remembered
@watch.total("redact", instead=closed_coarsely)
def closed(text: str, /, lang: str = "id", kept: tuple[str, ...] = ()) -> str:
    """`text` with every trace closed, the doubtful ones too, but for those whose very words the writer insists on."""
    spans = find(text)
    if kept:
        spans = tuple(span for span in spans if span.certain or text[span.start : span.end] not in kept)
    return close(text, spans, lang)
