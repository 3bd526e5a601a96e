"""The admin's pages: what can be changed there, and what can only be seen."""

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pytest_django import Settings

from comments import lifecycle
from comments.desk.counting import COUNTED_UP_TO
from comments.lifecycle import Reasons, publishing
from comments.models import Article, Comment, Decision, Event
from moderation import versions
from moderation.engine.rule import Clause
from moderation.models import PolicyVersion, Site
from tests.comments.conftest import Submitted


@pytest.fixture
def chief(site: Site) -> User:
    return User.objects.create_superuser("yazi-isleri")


@pytest.fixture
def admin(chief: User) -> Client:
    client = Client()
    client.force_login(chief)
    return client


def found(admin: Client, query: str) -> list[Comment]:
    return list(admin.get("/admin/comments/comment/", {"q": query}).context["cl"].result_list)


def test_every_list_and_every_page_opens(admin: Client, chief: User, submitted: Submitted) -> None:
    comment = submitted("Rantçı bunlar.", "hold")
    reasons = Reasons(frozenset({Clause.INSULTS}), frozenset({"other"}))
    decision = lifecycle.reject(comment, editor=chief, version=1, now=timezone.now(), reasons=reasons)
    rows = {
        "comments/comment": comment,
        "comments/article": comment.article,
        "comments/reader": comment.reader,
        "comments/decision": decision,
        "comments/event": Event.objects.get(decision=decision),
        "moderation/site": comment.article.site,
        "moderation/policyversion": versions.active(comment.article.site),
    }

    for path, row in rows.items():
        assert admin.get(f"/admin/{path}/").status_code == 200
        assert admin.get(f"/admin/{path}/{row.pk}/change/").status_code == 200


def test_the_index_leads_to_the_desk_and_says_how_many_wait(admin: Client, submitted: Submitted) -> None:
    submitted(), submitted("İkinci yorum.", "hold"), submitted("Üçüncü yorum.", "correct")

    page = admin.get("/admin/").content.decode()

    assert 'href="/admin/desk/"' in page
    assert "2 bekliyor" in page


@pytest.mark.parametrize("page", ["/admin/", "/admin/comments/article/", "/admin/desk/"])
def test_how_many_wait_is_counted_in_one_query_and_no_further_than_a_lane(admin: Client, submitted: Submitted, page: str) -> None:
    for number in range(COUNTED_UP_TO + 1):
        submitted(f"{number}. yorum.")

    with CaptureQueriesContext(connection) as asked:
        shown = admin.get(page).content.decode()

    counts = [
        query["sql"] for query in asked if re.match(r"SELECT \(SELECT COUNT\(\*\)[^,]*pending", query["sql"]) and query["sql"].count("COUNT(") == 1
    ]
    assert [f"LIMIT {COUNTED_UP_TO})" in count for count in counts] == [True]
    assert "100+ bekliyor" in shown
    assert f"{COUNTED_UP_TO + 1} bekliyor" not in shown


def test_who_may_not_look_is_not_led_to_the_desk(db: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user("muhasebe", is_staff=True))

    assert "/admin/desk/" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("model", ["comment", "reader", "decision", "event"])
