"""Every address of the API's first version: those that write, those that read, and nothing else."""

from django.urls import include, path, re_path

from comments.api import reading_urls, views, writing_urls

app_name = "api"

urlpatterns = [
    path("", include(writing_urls)),
    path("", include(reading_urls)),
    re_path("", views.Nowhere.as_view()),
]
