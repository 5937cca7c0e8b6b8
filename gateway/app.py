"""Gateway: wiring. The room itself (`service`), and the door through which everybody comes (`door`)."""

from collections.abc import Mapping

from fastapi import FastAPI
from starlette.types import ASGIApp

from gateway import api, documents
from gateway.accounts import Accounts
from gateway.door import Door
from gateway.handlers import remember
from gateway.pages import assessments, certificates, dossiers, entrance, operations, people, score_sheets
from gateway.pages.office import Office
from gateway.registry import Registry
from gateway.rendering import Pages
from gateway.services import Services
from gateway.settings import Settings
from gateway.status import SEEN
from infra.service import Resources, Service

ROUTES = (api, documents, entrance, dossiers, score_sheets, assessments, certificates, operations, people)


def service(resources: Resources) -> Service:
    """The gateway's own pages and API, behind the door; and its memory of what happened to each dossier."""
    office = _office(resources)
    service = Service(name="gateway", handlers=dict.fromkeys(SEEN, remember))
    for part in ROUTES:
        service.routes.include_router(part.routes(office))
    return service


def door(resources: Resources, own: FastAPI, upstreams: Mapping[str, ASGIApp | str] | None = None) -> ASGIApp:
    """What listens: lets people in, shows them `own`, takes their API calls to the other services.

    `own` is the app that `infra.http.api` made of `service(resources)`. `upstreams` names an ASGI app (one process)
    or an address (`http://intake:8000`) for each other service; without it GATEWAY_UPSTREAMS counts.
    """
    office = _office(resources)
    settings = office.settings
    named = upstreams if upstreams is not None else {str(name): url for name, url in settings.upstreams.items()}
    services = Services(named, resources.settings.secret(), resources.clock, settings.upstream_seconds)
    own.state.services = services
    return Door(own, services, office.accounts, settings, resources.clock, office.show.letter)


def _office(resources: Resources) -> Office:
    settings = Settings()
    accounts = Accounts(resources.database, resources.clock, settings)
    return Office(accounts, Registry(resources.database), Pages(), settings, resources.clock)
