"""Adding something takes the edits that CONTRIBUTING promises: a toy of each, in a copy of the house, works."""

import json
import re
import tomllib
from pathlib import Path

from core.categories import FALLBACK, GROUPS, leaves
from tests.fakes.recipe_copy import PHRASES, ROOT, Copy

CITY_PHRASES = Path("cities/jakarta/phrases")
CATEGORIES = Path("cities/jakarta/categories.toml")
MOST_LEAVES = 8  # of a group, beside the fallback


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
