"""The API's page in a real browser, under the strict content security policy: it is read, and an operation is tried from it."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.requires("chromium")


def test_the_page_shows_the_operations_and_tries_one(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/api/v1/docs/")
    expect(page.locator("h1, h2").filter(has_text="Mizan").first).to_be_visible()
    operation = page.locator(".opblock", has_text="/api/v1/policy/")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()

    expect(operation.locator(".live-responses-table .response .response-col_status").first).to_have_text(re.compile("200"))
    own = page.url.partition("/api/")[0]
    assert all(url.startswith((own, "data:", "blob:")) for url in asked), asked
