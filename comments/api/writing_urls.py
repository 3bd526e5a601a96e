"""Addresses at which comments are written."""

from django.urls import URLPattern, path, re_path

from comments.api import challenging, checking, reporting, writing
from comments.models.articles import KEY_PATTERN

urlpatterns: list[URLPattern] = [
    path("challenge/", challenging.Challenge.as_view(), name="challenge"),
    path("check/", checking.Check.as_view(), name="check"),
    re_path(rf"^articles/(?P<key>{KEY_PATTERN})/comments/\Z", writing.ArticlesComments.as_view(), name="comments"),
    path("comments/<uuid:public_id>/", writing.OneComment.as_view(), name="comment"),
    path("comments/<uuid:public_id>/revisions/", writing.Revising.as_view(), name="revisions"),
    path("comments/<uuid:public_id>/withdraw/", writing.Withdrawing.as_view(), name="withdraw"),
    path("comments/<uuid:public_id>/appeal/", writing.Appealing.as_view(), name="appeal"),
    path("comments/<uuid:public_id>/report/", reporting.Reporting.as_view(), name="report"),
]
