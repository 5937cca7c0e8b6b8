"""Who is asking: a short-lived statement signed by the gateway, the only thing services trust.

JWT (RFC 7519) with HMAC-SHA256 over a secret that gateway and services share, valid for a minute.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt

from infra.errors import Unauthenticated

HEADER = "x-ocop-identity"
ISSUER = "ocop-gateway"
LIFETIME = timedelta(seconds=60)
ROLES = ("clerk", "member", "secretary", "certifier", "operator", "administrator")


@dataclass(frozen=True)
class Identity:
    """A logged-in person. `subject` is the user name."""

    subject: str
    name: str
    roles: frozenset[str]


def sign(identity: Identity, secret: str, now: datetime) -> str:
    claims = {
        "iss": ISSUER,
        "sub": identity.subject,
        "name": identity.name,
        "roles": sorted(identity.roles),
        "iat": now,
        "exp": now + LIFETIME,
    }
    return jwt.encode(claims, secret, algorithm="HS256")


def verify(token: str, secret: str) -> Identity:
    """Raises Unauthenticated if the statement is forged, foreign or older than a minute."""
    try:
        claims = jwt.decode(
            token, secret, algorithms=["HS256"], issuer=ISSUER, leeway=5, options={"require": ["exp", "sub", "iat"]}
        )
    except jwt.InvalidTokenError:
        raise Unauthenticated("Phiên làm việc không hợp lệ hoặc đã hết hạn. Đăng nhập lại rồi thử lại.") from None
    roles: Iterable[str] = claims.get("roles", ())
    return Identity(claims["sub"], claims.get("name", claims["sub"]), frozenset(roles))
