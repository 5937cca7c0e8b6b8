"""Pictures of the office's pages, for people to look at: a running office, a login, a folder.

    python -m tests.gateway.look http://127.0.0.1:8080 NAME PASSWORD var/pictures [DOSSIER]

Without a dossier the newest one is shown. Needs Debian's chromium.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
SIZES = {"desk": (1280, 900), "phone": (390, 844)}


def places(page: Page, dossier: str | None) -> Mapping[str, str]:
    """What to look at: name → address. Facts come from the API, with the browser's own login."""
    answer = page.request.get("/api/v1/dossiers")
    newest = next(each for each in answer.json()["items"] if dossier in (None, each["dossier_id"]))
    mine = f"/dossiers/{newest['dossier_id']}"
    found = {
        "home": "/",
        "dossiers": "/dossiers",
        "upload": "/dossiers/new",
        "dossier": mine,
        "page": f"{mine}/pages/1",
        "score-sheet": f"{mine}/score-sheet",
        "council": f"/assessments/new?dossier={newest['dossier_id']}",
        "assessments": "/assessments",
        "operations": "/operations",
        "users": "/users",
        "docs": "/docs",
    }
    if newest["assessment_id"]:
        found["assessment"] = f"/assessments/{newest['assessment_id']}"
    if newest["certificate"]:
        found |= {
            "certificates": "/certificates",
            "certificate": f"/certificates/{newest['certificate']['number']}",
            "verify": f"/verify/{newest['certificate']['number']}",
        }
    return found


def take(address: str, name: str, password: str, folder: Path, dossier: str | None = None) -> list[str]:
    """Save a picture of each page at each size; returns what the browser complained about."""
    folder.mkdir(parents=True, exist_ok=True)
    complaints: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(base_url=address, locale="vi-VN")
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.goto("/login")
        page.screenshot(path=folder / "login-desk.png")
        page.fill("#name", name)
        page.fill("#password", password)
        page.click("main button[type=submit]")
        for what, place in places(page, dossier).items():
            for size, (width, height) in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                page.goto(place, wait_until="networkidle")
                page.screenshot(path=folder / f"{what}-{size}.png", full_page=size == "desk")
        browser.close()
    return complaints


if __name__ == "__main__":
    address, name, password, folder, *dossier = sys.argv[1:]
    print("\n".join(take(address, name, password, Path(folder), *dossier)) or "The browser had no complaints.")
