"""Every channel works in some part of the service."""

from app.parts import PART_OF, PARTS
from bots.channels import CHANNELS


def test_every_channel_belongs_to_a_part_that_can_be_run_alone() -> None:
    wires = {channel.name for channel in CHANNELS} - {"terminal"}  # that is `resi chat`, which nobody else reaches
    assert {PART_OF.get(name, name) for name in wires} <= set(PARTS)
    assert set(PART_OF).isdisjoint(PARTS)
