"""The rulebooks on the shelf: criteria tables read from YAML when asked for, and which one holds on a day."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

import yaml
from pydantic import BaseModel, ConfigDict

from scoring.errors import UnknownRulebook
from scoring.rulebook import Criterion, Option, Part, Rulebook, flaws_of

SHELF = Path(__file__).parent / "rulebooks"
VALIDATED = "validated"  # index.yaml: only tables whose status starts so may be scored with

Kind = Literal["first", "upgrade", "reassessment"]  # Mẫu 01 item 4
Raw = Mapping[str, Any]  # YAML


class Entry(BaseModel):
    """A table as the list of rulebooks shows it."""

    model_config = ConfigDict(frozen=True)

    family: str
    decision: str
    set_no: int
    name: str
    usable: bool
    in_force: bool
    criteria: int  # scorable rows
    doubts: tuple[str, ...] = ()


class Transition(BaseModel):
    """Dossiers handed in before a new decision and still judged by the old one, up to a last day."""

    model_config = ConfigDict(frozen=True)

    family: str
    kinds: tuple[Kind, ...]
    submitted_before: date
    last_day: date
    source: str


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        family="qd148-2023",
        kinds=("first", "upgrade"),
        submitted_before=date(2026, 5, 22),
        last_day=date(2026, 7, 21),
        source="QĐ 26/2026/QĐ-TTg Art. 11–12: 60 days",
    ),
    Transition(
        family="qd148-2023",
        kinds=("reassessment",),
        submitted_before=date(2026, 5, 22),
        last_day=date(2026, 6, 21),
        source="QĐ 26/2026/QĐ-TTg Art. 11–12: 30 days",
    ),
)


class Library:
    """Tables by decision and set number; each file is read once, when first asked for."""

    def __init__(self, shelf: Path = SHELF) -> None:
        self.shelf = shelf
        self._read: dict[str, Rulebook] = {}

    @cached_property
    def _index(self) -> Raw:
        return _yaml(self.shelf / "index.yaml")

    @cached_property
    def _tables(self) -> dict[tuple[str, int], Raw]:
        return {(row["rulebook"], row["set_no"]): row for row in self._index["tables"] if row["file"]}

    def rulebook_for(self, decision: str, set_no: int) -> Rulebook:
        """The table of a decision, named as printed (`QĐ 26/2026/QĐ-TTg`) or by its family (`qd26-2026`).

        Raises UnknownRulebook. A table with flaws comes back with `usable` false.
        """
        row = self._tables.get((self._family(decision), set_no))
        if row is None:
            raise UnknownRulebook(decision, set_no)
        name = row["file"]
        if name not in self._read:
            self._read[name] = _rulebook(_yaml(self.shelf / name), row)
        return self._read[name]

    def entries(self, on: date) -> list[Entry]:
        """Every table, those in force on the day first."""
        newest = self.family_in_force(on)
        entries = [
            Entry(
                family=family,
                decision=self._decisions[family],
                set_no=set_no,
                name=row["set_name_vi"],
                usable=row["status"].startswith(VALIDATED),
                in_force=family == newest,
                criteria=row["n_scorable"],
                doubts=tuple(row["warnings"]),
            )
            for (family, set_no), row in self._tables.items()
        ]
        return sorted(entries, key=lambda entry: (not entry.in_force, entry.family, entry.set_no))

    def family_in_force(self, on: date, submitted: date | None = None, kind: Kind | None = None) -> str | None:
        """Which family of tables judges a dossier on a day; None before the first one.

        `submitted` and `kind` let a dossier handed in before 22/5/2026 finish under the older rules (TRANSITIONS).
        """
        for transition in TRANSITIONS:
            if submitted and kind in transition.kinds and submitted < transition.submitted_before <= on:
                return transition.family if on <= transition.last_day else self._newest(on)
        return self._newest(on)

    def _newest(self, on: date) -> str | None:
        begun = {
            family: begins
            for family, facts in self._index["rulebooks"].items()
            if (begins := date.fromisoformat(facts["effective_from"])) <= on
        }
        return max(begun, key=lambda family: begun[family], default=None)

    @cached_property
    def _decisions(self) -> dict[str, str]:
        """Family → decision as its tables print it."""
        return {family: str(facts["decision"]).split(" (")[0] for family, facts in self._index["rulebooks"].items()}

    def _family(self, decision: str) -> str:
        plain = " ".join(normalize("NFC", decision).split())
        known = {name: family for family, name in self._decisions.items()}
        return known.get(plain.split(" (")[0], plain)


def _yaml(path: Path) -> Raw:
    with path.open(encoding="utf-8") as file:
        content: Raw = yaml.load(file, yaml.CSafeLoader)  # the C form of safe_load: 10 times faster
    return content


def _rulebook(raw: Raw, row: Raw) -> Rulebook:
    rulebook = Rulebook(
        family=raw["rulebook"],
        decision=str(raw["decision"]).split(" (")[0],
        set_no=raw["set_no"],
        name=raw["set_name_vi"],
        sector=raw.get("sector_vi"),
        group=raw.get("group_vi"),
        subgroup=raw.get("subgroup_vi"),
        agency=raw.get("managing_agency_vi"),
        effective_from=date.fromisoformat(raw["effective_from"]),
        effective_to=date.fromisoformat(raw["effective_to"]) if raw["effective_to"] else None,
        disqualified_if=raw.get("disqualified_if_vi"),
        parts=tuple(
            Part(code=part["code"], title=part["title_vi"], max_points=part["max_points"]) for part in raw["parts"]
        ),
        criteria=tuple(_criterion(each) for each in raw["criteria"]),
        doubts=tuple(row["warnings"]),
    )
    flaws = flaws_of(rulebook)
    if not row["status"].startswith(VALIDATED):
        flaws.append("bản chép chưa đầy đủ: " + "; ".join(row["warnings"]))
    return rulebook.model_copy(update={"usable": not flaws, "flaws": tuple(flaws)})


def _criterion(raw: Raw) -> Criterion:
    """A blank points cell counts 0 here; such a table is not validated in the index, so nobody scores with it."""
    options = tuple(
        Option(
            text=option["text_vi"],
            points=option["points"] or 0,
            min_star=option.get("min_star"),
            case=option.get("case"),
        )
        for option in raw["options"]
    )
    return Criterion(
        code=raw["code"],
        part=raw["part"],
        parent=raw["parent"],
        title=raw["title_vi"],
        max_points=raw["max_points"],
        scorable=raw["scorable"],
        notes=tuple(raw.get("notes_vi", ())),
        options=options,
        evidence=tuple(raw["evidence"]),
        cases={case["case"]: case["label_vi"] for case in raw.get("cases", ())},
        some_points_for=raw.get("min_star_on_criterion"),
    ).with_boxes()
