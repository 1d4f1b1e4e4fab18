"""Every format that we take, a row each; what is made of a file is read once more before it is believed."""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image

from core.errors import Refused
from core.limits import DEFAULT, Limits
from core.scrub import (
    aac_stream,
    amr,
    audio_proof,
    bmp,
    document_proof,
    embedded_text,
    gif,
    heif,
    jpeg,
    matroska,
    matroska_proof,
    mp3,
    mp4,
    mp4_proof,
    ogg,
    ogg_proof,
    pdf,
    picture_proof,
    png,
    text,
    tiff,
    unsupported,
    wav,
    webp,
)
from core.scrub.clean_file import Clean, is_document
from core.scrub.file_traces import FormatResult

# What Pillow, zlib and struct raise about bytes that are not what they claim to be.
_COMPLAINTS = (
    ArithmeticError, AttributeError, EOFError, IndexError, KeyError, MemoryError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, Warning, struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip

# A program that handles files as words puts blank lines or a mark in front.
_STRAY = re.compile(rb"(?s)\A(?:\xef\xbb\xbf)?\s{0,64}(?=\xff\xd8|\x89PNG|GIF8|RIFF|II\*|MM\0|\0\0..ftyp|OggS|#!AMR)")
_CODED = ("audio/", "video/")  # kinds in which no words can be
_ANY: Callable[[bytes], bool] = bool
_LOOKED_THROUGH = frozenset({"audio/wav", "audio/ogg"})  # by their own modules: not all of these is coded


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that we take, known by how it begins; the first row that fits is asked."""

    magic: bytes
    kind: str
    extension: str
    clean: Callable[[bytes, Limits], FormatResult]
    bare: Callable[[bytes], bool]  # the proof
    at: int = 0  # where the magic stands
    known: Callable[[bytes], bool] = _ANY  # what else must hold, where the magic alone does not say it

    def fits(self, data: bytes) -> bool:
        """Whether a file is of this kind."""
        return data.startswith(self.magic, self.at) and self.known(data)


def _drawn_anew() -> Iterator[Format]:
    """Pictures that come out as JPEG, or as PNG where their module says so."""
    for magic, module, at, known in (
        (webp.MAGIC, webp.clean, 0, webp.known),
        (heif.MAGIC, heif.clean, 4, heif.known),
        (gif.MAGIC, gif.clean, 0, gif.known),
        *((magic, tiff.clean, 0, _ANY) for magic in tiff.MAGICS),
        (bmp.MAGIC, bmp.clean, 0, bmp.known),
    ):
        yield Format(magic, "image/jpeg", ".jpg", module, picture_proof.jpeg_is_bare, at, known)


FORMATS = (
    Format(b"\xff\xd8\xff", "image/jpeg", ".jpg", jpeg.clean, picture_proof.jpeg_is_bare),
    Format(png.SIGNATURE, "image/png", ".png", png.clean, picture_proof.png_is_bare),
    Format(b"ftyp", *mp4.FILM, mp4.clean, mp4_proof.film_is_bare, at=4, known=mp4.is_film),
    *(Format(kind, *mp4.FILM, mp4.clean, mp4_proof.film_is_bare, 4, mp4.is_film) for kind in mp4.OLD),
    Format(b"ftyp", *mp4.SOUND, mp4.clean, mp4_proof.song_is_bare, at=4, known=mp4.is_film),
    Format(b"ftyp", *mp4.PHONE, mp4.clean, mp4_proof.phone_film_is_bare, at=4, known=mp4.is_film),
    Format(ogg.MAGIC, "audio/ogg", ".ogg", ogg.clean, ogg_proof.ogg_is_bare),
    Format(matroska.MAGIC, "video/webm", ".webm", matroska.clean, matroska_proof.webm_is_bare),
    Format(b"ID3", "audio/mpeg", ".mp3", mp3.clean, audio_proof.mp3_is_bare, known=mp3.is_mp3),
    Format(b"\xff", "audio/mpeg", ".mp3", mp3.clean, audio_proof.mp3_is_bare, known=mp3.is_mp3),
    Format(b"ID3", "audio/aac", ".aac", aac_stream.clean, audio_proof.aac_is_bare, known=aac_stream.is_adts),
    Format(b"\xff", "audio/aac", ".aac", aac_stream.clean, audio_proof.aac_is_bare, known=aac_stream.is_adts),
    Format(amr.NARROW.magic, "audio/amr", ".amr", amr.clean, audio_proof.amr_is_bare),
    Format(amr.WIDE.magic, "audio/amr", ".amr", amr.clean, audio_proof.amr_is_bare),
    Format(b"RIFF", "audio/wav", ".wav", wav.clean, audio_proof.wav_is_bare, known=wav.is_wave),
    *_drawn_anew(),
    Format(b"", "application/pdf", ".pdf", pdf.clean, document_proof.pdf_is_bare, known=is_document),
    Format(b"", "audio/mpeg", ".mp3", mp3.clean, audio_proof.mp3_is_bare, known=mp3.is_cut_mp3),
    # last: it is known by what it is not
    Format(b"", "text/plain", ".txt", text.clean, document_proof.text_is_bare, known=text.is_text),
)


def scrub(data: bytes, limits: Limits = DEFAULT) -> Clean:
    """Raises Refused with one of REFUSALS, and nothing else; the same bytes in give the same bytes out."""
    return scrub_as(_form(data := _STRAY.sub(b"", data, count=1), limits), data, limits)


def unproved(data: bytes, limits: Limits = DEFAULT) -> Clean:
    """The same without the proof, for a child: its parent must ask `proved` in any case. Raises Refused."""
    return _cleaned(_form(data := _STRAY.sub(b"", data, count=1), limits), data, limits)


def _form(data: bytes, limits: Limits) -> Format:
    form = next((row for row in FORMATS if row.fits(data)), None)
    if form is None:
        raise Refused(unsupported.phrase_for(data))
    if len(data) > limits.file_bytes:
        raise Refused("file_too_large")
    return form


def scrub_as(form: Format, data: bytes, limits: Limits = DEFAULT) -> Clean:
    """A file of a known format; what its module makes of it is taken only where the proof holds."""
    clean = _cleaned(form, data, limits)
    own = (clean.kind, clean.extension) == (form.kind, form.extension)
    if not (form.bare(clean.data) if own else proved(clean, limits)):
        raise Refused("file_damaged")
    return clean


def _cleaned(form: Format, data: bytes, limits: Limits) -> Clean:
    try:
        made = form.clean(data, limits)
    except _COMPLAINTS:
        raise Refused("file_damaged") from None
    if len(made.data) > limits.clean_bytes:
        raise Refused("file_too_large")
    kind, extension = made.kind or form.kind, made.extension or form.extension
    if kind.startswith(_CODED) and kind not in _LOOKED_THROUGH and embedded_text.has_text(made.data):
        raise Refused("file_damaged")
    return Clean(made.data, kind, extension, tuple(sorted(made.traces)), made.place)


def proved(clean: Clean, limits: Limits = DEFAULT) -> bool:
    """Whether a result from elsewhere is what it says: of a kind that we write, and bare."""
    form = next((row for row in FORMATS if row.kind == clean.kind and row.extension == clean.extension), None)
    return form is not None and len(clean.data) <= limits.clean_bytes and form.bare(clean.data)
