"""The way out of mail: one constant shape, the thread kept, and what each answer of a relay means."""

import asyncio
import socket
from email import message_from_bytes
from email.policy import SMTP

import pytest

from app.outbox import Pace
from bots.mail import CHANNEL
from bots.mail.ids import is_ours, message_id, references_of, sound_ids, thread_of
from core.errors import DeliveryFailed
from core.messages import Address, ChannelCallbacks, Connection, Envelope, IntakeResult, Outgoing, Thread, Values
from tests.fakes.patience import PATIENCE
from tests.fakes.smtp_sink import AUTH, BODY, CLOSE, DATA, EHLO, GREETING, MAIL, RCPT, SILENCE, SmtpSink

OURS = {"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"}
ANSWER = Outgoing(
    to=Address("budi@warga.test"),
    text="Laporan Anda kami terima.\nKode: 2345 6789 0123 4567\n.\nSampai jumpa",
    id="k3j5h2k3j5h2k3j5h2k3j5h2aa",
    subject="Laporan warga",
    thread=Thread("<satu@warga.test>", "<nol@warga.test> <satu@warga.test>"),
)


async def _never(_: Envelope) -> IntakeResult:
    raise AssertionError


async def _receipt(_wire_id: str, _arrived: bool) -> None:  # noqa: FBT001 - the port's shape
    raise AssertionError


def connection(relay: str = "", **more: str) -> Connection:
    values: Values = {**OURS, "MAIL_RELAY_URL": relay, **more}
    return CHANNEL.connect(values, ChannelCallbacks(_never, _receipt))


def answer_to(address: str) -> Outgoing:
    return Outgoing(to=Address(address), text="ya", id="a1", subject="Laporan warga")


async def failure(sink: SmtpSink, out: Outgoing = ANSWER) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as raised:
        await connection(sink.url).send(out)
    return raised.value


async def test_an_answer_reaches_the_relay_in_its_thread() -> None:
    async with SmtpSink() as sink:
        assert await connection(sink.url).send(ANSWER) == ""
        (mail,) = await sink.caught()
    assert (mail.sender, mail.recipients) == ("lapor@kota.test", ("budi@warga.test",))
    assert mail.message["In-Reply-To"] == "<satu@warga.test>"
    assert mail.message["References"].split() == ["<nol@warga.test>", "<satu@warga.test>"]
    assert mail.message["Auto-Submitted"] == "auto-replied"
    assert mail.message["From"] == "lapor@kota.test"
    assert mail.message["Subject"] == "Laporan warga"
    assert mail.text.replace("\r\n", "\n").strip() == ANSWER.text


async def test_an_answer_has_these_headers_and_no_others() -> None:
    async with SmtpSink() as sink:
        await connection(sink.url).send(ANSWER)
        (mail,) = await sink.caught()
    assert sorted(mail.message.keys()) == sorted(
        ["To", "Message-ID", "In-Reply-To", "References", "From", "Subject", "Date", "Auto-Submitted", "Content-Type",
         "Content-Transfer-Encoding", "MIME-Version"]
    )  # fmt: skip
    assert mail.message["Date"].endswith(("GMT", "+0000", "-0000"))
    assert socket.gethostname().encode() not in mail.raw


async def test_a_second_try_has_the_same_message_id_and_the_same_words() -> None:
    async with SmtpSink() as sink:
        sink.answers(BODY, "451 later")
        assert not (await failure(sink)).final
        await connection(sink.url).send(ANSWER)
        await connection(sink.url).send(ANSWER)
        first, second = await sink.caught(2)
    assert first.message["Message-ID"] == second.message["Message-ID"]
    assert first.text == second.text
    assert is_ours(first.message["Message-ID"], {"kota.test"})


@pytest.mark.parametrize("stage", [RCPT, MAIL, DATA, BODY])
async def test_a_refusal_of_the_mail_itself_is_final(stage: str) -> None:
    async with SmtpSink() as sink:
        sink.answers(stage, "550 no")
        assert (await failure(sink)).final


