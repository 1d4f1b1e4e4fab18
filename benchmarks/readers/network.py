"""The network of core/encoder and the layers of readers on it, as PyTorch trains them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from core.encoder import features
from core.encoder.lexicon import KNOWN, PIECES
from core.encoder.network import DILATIONS, STATES

SHAPE, PIECE = 12, 32
HIDDEN = 64
RULES = 6
FORBIDDEN = -1e4
NOT_SAID = -1


@dataclass(frozen=True, slots=True)
class Message:
    """A message in numbers: for each token its row of the vectors, rows of pieces, what lists know, shape and flags.

    `weights`: zero where nothing is said of a token's tag. `kind` and `danger`: NOT_SAID, or which one it is.
    """

    rows: np.ndarray
    pieces: list[list[int]]
    known: np.ndarray
    shapes: np.ndarray
    flags: np.ndarray
    rules: np.ndarray
    tags: np.ndarray
    weights: np.ndarray
    kind: int = NOT_SAID
    danger: int = NOT_SAID

    def __len__(self) -> int:
        return len(self.rows)


class Batch:
    """Messages side by side, the short ones filled up with nothing."""

    def __init__(self, messages: Sequence[Message]) -> None:
        size = max(map(len, messages))

        def filled(name: str, *, kind: type, nothing: float = 0) -> Tensor:
            first = getattr(messages[0], name)
            table = np.full((len(messages), size, *first.shape[1:]), nothing, dtype=kind)
            for at, each in enumerate(messages):
                table[at, : len(each)] = getattr(each, name)
            return torch.from_numpy(table)

        self.rows = filled("rows", kind=np.int64, nothing=-1)
        self.known = filled("known", kind=np.float32)
        self.shapes = filled("shapes", kind=np.int64)
        self.flags = filled("flags", kind=np.float32)
        self.rules = filled("rules", kind=np.float32)
        self.tags = filled("tags", kind=np.int64)
        self.weights = filled("weights", kind=np.float32)
        self.kinds = torch.tensor([each.kind for each in messages])
        self.dangers = torch.tensor([each.danger for each in messages])
        there = np.zeros((len(messages), size), np.float32)
        pieces: list[int] = []
        starts: list[int] = []
        for at, each in enumerate(messages):
            there[at, : len(each)] = 1
            for place in range(size):
                starts.append(len(pieces))
                pieces += each.pieces[place] if place < len(each) else [0]
        self.there = torch.from_numpy(there)
        self.pieces, self.starts = torch.tensor(pieces), torch.tensor(starts)

    def hide(self, hidden: Tensor) -> None:
        """Nothing but their look is seen any more of the words that are hidden."""
        self.rows = torch.where(hidden, -1, self.rows)
        self.known = self.known * ~hidden[..., None]
        sizes = torch.diff(torch.cat((self.starts, torch.tensor([len(self.pieces)]))))
        self.pieces = torch.where(torch.repeat_interleave(hidden.flatten(), sizes), 0, self.pieces)


class Encoder(nn.Module):
    """As core/encoder/network.py; word vectors stay as they are."""

    def __init__(self, vectors: np.ndarray, states: int = STATES, drop: float = 0.3) -> None:
        super().__init__()
        none = np.zeros((1, vectors.shape[1]), np.float32)
        self.vectors = nn.Embedding.from_pretrained(torch.from_numpy(np.concatenate((vectors, none))), freeze=True)
        self.pieces = nn.EmbeddingBag(PIECES, PIECE, mode="mean")
        nn.init.normal_(self.pieces.weight, std=0.3)
        self.shapes = nn.Embedding(features.SHAPES, SHAPE)
        seen = vectors.shape[1] + PIECE + KNOWN + SHAPE + features.FLAGS + 1
        self.layers = nn.ModuleList(
            nn.Conv1d(states if at else seen, states, 3 if at else 5, padding=step if at else 2, dilation=step)
            for at, step in enumerate(DILATIONS)
        )
        self.drop = nn.Dropout(drop)

    def forward(self, batch: Batch, hidden: float = 0.0) -> Tensor:
        """A row of numbers for each token; `hidden`: how many words are known by their pieces only, or their vector."""
        there = batch.there[..., None]
        last = self.vectors.num_embeddings - 1
        vectors = self.vectors(torch.where(batch.rows < 0, last, batch.rows))
        pieces = self.pieces(batch.pieces, batch.starts).view(*batch.rows.shape, -1)
        if self.training and hidden:
            vectors = vectors * (torch.rand_like(there) > hidden)
            pieces = pieces * (torch.rand_like(there) > hidden)
        ones = torch.ones_like(there)
        seen = torch.cat((vectors, pieces, batch.known, self.shapes(batch.shapes), batch.flags, ones), -1) * there
        states = self.drop(seen).transpose(1, 2)
        mask = there.transpose(1, 2)
        states = torch.relu(self.layers[0](states)) * mask
        for layer in self.layers[1:]:
            states = states + torch.relu(layer(self.drop(states))) * mask
        return states.transpose(1, 2)


class Tagger(nn.Module):
    """What each token is, out of the states, what rules say and which tags follow each other."""

    def __init__(self, tags: Sequence[str], states: int = STATES, drop: float = 0.3) -> None:
        super().__init__()
        self.near = nn.Conv1d(states + RULES, HIDDEN, 3, padding=1)
        self.out = nn.Linear(HIDDEN, len(tags))
        self.drop = nn.Dropout(drop)
        self.follows, self.begins = (
            nn.Parameter(torch.zeros(len(tags), len(tags))),
            nn.Parameter(torch.zeros(len(tags))),
        )
        never = torch.zeros(len(tags), len(tags))
        for one, tag in enumerate(tags):
            for other, after in enumerate(tags):
                if after.startswith("I-") and tag[2:] != after[2:]:
                    never[one, other] = FORBIDDEN
        self.register_buffer("never", never)
        self.register_buffer("not_first", torch.tensor([FORBIDDEN if tag.startswith("I-") else 0.0 for tag in tags]))

    def forward(self, states: Tensor, batch: Batch) -> Tensor:
        """Of each token, how much speaks for each tag."""
        seen = torch.cat((self.drop(states), batch.rules), -1).transpose(1, 2)
        return self.out(self.drop(torch.relu(self.near(seen)).transpose(1, 2)))

    def surprise(self, scores: Tensor, batch: Batch) -> Tensor:
        """Minus the logarithm of how likely the right tags of each message are, all of them together."""
        follows = self.follows + self.never
        ways = scores[:, 0] + self.begins + self.not_first
        right = ways.gather(1, batch.tags[:, :1])[:, 0]
        for at in range(1, scores.shape[1]):
            there = batch.there[:, at : at + 1]
            more = torch.logsumexp(ways[:, :, None] + follows[None], 1) + scores[:, at]
            ways = torch.where(there > 0, more, ways)
            step = scores[:, at].gather(1, batch.tags[:, at : at + 1])[:, 0]
            right = right + (step + follows[batch.tags[:, at - 1], batch.tags[:, at]]) * batch.there[:, at]
        return torch.logsumexp(ways, 1) - right


class Sorter(nn.Module):
    """One answer for a whole message, out of the strongest and the mean of its states."""

    def __init__(self, answers: int, states: int = STATES, drop: float = 0.4) -> None:
        super().__init__()
        self.out = nn.Linear(2 * states, answers)
        self.drop = nn.Dropout(drop)

    def forward(self, states: Tensor, batch: Batch) -> Tensor:
        """How much speaks for each answer."""
        there = batch.there[..., None]
        strongest = (states + FORBIDDEN * (1 - there)).max(1).values
        mean = (states * there).sum(1) / there.sum(1).clamp(min=1)
        return self.out(self.drop(torch.cat((strongest, mean), -1)))
