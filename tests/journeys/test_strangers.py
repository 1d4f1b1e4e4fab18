"""Strangers on every wire: a code in a few messages, good on all other wires, and an address that can be forgotten."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.pool import NullPool

from core.model import Report, ReportId
from storage import Files
from storage.tables import CONTACT, DATA_KEY, HOLDER, OUTBOX
from tests.fakes import twilio_server
from tests.fakes.citizens import Citizen, MailUser, TelegramUser, code_in, codes_of, tell
from tests.fakes.patience import until
from tests.fakes.resi_process import Resi
from tests.fakes.smtp_sink import BODY, CLOSE, MAIL, RCPT
from tests.fakes.twilio_server import Answer, TwilioServer
from tests.fakes.wires import CHANNELS, Wires, plugged
from tests.hostile.files import CANARY, after_start, exif_segment, picture, tiff

pytestmark = pytest.mark.journey

MOST_MESSAGES = 5
STORY = "Lampu jalan mati di depan warung bacadu, kelurahan Tebet Barat, sudah seminggu"
PHOTO = after_start(picture(), exif_segment(tiff()))
WAYS = {"sms": f"LAPOR {STORY}", "mail": STORY}
STATUS = "Menunggu"


@pytest.fixture(scope="module", params=["polling, Twilio", "webhook, Kannel"])
def wires(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wires]:
    polling = request.param.startswith("polling")
    folder = tmp_path_factory.mktemp("strangers")
    with plugged(folder, webhook=not polling, sms="twilio" if polling else "kannel") as plugged_in:
        plugged_in.resi.start()
        yield plugged_in


def reports_by(who: Citizen) -> tuple[str, int]:
    """Tells the story and takes what is offered; the code, and how many messages it took."""
    said = tell(who, WAYS.get(who.channel, STORY))
    sent = 1
    while not (code := code_in(said)) and sent < MOST_MESSAGES:
        said = tell(who, "ya" if "/batal" in said or "Kirim" in said else "1")
        sent += 1
    assert code, "no code in five messages"
    return code, sent


def agreed(who: Citizen) -> str:
    """Says yes to what is still asked, the place of a photo among it; the code."""
    said = ""
    for _ in range(3):
        said = said or code_in(tell(who, "ya"))
    return said


def newest(resi: Resi, known: set[ReportId]) -> Report:
    """The one report that was not there before."""
    fresh = [report for report in resi.stored() if report.id not in known]
    assert len(fresh) == 1
    return fresh[0]


def rows(resi: Resi) -> dict[str, int]:
    """How many rows could lead to a person."""
    engine = create_engine(resi.database_url, poolclass=NullPool)
    counted = {
        "addresses": select(func.count()).select_from(CONTACT),
        "keys": select(func.count()).select_from(DATA_KEY),
        "holders with an address": select(func.count()).where(HOLDER.c.contact.is_not(None)),
        "letters": select(func.count()).where(OUTBOX.c.sealed.is_not(None)),
    }
    with engine.connect() as connection:
        return {name: connection.execute(query).scalar_one() for name, query in counted.items()}


# -- a code, and what it is good for --


@pytest.mark.parametrize(("channel", "most"), [("telegram", MOST_MESSAGES), ("sms", 1), ("mail", 1)])
def test_a_stranger_has_a_code_after_a_few_messages(wires: Wires, channel: str, most: int) -> None:
    code, sent = reports_by(wires.stranger(channel))
    assert code
    assert sent <= most


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_code_answers_with_the_status_on_every_channel_on_the_page_and_in_the_shell(
    wires: Wires, channel: str
) -> None:
    code, _ = reports_by(wires.stranger(channel))
    heard = [tell(wires.stranger(other), code) for other in CHANNELS]
    page = wires.resi.post("/lacak", {"kode": code})
    shell = wires.resi.command("status", "-", typed=f"{code}\n")
    assert all(STATUS in said and code[-4:] in said for said in heard)
    assert page.status_code == 200
    assert STATUS in page.text
    assert shell.returncode == 0
    assert STATUS in shell.stdout


def test_a_mistyped_code_is_answered_without_a_status_everywhere(wires: Wires) -> None:
    code, _ = reports_by(wires.stranger("sms"))
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    heard = [tell(wires.stranger(channel), wrong) for channel in CHANNELS]
    shell = wires.resi.command("status", "-", typed=f"{wrong}\n")
    assert all(STATUS not in said for said in (*heard, wires.resi.post("/lacak", {"kode": wrong}).text, shell.stdout))
    assert shell.returncode == 1


# -- photos --


def test_a_photo_sent_as_a_document_on_telegram_is_kept_without_its_traces(wires: Wires) -> None:
    who = wires.telegram_user()
    known = {report.id for report in wires.resi.stored()}
    before = len(who.heard())
    who.person.sends_document(PHOTO, caption=STORY)
    until(lambda: len(who.heard()) > before, "an answer")
    assert agreed(who)
    assert_clean_photo(wires.resi, newest(wires.resi, known))


def test_a_photo_attached_to_a_mail_is_kept_without_its_traces(wires: Wires) -> None:
    who = wires.mail_user()
    known = {report.id for report in wires.resi.stored()}
    assert who.post(STORY, photos=[("rumah-kanari.jpg", PHOTO)]).hand_over()
    assert code_in(until(who.heard, "an answer")[0])
    assert_clean_photo(wires.resi, newest(wires.resi, known))


def assert_clean_photo(resi: Resi, report: Report) -> None:
    """One photo, a picture still, and nothing of what it carried."""
    assert CANARY in PHOTO
    assert len(report.files) == 1
    kept = Files(resi.data / "files").get(report.files[0])
    assert kept.startswith(b"\xff\xd8")
    assert CANARY not in kept
    assert b"Exif" not in kept
    assert not [path for path in resi.data.rglob("*") if path.is_file() and CANARY in path.read_bytes()]


# -- forgetting --


@pytest.mark.parametrize(("channel", "other"), [("telegram", "sms"), ("sms", "mail"), ("mail", "telegram")])
def test_lupakan_from_another_channel_leaves_nothing_that_leads_to_the_person(
    wires: Wires, channel: str, other: str
) -> None:
    before = rows(wires.resi)
    code, _ = reports_by(wires.stranger(channel))
    until(lambda: not rows(wires.resi)["letters"], "an empty outbox")
    assert rows(wires.resi)["addresses"] == before["addresses"] + 1
    answer = tell(wires.stranger(other), f"LUPAKAN {code}")
    until(lambda: not rows(wires.resi)["letters"], "an empty outbox")
    after = rows(wires.resi)
    assert code[-4:] in answer
    # One key more is left: the report's own.
    assert after == before | {"keys": before["keys"] + 1}


def blocks_telegram(wires: Wires, who: Citizen) -> None:
    assert isinstance(who, TelegramUser)
    words = "Forbidden: bot was blocked by the user"
    wires.telegram.refuse("sendMessage", 403, words, chat=who.person.chat_id, times=None)


def refuses_sms(wires: Wires, _: Citizen) -> None:
    if isinstance(wires.sms, TwilioServer):
        wires.sms.answers.append(twilio_server.refusal(21610))
    else:
        wires.sms.answers.append((400, "Garbage 'to' field, rejected."))


def refuses_mail(wires: Wires, _: Citizen) -> None:
    wires.relay.answers(RCPT, "550 5.1.1 no such user")


Refuse = Callable[[Wires, Citizen], None]


@pytest.mark.parametrize(
    ("channel", "refuses"), [("telegram", blocks_telegram), ("sms", refuses_sms), ("mail", refuses_mail)]
)
def test_a_final_refusal_of_the_code_forgets_the_address_and_is_not_tried_again(
    wires: Wires, channel: str, refuses: Refuse
) -> None:
    who, before, reports, dead = wires.stranger(channel), rows(wires.resi), wires.resi.reports(), dead_letters(wires)
    if channel == "telegram":
        tell(who, STORY)
    heard = len(who.heard())
    refuses(wires, who)
    assert who.post(WAYS.get(channel, "ya")).hand_over()
    until(lambda: dead_letters(wires) == dead + 1, "a delivery that is given up")
    assert wires.resi.reports() == reports + 1
    assert wires.resi.pending() == 0
    assert len(who.heard()) == heard
    assert rows(wires.resi) == before | {"keys": before["keys"] + 1}


def dead_letters(wires: Wires) -> int:
    return int(wires.resi.figures()["resi_outbox_dead"])


# -- trouble that passes --


def test_deliveries_that_fail_in_passing_are_tried_again_by_themselves(wires: Wires) -> None:
    waiting: list[Citizen] = [*_troubled_telegram(wires), *_troubled_phones(wires), *_troubled_mail(wires)]
    for who in waiting:
        assert who.post(WAYS.get(who.channel, "ya")).hand_over()
    until(lambda: wires.resi.pending() >= len(waiting) - 1, "deliveries that failed once")
    until(lambda: all(codes_of(who) for who in waiting), "all codes")
    assert all(len(codes_of(who)) == 1 for who in waiting)
    until(lambda: wires.resi.pending() == 0, "an empty outbox")


def _troubled_telegram(wires: Wires) -> list[TelegramUser]:
    """Flooded, broken, and away: each on the next message that they should get."""
    people = [wires.telegram_user() for _ in range(3)]
    for who in people:
        tell(who, STORY)
    flooded, broken, away = (who.person.chat_id for who in people)
    wires.telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 3", chat=flooded, retry_after=3)
    wires.telegram.refuse("sendMessage", 500, "Internal Server Error", chat=broken)
    wires.telegram.refuse("sendMessage", 502, "Bad Gateway", chat=away)
    return people


def _troubled_phones(wires: Wires) -> list[Citizen]:
    if isinstance(wires.sms, TwilioServer):
        wires.sms.answers += [Answer(500), twilio_server.refusal(20429)]
    else:
        wires.sms.answers += [(503, "Temporal failure, try again later."), (500, "oops")]
    return [wires.phone() for _ in range(2)]


def _troubled_mail(wires: Wires) -> list[MailUser]:
    wires.relay.answers(MAIL, CLOSE)
    wires.relay.answers(RCPT, "451 4.7.1 greylisted")
    wires.relay.answers(BODY, "452 4.3.1 full")
    return [wires.mail_user() for _ in range(3)]