def test_what_the_service_writes_is_only_shown(admin: Client, submitted: Submitted, model: str) -> None:
    comment = submitted()
    row = {"comment": comment, "reader": comment.reader, "decision": comment.decisions.get(), "event": comment.decisions.get().event}[model]
    path = f"/admin/comments/{model}"

    assert admin.get(f"{path}/add/").status_code == 403
    assert admin.post(f"{path}/{row.pk}/change/", {"status": "approved"}).status_code == 403
    assert admin.post(f"{path}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "delete_selected" not in admin.get(f"{path}/").content.decode()
    assert Comment.objects.get().version == 1


def test_a_comments_page_shows_its_texts_its_verdicts_and_its_decisions(admin: Client, chief: User, submitted: Submitted) -> None:
    comment = submitted("Rantçı bunlar.", "hold")
    lifecycle.reject(comment, editor=chief, version=1, now=timezone.now(), reasons=Reasons(frozenset({Clause.INSULTS}), note="Kişilere değil işe."))

    page = admin.get(f"/admin/comments/comment/{comment.pk}/change/").content.decode()

    assert "Rantçı bunlar." in page
    assert "editör karar verir" in page
    assert "Reddedildi" in page
    assert "Hakaret" in page
    assert "Kişilere değil işe." in page
    assert f'href="/admin/desk/comments/{comment.public_id}/"' in page


@pytest.mark.parametrize("query", ["ISPARTA", "ısparta", "Isparta'da IŞIK", "ışık"])
def test_comments_are_found_as_turkish_spells_capitals(admin: Client, submitted: Submitted, query: str) -> None:
    comment = submitted("Isparta'da ışık yok.")
    submitted("Isparta güzeldir.") if "ş" in query or "Ş" in query else submitted("İzmir güzeldir.")

    assert found(admin, query) == [comment]


def test_a_dotted_i_is_not_a_dotless_one(admin: Client, submitted: Submitted) -> None:
    submitted("Sık sık gelirim.")

    assert found(admin, "sik") == []
    assert len(found(admin, "SIK SIK")) == 1


def test_a_comment_is_found_once_by_any_of_its_texts_by_its_id_and_by_its_writers_name(admin: Client, submitted: Submitted) -> None:
    comment = submitted("meydan güzel.", "correct")
    submitted("Başka bir yorum.")
    from tests.comments.judgements import judgement

    text = "Meydan güzel."
    lifecycle.resubmit(comment, judgement(comment.article.site, text), version=1, body=text, as_is=False, now=timezone.now())

    assert found(admin, "meydan") == [comment]
    assert found(admin, str(comment.public_id)) == [comment]
    assert len(found(admin, "Ayşe K.")) == 2
    assert len(found(admin, "%")) == 0


def test_decisions_are_sorted_out_by_clause(admin: Client, chief: User, submitted: Submitted) -> None:
    for clause in (Clause.INSULTS, Clause.SPELLING):
        lifecycle.reject(submitted(), editor=chief, version=1, now=timezone.now(), reasons=Reasons(frozenset({clause})))

    page = admin.get("/admin/comments/decision/", {"clause": "spelling"})

    assert [[str(row) for row in decision.clauses.all()] for decision in page.context["cl"].result_list] == [["spelling"]]


def test_the_lists_take_as_many_queries_for_many_as_for_few(admin: Client, submitted: Submitted) -> None:
    def queries() -> list[int]:
        counts = []
        for model in ("comment", "decision", "event"):
            with CaptureQueriesContext(connection) as captured:
                admin.get(f"/admin/comments/{model}/")
            counts.append(len(captured))
        return counts

    submitted("Birinci yorum.")
    few = queries()
    for number in range(5):
        submitted(f"{number}. yorum.")

    assert queries() == few


def test_an_article_can_be_closed_and_is_so_for_everybody_when_the_editor_is_answered(
    admin: Client,
    article: Article,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    waited, settings.ANSWERS_KEPT_SECONDS = list[float](), 0.005
    monkeypatch.setattr(publishing, "sleep", waited.append)
    path = f"/admin/comments/article/{article.pk}/change/"
    form = admin.get(path).context["adminform"].form
    filled = {name: value for name, value in form.initial.items() if value and value is not True}
    filled |= {"published_at_0": "2026-11-22", "published_at_1": "12:00", "mode": "closed"}

    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(path, filled)

    assert answer.status_code == 302, answer.context["errors"]
    assert waited == [0.005]
    article.refresh_from_db()
    assert (article.mode, article.comments_open) == ("closed", False)


def test_a_new_policy_version_is_in_force_at_once_and_names_who_made_it(admin: Client, chief: User, site: Site) -> None:
    data = {"outcomes": {"spelling": {"certain": "hold"}}}

    answer = admin.post("/admin/moderation/policyversion/add/", {"site": site.pk, "data": json.dumps(data)})

    version = versions.active(site)
    assert answer.status_code == 302
    assert (version.number, version.data, version.created_by) == (2, data, chief)
    assert str(version) in admin.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("data", ["[]", "[1]", "5", '"hold"', '{"mood": 1}', '{"outcomes": {"spelling": {"certain": "shrug"}}}', "{"])
def test_what_is_no_policy_is_told_and_not_enacted(admin: Client, site: Site, data: str) -> None:
    answer = admin.post("/admin/moderation/policyversion/add/", {"site": site.pk, "data": data})

    form = answer.context["adminform"].form
    assert (answer.status_code, list(form.errors)) == (200, ["data"])
    assert PolicyVersion.objects.count() == 1


def test_a_new_version_starts_from_the_one_in_force(admin: Client, site: Site) -> None:
    versions.enact(site, {"thresholds": {"capital_letters": {"letters": 5}}})

    form = admin.get("/admin/moderation/policyversion/add/").context["adminform"].form

    assert form.initial["data"] == {"thresholds": {"capital_letters": {"letters": 5}}}


def test_a_policy_version_is_never_changed_and_never_deleted(admin: Client, site: Site) -> None:
    path = f"/admin/moderation/policyversion/{versions.active(site).pk}"

    assert admin.post(f"{path}/change/", {"site": site.pk, "data": '{"outcomes": {}}'}).status_code == 403
    assert admin.post(f"{path}/delete/", {"post": "yes"}).status_code == 403


def test_a_new_site_comes_with_a_policy_in_force(admin: Client, chief: User) -> None:
    admin.post("/admin/moderation/site/add/", {"key": "aksam", "name": "Akşam", "opening": "open", "reply_depth": "1"})

    version = versions.active(Site.objects.get(key="aksam"))
    assert (version.number, version.data, version.created_by) == (1, {}, chief)


ONE_REASON = "Tek bir gerekçe seçin: bir madde ya da bir yayın gerekçesi."
SOMETHING = "Anahtarın ne yapabileceğini, en az bir seçenekle belirtin."


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        ("cannednote", {"language": "tr", "text": "Teşekkürler."}, ONE_REASON),
        ("cannednote", {"language": "tr", "text": "Teşekkürler.", "clause": "insults", "house_reason": "off_topic"}, ONE_REASON),
        ("apikey", {"name": "Haber sitesi"}, SOMETHING),
    ],
)
def test_a_form_that_cannot_be_kept_is_told_why_in_plain_words_and_once(
    admin: Client, site: Site, path: str, typed: dict[str, str], told: str
) -> None:
    page = admin.post(f"/admin/comments/{path}/add/", {"site": site.pk, **typed})

    assert page.context["adminform"].form.errors == {"__all__": [told]}


