"""One comment's way in a real browser: three offences, the corrections taken, an editor's approval, the published page."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import PASSWORD
from tests.live_site import LiveSite

pytestmark = pytest.mark.requires("chromium")

ARTICLE = "/articles/tas-kopru-onarimi/"


@pytest.mark.parametrize("window", ["page", "page_without_javascript"])
def test_a_comment_with_three_offences_is_corrected_approved_and_published(
    window: str, browser: Browser, newspaper: LiveSite, request: pytest.FixtureRequest
) -> None:
    reader: Page = request.getfixturevalue(window)
    name = f"Deniz {uuid4().hex[:6]}"

    post(reader, name, "Herkez vapuru bekliyordu, cok guzel haber! ARTIK KÖPRÜDE SABAH AKŞAM BEKLEMEYECEĞİZ.")
    receipt = reader.url
    for clause in ("İmla kuralları", "Türkçe karakterler", "Büyük harfler"):
        expect(reader.get_by_role("heading", name=clause)).to_be_visible()
    expect(reader.locator("mark")).to_have_text(["Herkez", "cok guzel", "ARTIK KÖPRÜDE SABAH AKŞAM BEKLEMEYECEĞİZ"])

    reader.get_by_role("button", name="Düzeltilmiş metni kullan").click()
    expect(reader).to_have_url(receipt)
    expect(reader.get_by_role("heading", level=1)).to_contain_text("editör")
    reader.goto(ARTICLE)
    expect(reader.get_by_text(name)).to_have_count(0)

    approve(browser, newspaper, name, javascript=window == "page")

    reader.goto(ARTICLE)
    published = reader.locator("[id^=comment-]", has_text=name)
    expect(published).to_contain_text("Herkes vapuru bekliyordu, çok güzel haber! Artık köprüde sabah akşam beklemeyeceğiz.")
    reader.goto(receipt)
    expect(reader.get_by_role("heading", level=1)).to_contain_text("yayımlandı")


def post(reader: Page, name: str, body: str) -> None:
    reader.goto(ARTICLE)
    reader.get_by_label("Adınız").fill(name)
    # Typed at a person's pace: the form asks again for what arrives within two seconds.
    reader.locator("textarea[name=body]").press_sequentially(body, delay=30)
    reader.get_by_role("button", name="Yorumu gönder").click()
    expect(reader).to_have_url(re.compile("/receipts/"))


def approve(browser: Browser, newspaper: LiveSite, name: str, *, javascript: bool) -> None:
    """The newest comment is the one that the desk has open first."""
    desk = browser.new_context(base_url=newspaper.url, locale="tr-TR", java_script_enabled=javascript).new_page()
    desk.goto("/admin/desk/?lane=clean&order=newest")
    desk.fill("input[name=username]", "editor")
    desk.fill("input[name=password]", PASSWORD)
    desk.click("input[type=submit]")
    desk.locator("article", has_text=name).get_by_role("button", name="Onayla").click()
    expect(desk.locator("#done")).to_contain_text("Yorum onaylandı.")
    desk.context.close()
