"""A question of staff is answered by a reply, a button or the code, by any channel."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bots.mail.envelope import envelope_of
from bots.mail.ids import message_id
from bots.mail.setup import setup_of
from core import intake, tracking
from core.intake import Requester
from core.messages import Incoming
from core.model import TrackingCode
from core.phrases import gsm7, phrase
from tests.fakes.filed_case import CHANNELS, STORIES, file_story, filed, reopened
from tests.fakes.town import PHOTO, Town


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_question_is_answered_by_a_plain_reply(channel: str) -> None:
    case = filed(channel)
    case.asks()
    told = case.citizen.writes("sejak hari Senin", in_thread=channel == "mail")
    assert case.answers == ["sejak hari Senin"]
    assert case.last4 in told.text
    assert phrase("answer_kept", "id", last4="").split()[0].rstrip(".,") in told.text
    assert len(case.town.reports) == 1


@pytest.mark.parametrize(
    "words", ["malam", "pagi", "ada", "ya", "ya pak", "baik", "ok", "3", "tidak tahu", "-", "belum"]
)
@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_a_word_that_elsewhere_is_only_polite_may_be_the_answer(channel: str, words: str) -> None:
    case = filed(channel)
    case.asks("Kapan biasanya, dan berapa?")
    case.citizen.writes(words)
    assert case.answers == [words]


@pytest.mark.parametrize("words", ["halo", "selamat pagi pak", "terima kasih", "pagi bu"])
def test_a_greeting_and_thanks_use_up_no_question(words: str) -> None:
    case = filed("sms")
    case.asks()
    case.citizen.writes(words)
    assert case.answers == [None]
    case.citizen.writes("BATAL")
    case.citizen.writes("sejak hari Senin")
    assert case.answers == ["sejak hari Senin"]


@pytest.mark.parametrize("channel", ["telegram", "mail"])
def test_a_reply_to_the_very_message_answers_it_even_amid_a_new_report(channel: str) -> None:
    case = filed(channel)
    asked = case.asks()
    if channel == "telegram":
        case.citizen.writes("lampu jalan mati di kelurahan gambir")
    told = case.citizen.replies_to(asked, "sejak hari Senin")
    assert case.answers == ["sejak hari Senin"]
    if channel == "telegram":
        assert phrase("resume_ask", "id") in told.text
        assert case.citizen.dialogue is not None
        assert case.citizen.dialogue.draft.text == "lampu jalan mati di kelurahan gambir"


def test_its_button_asks_for_the_words_and_the_next_message_is_the_answer() -> None:
    case = filed("telegram")
    asked = case.asks()
    told = case.citizen.presses_news(asked, "Jawab")
    assert case.last4 in told.text
    case.citizen.writes("halo, sejak hari Senin, terima kasih")
    assert case.answers == ["halo, sejak hari Senin, terima kasih"]
    assert case.citizen.dialogue is None or case.citizen.dialogue.free


def test_a_draft_waits_below_the_button_and_nothing_of_it_is_lost() -> None:
    case = filed("telegram")
    case.citizen.writes("lampu jalan mati di kelurahan gambir")
    asked = case.asks()
    case.citizen.presses_news(asked, "Jawab")
    case.citizen.writes(case.code)  # something else is asked meanwhile
    case.citizen.presses_news(asked, "Jawab")
    told = case.citizen.writes("sejak hari Senin")
    assert case.answers == ["sejak hari Senin"]
    assert phrase("resume_ask", "id") in told.text
    case.citizen.presses("Lanjut")
    told = case.citizen.presses("Kirim")
    assert told.code
    assert case.town.reports[-1].text == "lampu jalan mati di kelurahan gambir"


def test_a_thought_better_of_answer_leaves_the_question_open() -> None:
    case = filed("telegram")
    case.citizen.presses_news(case.asks(), "Jawab")
    told = case.citizen.writes("BATAL")
    assert phrase("nothing_added", "id") in told.text
    assert case.answers == [None]
    case.citizen.writes("sejak hari Senin")
    assert case.answers == ["sejak hari Senin"]


@pytest.mark.parametrize("asked_by", CHANNELS)
@pytest.mark.parametrize("answered_by", CHANNELS)
def test_the_code_and_words_answer_from_any_channel(asked_by: str, answered_by: str) -> None:
    case = filed(asked_by)
    case.asks()
    elsewhere = case.town.citizen(answered_by, "somebody")
    told = elsewhere.writes(f"{case.code} jam 8 pagi sampai 5 sore")
    assert case.answers == ["jam 8 pagi sampai 5 sore"]
    assert case.last4 in told.text
    assert not case.town.awaited, "answered elsewhere, it is awaited nowhere"


@pytest.mark.parametrize("words", ["bagaimana", "kode laporan saya", "halo pak, sudah sampai mana ya"])
def test_words_that_only_ask_how_it_is_are_no_answer(words: str) -> None:
    case = filed("sms")
    case.asks("Sejak kapan?")
    told = case.citizen.writes(f"{words} {case.code}")
    assert case.answers == [None]
    assert "Menunggu" in told.text
    assert "Sejak kapan?" in told.text


def test_a_photo_answers_alone_or_with_words_and_is_kept_with_the_report() -> None:
    case = filed("telegram")
    case.asks("Boleh kirim fotonya?")
    told = case.citizen.sends_photo()
    assert case.answers == [phrase("only_photo", "id")]
    assert case.shown == [PHOTO]
    assert "diteruskan" in told.text
    asked = case.asks("Satu lagi dari jauh?")
    case.citizen.replies_to(asked, "ini dari seberang jalan", (PHOTO,))
    assert case.answers[1] == "ini dari seberang jalan"
    assert len(case.shown) == 2
    assert len(case.town.reports) == 1


def test_an_album_answers_once_and_is_kept_whole() -> None:
    case = filed("telegram")
    case.asks("Boleh kirim fotonya?")
    first = case.citizen.sends_photo("ini fotonya", group="album")
    second = case.citizen.sends_photo(group="album")
    third = case.citizen.sends_photo(group="album")
    assert "diteruskan" in first.text
    assert second.text == third.text == ""
    assert case.answers == ["ini fotonya"]
    assert len(case.shown) == 3


def test_a_place_that_is_sent_answers_too() -> None:
    case = filed("telegram")
    case.asks("Di mana tepatnya?")
    case.citizen.points(-6.19341, 106.83717)
    assert case.answers == ["-6.1934, 106.8372"]  # as fine as a point is kept
    assert case.citizen.dialogue is None or case.citizen.dialogue.free


def test_an_answer_is_closed_as_a_report_is() -> None:
    case = filed("sms")
    case.asks()
    case.citizen.writes("sejak Senin, hubungi saya Budi Santoso di 081234567890")
    (answer,) = case.answers
    assert answer is not None
    assert "081234567890" not in answer
    assert "sejak Senin" in answer


def test_in_a_mail_thread_the_answer_is_what_was_written_and_not_what_was_quoted() -> None:
    town = Town()
    setup = setup_of({"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"})
    case = file_story(town, town.citizen("mail", "budi@warga.test"), STORIES["mail"])
    asked = case.asks("Jam berapa biasanya?")
    mail = "\r\n".join((
        "Subject: Re: Laporan Anda lewat Resi", "Message-ID: <dua@warga.test>",
        f"In-Reply-To: {message_id(asked.tag, 'kota.test')}", "",
        "jam 8 pagi sampai 5 sore", "",
        "Pada Jum, 9 Jul 2021, Resi <lapor@kota.test> menulis:", "> Jam berapa biasanya?", "",
        "-- ", "Budi Santoso, 0812 3456 7890",
    ))  # fmt: skip
    envelope = envelope_of(mail.encode(), "budi@warga.test", setup)
    assert envelope is not None
    case.citizen.sends(Incoming(envelope))
    assert case.answers == ["jam 8 pagi sampai 5 sore"]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_by_sms_all_of_it_fits_one_segment_and_staff_text_two(lang: str) -> None:
    case = filed("sms", lang)
    long = "x" * 220
    said = [case.asks(long), case.citizen.writes("sejak hari Senin"), case.citizen.writes(f"TAMBAH {case.code} tiga")]
    case.asks(long)
    said.append(case.citizen.writes(f"CEK {case.code}"))
    said += [case.solved(), case.citizen.writes("2 masih rusak")]
    reopened(case, 1)
    said += [case.solved(), case.citizen.writes("2"), case.citizen.writes(f"TAMBAH {case.code} masih")]
    for told in said:
        cost = gsm7.septets(told.text)
        assert cost is not None
        assert cost <= (306 if long in told.text else 160), told.text
        assert "Senin" not in told.text


@pytest.mark.parametrize("lang", ["id", "en"])
def test_news_of_a_solution_and_a_question_have_buttons_where_there_are_any(lang: str) -> None:
    case = filed("telegram", lang)
    assert [option.id for option in case.asks().options] == [f"answer.{case.last4}"]
    assert [option.id for option in case.solved().options] == [f"solved.{case.last4}", f"unsolved.{case.last4}"]


def test_a_code_that_is_wrong_with_an_answer_counts_as_a_try_and_tells_nothing() -> None:
    case = filed("sms")
    case.asks()
    wrong = tracking.shown(tracking.new_code(case.town.context.rng))
    stranger = case.town.citizen("sms", "stranger")
    told = [stranger.writes(f"{wrong} sejak hari Senin") for _ in range(6)]
    assert case.answers == [None]
    assert "menit" in told[-1].text


def test_a_page_that_is_asked_with_the_code_shows_the_question_that_waits() -> None:
    case = filed("telegram")
    case.asks("Sejak kapan?")
    code = TrackingCode(case.code.replace("-", ""))
    now = case.town.clock.now()
    found = case.town.store.run(lambda tx: intake.look_up(tx, code, Requester("page", "id"), now, case.town.context))
    assert [line.key for line in found.lines] == ["status_ended", "status_where", "status_question"]
    assert found.long


def test_an_answer_that_comes_twice_over_the_wire_is_one() -> None:
    case = filed("sms")
    case.asks()
    incoming = Incoming(replace(case.citizen.begun(), text="sejak hari Senin"))  # the same wire id
    case.citizen.sends(incoming)
    now, town = case.town.clock.now() + timedelta(minutes=1), case.town
    town.store.run(lambda tx: intake.message(tx, incoming, now, town.context))
    assert case.answers == ["sejak hari Senin"]
    assert case.added == []


def test_four_digits_alone_are_no_answer_and_the_words_are_asked_for() -> None:
    case = filed("sms", town=Town(proved=()))
    digits = re.findall(r"(?<![.\d])\d{4}(?!\d)", case.asks().text)[-1]
    told = case.citizen.writes(digits)
    assert case.answers == [None]
    assert case.last4 in told.text
    digits = re.findall(r"(?<![.\d])\d{4}(?!\d)", told.text)[-1]
    case.citizen.writes(f"{digits} sejak hari Senin")
    assert case.answers == ["sejak hari Senin"]


def test_a_mail_that_only_quotes_the_question_is_no_answer_and_the_words_are_asked_for() -> None:
    case = filed("mail")
    told = case.citizen.replies_to(case.asks(), "")
    assert case.answers == [None]
    assert phrase("ask_answer", "id", last4=case.last4) in told.text
    case.citizen.replies_to(told, "sejak hari Senin")
    assert case.answers == ["sejak hari Senin"]


@pytest.mark.parametrize("channel", ["telegram", "mail"])
def test_a_photo_alone_is_an_answer(channel: str) -> None:
    case = filed(channel)
    case.citizen.replies_to(case.asks(), "", (PHOTO,))
    assert case.answers == [phrase("only_photo", "id")]


def test_who_pressed_that_they_answer_and_then_replies_has_answered_and_nothing_more_is_waited_for() -> None:
    case = filed("telegram")
    asked = case.asks()
    case.citizen.presses_news(asked, "Jawab")
    case.citizen.replies_to(asked, "sejak hari Senin")
    assert case.answers == ["sejak hari Senin"]
    assert case.citizen.dialogue is None or case.citizen.dialogue.free