def test_a_site_keeps_its_key(admin: Client, site: Site) -> None:
    admin.post(f"/admin/moderation/site/{site.pk}/change/", {"key": "yeni", "name": "Yeni ad", "opening": "closed", "reply_depth": "1"})

    site.refresh_from_db()
    assert (site.key, site.name, site.opening) == ("default", "Yeni ad", "closed")
    assert admin.post(f"/admin/moderation/site/{site.pk}/delete/", {"post": "yes"}).status_code == 403


def test_no_turkish_name_of_ours_begins_with_a_letter_that_the_admin_would_capitalise_wrongly() -> None:
    # The admin writes «Işlem» for «işlem»: where a name begins with i, the catalogue gives it its capital.
    with translation.override("tr"):
        models = [model for app in ("comments", "moderation") for model in apps.get_app_config(app).get_models()]
        names = [str(name) for model in models for name in (model._meta.verbose_name, model._meta.verbose_name_plural)]
        names += [str(getattr(field, "verbose_name", "")) for model in models for field in model._meta.get_fields()]

        assert not [name for name in names if name.startswith("i")]


def test_the_log_is_shown_in_words(admin: Client, chief: User, submitted: Submitted) -> None:
    comment = submitted()
    lifecycle.reject(comment, editor=chief, version=1, now=timezone.now(), reasons=Reasons(house_reasons=frozenset({"off_topic"})))

    page = admin.get("/admin/comments/decision/").content.decode()

    assert Decision.objects.count() == 2
    assert "Reddedildi" in page
    assert "Konu dışı" in page
