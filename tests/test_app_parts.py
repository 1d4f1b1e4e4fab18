"""Every channel works in some part of the service."""

import pytest

from app.parts import PARTS, part_of
from bots.channels import CHANNELS


def test_every_channel_belongs_to_a_part_that_can_be_run_alone() -> None:
    assert {part_of(channel.name) for channel in CHANNELS} <= set(PARTS)


@pytest.mark.parametrize(
    ("channel", "part"), [("telegram", "telegram"), ("mail", "mail"), ("sms", "web"), ("x", "web")]
)
def test_who_does_not_listen_by_itself_is_called_by_http(channel: str, part: str) -> None:
    assert part_of(channel) == part
