"""Coming in: login, one-time passwords, sessions, tokens, back-off."""

from pathlib import Path

import pytest
from sqlalchemy import select

from gateway.administration import add_user, first_administrator, list_users, new_token, set_roles
from gateway.door import COOKIE
from gateway.tables import sessions, tokens, users
from gateway.users import Role
from infra.errors import Conflict

from .conftest import PASSWORD, Desk


def logs_in(desk: Desk, name: str, password: str, **more: str):
    return desk.stranger().post("/login", data={"name": name, "password": password, **more})


def test_the_first_administrator_is_made_once(desk):
    password = first_administrator(desk.room.database, desk.clock)
    assert password is not None
    assert first_administrator(desk.room.database, desk.clock) is None
    assert [(user.name, user.roles) for user in list_users(desk.room.database, desk.clock)] == [
        ("admin", {Role.ADMINISTRATOR, Role.OPERATOR})
    ]


def test_a_one_time_password_opens_only_the_page_that_replaces_it(desk):
    password = add_user(desk.room.database, desk.clock, "an", ["clerk"])
    answer = logs_in(desk, "an", password, next="/dossiers")
    assert answer.headers["location"] == "/change-password"
    client = desk.stranger()
    client.cookies.set(COOKIE, answer.cookies[COOKIE])
    assert client.get("/dossiers").headers["location"] == "/change-password"
    assert client.get("/api/v1/dossiers", headers={"accept": "application/json"}).status_code == 403
    form = desk.form(client, old=password, new=PASSWORD, again=PASSWORD)
    changed = client.post("/change-password", data=form)
    assert changed.headers["location"] == "/"
    assert changed.cookies[COOKIE] != answer.cookies[COOKIE]
    client.cookies.set(COOKIE, changed.cookies[COOKIE])
    assert client.get("/dossiers").status_code == 200
    assert logs_in(desk, "an", password).status_code == 401


def test_login_leads_to_the_page_that_was_wanted_and_never_out_of_the_office(desk):
    desk.hires("an", "clerk")
    assert desk.stranger().get("/dossiers?q=trà").headers["location"] == "/login?next=/dossiers%3Fq%3Dtr%25C3%25A0"
    assert logs_in(desk, "an", PASSWORD, next="/dossiers?q=tr%C3%A0").headers["location"] == "/dossiers?q=tr%C3%A0"
    for outside in ("https://example.org", "//example.org", "/\\example.org", "javascript:alert(1)", "/a\r\nb"):
        assert logs_in(desk, "an", PASSWORD, next=outside).headers["location"] == "/"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(desk):
    desk.hires("an", "clerk")
    cookie = logs_in(desk, "an", PASSWORD).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    over_tls = desk.stranger()
    over_tls.base_url = "https://testserver"
    assert "Secure" in over_tls.post("/login", data={"name": "an", "password": PASSWORD}).headers["set-cookie"]


def test_a_wrong_password_and_an_unknown_name_read_the_same(desk):
    desk.hires("an", "clerk")
    wrong, unknown = logs_in(desk, "an", "sai mat khau"), logs_in(desk, "binh", "sai mat khau")
    assert wrong.status_code == unknown.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in wrong.text
    assert wrong.text.replace('value="an"', "") == unknown.text.replace('value="binh"', "")
    assert COOKIE not in wrong.cookies


def test_after_five_wrong_passwords_even_the_right_one_must_wait(desk):
    desk.hires("an", "clerk")
    for _ in range(5):
        assert logs_in(desk, "an", "sai mat khau").status_code == 401
    refused = logs_in(desk, "an", PASSWORD)
    assert refused.status_code == 429
    assert "đợi 3 giây" in refused.text
    desk.clock.goes_on(seconds=4)
    assert logs_in(desk, "an", PASSWORD).status_code == 303


def test_waiting_for_one_name_leaves_others_alone(desk):
    desk.hires("an", "clerk")
    desk.hires("binh", "clerk")
    for _ in range(6):
        logs_in(desk, "an", "sai mat khau")
    assert logs_in(desk, "binh", PASSWORD).status_code == 303


def test_one_address_cannot_try_many_names_in_a_minute(desk):
    answers = [logs_in(desk, f"ai{number}", "sai mat khau").status_code for number in range(22)]
    assert answers == [401] * 20 + [429] * 2


