"""Scoring: extractions become score sheets, councils vote, products are rated."""

from functools import partial

from fastapi import APIRouter

from infra.events.extraction import DossierExtracted
from infra.events.intake import DossierWithdrawn
from infra.events.scoring import (
    AssessmentClosed,
    AssessmentOpened,
    BallotSealed,
    DossierForwarded,
    ProductRated,
    RescoringRequested,
    RulebookUnknown,
    ScoreSheetPrepared,
)
from infra.service import Resources, Service
from scoring.assessments import Assessments
from scoring.handlers import forget_dossier, prepare_score_sheet
from scoring.library import Library
from scoring.routes import assessment_routes, sheet_routes
from scoring.settings import Settings
from scoring.sheets import Sheets


def service(resources: Resources) -> Service:
    library = Library()
    sheets = Sheets(resources, library)
    routes = APIRouter()
    routes.include_router(sheet_routes(sheets, library, resources.clock))
    routes.include_router(assessment_routes(Assessments(resources, sheets), library, Settings()))
    return Service(
        name="scoring",
        handlers={
            DossierExtracted: partial(prepare_score_sheet, sheets=sheets),
            DossierWithdrawn: forget_dossier,
        },
        publishes=(
            ScoreSheetPrepared,
            RulebookUnknown,
            AssessmentOpened,
            BallotSealed,
            RescoringRequested,
            AssessmentClosed,
            ProductRated,
            DossierForwarded,
        ),
        routes=routes,
    )
