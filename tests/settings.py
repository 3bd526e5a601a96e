"""The tests' settings: the real ones, away from the developer's data, and without what only costs a test time."""

import atexit
import os
import tempfile
from pathlib import Path

_var = Path(__file__).resolve().parent.parent / "var"
_var.mkdir(exist_ok=True)
_data = tempfile.TemporaryDirectory(prefix="tests-", dir=_var)
atexit.register(_data.cleanup)

os.environ.update(
    ENV_FILE=os.devnull,
    PROFILE="local",
    DEBUG="",
    SECRET_KEY="",
    DATA_DIR=_data.name,
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", ""),
    DATABASE_STATEMENT_SECONDS="90",
    CELERY_BROKER_URL="memory://",
    # Playwright leaves an event loop marked as running in the thread that it shares with every other test.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)

from project import databases  # noqa: E402

# A machine that stands still for some seconds would end whatever waits for its turn just then.
databases.LOCK_SECONDS = databases.SQLITE_LOCK_SECONDS = 60

from project.settings import *  # noqa: E402, F403  (the environment above decides what is read there)
from project.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

# A file, because SQLite in memory knows neither WAL nor two connections; a name of this process, because two runs may share a server.
DATABASES["default"]["TEST"] = {
    "NAME": f"test_mizan_{os.getpid()}" if os.environ["DATABASE_URL"] else Path(_data.name) / "test.sqlite3",
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Hashed names need `collectstatic` first; the live site of tests/e2e has them.
STATIC_ROOT.mkdir()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# Each test's database is another one, though its keys are the same.
LOOKUPS_KEPT_SECONDS = ANSWERS_KEPT_SECONDS = 0.0
