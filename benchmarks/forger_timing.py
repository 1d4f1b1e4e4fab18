"""What a forger's stopwatch tells: answers to mails in the name of reporters, beside those in the name of strangers.

    python -m benchmarks.forger_timing

One service, SMTP on loopback. Half of the addresses reported before; mails are then forged in the name of one of each
half by turns, from a connection that stands. Told are both medians, from the first byte to 250, and how often the
reporter's mail of a pair took longer: 0.50 is chance, and what two in a thousand pairs by chance exceed stands behind.
"""

import random
import smtplib
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from tests.fakes.citizens import OURS
from tests.fakes.patience import until
from tests.fakes.wires import Wires, plugged

PAIRS = 300
WARM = 20
EACH = 50
KEPT = 250
HOLE = "Jalan berlubang besar di kelurahan Tebet Timur, sudah seminggu begitu"
FORGED = {
    "1, in a thread that never was": ("1", True),
    "an answer": ("Di depan warung sebelah pos ronda, sejak hari Senin", True),
    "the same story": (HOLE, False),
    "another story": ("Lampu jalan mati di kelurahan Tebet Timur sejak minggu lalu", False),
}


def mail(sender: str, text: str, number: int, *, invented: bool) -> bytes:
    """As a forger writes it."""
    thread = f"In-Reply-To: <resi.{'a' * 26}@kota.test>\r\n" if invented else ""
    head = f"From: {sender}\r\nTo: {OURS}\r\nMessage-ID: <{number}.{random.getrandbits(40):x}@pc.test>\r\n{thread}"
    return f"{head}\r\n{text} ({number})\r\n".encode()


def seconds(client: smtplib.SMTP, sender: str, raw: bytes) -> float:
    """From the first byte to the answer."""
    client.mail(sender)
    client.rcpt(OURS)
    client.docmd("DATA")
    begun = time.perf_counter()
    client.send(raw + b".\r\n")  # at once: a second small packet would wait for the first one's receipt
    code, _ = client.getreply()
    took = time.perf_counter() - begun
    if code != KEPT:
        raise SystemExit(f"answered {code}")
    return took


def pairs(wires: Wires, client: smtplib.SMTP, text: str, *, invented: bool) -> Iterator[tuple[float, float]]:
    """Reporter's and stranger's, in an order of chance; each address is used once."""
    for number in range(PAIRS):
        both = [f"pelapor{number}@surat.test", f"lain{number}@surat.test"]
        order = random.sample(both, 2)
        took = {sender: seconds(client, sender, mail(sender, text, number, invented=invented)) for sender in order}
        if number % EACH == EACH - 1:  # so that what is sent does not weigh on the last pairs
            until(lambda: not wires.resi.pending(), "an empty outbox")
        yield took[both[0]], took[both[1]]


def told(name: str, found: Sequence[tuple[float, float]]) -> str:
    """A line."""
    reporters, strangers = zip(*found, strict=True)
    longer = sum(first > second for first, second in found) / len(found)
    chance = 3.1 * 0.5 / len(found) ** 0.5
    medians = f"{statistics.median(reporters) * 1000:6.2f} {statistics.median(strangers) * 1000:6.2f} ms"
    return f"{name:32} {medians}   longer {longer:.2f}   chance {0.5 - chance:.2f} to {0.5 + chance:.2f}"


def main() -> None:
    """Prints as it goes."""
    with tempfile.TemporaryDirectory() as folder, plugged(Path(folder), webhook=False, sms="kannel") as wires:
        wires.resi.start()
        with closing(smtplib.SMTP("127.0.0.1", wires.resi.mail_port, "pc.test")) as client:
            client.ehlo()
            for number in range(PAIRS):
                sender = f"pelapor{number}@surat.test"
                seconds(client, sender, mail(sender, HOLE, number, invented=False))
            until(lambda: not wires.resi.pending(), "an empty outbox")
            print(f"{'forged':32} reporter stranger")
            for name, (text, invented) in FORGED.items():
                print(told(name, list(pairs(wires, client, text, invented=invented))[WARM:]), flush=True)


if __name__ == "__main__":
    main()
