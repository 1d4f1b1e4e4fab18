"""Whether a text reads like public prose: there a bare name stays open, and numbers are closed as everywhere."""

from importlib.resources import files

import numpy as np
import pytest

from benchmarks.readers.public_prose import inputs_hash, messages
from core.redact import closed, find, public_prose
from core.redact.public_prose import is_public_prose

PROSE = (
    "Striker asal Argentina itu mencetak dua gol pada babak kedua dan membawa timnya ke puncak klasemen.",
    "Kerajaan ini didirikan pada abad ke-14 dan runtuh setelah ibu kotanya direbut pada tahun 1527.",
    "Menteri Keuangan mengatakan pertumbuhan ekonomi kuartal pertama mencapai lima persen.",
)
MESSAGES = (
    "Lampu jalan mati di depan rumah saya sejak kemarin, mohon diperbaiki.",
    "Ibu Suminah terjatuh di trotoar Jalan Raya Bogor karena lubang.",
    "PT Maju Jaya tetap memaksa karyawan masuk saat PPKM, termasuk Yudi dari bagian keuangan",
    "Pelapor: Slamet Riyadi",
    "Budi Santoso",
    "ok makasih",
    "There is a dead cat in the gutter opposite the school.",
    "Bahwa pengadu dapat dihubungi melalui surat elektronik, dan mohon identitas pengadu dirahasiakan.",
)


def test_the_weights_are_made_from_the_lines_of_today() -> None:
    with files("core.redact").joinpath(public_prose.WEIGHTS).open("rb") as opened, np.load(opened) as stored:
        assert str(stored["inputs"]) == inputs_hash(messages()), "benchmarks/readers/public_prose.py makes them anew"


@pytest.mark.parametrize("text", PROSE)
def test_what_tells_of_others_for_everybody_is_public_prose(text: str) -> None:
    assert is_public_prose(text)


@pytest.mark.parametrize("text", MESSAGES)
def test_what_somebody_writes_to_a_city_hall_is_none(text: str) -> None:
    assert not is_public_prose(text)


@pytest.mark.parametrize("text", ["", " ", "\n", "0", "…"])
def test_what_says_nothing_is_none(text: str) -> None:
    assert not is_public_prose(text)


def test_a_bare_name_in_public_prose_stays_open() -> None:
    assert not find("Gerhard Frey berhasil menemukan teori baru yang menjelaskan hubungan antara kedua persamaan itu.")


def test_numbers_and_addresses_of_mail_are_closed_in_public_prose_too() -> None:
    text = f"{PROSE[2]} Hubungi 0812-3456-7890 atau budi.santoso@gmail.com"
    assert "0812" not in closed(text)
    assert "budi" not in closed(text)
