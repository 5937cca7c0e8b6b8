"""The API's description: one OpenAPI document over all services, and a page that shows it without foreign scripts."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response

from gateway.pages.office import Office, Upstream
from gateway.routing import route_for
from gateway.services import Services
from infra.errors import PipelineError
from infra.http import Person
from infra.identity import Identity

METHODS = ("get", "post", "put", "patch", "delete")
Document = dict[str, Any]  # OpenAPI 3.1


def routes(office: Office) -> APIRouter:
    router = APIRouter(include_in_schema=False, default_response_class=Response)

    @router.get("/docs")
    async def docs(request: Request, person: Person, services: Upstream) -> Response:
        document = await merged(request.app, services, person)
        return office.show(request, "docs.html", groups=_by_tag(document))

    return router


async def merged(own: FastAPI, services: Services, person: Identity) -> Document:
    """What the door lets through, described by the services themselves; a silent service is left out."""
    paths: dict[str, Document] = dict(own.openapi().get("paths", {}))
    components: Document = dict(own.openapi().get("components", {}).get("schemas", {}))
    for name in services.upstreams:
        try:
            document = await services.json(person, name, "/api/v1/openapi.json")
        except PipelineError:
            continue
        renamed = _with_prefix(document, name)
        components |= renamed.get("components", {}).get("schemas", {})
        for path, operations in renamed.get("paths", {}).items():
            let_through = {method: each for method, each in operations.items() if _leads(method, path, name)}
            if let_through:
                paths[path] = {**paths.get(path, {}), **let_through}
    bearer = {"type": "http", "scheme": "bearer", "description": "./ocop users token NAME"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "OCOP", "version": "1", "description": "Hồ sơ quét → phiếu chấm → giấy chứng nhận."},
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": components, "securitySchemes": {"bearer": bearer}},
        "security": [{"bearer": []}],
    }


def _leads(method: str, path: str, service: str) -> bool:
    route = route_for(method.upper(), path)
    return route is not None and route.service == service


def _with_prefix(document: Document, name: str) -> Document:
    """The document with its schemas renamed `name.Schema`, so that two services may use one name."""

    def rename(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: _reference(value, name) if key == "$ref" else rename(value) for key, value in node.items()}
        return [rename(each) for each in node] if isinstance(node, list) else node

    renamed: Document = rename(document)
    components = renamed.get("components", {})
    components["schemas"] = {f"{name}.{key}": value for key, value in components.get("schemas", {}).items()}
    return {**renamed, "components": components}


def _reference(value: Any, name: str) -> Any:
    place = "#/components/schemas/"
    return f"{place}{name}.{value.removeprefix(place)}" if isinstance(value, str) else value


def _by_tag(document: Document) -> dict[str, list[Document]]:
    groups: dict[str, list[Document]] = {}
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                each = operations[method]
                row = {"method": method.upper(), "path": path, "text": each.get("description", each.get("summary", ""))}
                groups.setdefault((each.get("tags") or ["–"])[0], []).append(row)
    return groups
