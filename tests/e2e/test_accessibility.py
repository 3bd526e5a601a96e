"""axe-core looks at every page of the desk and of the readers, in light and in dark, wide and on a phone."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.live_site import LiveSite

pytestmark = pytest.mark.requires("chromium")

PASSWORD = "kirk-uzun-yol"
NEWSROOM = """
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from comments import claims, lifecycle, receipts, sanctions, submission
from comments.delivery import addresses
from comments.lifecycle import Reasons
from comments.models import Article, Comment, Reader, Sanction
from comments.submission import Contribution
from moderation.models import Site
from uuid import uuid4

elif_, mert = (User.objects.create_superuser(name, password="{password}", first_name=name) for name in ("erisim", "erisim-2"))
site, now = Site.objects.get(), timezone.now()
article = Article.objects.create(site=site, key="erisim", title="Herkes için meydan", section="erisim", body="Meydan açıldı.", summary="Özet.")
reader = Reader.objects.create(site=site, name="Ayşe K.")
other = Reader.objects.create(site=site, name="Mahir", email="muvaffakiyetsizlestiricilestiriveremeyebileceklerimizden@okurlar.example.com")
quiet = Reader.objects.create(site=site, name="Sevda", email="sevda@example.com")
addresses.stop(addresses.digest_of(quiet.email), now=now)
def send(body, hours, by=reader):
    return submission.submit(article, by, Contribution("Ayşe K.", body, uuid4(), as_is=True), now=now - timedelta(hours=hours))
off_topic = Reasons(house_reasons=frozenset({{"off_topic"}}))
flagged = send("Herkez burda mı? cok guzel bir haber, ARTIK BEKLEMEYECEĞİZ.", 9)
send("Bu belediye tam bir rantçı, rezil herifler.", 3)
published = send("Meydan çok güzel olmuş.", 2)
lifecycle.approve(published, editor=mert, version=1, now=now)
lifecycle.report(published, other, reason="insults", text="Bana söylüyor.", now=now)
refused = send("Haberle ilgisi olmayan bir söz.", 2)
lifecycle.reject(refused, editor=mert, version=1, reasons=off_topic, now=now)
lifecycle.open_appeal(refused, text="Lütfen bir daha bakın.", now=now)
sanctions.write_note(reader, editor=elif_, text="Genellikle yapıcı yazar.", now=now)
sanctions.impose(reader, Sanction.Kind.MUTE, editor=elif_, reason="Deneme.", until=now + timedelta(days=3), now=now)
claims.take(Comment.objects.filter(status="pending").latest("submitted_at"), mert, now=now)
print(flagged.public_id, reader.public_id, receipts.token_for(refused), addresses.token_for(other, now=now), *(addresses.stopping_token_for(one.email) for one in (other, quiet)))
"""


MANY = """
from django.utils import timezone
from comments import lifecycle
from comments.judging import judge
from comments.lifecycle import Actor, History, Step, moves
from comments.models import Article, Reader, Status
from moderation.models import Site
from uuid import uuid4

site, now, name = Site.objects.get(), timezone.now(), f"toplu-{uuid4().hex[:8]}"
article = Article.objects.create(site=site, key=name, title="Toplu karar", section=name)
reader, made = Reader.objects.create(site=site, name="Ayşe K."), judge("Meydan çok güzel olmuş.", site)
sent = Step(moves.SUBMIT, Status.PENDING, Actor.policy(made.policy_version), now, body="Meydan çok güzel olmuş.", judgement=made)
comments = list(lifecycle.record(History(article, reader, "Ayşe K.", (sent,)) for _ in range(22)))
print(comments[0].public_id, name)
"""
SOMEBODY_ELSE = """
from django.contrib.auth.models import User
from django.utils import timezone
from comments import lifecycle
from comments.models import Comment