@pytest.mark.parametrize("stage", [RCPT, MAIL, DATA, BODY, GREETING])
async def test_a_relay_that_says_later_is_believed(stage: str) -> None:
    async with SmtpSink() as sink:
        sink.answers(stage, "421 later" if stage == GREETING else "451 later")
        assert not (await failure(sink)).final


@pytest.mark.parametrize("stage", [GREETING, EHLO, MAIL, RCPT, DATA, BODY])
async def test_a_relay_that_hangs_up_is_tried_again(stage: str) -> None:
    async with SmtpSink() as sink:
        sink.answers(stage, CLOSE)
        assert not (await failure(sink)).final


async def test_a_relay_that_turns_everybody_away_is_not_the_citizens_fault() -> None:
    async with SmtpSink() as sink:
        sink.answers(GREETING, "554 go away")
        assert not (await failure(sink)).final
        sink.answers(EHLO, "550 who", times=1)
        sink.answers("HELO", "550 who", times=1)
        sink.answers(EHLO, "550 who", times=1)
        assert not (await failure(sink)).final


async def test_a_silent_relay_is_given_up_for_now() -> None:
    from bots.mail.send import Sender  # noqa: PLC0415 - only here is its patience a matter
    from bots.mail.setup import setup_of  # noqa: PLC0415 - as above

    async with SmtpSink() as sink:
        sink.answers(RCPT, SILENCE)
        with pytest.raises(DeliveryFailed) as raised:
            await Sender(setup_of({**OURS, "MAIL_RELAY_URL": sink.url}), timeout=0.2).send(ANSWER)
    assert not raised.value.final


async def test_giving_up_on_a_silent_relay_does_not_wait_for_it() -> None:
    async with SmtpSink() as sink:
        sink.answers(BODY, SILENCE)
        sending = asyncio.create_task(connection(sink.url).send(ANSWER))
        await asyncio.wait_for(sink.silent.wait(), PATIENCE)
        sending.cancel()
        ended, _ = await asyncio.wait({sending}, timeout=15)  # half of what it waits for an answer
    assert ended == {sending}
    assert sending.cancelled()


async def test_a_relay_that_thinks_about_a_mail_it_has_is_waited_for_or_it_would_get_it_twice() -> None:
    from bots.mail.send import KEPT_SECONDS, Sender  # noqa: PLC0415 - only here is its patience a matter
    from bots.mail.setup import setup_of  # noqa: PLC0415 - as above

    async with SmtpSink() as sink:
        sink.answers(BODY, SILENCE)
        sender = Sender(setup_of({**OURS, "MAIL_RELAY_URL": sink.url}), timeout=1.0)
        sending = asyncio.create_task(sender.send(ANSWER))
        await asyncio.wait_for(sink.silent.wait(), PATIENCE)
        ended, _ = await asyncio.wait({sending}, timeout=1.3)
        sending.cancel()
    assert not ended
    assert Pace().patience > KEPT_SECONDS


async def test_a_mail_that_was_taken_waits_for_no_goodbye_in_which_it_could_be_given_up() -> None:
    async with SmtpSink() as sink:
        sink.answers("QUIT", SILENCE)
        await connection(sink.url).send(ANSWER)
        assert len(sink.mails) == 1
        assert not sink.silent.is_set()
        await asyncio.wait_for(sink.silent.wait(), PATIENCE)


@pytest.mark.parametrize(("stage", "answer"), [(MAIL, "530 5.7.0 log in"), (RCPT, "999 what"), (EHLO, "\u00ff\u00fe")])
async def test_what_is_no_fault_of_the_mail_may_pass(stage: str, answer: str) -> None:
    async with SmtpSink() as sink:
        sink.answers(stage, answer)
        assert not (await failure(sink)).final


async def test_a_setting_that_the_relay_cannot_be_told_loses_no_answer() -> None:
    async with SmtpSink() as sink:
        with pytest.raises(DeliveryFailed) as raised:
            await connection(sink.url, MAIL_HOSTNAME="mx kota.test").send(ANSWER)
    assert not raised.value.final


