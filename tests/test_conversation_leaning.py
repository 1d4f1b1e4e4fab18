"""What words lean to that only one agency may read, whoever chose a kind before them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bots.channels import channel
from core.analysis import Analysis
from core.categories import CATEGORIES, category
from core.conversation import moves
from core.conversation.leaning import asked_again, chosen, filed_as, leaning, noted, surely_restricted, told_anew
from core.messages import SenderProof
from core.model import CategoryId, Dialogue, Draft, Place

TELEGRAM, SMS = channel("telegram").profile, channel("sms").profile
GRAFT = "Petugas kelurahan minta uang pelicin untuk surat pengantar, itu pungli"
LAMP = "Lampu jalan mati sudah seminggu, gelap sekali"
PUNGLI, PJU = CategoryId("pungli_korupsi"), CategoryId("pju")
OPEN = [each.id for each in CATEGORIES if each.restricted is None]


def test_sms_is_claimed_unless_the_operator_says_otherwise() -> None:
    assert SMS.sender_proof is SenderProof.CLAIMED
    assert TELEGRAM.sender_proof is SenderProof.PROVED


def test_words_of_graft_lean_to_it_and_words_of_a_lamp_to_nothing() -> None:
    assert leaning(GRAFT) == (PUNGLI, True)
    assert leaning(LAMP) == (None, False)
    assert surely_restricted(GRAFT) == PUNGLI
    assert surely_restricted("di depan kantor kelurahan Tebet Timur") is None


def test_an_answer_in_front_of_it_does_not_hide_a_story_that_was_told_as_a_place() -> None:
    told = Draft(text="1", place=Place(words="Lampu jalan (PJU), ada pungli di dinas perhubungan tebet timur"))
    assert filed_as(told, PJU) == PUNGLI


@given(st.sampled_from(OPEN), st.lists(st.sampled_from([LAMP, "di tebet timur", "tolong ya pak", "1"]), max_size=3))
def test_no_kind_that_was_chosen_earlier_and_no_words_around_them_keep_them_open(
    kind: CategoryId, around: list[str]
) -> None:
    before = noted(Draft(text="\n".join(around), category=kind))
    told = noted(replace(before, text="\n".join((*around, GRAFT))))
    after = noted(replace(told, text="\n".join((*around, GRAFT, *around))))
    assert category(filed_as(after, kind)).restricted


def test_on_a_claimed_channel_nobody_chooses_them_open_again() -> None:
    draft = noted(Draft(text=GRAFT))
    assert chosen(draft, PJU, SMS).category == PUNGLI
    assert chosen(draft, PJU, TELEGRAM).category == PJU, "who is proved decides, once the words are said"
    assert filed_as(chosen(draft, PJU, TELEGRAM), PJU) == PJU
    assert noted(replace(told_anew(draft, SMS), text=LAMP)).leans == PUNGLI
    assert noted(replace(told_anew(draft, TELEGRAM), text=LAMP)).leans is None


def test_a_kind_that_was_chosen_before_them_is_asked_for_again_or_theirs_at_once() -> None:
    draft = Draft(text=f"{LAMP}\n{GRAFT}", category=PJU, read=len(LAMP))
    assert asked_again(draft, TELEGRAM).category is None
    assert asked_again(draft, SMS).category == PUNGLI


def test_a_place_in_words_of_graft_is_read_too() -> None:
    draft = Draft(text=LAMP, category=PJU, place=Place(words=GRAFT))
    assert filed_as(draft, PJU) == PUNGLI
    assert filed_as(replace(draft, place=Place(words="depan pasar")), PJU) == PJU


def _reads(draft: Draft) -> bool:
    """Whether going on with it reads what it is about."""
    analysis = Analysis()
    with analysis.open():
        moves.proceed(Dialogue("id", draft=draft), TELEGRAM)
    return any(getattr(key[0], "__name__", "") == "suggest" for key in analysis.read if isinstance(key, tuple))


def test_what_the_same_words_are_about_is_not_read_again() -> None:
    draft = moves.proceed(Dialogue("id", draft=Draft("Lampu jalan mati sudah tiga malam")), TELEGRAM).dialogue.draft
    assert (draft.category, draft.guessed) == ("pju", True)
    assert not _reads(draft)
    assert _reads(replace(draft, text=f"{draft.text}\ndan gelap"))
    assert _reads(replace(draft, read=0))