comment, mert = Comment.objects.get(public_id="{comment}"), User.objects.get(username="erisim-2")
lifecycle.approve(comment, editor=mert, version=comment.version, now=timezone.now())
"""


@pytest.fixture(scope="module")
def addresses(live_site: LiveSite) -> dict[str, str]:
    """Every page by its name."""
    told = live_site.manage("shell", "--no-imports", "-c", NEWSROOM.format(password=PASSWORD), SECOND_LOOK_SHARE="1.0")
    flagged, reader, receipt, confirming, stopping, stopped = told.split()
    return {
        "queue": "/admin/desk/?lane=flagged&section=erisim",
        "appeals": "/admin/desk/?lane=appeals&section=erisim",
        "reports": "/admin/desk/?lane=reported&section=erisim",
        "empty lane": "/admin/desk/?lane=clean&q=yok&section=erisim",
        "comment": f"/admin/desk/comments/{flagged}/",
        "reader's record": f"/admin/desk/readers/{reader}/",
        "dashboard": "/admin/desk/dashboard/",
        "second look": "/admin/desk/second-look/",
        "front page": "/",
        "article": "/articles/erisim/",
        "receipt": f"/receipts/{receipt}/",
        "confirming an address": f"/addresses/{confirming}/",
        "stopping mails": f"/addresses/stop/{stopping}/",
        "mails stopped": f"/addresses/stop/{stopped}/",
        "a link that no longer holds": "/addresses/stop/x/",
    }


def complaints(page: Page) -> list[str]:
    """Axe's, and that the page is wider than its window."""
    found: dict[str, Any] = Axe().run(page, options={"resultTypes": ["violations"]}).response
    too_wide = ["wider than its window"] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []
    return too_wide + [f"{one['id']}: {node['html'][:160]} · {node['failureSummary']}" for one in found["violations"] for node in one["nodes"]]


def complaints_of_deciding_together(page: Page, live_site: LiveSite) -> Iterator[tuple[str, list[str]]]:
    """One is decided on and taken back; more than twenty are chosen, asked about, waited for, and told of, one of them as decided by somebody else."""
    [mine, together] = live_site.manage("shell", "--no-imports", "-c", MANY).split()
    page.goto(f"/admin/desk/?lane=clean&section={together}")
    # It is open already, so the card says nothing of whether the click has been answered.
    with page.expect_response(f"**open={mine}*"):
        page.locator(f"[href*='{mine}']").first.click()
    expect(page.locator(f"#pane:not(.htmx-request) [data-comment='{mine}']")).to_be_visible()
    page.locator("#pane .buttons [value=approve]").click()
    expect(page.locator("#done [value=undo]")).to_be_visible()
    yield "deciding", complaints(page)
    page.locator("#done [value=undo]").click()
    expect(page.locator("#done")).to_contain_text("Karar geri alındı.")
    expect(page.locator(f"#pane:not(.htmx-request) [data-comment='{mine}']")).to_be_visible()
    page.get_by_role("button", name="Bu okurun bekleyen 22 yorumunun").click()
    expect(page.locator("form.many .buttons")).to_be_visible()
    yield "choosing", complaints(page)
    page.get_by_role("button", name="Onayla").click()
    expect(page.locator("form.many .asked")).to_be_visible()
    yield "asking", complaints(page)
    live_site.manage("shell", "--no-imports", "-c", SOMEBODY_ELSE.format(comment=mine))
    page.get_by_role("button", name="Evet").click()
    expect(page.locator("#job progress")).to_be_visible()
    yield "waiting", complaints(page)
    live_site.manage("sweep", "--once")
    expect(page.locator("#job .not-done")).to_have_count(1)
    expect(page.locator("#job .is-done")).to_have_count(21)
    yield "done", complaints(page)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390)])
def test_axe_finds_nothing_to_object_to(browser: Browser, live_site: LiveSite, addresses: dict[str, str], scheme: Any, width: int) -> None:
    viewport: Any = {"width": width, "height": 900}
    context = browser.new_context(base_url=live_site.url, locale="tr-TR", color_scheme=scheme, viewport=viewport, reduced_motion="reduce")
    page, found = context.new_page(), {}

    page.goto("/admin/login/")
    found["sign in"] = complaints(page)
    page.locator("#id_username").fill("erisim")
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    for name, address in addresses.items():
        page.goto(address)
        for hidden in page.locator("#pane details, .tools details").all():
            hidden.evaluate("details => { details.open = true }")
        found[name] = complaints(page)
    page.goto(addresses["queue"])
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    found["keys"] = complaints(page)
    found |= {f"{name} together": of_it for name, of_it in complaints_of_deciding_together(page, live_site)}
    context.close()

    assert not any(found.values()), "\n".join(f"{name}: {complaint}" for name, all_of_it in found.items() for complaint in all_of_it)
