"""A copy of the house in which a recipe of CONTRIBUTING is followed to the letter."""

import shutil
import textwrap
from pathlib import Path

from core.phrases import LANGUAGES
from tests.fakes.bare_interpreter import bare_interpreter

ROOT = Path(__file__).parents[2]
ROOMS = ("app", "bots", "cities", "core", "docs", "storage", "web", "tests/fakes")
PHRASES = Path("core/phrases")


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
