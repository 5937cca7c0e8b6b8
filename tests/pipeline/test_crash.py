"""The same line over real Kafka, MinIO and PostgreSQL, five processes, one of them killed in the middle."""

import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from infra.demo import MEMBERS, Office, client, hand_in, people, scripted_choices, start_distributed
from infra.fleet import Fleet
from infra.native import Servers
from infra.settings import InfraSettings, Minio

PATIENCE_SECONDS = 240.0
SECRET = "of-a-test-office-of-a-test-office-of-a-test"


def wait_for(office: Office, dossier: str, enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    found: dict[str, Any] = {}
    while time.monotonic() < deadline:
        answer = office.clients["vanthu"].get(f"/api/v1/dossiers/{dossier}")
        found = answer.json() if answer.status_code == 200 else {}
        if found and enough(found):
            return found
        time.sleep(0.1)
    raise AssertionError(f"not in {PATIENCE_SECONDS:g} s: {found}")


def test_a_killed_extraction_service_loses_no_page_and_makes_one_certificate(
    servers: Servers, new_postgres_database: str, short_dossier: tuple[str, bytes], tmp_path: Path
) -> None:
    bucket = f"crash-{uuid.uuid4().hex[:8]}"
    environment = {
        **servers.environment(),
        "INFRA_MODE": "distributed",
        "INFRA_POSTGRES_URL": new_postgres_database,
        "INFRA_MINIO__BUCKET": bucket,
        "INFRA_IDENTITY_SECRET": SECRET,
        "INFRA_DATA_DIR": str(tmp_path / "data"),
        "INFRA_WORKERS": "1",
    }
    settings = InfraSettings(
        mode="distributed",
        kafka_servers=servers.kafka_servers,
        postgres_url=SecretStr(new_postgres_database),
        minio=Minio(
            url=servers.minio_url or "",
            bucket=bucket,
            access_key=servers.access_key,
            secret_key=SecretStr(servers.secret_key),
        ),
        identity_secret=SecretStr(SECRET),
    )
    scan = tmp_path / short_dossier[0]
    scan.write_bytes(short_dossier[1])
    tokens = people(settings)
    with Fleet(tmp_path / "logs", environment) as fleet:
        address = start_distributed(fleet)
        fleet.wait("gateway")
        office = Office(address, {name: client(address, token) for name, token in tokens.items()})
        dossier = hand_in(office, [scan])
        reading = wait_for(office, dossier, lambda found: found["progress"]["done"] >= 1)
        assert reading["progress"]["done"] < reading["progress"]["total"], "too fast to be killed in the middle"

        fleet.kill("extraction")
        fleet.start("extraction", "run", "extraction", "--host", "127.0.0.1")

        read = wait_for(office, dossier, lambda found: found["status"] == "sheet-prepared")
        assert read["progress"]["done"] == read["progress"]["total"] == reading["progress"]["total"]
        assert certified(office, dossier) == 4
        certificates = office.ask("thuky", "GET", "/api/v1/certificates", params={"dossier_id": dossier}).json()
        assert len(certificates) == 1


def certified(office: Office, dossier: str) -> int:
    """The council votes, the secretary closes, the certificate comes; its stars."""
    sheet = office.ask("thuky", "GET", f"/api/v1/dossiers/{dossier}/score-sheet").json()
    council = {"dossier_id": dossier, "level": "province", "members": list(MEMBERS), "chair": MEMBERS[0]}
    assessment = office.ask("thuky", "POST", "/api/v1/assessments", json=council).json()["assessment_id"]
    for number, member in enumerate(MEMBERS):
        ballot = {"choices": scripted_choices(sheet, number), "comment": ""}
        office.ask(member, "POST", f"/api/v1/assessments/{assessment}/ballots", json=ballot)
    result = office.ask("thuky", "POST", f"/api/v1/assessments/{assessment}/close").json()
    wait_for(office, dossier, lambda found: found["status"] == "certified")
    return int(result["stars"])
