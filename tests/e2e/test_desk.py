"""The editors' desk by keyboard alone: fifty comments decided in one go, in a real browser."""

import re
from itertools import cycle, islice

import pytest
from playwright.sync_api import Page, Route, expect

from tests.live_site import LiveSite

pytestmark = pytest.mark.requires("chromium")

PASSWORD = "kirk-uzun-yol"
COMMENTS = """
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from comments import lifecycle
from comments.judging import Judgement
from comments.lifecycle import Actor, History, Step, moves
from comments.models import Article, Reader, Status
from moderation import versions
from moderation.engine.rule import Verdict
from moderation.models import Site

User.objects.create_superuser("{name}", password="{password}")
site, now = Site.objects.get(), timezone.now()
policy = versions.active(site)
article = Article.objects.create(site=site, key="{name}", title="Klavyeyle karar", section="{name}")
reader = Reader.objects.create(site=site, name="Okur")
def history(number):
    body = f"Bu, yorumların {{number}}. olanıdır."
    judgement = Judgement(policy, Verdict(body, (), policy.number))
    step = Step(moves.SUBMIT, Status.PENDING, Actor.policy(policy), now + timedelta(seconds=number - 60), body=body, judgement=judgement)
    return History(article, reader, f"Okur {{number}}", (step,))
list(lifecycle.record(history(number) for number in range(1, {number} + 1)))
"""
WHAT_BECAME = """
from comments.models import Decision
made = Decision.objects.filter(comment__article__section="{name}", version=2)
print(made.count(), *(made.filter(move=move).count() for move in ("approve", "reject", "request_correction")))
print(*sorted({{str(row) for decision in made.filter(move="reject") for row in decision.clauses.all()}}))
"""

# Approve; reject for the first clause, and for the first house reason; ask for a correction for the fifth clause.
DECISIONS = (("a",), ("a",), ("r", "1", "Enter"), ("a",), ("r", "a", "r"), ("c", "5", "Enter"), ("a",))


def test_fifty_comments_are_decided_in_one_go_by_keyboard_alone(page: Page, live_site: LiveSite) -> None:
    at_the_desk(page, live_site, "elli", comments=50)
    keyboard, card = page.keyboard, page.locator("#pane .card")

    keyboard.press("j")
    expect(card).to_contain_text("yorumların 2. olanıdır")
    keyboard.press("k")
    for number, keys in enumerate(islice(cycle(DECISIONS), 50), start=1):
        expect(card).to_contain_text(f"yorumların {number}. olanıdır")
        for key in keys:
            keyboard.press(key)
    expect(page.locator("#list")).to_contain_text("Burada yorum yok.")

    keyboard.press("u")
    expect(card).to_contain_text("yorumların 50. olanıdır")
    expect(page.locator("#done")).to_contain_text("Karar geri alındı.")
    keyboard.press("a")
    expect(page.locator("#list")).to_contain_text("Burada yorum yok.")

    what_became = live_site.manage("shell", "--no-imports", "-c", WHAT_BECAME.format(name="elli"))
    assert what_became.splitlines() == ["50 29 14 7", "advertising insults"]


def test_keys_can_be_changed_and_switched_off_and_do_nothing_while_one_writes(page: Page, live_site: LiveSite) -> None:
    at_the_desk(page, live_site, "tuslar", comments=2)
    keyboard, card, help_dialog = page.keyboard, page.locator("#pane .card"), page.get_by_role("dialog")

    keyboard.press("/")
    keyboard.type("aj")
    expect(page.locator("#tools [type=search]")).to_have_value("aj")
    keyboard.press("Escape")

    keyboard.press("?")
    help_dialog.get_by_label("Sonraki yorum").fill("s")
    keyboard.press("Escape")
    expect(help_dialog).to_be_hidden()
    keyboard.press("s")
    expect(card).to_contain_text("yorumların 2. olanıdır")

    page.reload()
    keyboard.press("?")
    expect(help_dialog.get_by_label("Sonraki yorum")).to_have_value("s")
    help_dialog.get_by_label("Tuşlar açık").uncheck()
    keyboard.press("Escape")
    expect(help_dialog).to_be_hidden()
    keyboard.press("k")
    keyboard.press("?")
    expect(help_dialog).to_be_hidden()
    expect(card).to_contain_text("yorumların 2. olanıdır")