async def test_no_relay_at_the_port_is_a_passing_trouble() -> None:
    async with SmtpSink() as sink:
        url = sink.url
    with pytest.raises(DeliveryFailed) as raised:
        await connection(url).send(ANSWER)
    assert not raised.value.final


async def test_a_password_opens_the_relay_and_a_wrong_one_is_the_operators_trouble() -> None:
    async with SmtpSink(password="r:ah/sia") as sink:
        await connection(sink.url.replace("r:ah/sia", "r%3Aah%2Fsia")).send(ANSWER)
        await sink.caught()
        sink.answers(AUTH, "535 no", times=5)
        wrong = sink.url.replace("r:ah/sia", "lupa")
        with pytest.raises(DeliveryFailed) as raised:
            await connection(wrong).send(ANSWER)
    assert not raised.value.final


@pytest.mark.parametrize("stage", [MAIL, RCPT, BODY, GREETING])
async def test_a_failure_tells_no_address_and_no_words(stage: str) -> None:
    async with SmtpSink() as sink:
        sink.answers(stage, "550 budi@warga.test unknown, said: Laporan")
        raised = await failure(sink)
    chain: BaseException | None = raised
    while chain is not None:
        assert "budi" not in repr(chain)
        assert "Laporan" not in repr(chain)
        chain = chain.__cause__ or chain.__context__


@pytest.mark.parametrize("address", ["", "<>", "tanpa-at", "a@b.test>\r\nRCPT TO:<c@d.test", "a b@c.test"])
async def test_nothing_is_sent_to_what_is_no_address(address: str) -> None:
    async with SmtpSink() as sink:
        assert (await failure(sink, answer_to(address))).final
        assert sink.connections == 0


async def test_an_address_beyond_ascii_needs_a_relay_that_can() -> None:
    async with SmtpSink() as able, SmtpSink(utf8=False) as unable:
        await connection(able.url).send(answer_to("jösé@warga.test"))
        (mail,) = await able.caught()
        assert mail.recipients == ("jösé@warga.test",)
        assert "SMTPUTF8" in mail.options
        assert (await failure(unable, answer_to("jösé@warga.test"))).final
        await connection(unable.url).send(answer_to("jose@wärga.test"))
        assert (await unable.caught())[0].recipients == ("jose@xn--wrga-loa.test",)


async def test_long_words_and_letters_of_the_world_arrive_whole() -> None:
    text = "é" * 3000 + "\n" + "x" * 3000 + "\n☂ sudah “selesai”\nFrom here\n..titik"
    async with SmtpSink() as sink:
        await connection(sink.url).send(
            Outgoing(to=Address("budi@warga.test"), text=text, id="b2", subject="Perihal ☂")
        )
        (mail,) = await sink.caught()
    assert mail.text.replace("\r\n", "\n").rstrip("\n") == text
    assert mail.message["Subject"] == "Perihal ☂"
    assert max(map(len, mail.raw.split(b"\r\n"))) <= 998


async def test_many_answers_at_once_all_arrive() -> None:
    async with SmtpSink() as sink:
        way = connection(sink.url)
        await asyncio.gather(*(way.send(answer_to(f"warga{n}@kota.test")) for n in range(25)))
        assert len({mail.recipients for mail in await sink.caught(25)}) == 25


async def test_the_paper_is_what_the_relay_gets() -> None:
    assert CHANNEL.as_file is not None
    paper = CHANNEL.as_file(OURS, ANSWER)
    async with SmtpSink() as sink:
        await connection(sink.url).send(ANSWER)
        (mail,) = await sink.caught()
    assert _without_date(paper) == _without_date(mail.raw)
    parsed = message_from_bytes(paper, policy=SMTP)
    assert parsed["To"] == "budi@warga.test"
    assert "2345 6789 0123 4567" in paper.decode()


def _without_date(mail: bytes) -> list[bytes]:
    return [line for line in mail.rstrip().split(b"\r\n") if not line.startswith(b"Date:")]


