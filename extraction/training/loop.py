"""Training: lines rendered on the fly in a second process, CTC loss, averaged weights, a learning rate that falls to 0.

On two cores without a GPU an hour gives some 200,000 to 400,000 lines: channels-last, and bfloat16 where the processor
computes with it, are what makes that possible.
"""

import copy
import json
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from rapidfuzz.distance import Levenshtein
from torch import Tensor
from torch.nn.functional import ctc_loss
from torch.utils.data import DataLoader, IterableDataset

from extraction.engines.reader import HEIGHT
from extraction.training.fonts import Fonts
from extraction.training.lines import Press, targets
from extraction.training.network import LineNetwork, load
from extraction.training.signs import ALPHABET
from extraction.training.texts import Texts
from extraction.training.wear import Noise

# Columns of a batch's lines, how many lines, how often at first (short lines teach to align) and later.
BUCKETS = ((96, 96, 0.30, 0.08), (192, 52, 0.50, 0.26), (320, 32, 0.20, 0.40), (576, 18, 0.0, 0.26))
WARM_STEPS = 300
AVERAGING = 0.998
CLIPPED = 2.0
WEIGHT_DECAY = 0.02
SILENCE = 0.025  # share of pictures without text
FILLED = 0.85  # share of batches whose lines are about as wide as the batch


@dataclass(frozen=True)
class Plan:
    """What a training run does. `minutes` of wall time; `peak` is the highest learning rate."""

    minutes: float
    rulebooks: Path
    out: Path
    more_texts: tuple[Path, ...] = ()
    start_from: Path | None = None
    mean: bool = False  # of the weights before and after: forgets less of what an earlier run learnt
    seed: int = 1
    peak: float = 3e-3
    first_steps: int = 1500  # with short lines only; none when starting from weights
    threads: int = 1
    reported_every: float = 240.0  # seconds


@dataclass(frozen=True)
class Report:
    """How far training is. Error shares on hard rendered lines that are always the same."""

    step: int
    lines: int
    signs: int
    seconds: float
    loss: float
    sign_errors: float
    lines_right: float


Batch = tuple[Tensor, Tensor, Tensor]  # (lines, 40, columns) levels, classes one after another, lengths


