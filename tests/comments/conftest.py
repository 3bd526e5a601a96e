"""A title with its policy, an article, a reader and the editors: what most tests of this room begin with."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User

from comments import lifecycle
from comments.models import Article, Comment, Reader
from moderation.models import Site
from tests.comments.judgements import judgement

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def article(site: Site) -> Article:
    return Article.objects.create(site=site, key="kent-meydani", title="Kent meydanı yayalara açıldı", published_at=NOON)


@pytest.fixture
def reader(site: Site) -> Reader:
    return Reader.objects.create(site=site, name="Ayşe K.")


def make_editor(username: str, *permissions: str) -> User:
    editor = User.objects.create_user(username, password="parola-degil-cumle", is_staff=True)
    editor.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return editor


@pytest.fixture
def editor(db: None) -> User:
    return make_editor("elif", "view_comment", "decide_comment")


@pytest.fixture
def other_editor(db: None) -> User:
    return make_editor("mert", "view_comment", "decide_comment")


@pytest.fixture
def senior_editor(db: None) -> User:
    return make_editor("nermin", "view_comment", "decide_comment", "overrule_decision")


Submitted = Callable[..., Comment]


@pytest.fixture
def submitted(article: Article, reader: Reader) -> Submitted:
    """A comment of the reader's on the article; `outcomes` are what the policy found, `as_is` and `now` as in the lifecycle."""

    def submit(
        body: str = "Meydan çok güzel olmuş.", *outcomes: str, as_is: bool = False, now: datetime = NOON, parent: Comment | None = None
    ) -> Comment:
        draft = lifecycle.Draft(article, reader, "Ayşe K.", body, uuid4(), parent=parent, as_is=as_is)
        return lifecycle.submit(draft, judgement(article.site, body, *outcomes), now=now)

    return submit
