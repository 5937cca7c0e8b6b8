"""The measures of the issue "Reading" and their targets. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Measure:
    """A share in percent: the sum of `part` counts over the sum of `whole` counts (a name may stand twice)."""

    key: str
    title: str
    part: tuple[str, ...]
    whole: tuple[str, ...]
    least: bool  # whether the target is a least value (else a greatest)
    targets: tuple[float, float, float] | None  # clean, office, poor


# Behind a level's name: forms of other layouts, other hands, pages fed any way, planted mistakes; forms of QĐ 148/2023.
HARD, OLD_FORMS = "+hard", "+2023"
LEVELS = ("clean", "office", "poor")

MEASURES = (
    Measure("cer", "CER, all text, order-free", ("wrong", "inserted"), ("signs",), False, (0.15, 0.25, 0.7)),
    Measure("cer_ordered", "CER, in reading order", ("ordered_wrong",), ("ordered_signs",), False, (0.4, 0.6, 1.5)),
    Measure("cer_prose", "CER, prose", ("prose_wrong",), ("prose_signs",), False, (0.05, 0.05, 0.4)),
    Measure("cer_cells", "CER, table cells", ("cell_wrong",), ("cell_signs",), False, (0.05, 0.05, 0.4)),
    Measure("values", "form values exactly right", ("values_right",), ("values",), True, (99.5, 98.5, 95)),
    Measure(
        "ticks",
        "tick F1, end to end",
        ("ticks_hit", "ticks_hit"),
        ("ticks_hit", "ticks_hit", "ticks_false", "ticks_missed"),
        True,
        (100, 99.5, 99),
    ),
    Measure("ticks_silent", "wrong ticks not flagged", ("answers_silent",), ("answers",), False, (0, 0, 0.2)),
    Measure("fields", "whole dossiers: fields right", ("field_right",), ("field",), True, (99, 98, 94)),
    Measure(
        "evidence", "whole dossiers: evidence fields right", ("evidence_right",), ("evidence",), True, (97, 95, 90)
    ),
    Measure(
        "criteria",
        "whole dossiers: criteria points right",
        ("criterion_right",),
        ("criterion",),
        True,
        (99.8, 99.5, 98),
    ),
    Measure("kinds", "page kind right", ("kind_right",), ("pages",), True, (99, 98, 95)),
    Measure("map_recall", "evidence map: recall", ("proofs_right",), ("proofs",), True, (95, 95, 90)),
    Measure("map_precision", "evidence map: precision", ("proofs_right",), ("proofs_proposed",), True, (90, 90, 85)),
    Measure("silent", "wrong decisive values not flagged", ("silent",), ("decisive",), False, (0.1, 0.2, 0.5)),
    Measure("look", "values a clerk must look at", ("to_look_at",), ("decisive",), False, (2, 4, 12)),
    Measure("not_found", "decisive values not found (in the line above)", ("not_found",), ("decisive",), False, None),
    Measure("needless", "right values flagged (in the line above)", ("needless",), ("decisive",), False, None),
    Measure("defects", "planted mistakes pointed out", ("defects_found",), ("defects",), True, None),
    Measure("cer_stamped", "CER, under a stamp", ("stamped_wrong",), ("stamped_signs",), False, None),
    Measure("inserted", "text read where none is printed", ("inserted",), ("signs",), False, None),
    Measure("boxes", "tick boxes found", ("boxes_found",), ("boxes",), True, None),
    Measure("cells", "table cells right to the letter", ("cells_right",), ("cells",), True, None),
    Measure("upright", "pages turned upright", ("upright",), ("pages",), True, None),
)
BY_KEY = {measure.key: measure for measure in MEASURES}


@dataclass(frozen=True)
class Figure:
    """A measure's value in percent (None: there was nothing to measure), its target and whether it is met."""

    measure: Measure
    value: float | None
    part: int
    whole: int
    target: float | None

    @property
    def met(self) -> bool | None:
        if self.value is None or self.target is None:
            return None
        return self.value >= self.target if self.measure.least else self.value <= self.target

    @property
    def shown(self) -> str:
        return "–" if self.value is None else f"{self.value:.2f}"

    @property
    def target_shown(self) -> str:
        return "" if self.target is None else f"{'≥' if self.measure.least else '≤'} {self.target:g}"


def wear_of(level: str) -> str:
    """The scan level that a level's name begins with."""
    return level.removesuffix(HARD).removesuffix(OLD_FORMS)


def figure(measure: Measure, counts: Counts, level: str) -> Figure:
    """The measure on these counts, beside the level's target (none for levels the issue does not name)."""
    part = sum(counts.get(name, 0) for name in measure.part)
    whole = sum(counts.get(name, 0) for name in measure.whole)
    wear = wear_of(level)
    target = measure.targets[LEVELS.index(wear)] if measure.targets and wear in LEVELS else None
    return Figure(measure, 100 * part / whole if whole else None, part, whole, target)


def figures(counts: Counts, level: str) -> list[Figure]:
    """Every measure."""
    return [figure(measure, counts, level) for measure in MEASURES]


def summed(parts: Mapping[str, Counts]) -> Counter[str]:
    """The counts of all page kinds together."""
    total: Counter[str] = Counter()
    for counts in parts.values():
        total.update(counts)
    return total
