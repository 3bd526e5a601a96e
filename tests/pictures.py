"""Takes the documents' pictures from the demo newspaper in a real browser: `python -m tests.pictures`."""

import os
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import chromium
from tests.e2e.conftest import QUIET
from tests.live_site import ROOT, LiveSite, serving

FOLDER = ROOT / "docs" / "images"
PASSWORD = "yalnizca-resimler-icin"
# Who has decided nothing and so is asked what he would have decided.
COLLEAGUE = "deniz"
MAKE_COLLEAGUE = f"from django.contrib.auth.models import User; User.objects.create_superuser('{COLLEAGUE}', password='{PASSWORD}')"
ARTICLE = "/articles/tas-kopru-onarimi/"
COMMENT = "Herkez vapuru bekliyordu, cok guzel haber! ARTIK KÖPRÜDE SABAH AKŞAM BEKLEMEYECEĞİZ."


def window(browser: Browser, site: LiveSite, *, width: int, height: int) -> Page:
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": height}, locale="tr-TR", timezone_id="Europe/Istanbul")
    return context.new_page()


def take(page: Page, name: str) -> None:
    page.screenshot(path=FOLDER / f"{name}.png")
    print(f"docs/images/{name}.png")


def reader_pictures(page: Page) -> None:
    page.goto(ARTICLE)
    page.locator("#form").scroll_into_view_if_needed()
    page.get_by_role("heading", name="Yorumlar").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('.notice, form').scrollIntoView()")
    take(page, "article")
    page.get_by_label("Adınız").fill("Deniz Ö.")
    page.locator("textarea[name=body]").press_sequentially(COMMENT, delay=30)
    page.get_by_role("button", name="Yorumu gönder").click()
    page.locator("mark").first.wait_for()
    take(page, "receipt")


def desk_pictures(page: Page, site: LiveSite, suffix: str = "") -> None:
    """Every page of the desk, for the editors' tour; `suffix` tells the phone's pictures from the wide ones."""
    sign_in(page, "editor", "/admin/desk/?lane=flagged")
    page.locator("#list a").first.wait_for()
    take(page, f"desk{suffix}")
    page.goto(page.locator("#list .lines a").first.get_attribute("href") or "")
    page.locator("#pane mark").first.wait_for()
    page.locator("#pane details.correcting summary").click()
    take(page, f"desk-card{suffix}")
    page.goto(page.locator(".around a[href*='/readers/']").first.get_attribute("href") or "")
    take(page, f"desk-reader{suffix}")
    page.goto("/admin/desk/dashboard/")
    take(page, f"desk-dashboard{suffix}")
    page.goto("/admin/desk/?lane=clean")
    for box in page.locator("#list [name=chosen]").all()[:3]:
        box.check()
    page.locator("[data-action=bulk]").click()
    take(page, f"desk-bulk{suffix}")
    page.get_by_role("button", name="Onayla").click()
    page.locator("#job").wait_for()
    site.manage("sweep", "--once")
    page.locator("#job progress").wait_for(state="detached")
    take(page, f"desk-job{suffix}")
    page.context.clear_cookies()
    sign_in(page, COLLEAGUE, "/admin/desk/second-look/")
    page.locator(".second-look").wait_for()
    take(page, f"desk-second-look{suffix}")


def sign_in(page: Page, name: str, address: str) -> None:
    page.goto(address)
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("input[type=submit]")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
    with tempfile.TemporaryDirectory() as data, serving(Path(data), SECOND_LOOK_SHARE="1") as site, sync_playwright() as playwright:
        site.manage("demo", DEMO_EDITOR_PASSWORD=PASSWORD)
        site.manage("shell", "--no-imports", "-c", MAKE_COLLEAGUE)
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        reader_pictures(window(browser, site, width=1100, height=900))
        desk_pictures(window(browser, site, width=1440, height=900), site)
        desk_pictures(window(browser, site, width=390, height=844), site, "-phone")
        browser.close()


if __name__ == "__main__":
    main()
