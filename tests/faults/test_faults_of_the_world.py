"""Faults of the world under a stream on all wires: what was acknowledged has one effect and one answer."""

from pathlib import Path

import pytest

from tests.faults.world import BLOWS, reconciled, scripts, settled, stream, world

pytestmark = [pytest.mark.journey, pytest.mark.crash]
MESSAGES = 30
AT_ONCE = 16  # citizens who write at the same time: at a blow no more answers are on their wires
SECONDS = 0.7
SEED = 18
RUNS = (
    pytest.param("sqlite", ("killed", "database_away", "disk_full", "telegram_fails", "sms_fails"), id="SQLite"),
    pytest.param(
        "postgres",
        ("stopped", "database_hangs", "relay_fails", "database_away"),
        id="PostgreSQL, two processes",
        marks=pytest.mark.postgres,
    ),
)


@pytest.mark.parametrize(("database", "blows"), RUNS)
def test_whatever_falls_on_it_every_acknowledged_message_has_one_effect_and_one_answer(
    database: str, blows: tuple[str, ...], tmp_path: Path
) -> None:
    with world(tmp_path, database, SEED, SECONDS) as city:
        written = scripts(city, MESSAGES)
        storm = stream(city, written, city.rng.sample(blows, len(blows)))
        settled(city)
        outcome = reconciled(storm, written, city.wires.resi.stored())
        assert outcome.acknowledged == MESSAGES
        assert outcome.repeats <= len(blows) * AT_ONCE
        assert not [line for resi in city.processes for line in resi.said().splitlines() if "Traceback" in line]


def test_every_blow_falls_somewhere() -> None:
    assert {blow for run in RUNS for blow in run.values[1]} == set(BLOWS)  # type: ignore[union-attr]  # a tuple each
