"""A score sheet as a PDF: Typst lays out `score_sheet.typ`; data goes in as JSON, never as markup."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typst
from pydantic import BaseModel, ConfigDict

from scoring.council import Ballot, Vote, shown, shown_parts
from scoring.score_sheet import ScoreSheet

TEMPLATE = Path(__file__).parent / "score_sheet.typ"


class Filled(BaseModel):
    """A member's own ballot, to be printed into the sheet."""

    model_config = ConfigDict(frozen=True)

    ballot: Ballot
    vote: Vote
    name: str
    signed_on: date


def render_sheet(sheet: ScoreSheet, made: datetime, filled: Filled | None = None) -> bytes:
    """A4, landscape. Boxes are empty, or ticked as in `filled`. The same input gives the same bytes."""
    content: dict[str, Any] = {  # Any: JSON for the template
        **sheet.model_dump(mode="json"),
        "comment": "",
        "member": "",
        "signed_on": "",
        "disqualify": False,
    }
    for row in content["criteria"]:
        for evidence in row["evidence"]:
            evidence["pages"] = page_list(evidence["pages"])
    if filled:
        _fill(content, filled)
    inputs = {"data": json.dumps(content, ensure_ascii=False)}
    pdf: bytes = typst.compile(str(TEMPLATE), format="pdf", sys_inputs=inputs, timestamp=int(made.timestamp()))
    return pdf


def _fill(content: dict[str, Any], filled: Filled) -> None:
    for row in content["criteria"]:
        row["ticked"] = filled.ballot.choices.get(row["code"])
        row["given"] = str(filled.vote.points[row["code"]])
    given = shown_parts(filled.vote.parts, 0)
    for part in content["parts"]:
        part["given"] = f"{given[part['code']]:g}"
    content |= {
        "given_total": f"{shown(filled.vote.total, 0):g}",
        "comment": filled.ballot.comment,
        "member": filled.name,
        "signed_on": filled.signed_on.strftime("%d/%m/%Y"),
        "disqualify": filled.ballot.disqualify is not None,
    }


def page_list(pages: list[int]) -> str:
    """[3, 4, 5, 9] → "3–5, 9"."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
