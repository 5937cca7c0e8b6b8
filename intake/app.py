"""Intake: uploads become dossiers."""

from infra.events.intake import DossierReceived, DossierWithdrawn
from infra.sandbox import Sandbox
from infra.service import Resources, Service
from intake.counter import Counter
from intake.routes import routes
from intake.settings import Settings


def service(resources: Resources) -> Service:
    sandbox = Sandbox(workers=1)
    return Service(
        name="intake",
        publishes=(DossierReceived, DossierWithdrawn),
        routes=routes(Counter(resources, Settings(), sandbox)),
        on_stop=sandbox.close,
    )
