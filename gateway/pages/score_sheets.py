"""Coming."""

from fastapi import APIRouter

from gateway.pages.office import Office


def routes(office: Office) -> APIRouter:
    return APIRouter()
