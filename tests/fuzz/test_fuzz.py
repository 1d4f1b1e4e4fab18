"""No mail, file, word, update or form of a stranger's raises, hangs or vanishes; `make fuzz` makes up thousands."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.mail.envelope import envelope_of as mail_envelope
from bots.mail.setup import setup_of
from bots.telegram.receive import envelope_of as telegram_envelope
from core.errors import Refused
from core.messages import Incoming, IntakeResult
from core.model import AgencyId, StaffRole
from core.scrub import Clean, scrub
from tests.fakes.mail_samples import SAMPLES
from tests.fakes.office import ROOT, form_token
from tests.fakes.office import Office as Desk
from tests.fakes.town import Town
from tests.fakes.web_services import post
from tests.fuzz.made_up import FUZZED, bent, sound, words
from tests.hostile.corpus import cases
from tests.hostile.test_telegram_hostile import anything, updates
from tests.test_web_open311 import BASE, FORM
from tests.test_web_open311 import Office as Machines
from tests.test_web_open311_updates import UPDATE

pytestmark = pytest.mark.hostile
SETUP = setup_of({"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"})
MAILS = tuple(sample.mail for _, sample in sorted(SAMPLES.items()))
# Made when the first is drawn: every worker reads this module, and one needs them.
FILES = st.deferred(lambda: st.sampled_from([case for case in cases() if len(case.data) < 60_000]))
A_FAULT = 500


def taken(town: Town, incoming: Incoming) -> None:
    """The whole core: it is acknowledged, and what is said can be said on its channel."""
    result, told = town.take(incoming)
    assert isinstance(result, IntakeResult)
    for each in told:
        assert each.text.strip()
        each.text.encode()


@given(st.data())
@FUZZED
def test_no_mail_breaks_the_reading_or_the_turn(data: st.DataObject) -> None:
    whole, other = data.draw(st.tuples(st.sampled_from(MAILS), st.sampled_from(MAILS)))
    raw = data.draw(bent(whole, other))
    read = mail_envelope(raw, "budi@surat.test", SETUP)
    if read is not None:
        read.text.encode()
        assert "\0" not in read.text
        taken(Town(), Incoming(read))


@given(st.data())
@FUZZED
def test_no_file_is_anything_but_clean_or_refused(data: st.DataObject) -> None:
    case, other = data.draw(st.tuples(FILES, FILES))
    with suppress(Refused):
        clean = scrub(data.draw(bent(case.data, other.data)))
        assert isinstance(clean, Clean)
        with suppress(Refused):  # of a cleaned file nothing is left to take away but what its format may lose
            assert scrub(clean.data).kind == clean.kind


@given(st.sampled_from(("telegram", "sms", "mail")), st.lists(sound, min_size=1, max_size=5))
@FUZZED
def test_no_words_break_a_conversation(channel: str, said: list[str]) -> None:
    town = Town()
    citizen = town.citizen(channel)
    for text in said:
        taken(town, Incoming(replace(citizen.begun(), text=text)))


@given(st.lists(updates | anything, min_size=1, max_size=3), words)
@FUZZED
def test_no_update_breaks_the_turn(given_updates: list[object], text: str) -> None:
    town = Town()
    message = {"chat": {"id": 5, "type": "private"}, "text": text}
    for update in (*given_updates, {"update_id": 7, "message": message}):
        read = telegram_envelope(update)
        if read is not None:
            taken(town, Incoming(read))


@given(
    st.sampled_from((("requests", FORM), ("servicerequestupdates", UPDATE))),
    st.dictionaries(
        st.sampled_from((*FORM, *UPDATE, "lat", "long", "jurisdiction_id", "media_url", "address_id")), words
    ),
    st.binary(max_size=60),
    st.sampled_from(("json", "xml")),
)
@FUZZED
def test_no_form_of_a_partner_is_a_fault_of_ours(
    sent: tuple[str, dict[str, str]], fields: dict[str, str], tail: bytes, form: str
) -> None:
    path, honest = sent
    body = urlencode({**honest, **fields}, errors="replace").encode() + tail
    answer = asyncio.run(post(Machines().app(), f"{BASE}/{path}.{form}", body))
    assert answer.status_code < A_FAULT


@given(
    st.sampled_from(("loket/slip", "loket/jenis", "akun", "tampilan", "banyak", "keluar")),
    st.dictionaries(st.sampled_from(("cerita", "jenis", "tempat", "id", "hp", "surel", "aksi", "teks")), words),
)
@FUZZED
def test_no_form_of_the_desk_is_a_fault_of_ours(page: str, fields: dict[str, str]) -> None:
    async def asked() -> int:
        desk = Desk()
        desk.hire("loket", StaffRole.CLERK, AgencyId("kel:31.71.01.1001"))
        browser = await desk.at_work("loket")
        token = form_token((await browser.opens(f"{ROOT}/loket")).text)
        clean = {name: text.encode("utf-8", "replace").decode() for name, text in fields.items()}
        return (await browser.posts(f"{ROOT}/{page}", {"csrf": token, **clean})).status_code

    assert asyncio.run(asked()) < A_FAULT
