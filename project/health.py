"""Whether the service lives and can serve, for whoever balances load before it; asked by any host name, over plain http."""

import logging
from collections.abc import Callable
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from project import metrics

Respond = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger(__name__)


class NotReady(Exception):
    """The service could not store a comment now; the message says why, to an operator."""


def answer_probes(get_response: Respond) -> Respond:
    """Middleware that answers /healthz, /readyz and /metrics itself, before anything asks for host, scheme or session."""

    def respond(request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path) if request.method in {"GET", "HEAD"} else None
        if probe is None:
            return get_response(request)
        response = probe(request)
        response["Cache-Control"] = "no-store"
        return response

    return respond


def alive(_request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all; the database is not asked."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def ready(_request: HttpRequest) -> HttpResponse:
    """200 when a comment could be stored now, else 503 with the first check that failed, and why."""
    for name, check in (("database", database_answers), ("migrations", migrations_are_applied)):
        if reason := _failure(check):
            return JsonResponse({"ready": False, "failed": name, "reason": reason}, status=503)
    return JsonResponse({"ready": True})


PROBES: dict[str, Respond] = {"/healthz": alive, "/readyz": ready, "/metrics": metrics.exposed}


def database_answers() -> None:
    """Raises DatabaseError when it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@cache
def migrations_are_applied() -> None:
    """Raises NotReady when one is waiting. Remembered once good: a running release never gains a migration."""
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady(f"{len(waiting)} not applied")


def _failure(check: Callable[[], None]) -> str | None:
    try:
        check()
    except NotReady as not_ready:
        return str(not_ready)
    except DatabaseError as error:
        logger.warning("Not ready: %s", error)
        return "no answer"
    return None
