"""What happens at the counter: good files make a dossier, bad ones a letter, and nothing is lost."""

import pytest

from tests.intake import files
from tests.intake.conftest import Counter


@pytest.mark.parametrize(
    ("name", "content", "media_type", "pages"),
    [
        ("hồ sơ.pdf", files.pdf(3), "application/pdf", 3),
        ("trang.jpg", files.picture("JPEG"), "image/jpeg", 1),
        ("trang.png", files.picture("PNG"), "image/png", 1),
        ("nhiều trang.tif", files.picture("TIFF", frames=4), "image/tiff", 4),
        ("đặt tên sai.txt", files.pdf(1), "application/pdf", 1),
    ],
)
def test_a_scan_of_any_kind_makes_a_dossier(
    counter: Counter, name: str, content: bytes, media_type: str, pages: int
) -> None:
    answer = counter.submit((name, content))

    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == f"/api/v1/dossiers/{answer.json()['dossier_id']}"
    listed = counter.client.get(f"{answer.headers['location']}/files", headers=counter.headers("vanthu", "clerk"))
    [file] = listed.json()
    assert (file["name"], file["media_type"], file["pages"]) == (name, media_type, pages)


def test_several_files_keep_their_order_and_their_bytes(counter: Counter) -> None:
    first, second = files.pdf(2), files.picture("PNG")

    place = counter.submit(("1.pdf", first), ("2.png", second)).headers["location"]

    headers = counter.headers("vanthu", "clerk")
    assert counter.client.get(f"{place}/files/1", headers=headers).content == first
    assert counter.client.get(f"{place}/files/2", headers=headers).content == second
    assert counter.client.get(f"{place}/files/3", headers=headers).status_code == 404


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 422, "tệp rỗng"),
        (b"MZ\x90\x00 a program", 422, "không phải tệp PDF, JPEG, PNG hay TIFF"),
        (b"PK\x03\x04" + b"\0" * 100, 422, "không phải tệp PDF"),
        (files.pdf(5)[:-200], 422, "bị cắt cụt"),
        (files.picture("JPEG", (800, 1000))[:9000], 422, "bị cắt cụt"),
        (b"%PDF-1.7\n" + b"\xff" * 5000, 422, "bị hỏng"),
        (files.locked_pdf(), 422, "khóa bằng mật khẩu"),
        (files.pdf(0), 422, "không có trang nào"),
        (files.pdf(501), 413, "501 trang"),
        (files.png_claiming(20_000, 20_000), 413, "20000 × 20000"),
        (files.zip_bomb_png(), 413, "30000 × 30000"),
        (files.png_claiming(2_000, 2_000), 422, "bị hỏng"),
    ],
    ids=[
        "empty", "program", "zip", "truncated-pdf", "truncated-jpeg", "rubbish-pdf", "locked", "no-pages", "501-pages",
        "huge-claim", "zip-bomb", "missing-pixels",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_gets_a_letter_and_is_kept(
    counter: Counter, content: bytes, status: int, words: str
) -> None:
    answer = counter.submit(("xấu.pdf", content))

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]
    assert counter.stored("refused") == [content]
    assert counter.submit(("tốt.pdf", files.pdf(1))).status_code == 202  # nothing else is disturbed


def test_one_bad_file_among_good_ones_is_named(counter: Counter) -> None:
    answer = counter.submit(("1.pdf", files.pdf(1)), ("2.pdf", b"nothing"), ("3.pdf", files.pdf(2)))

    assert answer.status_code == 422
    assert [each["name"] for each in answer.json()["files"]] == ["2.pdf"]
    assert sorted(map(len, counter.stored("originals"))) == sorted([len(files.pdf(1)), len(files.pdf(2))])


def test_the_same_upload_again_is_the_same_dossier(counter: Counter) -> None:
    first = counter.submit(("1.pdf", files.pdf(1)))
    again = counter.submit(("1.pdf", files.pdf(1)))

    assert again.status_code == 202
    assert again.json()["dossier_id"] == first.json()["dossier_id"]
    assert again.json()["repeated"] is True


def test_the_same_bytes_elsewhere_are_accepted_and_both_sides_warned(counter: Counter) -> None:
    first = counter.submit(("1.pdf", files.pdf(1)), by="vanthu")
    second = counter.submit(("khác.pdf", files.pdf(1)), by="vanthu2")

    assert second.json()["dossier_id"] != first.json()["dossier_id"]
    assert "trùng từng byte" in second.json()["warnings"][0]
    counter.room.relay.sweep()
    events = [message for message in counter.bus.everything() if message.topic == "intake"]
    assert first.json()["dossier_id"] in events[-1].body.decode()  # so that the first side hears of it too


def test_an_idempotency_key_gives_the_same_answer_and_never_another_dossier_s(counter: Counter) -> None:
    key = {"Idempotency-Key": "lan-nop-1"}
    first = counter.submit(("1.pdf", files.pdf(1)), headers=key, data={"product": "Mít sấy"})
    again = counter.submit(("1.pdf", files.pdf(1)), headers=key, data={"product": "Mít sấy"})
    other = counter.submit(("2.pdf", files.pdf(2)), headers=key, data={"product": "Mít sấy"})

    assert again.json()["dossier_id"] == first.json()["dossier_id"]
    assert other.status_code == 409


def test_a_withdrawn_dossier_may_be_handed_in_again(counter: Counter) -> None:
    first = counter.submit(("1.pdf", files.pdf(1))).json()["dossier_id"]
    headers = counter.headers("vanthu", "clerk")
    place = f"/api/v1/dossiers/{first}/withdraw"

    assert counter.client.post(place, json={"reason": "nộp nhầm"}, headers=headers).status_code == 204
    assert counter.client.post(place, json={"reason": "nộp nhầm"}, headers=headers).status_code == 409
    assert counter.submit(("1.pdf", files.pdf(1))).json()["dossier_id"] != first


def test_nobody_comes_in_without_an_identity_or_the_role(counter: Counter) -> None:
    scan = [("files", ("1.pdf", files.pdf(1)))]

    assert counter.client.post("/api/v1/dossiers", files=scan).status_code == 401
    member = counter.headers("uyvien", "member")
    assert counter.client.post("/api/v1/dossiers", files=scan, headers=member).status_code == 403
    assert counter.client.get("/health/live").status_code == 200


def test_nothing_uploaded_is_said_so(counter: Counter) -> None:
    answer = counter.submit()

    assert answer.status_code == 422
    assert "Chưa chọn tệp nào" in answer.json()["detail"]


def test_folders_and_control_signs_in_a_file_name_are_dropped(counter: Counter) -> None:
    place = counter.submit(("..\\..\\etc/passwd\u200b.pdf", files.pdf(1))).headers["location"]

    [file] = counter.client.get(f"{place}/files", headers=counter.headers("vanthu", "clerk")).json()
    assert file["name"] == "passwd.pdf"
