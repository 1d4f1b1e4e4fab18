"""Adding something takes the edits that CONTRIBUTING promises: a toy of each kind, in a copy of the house, works."""

import json
import re
import shutil
import textwrap
import tomllib
from pathlib import Path

import pytest

from core.categories import FALLBACK, GROUPS, leaves
from core.phrases import LANGUAGES
from tests.fakes.bare_interpreter import bare_interpreter

ROOT = Path(__file__).parents[1]
ROOMS = ("app", "bots", "cities", "core", "docs", "storage", "web", "tests/fakes")
PHRASES = Path("core/phrases")
CITY_PHRASES = Path("cities/jakarta/phrases")
CATEGORIES = Path("cities/jakarta/categories.toml")
STATUS = "core/model/status.py"
MOST_LEAVES = 8  # of a group, beside the fallback


class Copy:
    """A copy of the house that remembers where it was changed; the languages, or a new room, are one place."""

    def __init__(self, at: Path) -> None:
        self.at = at
        self.called = ""  # what the recipe calls <x>
        self.places: set[str] = set()
        for room in ROOMS:
            # With what was compiled of it: that of a file that is edited is made anew, all else is ready.
            shutil.copytree(ROOT / room, at / room, ignore=shutil.ignore_patterns("*.png"))
        shutil.copy(ROOT / ".env.example", at)

    def _note(self, path: Path) -> None:
        new_room = path.parts[0] == "bots" and len(path.parts) > 2
        self.places.add(str(path.parent if new_room or path.parent == PHRASES else path))

    def adds(self, name: str | Path, text: str) -> None:
        path = Path(name)
        (self.at / path).parent.mkdir(exist_ok=True)
        assert not (self.at / path).exists()
        self.called = self.called or (path.parent.name if path.name == "__init__.py" else path.stem)
        (self.at / path).write_text(textwrap.dedent(text), encoding="utf-8")
        self._note(path)

    def edits(self, name: str | Path, *changes: tuple[str, str]) -> None:
        path = self.at / name
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, f"{name}: {old!r} stands there {text.count(old)} times"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        self._note(Path(name))

    def appends(self, name: str | Path, text: str) -> None:
        path = self.at / name
        path.write_text(path.read_text(encoding="utf-8") + textwrap.dedent(text), encoding="utf-8")
        self._note(Path(name))

    def says(self, **sentences: str) -> None:
        """New sentences, the same in every language."""
        for lang in LANGUAGES:
            lines = "".join(f'{key} = "{text}"\n' for key, text in sentences.items())
            self.edits(PHRASES / f"{lang}.toml", ("\n[terse]\n", f"\n{lines}\n[terse]\n"))

    def draws_up_the_example(self) -> None:
        """`python -m app.example`, as the recipes say it."""
        self._python("-m", "app.example")
        self._note(Path(".env.example"))

    def lists_the_toy(self) -> None:
        """The channel that lies in bots/toy."""
        self.edits(
            "bots/channels.py",
            ("telegram, terminal, whatsapp", "telegram, terminal, toy, whatsapp"),
            ("terminal.CHANNEL)", "terminal.CHANNEL, toy.CHANNEL)"),
        )
        self.says(web_channel_toy="Toy")
        self.draws_up_the_example()

    def lives(self, journey: str) -> str:
        """Runs a story in the copy and nowhere else."""
        here = f"import core, pathlib\nassert pathlib.Path(core.__file__).is_relative_to({str(self.at)!r})\n"
        return self._python("-c", here + textwrap.dedent(journey), strict=True)

    def _python(self, *words: str, strict: bool = False) -> str:
        done = bare_interpreter().run(words, self.at, strict=strict)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def passes(self, *tests: str, named: str = "") -> None:
        """Tests of the house, and those that lie in the copy, hold there as they stand, some of each file at least.

        `named`: only those that pytest's -k finds.
        """
        shutil.copy(ROOT / "pyproject.toml", self.at)
        for name in ("conftest", *tests):
            self._has_test(name)
        # The libraries are there already, so no assertion of theirs is written anew; folders of other runs are theirs.
        quiet = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
        told = ("-v", "-p", "no:cacheprovider", f"--basetemp={self.at / 'made'}", *quiet)
        files = [f"tests/{name}.py" for name in tests]
        ran = self._python("-m", "pytest", *told, "-k", named, *files)
        assert [file for file in files if f"\n{file}::" not in ran] == []

    def _has_test(self, name: str) -> None:
        if not (self.at / "tests" / f"{name}.py").exists():
            compiled = (ROOT / "tests" / "__pycache__").glob(f"{name}.*.pyc")
            (self.at / "tests" / "__pycache__").mkdir(exist_ok=True)
            for path in (ROOT / "tests" / f"{name}.py", *compiled):
                shutil.copy2(path, self.at / path.relative_to(ROOT))

    def did(self, recipe: str, *places: str) -> None:
        """It was changed in these places and nowhere else, and the recipe in CONTRIBUTING names each of them."""
        assert self.places == set(places)
        said = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition(f"\n### {recipe}\n")[2]
        said = said.partition("\n##")[0].replace("<x>", self.called).replace("<xx>", self.called)
        assert [place for place in places if place not in said] == []


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "house")


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


