"""What a load balancer is told."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from project.health import migrations_are_applied


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    migrations_are_applied.cache_clear()
    yield
    migrations_are_applied.cache_clear()


@pytest.mark.django_db
def test_a_service_with_a_migrated_database_is_ready(client: Client) -> None:
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"ready": True}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_service_with_a_migration_to_come_is_not_ready(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"ready": False, "failed": "migrations", "reason": "1 not applied"}


@pytest.mark.django_db
def test_migrations_once_applied_are_not_looked_for_again(client: Client) -> None:
    client.get("/readyz")
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    assert client.get("/readyz").status_code == 200


def test_a_probe_knows_neither_the_database_nor_a_host_name(client: Client) -> None:
    response = client.get("/healthz", headers={"host": "10.0.0.7:8000"})

    assert response.status_code == 200
    assert response.content == b"ok\n"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_page_is_not_answered_under_a_foreign_host_name(client: Client) -> None:
    assert client.get("/admin/login/", headers={"host": "10.0.0.7:8000"}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_only_looks(client: Client, path: str) -> None:
    assert client.post(path).status_code == 404
