"""The status of a dossier follows from the set of its events, in whatever order and number they come."""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from gateway.handlers import remember
from gateway.registry import Registry
from gateway.status import SEEN, BadPage, Status, status_of
from gateway.warnings import warnings_of
from infra.events import EVENT_BY_TYPE
from infra.events.certificates import CertificateIssued, CertificateRevoked
from infra.events.extraction import DossierExtracted, ExtractionFailed, PageQuarantined, PagesRead
from infra.events.intake import DossierReceived, DossierWithdrawn, StoredFile
from infra.events.scoring import (
    AssessmentClosed,
    AssessmentOpened,
    BallotSealed,
    DossierForwarded,
    PartPoints,
    ProductRated,
    RescoringRequested,
    RulebookUnknown,
    ScoreSheetPrepared,
)
from infra.events.values import ObjectRef, RulebookRef

DOSSIER = UUID("11111111-1111-4111-8111-111111111111")
COUNCIL = UUID("22222222-2222-4222-8222-222222222222")
MINISTRY = UUID("33333333-3333-4333-8333-333333333333")
HASH = "a" * 64
SCAN = ObjectRef(key="x", sha256=HASH, size=2048, media_type="application/pdf")
TEA = RulebookRef(decision="QĐ 26/2026/QĐ-TTg", set_no=7)
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def at(minute, kind, **facts):
    return kind(dossier_id=DOSSIER, occurred_at=START + timedelta(minutes=minute), **facts)


def journey():
    """A dossier of two files and twelve pages, one of them unreadable, scored twice, certified with four stars."""
    files = (StoredFile(name="a.pdf", content=SCAN, pages=8), StoredFile(name="b.tif", content=SCAN, pages=4))
    sealed = {"assessment_id": COUNCIL, "digest": HASH, "members": 2}
    parts = PartPoints(A="30", B="20", C="583/18")
    rated = {"rulebook": TEA, "product": "Trà sen", "applicant": "HTX Sen Vàng", "address": "Xã Bình An", "year": 2026}
    return [
        at(0, DossierReceived, files=files, submitted_by="an", commune="Bình An"),
        at(1, PagesRead, revision=1, first_page=1, last_page=8, total_pages=12),
        at(2, PageQuarantined, revision=1, page=11, reason="Trang 11 quá mờ."),
        at(3, PagesRead, revision=1, first_page=9, last_page=12, total_pages=12),
        at(4, DossierExtracted, revision=1, extraction=SCAN, pages=12, quarantined=(11,), engine="x", rulebook=TEA),
        at(5, ScoreSheetPrepared, revision=1, score_sheet=SCAN, rulebook=TEA, product="Trà sen", applicant="HTX"),
        at(6, AssessmentOpened, assessment_id=COUNCIL, level="province", members=2),
        at(7, BallotSealed, ballots=1, **sealed),
        at(8, BallotSealed, ballots=2, **sealed),
        at(9, RescoringRequested, assessment_id=COUNCIL, round=2),
        at(10, BallotSealed, ballots=1, **sealed),
        at(11, BallotSealed, ballots=2, **sealed),
        at(12, AssessmentClosed, assessment_id=COUNCIL, level="province", closed_by="binh"),
        at(13, ProductRated, assessment_id=COUNCIL, level="province", parts=parts, total="1483/18", stars=4, **rated),
        at(
            14,
            CertificateIssued,
            number="OCOP-2026-000001",
            assessment_id=COUNCIL,
            certificate=SCAN,
            stars=4,
            issued_on=date(2026, 11, 23),
            valid_until=date(2029, 11, 23),
        ),
    ]


@pytest.mark.parametrize(
    ("events", "status"),
    [
        (1, "received"),
        (2, "reading"),
        (4, "reading"),
        (5, "partial"),
        (6, "sheet-prepared"),
        (7, "assessing"),
        (9, "assessing"),
        (10, "rescoring"),
        (13, "rescoring"),
        (14, "rated"),
        (15, "certified"),
    ],
)
def test_a_dossier_on_its_way(events, status):
    assert status_of(journey()[:events]).status == status


def test_what_is_known_at_the_end():
    known = status_of(journey())
    assert (known.product, known.applicant, known.commune) == ("Trà sen", "HTX Sen Vàng", "Bình An")
    assert (known.progress.done, known.progress.total) == (12, 12)
    assert [(file.number, file.name, file.first_page) for file in known.files] == [(1, "a.pdf", 1), (2, "b.tif", 9)]
    assert known.quarantined == (BadPage(page=11, reason="Trang 11 quá mờ."),)
    assert known.rulebook == "QĐ 26/2026/QĐ-TTg, bộ số 7"
    assert (known.ballots.sealed, known.ballots.members, known.ballots.round) == (2, 2, 2)
    assert (known.result.total, known.result.stars) == ("1483/18", 4)
    assert (known.certificate.number, known.certificate.valid_until) == ("OCOP-2026-000001", date(2029, 11, 23))
    assert known.received_at == START
    assert known.changed_at == START + timedelta(minutes=14)


def test_progress_counts_pages_not_messages():
    half = [*journey()[:2], journey()[1]]
    assert (status_of(half).progress.done, status_of(half).progress.total) == (8, 12)


def test_ballots_of_the_first_round_do_not_count_in_the_second():
    ballots = status_of(journey()[:11]).ballots
    assert (ballots.sealed, ballots.round) == (1, 2)


