"""What a file may cost at most, in one place, so that every format refuses at the same line; operators may move it."""

from dataclasses import astuple, dataclass, fields


@dataclass(frozen=True, slots=True)
class Limits:
    """Whole numbers; each format reads the ones that it can be asked to pay."""

    file_bytes: int = 20 * 1024 * 1024  # of a file that comes in
    clean_bytes: int = 64 * 1024 * 1024  # of what we make of it: a palette picture grows when drawn in full colour
    pixels: int = 60_000_000  # of a picture; a page of a document is drawn with at most 4.5 million
    scans: int = 64  # of a progressive JPEG; each is one more pass over all pixels
    chunks: int = 1_000  # JPEG segments, PNG chunks
    pixel_chunks: int = 20_000  # PNG IDAT, of which honest writers make one every 8 KB
    profile_bytes: int = 4 * 1024 * 1024  # of an inflated colour profile
    pages: int = 60  # of a document
    inflated_bytes: int = 128 * 1024 * 1024  # of everything packed inside a document
    text_bytes: int = 256 * 1024  # of plain text that comes in
    seconds: int = 600  # that a film may last
    voice_seconds: int = 1_800  # and a recording of sound alone
    samples: int = 200_000  # pictures and pieces of sound in a recording
    patience: int = 20  # seconds that cleaning one file may take
    document_patience: int = 5  # the same for a document, which a few bytes can make endless
    message_patience: int = 20  # seconds for all files of one message together
    sender_seconds: int = 10  # of cleaning in ten minutes, after which others go before this sender
    path_seconds: int = 30  # the same for all who come from one network

    def told(self) -> str:
        """In one word of a command line, for the child that cleans."""
        return ",".join(map(str, astuple(self)))

    @classmethod
    def heard(cls, word: str) -> "Limits":
        """What `told` said; raises ValueError."""
        numbers = [int(number) for number in word.split(",")]
        return cls(**dict(zip((row.name for row in fields(cls)), numbers, strict=True)))


DEFAULT = Limits()
