"""How pages are read."""

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

EngineName = Literal["reader", "tesserocr", "pytesseract"]


class Settings(BaseSettings):
    """Each default is listed in README.md."""

    model_config = SettingsConfigDict(env_prefix="EXTRACTION_", frozen=True)

    engine: EngineName = "reader"
    page_seconds: float = Field(default=60, gt=0)  # wall time of one page
    page_memory_mb: int = Field(default=1500, ge=100)  # beyond what the worker holds at the start
    copies_mb: int = Field(default=4096, ge=100)  # local copies of originals kept while their pages are read
