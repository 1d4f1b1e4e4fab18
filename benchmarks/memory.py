"""What a service holds after so many messages: python -m benchmarks.memory [MESSAGES [EACH [NAME=VALUE…]]].

A whole `resi run` on SQLite, as anybody runs it, with fakes of Telegram (webhook), Twilio and the relay on loopback. Of
six messages a chat of three, a mail, an SMS and a partner's POST to Open311, each by somebody unknown before: four
reports. After EACH messages (1,000) it is waited until all answers are out, and the processes are looked at: MB that
are resident, shared pages parted among those that share them, and of the first process what no file backs.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

import httpx

from tests.fakes.citizens import Call, WebhookUser
from tests.fakes.patience import until
from tests.fakes.processes import children_of
from tests.fakes.resi_process import Resi
from tests.fakes.wires import Wires, plugged

_AT_ONCE = 16  # who write at the same time
_SIX = 6  # messages, of which four end as reports
_FILED = 4
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PLACE = "kelurahan Tebet Barat"
_TRIES = 100
_USUAL = (100_000, 1_000)  # messages, and after how many of them it is looked

Story = Callable[[], None]


def resident(process: int) -> tuple[float, float]:
    """MB of a process with its part of what it shares, and of that what no file backs."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    named = {name.rstrip(":"): int(value) for name, value, *_ in map(str.split, lines)}
    return named["Pss"] / 1000, named["Pss_Anon"] / 1000


def descendants(process: int) -> Iterator[int]:
    """Its children and theirs."""
    for child in children_of(process):
        yield child
        yield from descendants(child)


class Town:
    """People who write once each, over connections that are kept, and reach any of several processes by turns."""

    def __init__(self, wires: Wires, others: Sequence[Resi] = ()) -> None:
        """Of a service that runs: a partner is added."""
        self._wires = wires
        self._turns = cycle((wires.resi, *others))
        self._partner = wires.resi.command("partners", "add", "kanal", "--channel", "qlue").stdout.split()[-1]
        self._client = httpx.Client(trust_env=False, timeout=60, limits=httpx.Limits(max_connections=_AT_ONCE * 2))

    def stories(self, number: int) -> Iterator[Story]:
        """Of six messages, on each wire one."""
        mark = "".join(_LETTERS[number // 26**at % 26] for at in range(5))
        told = f"Lampu jalan umum mati sudah seminggu, jalan gelap, PJU padam, dekat penanda {mark}"
        yield partial(self._chat, told)
        yield partial(self._mail, f"{told}m, {_PLACE}")
        yield partial(self._sms, f"LAPOR {told}s, {_PLACE}")
        yield partial(self._post, f"{told}o")

    def _chat(self, told: str) -> None:
        person = WebhookUser(self._wires.resi, self._wires.telegram, self._wires.telegram.person())
        for text in (told, _PLACE, "ya"):
            self._handed(person.post(text))

    def _mail(self, told: str) -> None:
        letter = self._wires.mail_user().post(told)
        self._again(lambda: replace(letter, resi=next(self._turns)).hand_over())

    def _sms(self, told: str) -> None:
        self._handed(self._wires.phone().post(told))

    def _post(self, told: str) -> None:
        form = {"api_key": self._partner, "service_code": "pju", "description": told, "address_string": _PLACE}
        body = urlencode(form).encode()
        kind = {"content-type": "application/x-www-form-urlencoded"}
        self._handed(Call("POST", f"{self._wires.resi.root}/open311/v2/requests.json", body, kind))

    def _handed(self, call: Call) -> None:
        def handed() -> bool:
            url = call.url.replace(self._wires.resi.root, next(self._turns).root)
            return self._client.request(call.method, url, content=call.body, headers=call.headers).is_success

        self._again(handed)

    def _again(self, hand_over: Callable[[], bool]) -> None:
        for _ in range(_TRIES):
            if hand_over():
                return
            time.sleep(0.1)
        raise SystemExit("a message that was never acknowledged")


def looked_at(wires: Wires, messages: int, began: float) -> str:
    """A line of the table, when all answers are out and every story is a report."""
    until(lambda: wires.resi.pending() == 0, "an empty outbox", 600)
    if wires.resi.process is None or wires.resi.reports() != messages // _SIX * _FILED:
        raise SystemExit(f"{wires.resi.reports()} reports of {messages} messages")
    first = wires.resi.process.pid
    whole, own = resident(first)
    others = [resident(each)[0] for each in descendants(first)]
    database = sum(each.stat().st_size for each in wires.resi.data.glob("resi.db*")) / 1e6
    told = f"{messages} | {whole:.0f} | {own:.0f} | {sum(others):.0f} in {len(others)} | {database:.0f}"
    return f"| {told} | {time.monotonic() - began:.0f} s |"


def main() -> None:
    """Prints a row each so many messages."""
    settings = dict(each.split("=", 1) for each in sys.argv[1:] if "=" in each)
    numbers = [int(each) for each in sys.argv[1:] if "=" not in each]
    messages, each = (*numbers, *_USUAL[len(numbers) :])
    with tempfile.TemporaryDirectory() as folder, plugged(Path(folder), webhook=True, sms="twilio") as wires:
        wires.resi.forked = False
        wires.resi.settings |= {"LOG_LEVEL": "WARNING", **settings}
        wires.resi.start()
        town = Town(wires)
        print("| messages | the first process, MB | of it no file's | its children | database | after |", flush=True)
        print(looked_at(wires, 0, began := time.monotonic()), flush=True)
        with ThreadPoolExecutor(_AT_ONCE) as people:
            for first in range(0, messages, each):
                sixes = range(first // _SIX, (first + each) // _SIX)
                stories = [story for number in sixes for story in town.stories(number)]
                for done in [people.submit(story) for story in stories]:
                    done.result()
                print(looked_at(wires, (first + each) // _SIX * _SIX, began), flush=True)


if __name__ == "__main__":
    main()
