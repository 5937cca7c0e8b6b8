"""Rated products become certificates."""

from collections.abc import Sequence

from sqlalchemy import Connection

from certificates.certificate import LEAST_STARS
from certificates.issuing import Issuing, keep_rated
from certificates.numbering import Decision
from infra.events.base import Event
from infra.events.scoring import ProductRated
from infra.service import Reaction


class IssueCertificate:
    """Handler of ProductRated: issues at once, or keeps the result for a certifier."""

    def __init__(self, issuing: Issuing, *, automatic: bool) -> None:
        self.issuing, self.automatic = issuing, automatic

    def __call__(self, rated: ProductRated) -> Reaction:
        if rated.stars < LEAST_STARS:
            return None
        issue = self.issuing.prepare(rated, Decision()) if self.automatic else None

        def write(connection: Connection) -> Sequence[Event]:
            keep_rated(rated, connection)
            return issue(connection) if issue else ()

        return write
