"""The sections of a title's articles, which are few, however many the articles: each is found from the one before it, by the index."""

from django.db import connection

from moderation.models import Site

_FOUND = """
WITH RECURSIVE found (section) AS (
    SELECT (SELECT MIN(section) FROM comments_article WHERE site_id = %(site)s AND section > '')
    UNION ALL
    SELECT (SELECT MIN(section) FROM comments_article WHERE site_id = %(site)s AND section > found.section) FROM found WHERE section IS NOT NULL
)
SELECT section FROM found WHERE section IS NOT NULL
"""
_LATEST_FIRST = "ORDER BY (SELECT MAX(published_at) FROM comments_article WHERE site_id = %(site)s AND section = found.section) DESC LIMIT %(most)s"


def of(site: Site) -> list[str]:
    """All of them, in no order: databases know no Turkish alphabet."""
    return _asked(_FOUND, site=site.pk)


def latest(site: Site, *, most: int) -> list[str]:
    """Those in which something appeared last, newest first."""
    return _asked(_FOUND + _LATEST_FIRST, site=site.pk, most=most)


def _asked(question: str, **values: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return [section for (section,) in cursor.fetchall()]
