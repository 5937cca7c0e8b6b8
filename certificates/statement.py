"""The compact statement in the QR code: enough to check a certificate at a market stall without a network.

Form: base64url(Ed25519 signature, 64 bytes ‖ payload), without padding. Payload: UTF-8 JSON array
[version, number, product, stars, valid until]. At most 300 signs; a long product name is cut, which its end shows.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from certificates.certificate import Certificate

VERSION = 1
SIGNATURE_BYTES = 64
LONGEST = 300  # signs of the encoded statement
PRODUCT_BYTES = 90
CUT = "…"


@dataclass(frozen=True)
class Statement:
    number: str
    product: str
    stars: int
    valid_until: date


def make_statement(certificate: Certificate, key: Ed25519PrivateKey) -> str:
    parts = [
        VERSION,
        certificate.number,
        _shortened(certificate.product),
        certificate.stars,
        certificate.valid_until.isoformat(),
    ]
    payload = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(key.sign(payload) + payload).rstrip(b"=").decode()


def read_statement(statement: str, key: Ed25519PublicKey) -> Statement | None:
    """What the statement says, or None if it is not ours or was changed."""
    try:
        content = urlsafe_b64decode(statement + "=" * (-len(statement) % 4))
        signature, payload = content[:SIGNATURE_BYTES], content[SIGNATURE_BYTES:]
        key.verify(signature, payload)
        version, number, product, stars, until = json.loads(payload)
    except (InvalidSignature, ValueError):
        return None
    return Statement(number, product, stars, date.fromisoformat(until)) if version == VERSION else None


def _shortened(product: str) -> str:
    if len(product.encode()) <= PRODUCT_BYTES:
        return product
    return product.encode()[: PRODUCT_BYTES - len(CUT.encode())].decode(errors="ignore").rstrip() + CUT
