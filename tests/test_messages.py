"""Envelopes and secrets: what prints, and what never does."""

from dataclasses import fields, is_dataclass

import pytest

from core import messages, model
from core.messages import (
    Address,
    Envelope,
    FileRef,
    HookRequest,
    Incoming,
    Outgoing,
    Point,
    Secret,
    StoredFile,
    Thread,
    WireId,
)
from core.model import TrackingCode

CANARY = "canary-08123"
SECRETS = (Secret, Address, WireId, TrackingCode)


@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_prints_as_a_placeholder_wherever_it_lands(kind: type[Secret]) -> None:
    secret = kind(CANARY)
    assert CANARY not in f"{secret} {secret!r} {[secret]} { ({secret: secret}) }"
    assert secret.reveal() == CANARY


@pytest.mark.parametrize("kind", SECRETS)
def test_secrets_are_equal_only_to_their_own_kind(kind: type[Secret]) -> None:
    assert kind("a") == kind("a")
    assert kind("a") != kind("b")
    assert kind("a") != "a"
    assert len({kind("a"), kind("a"), kind("b")}) == 2
    others = [other("a") for other in SECRETS if other is not kind]
    assert kind("a") not in others


def test_an_envelope_prints_nothing_of_its_writer() -> None:
    envelope = Envelope(
        "sms", Address(CANARY), WireId(CANARY), CANARY, group=CANARY, point=Point(-6.123, 106.456),
        files=(FileRef(CANARY.encode(), CANARY),), thread=Thread(CANARY, CANARY),
    )  # fmt: skip
    stored = StoredFile("name", CANARY, "image/jpeg", 1)
    printed = repr(Incoming(envelope, (stored,)))
    assert CANARY not in printed
    assert "106.456" not in printed


def test_what_goes_out_prints_neither_address_nor_words() -> None:
    assert CANARY not in repr(Outgoing(Address(CANARY), CANARY, "id", thread=Thread(CANARY)))


def test_a_request_to_a_hook_prints_neither_body_nor_query_nor_headers() -> None:
    assert CANARY not in repr(HookRequest(CANARY.encode(), CANARY, {"x": CANARY}))


@pytest.mark.parametrize("room", [messages, model])
def test_every_shape_that_rooms_share_is_frozen(room: object) -> None:
    shapes = [each for each in vars(room).values() if isinstance(each, type) and is_dataclass(each)]
    assert len(shapes) > 8
    for shape in shapes:
        assert shape.__dataclass_params__.frozen, shape  # type: ignore[attr-defined]  # what @dataclass leaves behind
        assert all(field.name for field in fields(shape))
