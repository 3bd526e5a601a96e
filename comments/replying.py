"""How deep replies go: each title says so, and what would go deeper stands beside the comment that it answers."""

from collections.abc import Iterator

from comments.models import Comment
from moderation.models import DEEPEST_REPLY, Site

# For `select_related`: all that a comment may hang on, one under another.
LINEAGE = "__".join(["parent"] * DEEPEST_REPLY)


def place(answered: Comment, site: Site) -> Comment | None:
    """What a reply to this comment, read with its lineage, hangs on: itself, or the nearest above that may still have replies; None where none may."""
    lineage = [*_upwards(answered)][::-1]
    return lineage[min(len(lineage), site.reply_depth) - 1] if site.reply_depth else None


def _upwards(comment: Comment | None) -> Iterator[Comment]:
    while comment:
        yield comment
        comment = comment.parent
