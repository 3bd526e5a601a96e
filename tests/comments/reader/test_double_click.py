"""Two posts of one form at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from comments.models import Article, Comment, Reader
from tests.comments.reader.forms import address, filled


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_once_make_one_comment_and_one_receipt(client: Client, article: Article) -> None:
    fields, both = filled(client, article), Barrier(2)

    def click(_: int) -> str:
        browser = Client()
        browser.cookies = client.cookies
        both.wait(timeout=10)
        try:
            return str(browser.post(address(article), fields).headers["Location"])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as hands:
        receipts = set(hands.map(click, range(2)))

    assert len(receipts) == 1
    assert Comment.objects.count() == Reader.objects.count() == 1
