"""The frame: settings, addresses, web server and worker. Everything else knows nothing of it."""

from project.celery import app as celery

__all__ = ["celery"]
