"""A service with a map: a location by Telegram and a point by Open311 go to the kelurahan that holds them, sealed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from core.areas import area
from core.messages import Point
from tests.fakes.drawn_city import (
    EAST,
    IN_NORTH,
    NORTH,
    OUTSIDE,
    WEST_NEAR_EAST,
    boundaries_file,
)
from tests.fakes.map_data import map_data
from tests.fakes.patience import PATIENCE
from tests.fakes.resi_process import Resi
from tests.fakes.set_up import settings_in
from tests.fakes.shell import Shell
from tests.fakes.telegram_server import TOKEN, TelegramServer

pytestmark = pytest.mark.journey
STORY = "lampu jalan mati sudah seminggu"
FINE = Point(-6.205012345, 106.803098765)


@dataclass(frozen=True)
class Place:
    resi: Resi
    telegram: TelegramServer
    shell: Shell
    key: str

    def post(self, point: Point | None, **more: str) -> httpx.Response:
        told = {} if point is None else {"lat": repr(point.latitude), "long": repr(point.longitude)}
        form = {"api_key": self.key, "service_code": "jalan_rusak", "description": "Lubang besar"} | told | more
        return httpx.post(f"{self.resi.root}/open311/v2/requests.json", data=form, trust_env=False, timeout=PATIENCE)


def served(folder: Path, outlines: Path) -> Iterator[Place]:
    with TelegramServer() as telegram:
        wire = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram.root, "BOUNDARIES": str(outlines)}
        resi = Resi(folder, wire)
        settings_in(folder, **resi.settings)
        shell = Shell(folder, resi.settings)
        key = shell.resi("partners", "add", "peta", "--channel", "jaki").lines[-1]
        with resi:
            yield Place(resi, telegram, shell, key)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("mapped")
    yield from served(folder, boundaries_file(folder))


@pytest.fixture(scope="module")
def jakarta(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    yield from served(tmp_path_factory.mktemp("jakarta"), map_data("kelurahan.geojson"))


def filed_at(place: Place, point: Point, choice: str = "") -> str:
    """The whole of a story by Telegram; the message that asks whether to send it."""
    person = place.telegram.person()
    person.writes(STORY)
    person.waits_for("mana")
    person.sends(location={"latitude": point.latitude, "longitude": point.longitude})
    if choice:
        person.waits_for("Yang terdekat")
        person.presses(choice)
    asked = person.waits_for("Kirim")
    person.presses("Kirim")
    person.waits_for("kode")
    return str(asked["text"])


def test_a_location_is_filed_without_a_question(place: Place) -> None:
    assert area(NORTH).name in filed_at(place, IN_NORTH)


def test_near_a_border_it_is_asked_with_both_sides(place: Place) -> None:
    choice = f"Kel. {area(EAST).name}, Tebet"
    assert choice in filed_at(place, WEST_NEAR_EAST, choice)


def test_outside_it_is_said(place: Place) -> None:
    person = place.telegram.person()
    person.writes(STORY)
    person.waits_for("mana")
    person.sends(location={"latitude": OUTSIDE.latitude, "longitude": OUTSIDE.longitude})
    assert "kelurahan" in person.waits_for("di luar Jakarta")["text"]


def test_a_partners_point_is_filed_at_its_kelurahan_and_refused_outside(place: Place) -> None:
    answer = place.post(IN_NORTH)
    assert answer.status_code in {200, 201}
    number = answer.json()[0]["service_request_id"]
    shown = place.resi.get(f"/open311/v2/requests/{number}.json?api_key={place.key}").json()[0]
    assert shown["address_id"] == NORTH
    refused = place.post(OUTSIDE)
    assert refused.status_code == 400
    assert "di luar Jakarta" in refused.json()[0]["description"]


@pytest.mark.parametrize(
    ("lat", "long"), [("nan", "106.8"), ("1e309", "106.8"), ("106.8", "-6.2"), ("x", "y"), ("", "1")]
)
def test_a_partners_point_that_is_none_is_an_error_and_no_fault(lat: str, long: str, place: Place) -> None:
    assert place.post(None, lat=lat, long=long).status_code == 400


def test_no_point_stands_in_the_data_as_it_came(place: Place) -> None:
    filed_at(place, FINE)
    kept = b"".join(file.read_bytes() for file in place.resi.data.rglob("*") if file.is_file())
    for digits in (b"106.8030", b"6.20501", b"106.80309"):
        assert digits not in kept
        assert digits.decode() not in place.resi.said()


def test_the_locations_of_known_places_are_filed_where_the_real_outlines_put_them(jakarta: Place) -> None:
    for latitude, longitude, name in ((-6.1754, 106.8272, "Gambir"), (-6.1893, 106.8388, "Cikini")):
        assert f"Kel. {name}" in filed_at(jakarta, Point(latitude, longitude))
    answer = jakarta.post(Point(-6.2444, 106.7985))  # 12 m from another
    number = answer.json()[0]["service_request_id"]
    shown = jakarta.resi.get(f"/open311/v2/requests/{number}.json?api_key={jakarta.key}").json()[0]
    assert area(shown["address_id"]).name == "Melawai"