def _free_place() -> tuple[str, str]:
    """The next free number of a group that has room, and the group; a photo is dangerous in the first of them."""
    for number, group in list(enumerate(GROUPS, 1))[1:]:
        taken = sum(each.id != FALLBACK for each in leaves(group.id))
        if taken < MOST_LEAVES:
            return f"{number}{taken + 1}", group.id
    raise AssertionError("no group has room")


def test_a_category_is_one_row(copy: Copy) -> None:
    sms_code, group = _free_place()
    copy.appends(
        CATEGORIES,
        f"""
        [[category]]
        id = "naga"
        sms_code = "{sms_code}"
        labels = {{ id = "Naga lepas", en = "Loose dragon" }}
        group = "{group}"
        lead = "dinas_bina_marga"
        cues.id = ["naga", "naga lepas", {", ".join(f'"naga ekor {number}"' for number in range(24))}]
        cues.en = ["dragon"]
        """,
    )
    copy.lives("""
        from core.categories import CATEGORIES, group_label
        from tests.fakes.town import Town

        for channel in ("telegram", "sms", "mail"):
            town = Town()
            budi = town.citizen(channel)
            budi.writes("LAPOR ada naga lepas di kelurahan cikini")
            if channel == "telegram":
                budi.presses("Naga lepas")
                assert budi.presses("Kirim").code
            (report,) = town.reports
            assert (report.category, report.agency[:4]) == ("naga", "kel:")
        town = Town("en")
        town.citizen("telegram").writes("/start naga")
        siti = town.citizen("sms", "siti")
        siti.writes("something odd happened")
        seen = siti.last.text
        for _ in range(3):
            seen += siti.writes("show more").text
        assert group_label([*CATEGORIES][-1].group, "en") in seen
    """)
    copy.passes("test_categories")
    copy.did("A category", str(CATEGORIES))


def spoken(book: str, mark: str) -> str:
    """The sentences of a language, each marked as a new one's; the tables stay as they are."""
    lines = []
    for line in book.splitlines():
        found = re.fullmatch(r'(\w+) = "(.+)"', line)
        keep = found is None or found[1] in {"months", "web_thousands"}
        lines.append(line if keep or found is None else f'{found[1]} = "{mark}{found[2]}"')
    return "\n".join(lines) + "\n"


