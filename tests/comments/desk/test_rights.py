"""Who may look, who may decide, and who may not even come in."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments.models import Comment
from tests.comments.conftest import Submitted, make_editor
from tests.comments.desk.conftest import QUEUE, deciding, page_of, signed_in

NOWHERE = "00000000-0000-4000-8000-000000000000"


def test_who_is_not_signed_in_is_asked_to_and_comes_back(client: Client, submitted: Submitted) -> None:
    comment = submitted()

    for address in (f"{QUEUE}?lane=flagged", page_of(comment)):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/?next=/admin/desk/")
    assert client.post(f"{page_of(comment)}decisions/", {"decision": "approve", "version": 1}).status_code == 302
    assert Comment.objects.get().version == 1


def test_a_part_of_a_page_sends_who_is_not_signed_in_to_sign_in_and_back_to_the_page(client: Client, submitted: Submitted) -> None:
    here = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{QUEUE}?lane=flagged"}

    answer = client.post(f"{page_of(submitted())}decisions/?lane=flagged", {"decision": "approve", "version": 1}, headers=here)

    assert answer["HX-Redirect"] == "/admin/login/?next=/admin/desk/%3Flane%3Dflagged"
    assert Comment.objects.get().version == 1


def test_who_lost_his_right_while_he_was_at_the_desk_is_shown_the_page_that_says_so(submitted: Submitted) -> None:
    answer = signed_in(make_editor("yabanci")).get(page_of(submitted()), headers={"HX-Request": "true"})

    assert answer["HX-Refresh"] == "true"


@pytest.mark.parametrize("permissions", [(), ("decide_comment",), ("view_article",)])
def test_who_may_not_look_gets_a_page_that_says_so(submitted: Submitted, permissions: tuple[str, ...]) -> None:
    comment = submitted("Bu metni herkes göremez.")
    client = signed_in(make_editor("yabanci", *permissions))

    for address in (QUEUE, page_of(comment)):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "Bunun için yetkiniz yok" in answer.content.decode()
        assert "Bu metni herkes göremez." not in answer.content.decode()


def test_who_does_not_belong_to_the_staff_may_not_look(submitted: Submitted, editor: User) -> None:
    editor.is_staff = False
    editor.save()

    assert signed_in(editor).get(QUEUE).status_code == 403


def test_who_may_only_look_sees_no_buttons_and_decides_nothing(submitted: Submitted, unchanged: Callable[[Comment], bool]) -> None:
    comment = submitted()
    client = signed_in(make_editor("stajyer", "view_comment"))

    page = client.get(QUEUE)

    assert page.status_code == 200
    assert page.context["card"].buttons == ()
    assert 'name="decision"' not in page.content.decode()
    assert deciding(client)(comment, "approve").status_code == 403
    assert unchanged(comment)


def test_a_comment_that_there_is_not_is_not_found(desk: Client) -> None:
    nowhere = f"/admin/desk/comments/{NOWHERE}/"

    assert desk.get(nowhere).status_code == 404
    assert desk.get("/admin/desk/comments/7/").status_code == 404
    assert desk.post(f"{nowhere}decisions/", {"decision": "approve", "version": 1}).status_code == 404


def test_who_had_to_sign_in_before_deciding_comes_to_the_comment(desk: Client, submitted: Submitted) -> None:
    comment = submitted()

    assert desk.get(f"{page_of(comment)}decisions/")["Location"] == page_of(comment)


@pytest.mark.parametrize(
    ("posted_to", "posted_from"),
    [
        ("bulk/?lane=flagged", "?lane=flagged"),
        ("views/?lane=flagged&q=vapur", "?lane=flagged&q=vapur"),
        ("views/7/forget/?lane=flagged", "?lane=flagged"),
        (f"comments/{NOWHERE}/claim/take-over/", f"comments/{NOWHERE}/#card"),
        (f"comments/{NOWHERE}/claim/take-over/?lane=all", f"?lane=all&open={NOWHERE}#card"),
        (f"bulk/{NOWHERE}/undo/?lane=all", f"bulk/{NOWHERE}/?lane=all"),
        (f"readers/{NOWHERE}/notes/", f"readers/{NOWHERE}/"),
        (f"readers/{NOWHERE}/sanctions/", f"readers/{NOWHERE}/"),
        (f"readers/{NOWHERE}/sanctions/7/lift/", f"readers/{NOWHERE}/"),
    ],
)
def test_who_had_to_sign_in_before_posting_comes_to_the_page_that_one_posts_from(desk: Client, posted_to: str, posted_from: str) -> None:
    for answer in (desk.get(QUEUE + posted_to), desk.head(QUEUE + posted_to)):
        assert (answer.status_code, answer["Location"]) == (302, QUEUE + posted_from)
    assert desk.put(QUEUE + posted_to).status_code == 405


def test_only_a_page_that_answers_no_post_leads_to_itself_in_the_other_language(desk: Client) -> None:
    link = 'hreflang="en"'

    assert link in desk.get(f"{QUEUE}dashboard/").content.decode()
    assert link not in desk.post(f"{QUEUE}bulk/").content.decode()
    assert link not in desk.post("/admin/login/", {"username": "kimse"}).content.decode()


def test_the_desk_knows_no_other_methods(desk: Client, submitted: Submitted) -> None:
    comment = submitted()

    assert desk.post(QUEUE).status_code == 405
    assert desk.put(f"{page_of(comment)}decisions/").status_code == 405


def test_nothing_of_the_desk_is_kept_by_a_cache(desk: Client, submitted: Submitted) -> None:
    assert "no-store" in desk.get(QUEUE)["Cache-Control"]
