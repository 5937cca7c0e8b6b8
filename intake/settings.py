"""What one upload may hold."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Limits of one upload; each default is listed in README.md."""

    model_config = SettingsConfigDict(env_prefix="INTAKE_", frozen=True)

    max_files: int = Field(default=50, ge=1)
    max_file_mb: int = Field(default=1024, ge=1)
    max_pages_per_file: int = Field(default=500, ge=1)
    max_pages: int = Field(default=2000, ge=1)  # of one dossier
    inspect_seconds: float = Field(default=60, gt=0)
    inspect_memory_mb: int = Field(default=1024, ge=64)