def test_a_language_is_a_file_and_the_labels_of_categories(copy: Copy) -> None:
    book = (ROOT / PHRASES / "en.toml").read_text(encoding="utf-8")
    copy.adds(PHRASES / "ms.toml", re.sub(r"(?m)^called = .*$", 'called = ["ms", "melayu"]', spoken(book, "~")))
    copy.adds(CITY_PHRASES / "ms.toml", spoken((ROOT / CITY_PHRASES / "en.toml").read_text(encoding="utf-8"), "~"))
    rows = (copy.at / CATEGORIES).read_text(encoding="utf-8")
    labels = re.compile(r'^labels = \{ id = "([^"]+)", en = "([^"])([^"]+)" \}$', re.MULTILINE)
    copy.edits(CATEGORIES, (rows, labels.sub(r'labels = { id = "\1", en = "\2\3", ms = "*\3" }', rows)))
    out = copy.lives("""
        from core.categories import label
        from core.phrases import LANGUAGES, SPOKEN, phrase
        from tests.fakes.town import Town

        assert LANGUAGES == ("id", "en", "ms")
        for channel in ("telegram", "sms", "mail"):
            town = Town("ms")
            budi = town.citizen(channel)
            for text in ("BANTUAN", "KODE", "PJU padam, kelurahan cikini", "1", "ya"):
                if town.reports:
                    break
                assert "~" in budi.writes(text).text, (channel, text, budi.last.text)
            code = budi.last.code or budi.writes("LAPOR PJU padam, kelurahan cikini").code
            assert code and label(town.reports[0].category, "ms").startswith("*")
            assert "~Waiting" in budi.writes(code).text
        town = Town("id")
        budi = town.citizen("telegram")
        told = [budi.writes("/bahasa").text for _ in SPOKEN]
        assert phrase("lang_now", "ms") in told[2], told
        assert phrase("lang_now", "id") in told[-1], told
        assert phrase("lang_now", "ms") in budi.writes("melayu").text
        print("ms" in " ".join(setting.about for setting in __import__("app.settings").settings.SERVICE_SETTINGS))
    """)
    assert out == "True\n", "the setting says which languages there are"
    copy.draws_up_the_example()
    assert "id or en or ms" in (copy.at / ".env.example").read_text(encoding="utf-8")
    copy.passes(
        *("test_categories", "test_example", "test_conversation_intents", "test_phrases"),
        named="label or example or table or called or language or question or whole or speaks",
    )
    copy.did("A language", "core/phrases", str(CITY_PHRASES / "ms.toml"), str(CATEGORIES), ".env.example")


def test_a_language_in_part_is_a_file_that_is_spoken_in_chats_alone(copy: Copy) -> None:
    book = tomllib.loads((ROOT / PHRASES / "en.toml").read_text(encoding="utf-8"))
    needed = ("lang_now", "web_language", "ask_story", "ask_place", "summary", "filed")
    keys = list(dict.fromkeys([*needed, *(key for key, text in book.items() if isinstance(text, str))]))[:60]
    lines = "".join(f"{key} = {json.dumps('~' + book[key])}\n" for key in keys)
    terse = "".join(f"{key} = {json.dumps('~' + book['terse'][key])}\n" for key in keys if key in book["terse"])
    copy.adds(PHRASES / "ms.toml", f'called = ["ms", "melayu"]\n{lines}\n[terse]\n{terse}')
    copy.lives("""
        from core.phrases import LANGUAGES, SPOKEN, phrase
        from tests.fakes.town import Town

        assert ("ms" in LANGUAGES, "ms" in SPOKEN) == (False, True)
        town = Town("id")
        budi = town.citizen("telegram")
        told = [budi.writes("/bahasa").text for _ in SPOKEN]
        assert any(phrase("lang_now", "ms") in each for each in told)
        assert "~" in budi.writes("melayu").text
        assert "~" in budi.writes("PJU padam, kelurahan cikini").text
    """)
    copy.passes("test_categories", "test_example", "test_phrases", named="label or example or language or whole")
    copy.did("A language", "core/phrases")


