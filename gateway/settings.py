"""Options of the gateway. Each is an environment variable `GATEWAY_…`."""

from datetime import timedelta
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

SERVICES = ("intake", "extraction", "scoring", "certificates")


class Settings(BaseSettings):
    """Read once, checked together, frozen."""

    model_config = SettingsConfigDict(env_prefix="GATEWAY_", frozen=True)

    upstreams: dict[Literal["intake", "extraction", "scoring", "certificates"], str] = Field(default_factory=dict)
    """Where the services answer when they are not in this process, as JSON: {"intake": "http://intake:8000", …}."""
    upstream_seconds: float = Field(default=60, gt=0)  # wait for a service's answer; uploads may last longer
    public_url: str | None = None  # https://ocop.example.vn when a TLS proxy stands in front
    idle_minutes: int = Field(default=60, ge=1)  # a session unused for so long ends
    session_hours: int = Field(default=12, ge=1)  # a session ends after so long in any case
    free_attempts: int = Field(default=5, ge=1)  # wrong passwords of one user from one address before waiting begins
    longest_wait_seconds: int = Field(default=900, ge=1)
    verify_per_minute: int = Field(default=60, ge=1)  # public certificate checks of one address
    logins_per_minute: int = Field(default=20, ge=1)  # login attempts of one address, whatever the user
    upload_limit_mb: int = Field(default=4096, ge=1)  # one request with scans, all files together
    metrics_token: SecretStr | None = None  # with it Prometheus may read /metrics; without, only operators
    body_limit_mb: int = Field(default=12, ge=1)  # any other request: a ballot, a certificate to be verified

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)

    @property
    def longest_session(self) -> timedelta:
        return timedelta(hours=self.session_hours)

    @property
    def https(self) -> bool:
        return bool(self.public_url and self.public_url.startswith("https://"))
