"""The web pages: what a person sees, in both languages, without scripts in the page."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
import yaml

from gateway import names
from gateway.handlers import remember
from gateway.rendering import HERE, day, points, size

from .test_status import DOSSIER, journey

TEMPLATES = sorted((HERE / "templates").glob("*.html"))
PAGE = f"/api/v1/dossiers/{DOSSIER}/pages/1"
READING = {
    "number": 1,
    "width": 1000,
    "height": 1400,
    "dpi": 300,
    "rotation": 90,
    "source": "ocr",
    "reason": None,
    "kind": "registration-form",
    "text": "Tên sản phẩm: Trà <sen>",
    "words": [{"text": "Trà", "box": [10, 20, 60, 40], "confidence": 0.99}],
    "fields": [
        {
            "name": "product.name",
            "value": "Trà <sen>",
            "raw": "Trà <sen>",
            "page": 1,
            "box": [10, 20, 110, 40],
            "confidence": 0.62,
            "needs_review": True,
            "reason": "Chữ mờ.",
        }
    ],
    "criteria": [
        {
            "code": "1.1",
            "source": "score-sheet",
            "points": 3,
            "option": 2,
            "page": 1,
            "box": [0, 0, 5, 5],
            "confidence": 0.9,
            "needs_review": False,
            "reason": None,
        }
    ],
}


def happens(desk, count=15):
    for event in journey()[:count]:
        with desk.room.database.transaction() as connection:
            remember(event)(connection)


def test_the_list_shows_where_each_dossier_stands(desk):
    happens(desk)
    desk.hires("an", "clerk")
    page = desk.browser("an").get("/dossiers?status=certified&q=tra").text
    assert "Trà sen" in page
    assert "Đã cấp giấy chứng nhận" in page
    assert "12/12" in page
    assert "Trà sen" not in desk.browser("an").get("/dossiers?status=reading").text
    assert "Trà sen" in desk.browser("an").get("/dossiers?q=&status=").text


def test_a_dossiers_page_shows_every_page_of_it(desk):
    happens(desk)
    desk.behind["extraction"].answers["GET", f"/api/v1/dossiers/{DOSSIER}/pages"] = (
        200,
        [
            {"number": 1, "source": "ocr", "reason": None, "kind": "registration-form"},
            {"number": 2, "source": "ocr", "reason": "Chữ mất dấu thanh.", "kind": None},
        ],
    )
    desk.hires("an", "clerk")
    page = desk.browser("an").get(f"/dossiers/{DOSSIER}").text
    assert f'<li><a href="/dossiers/{DOSSIER}/pages/2">Trang 2</a>: Chữ mất dấu thanh.</li>' in page
    assert len(re.findall(rf'href="/dossiers/{DOSSIER}/pages/\d+" title', page)) == 12
    assert 'class="quarantined"' in page
    assert "Trang 11 quá mờ." in page
    assert "Mẫu 01 – Phiếu đăng ký" in page
    assert "82,39" in page  # 1483/18
    assert 'aria-label="4 sao"' in page
    assert "OCOP-2026-000001" in page
    assert "<dt>Phiếu đã niêm phong</dt><dd>2/2 (vòng 2)</dd>" in page


def test_a_dossier_shows_while_the_reading_room_is_silent(desk):
    happens(desk, 3)
    desk.behind["extraction"].refuses("GET", f"/api/v1/dossiers/{DOSSIER}/pages", 503, "Không trả lời.")
    desk.hires("an", "clerk")
    page = desk.browser("an").get(f"/dossiers/{DOSSIER}")
    assert page.status_code == 200
    assert '<span id="done">8</span>/<span id="total">12</span>' in page.text


def test_a_page_shows_its_picture_with_the_values_drawn_on_it(desk):
    happens(desk)
    desk.behind["extraction"].answers["GET", PAGE] = 200, READING
    desk.hires("an", "clerk")
    page = desk.browser("an").get(f"/dossiers/{DOSSIER}/pages/1").text
    assert f'<img src="{PAGE}/image"' in page
    assert 'viewBox="0 0 1000 1400"' in page
    assert re.search(r'<rect class="box-review" data-found="f1" x="10" y="20" width="100" height="20">', page)
    assert "Trà &lt;sen&gt;" in page
    assert "Trà <sen>" not in page
    assert "độ tin cậy 62 %" in page
    assert "Chữ mờ." in page
    assert 'rel="next" href' in page
    assert 'rel="prev"' not in page


def test_a_page_that_is_not_in_the_dossier_is_told(desk):
    happens(desk)
    desk.hires("an", "clerk")
    answer = desk.browser("an").get(f"/dossiers/{DOSSIER}/pages/13")
    assert answer.status_code == 404
    assert "có 12 trang, không có trang 13" in answer.text


def test_a_quarantined_page_says_why(desk):
    happens(desk)
    bad = {**READING, "source": "quarantined", "reason": "Trang quá lớn.", "fields": [], "criteria": []}
    desk.behind["extraction"].answers["GET", f"/api/v1/dossiers/{DOSSIER}/pages/11"] = 200, bad
    desk.hires("an", "clerk")
    assert "Trang quá lớn." in desk.browser("an").get(f"/dossiers/{DOSSIER}/pages/11").text


def test_a_dossier_is_handed_in_without_scripts(desk):
    desk.behind["intake"].answers["POST", "/api/v1/dossiers"] = 202, {"dossier_id": str(DOSSIER)}
    desk.hires("an", "clerk")
    client = desk.browser("an")
    scans = [("files", ("a.pdf", b"%PDF-1.7 ...", "application/pdf")), ("files", ("b.png", b"...", "image/png"))]
    answer = client.post("/dossiers/new", data=desk.form(client, product="Trà sen"), files=scans)
    assert answer.headers["location"] == f"/dossiers/{DOSSIER}"
    assert desk.identity_seen_by("intake").subject == "an"
    assert desk.behind["intake"].last["size"] > 300


def test_a_dossier_is_supplemented_without_scripts_until_a_council_sits(desk):
    happens(desk, 6)
    desk.behind["intake"].answers["POST", f"/api/v1/dossiers/{DOSSIER}/files"] = 202, {"dossier_id": str(DOSSIER)}
    desk.behind["extraction"].answers["GET", f"/api/v1/dossiers/{DOSSIER}/pages"] = 200, []
    desk.hires("an", "clerk")
    client = desk.browser("an")
    shown = client.get(f"/dossiers/{DOSSIER}").text
    assert '<input type="checkbox" name="left_out" value="2"> b.tif' in shown
    scans = [("files", ("c.pdf", b"%PDF-1.7 ...", "application/pdf"))]
    answer = client.post(f"/dossiers/{DOSSIER}/files", data=desk.form(client, left_out="2"), files=scans)
    assert answer.headers["location"] == f"/dossiers/{DOSSIER}"
    assert desk.behind["intake"].last["path"] == f"/api/v1/dossiers/{DOSSIER}/files"
    happens(desk, 7)
    assert 'name="left_out"' not in client.get(f"/dossiers/{DOSSIER}").text


def test_a_next_version_tells_which_pages_and_values_changed(desk):
    happens(desk, 6)
    again = journey()[0].model_copy(update={"event_id": uuid4(), "revision": 2})
    with desk.room.database.transaction() as connection:
        remember(again)(connection)
    pages = [{"page": 1, "was": 3}, {"page": 2, "was": None}]
    value = {"name": "applicant.phone", "before": "0912345678", "after": None}
    told = {"revision": 2, "previous": 1, "pages": pages, "gone": [1, 2], "values": [value]}
    desk.behind["extraction"].answers["GET", f"/api/v1/dossiers/{DOSSIER}/changes"] = 200, told
    desk.behind["extraction"].answers["GET", f"/api/v1/dossiers/{DOSSIER}/pages"] = 200, []
    desk.hires("an", "clerk")
    page = desk.browser("an").get(f"/dossiers/{DOSSIER}").text
    assert "Phiên bản 2 so với phiên bản 1" in page
    assert "1 trang giữ nguyên, không phải đọc lại" in page
    assert f'1 trang mới: <a href="/dossiers/{DOSSIER}/pages/2">2</a>' in page
    assert "2 trang của phiên bản trước không còn: 1, 2" in page
    assert re.search(r"0912345678</td><td>–</td>", page)


def test_what_intake_refuses_is_shown_above_the_form(desk):
    desk.behind["intake"].refuses("POST", "/api/v1/dossiers", 422, "Tệp a.pdf có mật khẩu. Hãy gỡ mật khẩu.")
    desk.hires("an", "clerk")
    client = desk.browser("an")
    scans = [("files", ("a.pdf", b"%PDF-1.7 ...", "application/pdf"))]
    answer = client.post("/dossiers/new", data=desk.form(client, product="Trà sen"), files=scans)
    assert answer.status_code == 422
    assert "Tệp a.pdf có mật khẩu. Hãy gỡ mật khẩu." in answer.text
    assert 'value="Trà sen"' in answer.text
    nothing = client.post("/dossiers/new", data=desk.form(client))
    assert "Chưa chọn tệp nào" in nothing.text


def test_an_administrator_adds_a_person_and_sees_the_password_once(desk):
    desk.hires("quantri", "administrator")
    client = desk.browser("quantri")
    form = {**desk.form(client, name="Binh", full_name="Trần Bình"), "roles": ["clerk", "member"]}
    shown = client.post("/users", data=form)
    password = re.search(r'class="secret">([^<]+)<', shown.text)[1]
    assert desk.accounts.log_in("binh", password, "127.0.0.1").user.full_name == "Trần Bình"
    assert password not in client.get("/users").text
    taken = client.post("/users", data=form)
    assert taken.status_code == 422
    assert "Đã có người dùng tên binh" in taken.text


def test_operators_see_each_stage_and_each_service(desk):
    happens(desk, 2)
    desk.behind["scoring"].answers["GET", "/health/ready"] = 503, {"status": "unfit", "checks": {"bus": "Unavailable"}}
    desk.behind["intake"].answers["GET", "/health/ready"] = 200, {"status": "ok", "checks": {"bus": "ok"}}
    letter = {
        "event_id": str(DOSSIER),
        "event_type": "dossier.received.v1",
        "dossier_id": str(DOSSIER),
        "error_class": "ValueError",
        "message": "hỏng",
        "attempts": 3,
        "failed_at": "2026-11-23T01:00:00Z",
    }
    for name in ("intake", "scoring", "certificates"):
        desk.behind[name].answers["GET", "/api/v1/operations/dead-letters"] = 200, []
    desk.behind["extraction"].answers["GET", "/api/v1/operations/dead-letters"] = 200, [letter]
    desk.hires("an", "operator")
    page = desk.browser("an").get("/operations").text
    assert "chưa sẵn sàng" in page
    assert "ValueError" in page
    facts = desk.script("an").get("/api/v1/operations").json()
    assert facts["stages"]["reading"] == {"waiting": 0, "in_progress": 1, "done": 0, "failed": 0}
    assert facts["services"]["scoring"]["status"] == "unfit"
    assert facts["services"]["gateway"]["status"] == "ok"
    assert facts["services"]["extraction"]["dead_letters"] == [letter]


def test_anybody_checks_a_certificate_without_a_login(desk):
    facts = {
        "number": "X-1",
        "status": "valid",
        "product": "Trà sen",
        "applicant": "HTX Sen Vàng",
        "stars": 4,
        "issued_on": "2026-11-23",
        "valid_until": "2029-11-23",
        "authority": "province",
        "sha256": "a" * 64,
        "issuing_body": "UBND tỉnh Mẫu",
        "revoked_on": None,
    }
    desk.behind["certificates"].answers["GET", "/api/v1/verify/X-1"] = 200, facts
    page = desk.stranger().get("/verify?number=X-1", follow_redirects=True).text
    assert "Giấy chứng nhận còn hiệu lực" in page
    assert "23/11/2029" in page
    revoked = {**facts, "status": "revoked", "revoked_on": "2027-01-02"}
    desk.behind["certificates"].answers["GET", "/api/v1/verify/X-1"] = 200, revoked
    assert "đã bị thu hồi ngày 02/01/2027" in desk.stranger().get("/verify/X-1").text
    desk.behind["certificates"].refuses("GET", "/api/v1/verify/X-2", 404, "Không có giấy số X-2.")
    unknown = desk.stranger().get("/verify/X-2")
    assert (unknown.status_code, "Không có giấy số X-2." in unknown.text) == (404, True)


def test_the_pages_speak_english_when_asked_and_remember_it(desk):
    client = desk.stranger()
    page = client.get("/login?lang=en")
    assert '<html lang="en">' in page.text
    assert "User name" in page.text
    assert "Tên đăng nhập" not in page.text
    assert "User name" in client.get("/login").text
    assert "Tên đăng nhập" in client.get("/login?lang=vi").text


def said_in_templates() -> set[str]:
    calls = (re.findall(r"""\b_\((?:"([^"]+)"|'([^']+)')""", template.read_text()) for template in TEMPLATES)
    return {one or other for found in calls for one, other in found}


