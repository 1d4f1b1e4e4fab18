"""What a page of the form shows: its secrets print nowhere by accident."""

from core.conversation import FormLook
from core.model import Draft, FormPage
from web.form_view import FormView


def test_neither_token_nor_code_nor_words_are_printed_with_a_view() -> None:
    look = FormLook(Draft(text="Lampu mati"), text="Lampu mati", closings=(("Budi", "nama", False),), words="Tebet")
    view = FormView(FormPage.SUMMARY, look, "a-token", code="4821-0000-1111-2222", picture="data:4821")
    shown = repr(view)
    for secret in ("a-token", "4821", "Lampu", "Budi", "Tebet"):
        assert secret not in shown
