"""A council, its Quy chế, and its ballots: sealed one by one, opened all at once.

QĐ 26/2026/QĐ-TTg leaves size, quorum, spread and rounding to each province's Quy chế, so they are settings of a
council; the defaults are what older Quy chế have in common (Tây Ninh, Đồng Tháp, Sơn Tây, Quảng Nam).
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from scoring import rules
from scoring.errors import BadCouncil, BrokenSeal, NoQuorum
from scoring.rulebook import Rulebook


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Regulation(Part):
    """The Quy chế of one council."""

    size_min: Annotated[int, Field(ge=1)] = 3  # no number in 26/2026; 9 to 11 are usual
    size_max: Annotated[int, Field(ge=1)] = 25
    quorum: Annotated[Fraction, Field(gt=0, le=1)] = Fraction(3, 4)  # of the voting members (Tây Ninh)
    chair_required: bool = True  # the quorum includes the chair (Tây Ninh)
    chair_votes: bool = True
    max_spread: Annotated[Fraction, Field(ge=0)] = Fraction(10)  # points; exactly this much is allowed: "không quá 10"
    minimums: Literal["average", "majority"] = "average"  # ★ tested on a row's mean, or by most members' ticks
    disqualified_by: Annotated[Fraction, Field(ge=0, lt=1)] = Fraction(1, 2)  # more than this share of ballots
    decimals: Annotated[int, Field(ge=0, le=6)] = 2  # shown; nothing is decided on rounded points


class Council(Part):
    """People are named by their user names."""

    members: tuple[str, ...]  # the chair among them
    chair: str
    secretary: str | None = None
    regulation: Regulation = Regulation()

    @property
    def voters(self) -> tuple[str, ...]:
        return tuple(name for name in self.members if self.regulation.chair_votes or name != self.chair)

    @property
    def ballots_needed(self) -> int:
        return ceil(self.regulation.quorum * len(self.voters))

    def check(self) -> None:
        """Raises BadCouncil."""
        limits = self.regulation
        if len(set(self.members)) != len(self.members):
            raise BadCouncil("có thành viên được ghi hai lần. Bỏ tên lặp rồi gửi lại.")
        if not limits.size_min <= len(self.members) <= limits.size_max:
            raise BadCouncil(
                f"hội đồng có {len(self.members)} thành viên, quy chế cho phép từ {limits.size_min} đến "
                f"{limits.size_max}. Sửa danh sách rồi gửi lại."
            )
        if self.chair not in self.members:
            raise BadCouncil(f"chủ tịch {self.chair} không có trong danh sách thành viên. Thêm vào rồi gửi lại.")

    def check_quorum(self, voted: Collection[str]) -> None:
        """Raises NoQuorum."""
        ballots = len(set(voted) & set(self.voters))
        must_vote = self.regulation.chair_required and self.regulation.chair_votes
        chair_missing = must_vote and self.chair not in voted
        if ballots < self.ballots_needed or chair_missing:
            raise NoQuorum(ballots, self.ballots_needed, chair_missing=chair_missing)


class Ballot(Part):
    """What one member decided. `disqualify`: the ground on which she proposes to reject the dossier, if she does."""

    member: str
    choices: dict[str, int | None]
    comment: str = ""
    disqualify: str | None = None

    def canonical(self) -> bytes:
        """The same ballot always gives the same bytes: sorted keys, no spaces, UTF-8."""
        content = self.model_dump(mode="json")
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def seal(self, nonce: str) -> str:
        """SHA-256 over nonce and ballot: binds the member, yet tells nothing until the nonce is shown."""
        return hashlib.sha256(nonce.encode() + b"\n" + self.canonical()).hexdigest()


class SealedBallot(Part):
    """A ballot with its seal; `opened` is the only way in."""

    ballot: Ballot
    nonce: str
    digest: str

    def opened(self) -> Ballot:
        """Raises BrokenSeal if a letter was changed since it was handed in."""
        if self.ballot.seal(self.nonce) != self.digest:
            raise BrokenSeal(self.ballot.member)
        return self.ballot


class Vote(Part):
    """One opened ballot, counted."""

    member: str
    points: dict[str, int]
    parts: dict[str, Fraction]
    total: Fraction
    comment: str = ""
    disqualify: str | None = None


class Tally(Part):
    """All ballots together. `rating` is None when the dossier is disqualified: gates come before points."""

    votes: tuple[Vote, ...]
    rows: dict[str, Fraction]  # criterion → mean points
    spread: Fraction
    disqualified_because: tuple[str, ...] = ()
    rating: rules.Rating | None = None

    def is_too_wide(self, regulation: Regulation) -> bool:
        """A disqualified dossier needs no agreement on points."""
        return self.rating is not None and self.spread > regulation.max_spread


def count(rulebook: Rulebook, regulation: Regulation, ballots: Sequence[SealedBallot]) -> Tally:
    """Open all ballots at once and count them. Raises BrokenSeal, or ValueError if there is none."""
    votes = tuple(_vote(rulebook, sealed.opened()) for sealed in ballots)
    sheets = [vote.points for vote in votes]
    rows = rules.averages(sheets)
    grounds = tuple(dict.fromkeys(vote.disqualify for vote in votes if vote.disqualify))
    share = Fraction(sum(1 for vote in votes if vote.disqualify), len(votes))
    disqualified = share > regulation.disqualified_by

    def by_majority(code: str, minimum: int) -> bool:
        return 2 * sum(sheet[code] >= minimum for sheet in sheets) > len(sheets)

    meets = by_majority if regulation.minimums == "majority" else None
    return Tally(
        votes=votes,
        rows=rows,
        spread=rules.spread([vote.total for vote in votes]),
        disqualified_because=grounds if disqualified else (),
        rating=None if disqualified else rules.rate(rulebook, rows, meets),
    )


def _vote(rulebook: Rulebook, ballot: Ballot) -> Vote:
    points = rules.points_of(rulebook, ballot.choices)
    parts = rules.part_totals(rulebook, points)
    return Vote(
        member=ballot.member,
        points=points,
        parts=parts,
        total=sum(parts.values(), Fraction()),
        comment=ballot.comment,
        disqualify=ballot.disqualify,
    )


def shown(points: Fraction, decimals: int) -> float:
    """Points for people, half up as everybody rounds: never compared, never stored."""
    scale = 10**decimals
    return float(Fraction((2 * points * scale + 1) // 2, scale))


def shown_parts(parts: Mapping[str, Fraction], decimals: int) -> dict[str, float]:
    return {code: shown(points, decimals) for code, points in parts.items()}
