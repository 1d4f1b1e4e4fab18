"""The parts of a picture that are looked at: the whole, what is left when it is cut, and both without their edges."""

_CUT = 0.05  # of a side
_EDGE = 0.14  # of the height, above and below: where cameras and apps write the date

Region = tuple[float, float, float, float]  # what is left off: left, top, right, bottom
WHOLES: tuple[Region, ...] = (
    (0, 0, 0, 0),
    (_CUT, 0, 0, 0),
    (0, 0, _CUT, 0),
    (0, _CUT, 0, 0),
    (0, 0, 0, _CUT),
    (_CUT, _CUT, _CUT, _CUT),
)


def _middle(region: Region) -> Region:
    left, top, right, bottom = region
    edge = _EDGE * (1 - top - bottom)
    return left, top + edge, right, bottom + edge


REGIONS = WHOLES + tuple(_middle(region) for region in WHOLES)
