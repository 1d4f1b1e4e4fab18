"""Accounts on networks: links to profiles, handles, and names spelt for the ear."""

import re
from collections.abc import Iterator

from core.redact.context import ME, OWN, before, whose
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
# Any other page, where the writer says that it is theirs.
_PAGE = re.compile(
    r"(?<![\w.@\-])(?:https?://)?(?:[a-z0-9\-]{1,40}\.){1,3}(?:com|id|net|org|me|co|tv|ee|gl|ly|be|app|io|link|bio|"
    r"page|blog|site|xyz|my|web)\b(?:/[\w.@?=&/+\-%~]{0,80})?"
)
_OWN_PAGE = re.compile(
    rf"\b(?:blog|website|web|situs|laman|channel|chanel|kanal|akun|profil|profile|portofolio|podcast|medsos|sosmed|"
    rf"link|"
    rf"page)(?:ku\b| (?:\w+ )?(?:{ME})\b)[^.;!?\n]{{0,20}}$|\bmy (?:\w+ )?(?:blog|website|site|channel|page|profile|"
    rf"portfolio|podcast|link)\b[^.;!?\n]{{0,20}}$"
)
_PUBLIC = (".go.id", "jakarta.go.id")
# "instagram mereka ...", "akun penipunya ...": what the report is about.
_THEIRS = re.compile(
    r"\b(?:ig|insta|instagram|akun|fb|facebook|twitter|tiktok|telegram|tele|wa|grup|group|channel|link|website|web|"
    r"toko|lapak|promo\w*|iklan\w*|jualan|menjual|jual|dijual)(?:-| )?(?:nya|mereka|dia|pelaku\w*|penipu\w*|"
    r"penjual\w*|toko\w*|cafe\w*|kafe\w*|resto\w*|pt|perusahaan\w*|iklan|jual\w*|palsu|caleg|oknum|ormas|resmi|"
    r"official|di|lewat|via|melalui|pengelola\w*|developer|kantor\w*)\b|\b(?:their|his|her|its) (?:\w+ )?$"
)
_OWN = re.compile(OWN)
_MINE_AFTER = re.compile(
    rf"[ ,(\-<]{{1,5}}(?:itu |ini )?(?:punya|punye|milik|akun|kontak|account|profil)? ?(?:{ME}|mine|my)\b"
)
_HANDLE = re.compile(r"(?<![\w@./+\-])@(?P<handle>[a-z0-9_](?:[a-z0-9_.]{1,28})[a-z0-9_])")
_NETWORK = (
    r"(?:ig|instagram|insta|instgram|fb|facebook|efbe|pesbuk|twitter|twiter|twitt?|tiktok|tik tok|telegram|tele|line|x|"
    r"akun|username|user name|user|nickname|threads|linkedin|youtube|yutub|yt|channel|kanal|snapchat|discord|kaskus|"
    r"michat|wechat|skype|signal|steam|pinterest|bigo|bbm|pin bbm?|kakao ?talk|clubhouse|koprol|plurk|path|reddit|"
    r"shopee|tokopedia|medsos|sosmed)"
)
_NAME = r"@?[a-z0-9_][a-z0-9_.\-]{1,30}[a-z0-9_]"
_LINKED = r"(?:(?:adalah|yaitu|namanya|nama|di|nya|itu|pake|pakai|is|usernamenya|handle)[ :=]{0,2}){0,2}"
_OWN_HANDLE = re.compile(
    rf"\b{_NETWORK}(?: (?:id|{_NETWORK}))? ?(?:{ME}|ku)\b[ :=(,]{{0,3}}{_LINKED}(?P<handle>{_NAME})"
    rf"|\b(?:{ME})(?: (?:ada|aktif|punya|pake|pakai|main|di)){{1,3}} {_NETWORK}(?: id)?[ :=(,]{{1,3}}{_LINKED}"
    rf"(?P<other>{_NAME})"
    rf"|\bmy {_NETWORK}(?: (?:account|handle|username|id))?[ :=]{{0,3}}(?:is )?(?P<english>{_NAME})"
)
_LABELLED = re.compile(rf"\b{_NETWORK}(?: (?:id|user|username))?\s?[:=]\s?(?P<handle>{_NAME})")
# Without a colon only what nobody would write as a word: rina_kartika, budi.s88.
_PLAIN = re.compile(
    r"\b(?:ig|instagram|insta|fb|facebook|twitter|twiter|tiktok|telegram|tele|id line|line id|username|discord|kaskus|"
    r"threads|linkedin|youtube)(?: (?:id|ke|di|aja|saja|ya|username|user|akun)){0,2} "
    r"(?P<handle>(?=[a-z0-9.]{0,24}_|[a-z]{2,20}\d|"
    r"[a-z]{2,20}\.[a-z]{1,20}(?![.\w])(?<!\.com))[a-z][a-z0-9_.]{2,28}[a-z0-9_])"
    r"(?![\w@])"
)
_BY_EAR = re.compile(
    rf"\b{_NETWORK}(?: (?:id|username|user|akun|nya|{ME}|my|is|adalah|namanya|di|pake|pakai|"
    rf"{_NETWORK})){{0,4}}[ :=]{{1,3}}"
    r"(?P<handle>@?[a-z0-9._]{2,24}(?: (?:underscore|under score|garis bawah|titik|dot|strip|setrip) [a-z0-9._]{1,24})"
    r"{1,3})\b"
)
_CUES = cue_words(_NETWORK.replace("tt?", "tt").replace("bbm?", "bbm"), "ku", "nya") | {"x"}
_PAGE_CUES = cue_words(
    "blog|website|web|situs|laman|channel|chanel|kanal|akun|profil|profile|portofolio|portfolio|podcast|medsos|"
    "sosmed|link|page|site",
    "ku",
)
# An account of which the writer tells what it does is what the report is about.
_ACTS = re.compile(
    r" (?:(?:itu|ini|malah|masih|yang|yg|suka|terus|is|still|keeps|was) ){0,2}(?:nyebar|menyebar|"
    r"sebar|jual|menjual|nipu|menipu|posting|"
    r"mem?posting|promosi|buka|iklan|ngajak|mengajak|spread|sell|post|advertis|scam|announc)"
)


