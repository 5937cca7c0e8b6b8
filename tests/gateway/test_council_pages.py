"""Score sheet, council and ballots on the web: nothing ticked is lost, nothing sealed is shown too early."""

import json
import re

import pytest

from .test_status import COUNCIL, DOSSIER

PLACE = f"/api/v1/assessments/{COUNCIL}"
SHEET = {
    "dossier_id": str(DOSSIER),
    "revision": 1,
    "rulebook": {"decision": "QĐ 26/2026/QĐ-TTg", "set_no": 7},
    "family": "qd26-2026",
    "set_name": "Chè",
    "product": "Trà sen",
    "applicant": "HTX Sen Vàng",
    "address": "Xã Bình An",
    "phone": "0912345678",
    "product_code": "",
    "province": "Mẫu",
    "disqualified_if": "Sản phẩm gây mất an toàn.",
    "parts": [{"code": "A", "title": "Sản phẩm và sức mạnh cộng đồng", "max_points": 40, "claimed": 3}],
    "claimed_total": 3,
    "claims": 1,
    "criteria": [
        {
            "code": "1.1",
            "part": "A",
            "headings": [{"code": "1", "title": "Tổ chức sản xuất", "max_points": 15}],
            "title": "Nguồn nguyên liệu",
            "max_points": 5,
            "notes": [],
            "options": [
                {"text": "Dưới 50 %", "points": 1, "min_star": None, "case": None},
                {"text": "Từ 50 %", "points": 3, "min_star": 3, "case": None},
            ],
            "cases": {},
            "claimed_option": 1,
            "claimed_points": 3,
            "claim": {"points": 3, "option": 1, "page": 4, "needs_review": True, "reason": "Chữ mờ."},
            "commune": {"text": "Nguyên liệu của xã", "page": 6},
            "evidence": [{"label": "Nguồn gốc nguyên liệu", "pages": [8, 9]}],
        },
        {
            "code": "1.2",
            "part": "A",
            "headings": [],
            "title": "Gia tăng giá trị",
            "max_points": 2,
            "notes": [],
            "options": [{"text": "Có", "points": 2, "min_star": None, "case": None}],
            "cases": {},
            "claimed_option": None,
            "claimed_points": None,
            "claim": None,
            "commune": None,
            "evidence": [],
        },
    ],
    "warnings": ["Điểm tự chấm cần xem lại ở tiêu chí 1.1."],
}
ASSESSMENT = {
    "assessment_id": str(COUNCIL),
    "dossier_id": str(DOSSIER),
    "level": "province",
    "status": "open",
    "round": 1,
    "rulebook": SHEET["rulebook"],
    "product": "Trà sen",
    "applicant": "HTX Sen Vàng",
    "address": "Xã Bình An",
    "province": "Mẫu",
    "council": {"members": ["chi", "dung", "em"], "chair": "chi", "regulation": {"chair_votes": True}},
    "ballots": {"sealed": 1, "members": 3, "needed": 3, "voted": None, "mine": None, "previous": None},
    "opened_at": "2026-11-23T01:00:00Z",
    "closed_at": None,
    "closed_by": None,
    "result": None,
}
RESULT = {
    "parts": {"A": 36.5},
    "total": 86.33,
    "band": 4,
    "stars": 3,
    "spread": 4.0,
    "shortfalls": [{"code": "1.1", "title": "Nguồn nguyên liệu", "stars": 4, "minimum": 3, "reached": 2.67}],
    "authority": "Chủ tịch Ủy ban nhân dân cấp tỉnh",
    "forwarded": False,
    "disqualified_because": [],
    "votes": [
        {"member": None, "name": None, "parts": {"A": 37}, "total": 88, "comment": "Tốt", "disqualify": None},
    ],
}


def seats(desk, assessment=ASSESSMENT):
    answers = desk.behind["scoring"].answers
    answers["GET", f"/api/v1/dossiers/{DOSSIER}/score-sheet"] = 200, SHEET
    answers["GET", f"{PLACE}/score-sheet"] = 200, SHEET
    answers["GET", PLACE] = 200, assessment
    answers["GET", "/api/v1/assessments"] = 200, [assessment]