def test_a_status_is_a_row_its_phrases_and_the_move_that_leads_there(copy: Copy) -> None:
    row = 'StatusRow(WorkStage.WORK, Phase.WORKING, Tone.WORKING, ClockRule.COUNTS, Next.WORK, "news_survey")'
    copy.edits(STATUS, ('    EWS = "ews"', f'    SURVEI = "survei", {row}\n    EWS = "ews"'))
    copy.edits("core/model/act.py", ('    PLAN = "plan"\n', '    SURVEY = "survey"\n    PLAN = "plan"\n'))
    move = 'Move(Act.SURVEY, _HOLDER, _OPEN, Status.SURVEI, TextRule.MAY, tells="news_survey")'
    copy.edits(
        "core/workflow/table.py",
        ("    Move(Act.PLAN, _HOLDER", f"    {move},\n    Move(Act.PLAN, _HOLDER"),
    )
    copy.says(
        status_survei="On site",
        desk_act_survey="Look at the place",
        news_survey="Report ...{last4}: {agency} looks at the place.",
    )
    copy.lives("""
        from html import unescape
        from pathlib import Path
        from zoneinfo import ZoneInfo
        import asyncio

        from core import workflow
        from core.model import Act, Next, Published, StaffRole, Status
        from docs.workflow import draw
        from tests.fakes.office import ROOT, Office
        from tests.fakes.town_hall import KELURAHAN, TownHall
        from web.open311 import told

        hall = TownHall()
        siti = hall.hire("siti", KELURAHAN)
        first, second = hall.files(), hall.files()
        hall.hire("biro", workflow.BIRO, StaffRole.BIRO)
        hall.does("biro", Act.LINK, second, to=first)
        report = hall.does("siti", Act.SURVEY, first)
        assert (report.status, workflow.next_step(report)) == ("survei", Next.WORK)
        assert sorted(hall.lists("siti", Status.SURVEI)) == sorted([first, second])
        assert hall.keys(first) == hall.keys(second) == ["news_survey"]
        third = hall.files()
        hall.does("biro", Act.LINK, third, to=first)
        assert hall.keys(third) == ["news_survey"], "who joins is told where it stands"
        hall.passes(days=8)
        assert hall.report(first).late, "the clock counts"
        sms = hall.town.citizen("sms", "budi")
        assert "On site" in sms.writes(hall.code_of(first).reveal()).text
        day = report.received
        public = Published(first, Status.SURVEI, report.category, None, None, day, day, None)
        assert told.reports([public], ZoneInfo("Asia/Jakarta"), "id", public=True)[0]["status"] == "open"

        async def desk():
            office = Office(hall.town)
            office.hire("ani", agency=KELURAHAN)
            ani = await office.at_work("ani")
            page = await ani.opens(f"{ROOT}?daftar=all")
            assert '<option value="survei"' in page.text, "it can be searched for"
            page = await ani.opens(f"{ROOT}/laporan/{first}")
            assert '<span class="pill working">On site</span>' in page.text
            assert "Look at the place" in page.text

        asyncio.run(desk())
        hall.does("siti", Act.START, first)
        assert hall.report(second).status == "proses", "it is left like its sisters"
        Path("docs/workflow.svg").write_text(draw(), encoding="utf-8")
        assert "On site" in draw()
    """)
    copy.passes(
        *("test_model_status", "test_model", "test_workflow_table", "test_tracking_page", "test_phrases"),
        named="model_status or workflow_table or every_status or statuses or dead or exists",
    )
    copy.did("A status", STATUS, "core/model/act.py", "core/workflow/table.py", "core/phrases")


def test_a_status_without_a_row_is_found_when_it_is_loaded(copy: Copy) -> None:
    copy.edits(STATUS, ('    EWS = "ews"', '    SURVEI = "survei"\n    EWS = "ews"'))
    said = copy.lives("""
        try:
            import core.model
        except TypeError as slip:
            print(slip)
    """)
    assert "survei: a status needs its row" in said


