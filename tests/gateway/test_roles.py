"""Who may do what: every role at every page and address, written by hand."""

import pytest

from .conftest import Desk
from .test_council_pages import seats
from .test_pages import happens
from .test_status import COUNCIL, DOSSIER

C, M, S, Z, O, A = ALL = ("clerk", "member", "secretary", "certifier", "operator", "administrator")  # noqa: E741
READERS = (C, M, S, Z, A)
PAPERS = f"/api/v1/dossiers/{DOSSIER}"

MAY = [
    ("GET", "/", ALL),
    ("GET", "/dossiers", ALL),
    ("GET", f"/dossiers/{DOSSIER}", ALL),
    ("GET", "/dossiers/new", (C, S, A)),
    ("POST", "/dossiers/new", (C, S, A)),
    ("POST", f"/dossiers/{DOSSIER}/withdraw", (C, S, A)),
    ("POST", f"/dossiers/{DOSSIER}/files", (C, S, A)),
    ("GET", "/operations", (O, A)),
    ("GET", "/users", (A,)),
    ("POST", "/users", (A,)),
    ("POST", "/users/an/roles", (A,)),
    ("POST", "/users/an/password", (A,)),
    ("POST", "/users/an/token", (A,)),
    ("POST", "/certificates/X-1/revoke", (Z,)),
    ("GET", "/docs", ALL),
    ("GET", "/metrics", (O, A)),
    ("GET", "/api/v1/me", ALL),
    ("GET", "/api/v1/dossiers", ALL),
    ("GET", PAPERS, ALL),
    ("GET", "/api/v1/users", (A,)),
    ("PUT", "/api/v1/users/an/roles", (A,)),
    ("POST", "/api/v1/users/an/password", (A,)),
    ("GET", "/api/v1/operations", (O, A)),
    ("POST", "/api/v1/dossiers", (C, S, A)),
    ("GET", f"{PAPERS}/files", READERS),
    ("GET", f"{PAPERS}/files/1", READERS),
    ("POST", f"{PAPERS}/files", (C, S, A)),
    ("POST", f"{PAPERS}/withdraw", (C, S, A)),
    ("GET", f"{PAPERS}/changes", READERS),
    ("GET", f"{PAPERS}/pages", READERS),
    ("GET", f"{PAPERS}/pages/1/image", READERS),
    ("GET", f"{PAPERS}/extraction", READERS),
    ("GET", f"{PAPERS}/score-sheet", READERS),
    ("GET", f"{PAPERS}/score-sheet.pdf", READERS),
    ("POST", f"{PAPERS}/rulebook", (S, A)),
    ("GET", "/api/v1/rulebooks", ALL),
    ("GET", "/assessments", (M, S, Z, O, A)),
    ("GET", f"/assessments/new?dossier={DOSSIER}", (S, A)),
    ("POST", "/assessments", (S, A)),
    ("POST", f"/assessments/{COUNCIL}/ballots", (M,)),
    ("POST", f"/assessments/{COUNCIL}/close", (S, A)),
    ("GET", f"/dossiers/{DOSSIER}/rulebook", (S, A)),
    ("POST", f"/dossiers/{DOSSIER}/rulebook", (S, A)),
    ("GET", "/api/v1/assessments", (M, S, Z, O, A)),
    ("POST", "/api/v1/assessments", (S, A)),
    ("GET", f"/api/v1/assessments/{COUNCIL}", (M, S, Z, O, A)),
    ("POST", f"/api/v1/assessments/{COUNCIL}/ballots", (M,)),
    ("POST", f"/api/v1/assessments/{COUNCIL}/close", (S, A)),
    ("GET", "/api/v1/certificates", ALL),
    ("POST", "/api/v1/certificates", (Z,)),
    ("POST", "/api/v1/certificates/X-1/revoke", (Z,)),
]


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    happens(desk)
    seats(desk)
    for service, path in {
        "extraction": f"{PAPERS}/pages",
        "certificates": "/api/v1/certificates",
        "scoring": "/api/v1/rulebooks",
    }.items():
        desk.behind[service].answers["GET", path] = 200, []
    for stand_in in desk.behind.values():
        stand_in.answers["GET", "/api/v1/operations/dead-letters"] = 200, []
    for role in ALL:
        desk.hires(f"nguoi-{role}", role)
    return desk


@pytest.mark.parametrize("role", ALL)
def test_each_role_does_its_own_work_and_no_other(staffed, role):
    script, browser = staffed.script(f"nguoi-{role}"), staffed.browser(f"nguoi-{role}")
    for method, path, allowed in MAY:
        if path.startswith(("/api/", "/metrics")):
            answer = script.request(method, path)
        else:
            answer = browser.request(method, path, data=staffed.form(browser) if method == "POST" else None)
        assert answer.status_code != 500, (role, method, path)
        refused = answer.status_code == 403
        assert refused is (role not in allowed), (role, method, path, answer.status_code)


def test_people_see_only_the_ways_open_to_them(staffed):
    seen = {role: staffed.browser(f"nguoi-{role}").get("/").text for role in ALL}
    for place, allowed in {
        "/users": (A,),
        "/operations": (O, A),
        "/dossiers/new": (C, S, A),
        "/assessments": (M, S, Z, O, A),
    }.items():
        assert {role for role in ALL if f'href="{place}"' in seen[role]} == set(allowed), place