def test_a_subject_or_thread_with_line_breaks_adds_no_header() -> None:
    assert CHANNEL.as_file is not None
    thread = Thread("<a@b.test>\r\nBcc: x@y.test", "<c@d.test>\nEvil: 1 <e f@g.test>")
    out = Outgoing(to=Address("a@b.test"), text="ya", id="\r\nX: 1", subject="satu\r\nBcc: dua", thread=thread)
    parsed = message_from_bytes(CHANNEL.as_file(OURS, out), policy=SMTP)
    assert not {"Bcc", "Evil", "X"} & set(parsed.keys())
    assert parsed["References"].split() == ["<c@d.test>", "<a@b.test>"]


def test_long_ids_are_not_folded_into_encoded_words() -> None:
    assert CHANNEL.as_file is not None
    long_id = f"<{'x' * 180}@{'y' * 100}.test>"
    out = Outgoing(to=Address("a@b.test"), text="ya", id="c3", thread=Thread(long_id, long_id))
    assert CHANNEL.as_file(OURS, out).count(long_id.encode()) == 2


def test_a_message_id_of_ours_is_known_again_and_no_other_is() -> None:
    ours = message_id("abc", "kota.test")
    assert ours == message_id("abc", "kota.test")
    assert is_ours(ours, {"kota.test"})
    assert is_ours(ours.replace("kota.test", "KOTA.test"), {"kota.test"})
    assert not is_ours(ours, {"lain.test"})
    assert not is_ours("<abc@kota.test>", {"kota.test"})


def test_a_thread_is_bounded_and_keeps_its_two_ends() -> None:
    ids = [f"<{n}@warga.test>" for n in range(500)]
    kept = references_of(ids).split()
    assert kept[0] == ids[0]
    assert kept[-3:] == ids[-3:]
    assert len(" ".join(kept)) <= 900


def test_a_thread_names_the_mail_it_answers_last() -> None:
    thread = thread_of("<b@w.test>", "<a@w.test>", "")
    assert thread == Thread("<b@w.test>", "<a@w.test> <b@w.test>")
    assert thread_of("<>", "<a@w.test>", "") is None
    assert sound_ids("<a@b> junk <c d@e> <f@g>") == ("<a@b>", "<f@g>")


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"MAIL_ADDRESS": ""}, "MAIL_ADDRESS"),
        ({"MAIL_ADDRESS": "Lapor <lapor@kota.test>"}, "MAIL_ADDRESS"),
        ({"MAIL_HOSTNAME": ""}, "MAIL_HOSTNAME"),
        ({"MAIL_RELAY_URL": ""}, "MAIL_RELAY_URL"),
        ({"MAIL_RELAY_URL": "relay:25"}, "MAIL_RELAY_URL"),
        ({"MAIL_RELAY_URL": "smtp://u:p@relay:port"}, "MAIL_RELAY_URL"),
        ({"MAIL_LISTEN": "8025"}, "MAIL_LISTEN"),
        ({"MAIL_LISTEN": "0.0.0.0:99999"}, "MAIL_LISTEN"),
        ({"MAIL_TLS_KEY": "kunci.pem"}, "MAIL_TLS_CERT"),
        ({"MAIL_TLS_CERT": "sertifikat.pem"}, "MAIL_TLS_KEY"),
        ({"MAIL_MAX_BYTES": "banyak"}, "MAIL_MAX_BYTES"),
        ({"MAIL_CONNECTIONS": "0"}, "MAIL_CONNECTIONS"),
    ],
)
def test_a_wrong_setting_is_named_with_its_mend(values: Values, named: str) -> None:
    sound = {**OURS, "MAIL_RELAY_URL": "smtp://u:p@relay.test:587"}
    assert CHANNEL.problems(sound) == ()
    found = {problem.setting: problem.mend for problem in CHANNEL.problems({**sound, **values})}
    assert found[named]


def test_mail_is_on_unless_switched_off() -> None:
    assert CHANNEL.configured({})
    assert not CHANNEL.configured({"MAIL_LISTEN": "off"})
    assert not CHANNEL.configured({"MAIL_LISTEN": ""})
    assert CHANNEL.problems({"MAIL_LISTEN": "off"}) == ()
    assert not CHANNEL.sends({})
    assert CHANNEL.sends({"MAIL_RELAY_URL": "smtp://relay.test"})
