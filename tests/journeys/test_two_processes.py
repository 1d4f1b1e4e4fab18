"""Two processes of one city: on PostgreSQL they share the work and the clock, on SQLite the second is refused."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.casework import Turn
from core.casework.category_changes import MOST_LEAVES, CategoryForm, add_category
from core.categories import GROUPS, leaves
from core.model import Partner
from tests.fakes.citizens import MailUser, TelegramUser, WebhookUser, code_in, codes_of, tell
from tests.fakes.patience import until
from tests.fakes.resi_process import Resi
from tests.fakes.town import Town
from tests.fakes.wires import Wires, plugged

pytestmark = pytest.mark.journey

STORY = "Lampu jalan mati di depan warung bacadu, kelurahan Tebet Barat, sudah seminggu"
MANY = 12
NOW = datetime(2026, 11, 28, 3, 15, tzinfo=UTC)
CUES = "bangku taman\nbangku rusak\nkursi taman\ntempat duduk\nbangku patah"


@pytest.fixture(scope="module")
def pair(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Wires, Resi]]:
    """Two that were launched in the same moment on one empty database, with one data folder."""
    folder = tmp_path_factory.mktemp("pair")
    with ExitStack() as stack:
        wires = stack.enter_context(
            plugged(folder / "one", webhook=True, sms="kannel", settings={"DATABASE_URL": postgres_url})
        )
        first = wires.resi
        second = Resi(folder / "two", data=first.data)
        own = {name: second.settings[name] for name in ("WEB_LISTEN", "MAIL_LISTEN")}
        second.settings = first.settings | own
        stack.callback(second.stop)
        first.launch()
        second.launch()
        for each in (first, second):
            until(each.is_ready, "a second that is ready too")
        yield wires, second


def leaders(*of: Resi) -> list[Resi]:
    return [each for each in of if each.figures()["resi_clock_leader"] == 1]


@pytest.mark.postgres
def test_both_come_up_with_one_set_of_keys_and_one_of_them_leads_the_clock(pair: tuple[Wires, Resi]) -> None:
    wires, second = pair
    until(lambda: leaders(wires.resi, second), "a leader")
    assert len(leaders(wires.resi, second)) == 1
    assert "Traceback" not in wires.resi.said() + second.said()


@pytest.mark.postgres
def test_both_take_messages_and_each_answers_for_the_reports_of_the_other(pair: tuple[Wires, Resi]) -> None:
    wires, second = pair
    here = wires.mail_user()
    there = MailUser(second, wires.relay, "sana@surat.test")
    phone_there = wires.phone()
    phone_there.resi = second
    codes = [code_in(tell(here, STORY)), code_in(tell(there, STORY)), code_in(tell(phone_there, f"LAPOR {STORY}"))]
    assert all(codes)
    for resi in (wires.resi, second):
        assert all("Menunggu" in resi.post("/lacak", {"kode": code}).text for code in codes)
    assert wires.resi.reports() == second.reports()


@pytest.mark.postgres
def test_a_dialogue_goes_on_whichever_process_the_next_message_reaches(pair: tuple[Wires, Resi]) -> None:
    wires, second = pair
    person = wires.telegram.person()
    here, there = (WebhookUser(resi, wires.telegram, person) for resi in (wires.resi, second))
    tell(here, "Lampu jalan mati sudah seminggu")
    tell(there, "kelurahan Tebet Barat")
    assert code_in(tell(here, "ya"))


@pytest.mark.postgres
def test_what_reaches_both_at_once_is_filed_and_answered_once(pair: tuple[Wires, Resi]) -> None:
    wires, second = pair
    before = wires.resi.reports()
    phones = [wires.phone() for _ in range(MANY)]
    posts = []
    for phone in phones:
        post = phone.post(f"LAPOR {STORY}")
        again = type(post)(post.method, post.url.replace(wires.resi.root, second.root), post.body, post.headers)
        posts += [post, again]
    with ThreadPoolExecutor(len(posts)) as threads:
        assert all(threads.map(lambda post: post.hand_over(), posts))
    until(lambda: wires.resi.pending() == 0, "an empty outbox")
    assert wires.resi.reports() == before + MANY
    assert [len(phone.heard()) for phone in phones] == [1] * MANY
    assert len(set().union(*(codes_of(phone) for phone in phones))) == MANY


@pytest.mark.postgres
def test_a_kind_is_filed_and_shown_by_the_other_process_in_the_moment_in_which_it_was_made(
    pair: tuple[Wires, Resi],
) -> None:
    wires, second = pair
    made = "kunci-mitra"
    with second.store() as store:
        store.run(lambda tx: tx.partners.add(Partner("kota-app", "jaki"), made))
        context = Town().context
        group = next(each.id for each in GROUPS if len(leaves(each.id)) < MOST_LEAVES - 2)
        for at in range(2):
            form = CategoryForm(
                {"id": f"Bangku {at}", "en": f"Bench {at}"}, group, "dinas_bina_marga", {"id": CUES}, "90"
            )
            kind = store.run(
                lambda tx, form=form: add_category(Turn(tx, NOW, context), form)  # type: ignore[misc]  # bound now
            )
            filed = second.post(
                "/open311/v2/requests.json",
                {"api_key": made, "service_code": kind, "description": "Bangku patah", "address_id": "31.74.01.1002"},
            )
            assert filed.status_code == 201, filed.text
            (receipt,) = filed.json()
            number = receipt["service_request_id"]
            for resi in (wires.resi, second):
                shown = resi.get(f"/open311/v2/requests/{number}.json")
                assert shown.json()[0]["service_name"] == f"Bangku {at}"


@pytest.mark.postgres
@pytest.mark.crash
def test_a_killed_leader_of_the_clock_is_followed_and_the_other_works_on(pair: tuple[Wires, Resi]) -> None:
    wires, second = pair
    (leader,) = until(lambda: leaders(wires.resi, second), "a leader")
    left = second if leader is wires.resi else wires.resi
    leader.kill()
    until(lambda: leaders(left), "a follower")
    assert code_in(tell(MailUser(left, wires.relay, "sisa@surat.test"), STORY))
    leader.start()
    assert leaders(leader, left) == [left]


def test_a_second_run_on_one_sqlite_folder_is_refused_in_a_sentence_and_the_first_works_on(tmp_path: Path) -> None:
    with plugged(tmp_path / "one", webhook=False, sms="kannel") as wires:
        wires.resi.start()
        second = Resi(tmp_path / "two", data=wires.resi.data)
        second.launch()
        status = second.exits()
        assert status == 1
        assert "Another `resi run`" in second.said()
        assert "Traceback" not in second.said()
        assert wires.resi.is_ready()
        assert code_in(tell(wires.mail_user(), STORY))
        assert tell(TelegramUser(wires.telegram, wires.telegram.person()), STORY)
