"""`ocop train-reader`: from nothing, or from weights, to the files the reader loads."""

import json
import shutil
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from rich.console import Console
from rich.table import Table

from extraction.engines.pairs import pairs_of
from extraction.engines.reader import WEIGHTS, Reader
from extraction.training import entries
from extraction.training.evaluation import Result, as_json, evaluate
from extraction.training.export import export
from extraction.training.fonts import Fonts
from extraction.training.lines import Press
from extraction.training.loop import Plan, train, write_mean
from extraction.training.recovery import recovered
from extraction.training.reliability import reliability, write_reliability
from extraction.training.signs import ALPHABET
from extraction.training.texts import HeldOutTexts, Texts
from extraction.training.wear import Noise

FILES = ("reader.onnx", "alphabet.txt", "reliability.json", "pairs.txt")
MEASURED_LINES = 600  # for each kind of line
EXPORT_SEED, MEASURE_SEED = 7, 99


def train_reader(plan: Plan, *, install: bool, console: Console) -> int:
    """Train, export, measure; with `install` the new weights replace the project's. Returns the exit code."""
    console.print(f"Training for {plan.minutes:g} minutes into {plan.out}; progress stands in log.jsonl there.")
    plan = replace(plan, start_from=_beginning(plan))
    weights = train(plan)
    if plan.start_from and plan.mean:
        write_mean(plan.start_from, weights)
    finish(weights, plan, console)
    if install:
        for name in FILES:
            shutil.copyfile(plan.out / name, WEIGHTS / name)
        console.print(f"The new weights lie in {WEIGHTS}. Run `./ocop bench reading` before you commit them.")
    return 0


def _beginning(plan: Plan) -> Path | None:
    """Weights to train further from: a run's own, or those found again in a `reader.onnx`."""
    if plan.start_from is None or plan.start_from.suffix != ".onnx":
        return plan.start_from
    texts = Texts(plan.rulebooks, list(plan.more_texts))
    found = recovered(plan.start_from, Press(texts, Fonts(), Noise(EXPORT_SEED)))
    plan.out.mkdir(parents=True, exist_ok=True)
    torch.save(found, plan.out / "start.pt")
    return plan.out / "start.pt"


def finish(weights: Path, plan: Plan, console: Console) -> None:
    """Export the weights, measure them, and learn from lines not trained on what their confidence is worth."""
    texts = Texts(plan.rulebooks, list(plan.more_texts))
    seen, unseen = Fonts(), Fonts(held_out=True)
    export(weights, plan.out / "reader.onnx", Press(texts, seen, Noise(EXPORT_SEED)))
    (plan.out / "alphabet.txt").write_text(unicodedata.normalize("NFC", ALPHABET), encoding="utf-8")
    write_reliability([(0.0, 0.0), (1.0, 1.0)], plan.out / "reliability.json")
    _write_pairs(texts.sentences, texts, plan.out)  # not those of texts that are measured with
    reader = Reader(plan.out)
    held_out = HeldOutTexts(plan.rulebooks)
    noise = Noise(MEASURE_SEED)
    kinds = {
        "fonts and texts trained on": Press(texts, seen, noise),
        "texts kept out": Press(held_out, seen, noise),
        "fonts kept out": Press(texts, unseen, noise),
        "fonts and texts kept out": Press(held_out, unseen, noise),
    }
    results: dict[str, Result] = {}
    words: list[tuple[float, bool]] = []
    for name, press in kinds.items():
        results[name], judged = evaluate(reader, press, MEASURED_LINES, name)
        words += judged
    write_reliability(reliability([sure for sure, _ in words], [right for _, right in words]), plan.out / FILES[2])
    _write_pairs(texts.all_sentences, texts, plan.out)
    (plan.out / "results.json").write_text(json.dumps(as_json(results), indent=1) + "\n", encoding="utf-8")
    console.print(_table(results))


def _table(results: dict[str, Result]) -> Table:
    table = Table("lines", "signs wrong %", "lines right %", title="Hard rendered lines, int8")
    for name, result in results.items():
        table.add_row(name, f"{100 * result.sign_errors:.2f}", f"{100 * result.lines_right:.1f}")
    return table


def _write_pairs(sentences: Sequence[str], texts: Texts, out: Path) -> None:
    """Words that stand side by side in the tables' sentences, in what forms hold, and in the further texts."""
    printed = (*entries.PRODUCTS, *entries.SIGNED, *entries.LABELS, *entries.MICROBES)
    pairs = pairs_of((*sentences, *printed, *texts.formulas, *texts.prose))
    (out / "pairs.txt").write_text("".join(f"{pair}\n" for pair in sorted(pairs)), encoding="utf-8")