class RenderedLines(IterableDataset[Batch]):
    """Batches without end."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __iter__(self) -> Iterator[Batch]:
        torch.set_num_threads(1)
        texts = Texts(self.plan.rulebooks, list(self.plan.more_texts))
        press = Press(texts, Fonts(), Noise(self.plan.seed), SILENCE)
        rng = Random(self.plan.seed)
        early = 0 if self.plan.start_from else self.plan.first_steps
        step = 0
        while True:
            shares = [bucket[2 if step < early else 3] for bucket in BUCKETS]
            columns, count, *_ = rng.choices(BUCKETS, shares)[0]
            pictures, said = press.batch(rng, columns, count, fill=rng.random() < FILLED)
            classes, lengths = targets(said)
            yield torch.from_numpy(pictures), torch.from_numpy(classes), torch.from_numpy(lengths)
            step += 1


def computes_halves() -> bool:
    """Whether this processor is faster with bfloat16: those that only imitate it are ten times slower."""
    network = LineNetwork().to(memory_format=torch.channels_last)
    lines = network_input(torch.zeros(2, HEIGHT, 128))
    took = []
    for halves in (False, True):
        for _ in range(2):  # the first prepares
            started = time.perf_counter()
            with torch.autocast("cpu", torch.bfloat16, enabled=halves):
                torch.autograd.backward([network(lines).float().sum()])
        took.append(time.perf_counter() - started)
    return took[1] < took[0]


def network_input(pictures: Tensor) -> Tensor:
    return pictures.float().unsqueeze(1).contiguous(memory_format=torch.channels_last)


def train(plan: Plan) -> Path:
    """Train and write `weights.pt`, `log.jsonl` to `plan.out`; the path of the weights. Raises OSError if it cannot."""
    plan.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    network = LineNetwork()
    if plan.start_from:
        load(network, torch.load(plan.start_from, weights_only=True))
    network = network.to(memory_format=torch.channels_last)
    averaged = copy.deepcopy(network).eval()
    hard = _hard_lines(plan)
    batches = iter(DataLoader(RenderedLines(plan), batch_size=None, num_workers=1, prefetch_factor=8))
    optimiser = _optimiser(network, plan.peak)
    halves = computes_halves()
    started = reported = time.monotonic()
    step = lines = signs = 0
    losses: list[float] = []
    weights = plan.out / "weights.pt"
    with (plan.out / "log.jsonl").open("a", encoding="utf-8") as log:
        while (share := (time.monotonic() - started) / (60 * plan.minutes)) < 1:
            for group in optimiser.param_groups:
                group["lr"] = learning_rate(plan.peak, step, share)
            pictures, classes, lengths = next(batches)
            losses.append(_step(network, optimiser, pictures, classes, lengths, halves))
            step, lines, signs = step + 1, lines + len(pictures), signs + int(lengths.sum())
            _average(averaged, network, step)
            if time.monotonic() - reported > plan.reported_every:
                reported = time.monotonic()
                _write(log, _report(averaged, hard, step, lines, signs, reported - started, losses))
                torch.save(averaged.state_dict(), weights)
        _write(log, _report(averaged, hard, step, lines, signs, time.monotonic() - started, losses))
    torch.save(averaged.state_dict(), weights)
    return weights


def write_mean(before: Path, after: Path) -> None:
    """Replace the weights at `after` by their mean with those at `before`, from which they were trained.

    Such a mean reads better than either (M. Wortsman et al., Model soups, ICML 2022, arXiv 2203.05482).
    """
    network = LineNetwork()
    load(network, torch.load(before, weights_only=True))
    old, new = network.state_dict(), torch.load(after, weights_only=True)
    torch.save({name: ((old[name].float() + new[name].float()) / 2).to(new[name].dtype) for name in new}, after)


def learning_rate(peak: float, step: int, share: float) -> float:
    """A warm-up, then a cosine down to nothing over the time given. `share` of the time that is over, 0..1."""
    return peak * min(1.0, (step + 1) / WARM_STEPS) * (0.5 + 0.5 * math.cos(math.pi * min(1.0, share))) + 1e-6


def best_path(logits: Tensor) -> list[str]:
    """(lines, classes, frames) → what they say."""
    said = []
    for classes in logits.argmax(1).tolist():
        changes = (each for each, before in zip(classes, [-1, *classes], strict=False) if each != before)
        said.append(" ".join("".join(ALPHABET[each - 1] for each in changes if each).split()))
    return said


def _step(
    network: LineNetwork, optimiser: Any, pictures: Tensor, classes: Tensor, lengths: Tensor, halves: bool
) -> float:
    network.train()
    with torch.autocast("cpu", torch.bfloat16, enabled=halves):
        logits = network(network_input(pictures))
    frames = torch.full((len(pictures),), logits.shape[2])
    chances = logits.float().log_softmax(1).permute(2, 0, 1)
    loss = ctc_loss(chances, classes, frames, lengths, zero_infinity=True)
    optimiser.zero_grad()
    torch.autograd.backward([loss])
    torch.nn.utils.clip_grad_norm_(network.parameters(), CLIPPED)
    optimiser.step()
    return float(loss.detach())


def _optimiser(network: LineNetwork, peak: float) -> torch.optim.AdamW:
    matrices = [each for each in network.parameters() if each.dim() > 1]
    vectors = [each for each in network.parameters() if each.dim() <= 1]
    groups = [{"params": matrices, "weight_decay": WEIGHT_DECAY}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=peak, betas=(0.9, 0.98), fused=True)


@torch.no_grad()
def _average(averaged: LineNetwork, network: LineNetwork, step: int) -> None:
    kept = min(AVERAGING, step / (step + 50))
    torch._foreach_lerp_(list(averaged.parameters()), list(network.parameters()), 1 - kept)
    for mean, now in zip(averaged.buffers(), network.buffers(), strict=True):
        mean.copy_(now)


def _hard_lines(plan: Plan) -> list[tuple[Tensor, list[str]]]:
    press = Press(Texts(plan.rulebooks), Fonts(), Noise(99))
    rng = Random("hard")
    made = [press.batch(rng, columns, 60) for columns in (192, 320, 576)]
    return [(torch.from_numpy(np.asarray(pictures)), texts) for pictures, texts in made]


@torch.no_grad()
def _report(
    network: LineNetwork, hard: list[tuple[Tensor, list[str]]], step: int, lines: int, signs: int, seconds: float,
    losses: list[float],
) -> Report:  # fmt: skip
    wrong = length = right = count = 0
    for pictures, texts in hard:
        logits = network(network_input(pictures))
        for said, text in zip(best_path(logits), texts, strict=True):
            wrong += Levenshtein.distance(said, text)
            length += len(text)
            right += said == text
            count += 1
    loss = sum(losses) / max(1, len(losses))
    losses.clear()
    return Report(step, lines, signs, round(seconds), round(loss, 4), round(wrong / length, 5), round(right / count, 4))


def _write(log: Any, report: Report) -> None:
    log.write(json.dumps(asdict(report)) + "\n")
    log.flush()
    print(report, flush=True)
