"""Exports of other systems, as they write them: what becomes of a comment, whom it answers, what its text says."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from comments.models import Article, Comment
from comments.transfer.markdown import escaped, unescaped
from comments.transfer.plain import plain_text
from moderation.models import Site
from tests.comments.transfer.conftest import Imported

DISQUS = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
  <category dsq:id="1"><forum>haber</forum></category>
  <thread dsq:id="10"><id>kent-meydani</id><link>https://haber.example/kent-meydani</link><title>Kent meydanı</title></thread>
  <post dsq:id="3"><message>&lt;p&gt;Katılıyorum.&lt;/p&gt;</message><createdAt>2019-05-02T10:00:00Z</createdAt>
    <isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Can T.</name><username>cant</username></author>
    <thread dsq:id="10"/><parent dsq:id="2"/></post>
  <post dsq:id="2"><message>&lt;p&gt;Meydan çok &lt;a href="https://x.example/a"&gt;güzel&lt;/a&gt; olmuş.&lt;/p&gt;&lt;p&gt;Tebrikler &amp;amp; selam.&lt;/p&gt;</message>
    <createdAt>2019-05-01T10:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
    <author><name>Ayşe K.</name><username>aysek</username></author><thread dsq:id="10"/></post>
  <post dsq:id="4"><message>Ucuz saat!</message><createdAt>2019-05-03T10:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>true</isSpam>
    <author><name>Satıcı</name></author><thread dsq:id="10"/></post>
  <post dsq:id="5"><message>Silinen söz.</message><createdAt>2019-05-03T10:00:00Z</createdAt><isDeleted>true</isDeleted><isSpam>false</isSpam>
    <author><name>Veli</name></author><thread dsq:id="10"/></post>
</disqus>"""

