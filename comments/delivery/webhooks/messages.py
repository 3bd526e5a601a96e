"""Which messages events ask for, and what each says. No message holds a reader's text or name: who is told asks for what he may see."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from comments.changes import KINDS, changes_what_is_public
from comments.models import Article, Comment, Event, WebhookEndpoint, WebhookMessage

PURGE, TEST = "purge", "test"
# What an endpoint may be told of.
SUBJECTS = (*KINDS.values(), PURGE)

# One purge tells of no more changes than this.
MOST_CHANGES = 100

Kind = WebhookMessage.Kind


def prepare(events: Sequence[Event], *, now: datetime) -> None:
    """Makes the messages about events that have just been given their positions, in the same transaction."""
    endpoints = list(WebhookEndpoint.objects.filter(state=WebhookEndpoint.State.ENABLED)) if events else []
    rows = [WebhookMessage(created_at=now, available_at=now, **fields) for endpoint in endpoints for fields in _asked_for(endpoint, events)]
    WebhookMessage.objects.bulk_create(rows)


def _asked_for(endpoint: WebhookEndpoint, events: Sequence[Event]) -> Iterator[dict[str, Any]]:
    own = [event for event in events if event.decision.comment.article.site_id == endpoint.site_id]
    for event in own:
        if KINDS[event.decision.move] in endpoint.kinds:
            yield {"endpoint": endpoint, "event": event, "kind": Kind.CHANGE}
    if PURGE in endpoint.kinds:
        public = [event for event in own if changes_what_is_public(event.decision)]
        for burst in _bursts(public):
            if not _joined(endpoint, burst):
                yield {"endpoint": endpoint, "event": burst[-1], "kind": Kind.PURGE, "since": burst[0].position, "changes": len(burst)}


def _bursts(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """The changes of each article, in their order, as many together as one message takes."""
    by_article: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        by_article[event.decision.comment.article_id].append(event)
    for changes in by_article.values():
        for start in range(0, len(changes), MOST_CHANGES):
            yield changes[start : start + MOST_CHANGES]


def _joined(endpoint: WebhookEndpoint, burst: Sequence[Event]) -> bool:
    """Whether a purge of the article that nobody has taken yet tells of these changes too; by the row count, since a worker may take it now."""
    article = burst[0].decision.comment.article_id
    waiting = WebhookMessage.objects.filter(endpoint=endpoint, kind=Kind.PURGE, state=WebhookMessage.State.WAITING, attempts=0)
    room = waiting.filter(event__decision__comment__article=article, changes__lte=MOST_CHANGES - len(burst)).order_by("-pk").values("pk").first()
    return bool(room and waiting.filter(**room).update(event=burst[-1], changes=F("changes") + len(burst)))


def prepare_test(endpoint: WebhookEndpoint, *, now: datetime) -> None:
    WebhookMessage.objects.create(endpoint=endpoint, kind=Kind.TEST, created_at=now, available_at=now)


def subject(message: WebhookMessage) -> str:
    """What the message calls itself."""
    if message.kind == Kind.CHANGE and message.event:
        return KINDS[message.event.decision.move]
    return PURGE if message.kind == Kind.PURGE else TEST


def payload(message: WebhookMessage) -> dict[str, Any]:
    """The same in every attempt."""
    if message.kind == Kind.PURGE:
        # Changes may have joined it after it was found and before it was taken.
        message.refresh_from_db(fields=["event"])
    event = message.event
    when, data = (event.created_at, _data(message, event)) if event else (message.created_at, {})
    return {"type": subject(message), "timestamp": when.isoformat().replace("+00:00", "Z"), "data": data}


def _data(message: WebhookMessage, event: Event) -> dict[str, Any]:
    comment = event.decision.comment
    if message.kind == Kind.PURGE:
        return {"article": comment.article.key, "urls": public_urls(comment.article, _changed(message, event))}
    return {
        "position": event.position,
        "comment_id": str(comment.public_id),
        "article": comment.article.key,
        "status": event.decision.to_status,
        "version": event.decision.version,
    }


def _changed(message: WebhookMessage, event: Event) -> Iterator[Comment]:
    """The comments of the article whose changes the message tells of, each once."""
    told = Event.objects.filter(decision__comment__article=event.decision.comment.article_id, position__range=(message.since, event.position))
    changes = told.select_related("decision__undoes", "decision__comment__head").order_by("position")
    yield from {one.decision.comment: None for one in changes if changes_what_is_public(one.decision)}


def public_urls(article: Article, changed: Iterable[Comment]) -> list[str]:
    """Where changes of comments show: the article on the news site, and this service's pages and answers about it and them."""
    paths = [
        reverse("reader:article", args=[article.key]),
        reverse("frame:article", args=[article.key]),
        reverse("api:comments", args=[article.key]),
        f"{reverse('api:counts')}?article={article.key}",
    ]
    for comment in changed:
        head = comment.head or comment
        paths += [reverse("api:comment", args=[comment.public_id]), reverse("api:replies", args=[head.public_id])]
    return [*_on_the_news_site(article), *(settings.PUBLIC_URL + path for path in dict.fromkeys(paths))]


def _on_the_news_site(article: Article) -> list[str]:
    return [article.url] if article.url else []
