"""Apache Kafka in KRaft mode, one broker, from Maven Central's jars."""

import shutil
import tempfile
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.native.processes import Server, accepts, cache_folder, child, fetch, free_port, program

VERSION = "4.1.1"
LOGGING = "2.0.17"  # slf4j-simple: the jars come without a logging binding
POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>ocop</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>{LOGGING}</version></dependency>
  </dependencies>
</project>
"""


def install() -> Path:
    """The folder of Kafka's jars, fetched once."""
    jars = cache_folder() / "kafka" / VERSION
    if jars.is_dir():
        return jars
    jars.parent.mkdir(parents=True, exist_ok=True)
    maven = program("mvn", "maven")
    with tempfile.TemporaryDirectory(dir=jars.parent) as folder:
        (Path(folder) / "pom.xml").write_text(POM)
        copy = [maven, "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=libs"]
        fetch("Kafka", copy, folder=Path(folder))
        shutil.move(Path(folder) / "libs", jars)
    return jars


@contextmanager
def started(folder: Path) -> Iterator[Server]:
    """A broker on free ports of 127.0.0.1, its data in `folder`."""
    jars, java = install(), program("java", "default-jre-headless")
    folder.mkdir(parents=True)
    port, controller = free_port(), free_port()
    properties = folder / "server.properties"
    properties.write_text(_properties(folder / "data", port, controller))
    run = [java, "-Xms256m", "-Xmx512m", "-cp", f"{jars}/*", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"]
    identity = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    make = [*run, "kafka.tools.StorageTool", "format", "-t", identity, "-c", str(properties)]
    fetch("Kafka", make)
    serve = [*run, "kafka.Kafka", str(properties)]
    with child("Kafka", serve, folder / "kafka.log", f"127.0.0.1:{port}", lambda: accepts(port)) as server:
        yield server


def _properties(data: Path, port: int, controller: int) -> str:
    settings = {
        "process.roles": "broker,controller",
        "node.id": "1",
        "controller.quorum.voters": f"1@127.0.0.1:{controller}",
        "listeners": f"PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{port}",
        "controller.listener.names": "CONTROLLER",
        "log.dirs": str(data),
        "auto.create.topics.enable": "false",
        "offsets.topic.replication.factor": "1",
        "offsets.topic.num.partitions": "5",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "group.initial.rebalance.delay.ms": "0",
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())
