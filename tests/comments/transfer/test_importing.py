"""An import tells nobody, publishes nothing anew, is taken up where it was broken off, and says clearly what it does not take."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from comments import lifecycle, sweeping
from comments.delivery import addresses
from comments.lifecycle import Reasons
from comments.models import Article, Comment, Delivery, Event, Reader, Review, WebhookEndpoint, WebhookMessage
from moderation import versions
from moderation.engine.rule import Clause
from moderation.models import Site
from tests.comments.conftest import NOON, Submitted
from tests.comments.transfer.conftest import Imported
from tests.comments.transfer.test_formats import DISQUS, wordpress

REASONS = Reasons(frozenset({Clause.INSULTS}), frozenset({"off_topic"}), "Not")


def test_nobody_is_told_and_everything_is_judged(imported: Imported, site: Site, mailoutbox: list[EmailMessage]) -> None:
    WebhookEndpoint.objects.create(site=site, name="CMS", url="https://cms.example/", kinds=["comment.approved", "purge"], secret="whsec_AA==")

    imported("disqus", DISQUS)
    assert sweeping.sweep(timezone.now)

    assert not mailoutbox
    assert not Delivery.objects.exists()
    assert not WebhookMessage.objects.exists()
    assert not Event.objects.exclude(position=None).exists()
    assert Review.objects.count() == Comment.objects.count() == 4


def test_what_was_published_is_read_as_before(imported: Imported, client: Client) -> None:
    imported("disqus", DISQUS)

    page = client.get("/articles/kent-meydani/").content.decode()

    assert "Tebrikler &amp; selam." in page
    assert "Ucuz saat" not in page
    assert client.get("/api/v1/counts/?article=kent-meydani").json()["counts"] == {"kent-meydani": 2}


def test_a_second_time_adds_nothing(imported: Imported, capsys: pytest.CaptureFixture[str]) -> None:
    imported("disqus", DISQUS)
    assert "4 comments added, 0 were there already, 0 refused; 1 articles are new." in capsys.readouterr().out

    imported("disqus", DISQUS)

    assert Comment.objects.count() == 4
    assert "0 comments added, 4 were there already, 0 refused" in capsys.readouterr().out


def test_a_file_that_was_cut_in_half_gives_what_is_whole_and_the_whole_file_the_rest(imported: Imported) -> None:
    with pytest.raises(CommandError, match=r"cut off.*3 comments added.*adds the rest"):
        imported("disqus", DISQUS[: DISQUS.index('<post dsq:id="5">')])
    assert Comment.objects.count() == 3

    imported("disqus", DISQUS)

    assert Comment.objects.count() == 4


@pytest.mark.parametrize(
    ("system", "content", "told"),
    [
        ("disqus", "bu XML değil", "no XML"),
        ("disqus", "", "no XML"),
        ("wordpress", DISQUS.encode("utf-16")[:300], "no XML|encoding"),
        ("disqus", '<?xml version="1.0" encoding="klingon"?><disqus/>', "encoding"),
        ("disqus", DISQUS.encode("iso-8859-9"), "no XML"),
        ("disqus", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><disqus>&b;</disqus>', "entities"),
        ("disqus", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><disqus/>', "entities"),
        ("jsonl", '{"type": "comment"', "cut off in line 1"),
        ("coral", '{"id": "s1", ', "no JSON"),
        ("coral", b'{"id": "\xff"}', "UTF-8"),
        ("xtd", "[", "does not end"),
        ("xtd", "[" * 100_000, "no JSON|nested"),
        ("xtd", '[{"a":' * 5000, "no JSON|nested"),
        ("isso", DISQUS, "no database"),
        ("isso", '[{"id": "/haber", "title": ', "no JSON"),
        ("isso", b"SQLite format 3\0" + b"\0" * 100, "no database"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_adds_nothing(imported: Imported, system: str, content: bytes | str, told: str) -> None:
    with pytest.raises(CommandError, match=told):
        imported(system, content)

    assert not Comment.objects.exists()


def test_a_file_or_title_that_there_is_not_is_told(tmp_path: Path, site: Site) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("import", str(tmp_path / "yok"), format="jsonl")
    with pytest.raises(CommandError, match="no site «yok»"):
        call_command("import", str(tmp_path), format="jsonl", site="yok")
    with pytest.raises(CommandError, match="xtd alone"):
        call_command("import", str(tmp_path), format="isso", model="haber.makale")
    with pytest.raises(CommandError, match="no site «yok»"):
        call_command("export", str(tmp_path / "x"), site="yok")


def test_replies_that_come_first_wait_for_what_they_answer(imported: Imported) -> None:
    chain = [{"id": str(number), "parent": str(number + 1)} for number in range(1, 5)]

    assert imported("wordpress", wordpress(*chain, {"id": "5"})) == []

    assert Comment.objects.count() == 5


def test_circles_missing_parents_and_doubles_are_refused_each_with_its_reason(imported: Imported) -> None:
    refused = imported(
        "wordpress",
        wordpress(
            {"id": "1", "parent": "2"},
            {"id": "2", "parent": "1"},
            {"id": "3", "parent": "3"},
            {"id": "4", "parent": "99"},
            {"id": "5"},
            {"id": "5"},
            {"id": "6", "text": "<b> </b>"},
            {"id": "7", "parent": "6"},
            {"id": "8", "date": "2999-01-01 00:00:00"},
        ),
    )

    reasons = {refusal["id"]: refusal["reason"] for refusal in refused}
    assert Comment.objects.count() == 1
    assert all("circle" in reasons[number] for number in "123")
    assert "what it answers was not taken" in reasons["4"]
    assert "with this id" in reasons["5"]
    assert "no text" in reasons["6"]
    assert "what it answers was not taken" in reasons["7"]
    assert "future" in reasons["8"]


def test_no_address_of_a_foreign_reader_is_kept(imported: Imported) -> None:
    imported("wordpress", wordpress({"id": "1"}, {"id": "2"}, {"id": "3", "author": "can"}))

    assert Reader.objects.count() == 2
    assert not Reader.objects.exclude(email="").exists()
    assert not any("@" in subject for subject in Reader.objects.values_list("subject", flat=True))


@pytest.fixture
def newspaper(submitted: Submitted, editor: User, senior_editor: User, article: Article) -> None:
    """Something of everything that can become of a comment."""
    minute = timedelta(minutes=1)
    head = submitted("Meydan çok güzel olmuş.")
    lifecycle.approve(head, editor=editor, version=1, now=NOON)
    lifecycle.undo(head, editor=editor, version=2, now=NOON)
    lifecycle.escalate(head, editor=editor, version=3, now=NOON, note="Bakar mısın?")
    lifecycle.approve(head, editor=senior_editor, version=4, now=NOON + minute, note="Teşekkürler")
    reply = submitted("Katılıyorum.", parent=head)
    lifecycle.approve(reply, editor=editor, version=1, now=NOON + minute)
    lifecycle.remove(reply, editor=editor, version=2, reasons=REASONS, now=NOON + 2 * minute)
    lifecycle.reject(submitted("Olmaz."), editor=editor, version=1, reasons=REASONS, now=NOON + minute)
    lifecycle.withdraw(submitted("Vazgeçtim."), version=1, now=NOON + minute)
    submitted("Herkez geldi.", "correct")
    submitted("Bekliyor.")
    lifecycle.expire(submitted("Geç kaldı.", "correct", now=NOON - timedelta(days=8)), now=NOON)
    lifecycle.request_correction(submitted("Düzelt."), editor=editor, version=1, reasons=REASONS, now=NOON + minute)
    erased = submitted("Silinecek.")
    lifecycle.approve(erased, editor=editor, version=1, now=NOON)
    answer = submitted("Silinene yanıt.", parent=erased)
    lifecycle.approve(answer, editor=editor, version=1, now=NOON)
    lifecycle.erase(erased, editor=senior_editor, version=2, now=NOON + minute)
    Reader.objects.filter(pk=head.reader.pk).update(email="ayse@example.com")
    addresses.stop(addresses.digest_of("ayse@example.com"), now=NOON)
    Article.objects.create(site=article.site, key="bos", title="Yorumsuz", closes_at=NOON, body="Metin\n\nİkinci", comments_open=False)


def emptied() -> None:
    """As after `migrate` on a new database."""
    call_command("flush", interactive=False, verbosity=0)
    versions.enact(Site.objects.create(key=versions.DEFAULT_SITE, name="Gazete"), {})


@pytest.mark.django_db(transaction=True)
def test_what_is_exported_and_imported_into_an_empty_database_is_exported_the_same(newspaper: None, tmp_path: Path) -> None:
    first, second = tmp_path / "bir.jsonl", tmp_path / "iki.jsonl"
    call_command("export", str(first))
    shown = list(Comment.objects.order_by("public_id").values("public_id", "status", "published_at", "status_since", "submitted_at", "author_name"))
    emptied()
    assert not Comment.objects.exists()

    call_command("import", str(first), format="jsonl")
    call_command("export", str(second))

    assert first.read_text().splitlines() == second.read_text().splitlines()
    assert (
        list(Comment.objects.order_by("public_id").values("public_id", "status", "published_at", "status_since", "submitted_at", "author_name"))
        == shown
    )
    assert not first.with_name("bir.jsonl.refused.jsonl").exists()
    assert oct(first.stat().st_mode)[-3:] == "600"


def test_an_export_holds_no_text_of_an_erased_comment(newspaper: None, tmp_path: Path) -> None:
    call_command("export", str(tmp_path / "x"))

    written = (tmp_path / "x").read_text()
    assert "Silinene yanıt." in written
    assert "Silinecek." not in written


@pytest.mark.parametrize(
    "change",
    [
        {"history": []},
        {"history": None},
        {"history": [{"move": "approve", "to": "approved", "by": "editor", "at": "2019-01-01T00:00:00Z", "body": "x"}]},
        {"history": [{"move": "submit", "to": "approved", "by": "policy", "at": "2019-01-01T00:00:00Z", "body": "x"}]},
        {"history": [{"move": "submit", "to": "pending", "by": "policy", "at": "2019-01-01T00:00:00", "body": "x"}]},
        {"history": [{"move": "submit", "to": "pending", "by": "policy", "at": "2019-01-01T00:00:00Z", "body": 5}]},
        {"history": [{"move": "submit", "to": "pending", "by": "policy", "at": "2019-01-01T00:00:00Z", "body": "x", "note": 5}]},
        {"history": [{"move": "submit", "to": "pending", "by": "policy", "at": "2019-01-01T00:00:00Z", "body": "x" * 20_001}]},
        {"history": [{"move": "undo", "to": "pending", "by": "editor", "at": "2019-01-01T00:00:00Z", "body": "x"}]},
        {"id": "no-uuid"},
        {"id": 5},
        {"article": "hiç olmadı"},
        {"article": None},
        {"parent": 5},
        {"reader": {"id": "x"}},
        {"reader": "x"},
        {"name": None},
        {"name": "\ud800"},
        {"type": "poem"},
    ],
)
def test_a_line_that_is_none_of_ours_is_refused_and_the_others_are_taken(
    submitted: Submitted, tmp_path: Path, imported: Imported, change: dict[str, Any]
) -> None:
    submitted()
    call_command("export", str(tmp_path / "x"))
    article, comment = map(json.loads, (tmp_path / "x").read_text().splitlines())
    good, bad = comment | {"id": "0c0f2c3e-0000-4000-8000-000000000001"}, comment | {"id": "0c0f2c3e-0000-4000-8000-000000000002"} | change

    refused = imported("jsonl", "".join(json.dumps(line) + "\n" for line in (article, bad, good)))

    assert len(refused) == 1
    assert Comment.objects.count() == 2
