"""Who writes while signed in to the desk writes for the publisher, and everybody is told so."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import lifecycle
from comments.models import Article, Comment
from tests.comments.reader.forms import send


@pytest.mark.parametrize("is_staff", [True, False])
def test_a_comment_of_somebody_signed_in_to_the_desk_carries_a_badge(client: Client, article: Article, editor: User, is_staff: bool) -> None:
    User.objects.filter(pk=editor.pk).update(is_staff=is_staff)
    client.force_login(editor)
    assert send(client, article).status_code == 303
    comment = Comment.objects.select_related("article__site", "current_revision", "published_revision").get()
    lifecycle.approve(comment, editor=editor, version=1, now=timezone.now() + timedelta(seconds=1))

    [shown] = json.loads(Client().get(f"/api/v1/articles/{article.key}/comments/").content)["results"]

    assert shown["author"]["staff"] is is_staff
    assert ('class="staff"' in Client().get(f"/articles/{article.key}/").content.decode()) is is_staff