@pytest.mark.parametrize(("name", "opening"), [("cep-harf", "j"), ("cep-giris", "Enter")])
def test_on_a_phone_no_key_decides_on_a_card_that_is_not_shown_and_the_first_opens_it(
    page: Page, live_site: LiveSite, name: str, opening: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    at_the_desk(page, live_site, name, comments=1)
    keyboard, card = page.keyboard, page.locator("#pane .card")
    expect(card).to_be_hidden()

    for key in ("a", "r", "1", "r", "c", "5", "c", "e", "f"):
        keyboard.press(key)
    expect(page.locator("#pane")).not_to_have_class(re.compile("htmx-request"))
    keyboard.press(opening)
    expect(card).to_be_visible()
    expect(card).to_contain_text("yorumların 1. olanıdır")
    assert live_site.manage("shell", "--no-imports", "-c", WHAT_BECAME.format(name=name)).split() == ["0"] * 4

    keyboard.press("a")
    expect(page.locator("#list")).to_contain_text("Burada yorum yok.")


def test_whoever_clicks_on_while_a_card_is_loading_gets_the_card_that_he_clicked_last(page: Page, live_site: LiveSite) -> None:
    at_the_desk(page, live_site, "acele", comments=3)
    held: list[Route] = []
    page.route("**/admin/desk/**", lambda route: held.append(route), times=1)  # noqa: PLW0108  (the browser marks what it is given)

    page.locator("#list [data-comment] a").nth(1).click()
    expect(page.locator("#pane")).to_have_class(re.compile("htmx-request"))
    page.locator("#list [data-comment] a").nth(2).click()
    held[0].continue_()

    expect(page.locator("#pane .card")).to_contain_text("yorumların 3. olanıdır")


def test_the_browsers_way_back_leads_through_the_cards_and_the_search(page: Page, live_site: LiveSite) -> None:
    at_the_desk(page, live_site, "geri", comments=3)
    card, search = page.locator("#pane .card"), page.locator("#tools [type=search]")

    page.locator("#list [data-comment] a").nth(1).click()
    expect(card).to_contain_text("yorumların 2. olanıdır")
    search.fill("3. olanıdır")
    search.press("Enter")
    expect(card).to_contain_text("yorumların 3. olanıdır")
    expect(page.locator("#list [data-comment]")).to_have_count(1)

    page.go_back()
    expect(card).to_contain_text("yorumların 2. olanıdır")
    expect(page.locator("#list [data-comment]")).to_have_count(3)
    page.go_back()
    expect(card).to_contain_text("yorumların 1. olanıdır")


def test_a_session_that_ends_in_mid_decision_loses_nothing_typed(page: Page, live_site: LiveSite) -> None:
    at_the_desk(page, live_site, "oturum", comments=1)

    page.keyboard.press("r")
    page.keyboard.press("n")
    page.keyboard.type("Bir kaynak gösterir misiniz?")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    sign_in(page, "oturum")

    expect(page.locator("#pane [name=note]")).to_have_value("Bir kaynak gösterir misiniz?")


@pytest.mark.parametrize("width", [1440, 390])
def test_word_of_what_was_done_moves_nothing_and_stays_in_sight_as_long_as_it_can_be_taken_back(page: Page, live_site: LiveSite, width: int) -> None:
    name = f"yerinde-{width}"
    at_the_desk(page, live_site, name, comments=2)
    page.set_viewport_size({"width": width, "height": 844})
    page.locator("#list [data-comment] a").first.click()
    expect(page.locator("#pane .opened .card")).to_be_visible()
    word, before = page.locator("#done .done"), places(page)

    page.keyboard.press("a")
    expect(word).to_contain_text("Yorum onaylandı.")
    expect(word).to_be_in_viewport(ratio=1)
    assert places(page) == before
    page.mouse.wheel(0, 10_000)
    expect(word).to_be_in_viewport(ratio=1)

    page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
    expect(word).to_be_hidden()
    assert page.locator("#done").get_attribute("role") == "status"


def test_word_of_what_came_moves_nothing(page: Page, live_site: LiveSite) -> None:
    at_the_desk(page, live_site, "haber", comments=2)
    before = places(page)

    page.evaluate("document.querySelector('#lanes .lanes').dataset.news = '/admin/desk/news/?lane=clean&section=haber&since=2020-01-01T00:00:00Z'")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#news a")).to_have_text("2 yeni yorum")

    assert places(page) == before


def test_without_a_script_word_of_what_was_done_moves_nothing_and_takes_it_back(page_without_javascript: Page, live_site: LiveSite) -> None:
    page = page_without_javascript
    live_site.manage("shell", "--no-imports", "-c", COMMENTS.format(name="betiksiz", password=PASSWORD, number=2))
    page.goto("/admin/login/?next=/admin/desk/?lane=clean%26section=betiksiz")
    sign_in(page, "betiksiz")
    expect(page.locator("#pane .card")).to_contain_text("yorumların 1. olanıdır")
    before = places(page)

    page.locator("#pane .buttons [value=approve]").click()
    expect(page.locator("#done")).to_contain_text("Yorum onaylandı.")
    assert places(page) == before
    page.locator("#done [value=undo]").click()

    expect(page.locator("#done")).to_contain_text("Karar geri alındı.")
    expect(page.locator("#pane .card")).to_contain_text("yorumların 1. olanıdır")


def test_several_are_decided_without_a_script_and_the_page_tells_how_far_it_is(page_without_javascript: Page, live_site: LiveSite) -> None:
    page = page_without_javascript
    live_site.manage("shell", "--no-imports", "-c", COMMENTS.format(name="toplu", password=PASSWORD, number=3))
    page.goto("/admin/login/?next=/admin/desk/?lane=clean%26section=toplu")
    sign_in(page, "toplu")

    expect(page.locator("#list [name=chosen]")).to_have_count(3)
    for box in page.locator("#list [name=chosen]").all()[:2]:
        box.check()
    page.get_by_role("button", name="Seçilenlere karar ver").click()
    page.get_by_role("button", name="Onayla").click()
    expect(page.locator("#job")).to_contain_text("2 yorumdan 0 tanesi tamam.")
    live_site.manage("sweep", "--once")
    page.get_by_role("link", name="Ne kadarının bittiğini göster").click()
    expect(page.locator("#job .is-done")).to_have_count(2)

    page.get_by_role("button", name="Hepsini geri al").click()
    live_site.manage("sweep", "--once")
    page.reload()
    expect(page.locator("#job .is-done")).to_have_count(2)
    page.get_by_role("link", name="Listeye dön").click()
    expect(page.locator("#list [data-comment]")).to_have_count(3)


def places(page: Page) -> list[float]:
    """How far below the top of the page its parts begin."""
    return [part.evaluate("part => part.getBoundingClientRect().top + scrollY") for part in page.locator("#content, #lanes, .screen, #pane").all()]


def at_the_desk(page: Page, live_site: LiveSite, name: str, *, comments: int) -> None:
    """Signed in, with so many comments to decide on and nothing but keys from here on; `name` is the editor's, and his section's."""
    live_site.manage("shell", "--no-imports", "-c", COMMENTS.format(name=name, password=PASSWORD, number=comments))
    page.goto(f"/admin/login/?next=/admin/desk/?lane=clean%26section={name}")
    sign_in(page, name)
    expect(page.locator("#pane .card")).to_contain_text("yorumların 1. olanıdır")
    # Keys pressed before the page's scripts run go nowhere.
    page.wait_for_load_state()


def sign_in(page: Page, name: str) -> None:
    expect(page.locator("#id_username")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
