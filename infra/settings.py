"""Where events, objects and rows live. Read once, checked together, frozen."""

import secrets
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Minio(BaseModel):
    """An S3 store. `url` with its scheme: http://minio:9000."""

    url: str
    bucket: str = "ocop"
    access_key: str
    secret_key: SecretStr
    retention: Literal["GOVERNANCE", "COMPLIANCE"] = "COMPLIANCE"
    retention_days: int = 366 * 10  # certificates are kept ten years


class InfraSettings(BaseSettings):
    """Options of the plumbing, shared by all services."""

    model_config = SettingsConfigDict(env_prefix="INFRA_", env_nested_delimiter="__", frozen=True)

    mode: Literal["embedded", "distributed"] = "embedded"
    data_dir: Path = Path("var/office")  # embedded: everything; distributed: keys and temporary files only
    kafka_servers: str | None = None  # host:port[,host:port]
    kafka_partitions: int = Field(default=6, ge=1)
    kafka_replication: int = Field(default=1, ge=1)
    postgres_url: SecretStr | None = None  # postgresql://user:password@host:port/database
    minio: Minio | None = None
    identity_secret: SecretStr | None = None  # at least 32 characters; the same for all services
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    workers: int = Field(default=2, ge=1)  # page-reading processes of one extraction service

    @model_validator(mode="after")
    def distributed_mode_names_its_servers(self) -> Self:
        named = (self.kafka_servers, self.postgres_url, self.minio, self.identity_secret)
        if self.mode == "distributed" and not all(named):
            raise ValueError(
                "INFRA_MODE=distributed needs INFRA_KAFKA_SERVERS, INFRA_POSTGRES_URL, INFRA_MINIO__URL with its "
                "INFRA_MINIO__ACCESS_KEY and INFRA_MINIO__SECRET_KEY, and INFRA_IDENTITY_SECRET. Set them, or use "
                "INFRA_MODE=embedded with INFRA_DATA_DIR."
            )
        return self

    def secret(self) -> str:
        """The key that signs identities between gateway and services; one office computer makes its own."""
        if self.identity_secret is not None:
            return self.identity_secret.get_secret_value()
        return kept_secret(self.data_dir / "keys" / "identity")


def kept_secret(path: Path) -> str:
    """A random secret that only this user can read, made on first use."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()
