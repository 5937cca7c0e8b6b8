"""A dossier's journey, in the office's own words."""

import os
import signal
from fractions import Fraction

from infra.samples import Sample
from tests.pipeline.conftest import Office


def test_a_scanned_dossier_becomes_a_score_sheet_and_one_certificate(office: Office, sample: Sample) -> None:
    dossier = office.takes_in(("ho-so.pdf", sample.pdf))
    office.works_until_idle()

    assert office.status_of(dossier)["status"] == "sheet-prepared"
    assert office.status_of(dossier)["progress"] == {"done": 15, "total": 15}
    sheet = office.score_sheet_of(dossier)
    assert sheet["product"] == "Mứt chanh dây An Thạnh"
    assert sheet["applicant"] == "Công ty TNHH Nông sản Duyên An Thạnh"

    assessment = office.council_votes(dossier)
    result = office.secretary_closes(assessment)
    office.works_until_idle()

    assert result["stars"] == 4
    assert 70 <= result["total"] < 90
    assert office.status_of(dossier)["status"] == "certified"
    [certificate] = office.certificates_of(dossier)
    assert certificate["stars"] == 4
    assert certificate["product"] == "Mứt chanh dây An Thạnh"
    pdf = office.clients["thuky"].get(f"/api/v1/certificates/{certificate['number']}.pdf")
    assert pdf.content.startswith(b"%PDF-")


def test_the_points_a_council_gives_are_those_of_the_scan(office: Office, sample: Sample) -> None:
    dossier = office.takes_in(("ho-so.pdf", sample.pdf))
    office.works_until_idle()

    claimed = {row["code"]: row["claimed_option"] for row in office.score_sheet_of(dossier)["criteria"]}
    ticked = {
        code: claim.option for code, claim in sample.truth.claims("score-sheet").items() if claim.option is not None
    }

    wrong = {code for code, option in ticked.items() if claimed[code] != option}
    assert len(wrong) <= 1, f"of {len(ticked)} ticked rows these are read wrong: {wrong}"
    assert sum(map(Fraction, (sample.truth.parts[part] for part in "ABC"))) == sample.truth.total


def test_every_event_twice_and_in_random_order_still_makes_one_certificate(
    office: Office, short_dossier: tuple[str, bytes]
) -> None:
    dossier = office.takes_in(short_dossier)
    office.works_until_idle()
    office.redelivers_every_event(seed=1)
    office.works_until_idle()
    assessment = office.council_votes(dossier)
    office.secretary_closes(assessment)
    office.works_until_idle()
    before = office.status_of(dossier)

    for seed in (2, 3):
        office.redelivers_every_event(seed=seed)
        office.works_until_idle()

    assert len(office.certificates_of(dossier)) == 1
    assert office.status_of(dossier) == before
    assert before["status"] == "certified"


def test_a_killed_worker_costs_no_page(office: Office, short_dossier: tuple[str, bytes]) -> None:
    dossier = office.takes_in(short_dossier)
    office.works_until(lambda: office.extraction_workers() and pages_done(office, dossier) >= 1)

    for process in office.extraction_workers():
        os.kill(process, signal.SIGKILL)
    office.works_until_idle()

    status = office.status_of(dossier)
    assert status["status"] == "sheet-prepared"
    assert status["progress"]["done"] == status["progress"]["total"]
    office.secretary_closes(office.council_votes(dossier))
    office.works_until_idle()
    assert len(office.certificates_of(dossier)) == 1


def test_closing_an_assessment_twice_gives_the_same_result_and_one_certificate(
    office: Office, short_dossier: tuple[str, bytes]
) -> None:
    dossier = office.takes_in(short_dossier)
    office.works_until_idle()
    assessment = office.council_votes(dossier)

    first = office.secretary_closes(assessment)
    second = office.secretary_closes(assessment)
    office.works_until_idle()

    assert first["total"] == second["total"]
    assert len(office.certificates_of(dossier)) == 1


def pages_done(office: Office, dossier: str) -> int:
    answer = office.clients["vanthu"].get(f"/api/v1/dossiers/{dossier}")
    return int(answer.json()["progress"]["done"]) if answer.status_code == 200 else 0
