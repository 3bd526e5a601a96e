"""What leaves for other systems comes back the same, as far as they can know it."""

import json
from datetime import timedelta
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments import lifecycle
from comments.lifecycle import Reasons
from comments.models import Article, Comment, Reader
from moderation import versions
from moderation.engine.rule import Clause
from moderation.models import Site
from tests.comments.conftest import NOON, Submitted
from tests.comments.transfer.conftest import Imported

FORMATS = ["disqus", "wordpress", "coral"]
REASONS = Reasons(clauses=frozenset({Clause.INSULTS}))
HARD = 'İlk & son: <b>5 > 3</b>, "tırnak", ]]> &amp; 👍\nikinci satır\n\nyeni paragraf\ufffe'


@pytest.fixture
def discussion(article: Article, submitted: Submitted, editor: User) -> None:
    """Something of everything that another system can know, three levels deep, and two that stay at home."""
    Site.objects.update(reply_depth=3)
    Article.objects.update(url="https://haber.example/kent-meydani")
    minute = timedelta(minutes=1)
    head = submitted(HARD)
    lifecycle.approve(head, editor=editor, version=1, now=NOON)
    reply = submitted("Katılıyorum.", parent=head, now=NOON + minute)
    lifecycle.approve(reply, editor=editor, version=1, now=NOON + minute)
    answer = submitted("Ben de katılıyorum.", parent=reply, now=NOON + 2 * minute)
    lifecycle.approve(answer, editor=editor, version=1, now=NOON + 2 * minute)
    lifecycle.remove(reply, editor=editor, version=2, reasons=REASONS, now=NOON + 3 * minute)
    submitted("Bekliyor.", now=NOON + 4 * minute)
    lifecycle.reject(submitted("Olmaz.", now=NOON + 5 * minute), editor=editor, version=1, reasons=REASONS, now=NOON + 5 * minute)
    submitted("Herkez geldi.", "correct")
    lifecycle.withdraw(submitted("Vazgeçtim."), version=1, now=NOON + minute)


@pytest.mark.parametrize("system", FORMATS)
def test_what_is_exported_into_another_systems_format_is_imported_the_same(system: str, discussion: None, file: Path, imported: Imported) -> None:
    url = "https://haber.example/kent-meydani"
    versions.enact(Site.objects.create(key="yeni", name="Yeni", reply_depth=3), {})
    call_command("export", str(file), format=system)
    kept = HARD.removesuffix("\ufffe") if system != "coral" else HARD
    before = Comment.objects.count()

    call_command("import", str(file), format=system, site="yeni")

    moved = Comment.objects.filter(article__site__key="yeni")
    assert before + moved.count() == Comment.objects.count()
    assert not file.with_name(file.name + ".refused.jsonl").exists()
    shown = [
        (
            one.article.url,
            one.article.key,
            one.status,
            one.current_revision.body,
            one.author_name,
            one.submitted_at,
            one.parent and one.parent.current_revision.body,
        )
        for one in moved.order_by("submitted_at").select_related("current_revision", "parent__current_revision", "article")
    ]
    at = [NOON + timedelta(minutes=minute) for minute in (0, 1, 2, 4, 5)]
    assert shown == [
        (url, "kent-meydani", "approved", kept, "Ayşe K.", at[0], None),
        (url, "kent-meydani", "erased", "", "", at[1], kept),
        (url, "kent-meydani", "approved", "Ben de katılıyorum.", "Ayşe K.", at[2], ""),
        (url, "kent-meydani", "pending", "Bekliyor.", "Ayşe K.", at[3], None),
        (url, "kent-meydani", "rejected", "Olmaz.", "Ayşe K.", at[4], None),
    ]


@pytest.mark.parametrize("system", FORMATS)
def test_what_is_gone_leaves_neither_text_nor_name_nor_address_in_the_file(
    system: str, file: Path, submitted: Submitted, editor: User, article: Article
) -> None:
    gone = submitted("Geri çekilen söz.")
    lifecycle.approve(gone, editor=editor, version=1, now=NOON)
    Comment.objects.update(author_name="Çekilen Ad")
    gone.reader.email, gone.reader.email_confirmed_at = "cekilen@example.com", NOON
    gone.reader.save()
    lifecycle.withdraw(gone, version=2, now=NOON)

    call_command("export", str(file), format=system)

    written = file.read_text()
    assert "kent-meydani" in written
    assert not any(word in written for word in ("Geri çekilen", "Çekilen Ad", "cekilen@", gone.reader.public_id.hex))


def test_an_address_that_nobody_confirmed_does_not_leave(discussion: None, file: Path) -> None:
    Reader.objects.update(email="belki@example.com", email_confirmed_at=None)

    for system in FORMATS:
        call_command("export", str(file), format=system)

        assert "belki@" not in file.read_text()


def test_an_empty_title_makes_a_file_that_holds_nothing(site: Site, file: Path) -> None:
    for system in ("disqus", "wordpress"):
        call_command("export", str(file), format=system)

        assert not fromstring(file.read_bytes()).findall(".//post")
    call_command("export", str(file), format="coral")
    assert [json.loads(line) for line in file.read_text().splitlines()] == []


@pytest.mark.parametrize("system", ["disqus", "coral"])
def test_more_comments_cost_no_more_queries(system: str, file: Path, submitted: Submitted, editor: User, article: Article) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            call_command("export", str(file), format=system)
        return len(asked)

    lifecycle.approve(submitted("Bir."), editor=editor, version=1, now=NOON)
    few = queries()
    for number in range(10):
        lifecycle.approve(submitted(f"{number}. söz."), editor=editor, version=1, now=NOON)

    assert queries() == few
