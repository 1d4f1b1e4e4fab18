"""Links, domains, mail addresses, handles and accounts on networks, however their dots and signs are written."""

import re

_COUNTRIES = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co "
    "cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr "
    "ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn "
    "mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc "
    "sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu "
    "wf ws ye yt za zm zw"
)
_GENERAL = (
    "com net org info biz xyz online site app dev link club shop store live website web space fun icu vip pro tech cloud blog wiki edu gov mil int asia "
    "mobi page click top work works world life today news media agency social chat email digital design studio group team zone one plus ltd inc llc "
    "finance money cash bank capital center services solutions support help care health clinic city town place land house properties rent cars taxi "
    "delivery food cafe bar pub restaurant pizza coffee games game bet casino poker win bid loan credit insurance law legal consulting company "
    "enterprises ventures network systems software computer download host hosting domains email photography photos pictures gallery art music "
    "video film movie tv radio fm fashion clothing style beauty salon fit fitness yoga run bike tours travel holiday hotel villas flights "
    "zip mov rocks ninja guru expert academy school college education training university institute foundation charity church faith "
    "bio ink lol wtf buzz monster quest cyou sbs cfd rest bond skin hair makeup autos boats homes motorcycles yachts name tel post jobs travel"
)
_ALL = frozenset(f"{_COUNTRIES} {_GENERAL}".split())
# As the end of a word of its own these are words of the language, or of none: only a path makes a link of them.
_WORDS_TOO = frozenset("my be am so us de in to at do no is it la me re se st tg rt rw kg km cm mm ml la pa sd sh sk sm pt th no ps ca ba ma na ni nu pm ke bi ki si".split()) - {"me"}
_SURE = r"com|net|org|xyz|biz|co\s?\.?\s?id|go\s?\.?\s?id|or\s?\.?\s?id|ac\s?\.?\s?id|sch\s?\.?\s?id|web\s?\.?\s?id|my\s?\.?\s?id|biz\s?\.?\s?id"
_HOSTS = (
    r"bit|wa|t|s|fb|ig|linktr|youtu|goo|tinyurl|cutt|rb|is|instagram|insta|facebook|twitter|x|tiktok|telegram|whatsapp|api|gmail|ymail|yahoo|hotmail|outlook|"
    r"google|maps|forms|docs|drive|zoom|meet|line|threads|youtube|linkedin|discord|shopee|tokopedia|gojek|jaki|lynk|taplink|msha|rebrand"
)
_DOT = r"(?:\s?[\[({<]\s?(?:dot|dott|titik|ttk|\.|,|point)\s?[\])}>]\s?|\s?[-_]{0,2}\b(?:dot|dott|titik|ttk)\b[-_]{0,2}\s?|_(?:dot|titik)_)"
_DOTTED = re.compile(rf"(?<=[a-z0-9]){_DOT}(?=[a-z0-9])")
_SCHEME = re.compile(r"\b(?:https?|hxxps?|ftp|tg|whatsapp|mailto|tel|sms|viber|intent)\s?:\s?/{0,2}\s?[\w@+]|:\s?/\s?/|\bwww\s?[.\d]|\bhttps?\b")
_DOMAIN = re.compile(r"(?<![\w.@])(?:[a-z0-9](?:[a-z0-9\-]{0,62})\.)+([a-z]{2,24}|xn--[a-z0-9\-]+)(?![\w\-])(?P<more>[/:?#]\S)?")
_SPACED = re.compile(
    rf"[a-z0-9\-]{{2,}}(?:\s\.\s?|\s?\.\s)(?:com|net|org)(?![\w])(?!\s?[a-z]+\.)|[a-z0-9\-]{{2,}},(?:com|net|org|id)\b|[a-z0-9]{{3,}}dot(?:com|net|org|id|co|me)\b|[a-z0-9\-]{{2,}}\s?\.\s?(?:co|go|or|ac|sch|web|my|biz)\s?\.\s?id\b"
    rf"|(?<![\w.])(?:{_HOSTS})\s?[.,]\s?(?:ly|me|ee|be|gl|id|com|co|gle|im|us|net|app|to|page)\s?(?:[/\s]|$)"
    rf"|(?<![\w.])(?:wa|t|fb|bit|linktr|s|youtu|ig)\s(?:me|ly|ee|be|id)\s?(?:/|garis miring|slash|\d)|\b(?:wame|bitly|linktree|lynkid|sid/)\b"
)
_QUAD = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)(?::\d+)?")
_AT_SIGN = re.compile(r"@\s{0,2}(?!rp\b|idr\b)[a-z_]|[a-z0-9_.]@\s?[a-z0-9]")
_PROVIDER = r"gmail|gmai|g-mail|ymail|yahoo|yahoomail|hotmail|outlook|icloud|proton(?:mail)?|rocketmail|aol|tutanota|zoho"
_MAIL = re.compile(
    rf"\b(?:gmail|g-mail|g mail|ymail|hotmail|protonmail|rocketmail|tutanota)\b|\b(?:yahoo|outlook|icloud|proton|aol|zoho)\b\s?(?:[.,]|dot|titik|com|mail)"
    rf"|[a-z0-9._\-]+\s?[\[({{<]\s?(?:at|et|a|@|add?|pada)\s?[\])}}>]\s?[a-z0-9]|[a-z0-9._]+\s(?:at|et|ad|a keong|keong|arroba|a bulat)\s(?:{_PROVIDER}|[a-z0-9\-]+\.[a-z]{{2,}}|[a-z0-9\-]+\s(?:dot|titik|com)\b)"
    rf"|[a-z0-9.]_at_[a-z0-9]|\b(?:e-?mail|imel|surel)(?:nya| kami| saya| petugas| dinas)?\s?(?:[:=]|di|ke|yaitu|adalah)\s?[a-z0-9._]{{3,}}(?:\s?(?:@|\bat\b)|\d)"
)
_NETWORK = (
    r"(?:ig|insta|instagram|instgram|fb|facebook|efbe|pesbuk|twitter|twiter|tiktok|tik tok|telegram|tele|id line|line id|akun line|threads|linkedin|youtube|yutub|snapchat|discord|michat|"
    r"wechat|skype|signal|pin bbm?|kakao ?talk|wa|whatsapp|whatsap|watsap|wasap|medsos|sosmed)"
)
_LABEL = re.compile(
    rf"\b(?:{_NETWORK}|akun|username|user name|user id|user|nickname)(?:\s(?:resmi|kami|saya|petugas|dinas|sudin|admin|id))*\s?(?:[:=]|\badalah\b|\byaitu\b)\s?@?(?!apa|yang|siapa|mana)[a-z0-9_][\w.]{{2,}}"
)
_CHOSEN = re.compile(
    r"\bline\s?[:=]\s?(?=\w*[a-z]\w*\d|\w*_)\w{3,}|"
    rf"\b(?:{_NETWORK}|akun|username|user name)(?:\s(?:resmi|kami|saya|petugas|dinas|sudin|admin|id|di|ke|dgn|dengan|nama))*\s"
    r"(?=[\w.]{0,28}(?:[a-z]\d|\d[a-z]|_|[a-z]\.[a-z]))[a-z0-9_][\w.]{2,28}[a-z0-9_](?![\w])"
    rf"|\b(?:ig|insta|instagram|fb|facebook|twitter|tiktok|telegram|tele|wa|whatsapp)\s(?:kami|saya|kita|petugas kami|dinas kami|resmi kami|gue|gw|aku)\b"
)
_INVITES = re.compile(
    rf"\b(?:kirim(?:kan)?|hubungi|chat|kontak|balas|kabari|kabarin|follow|ikuti|kunjungi|cek|buka|lihat|gabung|join|message|text|contact|reach|send|dm)\b(?:\s[\w.,]+){{0,5}}?\s(?:{_NETWORK}|japri|grup wa|wa grup)\b"
    r"|\b(?:japri|wapri|jalur pribadi|dm (?:kami|saya|aja|saja|ke)|pm (?:kami|saya)|inbox (?:kami|saya)|wa (?:aja|saja|ke|kami|saya)|whatsapp me|text me|call me|dm me|message me)\b"
)
_ASKED = re.compile(r"\b(?:dijual|ditawarkan|diiklankan|beredar|pelaku|penipu|oknum|grup warga)\b")


