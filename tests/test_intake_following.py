"""Somebody else has reported the same: offered where it may be, and whoever follows is a holder like any other."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.batch_periods import period
from core.categories import CATEGORIES
from core.messages import Address, Point
from core.model import Act, Publishing, ReportId, Role, Status, Step
from core.phrases import gsm7, phrase
from tests.fakes.officers import Officers
from tests.fakes.town import PHOTO, Citizen, Told, Town

FIRST = ("/start jalan_rusak", "lubang di jalan itu", "kelurahan cikini", "ya")
AGAIN = ("/start jalan_rusak", "lubangnya dalam sekali", "kelurahan cikini")


def town_with_a_report(lang: str = "id") -> Town:
    town = Town(lang)
    assert says(town.citizen("telegram", "neighbour"), FIRST).code
    return town


def neighbour_code(town: Town) -> str:
    """What the first who reported was given."""
    first = next(each for each in town.told if each.to == ("telegram", Address("neighbour")) and each.code)
    return first.code


def says(citizen: Citizen, words: tuple[str, ...]) -> Told:
    """What the last of these messages was answered with."""
    return [citizen.writes(text) for text in words][-1]


def comes_to_the_summary(town: Town, channel: str = "telegram", words: tuple[str, ...] = AGAIN) -> Citizen:
    citizen = town.citizen(channel, "budi")
    for text in words:
        citizen.writes(text)
    assert citizen.dialogue is not None
    assert citizen.dialogue.step is Step.SUMMARY
    return citizen


def offers(told: Told) -> bool:
    return any(option.id == "follow" for option in told.options)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_a_report_of_the_same_in_the_same_kelurahan_can_be_followed_instead(channel: str, lang: str) -> None:
    town = town_with_a_report(lang)
    citizen = comes_to_the_summary(town, channel)
    assert offers(citizen.last)
    if channel == "sms":
        assert (gsm7.septets(citizen.last.text) or 999) <= 160
    told = citizen.writes("4")
    assert told.code
    assert (gsm7.septets(told.text) or 999) <= 160 or channel != "sms"
    (report,) = town.reports
    holders = town.store.state.holders
    assert sorted(holder.role for holder in holders.values()) == [Role.FOLLOWER, Role.REPORTER]
    assert {holder.report for holder in holders.values()} == {report.id}
    assert citizen.dialogue is None or citizen.dialogue.step is Step.IDLE


def test_whoever_tells_of_bribes_where_the_place_was_asked_for_is_offered_nothing() -> None:
    town = town_with_a_report()
    bribed = (*AGAIN[:2], "kelurahan cikini, petugas kelurahan minta pungli")
    citizen = comes_to_the_summary(town, words=bribed)
    assert not offers(citizen.last)


def test_words_place_and_photos_of_the_draft_are_added_closed() -> None:
    town = town_with_a_report()
    citizen = town.citizen("telegram", "budi")
    citizen.writes("/start jalan_rusak")
    citizen.sends_photo("lubangnya dalam, telepon saya 081234567890")
    citizen.writes("depan warung Bu Sri, kelurahan cikini")
    if citizen.dialogue and citizen.dialogue.step is Step.DOUBT:
        citizen.presses("Tutup")
    citizen.presses("Ikut laporan itu")
    entry = Officers(town).history(town.reports[0])[-1]
    assert entry.act is Act.ADD
    assert "lubangnya dalam" in entry.text
    assert "081234567890" not in entry.text
    assert "depan warung" in entry.text
    assert entry.files == (PHOTO,)


def test_answers_to_what_is_asked_of_the_kind_are_added_with_their_questions() -> None:
    town, told = Town(), ("/start air_bersih", "air keran mati", "kelurahan cikini", "lewati", "lewati", "ya")
    assert says(town.citizen("telegram", "neighbour"), told).code
    citizen = town.citizen("telegram", "budi")
    for words in ("/start air_bersih", "air PAM tidak keluar", "kelurahan cikini"):
        citizen.writes(words)
    citizen.presses("Minggu ini")
    citizen.writes("12")
    citizen.presses("Ikut laporan itu")
    added = Officers(town).history(town.reports[0])[-1].text
    assert "Sejak kapan? Minggu ini" in added
    assert "rumah yang kena? 12" in added


def test_news_reaches_both_and_forgetting_one_leaves_the_other() -> None:
    town = town_with_a_report()
    neighbour = town.citizen("telegram", "neighbour")
    citizen = comes_to_the_summary(town)
    code = citizen.presses("Ikut laporan itu").code
    officers = Officers(town)
    officers.do(town.reports[0], Act.START)
    assert len(neighbour.news) == len(citizen.news) == 1
    assert code[-4:] in citizen.news[0].text
    assert code[-4:] not in neighbour.news[0].text
    officers.ask(town.reports[0])
    citizen.writes(f"LUPAKAN {code}")
    neighbour.writes("sejak hari Senin")
    assert officers.questions(town.reports[0])[0].answered == "sejak hari Senin"
    officers.ask(town.reports[0], "Seberapa dalam?")
    assert (len(neighbour.news), len(citizen.news)) == (3, 2)


def test_who_follows_answers_for_all_and_nobody_is_waited_for_any_more() -> None:
    town = town_with_a_report()
    citizen = comes_to_the_summary(town)
    citizen.presses("Ikut laporan itu")
    officers = Officers(town)
    officers.ask(town.reports[0])
    citizen.writes("sejak hari Senin")
    assert officers.questions(town.reports[0])[0].answered == "sejak hari Senin"
    assert not town.awaited


def test_who_follows_may_say_that_it_is_not_solved() -> None:
    town = town_with_a_report()
    citizen = comes_to_the_summary(town)
    citizen.presses("Ikut laporan itu")
    Officers(town).solve(town.reports[0])
    citizen.writes("2 masih rusak")
    assert town.reports[0].status is Status.PROSES
    assert (
        phrase("news_reopened", "id", last4="").split("...")[0] in town.citizen("telegram", "neighbour").news[-1].text
    )


def test_who_follows_takes_back_no_report_and_only_follows_no_more() -> None:
    town = town_with_a_report()
    citizen = comes_to_the_summary(town)
    code = citizen.presses("Ikut laporan itu").code
    told = citizen.writes(f"CABUT {code}")
    assert "tidak lagi mengikuti" in told.text
    assert town.reports[0].status is Status.MENUNGGU
    Officers(town).do(town.reports[0], Act.START)
    assert citizen.news == []
    assert len(town.citizen("telegram", "neighbour").news) == 1
    assert citizen.writes(f"CABUT {code}").text == told.text, "a second time it is so already"


def test_who_follows_hears_no_more_of_what_became_restricted_and_can_do_nothing_about_it() -> None:
    """Else whoever suspects somebody follows their report, and reads what the agency asks them."""
    town = town_with_a_report()
    neighbour, budi = town.citizen("telegram", "neighbour"), comes_to_the_summary(town)
    code, other = budi.writes("4").code, neighbour_code(town)
    officers, heard = Officers(town), len(budi.news)
    neighbour.writes(f"TAMBAH {other} petugas kelurahan minta uang pelicin, ini pungli")
    (report,) = town.reports
    assert report.restricted
    officers.ask(report, "Kapan uang itu diminta?")
    assert "Kapan uang itu diminta?" in neighbour.news[-1].text
    assert len(budi.news) == heard
    gone = phrase("unfollowed", "id", last4=code[-4:])
    for words in (f"CEK {code}", f"{code} kemarin pagi", f"TAMBAH {code} lagi", f"CABUT {code}", f"LUPAKAN {code}"):
        assert budi.writes(words).text == gone
    assert officers.questions(report)[0].answered is None
    assert len(town.store.state.contacts) == 1, "what is said of their address is so"
    assert "Kapan uang itu diminta?" in neighbour.writes(f"CEK {other}").text


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("words", ["TAMBAH {code} {graft}", "{code} {graft}"])
def test_who_follows_hides_no_report_by_words_of_a_bribe(words: str, asked: bool) -> None:  # noqa: FBT001 - both are
    """Else whoever dislikes a report follows it, and others lose sight of it."""
    town = town_with_a_report()
    code, officers = comes_to_the_summary(town).writes("4").code, Officers(town)
    if asked:
        officers.ask(town.reports[0])
    graft = "petugas kelurahan minta uang pelicin, ini pungli"
    told = town.citizen("telegram", "budi").writes(words.format(code=code, graft=graft))
    (report,) = town.reports
    assert (report.restricted, report.agency) == (False, "kel:31.71.06.1003")
    assert not [each for each in officers.history(report) if "pelicin" in each.text]
    if asked or words.startswith("TAMBAH"):
        assert phrase("told_apart", "id") in told.text
    assert town.citizen("telegram", "budi").writes(f"TAMBAH {code} lubangnya makin dalam").text
    assert officers.history(town.reports[0])[-1].text == "lubangnya makin dalam"


def test_to_decline_files_the_own_report() -> None:
    town = town_with_a_report()
    citizen = comes_to_the_summary(town)
    told = citizen.presses("Kirim")
    assert told.code
    assert len(town.reports) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("/start jalan_rusak", "lubangnya dalam sekali", "kelurahan menteng"),
        ("/start trotoar", "lubangnya dalam sekali", "kelurahan cikini"),
    ],
    ids=["elsewhere", "something else"],
)
def test_what_is_not_the_same_is_not_offered(words: tuple[str, ...]) -> None:
    citizen = comes_to_the_summary(town_with_a_report(), words=words)
    assert not offers(citizen.last)


@pytest.mark.parametrize("end", [Act.REJECT, Act.WITHDRAW])
def test_what_has_ended_is_not_offered(end: Act) -> None:
    town = town_with_a_report()
    Officers(town).do(town.reports[0], end, "Bukan di sini")
    assert not offers(comes_to_the_summary(town).last)


def test_what_is_a_month_old_is_not_offered() -> None:
    town = town_with_a_report()
    town.clock.passes(days=31)
    assert not offers(comes_to_the_summary(town).last)


def test_what_goes_along_with_another_is_not_offered() -> None:
    town = town_with_a_report()
    report = town.reports[0]
    along = replace(report, handling=replace(report.handling, main=ReportId("another")))
    town.store.state.reports[report.id] = along
    assert not offers(comes_to_the_summary(town).last)


@pytest.mark.parametrize(
    "leaf", [leaf for leaf in CATEGORIES if leaf.restricted or leaf.sensitive], ids=lambda leaf: leaf.id
)
def test_what_nobody_else_shall_know_of_is_never_offered(leaf: object) -> None:
    town = Town()
    name = getattr(leaf, "id", "")
    for who in ("neighbour", "budi"):
        citizen = town.citizen("telegram", who)
        for text in (f"/start {name}", "anu anu begitu saja", "kelurahan cikini"):
            assert not offers(citizen.writes(text))
            if citizen.dialogue and citizen.dialogue.step is Step.SUMMARY:
                break
        citizen.presses("Kirim")
    assert len(town.reports) == 2


def test_ones_own_report_is_not_offered_to_be_followed() -> None:
    town = Town()
    for words in FIRST:
        town.citizen("telegram", "budi").writes(words)
    assert not offers(comes_to_the_summary(town).last)


def test_an_offer_that_is_over_when_it_is_taken_leaves_the_own_report_to_be_sent() -> None:
    town = town_with_a_report()
    citizen = comes_to_the_summary(town)
    Officers(town).do(town.reports[0], Act.REJECT, "Bukan di sini")
    told = citizen.presses("Ikut laporan itu")
    assert phrase("alike_over", "id") in told.text
    assert not offers(told)
    assert citizen.presses("Kirim").code
    assert town.reports[-1].text == "lubangnya dalam sekali"


@pytest.mark.parametrize("gone", [True, False])
def test_nor_can_a_report_be_followed_that_was_purged_or_became_restricted(gone: bool) -> None:  # noqa: FBT001 - both are
    town = town_with_a_report()
    citizen = comes_to_the_summary(town)
    report = town.reports[0]
    if gone:
        del town.store.state.reports[report.id]
    else:
        town.store.state.reports[report.id] = replace(report, restricted=True)
    assert phrase("alike_over", "id") in citizen.presses("Ikut laporan itu").text
    assert len(town.store.state.holders) == 1


def test_an_offer_that_is_over_is_taken_back_at_the_next_question() -> None:
    town = town_with_a_report()
    citizen = comes_to_the_summary(town)
    Officers(town).do(town.reports[0], Act.REJECT, "Bukan di sini")
    assert not offers(citizen.writes("BANTUAN"))
    assert citizen.presses("Kirim").code


@pytest.mark.parametrize("words", ["BANTUAN", "PRIVASI", "KODE"])
def test_by_sms_what_is_asked_beside_the_offer_is_answered(words: str) -> None:
    town = town_with_a_report()
    citizen = comes_to_the_summary(town, "sms")
    alone = comes_to_the_summary(Town(), "sms")
    assert citizen.writes(words).text == alone.writes(words).text
    assert citizen.writes("4").code


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("sms", "LAPOR jalan berlubang di kelurahan cikini"),
        ("mail", "Jalan berlubang besar di kelurahan cikini, sudah lama."),
    ],
)
def test_one_message_is_filed_at_once_though_there_is_such_a_report(channel: str, words: str) -> None:
    town = town_with_a_report()
    assert town.reports[0].category == "jalan_rusak"
    told = town.citizen(channel, "budi").writes(words)
    assert told.code
    assert len(town.reports) == 2


def test_how_many_have_said_so_is_told() -> None:
    town = town_with_a_report()
    second = comes_to_the_summary(town)
    assert "1 orang" in second.last.text
    second.presses("Ikut laporan itu")
    third = town.citizen("telegram", "siti")
    assert "2 orang" in says(third, AGAIN).text


def test_a_place_by_point_alone_offers_nothing() -> None:
    town = town_with_a_report()
    citizen = town.citizen("telegram", "budi")
    citizen.writes("/start jalan_rusak")
    citizen.writes("lubangnya dalam sekali")
    citizen.points(Point(-6.19, 106.83).latitude, 106.83)
    told = citizen.writes("kecamatan menteng")
    assert not offers(told)


DAILY = Publishing(timedelta(days=1), 5)


@pytest.mark.parametrize("channel", ["telegram", "sms"])
@pytest.mark.parametrize("hours", [0, 13, 23])
def test_whoever_asks_all_day_long_learns_the_minute_of_no_report(channel: str, hours: int) -> None:
    """Told at the end of a batch, as all that is public, and never a day after the very minute in which it came."""
    town = Town()
    town.context = replace(town.context, publishing=DAILY)
    begins = period(town.clock.now(), DAILY.every, town.context.zone)[1]
    town.clock.at = begins + timedelta(hours=hours)
    assert says(town.citizen("telegram", "neighbour"), FIRST).code
    town.clock.at = begins + DAILY.every - timedelta(minutes=1)
    assert not offers(comes_to_the_summary(town, channel).last)
    town.clock.at = begins + DAILY.every
    citizen = town.citizen(channel, "siti")
    told = says(citizen, AGAIN)
    assert offers(told)
    assert phrase("summary_alike_untold", "id") in told.text or "Sudah ada laporan serupa." in told.text
    assert citizen.writes("4").code


def test_nobody_learns_by_asking_again_that_somebody_follows() -> None:
    town = Town()
    town.context = replace(town.context, publishing=DAILY)
    assert says(town.citizen("telegram", "neighbour"), FIRST).code
    town.clock.passes(days=2)
    before = comes_to_the_summary(town).last.text
    siti = town.citizen("telegram", "siti")
    says(siti, AGAIN)
    assert siti.writes("4").code
    assert says(town.citizen("telegram", "tono"), AGAIN).text == before
