"""What a process does while others do the same."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone

from comments import lifecycle, submission
from comments.models import Article, Comment, Reader
from comments.submission import Contribution


def be_ready() -> None:
    """Nothing; but who answers has started."""


def submit(article: int, reader: int, first: int, count: int) -> list[str]:
    """The public ids of as many comments as are told, numbered in their texts."""
    place, writer = Article.objects.select_related("site").get(pk=article), Reader.objects.get(pk=reader)
    bodies = [f"{number}. yorum: Meydan çok güzel olmuş." for number in range(first, first + count)]
    return [_submitted(place, writer, body, uuid4()) for body in bodies]


def send(article: str, api_key: str, keys: list[str]) -> list[str]:
    """The public ids that the API answered to as many comments, each with its idempotency key."""
    client = Client(headers={"Authorization": f"Api-Key {api_key}", "Host": "127.0.0.1"})
    return [_sent(client, article, key) for key in keys]


def _sent(client: Client, article: str, key: str) -> str:
    payload = {"body": f"{key} sayılı yorum: Meydan çok güzel olmuş.", "author": {"name": "Ayşe K.", "subject": key}}
    path = f"/api/v1/articles/{article}/comments/"
    answer = client.post(path, payload, content_type="application/json", headers={"Idempotency-Key": key})
    assert answer.status_code == 201, answer.content.decode()
    return str(answer.json()["id"])


def click(article: int, reader: int, submissions: list[str]) -> list[str]:
    """The public ids of the comments that these submissions made."""
    place, writer = Article.objects.select_related("site").get(pk=article), Reader.objects.get(pk=reader)
    return [_submitted(place, writer, f"{number}. yorum.", UUID(known)) for number, known in enumerate(submissions)]


def _submitted(article: Article, reader: Reader, body: str, known: UUID) -> str:
    comment = submission.submit(article, reader, Contribution("Ayşe K.", body, known), now=timezone.now())
    return str(comment.public_id)


def approve(editor: str, comments: list[int]) -> list[str]:
    """Who decided on each comment: this editor, or the one that he was told was first."""
    user = User.objects.get(username=editor)
    return [_approved(comment, user) for comment in Comment.objects.filter(pk__in=comments).order_by("pk").select_related("article__site")]


def _approved(comment: Comment, editor: User) -> str:
    try:
        lifecycle.approve(comment, editor=editor, version=1, now=timezone.now())
    except lifecycle.StaleVersion as stale:
        return str(stale.decision.editor)
    return str(editor)


def ask(threads: int, at_once: int) -> list[int]:
    """The server processes that answered the threads, of which so many ask at once and keep their connection until all of them have one."""
    all_connected = Barrier(at_once)

    def asked(_: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [pid] = cursor.fetchone()
        all_connected.wait(timeout=60)
        connection.close()
        return int(pid)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(asked, range(threads)))
