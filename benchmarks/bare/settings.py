"""The service's own database settings, and nothing else that is not needed."""

from pathlib import Path

from project import databases

SECRET_KEY = "not a secret"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["benchmarks.bare"]
ROOT_URLCONF = "benchmarks.bare.views"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": databases.configured(Path("bare.sqlite3"))}
USE_TZ = True