def _office(handle: str) -> bool:
    return handle.lstrip("@/").startswith(OFFICES)


def _theirs(page: Page, at: int) -> bool:
    """Whether the words just before say that it is the account of whom the report is about."""
    words = before(page, at, 60)
    return _THEIRS.search(words) is not None and _OWN.search(words) is None


def profiles(page: Page) -> Iterator[Span]:
    """Profile links, and handles that the writer calls their own."""
    if not _ENDINGS.isdisjoint(page.words):
        yield from _linked(page)
    for found in _PAGE.finditer(page.low) if not _PAGE_CUES.isdisjoint(page.words) else ():
        words = before(page, found.start(), 60)
        if _OWN_PAGE.search(words) and not found.group().endswith(_PUBLIC):
            yield Span(found.start(), found.end(), Trace.URL_PROFILE, certain=True)
    if not _CUES.isdisjoint(page.words):
        yield from _called(page)


def _called(page: Page) -> Iterator[Span]:
    for found in _BY_EAR.finditer(page.low):
        owner = whose(page, found.start("handle"))
        if owner is not False:
            yield Span(*found.span("handle"), Trace.URL_PROFILE, certain=owner is True)
    for found in _OWN_HANDLE.finditer(page.low):
        group = next(name for name in ("handle", "other", "english") if found[name])
        if _looks_chosen(found[group], page.low[found.start(group) - 2 : found.start(group)]):
            yield Span(*found.span(group), Trace.URL_PROFILE, certain=True)


def _linked(page: Page) -> Iterator[Span]:
    for found in _PROFILE.finditer(page.low):
        mine = _MINE_AFTER.match(page.low, found.end()) is not None
        if not _office(found["handle"]) and (mine or not _theirs(page, found.start())):
            end = found.start() + len(found.group().rstrip(".?&/="))
            certain = mine or whose(page, found.start()) is not False
            yield Span(found.start(), end, Trace.URL_PROFILE, certain=certain)


def handles(page: Page) -> Iterator[Span]:
    """Bare handles, whosever they are; those of public offices stay."""
    patterns = (("@", _HANDLE), (":", _LABELLED), ("=", _LABELLED), ("", _PLAIN))
    for sign, pattern in patterns if "@" in page.low or not _CUES.isdisjoint(page.words) else ():
        for found in pattern.finditer(page.low) if sign in page.low else ():
            start = found.start("handle") - (pattern is _HANDLE)
            owner = True if _MINE_AFTER.match(page.low, found.end()) else whose(page, start)
            acts = owner is None and _ACTS.match(page.low, found.end("handle")) is not None
            if not (_office(found["handle"]) or owner is False or acts):
                yield Span(start, found.end("handle"), Trace.URL_PROFILE, certain=owner is True)


def _looks_chosen(handle: str, before_it: str) -> bool:
    """A handle rather than a word such as "diblokir"."""
    return handle.startswith("@") or ":" in before_it or "=" in before_it or any(c in "_.0123456789" for c in handle)
