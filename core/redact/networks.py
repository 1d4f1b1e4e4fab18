"""Accounts on networks: links to profiles, and handles behind their sign."""

import re
from collections.abc import Iterator

from core.redact.page import Page
from core.redact.traces import Span, Trace
from core.redact.words import OFFICES, cue_words

_PROFILE = re.compile(
    r"(?<![\w.@\-])(?:https?://)?(?:(?:www|m|web|mobile|id-id)\.)?"
    r"(?:instagram\.com|facebook\.com|fb\.com|fb\.me|twitter\.com|x\.com|tiktok\.com|t\.me|telegram\.me|wa\.me|"
    r"api\.whatsapp\.com|"
    r"linkedin\.com/in|youtube\.com/(?:@|c/|channel/|user/)|threads\.net|threads\.com|line\.me|paypal\.me|"
    r"paypal\.com/paypalme|linktr\.ee|saweria\.co|trakteer\.id|snapchat\.com/add|vk\.com|medium\.com/@|github\.com|"
    r"reddit\.com/u(?:ser)?|kaskus\.co\.id/(?:profile|u)|quora\.com/profile|pinterest\.com|soundcloud\.com|"
    r"strava\.com/athletes|lynk\.id|bio\.link|discord\.gg|koprol\.com|plurk\.com|vt\.tiktok\.com|vm\.tiktok\.com|"
    r"youtu\.be|fb\.watch|instagr\.am)/?(?P<handle>[\w.@?=&/+\-%]{2,80})"
)
_ENDINGS = cue_words("com|me|net|ee|co|link|gg|am|watch|id|be")
# Any other page, where an account or a page is spoken of.
_PAGE = re.compile(
    r"(?<![\w.@\-])(?:https?://)?(?:[a-z0-9\-]{1,40}\.){1,3}(?:com|id|net|org|me|co|tv|ee|gl|ly|be|app|io|link|bio|"
    r"page|blog|site|xyz|my|web)\b(?:/[\w.@?=&/+\-%~]{0,80})?"
)
_PUBLIC = (".go.id", "jakarta.go.id")
_HANDLE = re.compile(r"(?<![\w@./+\-])@(?P<handle>[a-z0-9_](?:[a-z0-9_.]{1,28})[a-z0-9_])")
_PAGE_CUES = cue_words(
    "blog|website|web|situs|laman|channel|chanel|kanal|akun|profil|profile|portofolio|portfolio|podcast|medsos|"
    "sosmed|link|page|site",
    "ku",
)


def _office(handle: str) -> bool:
    return handle.lstrip("@/").startswith(OFFICES)


def profiles(page: Page) -> Iterator[Span]:
    """Links to profiles, and to pages where an account or a page is spoken of."""
    if not _ENDINGS.isdisjoint(page.words):
        for found in _PROFILE.finditer(page.low):
            if not _office(found["handle"]):
                yield Span(found.start(), _end(found), Trace.URL_PROFILE, certain=True)
    for found in _PAGE.finditer(page.low) if not _PAGE_CUES.isdisjoint(page.words) else ():
        if not found.group().endswith(_PUBLIC):
            yield Span(found.start(), _end(found), Trace.URL_PROFILE, certain=True)


def _end(found: re.Match[str]) -> int:
    return found.start() + len(found.group().rstrip(".?&/="))


def handles(page: Page) -> Iterator[Span]:
    """Handles behind their sign, whosever they are, but for those of public offices."""
    for found in _HANDLE.finditer(page.low) if "@" in page.low else ():
        if not _office(found["handle"]):
            yield Span(*found.span(), Trace.URL_PROFILE, certain=True)
