"""What stands below a person's words at the end of a mail: a closing, a name, a telephone."""

import re
from collections.abc import Sequence

from bots.mail import signature_markers
from core import areas, dictionary

_SIGNATURE_LINES = 15  # below a lone "--"; more is a text with a dash in it
_BELOW_RULE = 8  # below any other rule, where nothing but a name stands there
_CLOSING_LINES = 4
_TAIL = 10
_GREETING_WORDS = 4
_NAME_WIDTH = 60
_NAME_WORDS = 6
_CODE_DIGITS = 14  # so many digits are a tracking code or a NIK, and no telephone
_PHONE_DIGITS = 7


def without_signature(lines: list[str]) -> list[str]:
    """Without what stands below a line of dashes, and without a name behind a dash at the end."""
    for at, line in enumerate(lines):
        bare = line.strip()
        if not bare or not any(lines[:at]):
            continue
        below = [other.strip() for other in lines[at + 1 :] if other.strip()]
        if signature_markers.SIGNATURE.match(bare) and len(below) <= _SIGNATURE_LINES:
            return lines[:at] + _told_below(lines[at + 1 :])
        if len(below) <= _BELOW_RULE and _parts(bare, below):
            return lines[:at]
    return _without_dashed(lines)


def _told_below(lines: Sequence[str]) -> list[str]:
    """From a line on that tells where it is, or more: somebody used the dashes to part that from the story."""
    first = next((at for at, line in enumerate(lines) if signature_markers.TELLS.match(line.strip())), len(lines))
    return list(lines[first:])


def _parts(bare: str, below: Sequence[str]) -> bool:
    """Whether a line parts the words from nothing but a name."""
    return bool(below) and signature_markers.RULE.match(bare) is not None and all(map(_is_sure_name, below))


def _without_dashed(lines: list[str]) -> list[str]:
    """Without a name behind a dash: in the last line with words, or with nothing but telephones and the like below."""
    tail = [at for at, line in enumerate(lines) if line.strip()][-_CLOSING_LINES:]
    for position, at in enumerate(tail):
        above = [line.strip() for line in lines[:at] if line.strip()]
        found = signature_markers.DASHED.match(lines[at].strip())
        rest = [lines[other].strip() for other in tail[position + 1 :]]
        if found and above and _signs(found, above) and all(map(_is_sure_name, rest)):
            return lines[:at]
    return lines


def _signs(found: re.Match[str], above: Sequence[str]) -> bool:
    """Whether words behind a dash are a name: not one more thing of a list, and not the place of what was told."""
    names = found["name"].split()
    alone = len(names) == 1 and found["gap"] != "" and found["dash"] == "-"
    listed = above[-1].endswith(":") or signature_markers.BULLET.match(above[-1]) is not None
    if alone or listed or not _says_something(above) or signature_markers.NEWS.match(found["name"]):
        return False
    capital = all(name[0].isupper() or name in signature_markers.PARTICLES for name in names)
    known = all(name.lower().strip(".,") in dictionary.WORDS for name in names)
    return capital and not known and not areas.find(found["name"]).candidates


def _is_sure_name(bare: str) -> bool:
    """A name in capitals, a title, a telephone: nothing that could be more of a story."""
    bare = signature_markers.SYMBOLS.sub("", bare, count=1) if not bare[:1].isalnum() else bare
    parts = bare.split()
    capital = all(not part[0].isalpha() or part[0].isupper() for part in parts)
    words = [part.lower().strip(".,:") for part in parts]
    told = len(parts) > 1 and all(word in dictionary.WORDS for word in words)
    contact = signature_markers.CONTACT.match(bare) is not None
    return _is_name(bare) and (contact or (capital and not told))


def without_closing(lines: list[str]) -> list[str]:
    """Closing and name at the end go, where words of the report stand above them."""
    tail = [at for at, line in enumerate(lines) if line.strip()][-_TAIL:]
    for position, at in enumerate(tail):
        if not signature_markers.CLOSING.match(lines[at].strip()) or not _says_something(lines[:at]):
            continue
        after = tail[position + 1 :]
        names = 0
        while names < len(after) and _is_name(lines[after[names]].strip()):
            names += 1
        plain = sum(1 for other in after[:names] if not signature_markers.CLOSING.match(lines[other].strip()))
        rest = after[names:]
        if plain <= _CLOSING_LINES and (not rest or signature_markers.NEWS.match(lines[rest[0]].strip())):
            return lines[:at] + ([] if not rest else lines[rest[0] :])
    return lines


def _says_something(lines: Sequence[str]) -> bool:
    return any(
        line.strip() and not (signature_markers.GREETING.match(line.strip()) and len(line.split()) <= _GREETING_WORDS)
        for line in lines
    )


def _is_name(bare: str) -> bool:
    """Whether a line under a closing is a name, a title, a telephone or the like."""
    if signature_markers.CLOSING.match(bare):
        return True
    digits = sum(map(str.isdigit, bare))
    if len(bare) > _NAME_WIDTH or digits >= _CODE_DIGITS or signature_markers.NEWS.match(bare):
        return False
    if signature_markers.CONTACT.match(bare):
        return True
    if not any(map(str.isalpha, bare)):
        return digits >= _PHONE_DIGITS
    parts = bare.split()
    capital = all(not part[0].isalpha() or part[0].isupper() for part in parts)
    return len(parts) <= _NAME_WORDS and (capital or len(parts) <= 2) and bare[-1] not in "?!"  # noqa: PLR2004 - given and family name
