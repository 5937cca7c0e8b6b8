"""Extraction: received scans become readings, fields and claims."""

from extraction.engines import load_engine
from extraction.forms import Forms
from extraction.handlers import Assemble, ReadRange, forget_dossier, split_dossier
from extraction.memory import PageMemory, code_version
from extraction.originals import Originals
from extraction.page_reader import PageReader
from extraction.routes import routes
from extraction.settings import Settings
from extraction.workers import page_workers
from infra.events.extraction import (
    AssembleDossier,
    DossierExtracted,
    ExtractionFailed,
    PageQuarantined,
    PagesRead,
    ReadPages,
)
from infra.events.intake import DossierReceived, DossierWithdrawn
from infra.reference import RULEBOOKS
from infra.sandbox import Sandbox
from infra.service import Resources, Service


def service(resources: Resources) -> Service:
    settings = Settings()
    workers = resources.settings.workers
    sandbox = page_workers(workers, settings.engine)
    viewer = Sandbox(1)  # people who look at pages do not queue behind 500 others
    originals = Originals(resources.objects, resources.settings.data_dir / "copies", settings.copies_mb)
    engine, forms = load_engine(settings.engine).name, Forms(RULEBOOKS)
    memory = PageMemory(resources.database, f"{engine} {code_version()}")
    read = ReadRange(resources.objects, originals, PageReader(sandbox, settings), memory)

    def stop() -> None:
        sandbox.close()
        viewer.close()

    return Service(
        name="extraction",
        handlers={
            DossierReceived: split_dossier,
            DossierWithdrawn: forget_dossier,
            ReadPages: read,
            AssembleDossier: Assemble(resources.database, resources.objects, forms, engine),
        },
        publishes=(PagesRead, PageQuarantined, DossierExtracted, ExtractionFailed, ReadPages, AssembleDossier),
        routes=routes(resources, originals, viewer, settings, forms),
        parallel={ReadPages.topic: 2 * workers},  # while one range is read, another is fetched, recorded or waits
        on_stop=stop,
    )
