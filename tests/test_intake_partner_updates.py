"""What a partner says of its own reports: by the rules of a code, once, and nothing of a report of others."""

from dataclasses import replace
from typing import Any

import pytest

from core import intake
from core.authority import MAY, Bearer, Deed
from core.errors import NotFound, Refused
from core.intake import PartnerUpdate, UpdateState
from core.messages import WireId
from core.model import Act, Feedback, Number, Partner, Status
from tests.fakes.filed_case import Case, filed
from tests.fakes.town import PHOTO

JAKI, QLUE = Partner("jaki-app", "jaki"), Partner("qlue-app", "qlue")


def partners_case() -> Case:
    case = filed("telegram")
    case.town.store.run(lambda tx: tx.partners.filed(JAKI, case.report.id))
    return case


def says(case: Case, words: str = "", partner: Partner = JAKI, /, **more: Any) -> bool:  # noqa: ANN401 - fields of an update
    town, now = case.town, case.town.clock.now()
    sent = PartnerUpdate(case.report.number, more.pop("id", None) or town.next_id(), words=words, **more)
    new = town.store.run(lambda tx: intake.update(tx, partner, sent, now, town.context))
    town.post()
    return new


def refusal(case: Case, words: str = "", /, **more: Any) -> str:  # noqa: ANN401 - fields of an update
    before = case.now, case.officers.history(case.report)
    with pytest.raises(Refused) as no:
        says(case, words, **more)
    assert (case.now, case.officers.history(case.report)) == before
    return no.value.phrase


def test_words_and_photos_are_added_with_the_words_closed() -> None:
    case = partners_case()
    assert says(case, "masih gelap, saya Budi Santoso 0812 3456 7890", files=(PHOTO,))
    (added,) = case.added
    assert "masih gelap" in added
    assert "Santoso" not in added
    assert "3456" not in added
    assert case.shown == [PHOTO]


def test_an_update_that_is_sent_twice_is_done_once_whatever_it_says_the_second_time() -> None:
    case = partners_case()
    assert says(case, "masih gelap", id=WireId("7"))
    assert not says(case, "masih gelap sekali", id=WireId("7"))
    assert case.added == ["masih gelap"]
    assert says(case, "masih gelap", id=WireId("8"))
    assert refusal(case, id=WireId("9")) == "form_text"
    assert says(case, "sudah tiga hari", id=WireId("9")), "what was refused can be sent again"


def test_the_same_id_of_another_partner_or_of_another_report_is_another_update() -> None:
    case = partners_case()
    other = filed("sms", town=case.town, who="siti")
    case.town.store.run(lambda tx: tx.partners.filed(QLUE, other.report.id))
    for each, partner in ((case, JAKI), (other, QLUE)):
        assert says(each, "masih", partner, id=WireId("7"))


def test_a_report_that_the_partner_did_not_file_is_not_there() -> None:
    case = partners_case()
    unknown = replace(case, report=replace(case.report, number=Number("R00000000")))
    for each, partner in ((case, QLUE), (unknown, JAKI), (filed("sms"), JAKI)):
        with pytest.raises(NotFound):
            says(each, "masih gelap", partner)
    assert case.added == []


def test_words_that_answer_a_question_are_its_answer_and_a_question_is_none() -> None:
    case = partners_case()
    case.asks()
    assert says(case, "bagaimana kabarnya?")
    assert (case.answers, case.added) == ([None], ["bagaimana kabarnya?"])
    assert says(case, "sejak Senin")
    assert case.answers == ["sejak Senin"]
    assert not case.town.awaited
    assert says(case, "atau Selasa")
    assert case.added == ["bagaimana kabarnya?", "atau Selasa"]


def test_only_the_code_ends_a_report_that_is_worked_on() -> None:
    case = partners_case()
    assert refusal(case, "sudah beres", state=UpdateState.CLOSED) == "partner_update_withdraw"
    assert case.now.status is Status.MENUNGGU


def test_a_solved_report_is_judged_and_not_by_mere_words() -> None:
    case = partners_case()
    case.solved()
    assert refusal(case, "terima kasih") == "partner_update_solved"
    assert says(case, "sudah baik", state=UpdateState.CLOSED)
    assert case.now.handling.feedback is Feedback.SOLVED
    case.town.clock.passes(days=60)
    assert refusal(case, "bocor lagi", state=UpdateState.REOPEN) == "partner_update_not_now"


def test_a_report_that_is_not_solved_is_opened_again() -> None:
    case = partners_case()
    case.solved()
    assert says(case, "masih bocor", state=UpdateState.REOPEN)
    assert case.now.status is Status.PROSES
    assert says(case, "dan makin deras", state=UpdateState.REOPEN), "opened it is already: the words are added"
    assert case.added == ["dan makin deras"]


@pytest.mark.parametrize("state", UpdateState)
def test_a_report_that_has_ended_takes_nothing(state: UpdateState) -> None:
    case = partners_case()
    case.officers.do(case.report, Act.REJECT, "Bukan wewenang kami")
    assert refusal(case, "masih gelap", state=state) == "partner_update_ended"


def test_words_of_a_restricted_matter_take_the_report_from_the_partner() -> None:
    case = partners_case()
    words = "ternyata ada bandar narkoba yang jual sabu di situ"
    assert says(case, words, id=WireId("7"))
    assert case.now.restricted
    assert not says(case, words, id=WireId("7")), "sent again it is answered as the first time"
    with pytest.raises(NotFound):
        says(case, "masih gelap")


def test_what_is_looked_at_before_files_are_fetched_stores_nothing() -> None:
    case = partners_case()
    town = case.town
    sent = PartnerUpdate(case.report.number, WireId("7"), words="masih")
    for _ in range(2):
        assert town.store.run(lambda tx: intake.is_new(tx, JAKI, sent))
    says(case, "masih", id=WireId("7"))
    assert not town.store.run(lambda tx: intake.is_new(tx, JAKI, sent))
    with pytest.raises(NotFound):
        town.store.run(lambda tx: intake.is_new(tx, QLUE, sent))


def test_too_many_words_are_refused() -> None:
    assert refusal(partners_case(), "x" * 4001) == "form_long"


def test_a_partner_neither_ends_nor_shows_a_report() -> None:
    assert not MAY[Bearer.PARTNER] & {Deed.WITHDRAW, Deed.FORGET, Deed.STATUS, Deed.CORRECT, Deed.OBJECT}
