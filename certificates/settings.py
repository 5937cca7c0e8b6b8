"""Who issues certificates, how they are numbered and signed."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each default is listed in README.md. A province sets its own name, place and signatory."""

    model_config = SettingsConfigDict(env_prefix="CERTIFICATES_", frozen=True)

    province: str = "tỉnh Mẫu"  # as in “ỦY BAN NHÂN DÂN TỈNH …”
    place: str = ""  # before the date; empty: the province of the result
    signatory: str = ""  # the Chairman's name; empty: left to the signature
    minister: str = ""
    number_pattern: str = "OCOP-{year}-{serial:05d}"  # of a province's certificates; URL-safe signs only
    ministry_number_pattern: str = "OCOP-{year}-BNNMT-{serial:04d}"
    base_url: str = "http://127.0.0.1:8080"  # where anybody opens /verify/{number}
    automatic: bool = True  # False: a certifier issues each certificate with its decision's number
    pkcs12: Path | None = None  # the authority's key; without one a demo key is made, and the certificate says so
    pkcs12_password: SecretStr | None = None
    timestamp_url: str | None = None  # RFC 3161 authority; with one the signature is PAdES B-T
    statement_key: Path | None = None  # Ed25519 PEM that signs the QR statement; made on first run without one
    largest_check_mb: int = Field(default=10, ge=1)  # of a PDF sent in to be verified