def test_an_idle_session_ends(desk):
    desk.hires("an", "clerk")
    session = str(desk.browser("an").cookies[COOKIE])
    for _ in range(2):
        desk.clock.goes_on(minutes=50)
        assert desk.accounts.by_session(session).user.name == "an"
    desk.clock.goes_on(minutes=61)
    assert desk.accounts.by_session(session) is None


def test_a_session_ends_after_half_a_day_however_busy(desk):
    desk.hires("an", "clerk")
    session = str(desk.browser("an").cookies[COOKIE])
    for _ in range(24):
        desk.clock.goes_on(minutes=30)
        assert desk.accounts.by_session(session) is not None
    desk.clock.goes_on(minutes=1)
    assert desk.accounts.by_session(session) is None


def test_logging_out_ends_the_session(desk):
    desk.hires("an", "clerk")
    client = desk.browser("an")
    stolen = client.cookies[COOKIE]
    assert client.post("/logout", data=desk.form(client)).headers["location"] == "/login"
    client.cookies.set(COOKIE, stolen)
    assert client.get("/").status_code == 303


def test_changing_the_password_ends_the_other_sessions(desk):
    desk.hires("an", "clerk")
    here, elsewhere = desk.browser("an"), desk.browser("an")
    form = desk.form(here, old=PASSWORD, new="mot cau khac han", again="mot cau khac han")
    assert here.post("/change-password", data=form).status_code == 303
    assert elsewhere.get("/").status_code == 303


def test_two_new_passwords_that_differ_change_nothing(desk):
    desk.hires("an", "clerk")
    client = desk.browser("an")
    form = desk.form(client, old=PASSWORD, new="mot cau khac han", again="mot cau khac hen")
    assert "không giống nhau" in client.post("/change-password", data=form).text
    assert logs_in(desk, "an", PASSWORD).status_code == 303


def test_taking_a_role_away_acts_at_once(desk):
    desk.hires("an", "clerk", "administrator")
    desk.hires("binh", "administrator")
    client = desk.browser("an")
    assert client.get("/users").status_code == 200
    set_roles(desk.room.database, desk.clock, "an", ["clerk"])
    assert client.get("/users").status_code == 403


def test_a_closed_account_loses_sessions_and_tokens(desk):
    desk.hires("an", "clerk")
    desk.hires("binh", "administrator")
    browser, script = desk.browser("an"), desk.script("an")
    assert script.get("/api/v1/me").json()["name"] == "an"
    set_roles(desk.room.database, desk.clock, "an", ["clerk"], active=False)
    assert browser.get("/").status_code == 303
    assert script.get("/api/v1/me").status_code == 401
    assert logs_in(desk, "an", PASSWORD).status_code == 401


def test_the_last_administrator_cannot_step_down(desk):
    desk.hires("an", "administrator")
    with pytest.raises(Conflict, match="ít nhất một quản trị viên"):
        set_roles(desk.room.database, desk.clock, "an", ["clerk"])
    assert desk.accounts.user("an").roles == {Role.ADMINISTRATOR}


def test_a_name_is_taken_once(desk):
    desk.hires("an", "clerk")
    with pytest.raises(Conflict, match="Đã có người dùng tên an"):
        add_user(desk.room.database, desk.clock, "An", ["member"])


def test_neither_passwords_nor_tokens_are_kept(desk, tmp_path: Path):
    password = desk.hires("an", "clerk")
    token = new_token(desk.room.database, desk.clock, "an")
    session = str(desk.browser("an").cookies[COOKIE])
    with desk.room.database.reading() as connection:
        kept = [str(row) for table in (users, sessions, tokens) for row in connection.execute(select(table))]
    assert len(kept) == 4  # one user, the sessions of changing the password and of the browser, one token
    assert "$argon2id$" in kept[0]
    assert not [row for row in kept for secret in (password, token, session) if secret in row]


def test_a_wrong_token_is_refused_even_beside_a_good_cookie(desk):
    desk.hires("an", "clerk")
    client = desk.browser("an")
    answer = client.get("/api/v1/me", headers={"authorization": "Bearer sai", "accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["detail"].startswith("Mã truy cập (token) không đúng")
