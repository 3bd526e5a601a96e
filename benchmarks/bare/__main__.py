"""Makes the table and fills it: `python -m benchmarks.bare ARTICLES COMMENTS BODY`."""

import sys

from benchmarks.bare.wsgi import application  # noqa: F401  (sets Django up)


def fill(articles: int, comments: int, body: str) -> None:
    from django.db import connection

    from benchmarks.bare.models import BareComment

    with connection.schema_editor() as editor:
        editor.create_model(BareComment)
    rows = (BareComment(article=f"article-{number % articles}", name="Ayşe K.", body=body) for number in range(comments))
    BareComment.objects.bulk_create(rows, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    fill(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
