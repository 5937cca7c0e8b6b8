"""What evidence papers are made of: labelled lines, paragraphs, and the six values every paper may carry."""

from datetime import date, timedelta
from random import Random
from typing import Any

from infra.samples.fiction import Story
from infra.samples.papers import Paper, filled


def before(story: Story, rng: Random, least: int = 60, most: int = 600) -> date:
    """A day some time before the dossier was handed in."""
    return story.submitted - timedelta(days=rng.randint(least, most))


def after(issued: date, years: int) -> date:
    return issued.replace(year=issued.year + years, day=min(issued.day, 28))


def line(label: str, value: Any) -> dict[str, Any]:  # Any: JSON
    return {"t": "line", "label": label, "value": value}


def para(*pieces: Any) -> dict[str, Any]:  # Any: JSON
    return {"t": "para", "text": list(pieces)}


def holder(story: Story) -> dict[str, str | bool]:
    return filled("evidence.holder", story.applicant.name)


def product_name(story: Story) -> dict[str, str | bool]:
    return filled("evidence.product", story.product.name)


def issuer(name: str) -> dict[str, str | bool]:
    return filled("evidence.issuer", name)


def paper(kind: str, **content: Any) -> Paper:  # Any: JSON
    return {"form": "evidence", "kind": kind, **content}
