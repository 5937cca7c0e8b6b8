"""What is waiting, in progress, done and failed, for the person who watches the line."""

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from gateway.operations import state_of_services
from gateway.pages.office import Office, Upstream
from gateway.registry import stages
from gateway.status import Status
from infra.http import Person, requires

TROUBLED = (Status.FAILED, Status.PARTIAL, Status.RULEBOOK_UNKNOWN)


def routes(office: Office) -> APIRouter:
    router = APIRouter(include_in_schema=False, default_response_class=Response)

    @router.get("/operations", dependencies=[requires("operator", "administrator")])
    async def operations(request: Request, person: Person, services: Upstream) -> Response:
        counts = await run_in_threadpool(office.registry.counts)
        troubled, _ = await run_in_threadpool(office.registry.find, TROUBLED)
        moving, _ = await run_in_threadpool(office.registry.find, (Status.RECEIVED, Status.READING))
        return office.show(
            request,
            "operations.html",
            stages=stages(counts),
            moving=moving,
            troubled=troubled,
            services=await state_of_services(services, person, request.app),
            now=office.clock(),
        )

    return router
