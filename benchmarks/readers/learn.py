"""How the network learns: first to guess hidden words of public text from their neighbours, then from lines by hand."""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from benchmarks.readers.network import Batch, Encoder, Message, Sorter, Tagger

BATCH = 32
SEVERAL = 20  # batches of like lengths are taken from so many at once
HIDDEN = 0.15
SHARPNESS = 12.0  # of the choice among words
OTHERS = 2000  # words that a hidden one is told from
SMOOTH = 0.05  # of a kind that a hand told, as much may be another
FOLLOWED = 0.002  # share by which a mean follows its weight at each step
EACH = 0.5  # share of what each tag by itself counts, beside all tags of a message together


def batches(messages: Sequence[Message], size: int, rng: random.Random) -> Iterator[Batch]:
    """All of them once, in an order by chance, those of like lengths together."""
    order = list(range(len(messages)))
    rng.shuffle(order)
    chunks: list[list[int]] = []
    for start in range(0, len(order), size * SEVERAL):
        alike = sorted(order[start : start + size * SEVERAL], key=lambda at: len(messages[at]))
        chunks += [alike[at : at + size] for at in range(0, len(alike), size)]
    rng.shuffle(chunks)
    for chunk in chunks:
        yield Batch([messages[at] for at in chunk])


@dataclass(frozen=True)
class Sorters:
    """What is said of a whole message."""

    kinds: Sorter
    danger: Sorter

    def surprise(self, states: Tensor, batch: Batch) -> Tensor:
        """The same of kinds and of danger, of those messages of which a hand said it."""
        sorted_, judged = batch.kinds >= 0, batch.dangers >= 0
        loss = torch.zeros(())
        if sorted_.any():
            kinds = self.kinds(states, batch)[sorted_]
            loss = loss + nn.functional.cross_entropy(kinds, batch.kinds[sorted_], label_smoothing=SMOOTH)
        if judged.any():
            danger = self.danger(states, batch)[judged, 0]
            right = batch.dangers[judged].float()
            loss = loss + nn.functional.binary_cross_entropy_with_logits(danger, right)
        return loss


class Steps:
    """Adam with one warm-up and one long decline."""

    def __init__(self, modules: Sequence[nn.Module], count: int, rate: float) -> None:
        self.learned = [each for module in modules for each in module.parameters() if each.requires_grad]
        self._adam = torch.optim.AdamW(self.learned, lr=rate, weight_decay=0.01)
        self._rate = torch.optim.lr_scheduler.OneCycleLR(self._adam, rate, total_steps=count, pct_start=0.15)

    def down(self, loss: Tensor) -> None:
        """One step."""
        self._adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.learned, 2.0)
        self._adam.step()
        self._rate.step()


class Means:
    """Of each weight the mean of its last values, which says more about strangers than where it ended."""

    def __init__(self, weights: Sequence[nn.Parameter]) -> None:
        self._weights = weights
        self._means = [each.detach().clone() for each in weights]

    def follow(self) -> None:
        """After a step."""
        for mean, weight in zip(self._means, self._weights, strict=True):
            mean.lerp_(weight.detach(), FOLLOWED)

    def take(self) -> None:
        """Every weight becomes its mean."""
        with torch.no_grad():
            for mean, weight in zip(self._means, self._weights, strict=True):
                weight.copy_(mean)


def guess_words(encoder: Encoder, messages: Sequence[Message], epochs: int, rng: random.Random) -> None:
    """Hidden words are told from others by the states of their places."""
    head = nn.Linear(encoder.layers[0].out_channels, encoder.vectors.embedding_dim)
    steps = Steps((encoder, head), epochs * (len(messages) // 64 + 2), 2e-3)
    known = nn.functional.normalize(encoder.vectors.weight, dim=1)
    for epoch in range(epochs):
        lost, count = 0.0, 0
        for batch in batches(messages, 64, rng):
            hidden = (torch.rand_like(batch.there) < HIDDEN) & (batch.there > 0)
            asked = hidden & (batch.rows >= 0)
            if not asked.any():
                continue
            wanted = batch.rows[asked]
            batch.hide(hidden)
            guessed = nn.functional.normalize(head(encoder(batch, 0.05)[asked]), dim=1)
            others = torch.cat((wanted, torch.randint(0, len(known) - 1, (OTHERS,))))
            alike = guessed @ known[others].T * SHARPNESS
            same = wanted[:, None] == others[None]
            right = torch.arange(len(wanted))
            same[right, right] = False
            loss = nn.functional.cross_entropy(alike.masked_fill(same, -1e4), right)
            steps.down(loss)
            lost, count = lost + float(loss.detach()), count + 1
        print(f"words, epoch {epoch + 1} of {epochs}: {lost / max(count, 1):.3f}", file=sys.stderr)


def read(
    encoder: Encoder,
    heads: tuple[Tagger, Sorters],
    sets: Sequence[Sequence[Message]],
    epochs: int,
    rng: random.Random,
) -> None:
    """All readers at once. Each epoch sees another set: the lines as they are, or as they could have been."""
    tagger, sorters = heads
    modules = (encoder, tagger, sorters.kinds, sorters.danger)
    steps = Steps(modules, epochs * (max(map(len, sets)) // BATCH + 2), 2.5e-3)
    means = Means(steps.learned)
    for module in modules:
        module.train()
    for epoch in range(epochs):
        lost, count = 0.0, 0
        for batch in batches(sets[epoch % len(sets)], BATCH, rng):
            states = encoder(batch, HIDDEN)
            loss = _of_tags(tagger, states, batch) + sorters.surprise(states, batch)
            steps.down(loss)
            means.follow()
            lost, count = lost + float(loss.detach()), count + 1
        print(f"lines, epoch {epoch + 1} of {epochs}: {lost / count:.3f}", file=sys.stderr)
    means.take()
    for module in modules:
        module.eval()


def _of_tags(tagger: Tagger, states: Tensor, batch: Batch) -> Tensor:
    scores = tagger(states, batch)
    each = nn.functional.cross_entropy(scores.flatten(0, 1), batch.tags.flatten(), reduction="none")
    whole = (batch.weights.sum(1) == batch.there.sum(1)).float()
    together = (tagger.surprise(scores, batch) * whole).mean()
    return EACH * (each * batch.weights.flatten()).sum() / len(whole) + (1 - EACH) * together
