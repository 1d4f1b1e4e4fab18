"""News: who is told what, when, in which words, and what is never in them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Unpack
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.channels import CHANNELS
from core import areas
from core.categories import AGENCIES, CATEGORIES, Category
from core.messages import ChannelProfile, Line, Option, Say
from core.model import Act, AgencyId, Asking, DeliveryKind, Number, Role, StaffRole
from core.phrases import LANGUAGES, gsm7, phrase, render
from core.workflow import MOVES, STAFF, TextRule, agency_name
from tests.fakes.town import PHOTO
from tests.fakes.town_hall import BIRO, KELURAHAN, Ordered, TownHall, photo_hash

JAKARTA = ZoneInfo("Asia/Jakarta")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
PROFILES = tuple(channel.profile for channel in CHANNELS)
CANARY = "canary dari dalam"
TOLD = tuple(dict.fromkeys(move.tells for move in MOVES if move.tells))
OUTSIDE = "pln_uid_jakarta_raya"


def staffed(news_delay: tuple[int, int] = (0, 0), lang: str = "id") -> TownHall:
    hall = TownHall(lang, news_delay)
    hall.hire("lurah", KELURAHAN)
    hall.hire("dinas", "dinas_bina_marga")
    hall.hire("biro", BIRO, StaffRole.BIRO)
    return hall


@pytest.fixture
def hall() -> TownHall:
    return staffed()


# -- when --


def test_the_first_news_of_an_hour_goes_alone_and_at_once(hall: TownHall) -> None:
    number = hall.files()
    hall.starts("lurah", number)
    [letter] = hall.letters()
    assert (letter.kind, letter.not_before) == (DeliveryKind.NEWS, hall.clock.now())
    assert hall.post() == 1


def test_later_news_of_that_hour_are_one_message_when_the_hour_is_over(hall: TownHall) -> None:
    number = hall.files()
    hall.starts("lurah", number)
    first = hall.clock.now()
    hall.post()
    for minutes, to in ((10, "dinas_bina_marga"), (20, KELURAHAN)):
        hall.clock.at = first + minutes * MINUTE
        hall.does("biro", Act.COORDINATE, number, to=to)
    [letter] = hall.letters()
    assert letter.kind is DeliveryKind.DIGEST
    assert letter.not_before == first.replace(second=0) + HOUR
    assert [line.key for line in letter.say.lines] == ["news_moved", "news_moved"]
    hall.clock.at = letter.not_before - MINUTE
    assert hall.post() == 0
    hall.clock.at = letter.not_before
    assert hall.post() == 1


def test_news_an_hour_later_goes_alone_again(hall: TownHall) -> None:
    number = hall.files()
    hall.starts("lurah", number)
    hall.post()
    hall.clock.passes(hours=1)
    hall.does("lurah", Act.COORDINATE, number, to="dinas_bina_marga")
    [letter] = hall.letters()
    assert (letter.kind, letter.not_before) == (DeliveryKind.NEWS, hall.clock.now())


def test_after_a_digest_the_next_news_waits_an_hour_from_it(hall: TownHall) -> None:
    number = hall.files()
    start = hall.clock.at = hall.clock.now().replace(second=0)
    hall.starts("lurah", number)
    hall.post()
    hall.clock.at = start + 30 * MINUTE
    hall.does("biro", Act.COORDINATE, number, to="dinas_bina_marga")
    hall.clock.at = start + HOUR
    assert hall.post() == 1
    hall.clock.at = start + HOUR + 30 * MINUTE
    hall.does("biro", Act.COORDINATE, number, to=KELURAHAN)
    [letter] = hall.letters()
    assert letter.not_before == start + 2 * HOUR


@settings(max_examples=60, derandomize=True)
@given(st.lists(st.integers(0, 200), min_size=1, max_size=8))
def test_whatever_happens_nobody_gets_two_messages_within_an_hour_and_all_news_come(gaps: list[int]) -> None:
    hall = staffed()
    number = hall.files()
    sent: list[datetime] = []
    keys: list[str] = []
    offices = ["dinas_bina_marga", KELURAHAN]
    for at, gap in enumerate(gaps):
        for _ in range(gap):
            hall.clock.passes(minutes=1)
            ready = [letter for letter in hall.letters() if letter.not_before <= hall.clock.now()]
            keys += [line.key for letter in ready for line in letter.say.lines]
            sent += [hall.clock.now()] * hall.post()
        hall.does("biro", Act.COORDINATE, number, to=offices[at % 2])
    hall.clock.passes(hours=2)
    keys += hall.keys()
    sent += [hall.clock.now()] * hall.post()
    assert keys == ["news_moved"] * len(gaps)
    assert all(later - earlier >= HOUR - MINUTE for earlier, later in pairwise(sent))


@pytest.mark.parametrize("delay", [(0, 30), (5, 5), (10, 20)])
def test_news_waits_for_as_long_as_chance_says_within_its_range(delay: tuple[int, int]) -> None:
    hall = staffed(delay)
    waits = []
    for _ in range(60):
        number = hall.files()
        hall.starts("lurah", number)
        [letter] = hall.letters(number)
        waits.append(letter.not_before - hall.clock.now())
    start, end = (timedelta(minutes=each) for each in delay)
    assert all(start <= each <= end for each in waits)
    assert len(set(waits)) > 20 or start == end, "no wire can tell who acted"
    assert max(waits) - min(waits) >= (end - start) / 2


def test_news_that_waits_takes_up_what_happens_meanwhile_and_waits_no_longer() -> None:
    hall = staffed((20, 20))
    number = hall.files()
    hall.starts("lurah", number)
    [first] = hall.letters()
    hall.clock.passes(minutes=5)
    hall.does("biro", Act.COORDINATE, number, to="dinas_bina_marga")
    [letter] = hall.letters()
    assert (letter.id, letter.not_before) == (first.id, first.not_before)
    assert [line.key for line in letter.say.lines] == ["news_started", "news_moved"]


def at_night(local: str) -> datetime:
    return datetime.fromisoformat(f"2021-07-08T{local}").replace(tzinfo=JAKARTA).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("05:59", "2021-07-08 06:00"),
        ("06:00", "2021-07-08 06:00"),
        ("20:59", "2021-07-08 20:59"),
        ("21:00", "2021-07-09 06:00"),
        ("23:59", "2021-07-09 06:00"),
        ("00:00", "2021-07-08 06:00"),
    ],
)
def test_no_phone_rings_for_news_between_nine_and_six(hall: TownHall, at: str, until: str) -> None:
    number = hall.files(channels=("sms", "telegram", "mail"))
    hall.clock.at = at_night(at)
    hall.starts("lurah", number)
    times = {letter.channel: letter.not_before for letter in hall.letters()}
    assert times["sms"].astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M") == until
    assert times["telegram"] == times["mail"] == hall.clock.now()


def test_a_digest_of_an_hour_that_ends_at_night_waits_for_the_morning_too(hall: TownHall) -> None:
    number = hall.files(channels=("sms",))
    hall.clock.at = at_night("20:30")
    hall.starts("lurah", number)
    hall.post()
    hall.clock.passes(minutes=10)
    hall.does("lurah", Act.COORDINATE, number, to="dinas_bina_marga")
    [letter] = hall.letters()
    assert letter.not_before.astimezone(JAKARTA).hour == 6


def test_where_a_service_is_tried_out_what_somebody_did_is_told_by_night_and_what_the_clock_brings_is_not() -> None:
    hall = staffed()
    hall.context = replace(hall.context, quiet_nights=False)
    number = hall.files(channels=("sms",))
    hall.clock.at = at_night("23:00")
    hall.starts("lurah", number)
    [letter] = hall.letters()
    assert letter.not_before == hall.clock.now()
    hall.post()
    hall.clock.at = hall.report(number).due.astimezone(JAKARTA).replace(hour=23).astimezone(UTC)
    hall.passes_to(hall.clock.at)
    [late] = hall.letters()
    assert late.not_before.astimezone(JAKARTA).hour == 6


def test_a_question_goes_at_once_by_night_within_the_hour_and_whatever_the_delay() -> None:
    hall = staffed((30, 30))
    number = hall.files(channels=("sms", "telegram"))
    hall.clock.at = at_night("23:00")
    hall.starts("lurah", number)
    hall.does("lurah", Act.ASK, number, text="Di mana persisnya?")
    asked = [letter for letter in hall.letters() if letter.kind is DeliveryKind.QUESTION]
    assert {letter.channel for letter in asked} == {"sms", "telegram"}
    assert {letter.not_before for letter in asked} == {hall.clock.now()}
    for letter in asked:
        assert letter.awaits is not None
        assert letter.awaits.asking is Asking.ANSWER
        assert letter.awaits.until == hall.clock.now() + timedelta(days=7)


# -- who --


def test_each_holder_with_an_address_is_told_and_nobody_else(hall: TownHall) -> None:
    number = hall.files(channels=("telegram", "sms", "mail"))
    hall.held_by(number, "sms", reached=False)
    hall.files(channels=("telegram", "sms"))
    hall.starts("lurah", number)
    assert sorted(letter.channel for letter in hall.letters()) == ["mail", "sms", "telegram"]
    assert len({letter.contact for letter in hall.letters()}) == 3
    assert len({letter.to for letter in hall.letters()}) == 3


def test_each_is_told_the_end_of_their_own_code_in_their_own_language(hall: TownHall) -> None:
    number = hall.files(channels=("telegram",))
    hall.held_by(number, "mail", lang="en")
    hall.starts("lurah", number)
    words = {letter.contact: hall.words(letter) for letter in hall.letters()}
    for holder in hall.state.holders.values():
        assert holder.contact is not None
        assert f"...{holder.last4}" in words[holder.contact]
    assert any("Laporan" in each for each in words.values())
    assert not all("Laporan" in each for each in words.values())


def test_each_has_an_hour_of_their_own(hall: TownHall) -> None:
    number = hall.files(channels=("telegram",))
    hall.starts("lurah", number)
    hall.post()
    hall.clock.passes(minutes=30)
    new = hall.held_by(number, "mail")
    hall.does("lurah", Act.COORDINATE, number, to="dinas_bina_marga")
    kinds = {letter.contact == new: (letter.kind, letter.not_before > hall.clock.now()) for letter in hall.letters()}
    assert kinds == {True: (DeliveryKind.NEWS, False), False: (DeliveryKind.DIGEST, True)}


def test_who_knows_already_is_not_told(hall: TownHall) -> None:
    number = hall.files(channels=("telegram", "sms"))
    hall.finishes("lurah", number, "biro")
    hall.clock.passes(days=1)
    hall.post()
    knows = next(holder.contact for holder in hall.state.holders.values())
    hall.citizen_does(Act.NOT_SOLVED, number, "belum", but=knows)
    [letter] = hall.letters()
    assert letter.contact != knows
    assert hall.keys() == ["news_reopened"]


def test_who_was_forgotten_is_told_nothing(hall: TownHall) -> None:
    number = hall.files(channels=("telegram",))
    hall.starts("lurah", number)
    [contact] = [each.contact for each in hall.state.holders.values()]
    assert contact is not None
    hall.store.run(lambda tx: tx.code_holders.forget(contact))
    assert hall.letters() == []
    hall.does("lurah", Act.COORDINATE, number, to="dinas_bina_marga")
    assert hall.letters() == []


# -- which words --


def test_a_solution_asks_whether_it_is_one_and_an_answer_is_awaited(hall: TownHall) -> None:
    number = hall.files(channels=("telegram", "sms"))
    hall.finishes("lurah", number, "biro")
    hall.clock.passes(hours=1)
    done = [letter for letter in hall.letters() if letter.say.lines[-1].key == "news_done"]
    assert len(done) == 2
    for letter in done:
        assert letter.awaits is not None
        assert letter.awaits.asking is Asking.FEEDBACK
        assert [option.id.partition(".")[0] for option in letter.say.options] == ["solved", "unsolved"]
        words = hall.words(letter)
        assert letter.channel == "telegram" or all(each in words for each in ("1", "2"))


def test_the_last_of_several_news_is_what_an_answer_is_about(hall: TownHall) -> None:
    number = hall.files()
    hall.finishes("lurah", number, "biro")
    hall.citizen_does(Act.NOT_SOLVED, number)
    digest = hall.letters()[-1]
    assert digest.say.lines[-1].key == "news_reopened"
    assert "news_done" not in {each.key for each in digest.say.lines}  # it asks whether what is open again is solved
    assert digest.awaits is None
    assert digest.say.options == ()


def told(hall: TownHall) -> str:
    """Everything that lies in every letter, and how it reads."""
    return " ".join(f"{letter.say!r} {hall.words(letter)}" for letter in hall.letters())


def test_what_staff_write_inside_is_in_no_message_and_in_no_row_of_one(hall: TownHall) -> None:
    number = hall.files(channels=("telegram", "sms", "mail"))
    other = hall.files()
    seen: list[str] = []

    def does(name: str, act: Act, **order: Unpack[Ordered]) -> None:
        hall.does(name, act, number, **({"text": CANARY} | order))
        seen.append(told(hall))
        hall.clock.passes(hours=2)
        hall.post()

    does("lurah", Act.COORDINATE, to="dinas_bina_marga")
    does("dinas", Act.RETURN)
    does("lurah", Act.COORDINATE, to="dinas_bina_marga")
    does("dinas", Act.DELEGATE, to="sudin_bina_marga_jaksel")
    does("biro", Act.COORDINATE, to=KELURAHAN)
    does("lurah", Act.START)
    does("lurah", Act.PLAN)
    does("biro", Act.REJECT_PLAN)
    does("lurah", Act.PLAN)
    does("biro", Act.APPROVE_PLAN)
    does("lurah", Act.ESTIMATE, until=date(2021, 8, 1))
    does("biro", Act.REFUSE_ESTIMATE)
    does("lurah", Act.ESTIMATE, until=date(2021, 8, 1))
    does("biro", Act.APPROVE_ESTIMATE)
    does("lurah", Act.NOTE)
    does("lurah", Act.RESULT, text="Sudah", photo=PHOTO)
    does("biro", Act.REJECT_RESULT)
    does("lurah", Act.START)
    does("lurah", Act.RESULT, text="Sudah", photo=PHOTO)
    does("biro", Act.VALIDATE)
    hall.does("lurah", Act.LINK, other, to=hall.files(), text=CANARY)
    hall.hire("inspektur", "inspektorat", StaffRole.HEAD)
    hall.does("inspektur", Act.DECLASSIFY, hall.files("pungli_korupsi"), to="pju", text=CANARY)
    seen.append(told(hall))
    acts = {entry.act for history in hall.state.history.values() for entry in history if CANARY in entry.text}
    assert acts == {move.act for move in MOVES if move.by & STAFF and move.text in {TextRule.MAY, TextRule.INSIDE}}
    assert len([each for each in seen if each]) > 8, "there was news of it"
    assert not [each for each in seen if CANARY in each]


def test_only_a_message_with_words_of_staff_may_be_two_segments_long(hall: TownHall) -> None:
    number = hall.files(channels=("sms",))
    hall.does("lurah", Act.START, number, text="Alat dipinjam dari kecamatan sebelah")
    assert [letter.say.long for letter in hall.letters()] == [False]
    hall.does("lurah", Act.ASK, number, text="Di mana?")
    assert [letter.say.long for letter in hall.letters()] == [False, True]


def test_what_citizens_write_reaches_no_other_citizen(hall: TownHall) -> None:
    number = hall.files(channels=("telegram", "sms"))
    hall.does("lurah", Act.ASK, number, text="Di mana?")
    hall.post()
    hall.citizen_does(Act.ANSWER, number, CANARY)
    hall.citizen_does(Act.ADD, number, CANARY)
    hall.finishes("lurah", number, "biro")
    hall.citizen_does(Act.NOT_SOLVED, number, CANARY)
    hall.citizen_does(Act.WITHDRAW, number, CANARY)
    assert hall.keys(number)[-1] == "news_withdrawn"
    assert CANARY not in told(hall)


def test_words_for_the_citizen_come_to_the_citizen(hall: TownHall) -> None:
    asked, refused, sent_on = (hall.files() for _ in range(3))
    hall.does("lurah", Act.ASK, asked, text="Dekat apa?")
    hall.does("lurah", Act.REJECT, refused, text="Jalan tol")
    hall.does("lurah", Act.FORWARD, sent_on, text="Tiang PLN", to=OUTSIDE)
    said = {number: hall.words(hall.letters(number)[0]) for number in (asked, refused, sent_on)}
    assert "Dekat apa?" in said[asked]
    assert "Jalan tol" in said[refused]
    assert "Tiang PLN" in said[sent_on]
    assert "PLN:" in said[sent_on] or agency_name(AgencyId(OUTSIDE), "id") in said[sent_on]


# -- never named --


def whole_story(hall: TownHall, number: Number, name: str, second: str) -> list[str]:
    """Every kind of news that staff and time can make of a report; the words of each."""
    heard: list[str] = []

    def listen() -> None:
        heard.extend(told(hall) for _ in hall.letters())
        hall.clock.passes(hours=2)
        hall.post()

    hall.starts(name, number)
    listen()
    hall.plans(name, number, second)
    hall.does(name, Act.RESULT, number, text="Sudah", photo=PHOTO, photo_hash=photo_hash(1))
    listen()
    hall.does(second, Act.REJECT_RESULT, number, text="Belum")
    listen()
    hall.does(name, Act.RESULT, number, text="Sudah", photo=PHOTO, photo_hash=photo_hash(2))
    listen()
    hall.passes(days=31)
    listen()
    hall.does(second, Act.VALIDATE, number)
    listen()
    hall.citizen_does(Act.NOT_SOLVED, number)
    listen()
    hall.does(name, Act.FORWARD, number, text="Urusan mereka", to="polda_metro_jaya")
    listen()
    return heard


SECRET = [leaf for leaf in CATEGORIES if leaf.restricted]
SENSITIVE = [leaf for leaf in CATEGORIES if leaf.sensitive and not leaf.restricted]


@pytest.mark.parametrize("leaf", SECRET, ids=lambda leaf: leaf.id)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_news_of_a_restricted_report_name_neither_matter_nor_agency_nor_place(leaf: Category, lang: str) -> None:
    hall = TownHall()
    assert leaf.restricted is not None
    hall.hire("officer", leaf.restricted)
    hall.hire("head", leaf.restricted, StaffRole.HEAD)
    number = hall.files(leaf.id, channels=())
    for channel in ("telegram", "sms", "mail"):
        hall.held_by(number, channel, Role.REPORTER, lang=lang)
    heard = " ".join(whole_story(hall, number, "officer", "head"))
    assert phrase("agency_hidden", lang) in heard
    words = [*leaf.labels.values(), leaf.id, leaf.restricted, AGENCIES[leaf.restricted].short, "Tebet"]
    assert not [each for each in (*words, "Polda", "polda") if each in heard]


@pytest.mark.parametrize("leaf", SENSITIVE, ids=lambda leaf: leaf.id)
def test_news_of_a_sensitive_report_do_not_name_its_matter(leaf: Category) -> None:
    hall = staffed()
    number = hall.files(leaf.id, channels=("telegram", "sms", "mail"))
    heard = " ".join(whole_story(hall, number, "lurah", "biro"))
    assert not [each for each in (*leaf.labels.values(), leaf.id) if each in heard]


def test_what_an_officer_writes_of_a_result_is_not_sent_where_the_matter_is_nobodys_to_read(hall: TownHall) -> None:
    plain, sensitive = hall.files(), hall.files("ppkm_kantor")
    for number in (plain, sensitive):
        hall.starts("lurah", number)
        hall.plans("lurah", number, "biro")
        hall.does("lurah", Act.RESULT, number, text="Kantor ditutup", photo=PHOTO)
    assert "Kantor ditutup" in " ".join(hall.words(letter) for letter in hall.letters(plain))
    assert "Kantor ditutup" not in " ".join(f"{letter.say}" for letter in hall.letters(sensitive))


# -- fits --


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_every_news_fits_its_channel_with_the_longest_names_and_words(profile: ChannelProfile, lang: str) -> None:
    holders = [*AGENCIES, *(areas.office(code) for code in areas.AREAS)]
    agency = max((agency_name(AgencyId(each), lang) for each in holders), key=len)
    for key in TOLD:
        text = "w" * 220 if "{text}" in phrase(key, lang, **RAW) else ""
        args = (("last4", "9999"), ("agency", agency), ("outside", agency), ("due", "30 Agu"), ("text", text))
        options = tuple(Option(each, phrase(f"option_{each}", lang)) for each in ASKED.get(key, ()))
        said = render(Say((Line(key, args),), options, long=bool(text)), lang, profile).text
        cost = gsm7.septets(said) if profile.gsm7 else len(said)
        assert cost is not None, said
        assert cost <= (profile.long_limit or profile.limit if text else profile.limit), said


RAW = {"last4": "", "agency": "", "outside": "", "due": "", "text": "{text}"}
ASKED = {"news_done": ("solved", "unsolved")}
