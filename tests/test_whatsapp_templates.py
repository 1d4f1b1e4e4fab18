"""News outside a day leave as the template that was approved for them, and each can be approved."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bots.whatsapp import CHANNEL
from bots.whatsapp.templates import TEMPLATES, approvals, values, wording
from core.errors import DeliveryFailed
from core.messages import Address, Connection, DeliveryKind, Option, Outgoing
from core.model import Status
from core.phrases import LANGUAGES, phrase
from core.record.news import _OPTIONS
from core.workflow.table import MOVES
from tests.fakes.sms_callbacks import Inside, call
from tests.fakes.whatsapp_server import Refusal, WhatsAppServer, signed, text, webhook

BUDI = "6281234567890"
STARTED = (("last4", "4321"), ("agency", "Kelurahan Tebet Timur"))


@pytest.fixture
def meta() -> Iterator[WhatsAppServer]:
    with WhatsAppServer() as server:
        yield server


@pytest.fixture
def connection(meta: WhatsAppServer) -> Connection:
    return CHANNEL.connect(meta.settings("https://resi.example"), Inside().callbacks())


def news(kind: DeliveryKind = DeliveryKind.NEWS, **more: object) -> Outgoing:
    given: dict[str, object] = {"lang": "id", "key": "news_started", "arguments": STARTED} | more
    return Outgoing(Address(BUDI), "Laporan ...4321 sedang dikerjakan", "delivery1", kind=kind, **given)  # type: ignore[arg-type]


async def writes(connection: Connection) -> None:
    body = webhook(text("lampu mati", sender=BUDI))
    assert (await call(connection, "POST", "/hooks/whatsapp", body=body, headers=signed(body))).status == 200


@pytest.mark.parametrize("kind", [DeliveryKind.NEWS, DeliveryKind.DIGEST, DeliveryKind.QUESTION])
async def test_what_leaves_by_itself_is_a_template_unless_they_wrote_within_a_day(
    meta: WhatsAppServer, connection: Connection, kind: DeliveryKind
) -> None:
    await connection.send(news(kind))
    assert meta.sent[-1] == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": BUDI,
        "type": "template",
        "template": {
            "name": "news_started",
            "language": {"code": "id"},
            "components": [
                {
                    "type": "body",
                    "parameters": [{"type": "text", "text": "4321"}, {"type": "text", "text": "Kelurahan Tebet Timur"}],
                }
            ],
        },
    }
    await writes(connection)
    await connection.send(news(kind))
    assert meta.sent[-1]["type"] == "text"


async def test_a_reply_is_words_and_a_template_only_where_meta_says_so(
    meta: WhatsAppServer, connection: Connection
) -> None:
    await writes(connection)
    meta.answers.append(Refusal(131047))
    await connection.send(news(DeliveryKind.REPLY))
    await connection.send(news())
    await connection.send(news(DeliveryKind.REPLY))
    assert [each["type"] for each in meta.sent] == ["template", "template", "text"]


async def test_what_can_be_pressed_below_news_comes_back_with_its_report(
    meta: WhatsAppServer, connection: Connection
) -> None:
    options = (Option("solved.4321", "Sudah"), Option("unsolved.4321", "Belum"))
    await connection.send(news(key="news_done", arguments=(("last4", "4321"),), options=options))
    [_, *buttons] = meta.sent[-1]["template"]["components"]  # type: ignore[index]
    assert [(each["index"], each["parameters"][0]["payload"]) for each in buttons] == [
        ("0", "0:solved.4321"),
        ("1", "0:unsolved.4321"),
    ]


@pytest.mark.parametrize("code", [131047, 132000, 132001])
async def test_a_template_that_is_not_approved_yet_waits(
    meta: WhatsAppServer, connection: Connection, code: int
) -> None:
    meta.answers.append(Refusal(code))
    with pytest.raises(DeliveryFailed) as failed:
        await connection.send(news())
    assert not failed.value.final


def test_words_of_staff_have_no_line_break_and_none_is_empty() -> None:
    said = news(key="question", arguments=(("last4", "4321"), ("text", " Tiang\n\n nomor\tberapa? ")))
    assert values(said) == ("4321", "Tiang nomor berapa?")
    assert values(news(key="question", arguments=(("last4", "4321"), ("text", " \n")))) == ("4321", "-")
    assert values(news(arguments=())) == ("-", "-")


def test_a_language_in_part_takes_the_templates_of_the_first() -> None:
    assert values(news(lang="jv", arguments=STARTED[::-1])) == ("4321", "Kelurahan Tebet Timur")


# What has to be approved


def test_there_is_a_template_for_all_that_leaves_by_itself_with_the_buttons_below_it() -> None:
    told = {move.tells for move in MOVES} | {each.row.news for each in Status} | {"news_evaluation", "news_late"}
    assert set(TEMPLATES) == told - {""}
    assert {key: options for key, options in TEMPLATES.items() if options} == dict(_OPTIONS)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", TEMPLATES)
def test_meta_may_approve_each(key: str, lang: str) -> None:
    said = wording(key, lang)
    assert not re.search(r"^\W*\{\{|\}\}\W*$", said), "neither begins nor ends with what fills it"
    assert re.findall(r"\{\{(\d+)\}\}", said) == [str(at) for at in range(1, said.count("{{") + 1)]
    assert "}}{{" not in said
    assert len(said) <= 1024
    assert all(len(phrase(f"option_{each}", lang)) <= 25 for each in TEMPLATES[key])


def test_they_are_handed_in_as_meta_takes_them() -> None:
    by_name = {(each["name"], each["language"]): each for each in approvals()}
    assert len(by_name) == len(TEMPLATES) * len(LANGUAGES)
    question = by_name["question", "id"]
    assert question["category"] == "UTILITY"
    body, buttons = json.loads(json.dumps(question["components"]))
    assert body["example"] == {"body_text": [["4321", phrase("ask_place", "id")]]}
    assert buttons == {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Jawab"}]}


def test_the_command_prints_one_a_line() -> None:
    ran = subprocess.run([sys.executable, "-m", "bots.whatsapp.templates"], capture_output=True, text=True, check=True)
    assert [json.loads(line)["name"] for line in ran.stdout.splitlines()] == [*TEMPLATES] * len(LANGUAGES)
