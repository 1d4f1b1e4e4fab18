"""What stands below a person's words at the end of a mail: a closing, a name, a telephone."""

import re
from collections.abc import Sequence

from bots.mail import signature_markers
from core import dictionary, places

_SIGNATURE_LINES = 15  # below a lone "--"; more is a text with a dash in it
_BELOW_RULE = 8  # below any other rule, where nothing but a name stands there
_CLOSING_LINES = 4
_TAIL = 10
_STORY = 4_000  # characters above a signature in which a place is sought
_GREETING_WORDS = 4
_NAME_WIDTH = 60
_NAME_WORDS = 6
_CODE_DIGITS = 14  # so many digits are a tracking code or a NIK, and no telephone
_PHONE_DIGITS = 7


def without_signature(lines: list[str]) -> list[str]:
    """Without what stands below a line of dashes, and without a name behind a dash at the end."""
    # Only so far up may such a line stand: the first that parts the words from a signature counts.
    tail = [at for at, line in enumerate(lines) if line.strip()][-_SIGNATURE_LINES - 1 :]
    for position, at in enumerate(tail):
        bare, below = lines[at].strip(), [lines[other].strip() for other in tail[position + 1 :]]
        if not any(lines[:at]):
            continue
        if signature_markers.SIGNATURE.match(bare):
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
    name = found["name"]
    alone = len(name.split()) == 1 and found["gap"] != "" and found["dash"] == "-"
    listed = above[-1].endswith(":") or signature_markers.BULLET.match(above[-1]) is not None
    return not alone and not listed and _says_something(above) and _is_nothing_but_name(name)


def _is_nothing_but_name(bare: str) -> bool:
    """Words in capitals that no report says: a title may stand among them, and no place is one."""
    parts = [part.strip(".,()") for part in bare.split() if any(map(str.isalnum, part))]
    names = [part for part in parts if part.lower() not in signature_markers.TITLES]
    return (
        bool(names)
        and all(part[0].isupper() for part in names)
        and all(part.lower() not in dictionary.WORDS for part in names)
        and not signature_markers.NEWS.match(bare)
        and not places.find(bare).candidates
    )


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
        if names and _is_letterhead([lines[other].strip() for other in rest], placed=_says_where(lines[:at])):
            rest = []
        if plain <= _CLOSING_LINES and (not rest or signature_markers.NEWS.match(lines[rest[0]].strip())):
            return lines[:at] + ([] if not rest else lines[rest[0] :])
    return _without_name_after_thanks(lines, tail)


def _says_where(lines: Sequence[str]) -> bool:
    """Whether the story has a place of its own, so that one below the name is the writer's."""
    story = "\n".join(lines)[-_STORY:]
    return signature_markers.WHERE.search(story) is not None or bool(places.find(story).candidates)


def _is_letterhead(rest: Sequence[str], *, placed: bool) -> bool:
    """Below a name: what they are, where their office is, how it is reached, and nothing of what happened.

    `placed`: the story has a place, so that one of these is the writer's.
    """
    reached = any(map(signature_markers.REACHED.search, rest))
    return reached and all(_is_of_a_card(bare, placed=placed) for bare in rest)


def _is_of_a_card(bare: str, *, placed: bool) -> bool:
    if signature_markers.CLOSING.match(bare) or _is_sure_name(bare):
        return True
    told = signature_markers.TELLS.match(bare) is not None or len(bare) > signature_markers.CARD_WIDTH
    if told or not (placed or not places.find(bare).candidates):
        return False
    if signature_markers.REACHED.search(bare) or signature_markers.MOTTO.match(bare):
        return True
    if placed and signature_markers.OWN_PLACE.match(bare):
        return True
    words = [word for word in bare.split() if word[0].isalpha() and word.lower() not in signature_markers.SMALL]
    return signature_markers.OFFICE.search(bare) is not None and all(word[0].isupper() for word in words)


def _without_name_after_thanks(lines: list[str], tail: Sequence[int]) -> list[str]:
    """Below a last sentence that thanks stands who says so."""
    for position, at in enumerate(tail[:-1]):
        below = [lines[other].strip() for other in tail[position + 1 :]]
        thanks = signature_markers.THANKS_LAST.match(lines[at].strip()) is not None
        named = below and _is_nothing_but_name(below[0]) and all(map(_is_sure_name, below[1:]))
        if thanks and named and len(below) <= _CLOSING_LINES:
            return lines[: at + 1]
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
    if places.find(bare).candidates:
        return False
    parts = [part for part in bare.split() if any(map(str.isalnum, part))]
    capital = all(not part[0].isalpha() or part[0].isupper() for part in parts)
    return len(parts) <= _NAME_WORDS and (capital or len(parts) <= 2) and bare[-1] not in "?!"  # noqa: PLR2004 - given and family name
