"""How one office's papers look: fonts, spacing, leaders, ticks, and which layout of each form it uses."""

from dataclasses import dataclass, replace
from random import Random

from infra.samples.variant import Layout

FONTS = ("Liberation Serif", "FreeSerif", "Noto Serif", "Liberation Sans", "DejaVu Sans")
NARROWER = {"Noto Serif": -1.2, "DejaVu Sans": -1.6, "Liberation Sans": -0.6}  # points; these run wide

# Typefaces of the varied layouts: all have every Vietnamese letter; Tinos and Liberation Serif have the widths of Times
# New Roman. One that is not installed is replaced by Liberation Serif, and the truth stays exact.
TYPEFACES = {
    "Liberation Serif": 6,
    "Tinos": 5,
    "FreeSerif": 4,
    "Linux Libertine O": 2,
    "Charis SIL": 2,
    "Doulos SIL": 2,
    "Gentium Plus": 1,
    "EB Garamond": 1,
    "Noto Serif": 1,
    "Vollkorn": 1,
    "Arimo": 2,
    "Carlito": 2,
    "Roboto": 1,
    "Open Sans": 1,
    "Lato": 1,
}
NARROWER |= {"Charis SIL": -1.3, "Doulos SIL": -1.3, "Vollkorn": -0.8, "Arimo": -0.6, "Roboto": -0.9}
NARROWER |= {"Open Sans": -1.4, "Lato": -0.9}


@dataclass(frozen=True)
class Style:
    font: str
    size: float  # points
    leading: float  # em
    gap: float  # points between form lines
    margin: float  # millimetres on the left
    leader: str  # dots | dotted | none
    layout: str  # lines | table: labelled values
    grading: str  # table | prose: Part III of Mẫu số 02
    rules: str  # all | thin: lines of the criteria table
    criteria: float  # width of "Các tiêu chí" against "Thang điểm"
    table: float  # points: letters in tables
    row: float  # points of space around a row of the criteria table
    shade: bool
    box: float  # points: side of a tick box
    tick: str  # check | cross | hand-check | hand-cross
    value: str  # regular | bold | italic: filled-in values
    pen: str
    sign: float  # points of space for a signature
    justify: bool
    scanner: str  # colour | mixed (grey where no stamp is) | grey
    head: str = "usual"  # usual | unit (who writes on the left, the motto on the right) | plain (no "Mẫu số")
    boxes: str = "usual"  # left | right of the text they belong to
    numbered: bool = False  # a column of numbers before tables of labelled values and before criteria
    opinions: str = "lines"  # lines | table: Mẫu số 03's assessments
    graded: str = "described-last"  # described-last | points-last | with-maximum: columns of Part III
    across: tuple[str, ...] = ()  # forms printed on sheets lying across


def style_for(rng: Random) -> Style:
    """One office's habits. The two layouts of each form come up about equally often."""
    font = rng.choices(FONTS, (6, 3, 2, 2, 1))[0]
    narrower = NARROWER.get(font, 0.0)
    layout = rng.choice(("lines", "lines", "table"))
    return Style(
        font=font,
        size=round(rng.choice((12.0, 12.4, 12.8)) + narrower, 1),
        leading=rng.choice((0.0, 0.08, 0.16)) if narrower > -1 else 0.0,
        gap=rng.choice((3.0, 4.0, 5.0)),
        margin=rng.choice((22.0, 25.0, 28.0)),
        leader=rng.choice(("dots", "dotted", "none")),
        layout=layout,
        grading=rng.choice(("table", "prose")),
        rules=rng.choice(("all", "thin")),
        criteria=rng.choice((5.0, 5.6, 6.5)),
        table=round(10.2 + narrower * 0.7, 1),
        row=rng.choice((1.1, 1.4, 1.8)),
        shade=rng.random() < 0.4,
        box=rng.choice((8.5, 9.0, 10.0)),
        tick=rng.choice(("check", "cross", "hand-check", "hand-check", "hand-cross")),
        value=rng.choice(("regular", "regular", "bold", "italic")),
        pen=rng.choice(("#1d2f8f", "#20306b", "#2343b8", "#222222")),
        sign=rng.choice((64.0, 70.0, 76.0)),
        justify=rng.random() < 0.7,
        scanner=rng.choice(("colour", "mixed", "mixed", "grey")),
    )


def varied(style: Style, layout: Layout, rng: Random) -> Style:
    """The same office with the habits of a layout; `varied` picks each by chance."""
    if layout == "usual":
        return style
    font = rng.choices(tuple(TYPEFACES), tuple(TYPEFACES.values()))[0]
    narrower = NARROWER.get(font, 0.0)
    style = replace(
        style,
        font=font,
        size=round(rng.choice((11.6, 12.4, 13.0)) + narrower, 1),
        table=round(10.2 + narrower * 0.7, 1),
        leading=0.0 if narrower < -1 else style.leading,
        leader=rng.choice(("dots", "dotted", "ellipses", "underline", "none")),
        layout=rng.choice(("lines", "table")),
        head=rng.choice(("usual", "unit", "plain")),
        boxes=rng.choice(("left", "right")),
        numbered=rng.random() < 0.5,
        opinions=rng.choice(("lines", "table")),
        graded=rng.choice(("described-last", "points-last", "with-maximum")),
        across=tuple(form for form in ("self-assessment", "score-sheet") if rng.random() < 0.15),
    )
    named: dict[Layout, dict[str, object]] = {
        "leaders": {"layout": "lines", "leader": "dots", "grading": "prose", "opinions": "lines", "across": ()},
        "tables": {"layout": "table", "grading": "table", "opinions": "table", "numbered": True, "across": ()},
        "boxes-right": {"boxes": "right", "across": ()},
        "landscape": {"across": ("self-assessment", "score-sheet"), "grading": "table"},
    }
    return replace(style, **named.get(layout, {}))  # type: ignore[arg-type]  # each value is of its field's type
