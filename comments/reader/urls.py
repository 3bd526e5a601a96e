"""The reader's addresses."""

from django.urls import path, re_path

from comments.models.articles import KEY_PATTERN
from comments.reader import article, feeds, front, language, receipt, report, theme

app_name = "reader"

# What a reader also meets inside a frame; `frame_urls` holds the same under /embed/.
everywhere = [
    path("theme.css", theme.stylesheet, name="theme"),
    path("receipts/<str:token>/", receipt.receipt, name="receipt"),
    path("receipts/<str:token>/revisions/", receipt.revise, name="revise"),
    path("receipts/<str:token>/withdraw/", receipt.withdraw, name="withdraw"),
    path("receipts/<str:token>/appeal/", receipt.appeal, name="appeal"),
    path("comments/<uuid:public_id>/report/", report.report, name="report"),
]

urlpatterns = [
    path("", front.front, name="front"),
    re_path(rf"^articles/(?P<key>{KEY_PATTERN})/\Z", article.article, name="article"),
    re_path(rf"^articles/(?P<key>{KEY_PATTERN})/comments\.atom\Z", feeds.AtomFeed(), name="atom"),
    re_path(rf"^articles/(?P<key>{KEY_PATTERN})/comments\.json\Z", feeds.json_feed, name="json_feed"),
    *everywhere,
    path("language/<str:code>/", language.choose, name="language"),
]