def said_in_names() -> set[str]:
    tables = (value for name, value in vars(names).items() if name.isupper() and isinstance(value, dict))
    words = {word for table in tables for word in table.values() if isinstance(word, str)}
    return words | set(names.STEPS)


def test_every_sentence_has_its_english_and_none_is_left_over():
    english = yaml.safe_load((HERE / "english.yaml").read_text())
    said = said_in_templates() | said_in_names()
    assert len(said) > 150
    assert sorted(said - set(english)) == []
    assert sorted(set(english) - said) == []
    for vietnamese, text in english.items():
        assert set(re.findall(r"{\w+}", vietnamese)) == set(re.findall(r"{\w+}", text)), vietnamese


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_carries_what_the_content_policy_forbids(template: Path):
    text = template.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\sstyle=|\son\w+=|javascript:|<style", text)
    assert not re.search(r"""(?:src|href|action)=["']https?:""", text)
    assert "| safe" not in text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_every_post_form_carries_the_token_and_every_input_a_label(template: Path):
    text = template.read_text()
    for form in re.findall(r'<form method="post".*?</form>', text, re.S):
        open_to_all = 'action="/login"' in form or 'action="/verify"' in form
        assert open_to_all or "form_token(csrf)" in form or 'name="csrf"' in form, form[:120]
    for place in re.findall(r'<(?:input|select|textarea) id="(\w+)"', text):
        assert f'for="{place}"' in text, place


@pytest.mark.parametrize(
    ("exact", "shown"), [("583/9", "64,78"), ("90", "90"), (3, "3"), (2.5, "2,5"), ("1/3", "0,33"), (None, "–")]
)
def test_points_are_shown_with_two_decimals_at_most(exact, shown):
    assert points(exact) == shown


def test_days_and_sizes_as_people_read_them():
    assert day("2029-11-23") == "23/11/2029"
    assert day(None) == "–"
    assert [size(count) for count in (512, 2048, 3 * 1024**2)] == ["512 B", "2,0 KB", "3,0 MB"]
