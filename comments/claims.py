"""Who is looking at which comment, so that two editors do not work on one. It is a courtesy: the version decides who was first."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from comments.models import Claim, Comment

LEASE = timedelta(seconds=180)


def take(comment: Comment, editor: User, *, now: datetime) -> User | None:
    """Claims the comment for the editor, or renews the claim, and lets go of what he held; who holds the comment now, perhaps another."""
    around = list(Claim.objects.select_related("editor").filter(Q(comment=comment) | Q(editor=editor)))
    others = next((claim for claim in around if claim.editor_id != editor.pk), None)
    own = next((claim for claim in around if claim.editor_id == editor.pk), None)
    if others and others.until > now:
        if own:
            own.delete()
        return others.editor
    if others:
        Claim.objects.filter(pk=others.pk, until__lte=now).delete()
    if own and own.comment_id == comment.pk and own.until > now + LEASE / 2:
        return editor
    return _laid(comment, editor, now=now)


def _laid(comment: Comment, editor: User, *, now: datetime) -> User | None:
    """The database settles which of two is first; in that very moment the other reads who it was."""
    claim = Claim(editor=editor, comment=comment, until=now + LEASE)
    try:
        with transaction.atomic():
            _need_not_outlive_a_crash()
            Claim.objects.bulk_create([claim], update_conflicts=True, unique_fields=["editor"], update_fields=["comment", "until"])
    except IntegrityError:
        release(editor)
        return holder(comment, now=now)
    return editor


def _need_not_outlive_a_crash() -> None:
    """PostgreSQL need not wait for the disk, which every card that is opened would wait for."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")


def take_over(comment: Comment, editor: User, *, now: datetime) -> User | None:
    """The same, whoever held it."""
    Claim.objects.filter(comment=comment).exclude(editor=editor).delete()
    return take(comment, editor, now=now)


def release(editor: User, comment: Comment | None = None) -> None:
    """Lets go of what the editor holds; with `comment`, only if it is that."""
    held = Claim.objects.filter(editor=editor)
    (held.filter(comment=comment) if comment else held).delete()


def holder(comment: Comment, *, now: datetime) -> User | None:
    return holders([comment], now=now).get(comment.pk)


def held_by(comment: Comment, _editor: User, *, now: datetime) -> User | None:
    """As `take`, for who may only look."""
    return holder(comment, now=now)


def holders(comments: Iterable[Comment], *, now: datetime) -> Mapping[int, User]:
    """Who looks at which of the comments, by the comment's key, in one query; nobody is not among them."""
    claims = Claim.objects.filter(comment__in=[comment.pk for comment in comments], until__gt=now).select_related("editor")
    return {claim.comment_id: claim.editor for claim in claims}


def held_by_others(editor: User, *, now: datetime) -> Q:
    """Of comments: another editor looks at them."""
    return Q(pk__in=Claim.objects.filter(until__gt=now).exclude(editor=editor).values("comment"))


def name_of(editor: User) -> str:
    return editor.get_full_name() or editor.get_username()
