"""CONTRIBUTING's recipe for a channel, followed to the letter on a copy."""

from tests.fakes.recipe_copy import Copy


def test_a_channel_is_a_folder_a_row_its_settings_and_its_name(copy: Copy) -> None:
    copy.adds(
        "bots/toy/__init__.py",
        '''\
        """A toy."""

        from core.messages import Channel, ChannelCallbacks, ChannelProfile, Connection, Setting, Values

        __all__ = ["CHANNEL"]


        def _connect(values: Values, callbacks: ChannelCallbacks) -> Connection:
            raise ConnectionError("a toy has no wire")


        CHANNEL = Channel(
            name="toy",
            profile=ChannelProfile(name="toy", limit=300, options=5),
            settings=(Setting("TOY_TOKEN", "the toy's token", secret=True),),
            configured=lambda values: bool(values.get("TOY_TOKEN")),
            sends=lambda values: bool(values.get("TOY_TOKEN")),
            problems=lambda values: (),
            connect=_connect,
            off="set RESI_TOY_TOKEN",
        )
        ''',
    )
    copy.lists_the_toy()
    copy.lives("""
        from app.settings import declared, load
        from bots.channels import CHANNELS, channel
        from core.phrases import phrase
        from tests.fakes.town import Town

        town = Town()
        budi = town.citizen("toy")
        budi.writes("lampu jalan mati di kelurahan cikini")
        assert "1. " in budi.last.text and len(budi.last.text) <= 300
        code = budi.writes("ya").code
        assert code and town.reports[0].channel == "toy"
        assert "Menunggu" in town.citizen("sms").writes(code).text
        assert "Menunggu" in town.citizen("toy", "siti").writes(code).text
        assert "TOY_TOKEN" in {setting.name for setting in declared()}
        assert not channel("toy").configured(load().values)
        assert phrase("web_channel_toy", "en") == "Toy"
    """)
    copy.passes("test_channels", "test_app_parts", "test_example")
    copy.did("A channel", "bots/toy", "bots/channels.py", ".env.example", "core/phrases")


CALLED = '''\
    """A toy whose provider calls us by HTTP and sends templates that it has approved, but for replies."""

    import asyncio
    import hmac
    import json

    from core.errors import DeliveryFailed, FileAway
    from core.messages import (
        Address,
        Channel,
        ChannelCallbacks,
        ChannelProfile,
        DeliveryKind,
        Envelope,
        FileRef,
        Hook,
        HookAnswer,
        HookRequest,
        IntakeResult,
        Outgoing,
        SenderProof,
        Setting,
        Values,
        WireId,
    )

    __all__ = ["CHANNEL"]


    class Toy:
        """The channel, switched on."""

        def __init__(self, values: Values, callbacks: ChannelCallbacks) -> None:
            self._values, self._callbacks, self._up = values, callbacks, False

        @property
        def hooks(self) -> tuple[Hook, ...]:
            return (Hook("POST", "/hooks/toy", self._called),)

        async def listen(self) -> None:
            self._up = True
            await asyncio.Event().wait()

        def ready(self) -> bool:
            return self._up

        async def _called(self, request: HookRequest) -> HookAnswer:
            shown = request.headers.get("x-secret", "").encode()
            if not hmac.compare_digest(shown, self._values["TOY_SECRET"].encode()):
                return HookAnswer(403)
            said = json.loads(request.body)
            envelope = Envelope(
                "toy", Address(said["from"]), WireId(said["id"]), text=said.get("text", ""),
                choice=said.get("choice", ""), revision=said.get("revision"),
            )
            later = await self._callbacks.take(envelope) is IntakeResult.LATER
            return HookAnswer(503 if later else 200)

        async def send(self, out: Outgoing) -> str:
            import httpx

            body = {"to": out.to.reveal(), "buttons": [[each.id, each.label] for each in out.options]}
            if out.kind is DeliveryKind.REPLY:
                body |= {"text": out.text, "revision": out.revision}
            else:
                body |= {"template": out.key, "language": out.lang, "arguments": [each for _, each in out.arguments]}
            try:
                async with httpx.AsyncClient(trust_env=False, timeout=120) as wire:
                    answer = await wire.post(self._values["TOY_URL"], json=body)
            except httpx.HTTPError:
                raise DeliveryFailed("away", final=False) from None
            if answer.status_code != 200:
                raise DeliveryFailed("refused", final=400 <= answer.status_code < 500)
            return out.id

        async def fetch(self, ref: FileRef) -> bytes:
            raise FileAway(final=True)


    def is_set(values: Values) -> bool:
        return bool(values.get("TOY_URL") and values.get("TOY_SECRET"))


    CHANNEL = Channel(
        name="toy",
        profile=ChannelProfile(
            name="toy", limit=4000, max_buttons=3, label_limit=20, sender_proof=SenderProof.PROVED
        ),
        settings=(Setting("TOY_URL", "where it sends"), Setting("TOY_SECRET", "how it calls us", secret=True)),
        configured=is_set,
        sends=is_set,
        problems=lambda values: (),
        connect=Toy,
        off="set RESI_TOY_URL and RESI_TOY_SECRET",
    )
    '''


