"""Signatures: the only file that touches keys.

PDFs are signed PAdES B-B, or B-T with a time stamp when an RFC 3161 authority is set (ETSI EN 319 142-1).
Without the authority's own key a demo key is made on first run; everything signed with it says so.
"""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates.errors import KeyUnusable
from certificates.settings import Settings

FIELD = "ChuKyCoQuanCap"
DEMO_NAME = "OCOP DEMO - KHONG CO GIA TRI PHAP LY"
DEMO_PASSWORD = b"ocop-demo"  # the demo key is worth nothing; the file is readable by its owner only
DEMO_YEARS = 10
KEY_BITS = 3072


@dataclass(frozen=True)
class SignatureCheck:
    """What is wrong or right with a PDF's signature."""

    signed: bool
    intact: bool  # bytes unchanged, and nothing outside the signature
    ours: bool  # made with our key


class Signer:
    """Signs certificates with the authority's key, or with the demo key."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings = settings
        self.is_demo = settings.pkcs12 is None
        self.path = settings.pkcs12 or _demo_key(folder / "demo-certificate.p12")
        self.statement_key = _statement_key(settings.statement_key or folder / "statement.pem")

    @property
    def statement_public(self) -> Ed25519PublicKey:
        return self.statement_key.public_key()

    def sign(self, pdf: bytes, reason: str) -> bytes:
        """The PDF with a PAdES signature over all of it. Raises KeyUnusable."""
        metadata = signers.PdfSignatureMetadata(
            field_name=FIELD, reason=reason, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        url = self.settings.timestamp_url
        signer = signers.PdfSigner(metadata, self._key(), timestamper=HTTPTimeStamper(url) if url else None)
        signed = io.BytesIO()
        signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=signed)
        return signed.getvalue()

    def check(self, pdf: bytes) -> SignatureCheck:
        """Whether a PDF carries an unbroken signature of ours. Any bytes may come in."""
        try:
            signatures = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures
            if not signatures:
                return SignatureCheck(signed=False, intact=False, ours=False)
            own = self._certificate()
            context = ValidationContext(trust_roots=[own], allow_fetching=False)
            status = validate_pdf_signature(signatures[0], context)
        except Exception:  # a stranger's bytes can break a PDF reader in any way; then it is not ours
            return SignatureCheck(signed=False, intact=False, ours=False)
        intact = bool(status.intact and status.valid and status.bottom_line)
        ours = status.signing_cert.sha256 == own.sha256
        return SignatureCheck(signed=True, intact=intact, ours=bool(ours))

    def _key(self) -> signers.SimpleSigner:
        password = self.settings.pkcs12_password
        secret = DEMO_PASSWORD if self.is_demo else (password.get_secret_value().encode() if password else None)
        load: Any = signers.SimpleSigner.load_pkcs12  # carries no types
        signer: signers.SimpleSigner | None = load(str(self.path), passphrase=secret)
        if signer is None:
            raise KeyUnusable(str(self.path))
        return signer

    def _certificate(self) -> Any:  # asn1crypto's Certificate, which carries no types
        return self._key().signing_cert


def _demo_key(path: Path) -> Path:
    """A self-signed key, made once and readable by its owner only."""
    if path.exists():
        return path
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    name = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "OCOP DEMO"), x509.NameAttribute(NameOID.COMMON_NAME, DEMO_NAME)]
    )
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=366 * DEMO_YEARS))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    protection = serialization.BestAvailableEncryption(DEMO_PASSWORD)
    _keep(path, pkcs12.serialize_key_and_certificates(b"ocop-demo", key, certificate, None, protection))
    return path


def _statement_key(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        made = Ed25519PrivateKey.generate()
        pem = made.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        _keep(path, pem)
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise KeyUnusable(str(path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnusable(str(path))
    return key


def _keep(path: Path, content: bytes) -> None:
    """Written once, for this user only; a process that was faster wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("xb") as file:
            path.chmod(0o600)
            file.write(content)
    except FileExistsError:
        return