WORDPRESS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Haber</title>
<item><title>Kent meydanı</title><link>https://haber.example/kent-meydani/</link><wp:post_id>7</wp:post_id><wp:post_name>kent-meydani</wp:post_name>
%s</item></channel></rss>"""
WP_COMMENT = """<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author><![CDATA[{author}]]></wp:comment_author>
<wp:comment_author_email>{author}@example.com</wp:comment_author_email><wp:comment_date_gmt>{date}</wp:comment_date_gmt>
<wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>
<wp:comment_type>{type}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id></wp:comment>"""


def wordpress(*comments: dict[str, str]) -> str:
    usual = {"author": "ayse", "date": "2019-05-01 10:00:00", "text": "Güzel bir haber.", "approved": "1", "type": "comment", "parent": "0"}
    return WORDPRESS % "".join(WP_COMMENT.format(**(usual | comment)) for comment in comments)


def coral(*documents: dict[str, Any]) -> str:
    story = {"id": "s1", "url": "https://haber.example/kent-meydani", "metadata": {"title": "Kent meydanı"}}
    return "\n".join(json.dumps(document) for document in [story, {"id": "u1", "username": "Ayşe K."}, *documents])


def coral_comment(name: str, **changed: Any) -> dict[str, Any]:
    usual = {"storyID": "s1", "authorID": "u1", "status": "APPROVED", "createdAt": {"$date": "2019-05-01T10:00:00.000Z"}}
    return {"id": name, **usual, "revisions": [{"body": "Eski."}, {"body": "<div>Meydan güzel.</div>"}], **changed}


def xtd(*texts: dict[str, Any], parents: dict[int, int]) -> str:
    usual = {"content_type": ["haber", "makale"], "object_pk": "12", "site": 1, "user": None, "user_name": "Ayşe K.", "user_email": "a@example.com"}
    rest = {"comment": "Güzel bir haber.", "submit_date": "2019-05-01T10:00:00Z", "is_public": True, "is_removed": False}
    rows = [{"model": "django_comments.comment", "pk": text.pop("pk"), "fields": usual | rest | text} for text in texts]
    threads = [{"model": "django_comments_xtd.xtdcomment", "pk": pk, "fields": {"parent_id": parent}} for pk, parent in parents.items()]
    return json.dumps([*rows, *threads], indent=2)


def told() -> list[tuple[str, str, str]]:
    """Status, name and text of every comment, the oldest first."""
    return list(Comment.objects.order_by("submitted_at", "pk").values_list("status", "author_name", "current_revision__body"))


def test_disqus(imported: Imported) -> None:
    assert imported("disqus", DISQUS) == []

    assert told() == [
        ("approved", "Ayşe K.", "Meydan çok güzel (https://x.example/a) olmuş.\n\nTebrikler & selam."),
        ("approved", "Can T.", "Katılıyorum."),
        ("rejected", "Satıcı", "Ucuz saat!"),
        ("erased", "", ""),
    ]
    reply = Comment.objects.get(author_name="Can T.")
    assert reply.parent
    assert reply.parent.author_name == "Ayşe K."
    assert reply.published_at
    assert reply.published_at.isoformat() == "2019-05-02T10:00:00+00:00"
    assert Article.objects.get().url == "https://haber.example/kent-meydani"


def test_an_article_that_is_there_is_known_by_its_address(imported: Imported, article: Article) -> None:
    Article.objects.update(key="haber-4711", url="https://haber.example/kent-meydani")

    imported("disqus", DISQUS)

    assert set(Comment.objects.values_list("article__key", flat=True)) == {"haber-4711"}


def test_wordpress(imported: Imported) -> None:
    refused = imported(
        "wordpress",
        wordpress(
            {"id": "1", "text": "İlk satır.\nİkinci <b>satır</b>."},
            {"id": "2", "parent": "1", "approved": "0", "author": "can"},
            {"id": "3", "parent": "2", "approved": "trash"},
            {"id": "4", "approved": "spam", "date": "2019-05-02 10:00:00"},
            {"id": "5", "type": "pingback"},
            {"id": "6", "date": "0000-00-00 00:00:00"},
            {"id": "7", "approved": "perhaps"},
        ),
    )

    assert [status for status, _, _ in told()] == ["approved", "pending", "erased", "rejected"]
    assert told()[0][2] == "İlk satır.\nİkinci satır."
    assert [refusal["id"] for refusal in refused] == ["5", "6", "7"]
    assert Article.objects.get().key == "kent-meydani"


def test_an_answer_to_an_answer_stands_under_what_both_answer(imported: Imported) -> None:
    imported("wordpress", wordpress({"id": "1"}, {"id": "2", "parent": "1"}, {"id": "3", "parent": "2"}))

    first, *answers = Comment.objects.order_by("pk")
    assert [answer.parent for answer in answers] == [first, first]


@pytest.mark.parametrize(("depth", "parents"), [(0, [None, None, None]), (2, ["1", "2", "2"]), (4, ["1", "2", "3"])])
def test_an_import_keeps_threads_as_deep_as_the_title_has_them(imported: Imported, depth: int, parents: list[str | None]) -> None:
    Site.objects.update(reply_depth=depth)

    imported("wordpress", wordpress(*({"id": str(number), "parent": str(number - 1), "author": str(number)} for number in range(1, 5))))

    assert list(Comment.objects.order_by("pk").values_list("parent__author_name", flat=True)) == [None, *parents]


def test_coral(imported: Imported) -> None:
    refused = imported(
        "coral",
        coral(
            coral_comment("c1"),
            coral_comment("c2", parentID="c1", status="REJECTED"),
            coral_comment("c3", status="PREMOD", createdAt="2019-05-01T10:00:01+03:00"),
            coral_comment("c4", deletedAt={"$date": "2020-01-01T00:00:00Z"}, revisions=[]),
            coral_comment("c5", storyID="elsewhere"),
            coral_comment("c6", createdAt="2019-05-01T10:00:00"),
            coral_comment("c7", revisions=[]),
            coral_comment("c8", status=["APPROVED"]),
            coral_comment("\ud800"),
        ),
    )

    assert sorted(told()) == [
        ("approved", "Ayşe K.", "Meydan güzel."),
        ("erased", "", ""),
        ("pending", "Ayşe K.", "Meydan güzel."),
        ("rejected", "Ayşe K.", "Meydan güzel."),
    ]
    assert [refusal["id"] for refusal in refused] == ["c5", "c6", "c7", "c8", ""]


def test_isso(imported: Imported, file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.executescript(
            """CREATE TABLE threads (id INTEGER PRIMARY KEY, uri TEXT, title TEXT);
            CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent INTEGER, created REAL, mode INTEGER, text TEXT, author TEXT, email TEXT);
            INSERT INTO threads VALUES (1, '/haber/kent-meydani', 'Kent meydanı');
            INSERT INTO comments VALUES (1, 1, NULL, 1556704800.5, 1, 'Meydan *güzel*.', 'Ayşe K.', NULL),
                (1, 2, 1, 1556704900.0, 2, 'Bekleyen.', NULL, NULL), (1, 3, NULL, 1556705000.0, 4, '', NULL, NULL),
                (9, 4, NULL, 1556705000.0, 1, 'Nerede?', NULL, NULL), (1, 5, NULL, 'dün', 1, 'Ne zaman?', NULL, NULL);"""
        )

    refused = imported("isso")

    assert told() == [("approved", "Ayşe K.", "Meydan *güzel*."), ("pending", "", "Bekleyen."), ("erased", "", "")]
    assert [refusal["id"] for refusal in refused] == ["4", "5"]
    assert Article.objects.get().key == "kent-meydani"


def test_xtd(imported: Imported) -> None:
    refused = imported(
        "xtd",
        xtd(
            {"pk": 1},
            {"pk": 2, "is_public": False},
            {"pk": 3, "submit_date": "2019-05-01T10:00:00"},
            {"pk": 4, "comment": None},
            {"pk": 5, "is_removed": True},
            {"pk": 6, "is_removed": True, "is_public": False},
            parents={1: 1, 2: 1},
        ),
    )

    assert told() == [
        ("approved", "Ayşe K.", "Güzel bir haber."),
        ("erased", "", ""),
        ("rejected", "Ayşe K.", "Güzel bir haber."),
        ("pending", "Ayşe K.", "Güzel bir haber."),
    ]
    assert Comment.objects.filter(parent__isnull=False).count() == 1
    assert [refusal["id"] for refusal in refused] == ["3", "4"]
    assert Article.objects.get().key == "makale-12"


def test_xtd_shows_texts_as_they_were_written_and_so_they_stay(imported: Imported) -> None:
    imported("xtd", xtd({"pk": 1, "comment": "2 < 3 ve <b>kalın</b> &amp;\r\nikinci satır"}, parents={1: 1}))

    assert told() == [("approved", "Ayşe K.", "2 < 3 ve <b>kalın</b> &amp;\nikinci satır")]


def test_what_xtd_keeps_beside_comments_is_passed_over(imported: Imported) -> None:
    flag = {"model": "django_comments.commentflag", "pk": 1, "fields": {"user": 1, "comment": 1, "flag": "removal suggestion"}}
    domain = {"model": "django_comments_xtd.blacklisteddomain", "pk": 1, "fields": {"domain": "ucuz-saat.example"}}
    comments = json.loads(xtd({"pk": 1}, parents={1: 1}))

    assert imported("xtd", json.dumps([flag, domain, *comments])) == []

    assert len(told()) == 1


@pytest.mark.parametrize(("model", "key"), [("haber.makale", "12"), ("haber.foto", "makale-12"), ("makale", "makale-12")])
def test_articles_that_have_their_objects_keys_are_known_by_them(file: Path, site: Site, model: str, key: str) -> None:
    file.write_text(xtd({"pk": 1}, parents={1: 1}))

    call_command("import", str(file), format="xtd", model=model)

    assert Article.objects.get().key == key


def test_isso_json(imported: Imported) -> None:
    comment: dict[str, Any] = {"author": "Ayşe K.", "email": None, "website": None, "remote_addr": "192.0.2.0", "created": "2019-05-01 10:00:00"}
    threads = [
        {
            "id": "/haber/kent-meydani/",
            "title": "Kent meydanı",
            "comments": [comment | {"id": 1, "text": "5 \\* 3 *çok*."}, {"id": 2, "text": "Eksik."}],
        },
        {"id": "/haber/vapur", "title": None, "comments": [comment | {"id": 1, "text": "Geldi mi?", "author": None}, comment | {"id": 3, "text": 3}]},
        {"id": "/haber/bozuk"},
    ]

    refused = imported("isso", json.dumps(threads))

    assert told() == [("approved", "Ayşe K.", "5 * 3 *çok*."), ("approved", "", "Geldi mi?")]
    assert Comment.objects.earliest("pk").submitted_at.isoformat() == "2019-05-01T10:00:00+00:00"
    assert [refusal["id"] for refusal in refused] == ["/haber/kent-meydani/", "/haber/vapur", ""]
    assert set(Article.objects.values_list("key", flat=True)) == {"kent-meydani", "vapur"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Düz metin, 2.5 kg - ucuz!", "Düz metin, 2.5 kg - ucuz!"),
        ("*çok* _iyi_", r"\*çok\* \_iyi\_"),
        ("# etiket\n  - tire\n1. madde", "\\# etiket\n  \\- tire\n1\\. madde"),
        ("Başlık\n===", "Başlık\n\\==="),
        ("ters \\ bölü \\*", r"ters \\ bölü \\\*"),
        ("<b>&amp;</b>", r"\<b\>\&amp;\</b\>"),
    ],
)
def test_plain_text_goes_into_markdown_and_comes_back(text: str, written: str) -> None:
    assert escaped(text) == written
    assert unescaped(written) == text


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("Düz metin.", "Düz metin."),
        ("<p>Bir</p><p>İki<br>Üç</p>", "Bir\n\nİki\nÜç"),
        ("<p>Bir</p>\n\n\n<p>İki</p>", "Bir\n\nİki"),
        ("&lt;b&gt; &amp;amp; &#351;", "<b> &amp; ş"),
        ('<a href="https://x.example/">https://x.example/</a>', "https://x.example/"),
        ('<a href="javascript:alert(1)">tıkla</a>', "tıkla"),
        ('<a href="https://x.example/"><img src="y"></a>', "https://x.example/"),
        ("<script>alert(1)</script>Kalan", "Kalan"),
        ("<ul><li>bir<li>iki</ul>", "bir\niki"),
        ("2 < 3 ve <b>kalın", "2 < 3 ve kalın"),
        ("</a></script></p>Yarım", "Yarım"),
    ],
)
def test_markup_becomes_plain_text(markup: str, plain: str) -> None:
    assert plain_text(markup) == plain
