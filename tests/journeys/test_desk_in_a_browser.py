"""A report handled from a browser alone: first login, plan, result with its photo; and what nothing writes down."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

import httpx
import pyotp
import pytest

from tests.fakes.citizens import code_in
from tests.fakes.desk import DeskServices
from tests.fakes.office import form_token
from tests.fakes.offices import photo
from tests.fakes.patience import PATIENCE, until
from tests.fakes.wires import Wires, plugged
from tests.journeys.test_handled import hears

pytestmark = pytest.mark.journey
ROOT = "/petugas"
KELURAHAN = "kel:31.74.01.1001"
OWN = "kata sandi lurah sendiri"


@pytest.fixture(scope="module")
def wires(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wires]:
    with plugged(tmp_path_factory.mktemp("browser"), webhook=False, sms="twilio") as plugged_in:
        plugged_in.resi.start()
        yield plugged_in


class Person:
    """Somebody in front of a browser that follows links of ours."""

    def __init__(self, root: str) -> None:
        self._client = httpx.Client(base_url=root, trust_env=False, timeout=PATIENCE, follow_redirects=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def opens(self, path: str) -> httpx.Response:
        return self._client.get(path)

    def sends(self, page: str, path: str, form: dict[str, str], picture: Path | None = None) -> httpx.Response:
        html = self.opens(page).text
        version = re.search(r'name="versi" value="(\d+)"', html)
        hidden = {"csrf": form_token(html)} | ({"versi": version.group(1)} if version else {})
        files = {"photo": ("IMG_1.jpg", picture.read_bytes(), "image/jpeg")} if picture else None
        return self._client.post(path, data=hidden | form, files=files)

    def logs_in(self, name: str, password: str) -> httpx.Response:
        return self.sends(f"{ROOT}/masuk", f"{ROOT}/masuk", {"nama": name, "sandi": password})

    def does(self, number: str, act: str, form: dict[str, str], picture: Path | None = None) -> str:
        page = f"{ROOT}/laporan/{number}"
        answer = self.sends(page, f"{page}/{act}", form, picture)
        assert answer.status_code == 200, answer.text
        return answer.text


def test_a_report_is_handled_from_a_browser_and_no_secret_of_it_is_written_down(wires: Wires, tmp_path: Path) -> None:
    desk = DeskServices(wires.resi)
    given = {"lurah": desk.hire("lurah", KELURAHAN), "biro": desk.hire("biro", "biro_pemerintahan", "biro")}
    citizen = wires.mail_user()
    citizen.post("Lampu jalan mati di kelurahan Tebet Timur sejak tiga malam", "Lampu").hand_over()
    code = code_in(until(citizen.heard, "a code")[0])

    root = wires.resi.root
    with Person(root) as lurah, Person(root) as biro, Person(root) as again:
        assert "Ganti kata sandi" in lurah.logs_in("lurah", given["lurah"]).text
        changed = {"lama": given["lurah"], "baru": OWN, "lagi": OWN}
        front = lurah.sends(f"{ROOT}/akun/sandi", f"{ROOT}/akun/sandi", changed).text
        (number,) = set(re.findall(r"/petugas/laporan/(R\w{8})", front))
        biro.logs_in("biro", given["biro"])
        own = f"{OWN} biro"
        biro.sends(f"{ROOT}/akun/sandi", f"{ROOT}/akun/sandi", {"lama": given["biro"], "baru": own, "lagi": own})

        step = f"{ROOT}/akun/langkah-dua"
        key = re.findall(r'<b class="number">([A-Z2-7 ]+)</b>', biro.opens(step).text)[0].replace(" ", "")
        now = pyotp.TOTP(key).now()
        codes = re.findall(r'<li class="number">([a-z2-7-]+)</li>', biro.sends(step, step, {"kode": now}).text)
        assert len(codes) == 10
        assert "kode enam angka" in again.logs_in("biro", own).text
        assert "Laporan kantor Anda" in again.sends(f"{ROOT}/masuk/kode", f"{ROOT}/masuk/kode", {"kode": codes[0]}).text

        lurah.does(number, "plan", {"text": "Ganti lampu dan kabelnya"})
        again.does(number, "approve-plan", {})
        lurah.does(number, "start", {})
        lurah.does(number, "result", {"text": "Lampu sudah menyala"}, photo(tmp_path / "done.jpg", 7))
        heard = len(citizen.heard())
        assert "Tersimpan" in again.does(number, "validate", {})
        received = datetime.fromisoformat(desk.list("lurah")[0]["received"])
        desk.passes((received + timedelta(hours=20)).isoformat())  # later news of an hour waits for its digest
        assert "selesai" in hears(citizen, "selesai", heard)

    said = wires.resi.said()
    for secret in (*given.values(), OWN, own, key, *codes, code.replace("-", ""), "lurah", number):
        assert secret not in said
    kept = b"".join(path.read_bytes() for path in wires.resi.data.rglob("*") if path.is_file())
    for secret in (*given.values(), OWN, own, key, *codes, *(each.replace("-", "") for each in codes)):
        assert secret.encode() not in kept
    assert desk.verifies()
