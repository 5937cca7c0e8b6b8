"""Intake: uploads become dossiers."""

from functools import partial

from infra.events.intake import DossierReceived, DossierWithdrawn
from infra.events.scoring import AssessmentOpened
from infra.sandbox import Sandbox
from infra.service import Resources, Service
from intake.counter import Counter
from intake.handlers import close_dossier
from intake.routes import routes
from intake.settings import Settings


def service(resources: Resources) -> Service:
    sandbox = Sandbox(workers=1)
    counter = Counter(resources, Settings(), sandbox)
    return Service(
        name="intake",
        handlers={AssessmentOpened: partial(close_dossier, counter=counter)},
        publishes=(DossierReceived, DossierWithdrawn),
        routes=routes(counter),
        on_stop=sandbox.close,
    )
