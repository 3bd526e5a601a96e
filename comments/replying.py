"""How deep replies go: each title says so, and what would go deeper stands beside the comment that it answers."""

from collections.abc import Iterator

from comments.models import Comment
from moderation.models import Site


def place(answered: Comment, site: Site) -> Comment | None:
    """What a reply to this comment hangs on: the comment itself, or the nearest before it that may still have replies; None where none may."""
    lineage = [*_upwards(answered)][::-1]
    return lineage[min(len(lineage), site.reply_depth) - 1] if site.reply_depth else None


def _upwards(comment: Comment | None) -> Iterator[Comment]:
    while comment:
        yield comment
        comment = comment.parent