def test_a_channel_that_is_called_by_http_sends_templates_by_their_key_and_arguments(copy: Copy) -> None:
    copy.adds("bots/toy/__init__.py", CALLED)
    copy.lists_the_toy()
    copy.lives("""
        import json
        import pathlib
        import httpx
        from core.phrases import phrase
        from tests.fakes.loopback_server import LoopbackServer, Reply
        from tests.fakes.patience import until
        from tests.fakes.resi_process import Resi

        class Provider(LoopbackServer):
            def __init__(self):
                super().__init__()
                self.sent = []

            async def reply(self, request):
                self.sent.append(json.loads(request.body))
                return Reply(200, b"{}")

        def newest(number):
            until(lambda: len(provider.sent) >= number, f"message {number}")
            return provider.sent[number - 1]

        def says(at, **said):
            body = {"from": "628111", "id": f"m{at}"} | said
            return httpx.post(f"{resi.root}/hooks/toy", json=body, headers={"x-secret": "s3cret"}, **calls)

        calls = {"trust_env": False, "timeout": 120}
        folder = pathlib.Path("run")
        with Provider() as provider:
            settings = {"TOY_URL": provider.root, "TOY_SECRET": "s3cret", "LANGUAGE": "id"}
            with Resi(folder.absolute(), settings) as resi:
                forged = httpx.post(f"{resi.root}/hooks/toy", json={}, headers={"x-secret": "x"}, **calls)
                assert forged.status_code == 403
                assert says(1, text="lampu jalan mati di kelurahan tebet timur, gelap sekali").status_code == 200
                summary = newest(1)
                assert [each[0] for each in summary["buttons"]] == ["send", "change", "cancel"], "three fit"
                assert "1. " not in summary["text"]
                says(2, choice="change", revision=summary["revision"])
                choice = newest(2)
                assert choice["buttons"] == [] and "4. " in choice["text"], "four do not, and are numbered"
                says(3, text="4")
                again = newest(3)
                assert again["buttons"][0][0] == "send"
                says(4, choice="send", revision=again["revision"])
                assert "-" in newest(4)["text"], "the code"
                assert resi.command("staff", "add", "lurah", "--agency", "kel:31.74.01.1001", "--role", "officer")
                [row] = json.loads(resi.command("case", "list", "--as", "lurah", "--json").stdout)
                assert row["channel"] == "toy"
                done = resi.command("case", "do", "start", row["number"], "--as", "lurah")
                assert done.returncode == 0, done.stderr
                news = newest(5)
                assert (news["template"], news["language"], news["buttons"]) == ("news_started", "id", [])
                last4, agency = news["arguments"]
                assert phrase("news_started", "id", last4=last4, agency=agency)
                assert (len(last4), agency) == (4, "Kelurahan Tebet Timur")
                resi.command("case", "do", "ask", row["number"], "--as", "lurah", "--text", "Tiang nomor berapa?")
                asked = newest(6)
                assert (asked["template"], asked["arguments"][-1]) == ("question", "Tiang nomor berapa?")
                assert [each[1] for each in asked["buttons"]] == [phrase("option_answer", "id")]
                says(5, text="Nomor 4 di ujung gang.")
                assert newest(7)["text"]
                until(lambda: not resi.pending(), "an empty outbox")
                data = b"".join(path.read_bytes() for path in resi.data.rglob("*") if path.is_file())
                assert b"628111" not in data and b"Tiang" not in data, "sealed, then erased"
    """)
    copy.did("A channel", "bots/toy", "bots/channels.py", ".env.example", "core/phrases")
