"""The pages as an onion service, in a Tor network of its own on loopback: how soon it is there, how fast it answers.

    python -m benchmarks.onion          (Debian: apt install tor)

One authority, seven relays, the service with deploy/tor/torrc and a client, all Debian's tor; nothing leaves this
machine. Three hops each way are walked, but between neighbours: a real network adds its distances. Told are the seconds
until the first page comes, how many of the pages after it, each of a circuit of its own, came and how fast, and what
was seen on the way: the desk answers 404, and the form of /lacak answers.
"""

import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.resi_process import Resi, free_port

_PAGES = 40
_READY_WITHIN = 120.0
_RELAYS = 7
_TORRC = Path(__file__).parents[1] / "deploy" / "tor" / "torrc"
_OURS = ("HiddenServiceExportCircuitID", "HiddenServiceMaxStreams", "HiddenServiceVersion", "HiddenServiceEnable")
_NETWORK = """
TestingTorNetwork 1
PathsNeededToBuildCircuits 0.67
TestingDirAuthVoteExit *
TestingDirAuthVoteGuard *
TestingDirAuthVoteHSDir *
TestingMinExitFlagThreshold 0
V3AuthNIntervalsValid 2
DirAllowPrivateAddresses 1
EnforceDistinctSubnets 0
AssumeReachable 1
ShutdownWaitLength 0
ContactInfo nobody@resi.test
Log notice file {folder}/log
DataDirectory {folder}
"""
_AUTHORITY = """
AuthoritativeDirectory 1
V3AuthoritativeDirectory 1
V3AuthVotingInterval 20
V3AuthVoteDelay 2
V3AuthDistDelay 2
TestingV3AuthInitialVotingInterval 20
TestingV3AuthInitialVoteDelay 2
TestingV3AuthInitialDistDelay 2
MinUptimeHidServDirectoryV2 0
"""


@dataclass(frozen=True)
class Authority:
    """The one that every other believes; as a line of their settings."""

    folder: Path
    line: str


def _ran(*command: str, given: str = "") -> str:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed list
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stderr[-500:]}")
    return done.stdout


def _relay(name: str) -> str:
    return f"Nickname {name}\nAddress 127.0.0.1\nOrPort 127.0.0.1:{free_port()}\nSocksPort 0\nExitRelay 0\n"


def authority(root: Path) -> Authority:
    """Makes its keys and settings."""
    folder = root / "authority"
    keys = folder / "keys"
    keys.mkdir(parents=True, mode=0o700)
    folder.chmod(0o700)
    orport, dirport = free_port(), free_port()
    made = [f"{flag}{keys}/authority_{name}" for flag, name in (("", "identity_key"), ("", "signing_key"))]
    _ran(
        *("tor-gencert", "--create-identity-key", "--passphrase-fd", "0", "-m", "12", "-a", f"127.0.0.1:{dirport}"),
        *("-i", made[0], "-s", made[1], "-c", f"{keys}/authority_certificate"),
        given="secret\n",
    )
    certificate = (keys / "authority_certificate").read_text()
    ident = re.search(r"^fingerprint ([0-9A-F]{40})", certificate, re.MULTILINE)
    if ident is None:
        raise SystemExit("tor-gencert made no fingerprint")
    said = (
        f"Nickname authority\nAddress 127.0.0.1\nOrPort 127.0.0.1:{orport}\nDirPort 127.0.0.1:{dirport}\nSocksPort 0\n"
    )
    plain = _NETWORK.format(folder=folder) + _AUTHORITY + said
    draft = folder / "torrc"
    placeholder = f"DirAuthority a orport={orport} no-v2 v3ident={ident[1]} 127.0.0.1:{dirport} {'0' * 40}\n"
    draft.write_text(plain + placeholder)
    told = _ran("tor", "--list-fingerprint", "-f", str(draft), "--hush")
    own = "".join(told.strip().splitlines()[-1].split()[1:])
    line = f"DirAuthority a orport={orport} no-v2 v3ident={ident[1]} 127.0.0.1:{dirport} {own}\n"
    draft.write_text(plain + line)
    return Authority(folder, line)


def node(root: Path, name: str, known: Authority, said: str) -> Path:
    """The folder of another one."""
    folder = root / name
    folder.mkdir(mode=0o700)
    (folder / "torrc").write_text(_NETWORK.format(folder=folder) + known.line + said)
    return folder


def service(root: Path, known: Authority, port: int) -> Path:
    """With what deploy/tor/torrc says of limits, at the port of this run."""
    lines = [line for line in _TORRC.read_text(encoding="utf-8").splitlines() if line.startswith(_OURS)]
    hidden = root / "service" / "hidden"
    said = "\n".join([f"HiddenServiceDir {hidden}", f"HiddenServicePort 80 127.0.0.1:{port}", *lines, "SocksPort 0"])
    return node(root, "service", known, f"{said}\n")


