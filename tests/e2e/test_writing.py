"""While a reader writes: the live check beside the form, and the draft that outlives a reload."""

import base64
import hashlib
import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.live_site import LiveSite

pytestmark = pytest.mark.requires("chromium")

ARTICLE = "/articles/tas-kopru-onarimi/"
TYPED = "Herkez vapuru bekliyordu, cok guzel haber!"


def test_remarks_stand_beside_the_text_and_each_fix_is_one_click(page: Page, newspaper: LiveSite) -> None:
    page.goto(ARTICLE)
    field, marks = page.locator("#body"), page.locator(".backdrop mark")
    field.fill(f"  {TYPED} Sen tam bir salaksın.")
    expect(marks).to_have_text(["Herkez", "cok guzel", "Sen tam bir salaksın."])
    expect(page.locator("#live-told")).to_have_text("Metninizde 3 uyarı var")
    expect(page.locator(".live")).not_to_contain_text("salak")

    page.get_by_role("button", name="Düzelt: Herkez → Herkes").click()
    expect(field).to_have_value("  Herkes vapuru bekliyordu, cok guzel haber! Sen tam bir salaksın.")
    expect(marks).to_have_text(["cok guzel", "Sen tam bir salaksın."])
    page.get_by_role("button", name="Geri al").click()
    expect(field).to_have_value(f"  {TYPED} Sen tam bir salaksın.")

    expect(marks).to_have_count(3)
    page.get_by_role("button", name="Tümünü düzelt").click()
    expect(field).to_have_value("  Herkes vapuru bekliyordu, çok güzel haber! Sen tam bir salaksın.")
    expect(page.get_by_role("button", name="Geri al")).to_be_focused()


def test_a_check_that_cannot_be_had_is_silent_and_the_draft_outlives_a_reload(page: Page, newspaper: LiveSite) -> None:
    asked: list[str] = []

    def refused(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=429, headers={"Retry-After": "60"}, json={"code": "slow_down"})

    page.route("**/api/v1/check/", refused)
    page.goto(ARTICLE)
    with page.expect_response("**/api/v1/check/"):
        page.locator("#body").fill(TYPED)
    page.locator("#body").press("End")
    page.keyboard.type(" Devamı da var.")

    page.reload()

    expect(page.locator("#body")).to_have_value(f"{TYPED} Devamı da var.")
    expect(page.get_by_text("Bu, yarım kalan taslağınız.")).to_be_visible()
    expect(page.locator(".live")).to_be_hidden()
    assert len(asked) == 1
    page.get_by_role("button", name="Taslağı sil").click()
    page.reload()
    expect(page.locator("#body")).to_have_value("")


def test_the_draft_of_a_reply_to_a_reply_is_gone_once_it_was_sent(page: Page, newspaper: LiveSite) -> None:
    """Its comment hangs on another than the form named."""
    page.goto(ARTICLE)
    page.locator(".replies").get_by_role("link", name="Yanıtla").first.click()
    form = page.url
    page.get_by_label("Adınız").fill("Deniz Ö.")
    page.locator("#body").press_sequentially("Teşekkürler, çok güzel bir haber olmuş.", delay=60)
    page.get_by_role("button", name="Yanıtı gönder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Yorumunuz editörde")

    page.goto(form)

    expect(page.locator("#body")).to_have_value("")


def test_the_browser_does_the_work_that_is_asked_of_it(page: Page, newspaper: LiveSite) -> None:
    page.goto(ARTICLE)
    page.evaluate("document.querySelector('#form').dataset.challenge = '/api/v1/challenge/'")
    page.add_script_tag(url="/static/reader/proof.js", type="module")
    expect(page.locator("[name=proof]")).to_have_value(re.compile("."))

    made = json.loads(base64.b64decode(page.locator("[name=proof]").input_value()))

    puzzle, solution = made["challenge"]["parameters"], made["solution"]
    password = bytes.fromhex(puzzle["nonce"]) + solution["counter"].to_bytes(4)
    key = hashlib.pbkdf2_hmac("sha256", password, bytes.fromhex(puzzle["salt"]), puzzle["cost"], puzzle["keyLength"]).hex()
    assert key == solution["derivedKey"]
    assert key.startswith(puzzle["keyPrefix"])


def test_a_refused_writer_appeals_without_javascript(page_without_javascript: Page, newspaper: LiveSite) -> None:
    page = page_without_javascript
    page.goto(ARTICLE)
    page.get_by_label("Adınız").fill("Kemal")
    page.locator("#body").press_sequentially("Sen tam bir salaksın, okumadan yazmışsın!", delay=55)
    page.get_by_role("button", name="Yorumu gönder").click()
    page.get_by_text("Bu haliyle gönder").first.click()
    page.get_by_role("button", name="Bu haliyle gönder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Yorumunuz yayımlanmadı")

    page.get_by_text("Bu karara itiraz edin").click()
    page.get_by_label("Yorumunuz neden yayımlanmalı?").fill("Bu bir tiyatro repliğiydi.")
    page.get_by_role("button", name="İtirazı gönder").click()

    expect(page.get_by_role("heading", name="İtirazınız editörlerde")).to_be_visible()
    expect(page.get_by_text("Bu karara itiraz edin")).to_have_count(0)