def test_a_role_is_a_word_its_rights_and_its_name(copy: Copy) -> None:
    copy.edits(
        "core/model/roles.py",
        ('    AUDITOR = "auditor"\n', '    AUDITOR = "auditor"\n    GUEST = "guest"\n    INSPECTOR = "inspector"\n'),
        (
            "    StaffRole.AUDITOR: frozenset({Right.AUDIT}),\n",
            """\
    StaffRole.AUDITOR: frozenset({Right.AUDIT}),
    StaffRole.GUEST: frozenset(),
    StaffRole.INSPECTOR: frozenset({Right.HANDLE, Right.LEAD}),
""",
        ),
    )
    copy.says(desk_role_guest="guest", desk_role_inspector="inspector")
    copy.edits(
        "docs/operating.md",
        ("- `auditor` reads", "- `guest` sees nothing yet.\n- `inspector` leads.\n- `auditor` reads"),
    )
    copy.lives("""
        import asyncio

        from core.model import StaffRole
        from tests.fakes.office import ROOT, Office

        async def desk():
            office = Office()
            report = office.receives()
            for role in ("guest", "inspector"):
                office.hire(role, StaffRole(role), report.agency)
                browser = await office.at_work(role)
                first = await browser.opens()
                assert first.status_code == 200 and f"{role}, " in first.text
                sees = (await browser.opens(f"{ROOT}/laporan/{report.number}")).status_code
                late = (await browser.opens(f"{ROOT}/terlambat")).status_code
                accounts = (await browser.opens(f"{ROOT}/akun-petugas")).status_code
                told = {"guest": (403, 403, 403), "inspector": (200, 200, 403)}[role]
                assert (sees, late, accounts) == told, (role, sees, late, accounts)

        asyncio.run(desk())
    """)
    copy.passes(
        *("test_model_roles", "test_phrases", "test_desk_permissions"),
        named="(desk_permissions and (guest or inspector))"
        " or (not desk_permissions and (role or right or dead or nothing_written))",
    )
    copy.did("A role", "core/model/roles.py", "core/phrases", "docs/operating.md")


def test_a_page_of_the_desk_is_a_module_a_template_a_row_and_its_title(copy: Copy) -> None:
    copy.adds(
        "web/desk/toy.py",
        '''\
        """/petugas/mainan: how many offices there are."""

        from starlette.responses import Response

        from core import casework
        from web.desk import frame
        from web.desk.routes import ADMINS, Page
        from web.desk.session import Visit


        async def _page(visit: Visit) -> Response:
            rows = await visit.desk.read(casework.office_rows)
            return frame.page(visit, "toy.html", count=len(rows))


        PAGES = (Page("/mainan", _page, roles=ADMINS, title="desk_toy"),)
        ''',
    )
    copy.adds(
        "web/templates/desk/toy.html",
        """\
        {% extends "desk/frame.html" %}
        {% block title %}{{ t('desk_toy') }}{% endblock %}
        {% block main %}
        <h1>{{ t('desk_toy') }}</h1>
        <p>{{ n(count) }}</p>
        {% endblock %}
        """,
    )
    copy.edits(
        "web/desk/table.py",
        ("    system,\n", "    system,\n    toy,\n"),
        ("    *system.PAGES,\n", "    *system.PAGES,\n    *toy.PAGES,\n"),
    )
    copy.says(desk_toy="Toy", desk_toy_what="How many offices there are.")
    copy.adds(
        "tests/test_desk_toy.py",
        '''\
        """The toy says how many offices there are."""

        from core import casework
        from core.model import AgencyId, StaffRole
        from tests.fakes.office import ROOT, Office


        async def test_it_counts_the_offices() -> None:
            office = Office()
            office.hire("admin", StaffRole.ADMIN, AgencyId("biro_pemerintahan"))
            browser = await office.at_work("admin")
            assert "How many offices there are." in (await browser.opens()).text
            assert f"<p>{len(casework.offices())}</p>" in (await browser.opens(f"{ROOT}/mainan")).text
        ''',
    )
    copy.passes(
        *("test_desk_permissions", "test_desk_routes", "test_phrases", "test_desk_toy"),
        named="desk_toy or (desk_permissions and (mainan or every_row or without_a_row))"
        " or (desk_routes and (navigation or first_page or twice)) or (test_phrases and (dead or written))",
    )
    copy.did(
        "A page of the desk",
        "web/desk/toy.py",
        "web/templates/desk/toy.html",
        "web/desk/table.py",
        "core/phrases",
        "tests/test_desk_toy.py",
    )


