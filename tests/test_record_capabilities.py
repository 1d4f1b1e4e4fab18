"""What a reply to news and questions has to show: noted as they leave, and told in digits by SMS."""

from core.messages import Tag
from core.model import Asking
from core.record import tag_of_code, tag_of_digits
from tests.fakes.officers import Officers
from tests.fakes.town import Town
from tests.test_intake_standing import digits_of

STORY = "LAPOR Jalan berlubang besar di kelurahan cikini, sudah seminggu."


def test_digits_count_for_the_number_alone_that_they_were_sent_to() -> None:
    assert tag_of_digits(b"\1", "4827") != tag_of_digits(b"\2", "4827")
    assert tag_of_code(Tag("0888")) != tag_of_digits(b"", "0888")


def test_each_question_and_each_verdict_that_is_asked_by_sms_has_digits_of_its_own() -> None:
    town = Town(proved=())
    budi = town.citizen("sms")
    budi.writes(STORY)
    officers = Officers(town)
    officers.ask(town.reports[0], "Di depan nomor berapa?")
    budi.writes(f"{digits_of(budi.news[-1])} nomor 12")
    officers.ask(town.reports[0], "Sejak kapan?")
    first, second = (digits_of(each) for each in budi.news[-2:])
    officers.solve(town.reports[0])
    assert len({first, second, digits_of(budi.news[-1])}) == 3
    budi.writes(f"{digits_of(budi.news[-1])} 2 masih rusak")
    assert town.reports[0].handling.reopened == 1


def test_where_a_sender_is_proved_no_digits_are_told() -> None:
    town = Town()
    budi = town.citizen("sms")
    budi.writes(STORY)
    Officers(town).ask(town.reports[0], "Di depan nomor berapa?")
    assert "Awali" not in budi.news[-1].text


def test_what_was_given_is_gone_with_the_address() -> None:
    town = Town(proved=())
    budi = town.citizen("mail", "budi@warga.example")
    code = budi.writes("Jalan berlubang besar di kelurahan cikini, sudah seminggu.").code
    Officers(town).ask(town.reports[0], "Di depan nomor berapa?")
    question = budi.news[-1]
    town.citizen("telegram", "t").writes(f"LUPAKAN {code}")
    assert not [each for each in town.store.state.capabilities.values() if each.contact is not None]
    budi.replies_to(question, "nomor 12")
    assert Officers(town).questions(town.reports[0])[0].answered is None
    assert not [each for each in town.awaited if each.asking is Asking.ANSWER]
