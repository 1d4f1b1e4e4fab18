"""A real Postfix of the test's own: its queue, its port, and the lines of docs/operating.md as they stand there."""

import re
import shutil
import smtplib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.own_programs import needs, open_folder
from tests.fakes.patience import until
from tests.fakes.resi_process import free_port

_GUIDE = Path(__file__).parents[2] / "docs" / "operating.md"
_DAEMONS = "/usr/lib/postfix/sbin"
# What any Postfix has; no chroot, and the world is one server that the test listens at.
_MAIN = """\
compatibility_level = 3.6
command_directory = /usr/sbin
daemon_directory = {daemons}
queue_directory = {folder}/queue
data_directory = {folder}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
myhostname = mx.kota.example
smtputf8_enable = yes
smtpd_peername_lookup = no
default_transport = smtp:[127.0.0.1]:{world}
"""
_SERVICES = """\
{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
showq unix n - n - - showq
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def snippet(after: str) -> str:
    """The indented lines of the guide's page on Postfix that follow those words."""
    page = _GUIDE.read_text(encoding="utf-8").partition("## Mail with Postfix in front")[2].partition("\n## ")[0]
    lines = page.partition(after)[2].lstrip("\n").splitlines()
    end = next(at for at, line in enumerate(lines) if line and not line.startswith("    "))
    return "\n".join(line.strip() for line in lines[:end]).strip() + "\n"


def main_lines(resi_port: int) -> str:
    """What the guide says for main.cf, with the port of this service for the usual one."""
    return snippet("Postfix has:\n").replace(":8025}", f":{resi_port}}}")


def settings(resi_port: int, postfix_port: int) -> dict[str, str]:
    """What the guide says for Resi, likewise; names without RESI_."""
    pairs = re.findall(r"^RESI_([A-Z_]+)=(.+)$", snippet("and in Resi:\n"), re.MULTILINE)
    told = {"127.0.0.1:8025": f"127.0.0.1:{resi_port}", "smtp://127.0.0.1:25": f"smtp://127.0.0.1:{postfix_port}"}
    return {name: told.get(value, value) for name, value in pairs}


@dataclass
class PostfixServer:
    """`port`: where the world and Resi hand mail over."""

    folder: Path
    port: int

    def says(self) -> str:
        """Its log."""
        path = self.folder / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def waiting(self) -> int:
        """Mails in its queue."""
        return len(self.run("postqueue", "-j").stdout.splitlines())

    def try_again(self) -> None:
        """What waits is tried now."""
        self.run("postqueue", "-f")

    def run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        """One of Postfix's commands, about this instance."""
        command = (f"/usr/sbin/{program}", "-c", str(self.folder / "etc"), *words)
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - our own words

    def greets(self) -> bool:
        """Whether its port is answered."""
        try:
            with smtplib.SMTP("127.0.0.1", self.port, timeout=10) as client:
                return client.noop()[0] == 250
        except OSError:
            return False


@contextmanager
def postfix(resi_port: int, world: int) -> Iterator[PostfixServer]:
    """In front of Resi's port, with the world at another; Postfix has to be started by root."""
    needs("postfix", "/usr/sbin/postfix", f"{_DAEMONS}/master")
    with open_folder() as folder:
        server = PostfixServer(folder, free_port())
        for name in ("etc", "queue", "data"):
            (folder / name).mkdir(mode=0o755)
        shutil.chown(folder / "data", "postfix")
        main = _MAIN.format(daemons=_DAEMONS, folder=folder, world=world) + main_lines(resi_port)
        (folder / "etc" / "main.cf").write_text(main, encoding="utf-8")
        (folder / "etc" / "master.cf").write_text(_SERVICES.format(port=server.port), encoding="utf-8")
        server.run("postfix", "start")
        try:
            until(server.greets, "a Postfix that greets")
            yield server
        finally:
            server.run("postfix", "stop")
