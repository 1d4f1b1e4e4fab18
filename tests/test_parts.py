"""Every channel works in some part of the service."""

from app.parts import PART_OF, PARTS
from bots.channels import CHANNELS


def test_every_channel_belongs_to_a_part_that_can_be_run_alone() -> None:
    assert {PART_OF.get(channel.name, channel.name) for channel in CHANNELS} <= set(PARTS)
    assert set(PART_OF).isdisjoint(PARTS)