@pytest.fixture
def council(desk):
    seats(desk)
    desk.hires("chi", "member")
    desk.hires("thuky", "secretary")
    return desk


def test_a_score_sheet_shows_claim_communes_view_and_evidence_beside_each_row(council):
    page = council.browser("thuky").get(f"/dossiers/{DOSSIER}/score-sheet").text
    assert "1.1. Nguồn nguyên liệu" in page
    assert "Nguyên liệu của xã" in page
    for number in (4, 6, 8, 9):
        assert f'href="/dossiers/{DOSSIER}/pages/{number}"' in page
    assert "☑ Từ 50 %" in page
    assert "3★" in page
    assert "Không thấy minh chứng trong hồ sơ." in page
    assert "Điểm tự chấm cần xem lại ở tiêu chí 1.1." in page


def test_a_member_gets_a_ballot_where_nothing_is_ticked_yet(council):
    page = council.browser("chi").get(f"/assessments/{COUNCIL}").text
    assert len(re.findall(r'type="radio" name="choice.1.1"', page)) == 3  # two options, and none of them
    assert "checked" not in page
    assert "chủ thể tự chấm" in page
    assert "Niêm phong phiếu" in page
    assert "Mở phiếu và kết thúc" not in page


def test_a_ballot_is_handed_on_as_the_member_ticked_it(council, monkeypatch):
    client = council.browser("chi")
    taken = []

    async def look(request, receive, send):
        message = await receive()
        taken.append(json.loads(message["body"]) if message.get("body") else None)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})

    council.app.services.upstreams = {**council.behind, "scoring": look}
    form = council.form(client, comment="Tốt.", disqualify="", **{"choice.1.1": "1", "choice.1.2": "none"})
    answer = client.post(f"/assessments/{COUNCIL}/ballots", data=form)
    assert answer.headers["location"] == f"/assessments/{COUNCIL}"
    assert taken == [{"choices": {"1.1": 1, "1.2": None}, "comment": "Tốt."}]


def test_a_ballot_that_is_refused_comes_back_as_it_was_ticked(council):
    council.behind["scoring"].refuses("POST", f"{PLACE}/ballots", 422, "Chưa chấm tiêu chí 1.2.")
    client = council.browser("chi")
    form = council.form(client, comment="Đang xem", **{"choice.1.1": "0"})
    answer = client.post(f"/assessments/{COUNCIL}/ballots", data=form)
    assert answer.status_code == 422
    assert "Chưa chấm tiêu chí 1.2." in answer.text
    assert re.search(r'name="choice.1.1" value="0"[^>]* checked', answer.text)
    assert "Đang xem" in answer.text


def test_a_sealed_ballot_cannot_be_ticked_again(council):
    mine = {"sealed_at": "2026-11-23T02:00:00Z", "digest": "b" * 64, "choices": {}, "comment": "", "round": 1}
    seats(council, {**ASSESSMENT, "ballots": {**ASSESSMENT["ballots"], "mine": mine}})
    page = council.browser("chi").get(f"/assessments/{COUNCIL}").text
    assert "Phiếu của bạn đã niêm phong lúc 09:00 23/11/2026" in page
    assert "Niêm phong phiếu" not in page


def test_when_scoring_again_a_member_starts_from_her_last_ballot(council):
    previous = {"choices": {"1.1": 1, "1.2": None}, "comment": "Lần một", "disqualify": None}
    ballots = {**ASSESSMENT["ballots"], "previous": previous}
    seats(council, {**ASSESSMENT, "status": "rescoring", "round": 2, "ballots": ballots})
    page = council.browser("chi").get(f"/assessments/{COUNCIL}").text
    assert re.search(r'name="choice.1.1" value="1"[^>]* checked', page)
    assert re.search(r'name="choice.1.2" value="none"[^>]* checked', page)
    assert "mỗi người chấm lại" in page


def test_the_secretary_sees_who_voted_and_nothing_of_what(council):
    seats(council, {**ASSESSMENT, "ballots": {**ASSESSMENT["ballots"], "voted": ["chi"]}})
    page = council.browser("thuky").get(f"/assessments/{COUNCIL}").text
    assert "✓ chi" in page
    assert "○ dung" in page
    assert "Mở phiếu và kết thúc" in page
    assert "Niêm phong phiếu" not in page


