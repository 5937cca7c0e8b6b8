"""`ocop demo`: the whole line as a stranger meets it — over HTTP, through the gateway, with people and their roles."""

import importlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from infra import clock
from infra.database import migrate
from infra.errors import PipelineError, Unavailable
from infra.fleet import Fleet
from infra.runtime import SERVICES, open_database
from infra.settings import InfraSettings

MEMBERS = tuple(f"uyvien{number}" for number in range(1, 10))
POLL_SECONDS = 0.3
PATIENCE_SECONDS = 1800.0
UNFINISHED = ("received", "reading")
UNRATED = ("failed", "withdrawn")


@dataclass
class Stages:
    """Seconds of each stage, in order."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - started, 2)


def run_demo(scans: Sequence[Path], distributed: bool, out: Path, console: Console) -> int:
    """Run the line and leave its results in `out`; returns the exit code."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    stages = Stages()
    missing = [scan for scan in scans if not scan.is_file()]
    if missing:
        console.print(f"[red]Không tìm thấy tệp {missing[0]}. Kiểm tra lại đường dẫn.[/]")
        return 2
    with ExitStack() as stack, _progress(console) as progress:
        try:
            originals = _originals(scans, out, stages, progress)
            office = stack.enter_context(_office(out / "office", distributed, stages, progress))
            return _walk(office, originals, out, stages, progress, console, certify=not scans)
        except PipelineError as error:
            progress.stop()
            console.print(str(error), style="red", markup=False)
            return 1


def _originals(scans: Sequence[Path], out: Path, stages: Stages, progress: Progress) -> list[Path]:
    """The scans to hand in, copied beside the results; a sample dossier if there are none."""
    if scans:
        return [Path(shutil.copy(scan, out / scan.name)) for scan in scans]
    task = progress.add_task("Tạo hồ sơ mẫu / sample dossier", total=None)
    from infra.samples import make

    with stages.stage("sample"):
        sample = make()
        (out / "original.pdf").write_bytes(sample.pdf)
    progress.update(task, total=1, completed=1)
    return [out / "original.pdf"]


@dataclass
class Office:
    """A running office as people use it: an address, and a client for each of them."""

    address: str
    clients: Mapping[str, httpx.Client]

    def ask(self, person: str, method: str, path: str, **request: Any) -> httpx.Response:
        """Raises Unavailable with the office's own words if it refuses."""
        answer = self.clients[person].request(method, path, **request)
        if answer.is_error:
            raise Unavailable(f"{method} {path} → {answer.status_code}: {answer.text[:1000]}")
        return answer


@contextmanager
def _office(folder: Path, distributed: bool, stages: Stages, progress: Progress) -> Iterator[Office]:
    task = progress.add_task("Mở văn phòng / starting the office", total=None)
    environment = {"INFRA_DATA_DIR": str(folder), "INFRA_WORKERS": str(os.cpu_count() or 2)}
    with ExitStack() as stack:
        with stages.stage("start"):
            if distributed:
                from infra.native import running

                environment |= {**stack.enter_context(running()).environment(), "INFRA_MODE": "distributed"}
                environment["INFRA_IDENTITY_SECRET"] = secrets.token_urlsafe(48)
            settings = use_environment(environment)
            tokens = people(settings)
            fleet = stack.enter_context(Fleet(folder / "logs", environment))
            address = start_distributed(fleet) if distributed else fleet.start("office", "up")
            fleet.wait("gateway" if distributed else "office")
        progress.update(task, total=1, completed=1)
        clients = {name: stack.enter_context(client(address, token)) for name, token in tokens.items()}
        yield Office(address, clients)


def start_distributed(fleet: Fleet) -> str:
    """Five processes, one a service, as docker-compose.yml starts them."""
    others = [name for name in SERVICES if name != "gateway"]
    upstreams = {name: fleet.start(name, "run", name, "--host", "127.0.0.1") for name in others}
    for name in others:
        fleet.wait(name)
    more = {"GATEWAY_UPSTREAMS": json.dumps(upstreams)}
    return fleet.start("gateway", "run", "gateway", "--host", "127.0.0.1", more=more)


def use_environment(environment: Mapping[str, str]) -> InfraSettings:
    os.environ.update({name: value for name, value in environment.items() if name.startswith("INFRA_")})
    return InfraSettings()


def people(settings: InfraSettings) -> dict[str, str]:
    """A clerk, a secretary and nine council members, each with a bearer token."""
    administration: Any = importlib.import_module("gateway.administration")  # by name: infra imports no service
    database = open_database(settings, "gateway")
    migrate(database, "gateway")
    roles = {"vanthu": "clerk", "thuky": "secretary", **dict.fromkeys(MEMBERS, "member")}
    tokens = {}
    for name, role in roles.items():
        administration.add_user(database, clock.now, name, [role])
        tokens[name] = administration.new_token(database, clock.now, name)
    database.close()
    return tokens


