"""Small files of each format, read before the restrictions hold (a library loaded late would die) and once after."""

from collections.abc import Iterator

from app.sandbox import sample_documents, sample_pictures, sample_recordings
from core.errors import Refused
from core.scrub import scrub
from core.scrub.perceptual_hash import perceptual_hash_of


def rehearse() -> None:
    """Takes every way through the formats once, refusals included: whatever is loaded late is loaded now."""
    for data in samples():
        perceptual_hash_of(scrub(data).data)
        for bad in (data[: len(data) // 2], data[:40], b"?" + data):
            try:
                scrub(bad)
            except Refused:
                continue


def clean_all() -> None:
    """Cleans one good file of each format, and looks at one of each kind that comes of it.

    Every child does so under its restrictions: how pictures of one kind are packed is no matter of theirs.
    """
    looked = set[str]()
    for data in samples():
        clean = scrub(data)
        if clean.kind not in looked:
            looked.add(clean.kind)
            perceptual_hash_of(clean.data)


def samples() -> Iterator[bytes]:
    """Good files of every kind that we take."""
    yield from sample_pictures.samples()
    yield from sample_documents.samples()
    yield from sample_recordings.samples()
