"""How the database is spoken to: the same promises on SQLite and PostgreSQL."""

from pathlib import Path
from typing import Any

from project.environment import env

# None at all: another database's own would fail at once, before the checks refuse it in plain words.
UNSUPPORTED = "django.db.backends.dummy"
LOCK_SECONDS = 5
# SQLite's writers do not queue but knock again and again, so one of many may be passed over for long.
SQLITE_LOCK_SECONDS = 20


def configured(default: Path) -> dict[str, Any]:
    """Django's settings for the database of DATABASE_URL, or for the SQLite file `default` without one."""
    if not env.str("DATABASE_URL", ""):
        return sqlite({"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)})
    database = env.db_url("DATABASE_URL")
    match database["ENGINE"]:
        case "django.db.backends.sqlite3":
            return sqlite(database)
        case "django.db.backends.postgresql":
            return postgresql(database)
        case _:
            return {"ENGINE": UNSUPPORTED}


def sqlite(database: dict[str, Any]) -> dict[str, Any]:
    """A transaction takes the write lock when it begins, so it never fails half-way; a commit outlives a power cut."""
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={SQLITE_LOCK_SECONDS * 1000}")
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": SQLITE_LOCK_SECONDS,
        "init_command": ";".join(f"PRAGMA {pragma}" for pragma in pragmas),
    }
    return {**database, "OPTIONS": {**options, **database.get("OPTIONS", {})}}


def postgresql(database: dict[str, Any]) -> dict[str, Any]:
    """Connections come from a pool and are known to live; no statement outlives its request. DATABASE_STATEMENT_SECONDS=0 lifts that."""
    limits = {
        "statement_timeout": env.int("DATABASE_STATEMENT_SECONDS", 10),
        "lock_timeout": LOCK_SECONDS,
        "idle_in_transaction_session_timeout": 30,
    }
    options = {
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", 10), "timeout": LOCK_SECONDS},
        "connect_timeout": LOCK_SECONDS,
        # Compiling a statement pays for reports that run for seconds; here it made the desk's counts three times slower.
        "options": " ".join([*(f"-c {name}={seconds}s" for name, seconds in limits.items()), "-c jit=off"]),
    }
    return {**database, "ENGINE": "project.postgresql", "OPTIONS": {**options, **database.get("OPTIONS", {})}}
