"""Who reaches a code, and in how many messages: simulated citizens with habits talk to the core, without a wire.

Run: python benchmarks/talk.py               prints the tables that docs/talk.md holds
     python benchmarks/talk.py --worst 10    prints the longest and most misunderstood dialogues
"""

import random
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.categories import category  # noqa: E402 - run as a script, the root must be on the path first
from core.messages import Option  # noqa: E402 - as above
from core.model import CategoryId, Report  # noqa: E402 - as above
from core.phrases import LANGUAGES, gsm7, phrase, terse_of  # noqa: E402 - as above
from tests.fakes.town import Citizen, Told, Town  # noqa: E402 - as above

SEED = 2107
MOST = 12  # messages after which somebody gives up
CHANNELS = ("telegram", "sms", "mail")
UNREAD = ("not_understood", "choices_help", "idle_help", "stale", "filed_help", "thread_help")
WORDS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody writes; see the table."""

    name: str
    share: tuple[int, int, int]
    opens: tuple[str, ...]
    answers: str = "press"
    says: dict[str, str] = field(default_factory=dict)
    nonsense: dict[str, str] = field(default_factory=dict)
    after: tuple[str, ...] = ()
    again: str = ""


@dataclass(slots=True)
class Talk:
    """One dialogue: who said what, what went wrong, and what was filed."""

    channel: str
    habit: str
    lines: list[str] = field(default_factory=list)
    sent: int = 0
    code: bool = False
    trouble: Counter[str] = field(default_factory=Counter)


TABLE = tomllib.loads((ROOT / "benchmarks" / "talk.toml").read_text(encoding="utf-8"))


def habits() -> tuple[Habit, ...]:
    """In the order of the table."""
    return tuple(
        Habit(
            **{**row, "share": tuple(row["share"]), "opens": tuple(row["opens"]), "after": tuple(row.get("after", ()))}
        )
        for row in TABLE["habit"]
    )


def stories() -> list[dict[str, str]]:
    """What is reported."""
    return [
        dict(zip(("category", "place", "near", "text", "slang", "en"), row, strict=True))
        for row in TABLE["stories"]["rows"]
    ]


def _says(text: str, key: str) -> bool:
    """Whether a reply holds a phrase, in whatever language and form."""
    forms = {form for lang in LANGUAGES for form in (phrase(key, lang), terse_of(key, lang))}
    return any(form and (form in text or gsm7.plain(form) in text) for form in forms)


def _step(told: Told) -> str:
    """What a reader takes the question for."""
    ids = [option.id for option in told.options]
    for step, mark in (
        ("summary", "send"),
        ("change", "text"),
        ("photo_place", "use"),
        ("doubt", "close"),
        ("resume", "resume"),
    ):
        if mark in ids:
            return step
    for step, kind in (("group", "g:"), ("which_place", "a:"), ("category", "c:")):
        if any(each.startswith(kind) for each in ids):
            return step
    if any(_says(told.text, key) for key in ("ask_place", "ask_place_optional", "ask_area", "ask_area_point")):
        return "place"
    if any(
        _says(told.text, key) for key in ("ask_story", "ask_story_photo", "ask_story_again", "idle_help", "cancelled")
    ):
        return "story"
    return "attribute" if "skip" in ids else "?"


class Player:
    """Plays one citizen until a code, or until they give up."""

    def __init__(self, channel: str, habit: Habit, story: dict[str, str], rng: random.Random) -> None:
        self.town = Town(seed=rng.randrange(1 << 30))
        self.who: Citizen = self.town.citizen(channel)
        self.habit, self.story = habit, story
        self.left = dict(habit.says)
        self.nonsense = dict(habit.nonsense)
        self.talk = Talk(channel, habit.name)

    def play(self) -> Talk:
        """The whole dialogue, and what came of it."""
        told = Told("")
        for message in self._opening():
            told = self._send(message)
            if told.code:
                break
        while not told.code and self.talk.sent < MOST:
            told = self._answer(told)
        self.talk.code = bool(told.code)
        if told.code:
            self._judge(self.town.reports[-1])
            self._take_leave()
        else:
            self.talk.trouble["no code"] += 1
        return self.talk

    def _opening(self) -> tuple[str, ...]:
        opens = tuple(self._filled(each) for each in self.habit.opens)
        if self.talk.channel != "mail":
            return opens
        photo = "(photo) " if opens[0] == "(photo)" else ""
        return (photo + "\n".join(each for each in opens if each != "(photo)"),)

    def _filled(self, text: str) -> str:
        upper = {key.upper(): value.upper() for key, value in self.story.items()}
        return text.format(**self.story, **upper)

    def _send(self, text: str, *, sensible: bool = True, quiet: bool = False) -> Told:
        self.talk.sent += not quiet
        in_thread = self.talk.channel == "mail" and self.talk.sent > 1
        if text.startswith("(photo)"):
            told = self.who.sends_photo(text.removeprefix("(photo)").strip())
        else:
            told = self.who.writes(text, in_thread=in_thread)
        return self._heard(text, told, sensible=sensible)

    def _heard(self, text: str, told: Told, *, sensible: bool) -> Told:
        labels = " | ".join(option.label for option in told.options)
        self.talk.lines += [f"> {text}", f"  {told.text}" + (f" [{labels}]" if labels else "")]
        if not told.text:
            self.talk.trouble["silence"] += 1
        if sensible:
            self.talk.trouble.update(key for key in UNREAD if _says(told.text, key))
        return told

    def _answer(self, told: Told) -> Told:
        step = _step(told)
        if step in self.nonsense:
            return self._send(self.nonsense.pop(step), sensible=False)
        if step in self.left:
            return self._send(self.left.pop(step))
        if step == "story":
            return self._send(self._filled(self.habit.again or "{text} di {near}, kelurahan {place}"))
        if step == "place":
            exact = any(_says(told.text, key) for key in ("ask_area", "ask_area_point"))
            return self._send(self._filled("kelurahan {place}" if exact else "{near}, {place}"))
        option = self._wanted(told)
        if option is None:
            self.talk.trouble["question not known"] += 1
            return self._send(self._filled("{text} di {near}, kelurahan {place}"))
        return self._choose(told, option)

    def _wanted(self, told: Told) -> Option | None:
        truth = CategoryId(self.story["category"])
        exact = (f"c:{truth}", f"g:{category(truth).group}")
        for option in told.options:
            if option.id in exact or (
                option.id.startswith("a:") and self.story["place"].lower() in option.label.lower()
            ):
                return option
        for wanted in ("send", "category", "resume", "ignore", "close", "more", "other", "back", "skip"):
            for option in told.options:
                if option.id == wanted:
                    return option
        return None

    def _is_there(self, name: str) -> bool:
        return self.story["place"].replace(" ", "").lower() in name.replace(" ", "").lower()

    def _choose(self, told: Told, option: Option) -> Told:
        at = told.options.index(option)
        if self.habit.answers == "press" and self.talk.channel == "telegram":
            self.talk.sent += 1
            return self._heard(f"[{option.label}]", self.who.presses(option.label), sensible=True)
        ways = {
            "word": WORDS[at] if at < len(WORDS) else str(at + 1),
            "polite": f"yang {option.label.lower()} pak",
            "english": "yes" if option.id == "send" else f"the {ORDINALS[at]} one",
        }
        return self._send(ways.get(self.habit.answers, str(at + 1)))

    def _judge(self, report: Report) -> None:
        self.talk.trouble["other category"] += report.category != self.story["category"]
        told_place = any("{place}" in each or "{PLACE}" in each for each in self.habit.opens)
        if report.place.area is None:
            self.talk.trouble["no place"] += told_place or self.talk.channel == "telegram"
        else:
            self.talk.trouble["other place"] += not self._is_there(report.place.name)

    def _take_leave(self) -> None:
        for message in self.habit.after:
            self._send(message, quiet=True)
        dialogue = self.who.dialogue
        drafting = dialogue is not None and bool(dialogue.draft.text)
        self.talk.trouble["farewell taken for a report"] += len(self.town.reports) > 1 or drafting


def population() -> Iterator[Talk]:
    """Every citizen of the table, always the same."""
    rng = random.Random(SEED)
    told = stories()
    for habit in habits():
        for channel, count in zip(CHANNELS, habit.share, strict=True):
            for _ in range(count):
                yield Player(channel, habit, rng.choice(told), rng).play()


def noise() -> Iterator[tuple[str, str, str, str]]:
    """Kind, channel, message, and what became of it: answered, asked on as a report, filed or silence."""
    for kind, messages in TABLE["noise"].items():
        for channel, message in ((each, text) for text in messages for each in CHANNELS):
            town = Town()
            who = town.citizen(channel)
            told = who.writes(message)
            drafted = who.dialogue is not None and bool(who.dialogue.draft.text)
            fate = "filed" if town.reports else "taken for a report" if drafted else "answered"
            yield kind, channel, message, fate if told.text else "silence"


def tables(talks: list[Talk]) -> str:
    """Markdown."""
    rows = ["| channel | citizens | reach a code | messages, median | 95 % within |", "|---|---|---|---|---|"]
    for channel in CHANNELS:
        of = [talk for talk in talks if talk.channel == channel]
        sent = [talk.sent for talk in of if talk.code]
        share = f"{len(sent)} ({len(sent) / len(of):.1%})"
        rows.append(f"| {channel} | {len(of)} | {share} | {median(sent):g} | {quantiles(sent, n=20)[18]:.0f} |")
    done = sum(talk.code for talk in talks)
    rows += [f"| **all** | {len(talks)} | {done} ({done / len(talks):.1%}) | | |", ""]
    trouble = sum((talk.trouble for talk in talks), Counter[str]())
    rows += ["| misunderstanding | times |", "|---|---|"]
    rows += [f"| {kind} | {count} |" for kind, count in sorted(trouble.items(), key=lambda each: -each[1]) if count]
    fates = Counter((kind, fate) for kind, _, _, fate in noise())
    names = ("answered", "taken for a report", "filed", "silence")
    rows += ["", f"| no report | {' | '.join(names)} |", "|---" * 5 + "|"]
    kinds = dict.fromkeys(kind for kind, _ in fates)
    rows += [f"| {kind} | {' | '.join(str(fates[kind, name]) for name in names)} |" for kind in kinds]
    return "\n".join(rows)


def main() -> None:
    """Print the tables, or the worst dialogues."""
    talks = list(population())
    if "--worst" in sys.argv:
        bad = sorted(talks, key=lambda talk: (talk.code, -talk.trouble.total(), -talk.sent))
        for talk in bad[: int(sys.argv[-1])]:
            print(f"\n== {talk.channel}, {talk.habit}: {dict(+talk.trouble)}", *talk.lines, sep="\n")
        for each in noise():
            print(*each, sep=" | ")
        return
    print(tables(talks))


if __name__ == "__main__":
    main()
