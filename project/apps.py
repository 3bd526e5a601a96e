"""Makes the frame an app, so that Django finds its checks."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "project"

    def ready(self) -> None:
        from project import checks  # noqa: F401, PLC0415  (importing registers them, and they may not load before the apps)
