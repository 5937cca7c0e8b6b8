"""How the services are doing, as they say themselves."""

from typing import Any

import anyio
import httpx
from starlette.types import ASGIApp

from gateway.services import Services
from infra.errors import PipelineError
from infra.identity import Identity

PATIENCE_SECONDS = 5


async def state_of_services(services: Services, person: Identity, own: ASGIApp) -> dict[str, dict[str, Any]]:
    """For each service, in order: `status` (ok, unfit, silent), `checks` by name, `dead_letters` (newest first)."""
    asked = Services({**services.upstreams, "gateway": own}, services.secret, services.clock, PATIENCE_SECONDS)
    found: dict[str, dict[str, Any]] = {name: {} for name in asked.upstreams}

    async def ask(name: str) -> None:
        found[name] = await _state(asked, person, name)

    async with anyio.create_task_group() as group:
        for name in asked.upstreams:
            group.start_soon(ask, name)
    await asked.close()
    return found


async def _state(services: Services, person: Identity, name: str) -> dict[str, Any]:
    checks = await _readiness(services, name)
    try:
        with anyio.fail_after(PATIENCE_SECONDS):
            letters = await services.json(person, name, "/api/v1/operations/dead-letters")
    except (PipelineError, TimeoutError):
        letters = []
    return {**checks, "dead_letters": letters}


async def _readiness(services: Services, name: str) -> dict[str, Any]:
    """`/health/ready` answers 503 with its findings when unfit; only silence is an error."""
    try:
        with anyio.fail_after(PATIENCE_SECONDS):
            answer = await services.look(name, "/health/ready")
            said = answer.json()
            return {"status": said["status"], "checks": said.get("checks", {})}
    except (PipelineError, TimeoutError, httpx.HTTPError, ValueError, KeyError):
        return {"status": "silent", "checks": {}}