def client(address: str, token: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.Client(base_url=address, headers=headers, timeout=300, trust_env=False)


def _walk(
    office: Office,
    originals: Sequence[Path],
    out: Path,
    stages: Stages,
    progress: Progress,
    console: Console,
    *,
    certify: bool,
) -> int:
    """Hand in, read, score, certify; then say what came of it."""
    with stages.stage("upload"):
        dossier = hand_in(office, originals)
    with stages.stage("reading"):
        status = _follow_reading(office, dossier, progress)
    _save_json(out / "extraction.json", office.ask("vanthu", "GET", f"/api/v1/dossiers/{dossier}/extraction").json())
    summary: dict[str, Any] = {"dossier_id": dossier, "pages": status["progress"]["total"], "seconds": stages.seconds}
    with stages.stage("score_sheet"):
        status = wait_for(office, dossier, lambda found: found["status"] not in (*UNFINISHED, "read", "partial"))
        if status["status"] != "rulebook-unknown":
            sheet = office.ask("thuky", "GET", f"/api/v1/dossiers/{dossier}/score-sheet").json()
            pdf = office.ask("thuky", "GET", f"/api/v1/dossiers/{dossier}/score-sheet.pdf")
            (out / "score-sheet.pdf").write_bytes(pdf.content)
    if status["status"] == "rulebook-unknown":
        progress.stop()
        console.print(
            "[yellow]Không nhận ra bộ tiêu chí trong bản quét, nên chưa lập được phiếu chấm. Kết quả đọc nằm trong "
            f"{out / 'extraction.json'}.[/]"
        )
        _save_json(out / "summary.json", summary)
        return 0
    summary |= {"product": sheet["product"], "applicant": sheet["applicant"]}
    if certify:
        summary |= _assess(office, dossier, sheet, out, stages, progress)
    _save_json(out / "summary.json", summary)
    progress.stop()
    _show(console, summary, out)
    return 0


def hand_in(office: Office, originals: Sequence[Path]) -> str:
    with ExitStack() as stack:
        files = [("files", (scan.name, stack.enter_context(scan.open("rb")))) for scan in originals]
        receipt = office.ask("vanthu", "POST", "/api/v1/dossiers", files=files).json()
    return str(receipt["dossier_id"])


def _follow_reading(office: Office, dossier: str, progress: Progress) -> dict[str, Any]:
    task = progress.add_task("Đọc từng trang / reading pages", total=None)

    def read(found: dict[str, Any]) -> bool:
        pages = found.get("progress") or {"done": 0, "total": None}
        progress.update(task, completed=pages["done"], total=pages["total"])
        return found["status"] not in UNFINISHED

    found = wait_for(office, dossier, read)
    if found["status"] in UNRATED:
        raise Unavailable(f"Hồ sơ không đọc được: {found.get('reason') or found['status']}")
    return found


def wait_for(
    office: Office, dossier: str, enough: Callable[[dict[str, Any]], bool], every: float = POLL_SECONDS
) -> dict[str, Any]:
    """The dossier's status, once it is `enough`; asked for again and again."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        answer = office.clients["vanthu"].get(f"/api/v1/dossiers/{dossier}")
        if answer.status_code == 200 and enough(answer.json()):  # 404 at first: the news travels
            found: dict[str, Any] = answer.json()
            return found
        time.sleep(every)
    raise Unavailable(f"Hồ sơ {dossier} không xong trong {PATIENCE_SECONDS:g} giây. Xem nhật ký của văn phòng.")


def _assess(
    office: Office, dossier: str, sheet: dict[str, Any], out: Path, stages: Stages, progress: Progress
) -> dict[str, Any]:
    """A council of nine votes, the secretary closes, the certificate appears."""
    task = progress.add_task("Hội đồng chấm / council votes", total=len(MEMBERS))
    with stages.stage("council"):
        council = {"dossier_id": dossier, "level": "province", "members": list(MEMBERS), "chair": MEMBERS[0]}
        opened = office.ask("thuky", "POST", "/api/v1/assessments", json=council).json()["assessment_id"]
        for number, member in enumerate(MEMBERS):
            ballot = {"choices": scripted_choices(sheet, number), "comment": ""}
            office.ask(member, "POST", f"/api/v1/assessments/{opened}/ballots", json=ballot)
            progress.update(task, advance=1)
        result = office.ask("thuky", "POST", f"/api/v1/assessments/{opened}/close").json()
    facts: dict[str, Any] = {"parts": result["parts"], "total": result["total"], "stars": result["stars"]}
    if result["stars"] < 3:
        return facts
    task = progress.add_task("Cấp giấy chứng nhận / certificate", total=1)
    with stages.stage("certificate"):
        status = wait_for(office, dossier, lambda found: found["status"] == "certified")
        number = status["certificate"]["number"]
        pdf = office.ask("thuky", "GET", f"/api/v1/certificates/{number}.pdf")
        (out / "certificate.pdf").write_bytes(pdf.content)
    progress.update(task, advance=1)
    return {**facts, "certificate_number": number}


def scripted_choices(sheet: dict[str, Any], member: int) -> dict[str, int | None]:
    """A ballot: the applicant's claims, with one row (another for each member) judged a step lower.

    A step down is taken only where it breaks no star minimum, as a council would not do lightly.
    """
    choices = {row["code"]: row["claimed_option"] for row in sheet["criteria"]}
    milder = [
        row["code"]
        for row in sheet["criteria"]
        if (row["claimed_option"] or 0) > 0 and not any(each.get("min_star") for each in row["options"])
    ]
    if milder:
        code = milder[member % len(milder)]
        choices[code] = (choices[code] or 0) - 1
    return choices


def _save_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")


def _progress(console: Console) -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console)


def _show(console: Console, summary: Mapping[str, Any], out: Path) -> None:
    table = Table(title="Kết quả / Result", show_header=False)
    labels = {
        "product": "Sản phẩm / product",
        "applicant": "Chủ thể / applicant",
        "pages": "Số trang / pages",
        "total": "Tổng điểm / total",
        "stars": "Hạng / stars",
        "certificate_number": "Giấy chứng nhận / certificate",
    }
    for name, label in labels.items():
        if name in summary:
            value = summary[name]
            table.add_row(label, "★" * value if name == "stars" else str(value))
    for stage, seconds in summary["seconds"].items():
        table.add_row(f"  {stage}", f"{seconds} s")
    console.print(table)
    for path in sorted(out.iterdir()):
        if path.is_file():
            console.print(f"  {path}")
