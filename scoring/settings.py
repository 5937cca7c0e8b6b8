"""What the office may set about scoring."""

from pydantic_settings import BaseSettings, SettingsConfigDict

from scoring.council import Regulation


class Settings(BaseSettings):
    """`regulation` is the Quy chế of a council that names none: SCORING_REGULATION__MAX_SPREAD=10 and so on."""

    model_config = SettingsConfigDict(env_prefix="SCORING_", env_nested_delimiter="__", frozen=True)

    regulation: Regulation = Regulation()
