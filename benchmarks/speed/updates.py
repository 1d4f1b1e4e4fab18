"""Updates posted to Telegram's hook, from the first byte to the 200, beside Starlette that reads the same JSON."""

import http.client
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from benchmarks.speed.target import Target
from benchmarks.speed.turns import ROOT, SHORT
from tests.fakes.patience import until
from tests.fakes.resi_process import Resi, free_port
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_server import TelegramServer

PEOPLE, CONNECTIONS = 240, 16
SECRET = "secret-of-a-benchmark"  # noqa: S105 - it guards nothing
HOOK = "/hooks/telegram"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}


def posted(port: int, bodies: Sequence[str]) -> float:
    """A second, by sixteen connections of a process of its own; each must be answered with 200."""
    given = json.dumps([port, list(bodies)])
    ran = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", __name__, "post"], input=given, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    return float(ran.stdout)


def post(port: int, bodies: Sequence[str]) -> None:
    """Prints how many a second."""

    def work(share: Sequence[str]) -> None:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        for body in share:
            client.request("POST", HOOK, body.encode(), HEADERS)
            answer = client.getresponse()
            answer.read()
            if answer.status != http.client.OK:
                sys.exit(f"an update was answered with {answer.status}")

    began = perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as crowd:
        for _ in crowd.map(work, [bodies[at::CONNECTIONS] for at in range(CONNECTIONS)]):
            pass
    print(len(bodies) / (perf_counter() - began))


def bare(port: int) -> None:
    """Starlette that reads what comes and says yes."""
    import uvicorn  # noqa: PLC0415 - in the process that serves alone
    from starlette.applications import Starlette  # noqa: PLC0415 - likewise
    from starlette.requests import Request  # noqa: PLC0415 - likewise
    from starlette.responses import Response  # noqa: PLC0415 - likewise
    from starlette.routing import Route  # noqa: PLC0415 - likewise

    async def read(request: Request) -> Response:
        await request.json()
        return Response()

    application = Starlette(routes=[Route(HOOK, read, methods=["POST"])])
    uvicorn.run(application, host="127.0.0.1", port=port, log_level="error", access_log=False)


@contextmanager
def bare_service() -> Iterator[int]:
    """Its port."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", __name__, "bare", str(port)], cwd=ROOT)  # noqa: S603 - ourselves
    try:
        until(lambda: _answers(port), "Starlette")
        yield port
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    try:
        http.client.HTTPConnection("127.0.0.1", port, timeout=1).request("GET", "/")
    except OSError:
        return False
    return True


@contextmanager
def service(telegram: TelegramServer) -> Iterator[Resi]:
    """A real `resi run` that Telegram calls."""
    settings = {"TELEGRAM_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.root, "TELEGRAM_WEBHOOK_SECRET": SECRET}
    with (
        tempfile.TemporaryDirectory() as folder,
        Resi(Path(folder), {"LOG_LEVEL": "ERROR", **settings}, forked=False) as resi,
    ):
        yield resi


def updates(telegram: TelegramServer, people: Sequence[Person], text: str) -> list[str]:
    """The same words from each of them."""
    return [json.dumps({"update_id": telegram.api.new_id(), "message": person.message(text=text)}) for person in people]


def measured() -> Iterator[Target]:
    """A choice, a story, and the yes that files it."""
    with TelegramServer() as telegram:
        stories = [telegram.person() for _ in range(PEOPLE)]
        said = {
            "a choice": ("LAPOR", "1"),
            "a story": (SHORT,),
            "the yes that files it": ("ya",),
        }
        with bare_service() as port:
            plain = posted(port, updates(telegram, stories, SHORT))
        choosing = [telegram.person() for _ in range(PEOPLE)]
        with service(telegram) as resi:
            for what, least in (("a choice", 0.25), ("a story", 0.12), ("the yes that files it", 0.12)):
                people = choosing if what == "a choice" else stories
                *before, last = said[what]
                for words in before:
                    posted(resi.web_port, updates(telegram, people, words))
                rate = posted(resi.web_port, updates(telegram, people, last))
                print(f"Telegram, {what}: {rate:.0f}/s; Starlette alone: {plain:.0f}/s")
                if what == "the yes that files it" and resi.reports() != PEOPLE:
                    sys.exit("not every story was filed")
                yield Target(f"Telegram's hook, {what}", rate / plain, least=least, beside="Starlette that reads JSON")


if __name__ == "__main__":
    if sys.argv[1:] == ["post"]:
        post(*json.load(sys.stdin))
    else:
        bare(int(sys.argv[2]))
