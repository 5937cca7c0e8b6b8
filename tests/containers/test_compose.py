"""The distributed composition, really run: build the images, `docker compose up`, one dossier, one certificate, down.

Started by `./ocop test --containers`; needs a Docker engine with the compose plugin. Images that come from a registry
elsewhere are replaced by stand-ins built here from Debian's packages, under the names of the compose file's variables.
"""

import json
import os
import shutil
import subprocess
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.demo import MEMBERS, scripted_choices
from infra.fleet import free_port
from infra.native import kafka
from infra.reference import ROOT
from infra.samples import make

pytestmark = pytest.mark.containers

HERE = Path(__file__).parent
TARGETS = 5
PATIENCE_SECONDS = 600.0
EXTRA_CA = sorted(Path("/usr/local/share/ca-certificates").glob("*.crt"))  # a TLS-inspecting proxy's, if there is one


@dataclass
class Composition:
    """A running `docker compose` project."""

    environment: dict[str, str]

    def compose(self, *command: str, seconds: float = 1800) -> str:
        return call("docker", "compose", *command, environment=self.environment, seconds=seconds)

    def ocop(self, *command: str) -> str:
        return self.compose("exec", "-T", "gateway", "ocop", *command).strip().splitlines()[-1]

    @property
    def gateway(self) -> str:
        return f"http://127.0.0.1:{self.environment['OCOP_PORT']}"

    @property
    def prometheus(self) -> str:
        return f"http://127.0.0.1:{self.environment['PROMETHEUS_PORT']}"


def call(*command: str, environment: dict[str, str] | None = None, seconds: float = 1800) -> str:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def build(tag: str, folder: Path) -> str:
    call("docker", "build", "--network", "host", "-t", tag, str(folder))
    return tag


@pytest.fixture(scope="module")
def composition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composition]:
    engine = subprocess.run(["docker", "info"], capture_output=True, check=False)
    assert engine.returncode == 0, "No Docker engine answers. Start one (or set DOCKER_HOST), then run this again."
    broker = tmp_path_factory.mktemp("kafka")
    shutil.copytree(HERE / "kafka", broker, dirs_exist_ok=True)
    shutil.copytree(kafka.install(), broker / "libs")
    project = Composition(
        {
            "COMPOSE_PROJECT_NAME": f"ocop-test-{uuid.uuid4().hex[:8]}",
            "DOCKER_BUILDKIT": "0",
            "KAFKA_IMAGE": build("ocop-stand-in-kafka:4.1.1", broker),
            "POSTGRES_IMAGE": build("ocop-stand-in-postgres:15", HERE / "postgres"),
            "PROMETHEUS_IMAGE": build("ocop-stand-in-prometheus:debian12", HERE / "prometheus"),
            "EXTRA_CA": "\n".join(path.read_text() for path in EXTRA_CA),
            "BUILD_NETWORK": "host",
            "OCOP_PORT": str(free_port()),
            "PROMETHEUS_PORT": str(free_port()),
            "GATEWAY_METRICS_TOKEN": uuid.uuid4().hex,
            "INFRA_IDENTITY_SECRET": uuid.uuid4().hex * 2,
            "POSTGRES_PASSWORD": uuid.uuid4().hex,
            "MINIO_ROOT_PASSWORD": uuid.uuid4().hex,
        }
    )
    project.compose("build", seconds=3600)
    try:
        project.compose("up", "--wait", "--wait-timeout", "300")
        yield project
    except AssertionError:
        print(project.compose("logs", "--tail", "40"))
        raise
    finally:
        project.compose("down", "--volumes", "--timeout", "20")


def client(composition: Composition, name: str, role: str) -> httpx.Client:
    composition.ocop("users", "add", name, "--role", role)
    token = composition.ocop("users", "token", name)
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.Client(base_url=composition.gateway, headers=headers, timeout=120, trust_env=False)


def wait_for(clerk: httpx.Client, dossier: str, *statuses: str) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    found: dict[str, Any] = {}
    while time.monotonic() < deadline and found.get("status") not in statuses:
        answer = clerk.get(f"/api/v1/dossiers/{dossier}")
        found = answer.json() if answer.status_code == 200 else {}
        time.sleep(0.5)
    assert found.get("status") in statuses, found
    return found


def test_a_dossier_becomes_a_certificate_through_the_containers(composition: Composition) -> None:
    clerk, secretary = client(composition, "vanthu", "clerk"), client(composition, "thuky", "secretary")
    members = {name: client(composition, name, "member") for name in MEMBERS}

    receipt = clerk.post("/api/v1/dossiers", files=[("files", ("ho-so.pdf", make(seed=1).pdf))])
    assert receipt.status_code == 202, receipt.text
    dossier = receipt.json()["dossier_id"]
    wait_for(clerk, dossier, "sheet-prepared")
    sheet = secretary.get(f"/api/v1/dossiers/{dossier}/score-sheet").json()
    council = {"dossier_id": dossier, "level": "province", "members": list(MEMBERS), "chair": MEMBERS[0]}
    assessment = secretary.post("/api/v1/assessments", json=council).json()["assessment_id"]
    for number, (_, member) in enumerate(members.items()):
        ballot = {"choices": scripted_choices(sheet, number), "comment": ""}
        assert member.post(f"/api/v1/assessments/{assessment}/ballots", json=ballot).is_success
    assert secretary.post(f"/api/v1/assessments/{assessment}/close").json()["stars"] == 4
    number = wait_for(clerk, dossier, "certified")["certificate"]["number"]

    assert secretary.get(f"/api/v1/certificates/{number}.pdf").content.startswith(b"%PDF-")
    public = httpx.get(f"{composition.gateway}/api/v1/verify/{number}", trust_env=False).json()
    assert (public["status"], public["stars"]) == ("valid", 4)


def test_prometheus_reaches_every_service(composition: Composition) -> None:
    deadline = time.monotonic() + 90
    health: dict[str, str] = {}
    while time.monotonic() < deadline and list(health.values()).count("up") < TARGETS:
        answer = httpx.get(f"{composition.prometheus}/api/v1/targets", trust_env=False).json()
        health = {each["labels"]["instance"]: each["health"] for each in answer["data"]["activeTargets"]}
        time.sleep(1)

    services = ("intake", "extraction", "scoring", "certificates", "gateway")
    assert health == {f"{name}:8000": "up" for name in services}


def test_every_container_runs_as_somebody_else_than_root(composition: Composition) -> None:
    for service in ("intake", "extraction", "scoring", "certificates", "gateway", "minio"):
        assert composition.compose("exec", "-T", service, "id", "-u").strip() not in ("", "0")


def test_the_compose_file_names_every_image_by_a_variable_with_a_pin() -> None:
    config = json.loads(call("docker", "compose", "config", "--format", "json"))
    images = {name: service["image"] for name, service in config["services"].items()}

    assert images["kafka"] == "apache/kafka:4.1.1"
    assert all(":" in image and not image.endswith(":latest") for image in images.values())