def test_an_agency_is_a_row_and_the_categories_that_it_leads(copy: Copy) -> None:
    copy.appends(
        "cities/jakarta/agencies.toml",
        'dinas_naga = { name = "Dinas Naga", short = "Dinas Naga", kind = "dinas", reports_to = "setda" }\n',
    )
    rows = tomllib.loads((ROOT / CATEGORIES).read_text(encoding="utf-8"))["category"]
    leaf = next(row for row in rows if row.get("place") is False and "restricted" not in row)
    text = (ROOT / CATEGORIES).read_text(encoding="utf-8")
    start = text.index(f'id = "{leaf["id"]}"\n')
    old = text[start : text.index("\n[[", start)]
    copy.edits(CATEGORIES, (old, old.replace(f'lead = "{leaf["lead"]}"', 'lead = "dinas_naga"')))
    copy.lives(f"""
        from tests.fakes.town import Town

        town = Town()
        budi = town.citizen("telegram")
        budi.writes("/start {leaf["id"]}")
        budi.writes("begitu saja anu")
        if not any(option.id == "send" for option in budi.last.options):
            budi.writes("lewati")
        code = budi.presses("Kirim").code
        assert town.reports[0].agency == "dinas_naga"
        assert "Dinas Naga" in town.citizen("sms").writes(code).text
    """)
    copy.did("An agency", "cities/jakarta/agencies.toml", str(CATEGORIES))


def test_a_file_format_is_a_module_and_a_row(copy: Copy) -> None:
    copy.adds(
        "core/scrub/toy.py",
        '''\
        """A toy."""

        from core.limits import Limits
        from core.scrub.file_traces import FormatResult


        def clean(data: bytes, _: Limits) -> FormatResult:
            return FormatResult(data.partition(b"|")[0], frozenset())


        def is_bare(data: bytes) -> bool:
            return data.startswith(b"TOY!") and b"|" not in data
        ''',
    )
    copy.edits(
        "core/scrub/formats.py",
        ("    tiff,\n", "    tiff,\n    toy,\n"),
        (
            "    Format(ogg.MAGIC,",
            '    Format(b"TOY!", "image/toy", ".toy", toy.clean, toy.is_bare),\n    Format(ogg.MAGIC,',
        ),
    )
    copy.lives("""
        from core.messages import Incoming, StoredFile
        from core.scrub import proved, scrub
        from tests.fakes.town import Town
        from dataclasses import replace

        clean = scrub(b"TOY!picture|canary")
        assert (clean.data, clean.kind, clean.extension) == (b"TOY!picture", "image/toy", ".toy")
        assert proved(clean) and not proved(replace(clean, data=b"TOY!|"))
        town = Town()
        budi = town.citizen("telegram")
        envelope = replace(budi.begun(), text="lampu jalan mati di kelurahan cikini")
        budi.sends(Incoming(envelope, (StoredFile("a" * 40, "a2V5", clean.kind, len(clean.data)),)))
        assert budi.presses("Kirim").code
        assert town.reports[0].files[0].kind == "image/toy"
    """)
    copy.did("A file format", "core/scrub/toy.py", "core/scrub/formats.py")


def test_a_slip_in_a_data_file_is_found_when_it_is_loaded(copy: Copy) -> None:
    copy.appends(CATEGORIES, '\n[[category]]\nid = "naga"\nsms_code = "98"\ncolour = "green"\n')
    said = copy.lives("""
        try:
            import core.categories
        except ValueError as slip:
            print(slip)
    """)
    assert said == "naga: colour\n"
