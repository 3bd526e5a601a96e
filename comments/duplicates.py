"""The same text again: a reader's own on the same article, or a long one, hardly changed, that anybody sent in the past hours.

It is held for an editor with a finding that says so. Of a text a few numbers are kept for those hours: the smallest of the keyed hashes of all its runs of
five words, so that two texts that differ in a word or two still share most of them. Short texts (condolences, congratulations) are alike by nature and
leave none.
"""

from datetime import datetime, timedelta
from hashlib import blake2b

from django.conf import settings
from django.db.models import Count

from comments.judging import Judgement
from comments.models import Article, Comment, Reader, Status, Trace
from moderation.engine.text import Text, fold

OWN = timedelta(hours=24)
KEPT = timedelta(hours=6)

_RUN = 5  # words
_SHORTEST = 12  # words of a text that is compared with others'
_NUMBERS, _SHARED = 8, 4
_OVER = (Status.WITHDRAWN, Status.EXPIRED, Status.ERASED)


def own(article: Article, reader: Reader, body: str, *, now: datetime) -> Comment | None:
    """The reader's comment with this very text on this article, sent in the past day and not taken back."""
    same = Comment.objects.filter(reader=reader, article=article, submitted_at__gt=now - OWN, current_revision__search_text=fold(body))
    return same.exclude(status__in=_OVER).order_by("-pk").first()


def marked(judgement: Judgement, body: str, *, is_own: bool, now: datetime) -> Judgement:
    """The judgement, with a finding where the text was sent before: by the reader himself, or by anybody."""
    return judgement.repeated(body) if is_own or _is_known(body, now=now) else judgement


def remember(comment: Comment, body: str, *, now: datetime) -> None:
    Trace.objects.bulk_create(Trace(comment=comment, number=number, left_at=now) for number in _numbers(body))


def forget(*, now: datetime) -> int:
    """How many traces that nothing is compared with any more were deleted."""
    deleted, _by_model = Trace.objects.filter(left_at__lte=now - KEPT).delete()
    return deleted


def _is_known(body: str, *, now: datetime) -> bool:
    numbers = _numbers(body)
    alike = Trace.objects.filter(number__in=numbers, left_at__gt=now - KEPT).values("comment").annotate(shared=Count("number"))
    return bool(numbers) and alike.filter(shared__gte=_SHARED).exists()


def _numbers(body: str) -> tuple[int, ...]:
    words = [fold(word.written) for word in Text(body).words]
    if len(words) < _SHORTEST:
        return ()
    runs = {" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)}
    return tuple(sorted(map(_number, runs))[:_NUMBERS])


def _number(run: str) -> int:
    keyed = blake2b(run.encode(), digest_size=8, key=settings.SECRET_KEY.encode()[:64])
    return int.from_bytes(keyed.digest(), signed=True)
