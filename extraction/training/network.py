"""The network: a small convolutional line reader without recurrence, 0.86 million weights.

Two-dimensional depthwise-separable blocks take the height away, one-dimensional ones look left and right; a CTC output
says which sign stands where (A. Graves et al., Connectionist Temporal Classification, ICML 2006). Separable
convolutions: A. Howard et al., MobileNets, arXiv 1704.04861.
"""

from typing import Any

import torch
from torch import Tensor, nn

from extraction.engines.reader import INK, PAPER
from extraction.training.signs import CLASSES

LOOKING = 8  # one-dimensional blocks; with a reach of 9 they see about 24 signs
REACH = 9


def convolution(
    taken: int, given: int, size: tuple[int, int], stride: tuple[int, int] = (1, 1), *, apart: bool = False
) -> nn.Sequential:
    """Convolution and batch normalisation, same size out but for the stride; `apart`: each channel for itself."""
    padding = size[0] // 2, size[1] // 2
    groups = taken if apart else 1
    return nn.Sequential(
        nn.Conv2d(taken, given, size, stride, padding, groups=groups, bias=False), nn.BatchNorm2d(given)
    )


class Separable(nn.Module):
    """Depthwise, then pointwise; added to what came in where the shapes allow."""

    def __init__(
        self, taken: int, given: int, size: tuple[int, int] = (3, 3), stride: tuple[int, int] = (1, 1)
    ) -> None:
        super().__init__()
        self.depthwise = convolution(taken, taken, size, stride, apart=True)
        self.pointwise = convolution(taken, given, (1, 1))
        self.added = taken == given and stride == (1, 1)

    def forward(self, lines: Tensor) -> Tensor:
        found = self.pointwise(torch.relu(self.depthwise(lines)))
        return torch.relu(lines + found if self.added else found)


class LineNetwork(nn.Module):
    """(lines, 1, 40, columns) ink levels → (lines, classes, columns / 4) logits."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.seen = nn.Sequential(
            convolution(1, 32, (5, 5), (2, 2)), nn.ReLU(),
            convolution(32, 64, (3, 3), (2, 2)), nn.ReLU(),
            Separable(64, 64), Separable(64, 64), Separable(64, 64),
            Separable(64, 128, stride=(2, 1)), Separable(128, 128), Separable(128, 128),
            nn.Conv2d(128, 256, (5, 1), bias=False), nn.BatchNorm2d(256), nn.ReLU(),
        )  # fmt: skip
        self.read = nn.Sequential(*(Separable(256, 256, (1, REACH)) for _ in range(LOOKING)))
        self.dropped = nn.Dropout(dropout)
        self.said = nn.Conv2d(256, CLASSES, 1)

    def forward(self, lines: Tensor) -> Tensor:
        shares: Tensor = (lines - PAPER) / (INK - PAPER)
        logits: Tensor = self.said(self.dropped(self.read(self.seen(shares)))).squeeze(2)
        return logits


def load(network: LineNetwork, state: dict[str, Any]) -> None:
    """Take over weights, also those made when the reader knew fewer signs: a new sign starts as the mean of the known.

    So it is never the likeliest before it is learnt; logits of all signs lie far below zero, and zeros would win.
    """
    own = network.state_dict()
    for name in ("said.weight", "said.bias"):
        known = state[name]
        new = len(own[name]) - len(known)
        if new > 0:
            state = {**state, name: torch.cat([known, known.mean(0, keepdim=True).expand(new, *known.shape[1:])])}
    network.load_state_dict(state)
