"""Numbers of a person's papers and accounts: sixteen digits are many things, so structure and cue words decide."""

import re
from collections.abc import Callable, Iterator

from stdnum import iban, luhn
from stdnum.id import npwp

from core.redact.context import ME, whose
from core.redact.page import Page
from core.redact.phones import ENDLESS, is_phone
from core.redact.subjects import is_of_a_thing
from core.redact.traces import Span, Trace
from core.redact.words import BANKS, cue_words

_PROVINCES = frozenset(
    f"{n:02d}"
    for low, high in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 97))
    for n in range(low, high + 1)
)
_FILLER = (
    rf"(?:[ \n]?(?:{ME}|ku|my|milik|dengan|dgn|pny|punya|anak|istri|suami|ibu|no|nomor|nomer|number|"
    rf"num|nya|is|adalah|yaitu|atas nama|itu|ini|pribadi|"
    r"bank|card|[#:=.,\-()/])){0,5}[ \n]?"
)
_SIXTEEN = re.compile(r"(?<![\d+])(?:\d[ .\-]{0,2}){15}\d(?!\d)")
_CUED_NIK = re.compile(
    r"\b(?:no)?(?:nik|kk|e-?ktp|ktp|kartu keluarga|kartu tanda penduduk|nomor induk kependudukan|nomor induk|id "
    r"card|identity card|id number)(?:ku|nya)?"
    rf"{_FILLER}(\d(?:[ .\-/]{{0,2}}[\dox*](?![a-z]{{2}})){{11,17}})(?![\d*])"
)
_NPWP = re.compile(r"(?<![\d.])\d{2}[. ]\d{3}[. ]\d{3}[. ]\d[\-. ]\d{3}[. ]\d{3}(?![\d])")
_CUED_NPWP = re.compile(rf"\bnpwp(?:ku)?{_FILLER}(\d(?:[ .\-]?\d){{14,15}})(?!\d)")
_FIFTEEN = re.compile(r"(?<![\d.,+])\d{15}(?!\d)")
_PASSPORT = re.compile(rf"\b(?:paspor|passport)(?:ku)?{_FILLER}([a-z]{{1,2}} ?\d{{6,8}})(?!\w)")
_OTHER_PAPERS = re.compile(
    rf"\b(?:bpjs(?: kesehatan| ketenagakerjaan| tk| naker)?|jamsostek|kpj|jkn|kis|kks|sim(?: [abc]1?| [abc] umum)?|"
    rf"smart sim|kitas|kitap|kjp|driving licen[cs]e)(?:ku)?{_FILLER}(\d(?:[ \-]?\d)"
    rf"{{9,15}})(?!\d)"
)
_CUED = (
    (re.compile(r"nik|kk|ktp|kartu|induk|id (?:card|number)|identity"), _CUED_NIK),
    (re.compile("npwp"), _CUED_NPWP),
    (re.compile(r"paspor|passport"), _PASSPORT),
    (re.compile(r"bpjs|jkn|kis|kks|kpj|jamsostek|sim|kita[sp]|kjp|licen"), _OTHER_PAPERS),
)
_ACCOUNT = re.compile(
    r"\b(?:(?P<sure>rekening|norek|no\.? ?rek|rek|account number|bank account|virtual account|kartu kredit|kartu "
    r"debit|kartu atm|credit card|debit card)"
    rf"|bank|(?P<bank>{'|'.join(BANKS)})|(?P<wallet>gopay|go-pay|ovo|dana|shopeepay|shopee ?pay|spay|linkaja|"
    rf"link ?aja|isaku|i\.saku|sakuku|doku|astrapay))"
    rf"(?:ku)?\b\.?"
    rf"(?:[ \n]?(?:bank|{ME}|my|no|nomor|nomer|number|rek|rekening|a\.?n\.?|ke|di|to|is|adalah|yaitu|"
    r"tabungan|dki|jabar|syariah|jg|juga|bisa|aja|saja|ya|sendiri|pribadi|pake|pakai|lewat|via|langsung|istri|suami|"
    r"anak|"
    rf"{'|'.join(BANKS)}|[#:=.,\-()/])){{0,6}}[ \n]?"
    r"(?P<number>\d(?:[ .\-]{0,2}\d){7,18})(?!\d)"
)
# Cards of buses, tolls and banks are told by their own name or by "nomor kartu", wherever in the sentence.
_CARD = re.compile(
    rf"\b(?:(?:no|nomor|nomer|kode)\.? ?kartu(?:nya|ku)?|kartu(?:ku)?|jak ?card|jak ?lingko|flazz|brizzi|e-?money|"
    rf"emoney|tap ?cash|kmt|multi ?trip|e-?toll|etoll|card number|card no)(?: (?:{ME}|my|is|itu|adalah|no|nomor|"
    rf"nomer|nya|"
    rf"number|jak ?card|flazz|brizzi|e-?money|tap ?cash|kmt|atm|debit|kredit|krl))*[ .:#]{{1,3}}"
    r"(\d(?:[ .\-]?\d){14,18})(?!\d)"
)
_CARD_CUES = cue_words(
    "kartu|kartunya|kartuku|card|jakcard|jak|jaklingko|flazz|brizzi|money|emoney|tap|tapcash|kmt|multi|toll|etoll"
)
# The bank after the number: "transfer ke 1234567890 (BCA)".
_BANK_AFTER = re.compile(
    rf"\b(?:transfer|tf|trf|refund|balikin|kembalikan|kirim|rek|rekening|norek)\b[^.;!?\n\d]{{0,30}} "
    rf"(?P<number>\d(?:[ .\-]{{0,2}}\d){{7,15}}) ?[(,\-]? ?(?:bank )?(?:{'|'.join(BANKS)}|dki|jakarta)\b"
)
_PAY = cue_words("transfer|tf|trf|refund|balikin|kembalikan|kirim|rek|rekening|norek")
_HEALTH = re.compile(r"bpjs|jkn|\bkis\b|\bpbi\b|faskes|kartu sehat|peserta")
_HEALTH_CARD = re.compile(r"(?<![\d.,\-/])000\d(?:[ .\-]?\d){9}(?!\d)")
# After "rekening" a bank may be named that no list knows.
_ANY_BANK = re.compile(
    rf"\b(?:rekening|norek|no\.? ?rek|rek|tabungan)(?:ku)?\b[ .:]{{1,2}}(?:(?:{ME}|bank|no|nomor) ){{0,2}}[a-z]{{2,14}}"
    rf"(?: [a-z]{{2,14}})?(?: (?:{ME}|no|nomor))?[ :.]{{1,3}}(?P<number>\d(?:[ .\-]{{0,2}}\d){{8,17}})(?!\d)"
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")
_MONEY = re.compile(r"\d{1,3}(?:\.\d{3})+")
_BIRTH_DAYS = frozenset((*range(1, 32), *range(41, 72)))  # a woman's day is told with 40 added
_MONTHS = frozenset(range(1, 13))
_IN_TRUST = re.compile(
    r"[ ,(]{1,3}(?:(?:a\.? ?n\.?|a/n|an|atas nama|in the name of|of|milik)[ :]{1,2}(?:the )?)?(?:pt|cv|ud|"
    r"koperasi|yayasan|komite|panitia|"
    r"paguyuban|pengelola|committee|company|cooperative|school|sekolah)\b"
)
_LEAST = 6  # digits, of a passport
_LONG = re.compile(r"[0-9](?:[ .\-]{0,2}[0-9]){14}")
_CARD_STARTS = frozenset("3456")


def _digits(written: str) -> str:
    return "".join(c for c in written if c.isdigit())


def _is_nik(digits: str) -> bool:
    return digits[:2] in _PROVINCES and int(digits[6:8]) in _BIRTH_DAYS and int(digits[8:10]) in _MONTHS


def _is_card(digits: str) -> bool:
    return digits[0] in _CARD_STARTS and bool(luhn.is_valid(digits))


def _sixteens(low: str, fits: Callable[[str], bool]) -> Iterator[re.Match[str]]:
    """Sixteen digits that fit; the row may begin anywhere among other numbers."""
    at = 0
    while found := _SIXTEEN.search(low, at):
        at = found.start() + 1
        if fits(_digits(found.group())):
            yield found
            at = found.end()
        elif endless := ENDLESS.match(low, found.start()):
            at = endless.end()


def papers(page: Page) -> Iterator[Span]:
    """NIK and KK, NPWP, passport and other numbers that a state or an insurance gave to one person."""
    low = page.low
    if page.digits < _LEAST:
        return
    for cue, pattern in _CUED:
        if cue.search(low):
            for found in pattern.finditer(low):
                if pattern is not _CUED_NPWP or not _IN_TRUST.match(low, found.end()):
                    yield Span(*found.span(1), Trace.NIK, certain=True)
    for found in _HEALTH_CARD.finditer(low) if "000" in low and _HEALTH.search(low) else ():
        yield Span(*found.span(), Trace.NIK, certain=whose(page, found.start()) is not False)
    if _LONG.search(low):
        yield from _by_structure(page)


def _by_structure(page: Page) -> Iterator[Span]:
    low = page.low
    for found in _sixteens(low, _is_nik):
        if not is_of_a_thing(page, *found.span()):
            yield Span(*found.span(), Trace.NIK, certain=True)
    for found in _NPWP.finditer(low):
        if not _IN_TRUST.match(low, found.end()):
            yield Span(*found.span(), Trace.NIK, certain=whose(page, found.start()) is not False)
    for found in _FIFTEEN.finditer(low):
        if npwp.is_valid(found.group()):
            yield Span(*found.span(), Trace.NIK, certain=False)


def accounts(page: Page) -> Iterator[Span]:
    """Accounts, cards and wallets."""
    if page.digits < _LEAST:
        return
    yield from _told_accounts(page)
    if _LONG.search(page.low):
        for found in _sixteens(page.low, _is_card):
            if not is_of_a_thing(page, *found.span()):
                yield Span(*found.span(), Trace.BANK_ACCOUNT, certain=True)
    for found in _CARD.finditer(page.low) if not _CARD_CUES.isdisjoint(page.words) else ():
        yield Span(*found.span(1), Trace.BANK_ACCOUNT, certain=True)
    for found in _IBAN.finditer(page.text):
        if iban.is_valid(found.group()):
            yield Span(*found.span(), Trace.BANK_ACCOUNT, certain=True)


def _told_accounts(page: Page) -> Iterator[Span]:
    """After a bank's name; into whose account an officer has money paid is what the report is about."""
    for found in _ACCOUNT.finditer(page.low):
        if _is_account(found):
            owner = whose(page, found.start("number"))
            if found["wallet"] or not (owner is False or _IN_TRUST.match(page.low, found.end())):
                yield Span(*found.span("number"), Trace.BANK_ACCOUNT, certain=owner is not False)
    for found in _BANK_AFTER.finditer(page.low) if not _PAY.isdisjoint(page.words) else ():
        if not (_MONEY.fullmatch(found["number"]) or whose(page, found.start("number")) is False):
            yield Span(*found.span("number"), Trace.BANK_ACCOUNT, certain=whose(page, found.start("number")) is True)
    for found in _ANY_BANK.finditer(page.low) if "rek" in page.low or "tabungan" in page.low else ():
        owner = whose(page, found.start("number"))
        if not (_MONEY.fullmatch(found["number"]) or owner is False or _IN_TRUST.match(page.low, found.end())):
            yield Span(*found.span("number"), Trace.BANK_ACCOUNT, certain=owner is True)


def _is_account(found: re.Match[str]) -> bool:
    number = found["number"]
    if _MONEY.fullmatch(number):
        return False
    if found["wallet"]:
        return is_phone(number) or is_phone("0" + number)
    # "BRI 021-5551234" is the telephone of a branch; after the word "rekening" it is an account all the same.
    return found["sure"] is not None or not (number.startswith(("021", "(021", "08", "62")) and is_phone(number))
