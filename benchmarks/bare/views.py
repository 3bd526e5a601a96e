"""One view for each question, without middleware, checks or conditions."""

import json
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from benchmarks.bare.models import BareComment


def submit(request: HttpRequest) -> HttpResponse:
    form: dict[str, Any] = json.loads(request.body)
    comment = BareComment.objects.create(article=form["article"], name=form["name"], body=form["body"])
    return JsonResponse({"id": comment.pk}, status=201)


def listed(request: HttpRequest) -> HttpResponse:
    comments = BareComment.objects.filter(article=request.GET["article"]).order_by("-created_at", "-id")[:50]
    return JsonResponse({"results": list(comments.values("id", "name", "body", "created_at"))})


def counts(request: HttpRequest) -> HttpResponse:
    comments = BareComment.objects.filter(article__in=request.GET.getlist("article")).values_list("article")
    return JsonResponse({"counts": dict(comments.annotate(Count("pk")).order_by())})


def nothing(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (a view is given its request)
    return HttpResponse(b"{}", content_type="application/json")


urlpatterns = [path("submit/", submit), path("list/", listed), path("counts/", counts), path("nothing/", nothing)]
