"""The key that signs sessions, cookies and receipts: made once for a local installation, demanded of a production one."""

import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from project.environment import DATA_DIR, PRODUCTION, env

SHORTEST = 50
FEWEST_DIFFERENT = 5
EXAMPLES = ("django-insecure", "changeme", "change-me", "change_me", "replace-me", "replace_me", "your-secret", "example", "not-a-secret")
ADVICE = "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'"


def weakness(key: str) -> str | None:
    """What makes `key` easy to guess, as the end of a sentence; None for a good key."""
    if len(key) < SHORTEST:
        return f"is shorter than {SHORTEST} characters"
    if len(set(key)) < FEWEST_DIFFERENT:
        return f"has fewer than {FEWEST_DIFFERENT} different characters"
    return next((f"holds {example!r}, so it comes from an example" for example in EXAMPLES if example in key), None)


def current() -> str:
    """The signing key. Raises ImproperlyConfigured for a missing or weak one in production."""
    key = env.str("SECRET_KEY", "").strip()
    if PRODUCTION:
        _refuse_weak("SECRET_KEY", [key])
    return key or _kept_in(DATA_DIR / "secret_key")


def earlier() -> list[str]:
    """Keys that signed before and still count, newest first. Raises ImproperlyConfigured for a weak one in production."""
    keys = [key.strip() for key in env.list("SECRET_KEY_FALLBACKS", default=[])]
    if PRODUCTION:
        _refuse_weak("SECRET_KEY_FALLBACKS", keys)
    return keys


def _refuse_weak(name: str, keys: Sequence[str]) -> None:
    for key in keys:
        if not key:
            raise ImproperlyConfigured(f"{name} is missing, and the production profile does not start without it. {ADVICE}")
        if reason := weakness(key):
            raise ImproperlyConfigured(f"{name} {reason}. {ADVICE}")


def _kept_in(path: Path) -> str:
    """The key in `path`, made first where there is none; linked into place, so that two processes starting at once agree."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(new, path)
        new.unlink()
    return path.read_text().strip()
