"""A dossier is supplemented: only what is new is read, and everybody sees what changed."""

from infra.samples import Sample
from tests.pipeline.conftest import Office


def numbers(sample: Sample, *kinds: str) -> list[int]:
    return [number for number, page in enumerate(sample.pages, start=1) if page.truth.kind in kinds]


def test_pages_read_before_are_not_read_again_and_new_ones_are_told(office: Office, sample: Sample) -> None:
    forms = numbers(sample, "registration-form", "commune-report")
    more = numbers(sample, "business-registration")
    dossier = office.takes_in(("ho-so.pdf", sample.excerpt(*forms)))
    office.works_until_idle()
    assert office.status_of(dossier)["revision"] == 1

    answer = office.clients["vanthu"].post(
        f"/api/v1/dossiers/{dossier}/files",
        files=[("files", ("ho-so-moi.pdf", sample.excerpt(*more, *forms)))],
        data={"left_out": [1]},
    )
    assert answer.status_code == 202, answer.text
    office.works_until_idle()

    status = office.status_of(dossier)
    assert (status["revision"], status["progress"]) == (
        2,
        {"done": len(forms) + len(more), "total": len(forms) + len(more)},
    )
    changes = office.clients["vanthu"].get(f"/api/v1/dossiers/{dossier}/changes").json()
    assert [page["was"] for page in changes["pages"]] == [None] * len(more) + list(range(1, len(forms) + 1))
    assert changes["gone"] == []
    assert seconds_spent(office, dossier) == {page["page"]: page["was"] is None for page in changes["pages"]}


def seconds_spent(office: Office, dossier: str) -> dict[int, bool]:
    """Page number → whether reading it took any time in the newest version."""
    database = office.runtime.rooms["extraction"].database
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT number, seconds FROM page WHERE revision = 2").all()
    return {number: seconds > 0 for number, seconds in rows}


def test_a_first_version_is_compared_with_nothing(office: Office, sample: Sample) -> None:
    dossier = office.takes_in(("ho-so.pdf", sample.excerpt(*numbers(sample, "registration-form"))))
    office.works_until_idle()

    changes = office.clients["thuky"].get(f"/api/v1/dossiers/{dossier}/changes").json()

    assert (changes["revision"], changes["previous"], changes["pages"]) == (1, None, [])
