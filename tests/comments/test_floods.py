"""What a reader and an address may send in a minute, from the form and by the API alike, and what a proof of work changes about it."""

from typing import Any

import altcha
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import proofs
from comments.api_keys import Scope
from comments.lanes import in_lane
from comments.models import Article, Comment, Report, Trace
from moderation.models import Site
from tests.comments.api.calls import codes, document, get, key, post, publish, submit
from tests.comments.reader.forms import in_textarea, send, text

LONG = "Meydandaki banklar kırılmış, çöpler günlerdir toplanmıyor ve belediye bu konuda haftalardır hiçbir açıklama yapmadı, {}."


@pytest.fixture(autouse=True)
def narrow(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEND_LIMIT_PER_MINUTE, settings.SEND_LIMIT_PER_MINUTE_AND_ADDRESS, settings.FLOOD_PER_MINUTE = 2, 4, 100
    monkeypatch.setattr(proofs, "_EASIEST", 1)
    monkeypatch.setattr(proofs, "_PREFIX", "0")


def proof() -> str:
    challenge = document(get(Client(), "challenge/"))
    solution = altcha.solve_challenge(altcha.Challenge.from_dict(challenge))
    assert solution
    return proofs.encoded({"challenge": challenge, "solution": solution.to_dict()})


def sent(client: Client, number: int, **headers: str) -> Any:
    return post(client, "articles/kent-meydani/comments/", {"body": f"Meydan güzel, {number}.", "author": {"name": "Ayşe"}}, **headers)


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute that does not end in the middle of the test."""
    now = timezone.now().replace(second=10)
    monkeypatch.setattr(timezone, "now", lambda: now)


pytestmark = pytest.mark.usefixtures("noon")


def test_a_guest_who_sends_too_much_is_told_to_wait_and_for_how_long(client: Client, article: Article) -> None:
    statuses = [sent(client, number).status_code for number in range(3)]

    refused = sent(client, 3)
    assert statuses == [201, 201, 429]
    assert (document(refused)["code"], refused["Retry-After"]) == ("slow_down", "50")
    assert Comment.objects.count() == 2


def test_an_address_is_limited_whatever_cookies_it_throws_away(article: Article) -> None:
    assert [sent(Client(), number).status_code for number in range(6)] == [201] * 4 + [429] * 2


def test_a_proof_lets_more_through_and_counts_once(client: Client, article: Article) -> None:
    for number in range(2):
        sent(client, number)
    worked = proof()

    assert sent(client, 2, Proof=worked).status_code == 201
    assert sent(client, 3, Proof=worked).status_code == 429
    assert sent(client, 4, Proof=proof()).status_code == 201


def test_the_site_s_server_is_not_limited(site: Site, article: Article) -> None:
    header = key(site, Scope.SUBMIT)

    assert {sent(Client(), number, Authorization=header).status_code for number in range(8)} == {201}


def test_in_a_flood_less_is_taken_without_a_proof_and_the_puzzle_is_harder(settings: Any, article: Article) -> None:
    settings.FLOOD_PER_MINUTE = 1
    easy = document(get(Client(), "challenge/"))["parameters"]["cost"]

    assert [sent(Client(), number).status_code for number in range(3)] == [201, 429, 429]
    assert document(get(Client(), "challenge/"))["parameters"]["cost"] > easy


def test_the_form_keeps_the_text_and_asks_for_a_proof(client: Client, article: Article) -> None:
    for number in range(2):
        send(client, article, body=f"Meydan güzel, {number}.")

    response = send(client, article, body="Bir de havuz olsa.")

    assert (response.status_code, response["Retry-After"]) == (429, "50")
    assert in_textarea(response) == "Bir de havuz olsa."
    assert 'data-challenge="/api/v1/challenge/"' in text(response)
    assert send(client, article, body="Bir de havuz olsa.", proof=proof()).status_code == 303


def test_reports_are_limited_too(client: Client, article: Article, editor: User) -> None:
    made = [submit(client, f"Meydan güzel, {number}.") for number in range(2)]
    publish(made[0]["id"], editor)

    by_api = post(client, f"comments/{made[0]['id']}/report/", {"reason": "insults"})
    on_the_page = client.post(f"/comments/{made[0]['id']}/report/", {"reason": "insults"})

    assert (by_api.status_code, on_the_page.status_code) == (429, 429)
    assert "saniye bekleyip yeniden gönderin" in text(on_the_page)
    assert not Report.objects.exists()
    assert post(client, f"comments/{made[0]['id']}/report/", {"reason": "insults"}, Proof=proof()).status_code == 200


def test_the_same_text_again_is_one_comment_on_the_page_and_held_by_the_api(client: Client, article: Article) -> None:
    first = send(client, article, body="Meydan çok güzel olmuş.")

    again = send(client, article, body="meydan çok güzel olmuş.")

    assert again.status_code == 422
    assert "Bu yorumu zaten gönderdiniz." in text(again)
    assert f'href="{first["Location"]}"' in text(again)
    assert Comment.objects.count() == 1


def test_a_text_sent_twice_by_the_api_waits_in_the_flagged_lane(client: Client, article: Article) -> None:
    first, second = submit(client), submit(client)

    assert (first["status"], second["status"]) == ("pending", "pending")
    assert second["findings"] == []
    assert [str(comment.public_id) for comment in in_lane("flagged")] == [second["id"]]
    assert [str(comment.public_id) for comment in in_lane("clean")] == [first["id"]]


def test_a_long_text_that_many_send_is_held_though_a_word_was_changed(article: Article) -> None:
    statuses = [submit(Client(), LONG.format(ending))["id"] for ending in ("yazık", "ayıp", "rezalet")]
    submit(Client(), "Meydandaki havuz çok güzel olmuş, akşamları çocuklarla gidiyoruz ve herkes çok memnun, emeği geçen herkese teşekkürler.")

    assert {str(comment.public_id) for comment in in_lane("flagged")} == set(statuses[1:])


def test_condolences_are_alike_by_nature(article: Article) -> None:
    for _ in range(3):
        submit(Client(), "Allah rahmet eylesin, mekânı cennet olsun.")

    assert not in_lane("flagged").exists()
    assert not Trace.objects.exists()


def test_the_server_s_word_spares_its_writers_the_comparison(site: Site, article: Article) -> None:
    header = key(site, Scope.SUBMIT)
    for _ in range(2):
        body = {"body": LONG.format("yazık"), "author": {"name": "Ayşe", "subject": "17"}}
        assert post(Client(), "articles/kent-meydani/comments/", body, Authorization=header).status_code == 201

    assert not in_lane("flagged").exists()


def test_an_offensive_name_is_refused_by_page_and_api(client: Client, article: Article) -> None:
    response = send(client, article, name="Sal@k herif")
    answer = post(client, "articles/kent-meydani/comments/", {"body": "Meydan güzel.", "author": {"name": "Sal@k herif"}})

    assert response.status_code == 422
    assert codes(answer) == {"author.name": ["offensive_name"]}
    assert not Comment.objects.exists()
