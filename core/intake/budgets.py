"""What an address that anybody can claim may cost: answers that leave in its name, and reports that are filed in it.

A forger spends what is counted by claimed address and path, and never what is counted for messages that are proved or
show a right. What is filed beyond the bound is filed all the same: its code waits for the next answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from math import exp

from core import deadlines, record
from core.authority import Bearer
from core.conversation import code_of
from core.intake.turn import Done, MessageTurn
from core.messages import Line, Say, Tag
from core.model import Capability, Held
from core.phrases import fits
from core.ports import RandomSource
from core.tracking import shown

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_UNFOUND = frozenset({"code_unknown", "code_mistyped", "code_wait"})


@dataclass(frozen=True, slots=True)
class Budget:
    """So many in an hour and in a day."""

    hour: int
    day: int


@dataclass(frozen=True, slots=True)
class Slope:
    """The more there were, the likelier the next is put off: even odds at `middle`, and nowhere an edge.

    One more or less in the past moves the odds, either way, by no more than a factor of e to the power of 1 / `width`:
    whoever sends until one is put off cannot tell by it whether one had been sent before.
    """

    span: timedelta
    middle: int
    width: int

    def puts_off(self, count: int, rng: RandomSource) -> bool:
        """Whether this one, after so many."""
        return rng.below(_MANY) < _MANY / (1 + exp((self.middle - count) / self.width))


_MANY = 2**40
_FILED = (Slope(_HOUR, 90, 6), Slope(_DAY, 400, 20))  # mails in one name from one network
_MAIL_ADDRESS = Budget(12, 30)  # whatever network it is claimed from
_MAIL_PATH = Budget(6, 20)  # from one network
_SMS_ADDRESS = Budget(40, 100)  # a guided dialogue takes up to fourteen
_SHOWN = Budget(6, 20)  # a robot that answers answers ends, though it quotes our codes


def may_answer(turn: MessageTurn, done: Done) -> bool:
    """Counts this answer where it may leave."""
    counted = tuple(_budgets(turn, done))
    if any(_spent(turn, what, who, budget) for what, who, budget in counted):
        return False
    for what, who, _ in counted:
        turn.tx.inbox.count(what, who, deadlines.minute(turn.now))
    return True


def _budgets(turn: MessageTurn, done: Done) -> Iterator[tuple[str, str, Budget]]:
    ordering_key = turn.ordering_key.hex()
    if turn.proved and not turn.profile.threads:
        return
    if turn.proved:
        yield "answer-proved", ordering_key, _MAIL_ADDRESS
    elif _shows_a_right(turn, done):
        yield "answer-shown", ordering_key, _SHOWN if turn.profile.threads else _SMS_ADDRESS
    elif turn.profile.threads:
        yield "answer-path", _path(turn), _MAIL_PATH
        yield "answer", ordering_key, _MAIL_ADDRESS
    else:
        yield "answer", ordering_key, _SMS_ADDRESS


def _shows_a_right(turn: MessageTurn, done: Done) -> bool:
    """A code counts once it is found to be one: anybody can write sixteen digits."""
    coded = code_of(done.effect) is not None
    return turn.bearer is Bearer.TAGGED or (coded and not any(line.key in _UNFOUND for line in done.lines[:1]))


def may_file(turn: MessageTurn) -> bool:
    """Whether a report in the name that a mail claims is filed now, and not when its server brings it again.

    A mail that a server of ours brings without a word on where it came from is not counted: it may be anybody's.
    """
    if not _is_counted(turn):
        return True
    counts = turn.tx.inbox.sums("filed-path", _path(turn), turn.now, tuple(slope.span for slope in _FILED))
    return not any(slope.puts_off(count, turn.context.rng) for slope, count in zip(_FILED, counts, strict=True))


def count_filed(turn: MessageTurn) -> None:
    """Counts what was filed."""
    if _is_counted(turn):
        turn.tx.inbox.count("filed-path", _path(turn), deadlines.minute(turn.now))


def _is_counted(turn: MessageTurn) -> bool:
    return turn.bearer is Bearer.CLAIMED and not turn.proved and turn.profile.threads and bool(turn.envelope.path)


def _path(turn: MessageTurn) -> str:
    return f"{turn.ordering_key.hex()}.{turn.envelope.path}"


def _spent(turn: MessageTurn, what: str, who: str, budget: Budget) -> bool:
    hour, day = turn.tx.inbox.sums(what, who, turn.now, (_HOUR, _DAY))
    return hour >= budget.hour or day >= budget.day


def _waiting(turn: MessageTurn) -> Tag:
    return Tag(f"waiting.{turn.ordering_key.hex()}")


def withheld(turn: MessageTurn, done: Done) -> None:
    """The code of what was filed without an answer waits, sealed, for the next one to that address."""
    if done.code is None:
        return
    before = turn.tx.capabilities.get(_waiting(turn), turn.now)
    codes = before.held.text.split() if before is not None and before.held is not None else []
    held = Held(" ".join((*codes, shown(done.code))))
    turn.tx.capabilities.put(_waiting(turn), Capability(turn.now + record.LIVES, held=held))


def released(turn: MessageTurn, say: Say, lang: str) -> Say:
    """The answer with the codes that wait: as many as it has room for, by SMS one at a time."""
    waiting = turn.tx.capabilities.get(_waiting(turn), turn.now)
    if waiting is None or waiting.held is None:
        return say
    codes = waiting.held.text.split()
    now, later = (codes, []) if turn.profile.threads else (codes[:1], codes[1:])
    told = replace(say, lines=(*say.lines, Line("filed_before", (("codes", ", ".join(now)),))))
    if not fits(told, lang, turn.profile):
        return say
    turn.tx.capabilities.drop(_waiting(turn))
    if later:
        turn.tx.capabilities.put(_waiting(turn), replace(waiting, held=Held(" ".join(later))))
    return told
