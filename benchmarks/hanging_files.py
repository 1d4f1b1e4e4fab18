"""How long an honest photo waits, from the first byte of its mail to the 250, while three senders hang the cleaning.

Run it by path; `--checkout DIR` measures another version, which must lie there with all that it needs. Each attacker
sends the next hostile file as soon as the last one was answered. Everybody writes from this machine: one path.
"""

import argparse
import io
import random
import smtplib
import statistics
import sys
import tempfile
import threading
import time
from email import policy
from email.message import EmailMessage
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.scrub_speed import photograph
from tests.fakes.resi_process import Resi
from tests.hostile.pdf_files import file_of, stream

US = "lapor@localhost"
STORY = "Lampu jalan mati di depan warung bacadu, kelurahan Tebet Barat, sudah seminggu"
ROUNDS = 20
_WIDE, _DEEP = 30, 6  # 30 to the power of 6 drawings
_FLAT = (9200, 6500)
_SCANS = 64
_X = b" /X 5 0 R "
_GIVEN_UP = 300.0


def endless_document() -> bytes:
    """37 KB: forms that draw forms, on one page; what is random in it keeps it from being packed."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject <<%b>> >> >>"
        % _X,
        stream(b"/X Do " * _WIDE),
    ]
    for depth in range(_DEEP):
        last = depth == _DEEP - 1
        body = (b"0.1 0.2 0.3 rg 0 0 600 800 re f " if last else b"/X Do ") * _WIDE
        inner = b"" if last else b" /Resources << /XObject << /X %d 0 R >> >>" % (6 + depth)
        objects.append(stream(body, b"/Type /XObject /Subtype /Form /BBox [0 0 600 800]" + inner))
    objects.append(stream(random.Random(37).randbytes(35_000), packed=False))
    return file_of(*objects)


def endless_picture() -> bytes:
    """Half a megabyte: 60 megapixels in one colour, and as many passes over them as are taken."""
    out = io.BytesIO()
    Image.new("RGB", _FLAT, (90, 120, 150)).save(out, "JPEG", quality=92, progressive=True)
    data = out.getvalue()
    at = data.rindex(b"\xff\xda")
    return data[:at] + data[at:-2] * (_SCANS - data.count(b"\xff\xda") + 1) + b"\xff\xd9"


class Writers:
    """People who write mails to one service."""

    def __init__(self, resi: Resi) -> None:
        self._resi = resi
        self._numbers = iter(range(10**9))
        self._ended = threading.Event()

    def letter(self, who: str, kind: str, *files: bytes) -> float:
        """Seconds until the answer."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = who, US, "Lampu mati"
        mail["Message-ID"] = f"<{next(self._numbers)}@surat.test>"
        mail.set_content(STORY)
        for data in files:
            mail.add_attachment(data, "application" if kind == "pdf" else "image", kind)
        raw = mail.as_bytes(policy=policy.SMTP)
        began = time.perf_counter()
        with smtplib.SMTP("127.0.0.1", self._resi.mail_port, "pc.test", timeout=_GIVEN_UP) as client:
            client.sendmail(who, [US], raw)
        return time.perf_counter() - began

    def attack(self, who: str, kind: str, data: bytes) -> threading.Thread:
        """One hostile file after the other, until `peace`."""

        def work() -> None:
            while not self._ended.is_set():
                try:
                    self.letter(who, kind, data)
                except (OSError, smtplib.SMTPException):
                    self._ended.wait(0.5)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread

    def peace(self) -> None:
        """No more attacks."""
        self._ended.set()


Attack = tuple[tuple[str, bytes], ...]
"""What each attacker sends: the ending of its kind, and the file."""


def measured(checkout: Path, attack: Attack, rounds: int) -> list[float]:
    """What each photo waited. Each is of somebody else, and comes when the attack has gone on for some seconds."""
    photo, rng = photograph(1), random.Random(4)
    with tempfile.TemporaryDirectory() as folder, Resi(Path(folder), checkout=checkout) as resi:
        writers = Writers(resi)
        writers.letter("dulu@surat.test", "jpeg", photo)  # all is loaded
        for number, (kind, data) in enumerate(attack):
            writers.attack(f"jahat{number}@surat.test", kind, data)
        time.sleep(3 if attack else 0)
        waits = []
        for number in range(rounds):
            waits.append(writers.letter(f"warga{number}@surat.test", "jpeg", photo))
            time.sleep(rng.uniform(0.3, 2.0) if attack else 0.2)
        writers.peace()
        resi.kill()
    return waits


def main() -> None:
    """A line for each attack."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--checkout", type=Path, default=Path(__file__).resolve().parents[1])
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    given = asked.parse_args()
    document, picture = ("pdf", endless_document()), ("jpeg", endless_picture())
    attacks: dict[str, Attack] = {
        "nobody": (),
        "three with a document": (document,) * 3,
        "three with a picture": (picture,) * 3,
        "three with each": (document, picture) * 3,
    }
    print(f"document {len(document[1]) / 1e3:.0f} KB, picture {len(picture[1]) / 1e3:.0f} KB")
    for name, attack in attacks.items():
        waits = sorted(measured(given.checkout, attack, given.rounds))
        middle, late = statistics.median(waits), waits[int(0.95 * (len(waits) - 1))]
        print(f"{name:<24}median {middle:6.2f} s   p95 {late:6.2f} s   most {waits[-1]:6.2f} s", flush=True)


if __name__ == "__main__":
    main()
