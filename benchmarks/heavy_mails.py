"""What it takes to read the worst mails of the largest size: python -m benchmarks.heavy_mails [BYTES]."""

import sys
import time

from bots.mail.envelope import envelope_of
from bots.mail.setup import setup_of
from tests.fakes.heavy_mails import heavy

_SHOWN = 15


def main() -> None:
    """Seconds of the processor, the slowest sorts first."""
    setup = setup_of({"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"})
    took = []
    for name, raw in heavy(int(sys.argv[1]) if sys.argv[1:] else setup.max_bytes):
        began = time.process_time()
        envelope_of(raw, "budi@warga.test", setup)
        took.append((time.process_time() - began, name))
    print(f"{len(took)} sorts, together {sum(seconds for seconds, _ in took):.1f} s")
    for seconds, name in sorted(took, reverse=True)[:_SHOWN]:
        print(f"  {seconds:6.2f} s  {name}")


if __name__ == "__main__":
    main()
