"""The command line: `./ocop …`. Thin: each command says what it does and hands over to the code that does it."""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from infra import clock
from infra.errors import PipelineError
from infra.reference import ROOT, RULEBOOKS

if TYPE_CHECKING:  # settings and logs take a third of a second to load, which `read` has no time for at its start
    from infra.settings import InfraSettings

app = typer.Typer(
    help="OCOP: hồ sơ quét → phiếu chấm → giấy chứng nhận. / Scanned dossiers become score sheets and certificates.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
users = typer.Typer(help="People and their roles.", no_args_is_help=True)
app.add_typer(users, name="users")
bench = typer.Typer(help="Measurements on samples with exact truth.", no_args_is_help=True)
app.add_typer(bench, name="bench")
console = Console(stderr=True)

DataDir = Annotated[Path | None, typer.Option("--data", help="Folder of the embedded office (default: var/office).")]


def settings_for(data: Path | None) -> "InfraSettings":
    """The settings from the environment, with `--data` over them."""
    from infra.settings import InfraSettings

    if data is not None:
        os.environ["INFRA_DATA_DIR"] = str(data.resolve())
    os.environ.setdefault("INFRA_DATA_DIR", str(ROOT / "var" / "office"))
    return InfraSettings()


@app.command()
def demo(
    scan: Annotated[
        list[Path] | None, typer.Argument(help="Your own scan; without it a sample dossier is made.")
    ] = None,
    distributed: Annotated[bool, typer.Option(help="Run over real Kafka, MinIO and PostgreSQL.")] = False,
    out: Annotated[Path | None, typer.Option(help="Where the results go (default: var/demo).")] = None,
) -> None:
    """One scanned dossier through all five services: score sheet, council, signed certificate."""
    from infra.demo import run_demo

    _configure_log("ERROR")
    raise typer.Exit(run_demo(scan or [], distributed, out or ROOT / "var" / "demo", console))


@app.command()
def up(
    port: Annotated[int, typer.Option(help="Port of the office.")] = 8080,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 lets the office network in.")] = "127.0.0.1",
    data: DataDir = None,
) -> None:
    """Serve the whole office at one address."""
    from infra.office import serve_office

    settings = settings_for(data)
    _configure_log(settings.log_level, readable=sys.stderr.isatty())
    serve_office(settings, host, port, console)


@app.command()
def run(
    services: Annotated[list[str], typer.Argument(help="intake extraction scoring certificates gateway")],
    port: Annotated[int, typer.Option(help="Port of the HTTP side.")] = 8000,
    host: Annotated[str, typer.Option()] = "0.0.0.0",
) -> None:
    """Run one or more services by name: what each container does."""
    from infra.office import serve_services

    settings = settings_for(None)
    _configure_log(settings.log_level)
    serve_services(services, settings, host, port)


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(help="PDF, JPEG, PNG or TIFF files.")],
    engine: Annotated[str, typer.Option(help="reader, tesserocr or pytesseract.")] = "reader",
    workers: Annotated[int | None, typer.Option(help="Worker processes (default: the number of cores).")] = None,
) -> None:
    """Read scans without any server; one JSON object a file, a line each, on standard output."""
    reading: Any = importlib.import_module("extraction.command")  # loaded by name: infra imports no service
    raise typer.Exit(reading.read_files(files, engine, workers or os.cpu_count() or 1, console))


@app.command("train-reader")
def train_reader(
    minutes: Annotated[float, typer.Option(help="Wall time; 60 from nothing gives a usable reader on two cores.")] = 60,
    out: Annotated[Path | None, typer.Option(help="Where weights and logs go (default: var/reader).")] = None,
    start_from: Annotated[
        Path | None, typer.Option(help="weights.pt of an earlier run, or reader.onnx, to train further.")
    ] = None,
    mean: Annotated[bool, typer.Option("--mean", help="With --start-from: keep the mean of both weights.")] = False,
    text: Annotated[list[Path] | None, typer.Option(help="More training text, a sentence a line.")] = None,
    seed: Annotated[int, typer.Option(help="Other seed, other lines.")] = 1,
    peak: Annotated[float | None, typer.Option(help="Highest learning rate (3e-3, 1.2e-3 when going on).")] = None,
    install: Annotated[bool, typer.Option("--install", help="Replace the project's weights by the new ones.")] = False,
) -> None:
    """Train the line reader on rendered lines, export it, and measure it."""
    if mean and start_from is None:
        raise typer.BadParameter("A mean needs two: say --start-from with the weights to train further.")
    loop: Any = importlib.import_module("extraction.training.loop")
    command: Any = importlib.import_module("extraction.training.command")
    plan = loop.Plan(
        minutes=minutes,
        rulebooks=RULEBOOKS,
        out=out or ROOT / "var" / "reader",
        more_texts=tuple(text or ()),
        start_from=start_from,
        mean=mean,
        seed=seed,
        peak=peak or (1.2e-3 if start_from else 3e-3),
    )
    raise typer.Exit(command.train_reader(plan, install=install, console=console))


