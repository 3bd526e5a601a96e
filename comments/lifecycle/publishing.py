"""Says, in the transaction of the move itself, that the public sees something else of an article than before.

A comment that only waits touches no row here, so readers who write never wait for one another.
"""

from collections import defaultdict
from collections.abc import Mapping
from time import sleep

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from comments.lifecycle.standing import Standing
from comments.models import Publication
from comments.models.publications import new_mark


def is_seen(before: Standing, after: Standing) -> bool:
    """Whether the public may notice the move: what was once published stays in sight as long as it has replies."""
    return before.published_at is not None or after.published_at is not None


def difference(before: Standing, after: Standing) -> int:
    """By how many public comments the article has more than before."""
    return (after.published_revision is not None) - (before.published_revision is not None)


def publish(differences: Mapping[int, int]) -> None:
    """By the article's key, how many public comments came; 0 where only their words changed. Only inside a transaction."""
    Publication.objects.bulk_create([Publication(article_id=article) for article in sorted(differences)], ignore_conflicts=True)
    if len(differences) > 1:
        # Always in the same order, so that two who publish on many articles do not wait for each other in a ring.
        list(Publication.objects.select_for_update().filter(article__in=differences).order_by("article").values_list("article"))
    articles = defaultdict(list)
    for article, more in differences.items():
        articles[more].append(article)
    for more, changed in articles.items():
        Publication.objects.filter(article__in=changed).update(comments=F("comments") + more, mark=new_mark())
    let_answers_expire()


def let_answers_expire() -> None:
    """On the commit, waits for ANSWERS_KEPT_SECONDS, once: whoever learns of the change learns of it when no process gives an earlier answer again."""
    if all(registered is not _wait for _savepoints, registered, *_ in connection.run_on_commit):
        transaction.on_commit(_wait)


def _wait() -> None:
    sleep(settings.ANSWERS_KEPT_SECONDS)
