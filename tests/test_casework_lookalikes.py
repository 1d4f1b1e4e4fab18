"""A photo of a result that was used before is known when the result is sent, however it was altered."""

from dataclasses import replace
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from PIL import Image

from core import casework, workflow
from core.casework import Actor, Turn
from core.errors import Refused
from core.messages import PerceptualHash, StoredFile
from core.model import Act, Check, Handling, Number, Report, StaffRole, Status
from core.ports import Context, Store, UnitOfWork
from core.workflow import Order
from tests.fakes import nouns
from tests.fakes.nouns import NOW
from tests.fakes.time_and_random import FakeRandomSource
from tests.test_scrub_perceptual_hash import ALTERATIONS, Alter, hash_of, scene

CONTEXT = Context(FakeRandomSource(), ZoneInfo("Asia/Jakarta"), "id", {})
PHOTO = StoredFile("photo", "key", "image/jpeg", 9)
OFFICER = nouns.staff("petugas")
CHECKER = replace(nouns.staff("pemeriksa", StaffRole.BIRO), agency=workflow.BIRO)
DIFFERENT, USED_AGAIN = 100, 20


def does(store: Store, who: str, number: Number, order: Order) -> Report:
    return store.run(lambda tx: casework.do(Turn(tx, NOW, CONTEXT), Actor(who), number, order))


def result(store: Store, number: Number, seen: PerceptualHash) -> tuple[Number, ...]:
    """The numbers of reports whose result looks the same."""
    order = Order(Act.RESULT, "Sudah dikerjakan", photo=PHOTO, photo_hash=seen)
    return does(store, OFFICER.name, number, order).handling.lookalikes


@cache
def photos() -> list[PerceptualHash]:
    return [hash_of(scene(seed)) for seed in range(DIFFERENT)]


@lru_cache(USED_AGAIN)
def used_again(seed: int) -> Image.Image:
    """A photo that is altered in five ways, drawn once."""
    return scene(seed)


@cache
def copies(alter: Alter) -> list[PerceptualHash]:
    return [hash_of(alter(used_again(seed).copy(), np.random.default_rng(seed))) for seed in range(USED_AGAIN)]


@pytest.fixture
def numbers(store: Store) -> list[Number]:
    """Reports on which work has begun, their plans approved."""
    begun = Handling(plan=Check.APPROVED)
    count = DIFFERENT + USED_AGAIN * len(ALTERATIONS)
    reports = [
        replace(nouns.report(), number=Number(f"R{n:03}"), status=Status.PROSES, handling=begun) for n in range(count)
    ]

    def turn(tx: UnitOfWork) -> None:
        for staff in (OFFICER, CHECKER):
            tx.accounts.add(staff, "hash")
        for report in reports:
            tx.reports.add(report, nouns.entry())

    store.run(turn)
    return [report.number for report in reports]


def test_of_a_hundred_photos_none_is_flagged_and_of_twenty_used_again_under_five_alterations_all_are(
    store: Store, numbers: list[Number]
) -> None:
    first, again = numbers[:DIFFERENT], iter(numbers[DIFFERENT:])
    flagged = [seed for seed, seen in enumerate(photos()) if result(store, first[seed], seen)]
    assert flagged == []
    missed, astray = [], []
    for alter in ALTERATIONS:
        for seed in range(USED_AGAIN):
            like = result(store, next(again), copies(alter)[seed])
            missed += [] if first[seed] in like else [(alter.__name__, seed)]
            astray += [number for number in like if number in first and number != first[seed]]
    assert (missed, astray) == ([], [])


def test_a_result_whose_photo_was_used_before_is_validated_with_words_alone(
    store: Store, numbers: list[Number]
) -> None:
    seen = hash_of(scene(1))
    assert result(store, numbers[0], seen) == ()
    assert result(store, numbers[1], seen) == (numbers[0],)
    assert does(store, CHECKER.name, numbers[0], Order(Act.VALIDATE)).status is Status.SELESAI
    with pytest.raises(Refused, match="case_lookalikes"):
        does(store, CHECKER.name, numbers[1], Order(Act.VALIDATE))
    told = Order(Act.VALIDATE, "Sudah dilihat di tempat, taman yang sama")
    assert does(store, CHECKER.name, numbers[1], told).status is Status.SELESAI
