"""What a picture looks like, as hashes of its light: of the whole of it and of what is left when it is cut.

Only results of staff are looked at, to know a photo that was used before; a citizen's photo never is.
"""

import hashlib
import io
import warnings

import numpy as np
from PIL import Image

from core.messages import PerceptualHash
from core.scrub.hash_regions import REGIONS, Region

_SIDE = 256  # pixels of the small picture that everything is read from
_GRID = 64
_FREQUENCIES = 256
_MOST = 17  # highest frequency in one direction, and one
_STRONG = 0.3  # of the 256 steps of light: what is weaker is noise of packing and sensor

_AT = np.arange(_GRID)
# A row a frequency: the cosines of the discrete cosine transform.
_WAVES = np.stack([np.cos(np.pi * (2 * _AT + 1) * rate / (2 * _GRID)) for rate in range(_MOST)]).astype(np.float32)
_LOWEST = sorted((u * u + v * v, u, v) for u in range(_MOST) for v in range(_MOST) if u + v)[:_FREQUENCIES]
_ROWS, _COLUMNS = [u for _, u, _ in _LOWEST], [v for _, _, v in _LOWEST]


def perceptual_hash_of(data: bytes) -> PerceptualHash | None:
    """Of a clean JPEG or PNG; None for anything else, and for what cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
            image.draft("L", (_SIDE * 2, _SIDE * 2))
            grey = image.convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    small = grey.resize(
        (_SIDE, _SIDE), Image.Resampling.BOX if min(grey.size) > 2 * _SIDE else Image.Resampling.BILINEAR
    )
    return PerceptualHash(tuple(_hash(small, region) for region in REGIONS), hashlib.sha256(data).digest())


def _hash(small: Image.Image, region: Region) -> bytes:
    left, top, right, bottom = (_SIDE * part for part in region)
    part = small.resize((_GRID, _GRID), Image.Resampling.BOX, (left, top, _SIDE - right, _SIDE - bottom))
    light = np.asarray(part, np.float32)
    waves = (_WAVES @ light @ _WAVES.T)[_ROWS, _COLUMNS] / (_GRID * _GRID / 4)
    return np.packbits(waves > 0).tobytes() + np.packbits(np.abs(waves) > _STRONG).tobytes()
