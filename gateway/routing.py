"""Which service answers which address of the API, and for whom. Whatever is not in this table does not exist."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from infra.errors import Forbidden
from infra.identity import ROLES, Identity

HANDING_IN = ("clerk", "secretary", "administrator")
READING = ("clerk", "member", "secretary", "certifier", "administrator")
COUNCIL = ("member", "secretary", "certifier", "operator", "administrator")
RUNNING = ("secretary", "administrator")
CERTIFYING = ("certifier",)
PUBLIC: tuple[str, ...] = ("*",)  # answers without a login


@dataclass(frozen=True)
class Route:
    """`{name}` in a path stands for one segment, `{name:path}` for one or more."""

    methods: str
    path: str
    service: str
    roles: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        parts = re.split(r"(\{\w+(?::path)?\})", self.path)
        return re.compile("".join(_piece(part) for part in parts))

    @property
    def is_public(self) -> bool:
        return self.roles == PUBLIC

    def admit(self, person: Identity) -> None:
        """Raises Forbidden. The services check again: a door is not a reason to leave the safe open."""
        if not self.is_public and person.roles.isdisjoint(self.roles):
            raise Forbidden(
                f"Tài khoản {person.subject} không có quyền làm việc này (cần: {', '.join(self.roles)}). "
                "Nhờ quản trị viên cấp vai trò nếu đây là việc của bạn."
            )


def _piece(part: str) -> str:
    if not part.startswith("{"):
        return re.escape(part)
    return ".+" if part.endswith(":path}") else "[^/]+"


_DOSSIER = "/api/v1/dossiers/{dossier}"

ROUTES: tuple[Route, ...] = (
    Route("POST", "/api/v1/dossiers", "intake", HANDING_IN),
    Route("GET", f"{_DOSSIER}/files", "intake", READING),
    Route("GET", f"{_DOSSIER}/files/{{number}}", "intake", READING),
    Route("POST", f"{_DOSSIER}/files", "intake", HANDING_IN),
    Route("POST", f"{_DOSSIER}/withdraw", "intake", HANDING_IN),
    Route("GET", f"{_DOSSIER}/pages", "extraction", READING),
    Route("GET", f"{_DOSSIER}/pages/{{rest:path}}", "extraction", READING),
    Route("GET", f"{_DOSSIER}/changes", "extraction", READING),
    Route("GET", f"{_DOSSIER}/extraction", "extraction", READING),
    Route("GET", f"{_DOSSIER}/score-sheet", "scoring", READING),
    Route("GET", f"{_DOSSIER}/score-sheet.pdf", "scoring", READING),
    Route("PUT POST", f"{_DOSSIER}/rulebook", "scoring", RUNNING),
    Route("GET", "/api/v1/rulebooks", "scoring", ROLES),
    Route("GET", "/api/v1/rulebooks/{rest:path}", "scoring", ROLES),
    Route("GET", "/api/v1/assessments", "scoring", COUNCIL),
    Route("POST", "/api/v1/assessments", "scoring", RUNNING),
    Route("GET", "/api/v1/assessments/{rest:path}", "scoring", COUNCIL),
    Route("POST PUT", "/api/v1/assessments/{assessment}/ballots", "scoring", ("member",)),
    Route("POST", "/api/v1/assessments/{assessment}/close", "scoring", RUNNING),
    Route("GET", "/api/v1/certificates", "certificates", ROLES),
    Route("GET", "/api/v1/certificates/{rest:path}", "certificates", ROLES),
    Route("POST", "/api/v1/certificates", "certificates", CERTIFYING),
    Route("POST", "/api/v1/certificates/{rest:path}", "certificates", CERTIFYING),
    Route("POST", "/api/v1/verify", "certificates", PUBLIC),
    Route("GET", "/api/v1/verify/{rest:path}", "certificates", PUBLIC),
)


def route_for(method: str, path: str, routes: Iterable[Route] = ROUTES) -> Route | None:
    """The route of a request to another service, or None: then it is the gateway's own or nobody's."""
    wanted = "GET" if method == "HEAD" else method
    return next((each for each in routes if wanted in each.methods.split() and each.pattern.fullmatch(path)), None)
