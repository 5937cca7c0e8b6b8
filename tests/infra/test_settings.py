"""Settings say no in words: a misspelled name, a half-named distributed office."""

import pytest
from pydantic import ValidationError

from infra.errors import BadInput
from infra.office import refuse_strangers
from infra.settings import InfraSettings


def test_a_misspelled_variable_is_named_with_what_was_probably_meant() -> None:
    with pytest.raises(BadInput, match=r"INTAKE_MAX_FILLES; có phải INTAKE_MAX_FILES\?"):
        refuse_strangers({"INTAKE_MAX_FILLES": "3", "PATH": "/usr/bin"})


def test_known_variables_and_parts_of_them_are_welcome() -> None:
    refuse_strangers({"INFRA_MINIO__URL": "http://minio:9000", "SCORING_REGULATION__MAX_SPREAD": "8", "LANG": "vi"})


def test_a_distributed_office_names_all_its_servers() -> None:
    with pytest.raises(ValidationError, match="INFRA_POSTGRES_URL"):
        InfraSettings(mode="distributed", kafka_servers="kafka:9092")
