"""How alike two pictures are, pair by pair: what the index of storage has to find without reading them all."""

from core.image_similarity import Nearness, asked, chunks
from core.messages import PerceptualHash


def alike(one: PerceptualHash, other: PerceptualHash) -> float:
    """The least difference of what is asked of one and all that is kept of the other; 0 for the very same file."""
    if one.exact == other.exact:
        return 0.0
    half = len(other.hashes) // 2
    whole, middle = asked(one)
    pairs = (*((whole, each) for each in other.hashes[:half]), *((middle, each) for each in other.hashes[half:]))
    return min((Nearness(mine).to(its) for mine, its in pairs if _found(mine, its)), default=1.0)


def _found(one: bytes, other: bytes) -> bool:
    """Whether an index finds it: one chunk within one bit."""
    pairs = zip(chunks(one), chunks(other), strict=True)
    return any((mine ^ its).bit_count() <= 1 for mine, its in pairs)