def leads(read: str) -> str | None:
    """"link", "mail" or "account"; None: nothing of the kind."""
    dotted = _DOTTED.sub(".", read)
    for view in (read, dotted) if dotted != read else (read,):
        if _MAIL.search(view) or _mailed(view):
            return "mail"
        if _SCHEME.search(view) or _SPACED.search(view) or _QUAD.search(_without_money(view)) or _domain(view):
            return "link"
        if _AT_SIGN.search(view):
            return "account"
    return "account" if _LABEL.search(read) or _CHOSEN.search(read) or _invited(read) else None


def _invited(read: str) -> bool:
    return _INVITES.search(read) is not None and _ASKED.search(read) is None


def _mailed(view: str) -> bool:
    at = view.find("@")
    return at > 0 and re.search(r"[a-z0-9]\s?@\s?[a-z0-9\-]+\s?\.\s?[a-z]{2,}", view) is not None


_GROUPED = re.compile(r"(?<![\d.])[1-9]\d{0,2}(?:\.\d{3}){3}(?![\d.])")


def _without_money(view: str) -> str:
    return _GROUPED.sub(";", view)


def _domain(view: str) -> bool:
    for found in _DOMAIN.finditer(view):
        end = found[1]
        if end.startswith("xn--"):
            return True
        if end not in _ALL:
            continue
        labels = found.group().split(".")
        if all(len(label) == 1 for label in labels[:-1]) and not found["more"]:
            continue  # an abbreviation, such as "a.n." or "s.d."
        if end in _WORDS_TOO and not (found["more"] and found["more"][0] == "/" and len(end) == 2 and end not in {"rt", "rw", "no"}):
            continue
        return True
    return False
