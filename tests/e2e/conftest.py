"""A live site and a real browser, the machine's own Chromium; a page that breaks its policy or throws fails its test."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.conftest import chromium
from tests.live_site import LiveSite, serving

PASSWORD = "kirk-uzun-yol"
# What is expected comes at once on a machine that does nothing else; five seconds are too few on one that runs two suites.
expect.set_options(timeout=30_000)
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def live_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    with serving(tmp_path_factory.mktemp("live")) as site:
        yield site


@pytest.fixture(scope="session")
def newspaper(live_site: LiveSite) -> LiveSite:
    """The live site with the demo's articles and its editor."""
    live_site.manage("demo", DEMO_EDITOR_PASSWORD=PASSWORD)
    return live_site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Chromium's sandbox refuses to run as root, which is who runs the tests in a container.
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_site: LiveSite) -> Iterator[Page]:
    """A reader's window."""
    yield from _window(browser.new_context(base_url=live_site.url, locale="tr-TR", timezone_id="Europe/Istanbul"))


@pytest.fixture
def page_without_javascript(browser: Browser, live_site: LiveSite) -> Iterator[Page]:
    """The window of a reader whose browser runs no scripts."""
    yield from _window(browser.new_context(base_url=live_site.url, locale="tr-TR", timezone_id="Europe/Istanbul", java_script_enabled=False))


def _window(context: BrowserContext) -> Iterator[Page]:
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.extend(_refusals(message)))
    yield page
    context.close()
    assert not complaints


def _refusals(message: ConsoleMessage) -> Iterator[str]:
    if "Content Security Policy" in message.text:
        yield message.text
