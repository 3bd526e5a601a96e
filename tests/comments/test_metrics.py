"""What Prometheus reads of the comments at /metrics."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from comments import lifecycle
from comments.models import Delivery
from tests.comments.conftest import Submitted

TOKEN = "uzun-ve-rastgele-bir-anahtar"


def figures(client: Client) -> dict[tuple[str, ...], float]:
    """Each figure by its name and labels."""
    response = client.get("/metrics", headers={"host": "10.0.0.7:8000"})
    assert response.status_code == 200
    families = text_string_to_metric_families(response.content.decode())
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}


def test_a_service_without_work_says_so(client: Client, db: None) -> None:
    assert set(figures(client).values()) == {0}


def test_waiting_comments_are_counted_by_lane_with_the_age_of_the_oldest(client: Client, submitted: Submitted) -> None:
    submitted(now=timezone.now() - timedelta(hours=3))
    submitted("Herkez bunu bekliyordu.", "hold", now=timezone.now())

    seen = figures(client)

    assert seen["mizan_comments_waiting", "clean"] == 1
    assert seen["mizan_comments_waiting", "flagged"] == 1
    assert 3 * 3600 <= seen["mizan_oldest_waiting_seconds",] < 3 * 3600 + 60


def test_a_message_that_could_not_leave_shows(client: Client, submitted: Submitted, editor: User) -> None:
    comment = submitted(now=timezone.now() - timedelta(hours=1))
    decision = lifecycle.approve(comment, editor=editor, version=comment.version, now=timezone.now() - timedelta(minutes=30))
    due = timezone.now() - timedelta(minutes=10)
    Delivery.objects.all().delete()
    Delivery.objects.create(event=decision.event, kind="writer", available_at=due)
    Delivery.objects.create(event=decision.event, kind="editors", available_at=due, state="dead", finished_at=due)

    seen = figures(client)

    assert seen["mizan_deliveries_due",] == 1
    assert 600 <= seen["mizan_oldest_delivery_seconds",] < 660
    assert seen["mizan_deliveries_given_up",] == 1


@pytest.mark.django_db
def test_with_a_token_only_its_bearer_sees_them(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN, settings.METRICS_ARE_OPEN = TOKEN, False

    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer başka"}).status_code == 404
    assert client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_in_production_nobody_sees_them_without_a_token(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN, settings.METRICS_ARE_OPEN = "", False

    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404