@contextmanager
def _running(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    tor = subprocess.Popen(["tor", "-f", str(folder / "torrc"), "--quiet"])  # noqa: S603, S607 - Debian's own
    try:
        yield tor
    finally:
        tor.terminate()
        tor.wait()


def asked(socks: int, name: str, request: bytes, circuit: str) -> bytes:
    """All of one answer, by a circuit that nobody else uses; empty: it did not come."""
    user = circuit.encode()
    with socket.create_connection(("127.0.0.1", socks), timeout=30) as wire:
        wire.sendall(b"\x05\x01\x02")
        wire.recv(2)
        wire.sendall(b"\x01" + bytes([len(user)]) + user + b"\x01x")  # IsolateSOCKSAuth: another name, another circuit
        wire.recv(2)
        host = name.encode()
        wire.sendall(b"\x05\x01\x00\x03" + bytes([len(host)]) + host + (80).to_bytes(2, "big"))
        answer = wire.recv(10)
        if len(answer) < 2 or answer[1]:
            return b""
        wire.sendall(request)
        return b"".join(iter(lambda: wire.recv(65_536), b""))


def _get(path: str, name: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode()


def _tried(socks: int, name: str, request: bytes, circuit: str) -> bytes:
    try:
        return asked(socks, name, request, circuit)
    except OSError:
        return b""


def _first(socks: int, name: str, began: float) -> float:
    number = 0
    while time.monotonic() - began < _READY_WITHIN:
        if b" 200 " in _tried(socks, name, _get("/lacak", name), f"first{number}")[:20]:
            return time.monotonic() - began
        number += 1
        time.sleep(0.5)
    raise SystemExit("the onion service did not come up")


def _status(answer: bytes) -> str:
    return answer[9:12].decode("latin-1") or "none"


def _measured(socks: int, name: str) -> None:
    took = []
    for number in range(_PAGES):
        begun = time.perf_counter()
        if b" 200 " in _tried(socks, name, _get("/lacak", name), f"page{number}")[:20]:
            took.append((time.perf_counter() - begun) * 1000)
    again = []
    for _ in range(_PAGES):
        begun = time.perf_counter()
        if b" 200 " in _tried(socks, name, _get("/lacak", name), "page0")[:20]:
            again.append((time.perf_counter() - begun) * 1000)
    for what, each in (("a new circuit each", took), ("one circuit", again)):
        print(
            f"{what}: {len(each)} of {_PAGES} pages, median {statistics.median(each):.0f}, slowest {max(each):.0f} ms"
        )
    body = b"kode=0000000000000000"
    head = f"POST /lacak HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
    form = f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode() + body
    statuses = [_status(_tried(socks, name, form, f"guess{number // 30}")) for number in range(60)]
    print(f"sixty wrong codes of two circuits: {statuses.count('200')} answered, {statuses.count('429')} told to wait")
    print(f"a third circuit meanwhile: {_status(_tried(socks, name, form, 'third'))}")
    found = {path: _status(_tried(socks, name, _get(path, name), "other")) for path in ("/petugas", "/metrics", "/")}
    print(", ".join(f"{path} {status}" for path, status in found.items()))


def main(arguments: Sequence[str]) -> None:
    """Says so where there is no tor."""
    if arguments or not shutil.which("tor") or not shutil.which("tor-gencert"):
        print("not measured: it needs tor and tor-gencert (Debian: apt install tor)")
        return
    with tempfile.TemporaryDirectory() as folder, ExitStack() as network:
        root, port, socks = Path(folder), free_port(), free_port()
        known = authority(root)
        began = time.monotonic()
        network.enter_context(_running(known.folder))
        for number in range(_RELAYS):
            network.enter_context(_running(node(root, f"relay{number}", known, _relay(f"relay{number}"))))
        own = service(root, known, port)
        network.enter_context(_running(own))
        network.enter_context(_running(node(root, "client", known, f"SocksPort 127.0.0.1:{socks}\n")))
        hostname = own / "hidden" / "hostname"
        while not hostname.exists():
            time.sleep(0.1)
        name = hostname.read_text().strip()
        settings = {"ONION": f"http://{name}", "ONION_LISTEN": f"127.0.0.1:{port}", "LOG_LEVEL": "INFO"}
        with Resi(root / "resi", settings, forked=False) as resi:
            print(f"the first page after {_first(socks, name, began):.0f} s")
            _measured(socks, name)
            print("circuits in Resi's log:", resi.log.read_text().count("onion."))


if __name__ == "__main__":
    main(sys.argv[1:])
