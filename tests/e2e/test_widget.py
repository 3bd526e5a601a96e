"""The widget on the example news site of docs/: another origin, a strict policy, a browser that keeps no cookies of frames."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from tests.live_site import ROOT, LiveSite, free_port, wait_for

pytestmark = pytest.mark.requires("chromium")

SIGN_ON_SECRET = "ornek-haber-sitesinin-oturum-sirri-0123456789"


@pytest.fixture(scope="module")
def news(live_site: LiveSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example's address: by its name, which makes it another site than the service's own 127.0.0.1."""
    port = free_port()
    origin = f"http://localhost:{port}"
    live_site.manage("embed", "allow", origin)
    secret = tmp_path_factory.mktemp("news") / "secret"
    secret.write_text(SIGN_ON_SECRET)
    live_site.manage("sign_on", "trust", "https://haber.example", "mizan", "--secret-file", str(secret))
    secrets = {"MIZAN_EMBED_SECRET": live_site.manage("embed", "secret").strip(), "MIZAN_SIGN_ON_SECRET": SIGN_ON_SECRET}
    command = [sys.executable, str(ROOT / "docs" / "example-site" / "serve.py"), str(port)]
    process = subprocess.Popen(command, env={**live_site.environment, "MIZAN_URL": live_site.url, **secrets})
    wait_for(f"http://127.0.0.1:{port}/", process)
    yield origin
    process.terminate()
    process.wait()


@dataclass
class Window:
    """A reader's window, all that its console said, and whom it asked."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)


@pytest.fixture
def window(browser: Browser, news: str, live_site: LiveSite) -> Iterator[Window]:
    context = browser.new_context(base_url=news, locale="tr-TR", timezone_id="Europe/Istanbul", viewport={"width": 1440, "height": 900})
    window = Window(context.new_page())
    context.new_cdp_session(window.page).send(
        "Network.setCookieControls",
        {"enableThirdPartyCookieRestriction": True, "disableThirdPartyCookieMetadata": True, "disableThirdPartyCookieHeuristics": True},
    )
    window.page.on("pageerror", lambda error: window.said.append(str(error)))
    window.page.on("console", lambda message: window.said.append(message.text))
    window.page.on("request", lambda request: window.asked.add("/".join(request.url.split("/")[:3])))
    yield window
    kept = [cookie for cookie in context.cookies() if "127.0.0.1" in str(cookie.get("domain"))]
    context.close()
    assert not window.said
    assert window.asked <= {news, live_site.url}
    assert not kept


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("mizan-comments iframe")


def expect_no_bar_to_scroll(page: Page) -> None:
    """The frame is as high as what it holds, once both have come to rest."""
    for _ in range(100):
        if height_of(page.locator("mizan-comments iframe")) == height_of(frame(page).locator("html")):
            return
        page.wait_for_timeout(100)
    pytest.fail("The frame is not as high as what it holds.")


def height_of(element: Locator) -> int:
    return int(element.evaluate("element => Math.ceil(element.getBoundingClientRect().height)"))


def write(page: Page, body: str, name: str) -> None:
    form = frame(page)
    form.get_by_label("Adınız").fill(name)
    # Typed at a person's pace: the form asks again for what arrives within two seconds.
    form.locator("textarea[name=body]").press_sequentially(body, delay=75)
    form.get_by_role("button", name="Yorumu gönder").click()


def approve(site: LiveSite, name: str) -> None:
    """As an editor would; what the desk does is another test's matter."""
    site.manage(
        "shell",
        "--command",
        "from django.utils import timezone; from comments import api_keys, lifecycle; from comments.models import Comment\n"
        f"c = Comment.objects.select_related('article__site').get(author_name={name!r})\n"
        "k = api_keys.make(c.article.site, 'masa', [api_keys.Scope.MODERATE], now=timezone.now()).row\n"
        "lifecycle.approve(c, editor=k, version=c.version, now=timezone.now())",
    )


def test_a_comment_is_written_corrected_and_read_inside_the_frame(window: Window, live_site: LiveSite) -> None:
    page, name = window.page, f"Deniz {uuid4().hex[:6]}"
    page.goto("/haber/sahil-yolu")

    expect(frame(page).get_by_role("heading", name="Yorumlar")).to_be_attached()
    page.locator("mizan-comments").scroll_into_view_if_needed()
    write(page, "Herkez sahilde yürümek istiyordu.", name)
    frame(page).get_by_role("button", name="Düzeltilmiş metni kullan").click()
    expect(frame(page).get_by_role("heading", level=1)).to_contain_text("editör")
    expect(frame(page).locator("body")).to_have_attribute("data-carried", re.compile("accent"))
    approve(live_site, name)
    frame(page).locator(".article-title a").click()

    expect(frame(page).locator("[id^=comment-]", has_text=name)).to_contain_text("Herkes sahilde yürümek istiyordu.")
    expect(frame(page).locator("html")).to_have_css("--accent", "#8a1538")
    expect_no_bar_to_scroll(page)

    page.goto("/")
    expect(page.locator("[data-mizan-count=sahil-yolu]")).to_have_text("1")
    expect(page.locator("[data-mizan-count=tramvay]")).to_have_text("0")


def test_the_frame_follows_what_it_holds(window: Window) -> None:
    page = window.page
    page.goto("/haber/kutuphane")
    page.locator("mizan-comments").scroll_into_view_if_needed()
    frame(page).locator("textarea[name=body]").fill("Satır\n" * 40)
    expect_no_bar_to_scroll(page)

    page.set_viewport_size({"width": 390, "height": 844})

    expect_no_bar_to_scroll(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_frame_out_of_sight_is_not_asked_for_yet(window: Window) -> None:
    page = window.page
    page.add_init_script(
        "new MutationObserver(() => document.querySelector('article')?.style.setProperty('padding-bottom', '3000px'))"
        ".observe(document, { childList: true, subtree: true })"
    )

    page.goto("/haber/tramvay")
    expect(page.locator("[data-mizan-count=tramvay]")).to_have_text("0")
    assert page.locator("mizan-comments iframe").count() == 0
    page.locator("mizan-comments").scroll_into_view_if_needed()

    expect(frame(page).get_by_role("heading", name="Yorumlar")).to_be_attached()


def test_a_reader_who_is_signed_in_at_the_news_site_writes_under_his_name_there(window: Window) -> None:
    page = window.page
    page.goto("/giris")
    page.goto("/haber/kutuphane")
    page.locator("mizan-comments").scroll_into_view_if_needed()

    expect(frame(page).locator(".signed-on")).to_contain_text("Ayşe Kaya")
    frame(page).locator("textarea[name=body]").press_sequentially("Akşamları da gidebileceğiz.", delay=90)
    frame(page).get_by_role("button", name="Yorumu gönder").click()

    expect(frame(page).get_by_role("heading", level=1)).to_contain_text("editör")
    expect(frame(page).locator(".byline")).to_have_text("Ayşe Kaya")
