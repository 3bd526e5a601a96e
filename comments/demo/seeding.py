"""The demo as it was written by hand: its editor, its articles and what was said about them."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import Group, User

from comments import roles
from comments.demo import texts
from comments.demo.newsroom import Newsroom
from comments.models import Article
from moderation import versions
from moderation.models import Site

EDITOR = "editor"


def editor(password: str) -> tuple[User, str | None]:
    """The demo's editor, and the password where one was made up now. One that is given (not empty) holds from now on."""
    account, is_new = User.objects.get_or_create(username=EDITOR, defaults={"is_staff": True, "first_name": "Elif", "last_name": "Demir"})
    made_up = secrets.token_urlsafe(9) if is_new and not password else None
    wanted = password or made_up
    if wanted and not account.check_password(wanted):
        account.set_password(wanted)
        account.save(update_fields=["password"])
    account.groups.add(Group.objects.get(name=roles.EDITOR))
    return account, made_up


def seed(account: User, *, now: datetime) -> tuple[int, int]:
    """How many articles and comments were added."""
    site = Site.objects.get(key=versions.DEFAULT_SITE)
    before = site.articles.count()
    articles = {demo.key: _article(site, demo, now) for demo in texts.articles()}
    return site.articles.count() - before, Newsroom(site, account, now).fill(articles, texts.comments())


def _article(site: Site, demo: texts.DemoArticle, now: datetime) -> Article:
    fields = {
        "title": demo.title,
        "section": demo.section,
        "summary": demo.summary,
        "author": demo.author,
        "body": "\n\n".join(demo.body),
        "published_at": now - timedelta(days=demo.published_days_ago),
        "comments_open": demo.comments_open,
    }
    return Article.objects.get_or_create(site=site, key=demo.key, defaults=fields)[0]
