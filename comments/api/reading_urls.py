"""Addresses at which comments are read and decided on."""

from django.urls import URLPattern, path, re_path

from comments.api import articles, counting, deciding, feed, policy, queue, reading, schema
from comments.models.articles import KEY_PATTERN

urlpatterns: list[URLPattern] = [
    path("policy/", policy.ActivePolicy.as_view(), name="policy"),
    path("counts/", counting.Counts.as_view(), name="counts"),
    re_path(rf"^articles/(?P<key>{KEY_PATTERN})/\Z", articles.OneArticle.as_view(), name="article"),
    path("comments/<uuid:public_id>/replies/", reading.Replies.as_view(), name="replies"),
    path("comments/<uuid:public_id>/decisions/", deciding.Decisions.as_view(), name="decisions"),
    path("feed/", feed.Feed.as_view(), name="feed"),
    path("queue/", queue.Queue.as_view(), name="queue"),
    path("schema/", schema.Document.as_view(), name="schema"),
    path("docs/", schema.page, name="docs"),
]
