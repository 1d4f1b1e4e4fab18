"""Words of text/enriched (RFC 1896) and of its forerunner text/richtext, which a few programs still send."""

import re
from typing import Final

KINDS: Final = frozenset({"text/enriched", "text/richtext"})
_PARAMETER: Final = re.compile(r"<param>[^<]{0,500}</param>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[A-Za-z0-9-]{1,60}>")
_BREAKS: Final = re.compile(r"\n+")
_SIGN: Final = "\0"  # no text has one


def words_of(text: str) -> str:
    """Without the tags; one line break is a blank there, and two are one."""
    text = _PARAMETER.sub("", text.replace("<<", _SIGN).replace("<lt>", _SIGN).replace("<nl>", "\n\n"))
    joined = _BREAKS.sub(lambda run: "\n" * (len(run[0]) - 1) or " ", _TAG.sub("", text))
    return joined.replace(_SIGN, "<")
