"""SMS through a real Kannel, by the configuration of deploy/kannel: in, out, receipts, two numbers of one channel."""

import json
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.pool import NullPool

from storage.tables import OUTBOX
from tests.fakes.citizens import code_in
from tests.fakes.kannel_boxes import PASSWORD, SECRET, Got, Phones, boxes, kannel
from tests.fakes.patience import until
from tests.fakes.resi_process import Resi

pytestmark = pytest.mark.journey

BUDI, SITI = "+6281234500077", "+6281234500088"
NATIONAL, CITY = "1708", "08111272206"


def test_sms_comes_and_goes_by_a_real_kannel_and_each_number_answers_its_own(tmp_path: Path) -> None:
    with kannel() as gateway:
        resi = Resi(tmp_path / "run", {"LANGUAGE": "id", "MAIL_LISTEN": "off"} | gateway.settings(f"{NATIONAL},{CITY}"))
        with resi, boxes(gateway, resi.root) as phones:
            phones.write(BUDI, NATIONAL, "LAPOR lampu jalan mati di depan warung bacadu kelurahan Tebet Timur")
            phones.write(SITI, CITY, "LAPOR jalan berlubang di Jl Melati kelurahan Tebet Timur \u2013 dalam sekali")
            first, second = _answer(phones, BUDI, 1), _answer(phones, SITI, 1)
            assert (first.sender, second.sender) == (NATIONAL, CITY)
            assert code_in(first.text)
            assert code_in(second.text)
            assert sorted(report.channel for report in resi.stored()) == ["sms", "sms1708"]
            until(lambda: _receipts(resi) == [True, True], "the receipts of both")
            phones.write(SITI, CITY, "CEK " + code_in(second.text))
            assert "Menunggu" in _answer(phones, SITI, 2).text
            _is_told_from_the_number_that_was_written_to(resi, phones)
            left = b"".join(path.read_bytes() for path in resi.data.rglob("*") if path.is_file())
            until(lambda: not resi.pending(), "an empty outbox")
        said = left.decode("latin-1") + resi.said() + gateway.logs()
        for trace in (BUDI, SITI, BUDI.strip("+"), SITI.strip("+"), "bacadu", "Melati", SECRET, PASSWORD):
            assert trace not in said, trace


def _answer(phones: Phones, number: str, which: int) -> Got:
    return until(lambda: phones.heard(number)[which - 1 :], f"SMS {which}")[0]


def _receipts(resi: Resi) -> list[bool]:
    """What Kannel said of the answers that left, as it was noted."""
    engine = create_engine(resi.database_url, poolclass=NullPool)
    with engine.connect() as connection:
        return [each for each in connection.execute(select(OUTBOX.c.arrived)).scalars() if each is not None]


def _is_told_from_the_number_that_was_written_to(resi: Resi, phones: Phones) -> None:
    assert resi.command("staff", "add", "lurah", "--agency", "kel:31.74.01.1001", "--role", "officer").returncode == 0
    rows = json.loads(resi.command("case", "list", "--as", "lurah", "--json").stdout)
    assert {row["channel"] for row in rows} == {"sms", "sms1708"}
    for row in rows:
        assert resi.command("case", "do", "start", row["number"], "--as", "lurah").returncode == 0
    news = [_answer(phones, BUDI, 2), _answer(phones, SITI, 3)]
    assert [each.sender for each in news] == [NATIONAL, CITY]
    assert all("dikerjakan" in each.text for each in news)
