"""The editors' house in a real browser, under the strict content security policy."""

import pytest
from playwright.sync_api import Page, expect

from tests.live_site import LiveSite

pytestmark = pytest.mark.requires("chromium")


def test_an_editor_signs_in_with_scripts(page: Page, live_site: LiveSite) -> None:
    sign_in(page, live_site, "editor-with-scripts")

    expect(page.locator("#user-tools")).to_contain_text("editor-with-scripts")
    page.goto("/admin/auth/user/add/")
    expect(page.locator("input[name=username]")).to_be_visible()
    page.goto("/admin/auth/user/")
    expect(page.locator("#result_list")).to_be_visible()


def test_an_editor_signs_in_without_scripts(page_without_javascript: Page, live_site: LiveSite) -> None:
    sign_in(page_without_javascript, live_site, "editor-without-scripts")

    expect(page_without_javascript.locator("#user-tools")).to_contain_text("editor-without-scripts")


def sign_in(page: Page, live_site: LiveSite, name: str) -> None:
    live_site.manage("createsuperuser", "--no-input", "--username", name, "--email", "a@example.com", DJANGO_SUPERUSER_PASSWORD="kirk-uzun-yol")
    page.goto("/admin/login/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", "kirk-uzun-yol")
    page.click("input[type=submit]")