@bench.command("reading")
def bench_reading(
    seeds: Annotated[str, typer.Option(help="Sample dossiers, by comma; from 9001 on none was used in building.")] = (
        "9001,9002,9003"
    ),
    levels: Annotated[
        str,
        typer.Option(
            help="Scan levels by comma; office+hard: any layout, hand and turn; office+2023: forms before 2026."
        ),
    ] = "clean,office,poor",
    pages: Annotated[int, typer.Option(help="Pages of each dossier (at least its main papers).")] = 40,
    long_pages: Annotated[int, typer.Option(help="Pages of the scan that shows memory; 0: no speed figures.")] = 500,
    peer_pages: Annotated[int, typer.Option(help="Pages a level also given to other programs; 0: none.")] = 12,
    second: Annotated[bool, typer.Option(help="Read one dossier a level with Tesseract too: do they agree?")] = True,
    quick: Annotated[bool, typer.Option("--quick", help="One small dossier a level, a few pages of the rest.")] = False,
    pictures: Annotated[bool, typer.Option("--pictures", help="Also two pages with their boxes drawn over.")] = False,
    tell: Annotated[bool, typer.Option("--tell", help="Print every word and value that was read wrong.")] = False,
    ocrmypdf: Annotated[str | None, typer.Option(help="This program as a peer (default: the one on PATH).")] = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes (default: the number of cores).")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the figures go (default: var/bench).")] = None,
) -> None:
    """How well and how fast scans are read, beside the targets and beside tesseract and ocrmypdf."""
    _configure_log("ERROR")
    command: Any = importlib.import_module("extraction.bench.command")
    plan = command.Plan(
        seeds=_numbers(seeds)[: 1 if quick else None],
        levels=tuple(level.strip() for level in levels.split(",")),
        out=out or ROOT / "var" / "bench",
        workers=workers or os.cpu_count() or 1,
        command=" ".join(["./ocop", *(Path(word).name if word.startswith("/") else word for word in sys.argv[1:])]),
        pages=None if quick else pages,
        long_pages=min(long_pages, 30) if quick else long_pages,
        peer_pages=min(peer_pages, 4) if quick else peer_pages,
        second=second,
        pictures=pictures,
        tell=tell,
        ocrmypdf=ocrmypdf,
    )
    raise typer.Exit(command.bench_reading(plan, clock.now(), console))


def _numbers(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(number) for number in text.split(","))
    except ValueError as error:
        raise typer.BadParameter(f"{text!r}: cần các số cách nhau bằng dấu phẩy, ví dụ 9001,9002") from error


@app.command("test", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def run_tests(
    context: typer.Context,
    containers: Annotated[bool, typer.Option("--containers", help="Build images and run docker compose.")] = False,
) -> None:
    """The test suite; further arguments go to pytest."""
    chosen = ["-m", "containers"] if containers else ["-m", "not containers"]
    raise typer.Exit(_call(sys.executable, "-m", "pytest", *chosen, *context.args))


@app.command()
def check() -> None:
    """Lint, format, types and import rules."""
    programs = Path(sys.executable).parent
    calls = [
        (str(programs / "ruff"), "check", "."),
        (str(programs / "ruff"), "format", "--check", "."),
        (str(programs / "mypy"),),
        (str(programs / "lint-imports"),),
    ]
    raise typer.Exit(max(_call(*call) for call in calls))


@app.command()
def doctor(data: DataDir = None) -> None:
    """What is installed, reachable and missing, and the next command to type."""
    from infra.doctor import examine

    findings = examine(settings_for(data))
    table = Table("", "Mục / Item", "Tình trạng / State", "Lệnh tiếp theo / Next command")
    for finding in findings:
        mark = "[green]✓[/]" if finding.good else ("[red]✗[/]" if finding.needed else "[yellow]–[/]")
        table.add_row(mark, finding.item, finding.state, finding.next_command)
    Console().print(table)
    raise typer.Exit(0 if all(finding.good or not finding.needed for finding in findings) else 1)


@app.command()
def migrate(data: DataDir = None) -> None:
    """Bring every service's tables up to the newest revision (`up` does this too)."""
    from infra.database import migrate as migrate_tables
    from infra.runtime import SERVICES, open_database

    settings = settings_for(data)
    for name in SERVICES:
        database = open_database(settings, name)
        migrate_tables(database, name)
        database.close()
        console.print(f"{name}: tables are up to date")


@app.command()
def topics(data: DataDir = None) -> None:
    """Create the Kafka topics that are missing."""
    from infra.runtime import SERVICES, Runtime

    runtime = Runtime(SERVICES, settings_for(data))
    created = runtime.create_topics()
    runtime.stop()
    console.print(f"{len(created)} topics created" if created else "All topics exist.")


@users.command("add")
def add_user(
    name: Annotated[str, typer.Argument()],
    role: Annotated[list[str], typer.Option(help="clerk member secretary certifier operator administrator")],
    full_name: Annotated[str, typer.Option()] = "",
    data: DataDir = None,
) -> None:
    """Add a user; prints the one-time password on standard output."""
    print(_administration("add_user", data, name, role, full_name))


@users.command("token")
def token(name: str, data: DataDir = None) -> None:
    """A bearer token for scripts, printed once on standard output."""
    print(_administration("new_token", data, name))


@users.command("password")
def password(name: str, data: DataDir = None) -> None:
    """A new one-time password; the user's sessions end."""
    print(_administration("reset_password", data, name))


@users.command("list")
def list_users(data: DataDir = None) -> None:
    """Everybody and their roles."""
    for user in _administration("list_users", data):
        print(user.name, ",".join(sorted(user.roles)), sep="\t")


def _administration(function: str, data: Path | None, *arguments: Any) -> Any:
    """Call a function of the gateway's administration on its database (Any: loaded by name)."""
    from infra.database import migrate as migrate_tables
    from infra.runtime import open_database

    database = open_database(settings_for(data), "gateway")
    migrate_tables(database, "gateway")
    return getattr(importlib.import_module("gateway.administration"), function)(database, clock.now, *arguments)


def _configure_log(level: str, *, readable: bool = False) -> None:
    from infra import log

    log.configure(level, readable=readable)


def _call(*command: str) -> int:
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def main() -> None:
    try:
        app(prog_name="ocop")
    except PipelineError as error:
        console.print(str(error), style="red", markup=False)
        raise SystemExit(1) from error
