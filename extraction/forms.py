"""The criteria tables as they are printed: known in advance, so that what is read can be laid beside them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from extraction.folding import fold

CODE = re.compile(r"^\d{1,2}(\.\d{1,2}){0,2}$")
BEGINS_ROW = re.compile(r"^(?=- )", re.MULTILINE)
SHORT = 8  # signs


@dataclass(frozen=True)
class PrintedOption:
    text: str
    folded: str
    points: Fraction | None


@dataclass(frozen=True)
class PrintedCriterion:
    code: str
    title: str
    folded: str
    part: str
    max_points: Fraction
    scorable: bool
    options: tuple[PrintedOption, ...]
    evidence: tuple[str, ...]

    @property
    def is_binary(self) -> bool:
        """Worth its points or nothing; no boxes are printed."""
        return self.scorable and not self.options

    @property
    def listed(self) -> tuple[Fraction, ...]:
        """Every number of points that can be given."""
        if self.is_binary:
            return (Fraction(0), self.max_points)
        return tuple(option.points for option in self.options if option.points is not None)


@dataclass(frozen=True)
class PrintedTable:
    """One set's criteria table (Phụ lục II)."""

    decision: str
    short: str  # qd26-2026
    set_no: int
    name: str
    folded_names: tuple[str, ...]  # of the set, its sub-group and group
    groups: tuple[str, ...]  # the product's sector, group and sub-group (Phụ lục I), as printed
    criteria: tuple[PrintedCriterion, ...]

    @cached_property
    def by_code(self) -> dict[str, PrintedCriterion]:
        return {criterion.code: criterion for criterion in self.criteria}

    @cached_property
    def folded_texts(self) -> frozenset[str]:
        """Titles and options that are long enough to tell tables apart."""
        return frozenset(
            text
            for criterion in self.criteria
            for text in (criterion.folded, *(option.folded for option in criterion.options))
            if len(text) > SHORT
        )


class Forms:
    """All tables in a folder of rulebook files, loaded when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self) -> None:
        """Load them now."""
        _ = self.tables

    @cached_property
    def tables(self) -> tuple[PrintedTable, ...]:
        """Newest rulebook first: it wins where two fit equally well."""
        files = sorted(self.folder.glob("qd*.yaml"))
        rows = cache(_rows)  # most are those of another table, to the letter
        tables = [_table(file.read_text(encoding="utf-8"), rows) for file in files]
        return tuple(sorted(tables, key=lambda table: (-int(table.short.rsplit("-", 1)[-1]), table.set_no)))

    @cached_property
    def groups(self) -> frozenset[str]:
        """All sectors, groups and sub-groups of products that the programme knows."""
        return frozenset(name for table in self.tables for name in table.groups)

    def in_force(self) -> Iterator[PrintedTable]:
        """The tables of QĐ 26/2026/QĐ-TTg."""
        return (table for table in self.tables if table.short == "qd26-2026")


def _table(text: str, rows: Callable[[str], Sequence[PrintedCriterion]]) -> PrintedTable:
    """The table of a file, whose last key is its list of criteria. `rows` reads a part of that list."""
    head, _, criteria = text.partition("\ncriteria:\n")
    content = yaml.load(head, yaml.CSafeLoader)
    names = [content.get(key) or "" for key in ("set_name_vi", "subgroup_vi")]
    return PrintedTable(
        decision=str(content["decision"]),
        short=str(content["rulebook"]),
        set_no=int(content["set_no"]),
        name=str(content["set_name_vi"]),
        groups=tuple(str(content[key]) for key in ("sector_vi", "group_vi", "subgroup_vi") if content.get(key)),
        folded_names=tuple(dict.fromkeys(fold(name) for name in names if name)),
        criteria=tuple(row for part in BEGINS_ROW.split(criteria) for row in rows(part)),
    )


def _rows(part: str) -> Sequence[PrintedCriterion]:
    return tuple(_criterion(each) for each in yaml.load(part, yaml.CSafeLoader) or ())


def _criterion(content: dict[str, Any]) -> PrintedCriterion:
    options = tuple(
        PrintedOption(str(each["text_vi"]), fold(str(each["text_vi"])), _points(each.get("points")))
        for each in content.get("options") or ()
    )
    title = str(content["title_vi"])
    return PrintedCriterion(
        code=str(content["code"]),
        title=title,
        folded=fold(title),
        part=str(content["part"]),
        max_points=_points(content["max_points"]) or Fraction(0),
        scorable=bool(content["scorable"]),
        options=options,
        evidence=tuple(str(name) for name in content.get("evidence") or ()),
    )


def _points(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))
