"""A real Kannel of the test's own: deploy/kannel/kannel.conf filled in, bearerbox, smsbox, and its fake SMSC.

Its fake SMSC is a line of words over TCP, which Kannel's own fakesmsc speaks and `Phones` too: sender, receiver, kind,
text. What bearerbox hands to that wire counts as delivered, and a receipt is made of it.
"""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote_plus, unquote_to_bytes

from tests.fakes.own_programs import needs, open_folder, running
from tests.fakes.patience import until
from tests.fakes.resi_process import free_port

SECRET, USERNAME, PASSWORD = "0123456789abcdef", "resi", "a-password-of-the-test"
_CONF = Path(__file__).parents[2] / "deploy" / "kannel" / "kannel.conf"
_BEARERBOX, _SMSBOX = "/usr/sbin/bearerbox", "/usr/sbin/smsbox"


@dataclass(frozen=True, slots=True)
class Got:
    """An SMS as a phone shows it."""

    sender: str
    to: str
    text: str


@dataclass
class Phones:
    """Every phone behind the SMSC, on one connection."""

    wire: socket.socket
    got: list[Got] = field(default_factory=list)

    def write(self, sender: str, to: str, text: str) -> None:
        """Sends an SMS; what is not ASCII goes as UCS-2, as phones do it."""
        if text.isascii():
            line = f"{sender} {to} text {text}\n"
        else:
            line = f"{sender} {to} ucs2 {quote_plus(text.encode('utf-16-be'))}\n"
        self.wire.sendall(line.encode())

    def heard(self, number: str) -> list[Got]:
        """What came for one number, oldest first."""
        return [each for each in tuple(self.got) if each.to == number]

    def listen(self) -> None:
        """Until the connection ends."""
        with self.wire.makefile("rb") as lines:
            for line in lines:
                sender, to, kind, text = (*line.rstrip(b"\n").split(b" ", 3), b"")[:4]
                data = text if kind == b"text" else unquote_to_bytes(text.replace(b"+", b" "))
                said = data.decode("utf-16-be" if kind.startswith(b"ucs") else "utf-8", "replace")
                self.got.append(Got(sender.decode(), to.decode(), said))


@dataclass
class Kannel:
    """`send_url`: for RESI_KANNEL_SEND_URL."""

    folder: Path
    admin: int
    box: int
    sendsms: int
    smsc: int

    def settings(self, numbers: str) -> dict[str, str]:
        """The channel's settings that lead here, without RESI_."""
        return {
            "SMS_PROVIDER": "kannel",
            "KANNEL_SEND_URL": f"http://127.0.0.1:{self.sendsms}/cgi-bin/sendsms",
            "KANNEL_USERNAME": USERNAME,
            "KANNEL_PASSWORD": PASSWORD,
            "KANNEL_FROM": numbers,
            "KANNEL_SECRET": SECRET,
        }

    def logs(self) -> str:
        """All that it wrote, of both programs."""
        paths = sorted((self.folder / "log").glob("*.log"))
        return "".join(path.read_text(encoding="utf-8", errors="replace") for path in paths)

    def write_conf(self, public_url: str) -> Path:
        """The configuration of deploy/, with ports and folders of this test, and the fake SMSC of its README."""
        before, _, rest = _CONF.read_text(encoding="utf-8").partition("group = smsc\n")
        after = rest.partition("group = smsbox\n")[2]
        smsc = f"group = smsc\nsmsc = fake\nsmsc-id = OPERATOR\nport = {self.smsc}\nconnect-allow-ip = 127.0.0.1\n\n"
        told: Mapping[str, str] = {
            "<ADMIN_PASSWORD>": PASSWORD,
            "<PUBLIC_URL>": public_url,
            "<KANNEL_SECRET>": SECRET,
            "<KANNEL_USERNAME>": USERNAME,
            "<KANNEL_PASSWORD>": PASSWORD,
            "/var/log/kannel": str(self.folder / "log"),
            "/var/spool/kannel": str(self.folder / "spool"),
            "= 13000\n": f"= {self.admin}\n",
            "= 13001\n": f"= {self.box}\n",
            "= 13013\n": f"= {self.sendsms}\n",
        }
        filled = f"{before}{smsc}group = smsbox\n{after}"
        for old, new in told.items():
            assert old in filled, old
            filled = filled.replace(old, new)
        path = self.folder / "kannel.conf"
        path.write_text(filled, encoding="utf-8")
        return path


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False


@contextmanager
def kannel() -> Iterator[Kannel]:
    """Its folder and ports; it runs within `boxes`."""
    needs("kannel", _BEARERBOX, _SMSBOX)
    with open_folder() as folder:
        (folder / "log").mkdir()
        (folder / "spool").mkdir(mode=0o700)
        yield Kannel(folder, *(free_port() for _ in range(4)))


@contextmanager
def boxes(kannel: Kannel, public_url: str) -> Iterator[Phones]:
    """Both boxes, and phones that are connected to the SMSC; `public_url`: where smsbox calls Resi."""
    conf = str(kannel.write_conf(public_url))
    with ExitStack() as stack:
        said = kannel.folder / "log" / "standard-error.log"
        stack.enter_context(running(_BEARERBOX, "-v", "4", conf, log=said))
        until(lambda: _answers(kannel.admin), "a bearerbox")
        stack.enter_context(running(_SMSBOX, "-v", "4", conf, log=said))
        until(lambda: _answers(kannel.sendsms), "an smsbox")
        # The first connection is kept: the fake SMSC takes one at a time, and is slow to take the next.
        [wire] = until(lambda: _connected(kannel.smsc), "the fake SMSC")
        stack.callback(wire.close)
        phones = Phones(wire)
        listening = threading.Thread(target=phones.listen, name="phones", daemon=True)
        listening.start()
        stack.callback(lambda: wire.shutdown(socket.SHUT_RDWR))
        yield phones


def _connected(port: int) -> list[socket.socket]:
    try:
        return [socket.create_connection(("127.0.0.1", port))]
    except OSError:
        return []
