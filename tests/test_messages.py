"""Envelopes and secrets: what prints, and what never does."""

import importlib
import pkgutil
from dataclasses import fields, is_dataclass

import pytest

import bots
import core
import web
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


def test_nothing_that_holds_words_or_bytes_of_somebody_prints_them() -> None:
    """An exception shows what its objects print, and somebody may keep it."""
    own = {"args", "body", "closed", "hides", "opens", "other", "said", "story", "text", "whole", "words"}
    of_the_city = {"City", "_Topic", "Canned"}
    shown = []
    for room in (core, bots, web):
        for each in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            for held in vars(importlib.import_module(each.name)).values():
                if not is_dataclass(held) or not isinstance(held, type) or held.__repr__ is object.__repr__:
                    continue
                words = (it for it in fields(held) if "str" in str(it.type) or "byte" in str(it.type))
                printed = {it.name for it in words if it.repr}
                if held.__name__ not in of_the_city and own & printed:
                    shown.append((held.__module__, held.__name__, own & printed))
    assert not shown
