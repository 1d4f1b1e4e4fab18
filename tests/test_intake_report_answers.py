"""What a citizen says of a report that is there: answers, solved or not, additions, taking back; by any channel."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bots.mail.envelope import envelope_of
from bots.mail.ids import message_id
from bots.mail.setup import setup_of
from core import intake, record, tracking, workflow
from core.intake import Requester
from core.messages import Incoming, StoredFile
from core.model import Act, Feedback, Report, Status, Step, TrackingCode
from core.phrases import gsm7, phrase
from core.workflow import Order
from tests.fakes.officers import Officers
from tests.fakes.town import PHOTO, Citizen, Told, Town

CHANNELS = ("telegram", "sms", "mail")
STORIES = {
    "telegram": ("/start jalan_rusak", "lubang di jalan itu", "kelurahan cikini", "ya"),
    "sms": ("LAPOR jalan berlubang di kelurahan cikini",),
    "mail": ("Jalan berlubang besar di kelurahan cikini, sudah seminggu.",),
}
SECOND = {
    "telegram": ("/start sampah", "tumpukan di jalan itu", "kelurahan menteng", "ya"),
    "sms": ("LAPOR sampah menumpuk di kelurahan menteng",),
    "mail": ("Sampah menumpuk di kelurahan menteng, sudah seminggu.",),
}


@dataclass(frozen=True)
class Case:
    """One report, who filed it, and who handles it."""

    town: Town
    officers: Officers
    citizen: Citizen
    report: Report
    code: str

    @property
    def last4(self) -> str:
        return self.code[-4:]

    @property
    def now(self) -> Report:
        return self.officers.now(self.report.id)

    @property
    def answers(self) -> list[str | None]:
        return [each.answered for each in self.officers.questions(self.report)]

    @property
    def added(self) -> list[str]:
        return [entry.text for entry in self.officers.history(self.report) if entry.act is Act.ADD]

    @property
    def shown(self) -> list[StoredFile]:
        return [file for entry in self.officers.history(self.report) for file in entry.files if file == PHOTO]

    def asks(self, text: str = "Sejak kapan?") -> Told:
        """Staff ask; the message as the citizen got it."""
        self.officers.ask(self.report, text)
        return self.citizen.news[-1]

    def solved(self) -> Told:
        self.officers.solve(self.report)
        return self.citizen.news[-1]


def filed(channel: str, lang: str = "id", *, town: Town | None = None, who: str = "budi") -> Case:
    town = town or Town(lang)
    return _filed(town, town.citizen(channel, who), STORIES[channel])


def another(case: Case) -> Case:
    """A second report of the same person, about something else."""
    return _filed(case.town, case.citizen, SECOND[case.citizen.channel])


def _filed(town: Town, citizen: Citizen, story: tuple[str, ...]) -> Case:
    before = len(town.reports)
    told = [citizen.writes(text) for text in story]
    assert len(town.reports) == before + 1, told[-1].text
    return Case(town, Officers(town), citizen, town.reports[-1], told[-1].code)


# a question and its answer


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
    assert case.citizen.dialogue is None or case.citizen.dialogue.step is Step.IDLE


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
    assert case.citizen.dialogue is None or case.citizen.dialogue.step is Step.IDLE


def test_an_answer_is_closed_as_a_report_is() -> None:
    case = filed("sms")
    case.asks()
    case.citizen.writes("sejak Senin, hubungi saya Budi Santoso di 081234567890")
    (answer,) = case.answers
    assert answer is not None
    assert "081234567890" not in answer
    assert "sejak Senin" in answer


def test_of_two_questions_about_one_report_each_gets_its_answer_in_turn() -> None:
    case = filed("sms")
    case.asks("Sejak kapan?")
    case.citizen.writes("sejak Senin kemarin")
    case.asks("Seberapa dalam?")
    assert case.answers == ["sejak Senin kemarin", None]
    case.citizen.writes("selutut")
    assert case.answers == ["sejak Senin kemarin", "selutut"]
    assert not case.town.awaited


def test_in_a_mail_thread_the_answer_is_what_was_written_and_not_what_was_quoted() -> None:
    town = Town()
    setup = setup_of({"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"})
    case = _filed(town, town.citizen("mail", "budi@warga.test"), STORIES["mail"])
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


# several that wait, and stories of their own


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_where_several_wait_it_is_asked_which_by_the_last_digits_and_the_words_are_kept(channel: str) -> None:
    one = filed(channel)
    two = another(one)
    one.asks()
    two.asks()
    asked = one.citizen.writes("sejak hari Senin")
    assert one.answers == two.answers == [None]
    told = [option.label for option in asked.options]
    assert told == [f"...{two.last4}", f"...{one.last4}", "Laporan baru"]
    one.citizen.writes("itu yang di depan warung ya")
    told_then = one.citizen.writes(one.last4)
    assert one.answers == ["sejak hari Senin\nitu yang di depan warung ya"]
    assert two.answers == [None]
    assert one.last4 in told_then.text
    one.citizen.writes("dua minggu")
    assert two.answers == ["dua minggu"]


def test_photos_wait_with_their_words_until_the_report_is_chosen() -> None:
    one = filed("telegram")
    two = another(one)
    one.asks()
    two.asks()
    one.citizen.sends_photo("ini fotonya", group="album")
    assert one.citizen.sends_photo(group="album").text == ""
    one.citizen.sends_photo()
    one.citizen.presses(f"...{two.last4}")
    assert two.answers == ["ini fotonya"]
    assert len(two.shown) == 3
    assert one.shown == []


def test_a_reply_to_one_of_several_needs_no_asking() -> None:
    one = filed("telegram")
    two = another(one)
    first = one.asks()
    two.asks()
    one.citizen.replies_to(first, "sejak hari Senin")
    assert (one.answers, two.answers) == (["sejak hari Senin"], [None])


def test_what_was_answered_elsewhere_meanwhile_loses_no_words() -> None:
    one = filed("sms")
    two = another(one)
    one.asks()
    two.asks()
    one.citizen.writes("sejak hari Senin")
    one.town.citizen("telegram", "kin").writes(f"{one.code} sudah seminggu")
    told = one.citizen.writes(one.last4)
    assert two.last4 in told.text
    one.citizen.writes(two.last4)
    assert (one.answers, two.answers) == (["sudah seminggu"], ["sejak hari Senin"])


STORY = "Pohon tumbang menutup jalan di kelurahan gambir sejak tadi pagi, mobil tidak bisa lewat"


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_a_story_of_its_own_is_not_sent_to_an_office_that_asked_something_else(channel: str) -> None:
    case = filed(channel)
    case.asks()
    asked = case.citizen.writes(STORY)
    assert case.answers == [None]
    assert [option.label for option in asked.options] == [f"...{case.last4}", "Laporan baru"]
    case.citizen.writes("laporan baru")
    assert case.citizen.writes("1").code
    assert case.town.reports[-1].text == STORY
    assert case.answers == [None]
    case.citizen.writes("sejak hari Senin")
    assert case.answers == ["sejak hari Senin"]


def test_a_story_that_is_the_answer_after_all_becomes_it_with_one_press() -> None:
    case = filed("telegram")
    case.asks()
    case.citizen.writes(STORY)
    case.citizen.presses(f"...{case.last4}")
    assert case.answers == [STORY]
    assert len(case.town.reports) == 1


def test_what_only_one_agency_may_read_is_never_an_answer_by_chance() -> None:
    case = filed("sms")
    case.asks()
    case.citizen.writes("petugas kelurahan cikini minta uang lima puluh ribu untuk surat")
    assert case.answers == [None]


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_the_word_lapor_begins_a_new_report_whatever_waits(channel: str) -> None:
    case = filed(channel)
    case.asks()
    case.citizen.writes("LAPOR")
    case.citizen.writes("lampu jalan mati di kelurahan gambir")
    assert case.answers == [None]
    assert case.citizen.dialogue is not None
    told = case.citizen.dialogue.draft.text if channel == "telegram" else case.town.reports[-1].text
    assert told == "lampu jalan mati di kelurahan gambir"


def test_a_new_mail_is_a_new_report_whatever_waits() -> None:
    case = filed("mail")
    case.asks()
    told = case.citizen.writes(SECOND["mail"][0])
    assert told.code
    assert case.answers == [None]


def test_a_question_that_comes_last_is_answered_first() -> None:
    """A greeting was answered with "what is the problem?", and then staff asked something."""
    case = filed("telegram")
    case.citizen.writes("halo")
    case.asks()
    case.citizen.writes("sejak hari Senin")
    assert case.answers == ["sejak hari Senin"]


def test_a_place_that_is_missing_still_is_not_what_answers_staff() -> None:
    town = Town()
    case = _filed(town, town.citizen("sms"), ("LAPOR jalan berlubang parah sekali",))
    assert case.report.place.area is None
    case.asks("Seberapa dalam?")
    case.citizen.writes("dalam sekali, selutut orang")
    assert case.answers == ["dalam sekali, selutut orang"]
    case.citizen.writes("kelurahan cikini")
    assert case.now.place.area is not None


# an end of waiting


def test_a_waiting_answer_ends_after_seven_days() -> None:
    case = filed("telegram")
    asked = case.asks()
    case.town.clock.passes(days=7)
    told = case.citizen.presses_news(asked, "Jawab")
    assert phrase("answer_over", "id") in told.text
    case.citizen.writes("lampu jalan mati di kelurahan gambir")
    assert case.answers == [None]
    case.citizen.writes(f"{case.code} sejak hari Senin")
    assert case.answers == ["sejak hari Senin"], "by its code it can be answered while the report is open"


@pytest.mark.parametrize("end", [Act.REJECT, Act.FORWARD])
def test_a_report_that_ends_waits_for_no_answer_any_more(end: Act) -> None:
    case = filed("sms")
    case.asks()
    options = {"to": "pln_uid_jakarta_raya"} if end is Act.FORWARD else {}
    case.officers.do(case.report, end, "Bukan wewenang kami", **options)
    assert not case.town.awaited
    told = case.citizen.writes("LAPOR lampu jalan mati di kelurahan gambir")
    assert told.code


def test_a_question_that_arrives_too_late_waits_for_nothing() -> None:
    case = filed("sms")
    now, town = case.town.clock.now(), case.town
    # Its wire was away: the question and the end of the report leave together.
    step = record.ActedBy(frozenset(workflow.Relation))
    for act, text in ((Act.ASK, "Sejak kapan?"), (Act.REJECT, "Bukan wewenang kami")):
        town.store.run(
            lambda tx, act=act, text=text: record.act(  # type: ignore[misc]  # defaults bind the loop variables
                record.Turn(tx, now, town.context), case.now, Order(act, text), step
            )
        )
    town.post()
    assert len(case.citizen.news) == 2
    assert not town.awaited


def test_who_is_forgotten_is_waited_for_no_more_and_may_still_answer_by_the_code() -> None:
    case = filed("telegram")
    asked = case.asks()
    case.citizen.writes(f"LUPAKAN {case.code}")
    assert not case.town.awaited
    told = case.citizen.presses_news(asked, "Jawab")
    assert phrase("answer_over", "id") in told.text
    case.citizen.writes("BATAL")
    case.citizen.writes(f"{case.code} sejak hari Senin")
    assert case.answers == ["sejak hari Senin"]


def test_an_answer_to_a_report_that_was_purged_is_answered_once_and_swallows_nothing() -> None:
    case = filed("telegram")
    asked = case.asks()
    del case.town.store.state.reports[case.report.id]
    told = case.citizen.replies_to(asked, "", (PHOTO,))
    assert phrase("answer_over", "id") in told.text
    assert phrase("photo_again", "id") in told.text
    assert not case.town.awaited


# solved, or not


@pytest.mark.parametrize(
    ("words", "solved"),
    [("1", True), ("ya", True), ("Sudah", True), ("sudah beres terima kasih", True), ("2", False), ("belum", False),
     ("2 masih ada", False), ("Belum", False), ("2 lampunya masih mati", False)],
)  # fmt: skip
@pytest.mark.parametrize("channel", CHANNELS)
def test_what_was_done_is_judged_with_a_number_or_a_word(channel: str, words: str, solved: bool) -> None:  # noqa: FBT001 - a column of the table
    case = filed(channel)
    asked = case.solved()
    assert "1" in asked.text or asked.options
    told = case.citizen.writes(words, in_thread=channel == "mail")
    assert case.now.handling.feedback is (Feedback.SOLVED if solved else Feedback.NOT_SOLVED)
    assert case.now.status is (Status.SELESAI if solved else Status.PROSES)
    assert case.last4 in told.text
    assert not case.town.awaited


@pytest.mark.parametrize(("label", "status"), [("Sudah", Status.SELESAI), ("Belum", Status.PROSES)])
def test_a_button_judges_too(label: str, status: Status) -> None:
    case = filed("telegram")
    asked = case.solved()
    assert case.citizen.presses_news(asked, label).text
    assert case.now.status is status
    again = case.citizen.presses_news(asked, label)
    assert phrase("answer_over", "id") in again.text


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_code_and_a_no_opens_it_again_with_words_and_photos(channel: str) -> None:
    case = filed("telegram")
    case.solved()
    elsewhere = case.town.citizen(channel, "somebody")
    told = (
        elsewhere.sends_photo(f"{case.code} 2 masih rusak")
        if channel != "sms"
        else elsewhere.writes(f"{case.code} 2 masih rusak")
    )
    assert case.now.status is Status.PROSES
    entry = case.officers.history(case.report)[-1]
    assert (entry.act, entry.text) == (Act.NOT_SOLVED, "masih rusak")
    assert case.shown == ([] if channel == "sms" else [PHOTO])
    assert case.last4 in told.text
    assert not case.town.awaited


def test_a_photo_with_the_no_goes_along_in_the_thread() -> None:
    case = filed("telegram")
    case.citizen.replies_to(case.solved(), "2 masih rusak", (PHOTO,))
    assert case.shown == [PHOTO]
    assert case.now.status is Status.PROSES


def test_words_that_say_neither_are_asked_again_and_a_photo_too() -> None:
    case = filed("telegram")
    told = case.citizen.replies_to(case.solved(), "saya lihat dulu besok", (PHOTO,))
    assert case.now.handling.feedback is None
    assert phrase("photo_again", "id") in told.text
    assert phrase("feedback_unread", "id", last4=case.last4) in told.text
    case.citizen.replies_to(case.citizen.news[-1], "1")
    assert case.now.handling.feedback is Feedback.SOLVED


@pytest.mark.parametrize("words", ["terima kasih", "halo", "baik pak", "sudah tiga hari banjir di kelurahan gambir"])
def test_no_answer_is_no_answer(words: str) -> None:
    case = filed("sms")
    case.solved()
    case.citizen.writes(words)
    assert case.now.handling.feedback is None
    assert case.now.status is Status.SELESAI


@pytest.mark.parametrize("words", ["tidak ada air sejak kemarin di rumah warga", "2 lampu jalan mati di gambir"])
def test_a_story_that_begins_like_a_no_opens_nothing_again_by_chance(words: str) -> None:
    case = filed("sms")
    case.solved()
    asked = case.citizen.writes(words)
    assert case.now.status is Status.SELESAI
    assert [option.label for option in asked.options] == [f"...{case.last4}", "Laporan baru"]
    case.citizen.writes("2")
    assert case.citizen.dialogue is not None
    assert case.citizen.dialogue.draft.text == words


def test_a_number_after_filing_means_the_last_question() -> None:
    """What was just filed by SMS could be corrected with a 1, when it was said to be done."""
    case = filed("sms")
    assert case.citizen.dialogue is not None
    assert case.citizen.dialogue.step is Step.FILED
    case.solved()
    case.citizen.writes("1")
    assert case.now.handling.feedback is Feedback.SOLVED


def test_a_correction_is_still_possible_once_that_was_answered() -> None:
    one = filed("sms")
    two = another(one)
    one.solved()
    one.citizen.writes("1")
    assert one.now.handling.feedback is Feedback.SOLVED
    told = one.citizen.writes("1")
    assert phrase("ask_category", "id").rstrip("?") in told.text or "Tentang apa" in told.text
    assert two.now.status is Status.MENUNGGU


def reopened(case: Case, times: int) -> None:
    for _ in range(times):
        case.solved()
        case.citizen.writes("2", in_thread=case.citizen.channel == "mail")
        assert case.now.status is Status.PROSES


@pytest.mark.parametrize("channel", CHANNELS)
def test_it_is_opened_again_twice_and_then_the_biro_decides(channel: str) -> None:
    case = filed(channel)
    reopened(case, 2)
    case.solved()
    told = case.citizen.writes("2 masih rusak", in_thread=channel == "mail")
    assert "Biro Pemerintahan" in told.text
    assert (case.now.status, case.now.handling.disputed) == (Status.SELESAI, True)


def test_after_fourteen_days_it_stays_closed_and_that_is_said() -> None:
    case = filed("sms")
    case.solved()
    case.town.clock.passes(days=14, hours=1)
    told = case.citizen.writes(f"{case.code} 2 masih rusak")
    assert "14 hari" in told.text
    assert case.now.status is Status.SELESAI
    told = case.citizen.writes(f"TAMBAH {case.code} masih rusak")
    assert "buat laporan baru" in told.text or "LAPOR" in told.text


def test_a_yes_of_one_does_not_silence_the_no_of_another() -> None:
    case, kin = followed_case()
    case.solved()
    kin.citizen.writes("1")
    assert case.now.handling.feedback is Feedback.SOLVED
    case.citizen.writes("2 masih rusak")
    assert case.now.status is Status.PROSES
    assert kin.citizen.news[-1].text.startswith(f"Laporan ...{kin.last4}"), "the other one hears of it"


def followed_case() -> tuple[Case, Case]:
    """A report and who follows it."""
    case = filed("telegram")
    kin = case.town.citizen("telegram", "kin")
    words = ("/start jalan_rusak", "lubangnya dalam", "kelurahan cikini", "ikut")
    told = [kin.writes(text) for text in words]
    return case, Case(case.town, case.officers, kin, case.report, told[-1].code)


def test_who_goes_along_with_another_report_opens_that_one_again_and_hears_of_it_once() -> None:
    main = filed("telegram")
    along = _filed(main.town, main.town.citizen("telegram", "kin"), SECOND["telegram"])
    state = main.town.store.state
    state.reports[along.report.id] = replace(along.now, handling=replace(along.now.handling, main=main.report.id))
    main.solved()
    assert [main.now.status, along.now.status] == [Status.SELESAI] * 2
    before = len(along.citizen.news)
    along.citizen.writes("2 masih rusak")
    assert [main.now.status, along.now.status] == [Status.PROSES] * 2
    assert main.now.handling.reopened == 1
    main.town.clock.passes(hours=1)
    main.town.post()
    assert len(along.citizen.news) == before
    assert "dibuka lagi" in main.citizen.news[-1].text
    assert not main.town.awaited, "nobody is asked any more whether it is solved"


def test_what_is_being_handled_again_is_judged_by_nobody() -> None:
    case = filed("telegram")
    asked = case.solved()
    case.town.store.state.reports[case.report.id] = replace(case.now, status=Status.PROSES)
    told = case.citizen.replies_to(asked, "2 masih rusak", (PHOTO,))
    assert phrase("feedback_not_now", "id", last4=case.last4) in told.text
    assert phrase("photo_again", "id") in told.text
    assert not case.town.awaited


# more words


@pytest.mark.parametrize("channel", CHANNELS)
def test_words_are_added_by_the_code(channel: str) -> None:
    case = filed(channel)
    told = case.citizen.writes(f"TAMBAH {case.code} lubangnya ada tiga")
    assert case.added == ["lubangnya ada tiga"]
    assert case.last4 in told.text


def test_photos_are_added_by_the_code_with_or_without_words() -> None:
    case = filed("telegram")
    case.citizen.sends_photo(f"TAMBAH {case.code} dari dekat")
    case.citizen.sends_photo(f"TAMBAH {case.code}")
    case.citizen.sends_photo(case.code)
    assert case.added == ["dari dekat", phrase("only_photo", "id"), phrase("only_photo", "id")]
    assert len(case.shown) == 3
    assert len(case.town.reports) == 1
    assert case.citizen.dialogue is None or not case.citizen.dialogue.draft.files


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_code_alone_asks_what_to_add_and_the_next_message_is_it(channel: str) -> None:
    case = filed(channel)
    told = case.citizen.writes(f"TAMBAH {case.code}")
    assert case.last4 in told.text
    case.citizen.writes("1", in_thread=channel == "mail")
    assert case.added == ["1"]
    assert phrase("add_usage", "id").split(",")[0] in case.citizen.writes("TAMBAH").text


def test_what_is_added_is_closed_as_a_report_is() -> None:
    case = filed("sms")
    case.citizen.writes(f"TAMBAH {case.code} telepon saya 081234567890, lubangnya tiga")
    assert "081234567890" not in case.added[0]
    assert "lubangnya tiga" in case.added[0]


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_an_addition_to_a_closed_report_is_answered_with_what_can_be_done(channel: str) -> None:
    case = filed(channel)
    case.officers.do(case.report, Act.REJECT, "Bukan wewenang kami")
    told = case.citizen.writes(f"TAMBAH {case.code} masih rusak")
    assert "ditutup" in told.text
    assert case.added == []
    done = filed(channel, town=Town())
    done.solved()
    told = done.citizen.writes(f"TAMBAH {done.code}")
    assert "2" in told.text
    assert "selesai" in told.text
    told = done.citizen.writes(f"{done.code} lubangnya muncul di sebelahnya")
    assert "2" in told.text
    assert done.now.status is Status.SELESAI


def test_a_photo_with_a_wrong_code_is_asked_for_again() -> None:
    case = filed("telegram")
    wrong = tracking.shown(tracking.new_code(case.town.context.rng))
    for caption in (wrong, f"TAMBAH {wrong}", wrong[:-1]):
        told = case.citizen.sends_photo(caption)
        assert phrase("photo_again", "id") in told.text
    assert case.shown == []


def test_what_is_added_to_a_report_that_was_purged_meanwhile_is_not_said_to_be_kept() -> None:
    case = filed("telegram")
    case.citizen.writes(f"TAMBAH {case.code}")
    del case.town.store.state.reports[case.report.id]
    told = case.citizen.sends_photo("lubangnya tiga")
    assert phrase("answer_over", "id") in told.text
    assert phrase("photo_again", "id") in told.text
    assert case.citizen.dialogue is None or case.citizen.dialogue.step is Step.IDLE


# taking back


@pytest.mark.parametrize("channel", ["telegram", "sms"])
def test_a_report_is_taken_back_by_its_code_and_its_history_stays(channel: str) -> None:
    case = filed(channel)
    case.asks()
    told = case.citizen.writes(f"CABUT {case.code} sudah diurus warga")
    assert "dicabut" in told.text
    assert case.now.status is Status.DICABUT
    assert [entry.act for entry in case.officers.history(case.report)] == [Act.FILED, Act.ASK, Act.WITHDRAW]
    assert not case.town.awaited
    assert "Dicabut" in case.citizen.writes(f"CEK {case.code}").text
    assert "Dicabut" in case.citizen.writes(f"CABUT {case.code}").text, "a second time it says how it stands"
    assert len(case.officers.history(case.report)) == 3


def test_who_filed_it_hears_when_somebody_else_with_the_code_takes_it_back() -> None:
    case = filed("telegram")
    case.town.citizen("sms", "somebody").writes(f"CABUT {case.code}")
    assert "dicabut" in case.citizen.news[-1].text
    mine = filed("telegram", town=Town())
    mine.citizen.writes(f"CABUT {mine.code}")
    assert mine.citizen.news == []


def test_taking_back_without_a_code_and_with_a_wrong_one_is_answered() -> None:
    case = filed("sms")
    assert "CABUT" in case.citizen.writes("CABUT").text
    wrong = tracking.new_code(case.town.context.rng)
    told = case.citizen.writes(f"CABUT {tracking.shown(wrong)}")
    assert "tidak ada" in told.text
    assert case.now.status is Status.MENUNGGU


# what may be said, in every language and channel


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
