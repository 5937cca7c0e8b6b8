"""Users, passwords, tokens, sessions: the rules."""

from datetime import UTC, datetime, timedelta

import pytest

from gateway.users import (
    Role,
    acceptable_password,
    digest,
    form_token,
    is_form_token,
    one_time_password,
    roles_named,
    session_lives,
    user_name,
    wait_after,
)
from infra.errors import BadInput

EIGHT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(("typed", "name"), [(" An.Nguyen ", "an.nguyen"), ("thu-ky_2", "thu-ky_2"), ("Đào", "đào")])
def test_a_user_name_has_one_spelling(typed, name):
    assert user_name(typed) == name


@pytest.mark.parametrize("typed", ["", "a", "an nguyen", "an/../b", "<b>an</b>", "a" * 61, "an..b", "an\nb"])
def test_a_name_that_could_be_mistaken_is_refused_with_an_example(typed):
    with pytest.raises(BadInput, match=r"an\.nguyen"):
        user_name(typed)


def test_an_unknown_role_is_named_and_the_known_ones_listed():
    with pytest.raises(BadInput, match=r"boss.*clerk, member, secretary, certifier, operator, administrator"):
        roles_named(["clerk", "boss"])


def test_roles_come_as_words():
    assert roles_named(["Clerk", " member ", ""]) == {Role.CLERK, Role.MEMBER}


@pytest.mark.parametrize("password", ["ngan", "aaaaaaaaaaaa", "an.nguyen2026"])
def test_a_password_that_is_easy_to_guess_is_refused(password):
    with pytest.raises(BadInput):
        acceptable_password(password, "an.nguyen")


def test_one_password_typed_in_two_unicode_forms_is_one_password():
    assert acceptable_password("cơm tấm sườn", "an") == acceptable_password("cơm tấm sườn", "an")


def test_one_time_passwords_differ_and_are_legible():
    made = {one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(each) == 19 and not set(each) & set("0o1li") for each in made)


def test_a_form_token_belongs_to_one_session():
    assert is_form_token(form_token("phiên một"), "phiên một")
    assert not is_form_token(form_token("phiên một"), "phiên hai")
    assert not is_form_token("", "phiên một")


def test_a_token_is_kept_as_its_hash():
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 2), (6, 4), (7, 8), (10, 64), (14, 900), (5000, 900)]
)
def test_waiting_doubles_after_five_wrong_passwords_up_to_a_quarter_of_an_hour(failures, seconds):
    assert wait_after(failures, free=5, longest_seconds=900) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("age", "silence", "lives"),
    [
        (timedelta(minutes=59), timedelta(minutes=59), True),
        (timedelta(hours=2), timedelta(minutes=61), False),
        (timedelta(hours=11, minutes=59), timedelta(0), True),
        (timedelta(hours=12, minutes=1), timedelta(0), False),
    ],
)
def test_a_session_ends_after_an_idle_hour_or_half_a_day(age, silence, lives):
    now = EIGHT + age
    assert session_lives(EIGHT, now - silence, now, timedelta(hours=1), timedelta(hours=12)) is lives