@pytest.mark.parametrize("seed", range(20))
def test_neither_order_nor_repeats_matter(seed):
    for length in range(1, 16):
        events = journey()[:length]
        expected = status_of(events)
        mixed = events * 2
        random.Random(seed).shuffle(mixed)
        assert status_of(mixed) == expected


def test_a_later_fact_that_arrives_first_already_counts():
    assert status_of([journey()[13]]).status == Status.RATED
    assert status_of([journey()[1]]).status == Status.READING


def test_an_unreadable_dossier_says_why():
    failed = status_of([journey()[0], at(1, ExtractionFailed, revision=1, reason="Tệp a.pdf có mật khẩu.")])
    assert failed.status == Status.FAILED
    assert warnings_of(failed, []) == ["Tệp a.pdf có mật khẩu."]


def test_a_new_revision_begins_again():
    again = at(20, DossierReceived, revision=2, files=journey()[0].files, submitted_by="an")
    known = status_of([*journey()[:4], at(5, ExtractionFailed, revision=1, reason="Hỏng."), again])
    assert (known.status, known.revision, known.progress.done) == (Status.RECEIVED, 2, 0)
    assert known.quarantined == ()


def test_an_unknown_rulebook_waits_for_the_secretary_until_a_sheet_is_made():
    unknown = at(5, RulebookUnknown, revision=1, reason="Không thấy bảng tiêu chí.")
    waiting = status_of([*journey()[:5], unknown])
    assert waiting.status == Status.RULEBOOK_UNKNOWN
    assert "Thư ký hãy chọn bộ tiêu chí" in warnings_of(waiting, [])[0]
    assert status_of([*journey()[:6], unknown]).status == Status.SHEET_PREPARED


def test_ninety_points_go_on_to_the_ministry_and_come_back_rated():
    forwarded = [*journey()[:14], at(14, DossierForwarded, assessment_id=COUNCIL, to="ministry")]
    assert status_of(forwarded).status == Status.FORWARDED
    opened = at(15, AssessmentOpened, assessment_id=MINISTRY, level="ministry", members=9)
    assert status_of([*forwarded, opened]).status == Status.ASSESSING
    rated = journey()[13].model_copy(
        update={"assessment_id": MINISTRY, "level": "ministry", "stars": 5, "event_id": uuid4()}
    )
    assert status_of([*forwarded, opened, rated]).status == Status.RATED


def test_a_council_that_rejects_a_dossier_ends_its_journey():
    reason = "Hồ sơ giả mạo"
    facts = {"assessment_id": COUNCIL, "level": "province", "closed_by": "binh", "disqualified_because": reason}
    known = status_of([*journey()[:9], at(12, AssessmentClosed, **facts)])
    assert (known.status, known.reason, known.result) == (Status.DISQUALIFIED, reason, None)


def test_withdrawn_stays_withdrawn():
    withdrawn = at(2, DossierWithdrawn, withdrawn_by="an", reason="Chủ thể xin rút.")
    known = status_of([*journey()[:6], withdrawn])
    assert (known.status, known.reason) == (Status.WITHDRAWN, "Chủ thể xin rút.")


def test_a_revoked_certificate_is_told():
    revoked = at(99, CertificateRevoked, number="OCOP-2026-000001", ground="a", revoked_on=date(2027, 1, 2))
    known = status_of([*journey(), revoked])
    assert known.status == Status.REVOKED
    assert known.certificate.revoked_on == date(2027, 1, 2)


def test_the_gateway_listens_to_every_fact_and_to_no_work():
    facts = {event for event in EVENT_BY_TYPE.values() if event.topic != "extraction.work"}
    assert set(SEEN) == facts


@pytest.mark.parametrize("seed", range(5))
def test_rows_come_out_the_same_whatever_the_order(desk, seed):
    mixed = journey() * 2
    random.Random(seed).shuffle(mixed)
    for event in mixed:
        with desk.room.database.transaction() as connection:
            assert remember(event)(connection) == ()
    registry = Registry(desk.room.database)
    assert registry.dossier(DOSSIER) == status_of(journey())
    assert registry.counts() == {Status.CERTIFIED: 1}


def test_both_dossiers_with_the_same_file_are_warned(desk):
    other = UUID("44444444-4444-4444-8444-444444444444")
    first = journey()[0].model_copy(update={"dossier_id": other, "event_id": uuid4()})
    second = journey()[0].model_copy(update={"same_bytes_in": (other,)})
    for event in (second, first):
        with desk.room.database.transaction() as connection:
            remember(event)(connection)
    registry = Registry(desk.room.database)
    assert registry.others_with_same_bytes(DOSSIER) == [other]
    assert registry.others_with_same_bytes(other) == [DOSSIER]
    assert str(DOSSIER) in warnings_of(registry.dossier(other), [DOSSIER])[0]


def test_dossiers_are_found_by_words_without_accents(desk):
    for event in journey():
        with desk.room.database.transaction() as connection:
            remember(event)(connection)
    registry = Registry(desk.room.database)
    for words in ("tra sen", "TRÀ", "htx vang", "binh an", "OCOP-2026-000001", "Sen Trà"):
        assert registry.find(words=words)[1] == 1, words
    for words in ("cà phê", "100%", "tra_sen"):
        assert registry.find(words=words)[1] == 0, words
    assert registry.find([Status.READING])[1] == 0
