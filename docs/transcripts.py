"""The conversations of our pages, spoken by the code itself: `python -m docs.transcripts PAGE...` puts them there."""  # noqa: INP001 - a page that runs, not a package

import io
import sys
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

from rich.console import Console

from bots.channels import channel
from bots.mail.compose import compose
from bots.mail.envelope import envelope_of as mail_envelope
from bots.mail.setup import setup_of
from bots.terminal import envelope_of as typed_envelope
from bots.terminal.send import show
from core import delivery, intake
from core.messages import Address, Envelope, Incoming, Outgoing
from core.phrases import gsm7
from tests.fakes.town import Town

WIDTH = 96  # columns of what is shown
_MARGIN = 7
_HEADERS = ("From", "To", "Reply-To", "Subject", "In-Reply-To", "Auto-Submitted")
_MAIL = """\
From: Budi Santoso <budi@warga.example>
To: lapor@kota.example
Subject: Got mampet di depan SDN 01
Message-ID: <pagi-ini@warga.example>

Selamat pagi, got di depan SDN 01 Kelurahan Tebet Barat mampet,
airnya naik ke jalan setiap hujan.

Salam, Budi Santoso, 0812-3456-7890
"""


class _Stage:
    """One town with a fixed random source and a fixed clock, and one citizen who speaks to it by one channel."""

    def __init__(self, seed: int, lang: str = "id") -> None:
        self._town = Town(lang=lang, seed=seed, proved=())
        self._citizen = Address("somebody")

    def envelope(self, name: str) -> Envelope:
        """An empty message by that channel."""
        return Envelope(name, self._citizen, self._town.next_id())

    def terminal(self, line: str, profile: str) -> Envelope:
        """A line typed into `resi chat`, which speaks with the profile of another channel."""
        profiles = dict(self._town.context.profiles)
        self._town.context = replace(
            self._town.context, profiles=profiles | {"terminal": channel(profile).profile.with_proved_senders()}
        )
        return typed_envelope(line, self._citizen, self._town.next_id())

    def answer(self, envelope: Envelope) -> Outgoing:
        """One turn in, one message out."""
        now, store, context = self._town.clock.now(), self._town.store, self._town.context
        store.run(lambda tx: intake.message(tx, Incoming(envelope), now, context))
        (ready,) = store.run(lambda tx: delivery.claim(tx, now, 1, context))
        store.run(lambda tx: delivery.sent(tx, ready.delivery, "", now, context))
        return ready.outgoing


def _beside(name: str, text: str) -> str:
    gap = "\n" + " " * _MARGIN
    return f"{name:<{_MARGIN}}" + _folded(text, WIDTH - _MARGIN).replace("\n", gap)


def _folded(text: str, width: int = WIDTH) -> str:
    """The same words in lines that a page can show."""
    return "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in text.splitlines()
    )


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def terminal(lines: Sequence[str] = ("The street lamp in front of Puskesmas Kebon Baru is broken", "1", "1")) -> str:
    """`resi chat --lang en`."""
    stage, page = _Stage(seed=7, lang="en"), io.StringIO()
    console = Console(file=page, width=WIDTH, highlight=False, color_system=None)
    profile = channel("telegram").profile
    for line in lines:
        page.write(f"> {line}\n")
        said = stage.answer(stage.terminal(line, "telegram"))
        show(console, said.text, said.options, profile)
    return page.getvalue()


def telegram() -> str:
    """A story, one button, a code."""
    stage = _Stage(seed=8)
    story = "lampu jalan depan puskesmas kebon baru mati sdh seminggu. saya Budi, 0812-3456-7890"
    told, said = [_beside("WARGA", story)], stage.answer(replace(stage.envelope("telegram"), text=story))
    while said.options:
        buttons = "  ".join(f"[ {option.label} ]" for option in said.options)
        first = said.options[0]
        told += [_beside("RESI", f"{said.text}\n{buttons}"), _beside("WARGA", f"({first.label})")]
        said = stage.answer(replace(stage.envelope("telegram"), choice=first.id, revision=said.revision))
    return "\n".join([*told, _beside("RESI", said.text)])


def sms() -> str:
    """One SMS files, one corrects, one asks."""
    stage, told, code = _Stage(seed=9), [], ""
    for words in ("LAPOR lampu jalan mati di Tebet Timur dekat pasar", "CEK {code}"):
        text = words.format(code=code)
        said = stage.answer(replace(stage.envelope("sms"), text=text)).text
        code = code or said.removeprefix("Kode ").partition(".")[0]
        told += [_beside("WARGA", text), _beside("RESI", f"{said}\n({gsm7.septets(said)} of 160 characters)")]
    return "\n".join(told)


def mail() -> str:
    """One mail in, one mail out, as it goes to the relay."""
    setup = setup_of({"MAIL_ADDRESS": "lapor@kota.example"})
    envelope = mail_envelope(_MAIL.encode(), "budi@warga.example", setup)
    if envelope is None:
        raise AssertionError("a person's mail is read")
    sent = message_from_bytes(compose(_Stage(seed=10).answer(envelope), setup.address, setup.domain))
    body = sent.get_payload(decode=True)
    words = body.decode() if isinstance(body, bytes) else ""
    heads = "\n".join(f"{name}: {sent[name]}" for name in _HEADERS)
    return f"{_MAIL}\n{'- ' * 20}\n{heads}\n\n{_folded(words)}"


CONVERSATIONS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("terminal", terminal),
    ("telegram", telegram),
    ("sms", sms),
    ("mail", mail),
)


def blocks() -> dict[str, str]:
    """A Markdown block for each conversation, by name; a page has it between markers of that name."""
    return {name: f"```text\n{_tidy(spoken())}\n```" for name, spoken in CONVERSATIONS}


def put_into(page: Path) -> None:
    """Replaces what stands between the markers of each conversation that the page has."""
    text = page.read_text(encoding="utf-8")
    for name, block in blocks().items():
        head, begin, rest = text.partition(f"<!-- transcript {name} -->\n")
        if begin:
            text = head + begin + block + "\n" + rest[rest.index("<!-- end -->") :]
    page.write_text(text, encoding="utf-8")


def main() -> None:
    """Prints them all, or puts them into the pages that are named."""
    for page in sys.argv[1:]:
        put_into(Path(page))
    if len(sys.argv) == 1:
        sys.stdout.writelines(f"{block}\n\n" for block in blocks().values())


if __name__ == "__main__":
    main()