def test_closing_without_a_quorum_says_what_is_missing(council):
    council.behind["scoring"].refuses("POST", f"{PLACE}/close", 409, "Mới có 1 phiếu, cần 3.")
    client = council.browser("thuky")
    answer = client.post(f"/assessments/{COUNCIL}/close", data=council.form(client))
    assert answer.status_code == 422
    assert "Mới có 1 phiếu, cần 3." in answer.text


def test_a_result_shows_points_stars_and_the_rows_that_hold_it_down(council):
    closed = {**ASSESSMENT, "status": "closed", "result": RESULT, "closed_by": "thuky"}
    seats(council, {**closed, "closed_at": "2026-11-23T03:00:00Z"})
    page = council.browser("thuky").get(f"/assessments/{COUNCIL}").text
    assert "86,33" in page
    assert 'aria-label="3 sao"' in page
    assert "Theo điểm đạt hạng 4 sao, nhưng chưa đạt mức tối thiểu ở:" in page
    assert "1.1. Nguồn nguyên liệu: đạt 2,67, hạng 4 sao cần 3" in page
    assert "Phiếu 1" in page


def test_a_disqualified_dossier_has_no_points(council):
    gone = {**RESULT, "parts": None, "total": None, "band": None, "stars": None, "shortfalls": [], "votes": []}
    closed = {**ASSESSMENT, "status": "closed", "result": {**gone, "disqualified_because": ["Hồ sơ giả mạo"]}}
    seats(council, {**closed, "closed_at": "2026-11-23T03:00:00Z", "closed_by": "thuky"})
    page = council.browser("thuky").get(f"/assessments/{COUNCIL}").text
    assert "Hồ sơ bị loại: Hồ sơ giả mạo" in re.sub(r"\s+", " ", page)


def test_a_secretary_chooses_the_council_from_the_members(council):
    council.hires("dung", "member")
    client = council.browser("thuky")
    page = client.get(f"/assessments/new?dossier={DOSSIER}").text
    assert re.findall(r'name="members" value="(\w+)"', page) == ["chi", "dung"]
    assert 'value="HTX Sen Vàng"' in page
    council.behind["scoring"].refuses("POST", "/api/v1/assessments", 422, "Hội đồng có 1 thành viên.")
    form = {**council.form(client, dossier=str(DOSSIER), chair="chi", level="province"), "members": ["chi"]}
    answer = client.post("/assessments", data=form)
    assert "Hội đồng có 1 thành viên." in answer.text
    assert re.search(r'name="members" value="chi" checked', answer.text)
    council.behind["scoring"].answers["POST", "/api/v1/assessments"] = 201, {"assessment_id": str(COUNCIL)}
    assert client.post("/assessments", data=form).headers["location"] == f"/assessments/{COUNCIL}"


def test_a_secretary_names_the_criteria_table(council):
    tables = [
        {"decision": "QĐ 26/2026/QĐ-TTg", "set_no": 7, "name": "Chè", "usable": True, "in_force": True},
        {"decision": "QĐ 148/QĐ-TTg", "set_no": 1, "name": "Rau", "usable": True, "in_force": False},
        {"decision": "QĐ 148/QĐ-TTg", "set_no": 2, "name": "Hỏng", "usable": False, "in_force": False},
    ]
    council.behind["scoring"].answers["GET", "/api/v1/rulebooks"] = 200, tables
    client = council.browser("thuky")
    page = client.get(f"/dossiers/{DOSSIER}/rulebook").text
    assert re.findall(r'option value="([^"]+\|\d+)"', page) == ["QĐ 26/2026/QĐ-TTg|7", "QĐ 148/QĐ-TTg|1"]
    form = council.form(client, table="QĐ 26/2026/QĐ-TTg|7")
    answer = client.post(f"/dossiers/{DOSSIER}/rulebook", data=form)
    assert answer.headers["location"] == f"/dossiers/{DOSSIER}/score-sheet"
    assert "Chưa chọn bộ tiêu chí" in client.post(f"/dossiers/{DOSSIER}/rulebook", data=council.form(client)).text
