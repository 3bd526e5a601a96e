"""What leaves for other systems comes back the same, as far as they can know it."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments import lifecycle
from comments.lifecycle import Reasons
from comments.models import Article, Comment, Reader
from moderation import versions
from moderation.engine.rule import Clause
from moderation.models import Site
from tests.comments.conftest import NOON, Submitted

FORMATS = ["disqus", "wordpress", "coral", "isso", "xtd"]
MODELS = ("django_comments.comment", "django_comments_xtd.xtdcomment")
REASONS = Reasons(clauses=frozenset({Clause.INSULTS}))
HARD = 'İlk & son: <b>5 > 3</b>, "tırnak", ]]> &amp; 👍\nikinci satır\n\nyeni paragraf\ufffe'


def export(system: str, file: Path) -> None:
    call_command("export", str(file), format=system, **({"model": "haber.makale"} if system == "xtd" else {}))


def written(file: Path) -> str:
    """Whatever of the file is text."""
    return file.read_bytes().decode(errors="replace")


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(query).fetchall()


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


def imported_elsewhere(system: str, file: Path) -> list[tuple[object, ...]]:
    """What the file makes in another title: key, status, text, name, time, and the text of what is answered."""
    versions.enact(Site.objects.create(key="yeni", name="Yeni", reply_depth=3), {})
    before = Comment.objects.count()
    call_command("import", str(file), format=system, site="yeni", **({"model": "haber.makale"} if system == "xtd" else {}))

    moved = Comment.objects.filter(article__site__key="yeni")
    assert before + moved.count() == Comment.objects.count()
    assert not file.with_name(file.name + ".refused.jsonl").exists()
    return [
        (
            one.article.key,
            one.status,
            one.current_revision.body,
            one.author_name,
            one.submitted_at,
            one.parent and one.parent.current_revision.body,
        )
        for one in moved.order_by("submitted_at").select_related("current_revision", "parent__current_revision", "article")
    ]


@pytest.mark.parametrize("system", ["disqus", "wordpress", "coral", "xtd"])
def test_what_is_exported_into_another_systems_format_is_imported_the_same(system: str, discussion: None, file: Path) -> None:
    kept = HARD.removesuffix("\ufffe") if system in ("disqus", "wordpress") else HARD
    export(system, file)

    shown = imported_elsewhere(system, file)

    at = [NOON + timedelta(minutes=minute) for minute in (0, 1, 2, 4, 5)]
    assert shown == [
        ("kent-meydani", "approved", kept, "Ayşe K.", at[0], None),
        ("kent-meydani", "erased", "", "", at[1], kept),
        ("kent-meydani", "approved", "Ben de katılıyorum.", "Ayşe K.", at[2], ""),
        ("kent-meydani", "pending", "Bekliyor.", "Ayşe K.", at[3], None),
        ("kent-meydani", "rejected", "Olmaz.", "Ayşe K.", at[4], None),
    ]
    assert Article.objects.get(site__key="yeni").url == ("" if system == "xtd" else "https://haber.example/kent-meydani")


def test_isso_takes_what_it_knows_and_threads_of_one_level(discussion: None, file: Path) -> None:
    export("isso", file)

    shown = imported_elsewhere("isso", file)

    at = [NOON + timedelta(minutes=minute) for minute in (0, 2, 4)]
    assert shown == [
        ("kent-meydani", "approved", HARD, "Ayşe K.", at[0], None),
        ("kent-meydani", "approved", "Ben de katılıyorum.", "Ayşe K.", at[1], HARD),
        ("kent-meydani", "pending", "Bekliyor.", "Ayşe K.", at[2], None),
    ]
    assert rows(file, "SELECT uri, title FROM threads") == [("/kent-meydani", Article.objects.get(site__key="yeni").title)]


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

    export(system, file)

    assert "kent-meydani" in written(file)
    assert not any(word in written(file) for word in ("Geri çekilen", "Çekilen Ad", "cekilen@", gone.reader.public_id.hex))


def test_an_address_that_nobody_confirmed_does_not_leave(discussion: None, file: Path) -> None:
    Reader.objects.update(email="belki@example.com", email_confirmed_at=None)

    for system in FORMATS:
        export(system, file)

        assert "Bekliyor." in written(file)
        assert "belki@" not in written(file)


def test_an_empty_title_makes_a_file_that_holds_nothing(site: Site, file: Path) -> None:
    for system in ("disqus", "wordpress"):
        export(system, file)

        assert not fromstring(file.read_bytes()).findall(".//post")
    for system in ("coral", "xtd"):
        export(system, file)

        assert not file.read_bytes()
    export("isso", file)
    assert rows(file, "SELECT * FROM threads") == rows(file, "SELECT * FROM comments") == []


@pytest.mark.parametrize("system", ["jsonl", "disqus", "coral", "isso", "xtd"])
def test_more_comments_cost_no_more_queries(system: str, file: Path, submitted: Submitted, editor: User, article: Article) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            export(system, file)
        return len(asked)

    lifecycle.approve(submitted("Bir."), editor=editor, version=1, now=NOON)
    few = queries()
    for number in range(10):
        lifecycle.approve(submitted(f"{number}. söz."), editor=editor, version=1, now=NOON)

    assert queries() == few


def test_isso_keeps_an_empty_place_only_where_something_answers_it(file: Path, submitted: Submitted, editor: User, article: Article) -> None:
    head, lonely = submitted("Silinecek."), submitted("Bu da.")
    for comment in (head, lonely):
        lifecycle.approve(comment, editor=editor, version=1, now=NOON)
    submitted("Yanıt.", parent=head)
    for comment in (head, lonely):
        lifecycle.remove(comment, editor=editor, version=2, reasons=REASONS, now=NOON)

    export("isso", file)

    assert rows(file, "SELECT mode, text, author, parent FROM comments ORDER BY id") == [(4, "", None, None), (2, "Yanıt.", "Ayşe K.", head.pk)]


def test_isso_shows_a_text_as_it_was_written(file: Path, submitted: Submitted, article: Article) -> None:
    submitted("5 * 3 * 2 <b>\n1. madde, 2.5 kg\n - tire\n# etiket\nters \\ bölü")

    export("isso", file)

    assert rows(file, "SELECT text FROM comments") == [("5 \\* 3 \\* 2 \\<b\\>\n1\\. madde, 2.5 kg\n \\- tire\n\\# etiket\nters \\\\ bölü",)]


def test_xtd_reads_threads_from_the_top_downwards(file: Path, submitted: Submitted, editor: User, article: Article) -> None:
    """As django-comments-xtd itself numbers the same replies when they are sent to it in this order."""
    Site.objects.update(reply_depth=3)

    def answered(text: str, parent: Comment | None = None) -> Comment:
        comment = submitted(text, parent=parent)
        lifecycle.approve(comment, editor=editor, version=1, now=NOON)
        return comment

    head, other = answered("a"), answered("b")
    first = answered("a.1", head)
    second = answered("a.2", head)
    deep = answered("a.1.1", first)
    late = answered("b.1", other)

    export("xtd", file)

    texts, threads = ({row["pk"]: row["fields"] for row in map(json.loads, written(file).splitlines()) if row["model"] == model} for model in MODELS)
    names = ("thread_id", "parent_id", "level", "order", "nested_count")
    assert {pk: tuple(threads[pk][name] for name in names) for pk in threads} == {
        head.pk: (head.pk, head.pk, 0, 1, 3),
        first.pk: (head.pk, head.pk, 1, 2, 1),
        deep.pk: (head.pk, first.pk, 2, 3, 0),
        second.pk: (head.pk, head.pk, 1, 4, 0),
        other.pk: (other.pk, other.pk, 0, 1, 1),
        late.pk: (other.pk, other.pk, 1, 2, 0),
    }
    assert {fields["comment"] for fields in texts.values()} == {"a", "b", "a.1", "a.2", "a.1.1", "b.1"}
    assert texts[head.pk]["content_type"] == ["haber", "makale"]
    assert texts[head.pk]["object_pk"] == "kent-meydani"


@pytest.mark.parametrize("system", FORMATS)
def test_a_reply_keeps_its_place_when_the_publication_of_what_it_answers_was_taken_back(
    system: str, file: Path, submitted: Submitted, editor: User, senior_editor: User, article: Article
) -> None:
    head = submitted("Geri alınacak.")
    lifecycle.approve(head, editor=editor, version=1, now=NOON)
    reply = submitted("Yanıt.", parent=head)
    lifecycle.approve(reply, editor=editor, version=1, now=NOON)
    lifecycle.undo(head, editor=senior_editor, version=2, now=NOON)
    lifecycle.request_correction(head, editor=editor, version=3, reasons=REASONS, now=NOON)
    export(system, file)

    shown = imported_elsewhere(system, file)

    assert [(status, text, answered) for _, status, text, _, _, answered in shown] == [("erased", "", None), ("approved", "Yanıt.", "")]
    assert "Geri alınacak." not in written(file)


@pytest.mark.parametrize(("system", "model"), [("xtd", ""), ("xtd", "makale"), ("coral", "haber.makale")])
def test_xtd_alone_is_told_what_the_articles_are_there(system: str, model: str, site: Site, file: Path) -> None:
    with pytest.raises(CommandError, match="--model"):
        call_command("export", str(file), format=system, model=model)

    assert not file.exists()


def test_what_an_export_that_was_broken_off_has_left_is_in_nobodys_way(submitted: Submitted, file: Path) -> None:
    submitted()
    file.with_name(file.name + ".part").write_text("yarım")

    export("isso", file)

    assert rows(file, "SELECT mode FROM comments") == [(2,)]
    assert oct(file.stat().st_mode)[-3:] == "600"


def test_a_folder_that_there_is_not_is_told(submitted: Submitted, file: Path) -> None:
    submitted()
    for system in ("isso", "xtd"):
        with pytest.raises(CommandError, match="cannot be written"):
            export(system, file / "yok")
