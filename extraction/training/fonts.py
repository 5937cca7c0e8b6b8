"""Font files to train on: those with every Vietnamese letter, Times-like ones most often, a few kept out."""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from random import Random

from PIL import ImageFont

from extraction.training.signs import ALPHABET, LETTERS

FONT_FOLDERS = (
    Path("/usr/share/fonts/truetype"),
    Path("/usr/share/fonts/opentype"),
    Path("/usr/share/texmf/fonts/opentype"),
    Path("/usr/share/texlive/texmf-dist/fonts"),
)
HELD_OUT = ("texgyretermes", "TeXGyreTermesX", "Libertinus")  # never trained on: they tell how unseen fonts are read
UNFIT = (
    "Thin",
    "Hairline",
    "Black",
    "Light",
    "Expanded",
    "Heavy",
    "_RZ",
    "_RI",
    "Math",
    "math",
    "smallcaps",
    "Initials",
)

# How often a group is drawn, and the beginnings of its families' file names.
GROUPS: tuple[tuple[float, tuple[str, ...]], ...] = (
    (0.24, ("LiberationSerif-",)),
    (0.05, ("FreeSerif",)),
    (0.07, ("NotoSerif-", "NotoSerifDisplay-")),
    (0.05, ("DejaVuSerif",)),
    (0.08, ("STIX", "texgyrepagella", "texgyrebonum", "texgyreschola", "Tinos", "Tempora")),
    (0.10, ("Charis", "Doulos", "Gentium", "LinLibertine", "Vollkorn", "Junicode", "EBGaramond")),
    (0.10, ("Alegreya-", "Cochineal", "CormorantGaramond", "Crimson-", "CrimsonPro", "Erewhon", "Merriweather-")),
    (0.06, ("NewCM10", "SourceSerifPro", "Spectral", "antpolt-", "AntykwaTorunska", "DroidSerif", "IBMPlexSerif")),
    (0.10, ("LiberationSans-", "Arimo", "texgyreheros")),
    (
        0.09,
        ("NotoSans-", "DejaVuSans", "FreeSans", "Roboto-", "Lato-", "OpenSans-", "Carlito", "LinBiolinum", "Cantarell"),
    ),
    (0.06, ("FiraSans", "LibreFranklin", "Montserrat", "Nunito", "SourceSansPro", "IBMPlexSans", "Chivo", "Rosario")),
    (0.04, ("LiberationMono-", "Cousine", "FreeMono", "IBMPlexMono", "SourceCodePro", "UMTypewriter")),
)
NEEDED = frozenset(LETTERS + LETTERS.upper() + "0123456789.,:;-/()%")


@dataclass(frozen=True)
class FontFile:
    path: str
    signs: frozenset[str]


class Fonts:
    """The fonts of this machine. Raises FileNotFoundError if none of the wanted groups is installed."""

    def __init__(self, folders: tuple[Path, ...] = FONT_FOLDERS, held_out: bool = False) -> None:
        files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".ttf", ".otf"))
        groups = ((1.0, HELD_OUT),) if held_out else GROUPS
        self.files: list[FontFile] = []
        weights: list[float] = []
        for share, names in groups:
            families = [fonts for name in names if (fonts := _fit(files, name, held_out))]
            for found in families:
                slants = [0.6 if "Italic" in font.path or "Oblique" in font.path else 1.0 for font in found]
                self.files += found
                weights += [share / len(families) * slant / sum(slants) for slant in slants]
        if not self.files:
            raise FileNotFoundError("No font with all Vietnamese letters is installed; install fonts-liberation2.")
        self.cumulated = [sum(weights[: count + 1]) for count in range(len(weights))]

    def any(self, rng: Random) -> FontFile:
        return rng.choices(self.files, cum_weights=self.cumulated)[0]


def _fit(files: list[Path], family: str, held_out: bool) -> list[FontFile]:
    """The family's files that have every Vietnamese letter: each family of a group is drawn as often as the others."""
    return [
        font
        for path in files
        if path.name.startswith(family)
        and not any(part in path.name for part in UNFIT)
        and (held_out or not path.name.startswith(HELD_OUT))
        and (font := font_file(str(path))).signs >= NEEDED
    ]


@cache
def font_file(path: str) -> FontFile:
    """The file and which known signs it draws: one whose picture differs from that of a sign no font has."""
    font = ImageFont.truetype(path, 24, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(font.getmask("\U0010fffe"))
    return FontFile(path, frozenset(sign for sign in ALPHABET if sign == " " or bytes(font.getmask(sign)) != missing))


@lru_cache(2000)
def sized(path: str, em: int) -> ImageFont.FreeTypeFont:
    """The font at `em` pixels."""
    return ImageFont.truetype(path, em, layout_engine=ImageFont.Layout.BASIC)
